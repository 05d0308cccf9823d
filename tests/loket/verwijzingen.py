"""Making referrals for the tests, through the real verbs."""

from datetime import timedelta

from django.utils import timezone

from loket.acties import verwijzing as verbs
from loket.models import Doorverwijzing, Vraag
from participatie.models import Mandaat
from tests.loket.vragen import vraag_van

VELDEN = ["naam", "telefoon", "tekst", "toelichting"]


def mandaat_van(gebruiker, organisatie, **velden):
    """The user speaks for the organisation since a month."""
    return Mandaat.objects.create(
        gebruiker=gebruiker, organisatie=organisatie, **{"van": timezone.now() - timedelta(days=30), **velden}
    )


def zaak_van(team, **velden):
    """A case with everything that could be shared."""
    standaard = {
        "tekst": "Kanarie-tekst",
        "naam": "Kanarie-naam",
        "telefoon": "0400 00 00 01",
        "email": "kanarie@proefdorp.example",
        "adres": "Kanarie-adres 1",
        "antwoordwijze": "mail",
    }
    return vraag_van(team, **{**standaard, **velden})


def voorstel(vraag, organisatie, door, **velden):
    standaard = {
        "velden": VELDEN,
        "toelichting": "Kanarie-uitleg",
        "geldig_tot": timezone.localdate() + timedelta(days=60),
    }
    return verbs.stel_voor(vraag=vraag, organisatie=organisatie, door=door, **{**standaard, **velden})


# how each state is reached from the one before it: (state, verb, what it takes, who)
WEG = [
    ("akkoord", verbs.geef_akkoord, {"velden": VELDEN, "getekend_op": timezone.localdate()}, "loket"),
    ("verzonden", verbs.verzend, {}, "loket"),
    ("aanvaard", verbs.aanvaard, {}, "partner"),
    ("afspraak", verbs.maak_afspraak, {"wanneer": timezone.now() + timedelta(days=3), "plaats": "Kanarie-plaats"}, "partner"),
    ("aangekomen", verbs.meld_aankomst, {}, "partner"),
    ("geholpen", verbs.help, {"tekst": "Kanarie-hulp"}, "partner"),
]  # fmt: skip


def tot(verwijzing, staat, *, door, partner):
    """Brings a proposed referral to a running state, along the straight way and on paper."""
    if staat != "voorgesteld":
        verbs.maak_blad(verwijzing=verwijzing, door=door)
    for _, verb, velden, wie in WEG:
        if verwijzing.staat == ("verzonden" if staat == "vraagt_terug" else staat):
            break
        verb(verwijzing=verwijzing, door=door if wie == "loket" else partner, **velden)
        verwijzing = Doorverwijzing.objects.get(pk=verwijzing.pk)
    if staat == "vraagt_terug":
        verbs.vraag_terug(verwijzing=verwijzing, tekst="Kanarie-terugvraag", door=partner)
    verwijzing = Doorverwijzing.objects.get(pk=verwijzing.pk)
    assert verwijzing.staat == staat
    return verwijzing


def vraag_nu(verwijzing):
    return Vraag.objects.get(pk=verwijzing.vraag_id)
