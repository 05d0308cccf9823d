"""Which organisations are asked to take part in a round. Not a right: who is not asked may take part as well."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class GenodigdeQuerySet(models.QuerySet):
    def zonder_inbreng(self):
        """Those of whom nothing was received in that round."""
        return self.exclude(ronde__inbrengen__organisatie=F("organisatie"))


@pghistory.track()
class Genodigde(models.Model):
    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.CASCADE, related_name="genodigden")
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="uitnodigingen_voor_rondes"
    )
    uitgenodigd_op = models.DateTimeField(default=timezone.now, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    gemaild_op = models.DateTimeField(null=True, editable=False)
    herinnerd_op = models.DateTimeField(null=True, editable=False)

    objects = GenodigdeQuerySet.as_manager()

    class Meta:
        verbose_name = "genodigde"
        verbose_name_plural = "genodigden"
        ordering = ["ronde", "organisatie__naam"]
        constraints = [
            models.UniqueConstraint(fields=["ronde", "organisatie"], name="genodigde_een_keer_per_ronde"),
            models.CheckConstraint(
                condition=Q(herinnerd_op=None) | Q(herinnerd_op__gte=F("gemaild_op")),
                name="genodigde_herinnerd_na_mail",
            ),
        ]

    def __str__(self):
        return f"uitnodiging van {self.organisatie}"
