"""Signs that a machine sent the form. A sign never refuses a question: it waits in quarantine, where people look."""

import re

from loket.models import Vraag
from loket.ontvangst import Formulierbewijs

LINK = re.compile(r"https?://|www\.|\[url|<a\s|href=", re.IGNORECASE)
LINKS_TE_VEEL = 3
HERHALINGEN_TE_VEEL = 3


def reden(*, bewijs: Formulierbewijs, valstrik: str, tekst: str, eerder_verstuurd: int) -> str:
    """Why a posted form waits in quarantine; '' when nothing is odd.

    `valstrik` is what stood in the invisible field, `eerder_verstuurd` how many other questions came from the same page.
    """
    if valstrik:
        return Vraag.Quarantaine.VALSTRIK
    if bewijs.gemaakt_op is None:
        return Vraag.Quarantaine.GEEN_BEWIJS
    if bewijs.te_snel:
        return Vraag.Quarantaine.TE_SNEL
    if len(LINK.findall(tekst)) >= LINKS_TE_VEEL or re.search(r"\[url|<a\s", tekst, re.IGNORECASE):
        return Vraag.Quarantaine.LINKS
    if eerder_verstuurd >= HERHALINGEN_TE_VEEL:
        return Vraag.Quarantaine.HERHAALD
    return ""
