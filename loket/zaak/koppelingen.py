"""Questions of other persons that were linked to one, as far as the reader may see them."""

from django.db.models import OuterRef, Subquery

from loket.models import Koppeling, Vraag


def koppelgroep():
    """Annotation: the group that this question is in, or None."""
    return Subquery(Koppeling.objects.filter(vraag=OuterRef("pk")).values("groep")[:1])


def gekoppeld_met(vraag, gebruiker):
    """The other questions of the group that this user sees, oldest first, without what was told. At most one query."""
    if getattr(vraag, "koppelgroep", vraag) is None:
        return []
    groep = Koppeling.objects.filter(vraag=vraag.pk).values("groep")
    rijen = Vraag.objects.zichtbaar_voor(gebruiker).filter(koppeling__groep__in=groep, bestuur=vraag.bestuur_id)
    return list(rijen.exclude(pk=vraag.pk).zonder_inhoud().order_by("geregistreerd_op", "pk"))
