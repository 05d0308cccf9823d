"""What the words of a question can be recognised by without reading them: a keyed fingerprint.

Made by the worker, thrown away after ninety days, and left out of every backup (it can be made again). The key is
outside the database and differs per Bestuur, so the same words leave another fingerprint in the other compartment.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Kenmerk(models.Model):
    vraag = models.OneToOneField("loket.Vraag", primary_key=True, on_delete=models.CASCADE, related_name="kenmerk")
    woorden = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = "kenmerk"
        verbose_name_plural = "kenmerken"
        default_permissions = ()
        indexes = [GinIndex(fields=["woorden"], name="kenmerk_woorden")]
