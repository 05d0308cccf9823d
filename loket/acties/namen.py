"""Whether a text for everyone holds the name of somebody who asked for help: told only to who may read that case.

Nothing is kept for this. The names are decrypted in the request of who brings the text online, and only those of cases
this very person may read: so the answer holds nothing they could not look up. That no reading goes unseen, a find
leaves a trace with the case whose name it is; what was compared and did not fit was told to nobody and leaves none.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, Value
from django.utils import timezone

from loket.acties.inzage import reden_van
from loket.models import Inzage, Vraag
from loket.models.vraagset import Toegang
from sociaalhuis.persoonsgegevens import registreer, schrijfwijzen

PAS_DICHT = timedelta(days=183)
MEEST = 1000  # of the newest: what it costs is in docs/metingen.md


@registreer
@transaction.atomic
def noemt_vrager(groepen, door) -> bool:
    """Whether one of these groups of words is the name in a case that runs, or closed less than half a year ago."""
    vragen = Vraag.objects.zichtbaar_voor(door).gewoon().filter(dossiersleutel__gewist_op=None)
    vragen = vragen.filter(Q(afgesloten_op=None) | Q(afgesloten_op__gte=timezone.now() - PAS_DICHT))
    vragen = vragen.select_related("dossiersleutel").only("naam", "behandelaar", "dossiersleutel")
    vragen = vragen.annotate(toegang=Value(Toegang.EIGEN)).nieuwste()[:MEEST]
    gevonden = [vraag for vraag in vragen if not groepen.isdisjoint(schrijfwijzen(vraag.naam))]
    Inzage.objects.bulk_create(
        Inzage(vraag=vraag, door=door, pagina=Inzage.Pagina.NAMEN, reden=reden_van(vraag, door)) for vraag in gevonden
    )
    return bool(gevonden)
