"""The text that a round is about, paragraph by paragraph, so that someone can react on the spot.

It is the text of the version that the round is about when it has one, else that of the plan as it is now. Headings are
shown and not reacted on. What was said about a paragraph keeps the words that stood there (`Inbreng.alinea_tekst`), so
it can still be read when the paragraph changes or goes.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core import signing
from django.db.models import Count

from plan.models import Alinea, Onderdeel
from plan.momentopname.velden import alineas_van
from sociaalhuis.tekst import plat

ZOUT = "participatie.alinea"
PLANTEKST = "plan"  # in the address: the texts of the plan itself


@dataclass
class Stukje:
    """One paragraph of the text of a round; `aantal` is how many inputs about it are shown."""

    sleutel: str
    html: str
    aantal: int = 0

    @property
    def is_kop(self):
        return self.html.startswith("<h")

    @property
    def woorden(self):
        return plat(self.html)


@dataclass
class Deel:
    """A part with its paragraphs; `code` is empty for a text of the plan itself."""

    titel: str
    code: str = ""
    soort: str = ""
    kort: str = ""
    alineas: list = field(default_factory=list)
    aantal: int = 0


@dataclass(frozen=True)
class Gekozen:
    """The paragraph that someone reacts on, with the words as they saw them."""

    alinea: Alinea
    woorden: str

    @property
    def zegel(self):
        """For a hidden field: what the visitor saw, signed, so that it comes back unchanged."""
        return signing.dumps([self.alinea.sleutel, self.woorden], salt=ZOUT, compress=True)


def inhoud(ronde):
    """(rows of parts in order, paragraphs per key of a part) of the text of this round, as plain data."""
    if ronde.versie_id:
        inhoud = ronde.versie.inhoud
        alineas = {rij["sleutel"]: rij.get("alineas", []) for rij in inhoud["onderdelen"]}
        return inhoud["onderdelen"], {**alineas, None: inhoud["plan"].get("alineas", [])}
    rijen = (
        Onderdeel.objects.filter(plan=ronde.plan_id)
        .in_volgorde()
        .values("pk", "ouder_id", "soort", "code", "titel", "korte_omschrijving")
    )
    return [{**rij, "sleutel": rij["pk"], "ouder": rij["ouder_id"]} for rij in rijen], alineas_van(ronde.plan)


class Tekst(NamedTuple):
    """The text of a round with how much was said about it: rows of parts in order, paragraphs per key of a part, and the
    inputs that are shown per part and per paragraph."""

    rijen: list
    alineas: dict
    per_deel: Counter
    per_alinea: Counter


def lees(ronde):
    """The `Tekst` of a round; four queries."""
    return Tekst(*inhoud(ronde), *_tellingen(ronde))


def hoofdstukken(tekst):
    """[(code, title, number of inputs below it)] of the guarantees; the texts of the plan itself come first."""
    rijen, alineas, per_deel, _ = tekst
    boven = {rij["sleutel"]: rij["sleutel"] for rij in rijen if rij["ouder"] is None}
    for rij in _van_boven_naar_onder(rijen):
        boven.setdefault(rij["sleutel"], boven.get(rij["ouder"]))
    som = Counter()
    for sleutel, aantal in per_deel.items():
        som[boven.get(sleutel)] += aantal
    eigen = [(PLANTEKST, "De teksten van het plan zelf", som[None])] if alineas.get(None) else []
    return eigen + [(rij["code"], rij["titel"], som[rij["sleutel"]]) for rij in rijen if rij["ouder"] is None]


def delen(tekst, code):
    """List of `Deel`: a guarantee with all below it, or with the code "plan" the texts of the plan. [] when unknown."""
    rijen, alineas, per_deel, per_alinea = tekst

    def stukjes(sleutel):
        return [Stukje(rij["sleutel"], rij["html"], per_alinea[rij["sleutel"]]) for rij in alineas.get(sleutel, [])]

    if code == PLANTEKST:
        titels = dict(Alinea.Veld.choices)
        velden = dict.fromkeys(rij["veld"] for rij in alineas.get(None, []))
        per_veld = {rij["sleutel"]: rij["veld"] for rij in alineas.get(None, [])}
        return [
            Deel(titel=titels[veld], alineas=[stuk for stuk in stukjes(None) if per_veld[stuk.sleutel] == veld])
            for veld in velden
        ]
    wortel = next((rij for rij in rijen if rij["ouder"] is None and rij["code"] == code), None)
    if wortel is None:
        return []
    kinderen = {}
    for rij in rijen:
        kinderen.setdefault(rij["ouder"], []).append(rij)

    def in_volgorde(rij):
        yield rij
        for kind in kinderen.get(rij["sleutel"], []):
            yield from in_volgorde(kind)

    return [
        Deel(
            titel=rij["titel"],
            code=rij["code"],
            soort=rij["soort"],
            kort=rij["korte_omschrijving"] if rij["korte_omschrijving"] != rij["titel"] else "",
            alineas=stukjes(rij["sleutel"]),
            aantal=per_deel[rij["sleutel"]],
        )
        for rij in in_volgorde(wortel)
    ]


def kies(ronde, sleutel):
    """The paragraph with this key in the text of this round, as `Gekozen`, or None."""
    _, alineas = inhoud(ronde)
    html = next((rij["html"] for rijen in alineas.values() for rij in rijen if rij["sleutel"] == sleutel), None)
    alinea = Alinea.objects.filter(plan=ronde.plan_id, sleutel=sleutel).select_related("onderdeel__plan").first()
    woorden = plat(html)
    return Gekozen(alinea, woorden) if alinea and woorden else None


def lees_zegel(ronde, zegel):
    """What `Gekozen.zegel` held, or None when it is not ours or of another plan."""
    try:
        sleutel, woorden = signing.loads(zegel, salt=ZOUT)
    except signing.BadSignature:
        return None
    alinea = Alinea.objects.filter(plan=ronde.plan_id, sleutel=sleutel).select_related("onderdeel__plan").first()
    return Gekozen(alinea, woorden) if alinea else None


def _van_boven_naar_onder(rijen):
    """Rows so that a part comes after the one above it."""
    kinderen = {}
    for rij in rijen:
        kinderen.setdefault(rij["ouder"], []).append(rij)
    wachtrij = list(kinderen.get(None, []))
    for rij in wachtrij:
        wachtrij += kinderen.get(rij["sleutel"], [])
    return wachtrij


def _tellingen(ronde):
    """(inputs shown per key of a part, per key of a paragraph); what is about a paragraph counts for its part too."""
    per_deel, per_alinea = Counter(), Counter()
    rijen = ronde.inbrengen.openbaar().order_by().values("onderdeel_id", "alinea__sleutel").annotate(aantal=Count("pk"))
    for deel, sleutel, aantal in rijen.values_list("onderdeel_id", "alinea__sleutel", "aantal"):
        per_deel[deel] += aantal
        if sleutel:
            per_alinea[sleutel] += aantal
    return per_deel, per_alinea
