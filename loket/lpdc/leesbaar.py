"""Values of a service in words, and two texts as one with what came and what went."""

from difflib import SequenceMatcher

from loket.lpdc.vergelijk import KINDEREN
from loket.models import Dienst
from sociaalhuis.tekst import plat
from sociaalhuis.templatetags.huis import datum

MAX_WOORDEN = 1500  # comparing takes the product of both lengths
GELIJK, WEG, NIEUW = "gelijk", "weg", "nieuw"


def naam_van(veld: str) -> str:
    """'voorwaarden' -> 'Voorwaarden'; 'verdere_beschrijving' -> 'Meer uitleg'."""
    label = veld if veld in KINDEREN else str(Dienst._meta.get_field(veld).verbose_name)
    return label[:1].upper() + label[1:]


def in_woorden(veld: str, waarde) -> str:
    """A JSON value of a field as plain text; '' when there is none."""
    if veld in KINDEREN:
        return "\n".join(f"{nummer}. {_deel(deel)}" for nummer, deel in enumerate(waarde or [], start=1))
    model_veld = Dienst._meta.get_field(veld)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return "\n".join(map(str, waarde))
    if model_veld.choices:
        return str(dict(model_veld.flatchoices).get(waarde, waarde or ""))
    if waarde and model_veld.get_internal_type() in ("DateField", "DateTimeField"):
        return datum(model_veld.to_python(waarde))
    return plat(str(waarde)) if waarde else ""


def _deel(deel):
    stukken = []
    for naam, waarde in deel.items():
        if not waarde or naam.endswith("uri"):
            continue
        stukken.append("; ".join(_deel(d) for d in waarde) if isinstance(waarde, list) else plat(str(waarde)))
    return " | ".join(stukken)


def verschil(oud: str, nieuw: str) -> list:
    """Two texts as [(kind, words)]: what stayed, what went and what came. Very long texts are shown whole, twice."""
    a, b = oud.split(" "), nieuw.split(" ")
    if max(len(a), len(b)) > MAX_WOORDEN:
        return [(WEG, oud), (NIEUW, nieuw)]
    stukken = []
    for soort, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if soort == "equal":
            stukken.append((GELIJK, " ".join(a[i1:i2])))
            continue
        if i2 > i1:
            stukken.append((WEG, " ".join(a[i1:i2])))
        if j2 > j1:
            stukken.append((NIEUW, " ".join(b[j1:j2])))
    return [(soort, woorden) for soort, woorden in stukken if woorden]
