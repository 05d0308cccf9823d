"""Services that may already answer a question, shown before it is sent."""

from loket.models import Dienst
from loket.zoek import zoek

HOEVEEL = 4


def passende_diensten(tekst: str, thema: str = "") -> list[Dienst]:
    """The best few services for a text, with those of the chosen theme when the text finds too little.

    Nothing of the text is kept or counted.
    """
    gevonden = list(zoek(tekst[:300], hoogstens=HOEVEEL)) if tekst.strip() else []
    if len(gevonden) < HOEVEEL and thema:
        rest = Dienst.objects.gepubliceerd().filter(themas__code=thema).exclude(pk__in=[d.pk for d in gevonden])
        gevonden += rest.order_by("-populair", "titel")[: HOEVEEL - len(gevonden)]
    return gevonden
