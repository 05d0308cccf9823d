"""How referring to each partner goes: how fast they answer, and what came of it. Numbers of the whole house, with the floor.

Only what ended counts, by the month in which it ended; nothing leads to a person (see `Verwijscijfer`).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from loket.cijfers.periode import Periode
from loket.models import Verwijscijfer
from loket.models.verwijzing import Reden, Verwijsstaat
from sociaalhuis.verslag.model import DAGEN, GETAL, PROCENT, Kolom, Tabel
from sociaalhuis.verslag.vloer import alleen_als_genoeg

KOLOMMEN = [
    Kolom("Partner"),
    Kolom("Verzonden", GETAL),
    Kolom("Werkdagen tot antwoord (mediaan)", DAGEN),
    Kolom("Aanvaard", PROCENT),
    Kolom("Geweigerd", PROCENT),
    Kolom("Geen antwoord", PROCENT),
    Kolom("Gekomen, van wie aanvaard werd", PROCENT),
]
UITLEG = (
    "Doorverwijzingen die in deze periode eindigden, van alle teams samen. Een antwoord is aanvaarden of weigeren."
    " De helft van de antwoorden kwam niet later dan de mediaan."
)


@dataclass
class Doorlooptijd:
    """What ended with one partner in a period. Figures are None without anything to count, text when too small."""

    antwoorden: list = field(default_factory=list)  # working days until they accepted or refused
    verzonden: int = 0
    aanvaarde: int = 0
    geweigerde: int = 0
    stille: int = 0
    gekomene: int = 0
    bekende: int = 0  # of those accepted: how many of which we know whether they came

    def voeg_toe(self, uitkomst, reden, aanvaard, werkdagen, gekomen):
        self.verzonden += 1
        self.aanvaarde += aanvaard is not None
        self.geweigerde += uitkomst == Verwijsstaat.GEWEIGERD
        self.stille += uitkomst == Verwijsstaat.VERLOPEN and reden == Reden.GEEN_ANTWOORD
        if werkdagen is not None:
            self.antwoorden.append(werkdagen)
        if aanvaard is not None and gekomen is not None:
            self.bekende += 1
            self.gekomene += gekomen

    @property
    def cellen(self):
        """The figures in the order of `KOLOMMEN`, without the name."""
        deel = self._deel
        return (
            alleen_als_genoeg(self.verzonden, self.verzonden),
            alleen_als_genoeg(len(self.antwoorden), self.antwoorden and Decimal(median(self.antwoorden))),
            deel(self.aanvaarde, self.verzonden),
            deel(self.geweigerde, self.verzonden),
            deel(self.stille, self.verzonden),
            deel(self.gekomene, self.bekende),
        )

    @staticmethod
    def _deel(teller, noemer):
        return alleen_als_genoeg(noemer, noemer and Decimal(round(100 * teller / noemer)))


def per_partner(periode: Periode) -> dict:
    """Organisation id to `Doorlooptijd`: one query."""
    rijen = Verwijscijfer.objects.filter(
        maand__gte=periode.van, maand__lt=periode.tot, dagen_tot_verzonden__isnull=False
    ).order_by()
    gevonden = defaultdict(Doorlooptijd)
    velden = ("uitkomst", "reden", "dagen_tot_aanvaard", "werkdagen_tot_antwoord", "gekomen")
    for organisatie, *feit in rijen.values_list("organisatie", *velden):
        gevonden[organisatie].voeg_toe(*feit)
    return dict(gevonden)


def tabel(periode: Periode, namen: dict) -> Tabel:
    """The table per partner, most referrals first. `namen`: organisation id to name."""
    cijfers = per_partner(periode)
    op_volgorde = sorted(cijfers, key=lambda pk: (-cijfers[pk].verzonden, namen[pk].lower()))
    rijen = [(namen[pk], *cijfers[pk].cellen) for pk in op_volgorde]
    return Tabel("Doorverwezen per partner", KOLOMMEN, rijen, UITLEG, staven=1)


def laatste_jaar(vandaag) -> Periode:
    """The twelve whole months before this one."""
    deze_maand = Periode(vandaag.replace(day=1), 1)
    return Periode(deze_maand.jaar_eerder().van, 12)
