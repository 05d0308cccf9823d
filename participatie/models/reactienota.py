"""The reactienota as PDF: all that was said in a round with what was done, kept as it was at each publication."""

import pgtrigger
from django.db import models

from participatie.models.ronde import Ronde
from sociaalhuis.versie import publiek


class ReactienotaQuerySet(models.QuerySet):
    def openbaar(self):
        return self.filter(ronde__in=Ronde.objects.openbaar().filter(antwoorden_gepubliceerd_op__isnull=False))


@pgtrigger.register(pgtrigger.Protect(name="reactienota_vast", operation=pgtrigger.Update))
@publiek
class Reactienota(models.Model):
    """One file, made by the worker. `van` is the fingerprint of what it shows; a correction gives a next one."""

    ronde = models.ForeignKey(Ronde, on_delete=models.PROTECT, related_name="reactienotas")
    nummer = models.PositiveSmallIntegerField()
    van = models.CharField(max_length=64)
    bestand = models.FileField(upload_to="participatie/reactienotas/")
    omvang = models.PositiveIntegerField("omvang in bytes")
    gemaakt_op = models.DateTimeField()

    objects = ReactienotaQuerySet.as_manager()

    class Meta:
        verbose_name = "reactienota"
        verbose_name_plural = "reactienota's"
        default_permissions = ("view",)
        ordering = ["ronde", "-nummer"]
        constraints = [models.UniqueConstraint(fields=["ronde", "nummer"], name="reactienota_nummer_uniek")]

    def __str__(self):
        return f"Reactienota {self.nummer} van {self.ronde}"
