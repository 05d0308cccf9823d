"""Short codes on paper: what a handwritten form is about, in a few characters that are typed in fast.

The code of a part is its own ("G2.3.b"); a paragraph is A with its number ("A214"); nothing is the whole plan. Numbers
of paragraphs never change and are never given again, so a form that was printed last month is still right.

A sheet with questions is B with the number of its version of the questions and how often these were changed before it
was printed ("B14-1"); each question on it is V with its number ("V214"), which says the version as well.
"""

import re

from participatie.models import Formulier, Formuliervraag
from participatie.rondetekst import Gekozen, kies
from plan.models import Alinea, Onderdeel

ALINEA = re.compile(r"\AA\s*-?(\d{1,9})\Z", re.IGNORECASE)
PUNT = re.compile(r"\A\s*(A\s?-?\d{1,9}|[A-Z]\d+(?:[.]\w+)*)\s*[:.)]\s+", re.IGNORECASE)

BLAD = re.compile(r"\AB\s*(\d{1,9})\s*[-–./ ]\s*(\d{1,9})\Z", re.IGNORECASE)
VRAAG = re.compile(r"\AV\s*-?(\d{1,9})\Z", re.IGNORECASE)


class OnbekendeCode(ValueError):
    """No part and no paragraph of the plan of this round has this code."""


class CodeVanBlad(OnbekendeCode):
    """This is the code of a sheet with questions, which is typed in elsewhere."""


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
    raise CodeVanBlad(code) if BLAD.match(code) or VRAAG.match(code) else OnbekendeCode(code)


def van_blad(formulier):
    return f"B{formulier.pk}-{formulier.stand}"


def van_vraag(vraag):
    return f"V{vraag.pk}"


def lees_blad(ronde, code) -> tuple[Formulier, bool]:
    """(the version of the questions of this round that was printed, whether it was changed since). Raises OnbekendeCode.

    The code of one question does too: a page that came loose. That one does not tell of changes.
    """
    code = code.strip().rstrip(".")
    formulieren = Formulier.objects.in_gebruik().filter(ronde=ronde).prefetch_related("vragen__toon_als")
    formulier = stand = None
    if treffer := BLAD.match(code):
        formulier, stand = formulieren.filter(pk=int(treffer[1])).first(), int(treffer[2])
    elif treffer := VRAAG.match(code):
        formulier = formulieren.filter(
            pk__in=Formuliervraag.objects.filter(pk=int(treffer[1])).values("formulier")
        ).first()
    if formulier is None or (stand or 0) > formulier.stand or not formulier.vragen.all():
        raise OnbekendeCode(code)
    formulier.ronde = ronde
    return formulier, stand not in (None, formulier.stand)


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
