"""What LPDC says differently from us, field by field, and the decision of a clerk about each.

Nothing changes unseen: a decision carries the mark (`stand`) of the three sides that the page showed. When one of them
moved meanwhile, by a colleague or by a new import, `Verschoven` is raised and nothing is written.
"""

import hashlib
import json

from django.db import IntegrityError, transaction

from loket.acties.dienst import schrijf_waarden
from loket.lpdc.vergelijk import onze_waarden
from loket.models import Dienst, MagNiet
from loket.zoek.index import indexeer

HUN, ONS = "hun", "ons"
VERSCHOVEN = (
    "Intussen veranderde er iets aan deze dienst, hier of in LPDC. Kijk de velden opnieuw na. Er is niets bewaard."
)


class Verschoven(Exception):
    """One of the three sides changed since the page was made. The text is for the person who tried."""


def stand_van(dienst) -> str:
    """The mark of what a page about the differences of this service shows."""
    ons = onze_waarden(dienst)
    zijden = [[naam, ons[naam], dienst.bron_basis.get(naam), hun] for naam, hun in sorted(dienst.bron_verschil.items())]
    return hashlib.sha256(json.dumps(zijden, sort_keys=True, default=str).encode()).hexdigest()[:32]


@transaction.atomic
def beslis(*, dienst, keuzes, stand, door) -> Dienst:
    """Takes theirs (`hun`) or keeps ours (`ons`) for each field in `keuzes`; fields that are not named stay open.

    Raises Verschoven, and MagNiet when taking theirs would leave a published service that says nothing.
    """
    dienst = Dienst.objects.select_for_update(of=["self"]).get(pk=dienst.pk)
    if stand_van(dienst) != stand:
        raise Verschoven(VERSCHOVEN)
    gekozen = {naam: keuze for naam, keuze in keuzes.items() if naam in dienst.bron_verschil}
    over = {naam: dienst.bron_verschil[naam] for naam, keuze in gekozen.items() if keuze == HUN}
    try:
        with transaction.atomic():
            schrijf_waarden(dienst, over)
            dienst.bron_basis = {**dienst.bron_basis, **{naam: dienst.bron_verschil[naam] for naam in gekozen}}
            dienst.bron_verschil = {n: hun for n, hun in dienst.bron_verschil.items() if n not in gekozen}
            dienst.save()
    except IntegrityError as fout:
        raise MagNiet("Zo zou deze dienst zonder titel of tekst op de site staan. Hou daar onze tekst.") from fout
    if over:
        indexeer([dienst])
    return dienst


def beslis_alles(*, diensten, keuze, standen, door):
    """The same decision (`hun` or `ons`) about every field of several services; gives (decided, not decided).

    `standen` is {primary key: the mark that the page showed}. Not decided is what changed since then, or what would be
    left saying nothing: (service, why). Services without a difference are neither.
    """
    gedaan, niet = [], []
    for dienst in diensten.exclude(bron_verschil={}).order_by("pk"):
        keuzes = dict.fromkeys(dienst.bron_verschil, keuze)
        try:
            gedaan.append(beslis(dienst=dienst, keuzes=keuzes, stand=standen.get(dienst.pk, ""), door=door))
        except (Verschoven, MagNiet) as fout:
            niet.append((dienst, str(fout)))
    return gedaan, niet
