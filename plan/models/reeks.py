"""Changes of many parts at once, so that a mistake can be taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Reekswijziging(models.Model):
    """One change of several rows. What it did to each stands in the log, under the context with this number."""

    wat = models.CharField(max_length=200)
    waarom = models.CharField(max_length=300, blank=True)
    aantal = models.PositiveIntegerField()
    context = models.UUIDField(unique=True, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    terug_op = models.DateTimeField(null=True, blank=True)
    terug_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "wijziging van een reeks"
        verbose_name_plural = "wijzigingen van een reeks"
        default_permissions = ()
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(terug_op__isnull=True, terug_door__isnull=True)
                | Q(terug_op__isnull=False, terug_door__isnull=False),
                name="reekswijziging_terug_heel_of_niet",
            )
        ]

    def __str__(self):
        return self.wat
