"""What of the desk has a term of its own besides the cases: appointments, mails that came in, requests about no case.

The cases themselves have rules that the town edits, and lists that a person approves: `loket.acties.vernietiging`.
"""

from datetime import timedelta

from django.conf import settings

from loket.acties import afspraak, mailin
from loket.models import Ingekomenmail, IngetrokkenVerwijzing, Noodtoegang
from sociaalhuis.bewaren import Bewaarsoort, Gewist, registreer, wis_sleutels

BUNDEL = 1000  # of one kind in one go; the rest follows the next time
NA_AFSPRAAK = timedelta(days=settings.AFSPRAAK_BEWAARDAGEN)
NA_VERWERKEN = timedelta(days=settings.MAIL_BEWAAR_DAGEN)
NOOIT_BEKEKEN = timedelta(days=365)
NOODVRAAG = timedelta(days=183)
NA_INTREKKEN = timedelta(days=30)
Staat = Ingekomenmail.Staat


def wis_afspraken(nu):
    """The person of an appointment that is over; that there was one stays, for the figures."""
    return _een_voor_een(afspraak.oude(nu - NA_AFSPRAAK), "einde", lambda rij: afspraak.wis(afspraak=rij))


def wis_mails(nu):
    """The message itself, when it was dealt with; what belongs to a case has its words there."""
    klaar = Ingekomenmail.objects.filter(
        staat__in=[Staat.VERWERKT, Staat.GENEGEERD], verwerkt_op__lte=nu - NA_VERWERKEN, inhoud__isnull=False
    )
    return _mails(klaar, "verwerkt_op", Ingekomenmail.ruim_inhoud_op)


def wis_mails_zonder_beslissing(nu):
    """Set aside, and for a year nobody made anything of it."""
    return _mails(
        Ingekomenmail.objects.filter(staat=Staat.MISLUKT, ontvangen_op__lte=nu - NOOIT_BEKEKEN),
        "ontvangen_op",
        mailin.geef_op,
    )


def wis_noodvragen(nu):
    """Why somebody wanted to read a case that there is not; those about a case go with the case."""
    return wis_sleutels(Noodtoegang.objects.filter(vraag=None, gevraagd_op__lte=nu - NOODVRAAG), "gevraagd_op")


def wis_ingetrokken(nu):
    """That a referral ended because its case was erased: the partner had a month to see it."""
    rijen = IngetrokkenVerwijzing.objects.filter(op__lte=nu - NA_INTREKKEN)
    return _een_voor_een(rijen.order_by("pk"), "op", IngetrokkenVerwijzing.delete)


def _mails(rijen, begin, verb):
    rijen = rijen.order_by("pk").defer("inhoud").select_related("eigen_sleutel", "vraag__dossiersleutel")
    return _een_voor_een(rijen.select_for_update(of=["self"]), begin, verb)


def _een_voor_een(rijen, begin, verb):
    rijen = list(rijen[:BUNDEL])
    for rij in rijen:
        verb(rij)
    momenten = [getattr(rij, begin) for rij in rijen]
    return Gewist(len(rijen), min(momenten, default=None), max(momenten, default=None))


for code, naam, termijn, vanaf, grond, wis in [
    ("afspraak", "Wie een afspraak had", NA_AFSPRAAK, "na de afspraak", "De afspraak is voorbij (artikel 5 van de AVG)", wis_afspraken),
    ("mail-in", "Mails die binnenkwamen en verwerkt zijn", NA_VERWERKEN, "nadat de mail verwerkt is", "De woorden staan in de vraag zelf (artikel 5 van de AVG)", wis_mails),
    ("mail-in-vergeten", "Mails die opzij gelegd zijn en waar niemand iets mee deed", NOOIT_BEKEKEN, "nadat de mail binnenkwam", "Geen belang meer (artikel 5 van de AVG)", wis_mails_zonder_beslissing),
    ("verwijzing-ingetrokken", "Dat een doorverwijzing stopte omdat het dossier gewist is", NA_INTREKKEN, "na het wissen", "De partner moet het weten, daarna niet meer (artikel 5 van de AVG)", wis_ingetrokken),
    ("noodvraag", "Vragen om noodtoegang tot een dossier dat niet bestaat", NOODVRAAG, "na de vraag", "Nodig om misbruik te zien, daarna niet meer (artikel 5 van de AVG)", wis_noodvragen),
]:  # fmt: skip
    registreer(Bewaarsoort(code=code, naam=naam, termijn=termijn, vanaf=vanaf, grond=grond, wis=wis))
