"""Participation as open data: rounds, and what was said in one, without persons.

Organisations are named, because they speak in public. Of residents there is what they said and by which way, never the
name they chose to stand beside it on the page.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from participatie.models import Besluit, Inbreng
from sociaalhuis.verslag.model import Kolom, Tabel

VELDEN = (
    "referentie",
    "adres",
    "dag",
    "over",
    "alinea",
    "van",
    "organisatie",
    "langs",
    "mensen",
    "standpunt",
    "tekst",
    "voorstel",
    "besluit",
    "reden",
    "wijziging",
)
KOLOMMEN = (
    "referentie", "ingediend_op", "onderdeel__code", "alinea__sleutel", "organisatie__naam", "kanaal", "groepsgrootte",
    "standpunt", "tekst", "voorstel", "openbaar_besluit", "openbaar_reden", "openbaar_wijziging",
)  # fmt: skip
KANALEN, STANDPUNTEN, BESLUITEN = dict(Inbreng.Kanaal.choices), dict(Inbreng.Standpunt.choices), dict(Besluit.choices)


def inbreng(ronde):
    """The inputs of a round that everyone may read, as a list of dicts with `VELDEN`; one query, of columns and not of rows:
    a town may have thousands."""
    rijen = ronde.inbrengen.openbaar().met_openbaar_antwoord("besluit", "reden", "wijziging").in_volgorde_van_het_plan()
    return [dict(zip(VELDEN, _waarden(*rij), strict=True)) for rij in rijen.values_list(*KOLOMMEN)]


def _waarden(referentie, op, code, alinea, organisatie, kanaal, mensen, standpunt, tekst, voorstel, besluit, reden, wijziging):  # fmt: skip
    return (
        referentie,
        settings.SITE_URL + reverse("participatie:inbreng", args=[referentie]),
        timezone.localdate(op).isoformat(),
        code or "",
        alinea or "",
        "organisatie" if organisatie else "groepsgesprek" if kanaal == Inbreng.Kanaal.GROEP else "inwoner",
        organisatie or "",
        KANALEN[kanaal],
        mensen or 1,
        STANDPUNTEN.get(standpunt, ""),
        tekst,
        voorstel,
        BESLUITEN.get(besluit, ""),
        reden or "",
        wijziging or "",
    )


def als_tabel(ronde):
    """The same as a table, for CSV."""
    kolommen = [Kolom(veld) for veld in VELDEN]
    return Tabel(ronde.titel, kolommen, [list(rij.values()) for rij in inbreng(ronde)])


def rondes(rijen, basis):
    """Rounds with their counts (`met_tellingen`) as a list of dicts; `basis` is the address of this site."""
    return [
        {
            "titel": ronde.titel,
            "adres": basis + ronde.get_absolute_url(),
            "vraag": ronde.vraag,
            "plan": ronde.plan.titel,
            "fase": str(ronde.fase.label),
            "opent": timezone.localtime(ronde.opent_op).isoformat(timespec="minutes"),
            "sluit": timezone.localtime(ronde.sluit_op).isoformat(timespec="minutes"),
            "antwoord_tegen": ronde.antwoord_tegen.isoformat(),
            "organisaties": ronde.organisaties_aantal,
            "inwoners": ronde.burgers_aantal,
            "inbreng": f"{basis}{ronde.get_absolute_url()}inbreng.json",
        }
        for ronde in rijen
    ]
