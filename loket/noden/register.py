"""The register of unmet needs: theme x group x area in a period, from all sources, with the floor of five."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from loket.cijfers.periode import Periode
from loket.noden.bronnen import BRONNEN
from sociaalhuis.models import Doelgroep, Gebied, Thema
from sociaalhuis.verslag.model import GETAL, MINDER, VLOER, Deel, Kolom, Tabel, Verslag
from sociaalhuis.verslag.vloer import verberg

Sleutel = tuple[int | None, int | None, int | None]
NIET_BEKEND = "niet bekend"


@dataclass(frozen=True)
class Regel:
    """One combination: its names, the number per source (or what is shown instead), and all together.

    `sleutel` is (theme, group, area) as pks. `telt` says whether it may become a signal.
    """

    sleutel: Sleutel
    namen: tuple[str, str, str]
    per_bron: list[int | str]
    samen: int | str

    @property
    def telt(self):
        return isinstance(self.samen, int) and self.samen >= VLOER

    @property
    def adresdeel(self):
        """The combination as part of an address: 'thema=1&doelgroep=&gebied=3'."""
        namen = ("thema", "doelgroep", "gebied")
        return urlencode({naam: pk or "" for naam, pk in zip(namen, self.sleutel, strict=True)})

    @property
    def cellen(self):
        """[(name of the source, number as shown)]."""
        return [(bron.naam, n) for bron, n in zip(BRONNEN, self.per_bron, strict=True)]

    @property
    def bronnen(self):
        """The same, of the sources that have something."""
        return [(naam, n) for naam, n in self.cellen if n]


def tel(vragen, periode: Periode) -> dict[Sleutel, Counter]:
    """How often per source, for each combination. `vragen`: those whose numbers the reader may see."""
    gevonden = defaultdict(Counter)
    for bron in BRONNEN:
        for *sleutel, keer in bron.lees(vragen, *periode.grenzen()):
            gevonden[tuple(sleutel)][bron.code] += keer
    return gevonden


def regels(vragen, periode: Periode) -> tuple[list[Regel], int | str]:
    """The combinations that may be shown, most first, and how often all others together.

    What is hidden is hidden per theme, so a theme's own total gives nothing away either.
    """
    geteld = tel(vragen, periode)
    namen = [{rij.pk: str(rij) for rij in model.objects.all()} for model in (Thema, Doelgroep, Gebied)]
    per_thema = defaultdict(dict)
    for sleutel, bronnen in geteld.items():
        per_thema[sleutel[0]][sleutel] = bronnen.total()
    samen = {sleutel: n for thema in per_thema.values() for sleutel, n in verberg(thema).items()}
    getoond = [
        Regel(
            sleutel,
            tuple(lijst.get(pk, NIET_BEKEND) for lijst, pk in zip(namen, sleutel, strict=True)),
            [_cel(geteld[sleutel][bron.code]) for bron in BRONNEN],
            aantal,
        )
        for sleutel, aantal in samen.items()
        if isinstance(aantal, int)
    ]
    rest = sum(geteld[sleutel].total() for sleutel, aantal in samen.items() if not isinstance(aantal, int))
    return sorted(getoond, key=lambda regel: (-regel.samen, regel.namen)), _cel(rest)


def _cel(aantal):
    return MINDER if 0 < aantal < VLOER else aantal


def als_verslag(getoond: list[Regel], rest, periode: Periode, bereik: str) -> Verslag:
    """The register as a report, for PDF and xlsx."""
    kolommen = [
        *(Kolom(naam) for naam in ("Thema", "Doelgroep", "Gebied")),
        *(Kolom(bron.naam, GETAL) for bron in BRONNEN),
        Kolom("Samen", GETAL),
    ]
    rijen = [(*regel.namen, *regel.per_bron, regel.samen) for regel in getoond]
    uitleg = f"Wat bij elkaar te weinig mensen telt om te tonen, samen: {rest}." if rest else ""
    return Verslag(
        titel=f"Register van noden: {periode.naam}",
        naam=f"noden-{periode.code.lower()}",
        ondertitel=bereik,
        kenmerken=[("Periode", periode.naam)],
        delen=[
            Deel(
                "Wat mensen nodig hadden en niet vonden",
                [f"{bron.naam}: {bron.uitleg}" for bron in BRONNEN],
                [Tabel("Noden per thema, doelgroep en gebied", kolommen, rijen, uitleg)],
            )
        ],
    )
