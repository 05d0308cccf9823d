"""A colleague who is named in a note: that it was meant for them, and when they opened it."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class VermeldingQuerySet(models.QuerySet):
    def voor(self, gebruiker):
        """Those of this user, newest first."""
        return (
            self.filter(wie=gebruiker.pk).select_related("notitie__door", "notitie__vraag__team").order_by("-op", "-pk")
        )


class Vermelding(models.Model):
    notitie = models.ForeignKey("loket.Notitie", on_delete=models.CASCADE, related_name="vermeldingen")
    wie = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vermeldingen")
    op = models.DateTimeField(default=timezone.now, editable=False)
    gelezen_op = models.DateTimeField(null=True, editable=False)

    objects = VermeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "vermelding"
        verbose_name_plural = "vermeldingen"
        ordering = ["-op", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["notitie", "wie"], name="vermelding_een_per_persoon")]
        indexes = [models.Index(fields=["wie"], condition=models.Q(gelezen_op=None), name="vermelding_ongelezen")]
