"""The town's own words for the fixed set of states of an action."""

import pghistory
from django.db import models

from plan.models.onderdeel import Onderdeel
from plan.models.plan import Plan, VanPlanQuerySet
from sociaalhuis.versie import publiek


@pghistory.track()
@publiek
class Standwoord(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="standwoorden")
    stand = models.CharField(max_length=20, choices=Onderdeel.Stand.choices)
    woord = models.CharField("zo noemen wij het", max_length=40)

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "eigen woord voor een stand"
        verbose_name_plural = "eigen woorden voor de standen"
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "stand"],
                name="standwoord_een_per_stand",
                violation_error_message="Voor deze stand is er al een eigen woord.",
            )
        ]

    def __str__(self):
        return self.woord
