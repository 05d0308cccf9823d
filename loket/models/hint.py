"""Counted: how often the hint of a service could only say "vraag het ons". Nothing about who asked or what they said."""

from django.db import models

from loket.models.dienst import Dienst


class Hinttelling(models.Model):
    """A service, a day and a number."""

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="hinttellingen")
    dag = models.DateField()
    aantal = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "hint die eindigde met ‘vraag het ons’"
        verbose_name_plural = "hints die eindigden met ‘vraag het ons’"
        default_permissions = ("view",)
        ordering = ["-dag", "-aantal"]
        constraints = [models.UniqueConstraint(fields=["dienst", "dag"], name="hinttelling_per_dag")]

    def __str__(self):
        return str(self.dienst)
