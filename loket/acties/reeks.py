"""One step on several questions. Each is its own transaction: what cannot be done does not stop the rest."""

from dataclasses import dataclass, field

from loket.acties.slot import Ondertussen
from loket.models import MagNiet, Vraag

MEEST = 100
IEMAND_WAS_EERST = "Iemand deed er ondertussen iets mee."


@dataclass
class Verslag:
    """How it went: the references that were done, and (reference, reason) of those that were not."""

    gedaan: list = field(default_factory=list)
    niet: list = field(default_factory=list)


def doe_reeks(*, gekozen, verb, door, **velden) -> Verslag:
    """Does `verb` on each of `gekozen`: pairs of a reference and the `versie` that the list showed."""
    verslag = Verslag()
    rijen = {v.referentie: v for v in Vraag.objects.zichtbaar_voor(door).filter(referentie__in=[r for r, _ in gekozen])}
    for referentie, versie in gekozen[:MEEST]:
        vraag = rijen.get(referentie)
        try:
            if vraag is None:
                raise MagNiet("Deze vraag is niet (meer) bij jouw team.")
            verb(vraag=vraag, door=door, versie=versie, **velden)
        except Ondertussen:
            verslag.niet.append((referentie, IEMAND_WAS_EERST))
        except MagNiet as reden:
            verslag.niet.append((referentie, str(reden)))
        else:
            verslag.gedaan.append(referentie)
    return verslag
