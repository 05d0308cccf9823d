"""A file of the Flemish catalogue that a clerk uploads; the worker reads it, this row shows how far it is."""

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils import timezone


class LpdcInvoerQuerySet(models.QuerySet):
    def wachtend(self, nu=None):
        """Uploads whose turn it is: waiting, or taken by a worker that has not been heard of since its lease ended."""
        nu = nu or timezone.now()
        return self.filter(
            models.Q(status=LpdcInvoer.Status.WACHT) | models.Q(status=LpdcInvoer.Status.BEZIG, bezig_tot__lt=nu)
        )


class LpdcInvoer(models.Model):
    class Status(models.TextChoices):
        WACHT = "wacht", "Wordt zo gelezen"
        BEZIG = "bezig", "Bezig"
        KLAAR = "klaar", "Klaar"
        MISLUKT = "mislukt", "Niet gelukt"

    bestand = models.FileField(
        upload_to="lpdc/",
        validators=[FileExtensionValidator(["nt"], "Kies een bestand dat eindigt op .nt (N-Triples).")],
        help_text="Een uitvoer van LPDC als N-Triples (.nt).",
    )
    bestandsnaam = models.CharField(max_length=200, editable=False)
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WACHT, editable=False)
    gelezen = models.PositiveIntegerField(default=0, editable=False)
    totaal = models.PositiveIntegerField(default=0, editable=False)
    resultaat = models.JSONField(default=dict, editable=False)
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    bezig_tot = models.DateTimeField(null=True, editable=False)
    klaar_op = models.DateTimeField(null=True, editable=False)

    objects = LpdcInvoerQuerySet.as_manager()

    class Meta:
        verbose_name = "invoer uit LPDC"
        verbose_name_plural = "invoer uit LPDC"
        ordering = ["-gemaakt_op"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["klaar", "mislukt"], klaar_op__isnull=False)
                | models.Q(status__in=["wacht", "bezig"], klaar_op__isnull=True),
                name="lpdcinvoer_klaar_heeft_tijd",
            ),
        ]

    def __str__(self):
        return self.bestandsnaam or "invoer"

    @property
    def is_lopend(self):
        return self.status in {self.Status.WACHT, self.Status.BEZIG}

    @property
    def procent(self):
        return min(100, 100 * self.gelezen // self.totaal) if self.totaal else 0
