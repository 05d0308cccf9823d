"""Which inputs of a round say about the same: by the three-letter pieces their texts share (pg_trgm)."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models.functions import Left

BEGIN = 160  # characters that are compared: who asks something says it early, and longer costs more
VANAF = 0.2  # of 0 (nothing shared) to 1 (the same): below it people see no likeness
HOOGSTENS = 5


def gelijkende(inbreng):
    """List of the inputs most like this one that follow no other, best first.

    The likeness is worked out once per input of the round, and only then the best are read whole.
    """
    rijen = inbreng.ronde.inbrengen.openbaar().exclude(pk=inbreng.pk).filter(samengevoegd=None).exclude(tekst="")
    likt = TrigramSimilarity(Left("tekst", BEGIN), inbreng.tekst[:BEGIN])
    beste = rijen.annotate(gelijkenis=likt).order_by("-gelijkenis", "pk").values_list("pk", "gelijkenis")[:HOOGSTENS]
    sleutels = [pk for pk, gelijkenis in beste if gelijkenis >= VANAF] if inbreng.tekst else []
    gevonden = {rij.pk: rij for rij in inbreng.ronde.inbrengen.filter(pk__in=sleutels).voor_lijst()}
    return [gevonden[pk] for pk in sleutels]
