"""Participation as open data: rounds, and what was said in one, without persons.

Organisations are named, because they speak in public. Of residents there is what they said and by which way, never the
name they chose to stand beside it on the page.
"""

from django.conf import settings
from django.utils import timezone

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


def inbreng(ronde):
    """The inputs of a round that everyone may read, as a list of dicts with `VELDEN`; three queries."""
    return [_rij(rij) for rij in ronde.inbrengen.openbaar().voor_lijst().in_volgorde_van_het_plan()]


def _rij(rij):
    antwoord = rij.antwoord_openbaar
    waarden = (
        rij.referentie,
        settings.SITE_URL + rij.get_absolute_url(),
        timezone.localdate(rij.ingediend_op).isoformat(),
        rij.onderdeel.code if rij.onderdeel_id else "",
        rij.alinea.sleutel if rij.alinea_id else "",
        "organisatie" if rij.organisatie_id else "groepsgesprek" if rij.is_groep else "inwoner",
        rij.organisatie.naam if rij.organisatie_id else "",
        rij.get_kanaal_display(),
        rij.groepsgrootte or 1,
        rij.get_standpunt_display(),
        rij.tekst,
        rij.voorstel,
        antwoord.get_besluit_display() if antwoord else "",
        antwoord.reden if antwoord else "",
        antwoord.wijziging if antwoord else "",
    )
    return dict(zip(VELDEN, waarden, strict=True))


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
