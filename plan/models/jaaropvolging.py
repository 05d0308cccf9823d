"""Following an adopted year up: how each action stands halfway and at the end, and the reports made of it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.jaar import Jaaractie, Jaaractieplan
from plan.models.onderdeel import Onderdeel
from plan.models.plan import Plan, ziet_alles
from plan.regels import regel
from sociaalhuis.versie import publiek


class Moment(models.TextChoices):
    HALFJAAR = "halfjaar", "Halfjaar"
    JAAR = "jaar", "Hele jaar"


class JaaropvolgingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(jaaractie__jaaractieplan__plan__in=Plan.objects.openbaar())


@regel(
    "jaaropvolging_van_vastgesteld_jaar",
    """
    EXISTS (SELECT 1 FROM plan_jaaractie r JOIN plan_jaaractieplan j ON j.id = r.jaaractieplan_id
            WHERE r.id = NEW.jaaractie_id AND j.staat = 'vastgesteld' AND j.vastgesteld_op IS NOT NULL)
    """,
)
@pghistory.track()
@publiek
class Jaaropvolging(models.Model):
    """How one action of a year stood at one moment, with a note. Written while the year runs, never after."""

    Moment = Moment

    jaaractie = models.ForeignKey(Jaaractie, on_delete=models.CASCADE, related_name="opvolgingen")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    stand = models.CharField(max_length=20, choices=Onderdeel.Stand.choices)
    nota = models.TextField(max_length=1000, blank=True)
    op = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = JaaropvolgingQuerySet.as_manager()

    class Meta:
        verbose_name = "opvolging van een actie in een jaar"
        verbose_name_plural = "opvolging van acties in een jaar"
        default_permissions = ("view",)
        ordering = ["jaaractie", "moment"]
        constraints = [
            models.UniqueConstraint(fields=["jaaractie", "moment"], name="jaaropvolging_een_per_moment"),
            models.CheckConstraint(condition=Q(moment__in=Moment.values), name="jaaropvolging_moment_bestaat"),
        ]

    def __str__(self):
        return f"{self.jaaractie}, {self.get_moment_display().lower()}"


class JaarverslagQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        return self.filter(jaaractieplan__in=Jaaractieplan.objects.zichtbaar_voor(gebruiker))


@publiek
class Jaarverslag(models.Model):
    """The PDF of a report, made by the worker. `van` is the fingerprint of what it shows."""

    jaaractieplan = models.ForeignKey(Jaaractieplan, on_delete=models.CASCADE, related_name="verslagen")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    van = models.CharField(max_length=64)
    bestand = models.FileField(upload_to="plan/jaren/")
    omvang = models.PositiveIntegerField("omvang in bytes")
    gemaakt_op = models.DateTimeField()

    objects = JaarverslagQuerySet.as_manager()

    class Meta:
        verbose_name = "verslag van een jaar"
        verbose_name_plural = "verslagen van een jaar"
        default_permissions = ()
        ordering = ["jaaractieplan", "moment"]
        constraints = [models.UniqueConstraint(fields=["jaaractieplan", "moment"], name="jaarverslag_een_per_moment")]

    def __str__(self):
        return f"{self.jaaractieplan}, {self.get_moment_display().lower()}"
