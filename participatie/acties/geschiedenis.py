"""Who spoke for an organisation, from when to when, and what each sent in its name."""

from dataclasses import dataclass, field

from participatie.models import Inbreng, Mandaat


@dataclass
class Spreker:
    """One mandate, with what its holder sent while it ran: list of `Verzonden`."""

    mandaat: Mandaat
    verzonden: list = field(default_factory=list)


@dataclass(frozen=True)
class Verzonden:
    op: object  # datetime
    soort: str  # "inbreng"
    wat: str
    url: str = ""


def wie_sprak(organisatie):
    """List of `Spreker`, who speaks now first; two queries, whatever the number."""
    mandaten = Mandaat.objects.filter(organisatie=organisatie).select_related("gebruiker").order_by("-van", "-pk")
    sprekers = [Spreker(mandaat) for mandaat in mandaten]
    for gebruiker, verzonden in _alles(organisatie):
        spreker = next(
            (s for s in sprekers if s.mandaat.gebruiker_id == gebruiker and _binnen(s.mandaat, verzonden.op)), None
        )
        if spreker:
            spreker.verzonden.append(verzonden)
    return sorted(sprekers, key=lambda s: not s.mandaat.is_actief)


def _binnen(mandaat, moment):
    return mandaat.van <= moment and (mandaat.tot is None or moment < mandaat.tot)


def _alles(organisatie):
    """(pk of the user, Verzonden) of everything sent in the name of this organisation, newest first."""
    inbrengen = (
        Inbreng.objects.filter(organisatie=organisatie, ingediend_door__isnull=False)
        .voor_lijst()
        .order_by("-ingediend_op")
    )
    return [
        (
            inbreng.ingediend_door_id,
            Verzonden(inbreng.ingediend_op, "inbreng", f"{inbreng.over} ({inbreng.ronde.titel})"),
        )
        for inbreng in inbrengen
    ]
