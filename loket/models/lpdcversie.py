"""What we published to LPDC: one row per version of a service, added and never changed."""

import uuid

import pgtrigger
from django.db import models
from django.utils import timezone

from loket.models.inzage import alleen_bij


@pgtrigger.register(alleen_bij())
class Lpdcversie(models.Model):
    """An instance snapshot. `dienst` is the number of the service, also after the service itself was deleted."""

    snapshot = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    dienst = models.PositiveBigIntegerField(db_index=True)
    instantie = models.CharField(max_length=300)
    inhoud = models.JSONField()
    vingerafdruk = models.CharField(max_length=64)
    gearchiveerd = models.BooleanField(default=False)
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "versie in LPDC"
        verbose_name_plural = "versies in LPDC"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return f"versie {self.pk}"
