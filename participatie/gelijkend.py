"""Which inputs of a round say about the same: first those on the same paragraph, then by the three-letter pieces that
their texts share (pg_trgm)."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, Q, When
from django.db.models.functions import Left

BEGIN = 160  # characters that are compared: who asks something says it early, and longer costs more
VANAF = 0.2  # of 0 (nothing shared) to 1 (the same): below it people see no likeness
HOOGSTENS = 5


def gelijkende(inbreng):
    """List of the inputs most like this one that follow no other: on the same paragraph first, then the likest first.

    The likeness is worked out once per input of the round, and only then the best are read whole.
    """
    rijen = inbreng.ronde.inbrengen.openbaar().exclude(pk=inbreng.pk).filter(samengevoegd=None)
    rijen = rijen.annotate(gelijkenis=TrigramSimilarity(Left("tekst", BEGIN), inbreng.tekst[:BEGIN]))
    likt, volgorde = Q(gelijkenis__gte=VANAF), ["-gelijkenis", "pk"]
    if inbreng.alinea_id:
        rijen = rijen.annotate(zelfde=Case(When(alinea=inbreng.alinea_id, then=True), default=False))
        likt, volgorde = likt | Q(zelfde=True), ["-zelfde", *volgorde]
    sleutels = list(rijen.filter(likt).order_by(*volgorde).values_list("pk", flat=True)[:HOOGSTENS])
    gevonden = {rij.pk: rij for rij in inbreng.ronde.inbrengen.filter(pk__in=sleutels).voor_lijst()}
    return [gevonden[pk] for pk in sleutels]
