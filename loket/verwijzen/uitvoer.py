"""The referrals of a partner as a table, for a file of its own. What is no longer shared is not in it."""

from django.utils import timezone

from loket.models.verwijzing import Veld
from sociaalhuis.verslag.model import DATUM, Deel, Kolom, Tabel, Verslag

UITLEG = (
    "Wat je hier leest, is voor deze mensen en hun hulpvraag alleen. Bewaar het achter slot en wis het als het niet meer"
    " nodig is. Het Sociaal Huis en de mensen zelf zien dat dit bestand gemaakt is."
)
KOLOMMEN = [
    Kolom("Referentie"),
    Kolom("Organisatie"),
    Kolom("Staat"),
    Kolom("Voor welke hulp"),
    Kolom("Verzonden op", DATUM),
    Kolom("Uiterlijk", DATUM),
    Kolom("Afspraak"),
    Kolom("Te lezen tot en met", DATUM),
    *(Kolom(veld.label) for veld in Veld),
]


def tabel(verwijzingen) -> Tabel:
    """From what `lees_gedeelde_lijst` gives; a column per field that can be shared."""
    return Tabel("Doorverwijzingen", KOLOMMEN, [_rij(rij) for rij in verwijzingen], UITLEG)


def _rij(rij):
    deelt = rij.deelt()
    waarden = rij.kopie.waarden if deelt else {}
    return (
        rij.referentie,
        rij.organisatie.naam,
        rij.get_staat_display(),
        rij.dienst.titel if rij.dienst else "",
        timezone.localdate(rij.verzonden_op),
        rij.uiterlijk_op if rij.is_lopend else "",
        f"{timezone.localtime(rij.afspraak_op):%d/%m/%Y %H:%M}" if deelt and rij.afspraak_op else "",
        rij.geldig_tot if deelt else "",
        *(waarden.get(veld.value, "") for veld in Veld),
    )


def verslag(verwijzingen, dag) -> Verslag:
    """The same as a workbook."""
    return Verslag(
        titel="Doorverwijzingen van het Sociaal Huis",
        naam=f"doorverwijzingen-{dag:%Y-%m-%d}",
        kenmerken=[("Gemaakt op", f"{dag:%d/%m/%Y}"), ("Let op", UITLEG)],
        delen=[Deel("Doorverwijzingen", [], [tabel(verwijzingen)])],
    )
