"""How long participation keeps how to reach somebody: until it served, and some months for questions afterwards.

What was said in public and how it was answered stays, without a way to reach who said it and, after some years, without
a name. What was never shown goes whole. What nobody decided or answered has a term as well, a longer one.
"""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import DateTimeField, F, Max, Min, Q
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from participatie.acties.reactienotas import vergeet_notas
from participatie.acties.woorden import wis_woorden
from participatie.models import (
    Aanmelding,
    Formulierbestand,
    Formulierconcept,
    Inbreng,
    Inschrijving,
    Mandaatuitnodiging,
    Opmerking,
    Overleguitnodiging,
    Raadslid,
    Ronde,
    Volger,
)
from sociaalhuis.bewaren import Bewaarsoort, Gewist, registreer, wis_sleutels
from sociaalhuis.volgen import verbs as volgen

NA_BESLISSING = timedelta(days=183)  # of an application: recognised or refused
NOOIT_BESLIST = timedelta(days=365)
NA_ANTWOORD = timedelta(days=92)  # of an input: the answers of its round are out
NOOIT_BEANTWOORD = timedelta(days=730)
NA_RONDE = timedelta(days=365)  # who followed one round hears of what it changed; questions about what was not shown
NA_SLUITEN = timedelta(days=30)  # of answers that were never sent: a colleague may still copy them
NAAM = timedelta(days=730)  # a name with an input serves who reads the round; two years later nobody does
NA_UITNODIGING = timedelta(days=30)  # accepted, taken back or over
NA_OVERLEG = timedelta(days=92)  # of a registration or an invitation: the meeting is over
NA_TERMIJN = timedelta(days=730)  # of a member of an advisory council: questions about an advice come late
NA_DE_ANTWOORDEN = "na de antwoorden; kwamen die er niet, twee jaar nadat de ronde sloot"
GROND = "Nodig om iemand te bereiken, daarna niet meer (artikel 5 van de AVG)"


def wis_beslist(nu):
    """Who applied for an organisation, a term after the decision. Like every `wis_` here: returns `Gewist`, what went."""
    rijen = Aanmelding.objects.annotate(beslist_op=Coalesce("tweede_op", "geweigerd_op"))
    return wis_sleutels(rijen.filter(beslist_op__lte=nu - NA_BESLISSING), "beslist_op")


def wis_nooit_beslist(nu):
    """Applications that nobody checked to the end: who applied can do so again."""
    rijen = Aanmelding.objects.lopend().filter(aangemeld_op__lte=nu - NOOIT_BESLIST)
    return wis_sleutels(rijen, "aangemeld_op")


def wis_beantwoord(nu):
    """The e-mail address with an input, a term after its round was answered."""
    rijen = Inbreng.objects.annotate(klaar_op=F("ronde__antwoorden_gepubliceerd_op"))
    return wis_sleutels(rijen.filter(klaar_op__lte=nu - NA_ANTWOORD), "klaar_op")


def wis_nooit_beantwoord(nu):
    """The same of a round that closed long ago and was never answered."""
    rijen = Inbreng.objects.filter(ronde__antwoorden_gepubliceerd_op=None).annotate(dicht_op=F("ronde__sluit_op"))
    return wis_sleutels(rijen.filter(dicht_op__lte=nu - NOOIT_BEANTWOORD), "dicht_op")


def na_ronde(rijen, ronde, nu, na):
    """The rows of rounds that were answered `na` ago, or that closed long ago without an answer; since `klaar_op`."""
    antwoord, sluit = f"{ronde}__antwoorden_gepubliceerd_op", f"{ronde}__sluit_op"
    beantwoord = Q(**{f"{antwoord}__lte": nu - na})
    nooit = Q(**{antwoord: None, f"{sluit}__lte": nu - NOOIT_BEANTWOORD})
    return rijen.annotate(klaar_op=Coalesce(antwoord, sluit)).filter(beantwoord | nooit)


def van_tot(rijen, aantal, begin="klaar_op"):
    """A `Gewist` of rows that are about to go."""
    return Gewist(aantal, **rijen.order_by().aggregate(eerste=Min(begin), laatste=Max(begin)))


def wis_concepten(nu):
    """Answers that an organisation never sent."""
    rijen = Formulierconcept.objects.filter(ronde__sluit_op__lte=nu - NA_SLUITEN)
    gewist = van_tot(rijen, rijen.count(), "ronde__sluit_op")
    rijen.delete()
    return gewist


def wis_niet_getoond(nu):
    """The words of citizens that stand nowhere: taken back, hidden, never read. A hidden one keeps its place."""
    staten = (Inbreng.Staat.INGETROKKEN, Inbreng.Staat.VERBORGEN, Inbreng.Staat.INGEDIEND, Inbreng.Staat.TE_LAAT)
    rijen = na_ronde(Inbreng.objects.filter(organisatie=None, gewist_op=None, staat__in=staten), "ronde", nu, NA_RONDE)
    gewist = van_tot(rijen, rijen.count())
    for rij in rijen.select_related("ronde").defer("email").select_for_update(of=("self",)):
        wis_woorden(rij, trek_in=rij.staat != Inbreng.Staat.VERBORGEN)
    return gewist


def wis_namen(nu):
    """The names with inputs of citizens; what they said stays."""
    rijen = na_ronde(Inbreng.objects.exclude(naam_publiek=""), "ronde", nu, NAAM)
    rondes, gewist = set(rijen.order_by().values_list("ronde", flat=True)), van_tot(rijen, rijen.count())
    Inbreng.objects.filter(pk__in=list(rijen.order_by().values_list("pk", flat=True))).update(naam_publiek="")
    for ronde in Ronde.objects.filter(pk__in=rondes):
        vergeet_notas(ronde)
    return gewist


def wis_antwoordbestanden(nu):
    """Photos and documents that were given as an answer, of anyone; that there was one stays."""
    rijen = na_ronde(
        Formulierbestand.objects.filter(dossiersleutel__gewist_op=None), "antwoord__inbreng__ronde", nu, NA_RONDE
    )
    plaatsen = list(rijen.order_by().values_list("plaats", flat=True))
    gewist = wis_sleutels(rijen, "klaar_op")
    transaction.on_commit(lambda: [default_storage.delete(plaats) for plaats in plaatsen])
    return gewist


def wis_opmerkingen(nu):
    """Personal remarks that only colleagues and staff may read; public ones stay until their writer erases them."""
    rijen = na_ronde(Opmerking.objects.filter(openbaar=False), "ronde", nu, NA_RONDE)
    gewist = van_tot(rijen, rijen.count())
    Opmerking.objects.filter(pk__in=list(rijen.order_by().values_list("pk", flat=True))).delete()
    return gewist


def wis_uitnodigingen(nu):
    """Who was asked to speak for an organisation: who accepted is a user, who did not is nobody to us."""
    rijen = Mandaatuitnodiging.objects.annotate(klaar_op=Coalesce("afgehandeld_op", "vervalt_op"))
    return wis_sleutels(rijen.filter(klaar_op__lte=nu - NA_UITNODIGING), "klaar_op")


def wis_na_overleg(model):
    """Who came to a meeting or was invited by mail; how many came, and for which organisation, stays."""

    def wis(nu):
        rijen = model.objects.annotate(voorbij_op=F("overleg__einde")).exclude(dossiersleutel=None)
        return wis_sleutels(rijen.filter(voorbij_op__lte=nu - NA_OVERLEG), "voorbij_op")

    return wis


def wis_raadsleden(nu):
    """The names of who sat in an advisory council; the term and the numbers stay."""
    rijen = Raadslid.objects.filter(tot__lte=timezone.localdate(nu - NA_TERMIJN))
    rijen = rijen.annotate(klaar_op=Cast("tot", DateTimeField()))
    return wis_sleutels(rijen, "klaar_op")


def wis_volgers(nu):
    """Whole rows of who asked for news: not confirmed in time, or of a round that was answered long ago."""
    klaar = Q(ronde__antwoorden_gepubliceerd_op__lte=nu - NA_RONDE)
    return volgen.wis(Volger.objects.filter(Q(bevestigd_op=None, gemaakt_op__lte=nu - volgen.NIET_BEVESTIGD) | klaar))


for code, naam, termijn, vanaf, wis in [
    ("aanmelding-beslist", "Contact van organisaties die nagekeken zijn", NA_BESLISSING, "na de beslissing", wis_beslist),
    ("aanmelding-vergeten", "Contact van organisaties die niemand nakeek", NOOIT_BESLIST, "na de aanmelding", wis_nooit_beslist),
    ("inbreng-beantwoord", "Mailadres bij inbreng die beantwoord is", NA_ANTWOORD, "na de antwoorden", wis_beantwoord),
    ("inbreng-vergeten", "Mailadres bij inbreng die niemand beantwoordde", NOOIT_BEANTWOORD, "nadat de ronde sloot", wis_nooit_beantwoord),
    ("inbreng-niet-getoond", "Woorden van inwoners die niet op de website kwamen", NA_RONDE, NA_DE_ANTWOORDEN, wis_niet_getoond),
    ("inbreng-naam", "Naam die een inwoner bij zijn inbreng zette", NAAM, NA_DE_ANTWOORDEN, wis_namen),
    ("inbreng-bestand", "Foto's en documenten bij antwoorden op een ronde", NA_RONDE, NA_DE_ANTWOORDEN, wis_antwoordbestanden),
    ("formulierconcept", "Antwoorden die een organisatie nog niet verstuurde", NA_SLUITEN, "nadat de ronde sloot", wis_concepten),
    ("opmerking", "Persoonlijke opmerkingen die niet op de website staan", NA_RONDE, NA_DE_ANTWOORDEN, wis_opmerkingen),
    ("mandaatuitnodiging", "Wie gevraagd is om mee te spreken", NA_UITNODIGING, "na het antwoord, of nadat de uitnodiging verviel", wis_uitnodigingen),
    ("overleg-inschrijving", "Naam, mailadres en noden van wie zich inschreef voor een overleg", NA_OVERLEG, "na het overleg", wis_na_overleg(Inschrijving)),
    ("overleg-uitnodiging", "Naam en mailadres van wie voor een overleg uitgenodigd werd", NA_OVERLEG, "na het overleg", wis_na_overleg(Overleguitnodiging)),
    ("raadslid", "Namen van leden van adviesraden", NA_TERMIJN, "na hun laatste dag", wis_raadsleden),
    ("volger", "Wie nieuws over meepraten vroeg en dat niet bevestigde", volgen.NIET_BEVESTIGD, "na de vraag; een jaar nadat een ronde beantwoord is", wis_volgers),
]:  # fmt: skip
    registreer(Bewaarsoort(code=code, naam=naam, termijn=termijn, vanaf=vanaf, grond=GROND, wis=wis))
