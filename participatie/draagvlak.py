"""How broadly a round is carried: five numbers that are shown beside each other, and never added up to one score.

bereik · which share of those invited reacted · spreiding · whether some kinds, groups or areas took part far less than
others · instemming · which share of the standpoints agrees · verwerking · which share of the inputs got an answer with a
reason in time · doorwerking · which share changed something. Each says of how many (`noemer`); about fewer than five no
share is shown (`sociaalhuis.verslag.model.VLOER`). Pure reading: what is counted is what everyone may read.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils import timezone

from participatie.models import Besluit, Doorwerking, Inbreng, Ronde, Steun
from sociaalhuis.models import Doelgroep, Gebied, Organisatie
from sociaalhuis.verslag.model import GETAL, MINDER, PROCENT, VLOER, Deel, Kolom, Tabel, Verslag

TE_WEINIG = f"Te weinig om een percentage te tonen: minder dan {VLOER}."
INSTEMMEND = (Inbreng.Standpunt.AKKOORD, Inbreng.Standpunt.AKKOORD_MITS)


@dataclass(frozen=True)
class Cijfer:
    """One of the five: `teller` out of `noemer`, with its sentence for people and the table behind it."""

    code: str
    naam: str
    vraag: str
    teller: int
    noemer: int
    zin: str
    tabellen: tuple = ()

    @property
    def procent(self):
        """Whole percent, or None when nothing or too little was counted."""
        return aandeel(self.teller, self.noemer)


@dataclass(frozen=True)
class Draagvlak:
    """The five numbers, who was not heard, the objections that stand open, and how people took part."""

    cijfers: list
    stille_groepen: list
    niet_genodigd: list
    bezwaren: list
    wegen: Tabel


class Gezegd(NamedTuple):
    """What is counted of one input. `besluit` is that of its published answer, None without; `veranderde`: it changed the plan."""

    pk: int
    organisatie_id: int | None
    kanaal: str
    standpunt: str
    besluit: str | None
    veranderde: bool


def gezegd(ronde):
    """List of `Gezegd` of what everyone may read of a round, in the order in which it came; one query."""
    rijen = ronde.inbrengen.openbaar().met_openbaar_antwoord("besluit", "pk")
    wijziging = Doorwerking.objects.filter(antwoord=OuterRef("openbaar_pk"))
    rijen = rijen.annotate(veranderde=Exists(wijziging)).order_by("ingediend_op")
    return [
        Gezegd(*rij)
        for rij in rijen.values_list("pk", "organisatie_id", "kanaal", "standpunt", "openbaar_besluit", "veranderde")
    ]


def stemmen_zonder_inbreng(ronde):
    """Keys of the organisations that let hear in another way: they support a shown input, or gave advice on this round."""
    steun = Steun.objects.nu().filter(inbreng__in=ronde.inbrengen.openbaar(), organisatie__isnull=False)
    advies = ronde.adviezen.openbaar().order_by().values_list("adviesraad__organisatie")
    return {pk for (pk,) in steun.order_by().values_list("organisatie").union(advies)}


def aandeel(teller, noemer):
    """Whole percent of `noemer`; None under the floor."""
    return round(Decimal(teller) * 100 / noemer) if noemer >= VLOER else None


def van_ronde(ronde):
    """The `Draagvlak` of a round; eight queries whatever its size."""
    genodigd = list(
        Organisatie.objects.filter(uitnodigingen_voor_rondes__ronde=ronde).prefetch_related("doelgroepen", "gebieden")
    )
    rijen = gezegd(ronde)
    gehoord = {rij.organisatie_id for rij in rijen} - {None} | stemmen_zonder_inbreng(ronde)
    verdeling = per_soort_groep_en_gebied(genodigd, gehoord)
    stil, niemand = wie_zwijgt(genodigd, gehoord)
    return Draagvlak(
        cijfers=[
            bereik(genodigd, gehoord),
            spreiding(verdeling),
            instemming(rijen),
            verwerking(ronde, rijen),
            doorwerking(ronde, rijen),
        ],
        stille_groepen=stil,
        niet_genodigd=niemand,
        bezwaren=list(Inbreng.objects.filter(pk__in=[rij.pk for rij in rijen if is_open_bezwaar(rij)]).voor_lijst()),
        wegen=wegen(rijen),
    )


# --- the five -----------------------------------------------------------------------------------


def bereik(genodigd, gehoord):
    """Share of the invited organisations that let hear: input, support of an input, or advice."""
    teller, noemer = sum(organisatie.pk in gehoord for organisatie in genodigd), len(genodigd)
    if not noemer:
        zin = "Voor deze ronde nodigden we geen organisaties uit."
    elif noemer < VLOER:
        zin = TE_WEINIG
    else:
        zin = f"{teller} van de {noemer} organisaties die we uitnodigden, lieten van zich horen."
    return Cijfer("bereik", "Bereik", "Wie we vroegen, reageerde die ook?", teller, noemer, zin)


def spreiding(verdeling):
    """The lowest rate of taking part over the highest, in the dimension where they are furthest apart.

    Only kinds, groups and areas of which at least five organisations were invited are compared.
    """
    vergeleken = [
        (rijen, laag, hoog) for rijen in verdeling.values() if (randen := uitersten(rijen)) for laag, hoog in [randen]
    ]
    tabellen = tuple(als_tabel(naam, rijen) for naam, rijen in verdeling.items() if rijen)
    vraag = "Reageerden alle soorten, groepen en buurten even goed?"
    if not vergeleken:
        zin = f"Te weinig om te vergelijken: daarvoor moeten we er minstens {VLOER} uitnodigen van twee soorten, groepen of buurten."
        return Cijfer("spreiding", "Spreiding", vraag, 0, 0, zin, tabellen)
    _, laag, hoog = min(vergeleken, key=lambda stel: stel[1].deel / stel[2].deel)
    zin = (
        f"Het minst: {laag.naam} ({laag.procent} %). Het meest: {hoog.naam} ({hoog.procent} %)."
        " Hoe dichter bij 100 %, hoe gelijker."
    )
    teller = round(laag.deel / hoog.deel * 100)
    return Cijfer("spreiding", "Spreiding", vraag, teller, 100, zin, tabellen)


def instemming(rijen):
    """Share of the standpoints, abstentions left out, that agrees, with or without a condition."""
    geteld = Counter(rij.standpunt for rij in rijen if rij.standpunt)
    noemer = sum(aantal for standpunt, aantal in geteld.items() if standpunt != Inbreng.Standpunt.ONTHOUDING)
    teller = sum(geteld[standpunt] for standpunt in INSTEMMEND)
    vraag = "Wie een standpunt gaf, ging die akkoord?"
    if not geteld:
        return Cijfer("instemming", "Instemming", vraag, 0, 0, "Niemand gaf een standpunt.")
    zin = (
        f"{teller} van de {noemer} standpunten gaan akkoord, met of zonder voorwaarde."
        if noemer >= VLOER
        else TE_WEINIG
    )
    rijen = [[label, geteld[waarde]] for waarde, label in Inbreng.Standpunt.choices] if noemer >= VLOER else []
    tabel = Tabel("Standpunten", [Kolom("Standpunt"), Kolom("Aantal", GETAL)], rijen, staven=1, leeg=TE_WEINIG)
    return Cijfer("instemming", "Instemming", vraag, teller, noemer, zin, (tabel,))


def verwerking(ronde, rijen):
    """Share of the inputs that were answered with a reason, on the promised day at the latest."""
    vraag = "Kreeg elke inbreng op tijd een antwoord met een reden?"
    noemer, teller = len(rijen), sum(op_tijd(ronde, rij) for rij in rijen)
    if not noemer:
        zin = "Er kwam geen inbreng binnen."
    elif not ronde.antwoorden_gepubliceerd_op:
        zin = "De antwoorden staan nog niet online."
    elif noemer < VLOER:
        zin = TE_WEINIG
    else:
        zin = f"{teller} van de {noemer} inbrengen kregen op tijd een antwoord."
    return Cijfer("verwerking", "Verwerking", vraag, teller, noemer if ronde.antwoorden_gepubliceerd_op else 0, zin)


def doorwerking(ronde, rijen):
    """Share of the inputs whose answer names what changed in the plan."""
    vraag = "Veranderde er iets in het plan?"
    noemer, teller = len(rijen), sum(rij.veranderde for rij in rijen)
    if not ronde.antwoorden_gepubliceerd_op:
        return Cijfer("doorwerking", "Doorwerking", vraag, 0, 0, "De antwoorden staan nog niet online.")
    zin = f"{teller} van de {noemer} inbrengen veranderden iets in het plan." if noemer >= VLOER else TE_WEINIG
    return Cijfer("doorwerking", "Doorwerking", vraag, teller, noemer, zin)


def op_tijd(ronde, rij):
    uit = ronde.antwoorden_gepubliceerd_op
    return bool(uit and timezone.localdate(uit) <= ronde.antwoord_tegen and rij.besluit)


def is_open_bezwaar(rij):
    """An objection that was not taken over, wholly or in part."""
    return rij.standpunt == Inbreng.Standpunt.BEZWAAR and rij.besluit not in (Besluit.OVERGENOMEN, Besluit.DEELS)


# --- who took part ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deelname:
    """How many of the invited organisations of one kind, group or area took part."""

    naam: str
    teller: int
    noemer: int

    @property
    def deel(self):
        return Decimal(self.teller) / self.noemer

    @property
    def procent(self):
        return aandeel(self.teller, self.noemer)


def per_soort_groep_en_gebied(genodigd, gehoord):
    """{dimension: [Deelname]} with the names in order."""
    soorten = dict(Organisatie.Soort.choices)
    groepen = {
        "Per soort organisatie": lambda rij: [soorten[rij.soort]],
        "Per doelgroep": lambda rij: [groep.naam for groep in rij.doelgroepen.all()],
        "Per gebied": lambda rij: [gebied.naam for gebied in rij.gebieden.all()],
    }
    uit = {}
    for dimensie, namen_van in groepen.items():
        gevraagd = Counter(naam for rij in genodigd for naam in namen_van(rij))
        reageerde = Counter(naam for rij in genodigd if rij.pk in gehoord for naam in namen_van(rij))
        uit[dimensie] = [Deelname(naam, reageerde[naam], gevraagd[naam]) for naam in sorted(gevraagd)]
    return uit


def uitersten(rijen):
    """(lowest, highest) of what may be compared, or None when there are not two, or nobody took part at all."""
    groot = sorted((rij for rij in rijen if rij.noemer >= VLOER), key=lambda rij: rij.deel)
    return (groot[0], groot[-1]) if len(groot) > 1 and groot[-1].teller else None


def als_tabel(naam, rijen):
    """A table of `Deelname`; a share of fewer than five says so."""
    cellen = [
        [rij.naam, rij.noemer, rij.teller, rij.procent if rij.procent is not None else f"minder dan {VLOER} genodigd"]
        for rij in rijen
    ]
    kolommen = [Kolom("Wie"), Kolom("Uitgenodigd", GETAL), Kolom("Reageerde", GETAL), Kolom("Aandeel", PROCENT)]
    return Tabel(naam, kolommen, cellen, staven=3)


def wie_zwijgt(genodigd, gehoord):
    """(invited but not heard, nobody invited): names of target groups and areas."""
    gevraagd, gehoorde = set(), set()
    for rij in genodigd:
        namen = {groep.naam for groep in [*rij.doelgroepen.all(), *rij.gebieden.all()]}
        gevraagd |= namen
        if rij.pk in gehoord:
            gehoorde |= namen
    alle = set(Doelgroep.objects.values_list("naam", flat=True)) | set(Gebied.objects.values_list("naam", flat=True))
    return sorted(gevraagd - gehoorde), sorted(alle - gevraagd) if genodigd else []


def wegen(rijen):
    """How inputs came in: website, paper, counter and so on; residents under the floor as '< 5'."""
    kanalen = dict(Inbreng.Kanaal.choices)
    van_organisatie = Counter(rij.kanaal for rij in rijen if rij.organisatie_id)
    van_inwoner = Counter(rij.kanaal for rij in rijen if not rij.organisatie_id)
    cellen = [
        [label, van_organisatie[code], van_inwoner[code] if not 0 < van_inwoner[code] < VLOER else MINDER]
        for code, label in kanalen.items()
        if van_organisatie[code] or van_inwoner[code]
    ]
    kolommen = [Kolom("Langs waar"), Kolom("Organisaties", GETAL), Kolom("Inwoners en groepen", GETAL)]
    return Tabel("Zo kwam de inbreng binnen", kolommen, cellen, leeg="Er kwam geen inbreng binnen.")


def als_verslag(ronde: Ronde, draagvlak: Draagvlak) -> Verslag:
    """The same as a report, for xlsx."""
    kolommen = [
        Kolom("Cijfer"),
        Kolom("Aandeel", PROCENT),
        Kolom("Aantal", GETAL),
        Kolom("Van", GETAL),
        Kolom("In woorden"),
    ]
    rijen = [
        [
            cijfer.naam,
            cijfer.procent,
            *([cijfer.teller, cijfer.noemer] if cijfer.procent is not None else [None, None]),
            cijfer.zin,
        ]
        for cijfer in draagvlak.cijfers
    ]
    tabellen = [
        Tabel("Vijf cijfers", kolommen, rijen),
        *(t for cijfer in draagvlak.cijfers for t in cijfer.tabellen),
        draagvlak.wegen,
    ]
    return Verslag(
        titel=f"Draagvlak van “{ronde.titel}”",
        naam=f"draagvlak-{ronde.slug}",
        kenmerken=[("Groepen die we niet hoorden", ", ".join(draagvlak.stille_groepen) or "geen")],
        delen=[Deel("Draagvlak", tabellen=tabellen)],
    )
