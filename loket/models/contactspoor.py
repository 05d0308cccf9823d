"""What the questions of one person can be found by: a keyed fingerprint of an address and of a number.

The key is outside the database and differs per Bestuur. The table is left out of every backup, as it can be made again
from the cases that are still there: decision 23.
"""

from django.db import models
from django.db.models import Q


class Contactspoor(models.Model):
    vraag = models.OneToOneField("loket.Vraag", primary_key=True, on_delete=models.CASCADE, related_name="contactspoor")
    email_spoor = models.BinaryField(max_length=16, null=True)
    telefoon_spoor = models.BinaryField(max_length=16, null=True)

    class Meta:
        verbose_name = "contactspoor"
        verbose_name_plural = "contactsporen"
        default_permissions = ()
        indexes = [
            models.Index(fields=["email_spoor"], condition=Q(email_spoor__isnull=False), name="contactspoor_email"),
            models.Index(
                fields=["telefoon_spoor"], condition=Q(telefoon_spoor__isnull=False), name="contactspoor_telefoon"
            ),
        ]
