"""Putting a step of the council track right: what was noted wrongly, who saw it and why. Rows are added and never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.besluit import Besluit
from sociaalhuis.versie import publiek


@pgtrigger.register(pgtrigger.Protect(name="rechtzetting_blijft", operation=pgtrigger.Update | pgtrigger.Delete))
@publiek
class Rechtzetting(models.Model):
    """One step was corrected or withdrawn. Made by `acties.rechtzetten` and by nothing else."""

    class Soort(models.TextChoices):
        VERBETERD = "verbeterd", "Verbeterd"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    besluit = models.ForeignKey(Besluit, on_delete=models.PROTECT, related_name="rechtzettingen")
    soort = models.CharField(max_length=15, choices=Soort.choices)
    reden = models.CharField(max_length=300)
    wat = models.CharField("wat er veranderde", max_length=600, blank=True)
    op = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "rechtzetting van een stap"
        verbose_name_plural = "rechtzettingen van stappen"
        default_permissions = ()
        ordering = ["besluit", "op", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reden=""), name="rechtzetting_zegt_waarom")]

    def __str__(self):
        return f"{self.get_soort_display()}: {self.besluit_id}"
