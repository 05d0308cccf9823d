"""Short codes on paper: what a handwritten form is about, in a few characters that are typed in fast.

The code of a part is its own ("G2.3.b"); a paragraph is A with its number ("A214"); nothing is the whole plan. Numbers
of paragraphs never change and are never given again, so a form that was printed last month is still right.
"""

import re

from participatie.rondetekst import Gekozen, kies
from plan.models import Alinea, Onderdeel

ALINEA = re.compile(r"\AA\s*-?(\d{1,9})\Z", re.IGNORECASE)
PUNT = re.compile(r"\A\s*(A\s?-?\d{1,9}|[A-Z]\d+(?:[.]\w+)*)\s*[:.)]\s+", re.IGNORECASE)


class OnbekendeCode(ValueError):
    """No part and no paragraph of the plan of this round has this code."""


def van_alinea(alinea):
    return f"A{alinea.pk}"


def lees(ronde, code) -> tuple[Onderdeel | None, Gekozen | None]:
    """(part, paragraph) that a code stands for; (None, None) for the whole plan. Raises OnbekendeCode."""
    code = code.strip().rstrip(".")
    if not code:
        return None, None
    if treffer := ALINEA.match(code):
        alinea = Alinea.objects.filter(plan=ronde.plan_id, pk=int(treffer[1])).first()
        if alinea and (gekozen := kies(ronde, alinea.sleutel)):
            return gekozen.alinea.onderdeel, gekozen
    elif deel := Onderdeel.objects.filter(plan=ronde.plan_id, code__iexact=code).first():
        return deel, None
    raise OnbekendeCode(code)


def punten(ronde, tekst):
    """[(part, paragraph, words)] of the points of a conversation: one per block of lines, a code and a colon before it.

    Raises OnbekendeCode for the first code that does not exist.
    """
    uit = []
    for blok in re.split(r"\n\s*\n", tekst.replace("\r\n", "\n")):
        blok = blok.strip()
        if not blok:
            continue
        treffer = PUNT.match(blok)
        onderdeel, gekozen = lees(ronde, treffer[1].replace(" ", "")) if treffer else (None, None)
        uit.append((onderdeel, gekozen, blok[treffer.end() :].strip() if treffer else blok))
    return [punt for punt in uit if punt[2]]
