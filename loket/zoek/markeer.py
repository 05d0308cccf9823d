"""Marks the words that were found, in text that is escaped here and nowhere else."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

from loket.zoek.woorden import genormaliseerd

STUK = re.compile(r"(\w+)")
KORTSTE_BEGIN = 4
KORTSTE_MIDDEN = 5
FRAGMENT = 170


def past(woord, stammen):
    """True when a word of a text is one of the words that were looked for, or is made of one."""
    woord = genormaliseerd(woord)
    return any(
        woord == stam
        or (len(stam) >= KORTSTE_BEGIN and woord.startswith(stam))
        or (len(stam) >= KORTSTE_MIDDEN and stam in woord)
        for stam in stammen
    )


def markeer(tekst, stammen):
    """Safe HTML of a plain text, with `<mark>` around the words that were found."""
    if not stammen:
        return escape(tekst)
    return mark_safe(
        "".join(
            f"<mark>{escape(stuk)}</mark>" if nummer % 2 and past(stuk, stammen) else escape(stuk)
            for nummer, stuk in enumerate(STUK.split(tekst))
        )
    )


def fragment(tekst, stammen):
    """A piece of a longer plain text around the first word that was found; "" when there is none."""
    for treffer in STUK.finditer(tekst):
        if past(treffer[0], stammen):
            begin = tekst.rfind(" ", 0, max(treffer.start() - FRAGMENT // 3, 0)) + 1
            einde = tekst.find(" ", begin + FRAGMENT)
            stuk = tekst[begin : einde if einde > 0 else len(tekst)]
            return ("… " if begin else "") + stuk + (" …" if einde > 0 else "")
    return ""
