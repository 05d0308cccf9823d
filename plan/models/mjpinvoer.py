"""A table of the multi-year plan that somebody uploads: first looked at (a trial), then brought in. The worker reads it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.plan import Plan
from sociaalhuis.models import Bestuur


class MjpinvoerQuerySet(models.QuerySet):
    def aan_de_beurt(self, nu=None):
        """Uploads whose turn it is: waiting, or taken by a worker that has not been heard of since its lease ended."""
        return self.filter(Q(staat="wacht") | Q(staat="bezig", bezig_tot__lt=nu or timezone.now()))


class Mjpinvoer(models.Model):
    """`echt` says what the worker does with it: look at it (False) or bring it in (True). `resultaat` is its report."""

    class Staat(models.TextChoices):
        KEUZE = "keuze", "Er is nog iets te kiezen"
        WACHT = "wacht", "Komt zo aan de beurt"
        BEZIG = "bezig", "Bezig"
        NAGEKEKEN = "nagekeken", "Nagekeken, nog niet ingevoerd"
        INGEVOERD = "ingevoerd", "Ingevoerd"
        MISLUKT = "mislukt", "Niet gelukt"

    class Wie(models.TextChoices):
        GEMEENTE = Bestuur.Code.GEMEENTE.value, "Gemeente"
        OCMW = Bestuur.Code.OCMW.value, "OCMW"
        BEIDE = "beide", "Gemeente en OCMW samen"

    bestand = models.FileField(
        upload_to="mjp/",
        help_text="De tabel met beleidsdoelstellingen, actieplannen en acties met ramingen, als .xlsx of .csv.",
    )
    bestandsnaam = models.CharField(max_length=200, editable=False)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.CASCADE, related_name="mjpinvoer")
    bestuur = models.CharField("van wie zijn deze ramingen", max_length=10, choices=Wie.choices, blank=True)
    versienaam = models.CharField(
        "hoe heet deze stand van het meerjarenplan",
        max_length=80,
        blank=True,
        help_text="Zoals: Aanpassing 1 van 2027. Leeg: dan kiezen wij een naam.",
    )
    staat = models.CharField(max_length=10, choices=Staat.choices, default=Staat.WACHT, editable=False)
    echt = models.BooleanField(default=False, editable=False)
    gelezen = models.PositiveIntegerField(default=0, editable=False)
    totaal = models.PositiveIntegerField(default=0, editable=False)
    resultaat = models.JSONField(default=dict, editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    bezig_tot = models.DateTimeField(null=True, editable=False)
    klaar_op = models.DateTimeField(null=True, editable=False)

    objects = MjpinvoerQuerySet.as_manager()

    class Meta:
        verbose_name = "invoer van een meerjarenplan"
        verbose_name_plural = "meerjarenplan invoeren"
        ordering = ["-gemaakt_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(staat="keuze") | Q(staat="mislukt") | (Q(plan__isnull=False) & ~Q(bestuur="")),
                name="mjpinvoer_weet_waarvoor",
            ),
            models.CheckConstraint(
                condition=Q(staat="ingevoerd", klaar_op__isnull=False, echt=True)
                | Q(staat="mislukt", klaar_op__isnull=False)
                | Q(staat__in=["keuze", "wacht", "bezig", "nagekeken"], klaar_op__isnull=True),
                name="mjpinvoer_klaar_heeft_tijd",
            ),
        ]

    def __str__(self):
        return self.bestandsnaam or "invoer"

    @property
    def is_lopend(self):
        return self.staat in {self.Staat.WACHT, self.Staat.BEZIG}

    @property
    def kan_kiezen(self):
        """Whether another plan, Bestuur or name may still be chosen: the file is there and nobody is reading it."""
        return bool(self.bestand) and not self.is_lopend and self.staat != self.Staat.INGEVOERD

    @property
    def verandert_iets(self):
        """Whether bringing it in would change anything, after a trial."""
        uit = self.resultaat
        return bool(uit.get("versie") or uit.get("codes_nieuw") or uit.get("codes_bijgewerkt"))

    @property
    def procent(self):
        return min(100, 100 * self.gelezen // self.totaal) if self.totaal else 0
