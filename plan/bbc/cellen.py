"""The text of a cell, clean, and short enough to name in a message."""

from sociaalhuis.tekst import zonder_onzichtbare


def schoon(waarde, *, regels=False):
    """The text of a cell without what nobody sees; a whole number as its digits."""
    if waarde is None:
        return ""
    if isinstance(waarde, float) and waarde.is_integer():
        waarde = int(waarde)
    tekst = zonder_onzichtbare(str(waarde)).strip()
    return tekst if regels else " ".join(tekst.split())


def kort(waarde):
    tekst = schoon(waarde)
    return f"'{tekst[:40]}...'" if len(tekst) > 40 else f"'{tekst}'"
