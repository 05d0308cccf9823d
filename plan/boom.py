"""A plan as a tree of any depth, with progress rolled up from the actions. Asks nothing of the database."""

from dataclasses import dataclass, field
from decimal import Decimal

from plan.models import Onderdeel

Stand = Onderdeel.Stand


def gemiddelde(delen):
    """The average progress of pairs (weight or None, progress or None), or None when nothing counts.

    By weight where any has one (a part without then counts for nothing), else each counts the same.
    """
    delen = [(gewicht, stuk) for gewicht, stuk in delen if stuk is not None]
    if any(gewicht for gewicht, _ in delen):
        delen = [(gewicht, stuk) for gewicht, stuk in delen if gewicht]
    else:
        delen = [(Decimal(1), stuk) for _, stuk in delen]
    som = sum(gewicht for gewicht, _ in delen)
    return sum(gewicht * stuk for gewicht, stuk in delen) / som if som else None


@dataclass
class Tak:
    """A part with what stands below it. `nummer` counts the guarantees from 1."""

    deel: Onderdeel
    nummer: int = 0
    takken: list = field(default_factory=list)

    @property
    def is_actie(self):
        return self.deel.soort == Onderdeel.Soort.ACTIE

    @property
    def acties(self):
        """The actions below, at any depth, in the order of the booklet."""
        return [deel for tak in self.takken for deel in ([tak.deel] if tak.is_actie else tak.acties)]

    @property
    def voortgang(self):
        """Progress in percent as Decimal, or None when nothing below counts.

        An action tells its own; one that was stopped counts nowhere, because it will never reach 100. A goal or a
        guarantee is the average of what stands right below it, by weight where its parts have one (a part without
        a weight then counts for nothing), else each counts the same.
        """
        if self.is_actie:
            return None if self.deel.stand == Stand.STOPGEZET else Decimal(self.deel.voortgang)
        return gemiddelde((tak.deel.gewicht, tak.voortgang) for tak in self.takken)

    @property
    def percentage(self):
        """Whole percents of progress; 0 when nothing counts."""
        return round(self.voortgang or 0)


def boom(onderdelen):
    """List of guarantees as `Tak`, each with all below it, from parts in the order of the booklet."""
    takken = {deel.pk: Tak(deel) for deel in onderdelen}
    wortels = []
    for tak in takken.values():
        if tak.deel.ouder_id is None:
            wortels.append(tak)
            tak.nummer = len(wortels)
        elif tak.deel.ouder_id in takken:
            takken[tak.deel.ouder_id].takken.append(tak)
    return wortels


def gewichten_die_niet_kloppen(wortels):
    """List of (part or None for the top, sum in percent as Decimal) whose parts have weights that do not add up to 100.

    Parts below one parent have all a weight or none; together they are 100 %.
    """
    fouten = []

    def kijk(deel, takken):
        gewichten = [tak.deel.gewicht for tak in takken]
        if any(gewicht is not None for gewicht in gewichten):
            som = sum((gewicht or Decimal(0) for gewicht in gewichten), Decimal(0))
            if som != 100 or None in gewichten:
                fouten.append((deel, som))
        for tak in takken:
            kijk(tak.deel, tak.takken)

    kijk(None, wortels)
    return fouten


@dataclass(frozen=True)
class Plaats:
    """Where a part stands: its key, its words, and how deep below the highest one that is shown."""

    pk: int
    code: str
    titel: str
    diepte: int


def in_boomorde(rijen):
    """List of `Plaats`, every part right after the one above it, from (pk, ouder_id, volgorde, code, titel, plan_id).

    A part whose parent is not among them stands on top; plans stand one after the other.
    """
    rijen = sorted(rijen, key=lambda rij: (rij[5], rij[2], rij[3]))
    er = {rij[0] for rij in rijen}
    onder = {}
    for rij in rijen:
        onder.setdefault(rij[1] if rij[1] in er else None, []).append(rij)
    uit, stapel = [], [(rij, 0) for rij in reversed(onder.get(None, []))]
    while stapel:
        rij, diepte = stapel.pop()
        uit.append(Plaats(rij[0], rij[3], rij[4], diepte))
        stapel += [(kind, diepte + 1) for kind in reversed(onder.get(rij[0], []))]
    return uit
