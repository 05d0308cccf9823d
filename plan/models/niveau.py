"""The levels of a plan in the words of the town: garantie, strategische doelstelling, actieplan, actie, ..."""

import pghistory
from django.db import models
from django.db.models import Q

from plan.models.plan import Plan, VanPlanQuerySet
from sociaalhuis.versie import publiek


class Soort(models.TextChoices):
    """What a part is, whatever the town calls it: a promise on top, goals in between, an action at the end."""

    GARANTIE = "garantie", "Garantie"
    DOELSTELLING = "doelstelling", "Doelstelling"
    ACTIE = "actie", "Actie"


@pghistory.track()
@publiek
class Niveau(models.Model):
    """One level: its name and which kind of part it holds. A plan without rows here uses the names of the kinds.

    Rank 1 stands on top. A plan with levels has one for its guarantees, at least one for its goals and one for its
    actions, in that order (`acties.niveaus.zet_niveaus`); a part may skip a level, but never stands above its parent.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="niveaus")
    rang = models.PositiveSmallIntegerField(help_text="1 staat bovenaan.")
    soort = models.CharField("wat is het", max_length=15, choices=Soort.choices)
    naam = models.CharField(max_length=60, help_text="In het enkelvoud, zoals strategische doelstelling.")
    meervoud = models.CharField(max_length=60, help_text="Zoals strategische doelstellingen.")
    weegt = models.BooleanField(
        "met gewichten",
        default=False,
        help_text="Telt niet elk deel even zwaar? Geef dan elk deel een gewicht in procent. Samen zijn ze 100.",
    )

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "niveau"
        verbose_name_plural = "niveaus"
        ordering = ["plan", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "rang"], name="niveau_rang_uniek"),
            models.UniqueConstraint(
                fields=["plan", "soort"], condition=~Q(soort="doelstelling"), name="niveau_een_top_en_een_actie"
            ),
            models.CheckConstraint(
                condition=Q(soort="garantie", rang=1) | (~Q(soort="garantie") & Q(rang__gt=1)),
                name="niveau_garantie_staat_bovenaan",
            ),
        ]

    def __str__(self):
        return self.naam
