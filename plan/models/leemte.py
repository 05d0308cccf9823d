"""An empty cell of the coverage matrix that someone accepted: who, why, and until when. Past that day it is a gap again."""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plan.models.plan import Plan, VanPlanQuerySet
from sociaalhuis.versie import publiek


class LeemteQuerySet(VanPlanQuerySet):
    def geldig(self, op=None):
        """Accepted on this day (today)."""
        return self.filter(tot__gte=op or timezone.localdate())


@pghistory.track()
@publiek
class Leemte(models.Model):
    """No action for this group about this theme, in one area or (without a Gebied) anywhere, and that is a choice."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="leemten")
    thema = models.ForeignKey("sociaalhuis.Thema", on_delete=models.PROTECT, related_name="+")
    doelgroep = models.ForeignKey("sociaalhuis.Doelgroep", on_delete=models.PROTECT, related_name="+")
    gebied = models.ForeignKey("sociaalhuis.Gebied", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reden = models.CharField("waarom doen we hier niets", max_length=500)
    namens = models.CharField(
        "wie koos dit", max_length=120, help_text="De dienst of het orgaan, nooit een persoon. Dit komt op de site."
    )
    tot = models.DateField("tot wanneer", help_text="Daarna staat dit vak weer bij de gaten.")
    aanvaard_op = models.DateField(default=timezone.localdate, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = LeemteQuerySet.as_manager()

    class Meta:
        verbose_name = "aanvaarde leemte"
        verbose_name_plural = "aanvaarde leemten"
        ordering = ["plan", "thema__volgorde", "doelgroep__volgorde", "gebied__volgorde"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "thema", "doelgroep", "gebied"], nulls_distinct=False, name="leemte_een_per_vak"
            ),
            models.CheckConstraint(condition=~Q(reden="") & ~Q(namens=""), name="leemte_zegt_waarom_en_wie"),
            models.CheckConstraint(condition=Q(tot__gt=F("aanvaard_op")), name="leemte_loopt_af"),
        ]

    def __str__(self):
        return f"{self.thema}, {self.doelgroep}, {self.gebied or 'overal'}"

    @property
    def is_geldig(self):
        return self.tot >= timezone.localdate()

    def clean(self):
        fouten = {}
        if self.tot and self.tot <= timezone.localdate():
            fouten["tot"] = "Kies een dag die nog moet komen."
        elif self.tot and self.plan_id and self.tot.year > self.plan.eindjaar:
            fouten["tot"] = f"Kies een dag in de periode van het plan ({self.plan.periode})."
        if fouten:
            raise ValidationError(fouten)
