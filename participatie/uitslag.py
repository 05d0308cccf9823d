"""What came out of the questions of a round: counts, with the floor of five. Per version, because versions ask other things.

Open texts and files are not counted here: texts are read as input. Counted is what was given and not taken back or
hidden; what waits for a reader counts too, because a count shows nobody's words. Something that looks like a machine does
not count. Where one kind of answer is hidden so that nobody can be recognised, so many others are hidden that it cannot be
worked out; a choice nobody made is a plain 0 among answers that are many.
"""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

from django.db.models import Q

from participatie.models import Formulier, Formulierantwoord, Formuliervraag, Inbreng
from participatie.vraagsoorten import INDELING, namen_bij
from sociaalhuis.verslag.model import VLOER
from sociaalhuis.verslag.vloer import verberg

Soort = Formuliervraag.Soort
GETELD = (*Formuliervraag.MET_KEUZES, Soort.SCHAAL, Soort.GETAL, *INDELING)


@dataclass
class Uitslag:
    """One question: over how many inputs, and the rows [(name, number or text)]; `zin` is one sentence on top.

    `staven` are the rows that may be drawn: empty when something is hidden.
    """

    vraag: Formuliervraag
    n: int
    kop: list
    rijen: list = field(default_factory=list)
    zin: str = ""

    @property
    def te_weinig(self):
        return 0 < self.n < VLOER

    @property
    def staven(self):
        return [list(rij) for rij in self.rijen] if all(isinstance(getal, int) for _, getal in self.rijen) else []


@dataclass
class Versieuitslag:
    """One version of the questions: over how many inputs, the `Uitslag` of each question, and [(origin, number)] when
    some came in another way than the website."""

    formulier: Formulier
    mensen: int
    vragen: list
    herkomst: list


def uitslagen(ronde):
    """[Versieuitslag] of the versions that have questions; three queries."""
    formulieren = (
        Formulier.objects.in_gebruik().filter(ronde=ronde).prefetch_related("vragen").order_by("fase", "nummer")
    )
    per_vraag, mensen = {}, {}  # question -> values, form -> {input: origin}
    geldig = Q(inbreng__staat="zichtbaar") | Q(inbreng__staat="ingediend", inbreng__teken="")
    antwoorden = Formulierantwoord.objects.filter(geldig, inbreng__ronde=ronde)
    for vraag_id, inbreng_id, kanaal, formulier_id, waarde in antwoorden.values_list(
        "vraag", "inbreng", "inbreng__kanaal", "vraag__formulier", "waarde"
    ):
        per_vraag.setdefault(vraag_id, []).append(waarde)
        mensen.setdefault(formulier_id, {})[inbreng_id] = kanaal
    namen = namen_bij(vraag for formulier in formulieren for vraag in formulier.vragen.all())
    laatste = {formulier.fase: formulier.pk for formulier in formulieren}
    return [
        Versieuitslag(
            formulier,
            len(mensen.get(formulier.pk, ())),
            [
                tel(vraag, per_vraag.get(vraag.pk, []), namen)
                for vraag in formulier.vragen.all()
                if vraag.soort in GETELD
            ],
            herkomst(mensen.get(formulier.pk, {}).values()),
        )
        for formulier in formulieren
        if formulier.vragen.all() and (formulier.pk in mensen or formulier.pk in laatste.values())
    ]


def herkomst(kanalen):
    """[(origin in words, number or text)] with the floor; [] when all came through the website or they are too few."""
    telling = Counter(kanalen)
    if telling.total() < VLOER or set(telling) == {Inbreng.Kanaal.WEB}:
        return []
    zeker = verberg(telling)
    return [(label, zeker[kanaal]) for kanaal, label in Inbreng.Kanaal.choices if kanaal in zeker]


def tel(vraag, waarden, namen=None):
    """The `Uitslag` of one question, given what everybody answered."""
    uitslag = Uitslag(vraag, len(waarden), ["Antwoord", "Aantal"])
    if not waarden or uitslag.te_weinig:
        return uitslag
    if vraag.soort == Soort.GETAL:
        uitslag.zin = f"De middelste waarde is {median(waarden):g}."
        return uitslag
    if vraag.soort == Soort.PUNTEN:
        return _gewogen(uitslag, waarden, lambda waarde: waarde.items(), "Punten samen")
    if vraag.soort == Soort.RANGSCHIKKEN:
        meest = len(vraag.lijst)
        uitslag.zin = f"Een eerste plaats telt {meest} punten, een tweede {meest - 1}, enzovoort."
        return _gewogen(uitslag, waarden, lambda waarde: ((keuze, meest - nr) for nr, keuze in enumerate(waarde)), "Punten samen")  # fmt: skip
    keuzes = [str(n) for n in vraag.schaal] if vraag.soort == Soort.SCHAAL else vraag.lijst
    if vraag.soort in INDELING:
        keuzes = list((namen or {})[vraag.soort])
    telling = Counter(str(een) for waarde in waarden for een in (waarde if isinstance(waarde, list) else [waarde]))
    if vraag.soort == Soort.SCHAAL:
        uitslag.zin = f"De middelste waarde is {median(waarden):g} op {vraag.schaal[-1]}."
    zeker = verberg({keuze: telling[keuze] for keuze in keuzes})
    noem = (namen or {}).get(vraag.soort, {})
    uitslag.rijen = [(noem.get(keuze, keuze), zeker[keuze]) for keuze in keuzes]
    return uitslag


def _gewogen(uitslag, waarden, paren, kop):
    """Points per choice, most first. A choice that fewer than five people gave points says nothing of its points."""
    punten, gevers = Counter(), Counter()
    for waarde in waarden:
        for keuze, aantal in paren(waarde):
            punten[keuze] += aantal
            gevers[keuze] += 1
    zeker = verberg({keuze: gevers[keuze] for keuze in uitslag.vraag.lijst})
    uitslag.kop = ["Keuze", kop]
    uitslag.rijen = [
        (keuze, zeker[keuze] if isinstance(zeker[keuze], str) else punten[keuze])
        for keuze in sorted(
            uitslag.vraag.lijst, key=lambda keuze: 1 if isinstance(zeker[keuze], str) else -punten[keuze]
        )
    ]
    return uitslag
