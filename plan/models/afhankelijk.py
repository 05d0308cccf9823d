"""Which action waits for which: never in a circle."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from plan.models.soorten import Actie
from plan.regels import regel
from sociaalhuis.versie import publiek

# Everything that NEW.wacht_op waits for, at any depth.
KRING = """
    NOT EXISTS (
        WITH RECURSIVE verder(id) AS (
            SELECT NEW.wacht_op_id
            UNION
            SELECT a.wacht_op_id FROM plan_afhankelijkheid a JOIN verder v ON a.actie_id = v.id
            WHERE a.id <> NEW.id)
        SELECT 1 FROM verder WHERE id = NEW.actie_id)
"""


def wacht_op_alles(actie_id):
    """Keys of the actions that an action waits for, at any depth."""
    gezien, rand = set(), {actie_id}
    while rand:
        rand = set(Afhankelijkheid.objects.filter(actie__in=rand).values_list("wacht_op_id", flat=True)) - gezien
        gezien |= rand
    return gezien


@regel("afhankelijkheid_zonder_kring", KRING)
@regel(
    "afhankelijkheid_zelfde_plan",
    """
    EXISTS (SELECT 1 FROM plan_onderdeel a JOIN plan_onderdeel b ON b.plan_id = a.plan_id
            WHERE a.id = NEW.actie_id AND b.id = NEW.wacht_op_id AND a.soort = 'actie' AND b.soort = 'actie')
    """,
)
@pghistory.track()
@publiek
class Afhankelijkheid(models.Model):
    actie = models.ForeignKey(
        Actie, on_delete=models.CASCADE, related_name="wacht_op", limit_choices_to={"soort": "actie"}
    )
    wacht_op = models.ForeignKey(
        Actie, on_delete=models.PROTECT, related_name="gevolgd_door", limit_choices_to={"soort": "actie"}
    )
    reden = models.CharField("waarom", max_length=200, blank=True)

    class Meta:
        verbose_name = "actie waarop deze wacht"
        verbose_name_plural = "wacht op"
        ordering = ["actie", "wacht_op__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["actie", "wacht_op"],
                name="afhankelijkheid_een_keer",
                violation_error_message="Deze actie staat hier al bij.",
            ),
            models.CheckConstraint(
                condition=~Q(actie=F("wacht_op")),
                name="afhankelijkheid_niet_van_zichzelf",
                violation_error_message="Een actie wacht niet op zichzelf.",
            ),
        ]

    def __str__(self):
        return str(self.wacht_op)

    def clean(self):
        if not (self.actie_id and self.wacht_op_id):
            return
        if self.actie.plan_id != self.wacht_op.plan_id:
            raise ValidationError({"wacht_op": "Deze actie hoort bij een ander plan."})
        if self.actie_id in wacht_op_alles(self.wacht_op_id):
            raise ValidationError(
                {"wacht_op": f"{self.wacht_op.code} wacht al op {self.actie.code}. Twee acties wachten niet op elkaar."}
            )
