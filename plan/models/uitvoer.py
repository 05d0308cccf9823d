"""Files of a whole plan, made by the worker: of the plan as it is now, and of each frozen version."""

from django.db import models

from plan.models.plan import Plan, VanPlanQuerySet
from plan.models.versie import Versie
from sociaalhuis.versie import publiek


class UitvoerQuerySet(VanPlanQuerySet):
    def van(self, plan, versie=None):
        """{form: file} of a plan as it is now, or of a version of it."""
        return {rij.vorm: rij for rij in self.filter(plan=plan, versie=versie)}


@publiek
class Uitvoer(models.Model):
    """One file. `van` is the fingerprint of what it was made from: another one means that it must be made anew."""

    class Vorm(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"
        JSON = "json", "JSON"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="uitvoer")
    versie = models.ForeignKey(Versie, null=True, on_delete=models.CASCADE, related_name="uitvoer")
    vorm = models.CharField(max_length=4, choices=Vorm.choices)
    van = models.CharField(max_length=64)
    bestand = models.FileField(upload_to="plan/uitvoer/")
    omvang = models.PositiveIntegerField("omvang in bytes")
    gemaakt_op = models.DateTimeField()

    objects = UitvoerQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand van een plan"
        verbose_name_plural = "bestanden van een plan"
        default_permissions = ()
        ordering = ["plan", "versie", "vorm"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "versie", "vorm"], nulls_distinct=False, name="uitvoer_een_per_vorm"
            )
        ]

    def __str__(self):
        return f"{self.get_vorm_display()} van {self.plan}"

    @property
    def naam(self):
        """The name under which it is saved."""
        return f"plan-{self.plan.slug}{f'-versie-{self.versie.nummer}' if self.versie_id else ''}.{self.vorm}"
