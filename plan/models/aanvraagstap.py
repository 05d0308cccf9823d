"""What happened to a project request: who brought it where, when and why. Rows are added and never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.geld import Projectaanvraag
from plan.models.plan import Plan, ziet_alles


class AanvraagstapQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(projectaanvraag__plan__in=Plan.objects.openbaar())


@pgtrigger.register(pgtrigger.Protect(name="stap_blijft", operation=pgtrigger.Update | pgtrigger.Delete))
class Aanvraagstap(models.Model):
    """One step. Made by `acties.aanvragen.breng_naar` and by nothing else."""

    class Advies(models.TextChoices):
        GUNSTIG = "gunstig", "Gunstig"
        MITS = "mits", "Gunstig, onder een voorwaarde"
        ONGUNSTIG = "ongunstig", "Ongunstig"

    projectaanvraag = models.ForeignKey(Projectaanvraag, on_delete=models.PROTECT, related_name="stappen")
    staat = models.CharField("werd", max_length=15, choices=Projectaanvraag.Staat.choices)
    advies = models.CharField(max_length=10, choices=Advies.choices, blank=True)
    toelichting = models.TextField("waarom", max_length=2000, blank=True)
    op = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AanvraagstapQuerySet.as_manager()

    class Meta:
        verbose_name = "stap van een aanvraag"
        verbose_name_plural = "stappen van een aanvraag"
        default_permissions = ("view",)
        ordering = ["projectaanvraag", "op", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(staat="geadviseerd") & ~Q(advies="")) | (~Q(staat="geadviseerd") & Q(advies="")),
                name="aanvraagstap_advies_bij_advies",
            ),
            models.CheckConstraint(
                condition=Q(staat__in=["ingediend", "opgenomen"]) | ~Q(toelichting=""), name="aanvraagstap_zegt_waarom"
            ),
        ]

    def __str__(self):
        return f"{self.projectaanvraag.code}: {self.get_staat_display().lower()}"
