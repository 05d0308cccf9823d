"""The way through a list while reading its cases: which list one came from, the question before and the one after."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.http import QueryDict

from loket.forms.werkbank import LijstForm
from loket.werkbank.werklijst import LIJSTEN, lijst

VER = 200  # rows of the list that are looked through


@dataclass
class Buren:
    """`terug` are the choices of the list, as in an address; `vorige` and `volgende` are references or ''."""

    terug: str
    naam: str
    vorige: str = ""
    volgende: str = ""


def buren(gebruiker, uit, referentie, nummer=0):
    """The neighbours of a case in the list `uit` (its choices), under this version. None without a list.

    A case that left the list meanwhile (it was answered) has the first one of the list after it.
    """
    if not uit:
        return None
    keuze = LijstForm(QueryDict(uit[:300]), gebruiker=gebruiker, nummer=nummer, kiezen=False)
    vragen = keuze.toegepast(lijst(gebruiker, keuze.naam, keuze.gekozen.get("orde", "")))
    rij = list(vragen.select_related(None).values_list("referentie", flat=True)[:VER])
    hier = rij.index(referentie) if referentie in rij else None
    gevonden = Buren(keuze.keuzes, LIJSTEN[keuze.naam].naam)
    if hier is None:
        gevonden.volgende = rij[0] if rij else ""
    else:
        gevonden.vorige = rij[hier - 1] if hier else ""
        gevonden.volgende = rij[hier + 1] if hier + 1 < len(rij) else ""
    return gevonden


def lijst_van(request):
    """The list that this page was opened from: of its own address, or, after a step, of the page of that step."""
    uit = request.GET.get("uit", "")
    vorige = urlsplit(request.headers.get("Referer", ""))
    if not uit and request.method == "POST" and vorige.netloc == request.get_host():
        uit = parse_qs(vorige.query).get("uit", [""])[0]
    return uit.replace("\x00", "")[:300]
