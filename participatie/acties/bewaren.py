"""How long participation keeps how to reach somebody: until it served, and some months for questions afterwards.

Only the key goes: what was said in public and how it was answered stays. What nobody decided or answered has a term as
well, a longer one.
"""

from datetime import timedelta

from django.db.models import DateTimeField, F, Q
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from participatie.models import (
    Aanmelding,
    Inbreng,
    Inschrijving,
    Mandaatuitnodiging,
    Overleguitnodiging,
    Raadslid,
    Volger,
)
from sociaalhuis.bewaren import Bewaarsoort, registreer, wis_sleutels
from sociaalhuis.volgen import verbs as volgen

NA_BESLISSING = timedelta(days=183)  # of an application: recognised or refused
NOOIT_BESLIST = timedelta(days=365)
NA_ANTWOORD = timedelta(days=92)  # of an input: the answers of its round are out
NOOIT_BEANTWOORD = timedelta(days=730)
NA_RONDE = timedelta(days=365)  # who followed one round hears of what it changed, a year long
NA_UITNODIGING = timedelta(days=30)  # accepted, taken back or over
NA_OVERLEG = timedelta(days=92)  # of a registration or an invitation: the meeting is over
NA_TERMIJN = timedelta(days=730)  # of a member of an advisory council: questions about an advice come late
GROND = "Nodig om iemand te bereiken, daarna niet meer (artikel 5 van de AVG)"


def wis_beslist(nu):
    rijen = Aanmelding.objects.annotate(beslist_op=Coalesce("tweede_op", "geweigerd_op"))
    return wis_sleutels(rijen.filter(beslist_op__lte=nu - NA_BESLISSING), "beslist_op")


def wis_nooit_beslist(nu):
    """Applications that nobody checked to the end: who applied can do so again."""
    rijen = Aanmelding.objects.lopend().filter(aangemeld_op__lte=nu - NOOIT_BESLIST)
    return wis_sleutels(rijen, "aangemeld_op")


def wis_beantwoord(nu):
    rijen = Inbreng.objects.annotate(klaar_op=F("ronde__antwoorden_gepubliceerd_op"))
    return wis_sleutels(rijen.filter(klaar_op__lte=nu - NA_ANTWOORD), "klaar_op")


def wis_nooit_beantwoord(nu):
    rijen = Inbreng.objects.filter(ronde__antwoorden_gepubliceerd_op=None).annotate(dicht_op=F("ronde__sluit_op"))
    return wis_sleutels(rijen.filter(dicht_op__lte=nu - NOOIT_BEANTWOORD), "dicht_op")


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
    ("mandaatuitnodiging", "Wie gevraagd is om mee te spreken", NA_UITNODIGING, "na het antwoord, of nadat de uitnodiging verviel", wis_uitnodigingen),
    ("overleg-inschrijving", "Naam, mailadres en noden van wie zich inschreef voor een overleg", NA_OVERLEG, "na het overleg", wis_na_overleg(Inschrijving)),
    ("overleg-uitnodiging", "Naam en mailadres van wie voor een overleg uitgenodigd werd", NA_OVERLEG, "na het overleg", wis_na_overleg(Overleguitnodiging)),
    ("raadslid", "Namen van leden van adviesraden", NA_TERMIJN, "na hun laatste dag", wis_raadsleden),
    ("volger", "Wie nieuws over meepraten vroeg en dat niet bevestigde", volgen.NIET_BEVESTIGD, "na de vraag; een jaar nadat een ronde beantwoord is", wis_volgers),
]:  # fmt: skip
    registreer(Bewaarsoort(code=code, naam=naam, termijn=termijn, vanaf=vanaf, grond=GROND, wis=wis))
