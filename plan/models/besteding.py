"""What was really spent on an action: the amount of one Bestuur in one year, as its yearly accounts say."""

from decimal import Decimal

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.plan import Plan, ziet_alles
from plan.models.soorten import Actie
from plan.regels import regel
from sociaalhuis.versie import publiek


class BestedingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        return self.all() if ziet_alles(gebruiker) else self.filter(actie__plan__in=Plan.objects.openbaar())


@regel(
    "besteding_van_actie_in_periode",
    """
    EXISTS (SELECT 1 FROM plan_onderdeel o JOIN plan_plan p ON p.id = o.plan_id
            WHERE o.id = NEW.actie_id AND o.soort = 'actie' AND NEW.jaar BETWEEN p.beginjaar AND p.eindjaar)
    """,
)
@pghistory.track()
@publiek
class Besteding(models.Model):
    actie = models.ForeignKey(
        Actie, on_delete=models.CASCADE, related_name="bestedingen", limit_choices_to={"soort": "actie"}
    )
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+")
    jaar = models.PositiveSmallIntegerField()
    bedrag = models.DecimalField(
        "uitgegeven in euro", max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal("0"))]
    )
    bron = models.CharField(max_length=120, help_text="Zoals jaarrekening 2026, of stand van de boekhouding in juni.")

    objects = BestedingQuerySet.as_manager()

    class Meta:
        verbose_name = "besteding"
        verbose_name_plural = "bestedingen"
        ordering = ["actie", "jaar", "bestuur"]
        constraints = [
            models.UniqueConstraint(
                fields=["actie", "bestuur", "jaar"],
                name="besteding_een_per_bestuur_en_jaar",
                violation_error_message="Voor dit bestuur en dit jaar staat er al een bedrag.",
            ),
            models.CheckConstraint(condition=Q(bedrag__gte=0), name="besteding_niet_onder_nul"),
        ]

    def __str__(self):
        return f"{self.bestuur} {self.jaar}: {self.bedrag}"

    def clean(self):
        plan = self.actie.plan if self.actie_id else None
        if plan and self.jaar and self.jaar not in plan.jaren:
            raise ValidationError({"jaar": f"Kies een jaar in de periode van het plan ({plan.periode})."})
        if self.jaar and self.jaar > timezone.localdate().year:
            raise ValidationError({"jaar": "Dit jaar moet nog komen. Vul in wat al uitgegeven is."})
