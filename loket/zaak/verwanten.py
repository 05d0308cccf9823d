"""Questions that belong together: merged ones, and parts that went to another team."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone

from loket.acties.samenvoegen import SPIJT
from loket.models import Vraag
from loket.models.vraagset import INHOUD


def heeft_verwanten():
    """Annotation: whether other questions hang on this one."""
    # Two conditions, each with its own index; one with OR in it read the whole table to say no.
    mee, deel = (Vraag.objects.filter(**{veld: OuterRef("pk")}) for veld in ("samengevoegd_met", "afgesplitst_van"))
    return ExpressionWrapper(Exists(mee) | Exists(deel), BooleanField())


def verwanten_van(vraag, gebruiker):
    """What the page of a case shows to someone of the desk: dicts with soort ('mee', 'blijft', 'deel', 'geheel'), vraag, zichtbaar.

    Of what this user may not see only the team is told, which stands in the trail as well.
    """
    if not (vraag.verwant or vraag.afgesplitst_van_id or vraag.samengevoegd_met_id):
        return []
    boven = [pk for pk in (vraag.afgesplitst_van_id, vraag.samengevoegd_met_id) if pk]
    rijen = Vraag.objects.filter(Q(samengevoegd_met=vraag) | Q(afgesplitst_van=vraag) | Q(pk__in=boven))
    eigen = {team.pk for team in gebruiker.eigen_teams}
    uit = []
    for rij in rijen.defer(*INHOUD).select_related("team").order_by("geregistreerd_op", "pk"):
        if rij.pk == vraag.samengevoegd_met_id:
            soort = "blijft"
        elif rij.pk == vraag.afgesplitst_van_id:
            soort = "geheel"
        else:
            soort = "mee" if rij.samengevoegd_met_id == vraag.pk else "deel"
        los = soort == "mee" and timezone.now() - rij.samengevoegd_op <= SPIJT
        uit.append({"soort": soort, "vraag": rij, "zichtbaar": rij.team_id in eigen, "mag_los": los})
    return uit
