"""Makes the meaning of services that have none or whose text changed: work of the worker."""

from django.conf import settings
from django.db import connection, transaction

from loket.models import Betekenis, Dienst
from loket.zoek.betekenis import bytes_van, merk, tekens, tekst_van
from loket.zoek.thesaurus import Zegswijzen
from sociaalhuis.codeer import codeer

PAK = 50
SCHRIJF = "UPDATE loket_betekenis SET van = %s, tekens = %s::bit(512), vector = %s WHERE dienst_id = %s"


@transaction.atomic
def volgende_betekenis() -> bool:
    """Makes the next few; False when there was nothing to do. Workers share the work."""
    if not settings.ZOEK_OP_BETEKENIS:
        return False
    wachtend = Betekenis.objects.filter(tekens=None).select_related("dienst")
    rijen = list(wachtend.select_for_update(of=["self"], skip_locked=True)[:PAK])
    if not rijen:
        return False
    zegswijzen = Zegswijzen()
    teksten = [tekst_van(rij.dienst, zegswijzen) for rij in rijen]
    with connection.cursor() as cursor:
        for rij, tekst, vector in zip(rijen, teksten, codeer(teksten), strict=True):
            cursor.execute(SCHRIJF, [merk(tekst), tekens(vector), bytes_van(vector), rij.pk])
    return True


def kijk_betekenis_na(nu=None):
    """Makes work of every meaning whose text is another now: staff changed a synonym, or the recipe is new.

    Services that were saved need no such look, see `loket.zoek.index`. Gives how many.
    """
    zegswijzen, oud = Zegswijzen(), []
    diensten = Dienst.objects.filter(betekenis__tekens__isnull=False).select_related("betekenis")
    for dienst in diensten.only("titel", "kort", "beschrijving", "betekenis__van").iterator():
        if merk(tekst_van(dienst, zegswijzen)) != dienst.betekenis.van:
            oud.append(dienst.pk)
    return Betekenis.objects.filter(pk__in=oud).update(tekens=None, vector=None)
