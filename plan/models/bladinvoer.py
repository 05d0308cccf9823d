"""A sheet that came back: what it would change, cell by cell, and what came of it. The file itself is not kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from plan.models.plan import Plan, VanPlanQuerySet


class Bladinvoer(models.Model):
    """`wijzigingen`, `nieuw`, `botsingen`, `fouten` and `meldingen` are what `plan.blad.lees.vergelijk` found, as it found it."""

    class Soort(models.TextChoices):
        ACTIES = "acties", "Acties"
        INDICATOREN = "indicatoren", "Indicatoren"

    class Staat(models.TextChoices):
        NAGEKEKEN = "nagekeken", "Nagekeken, nog niet doorgevoerd"
        DOORGEVOERD = "doorgevoerd", "Doorgevoerd"
        VERLATEN = "verlaten", "Niet doorgevoerd"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="bladinvoer")
    soort = models.CharField("wat staat erin", max_length=15, choices=Soort.choices)
    bestandsnaam = models.CharField("bestand", max_length=200)
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.NAGEKEKEN)
    wijzigingen = models.JSONField(default=list)
    nieuw = models.JSONField(default=list)
    botsingen = models.JSONField(default=list)
    fouten = models.JSONField(default=list)
    meldingen = models.JSONField(default=list)
    gemaakt_op = models.DateTimeField("opgeladen op", auto_now_add=True)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="opgeladen door"
    )
    reden = models.CharField("waarom", max_length=300, blank=True)
    beslist_op = models.DateTimeField(null=True)
    beslist_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "rekenblad"
        verbose_name_plural = "rekenbladen"
        default_permissions = ("view", "add")
        ordering = ["-gemaakt_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(staat="nagekeken", beslist_op__isnull=True, beslist_door__isnull=True, reden="")
                | (Q(staat="doorgevoerd", beslist_op__isnull=False, beslist_door__isnull=False) & ~Q(reden=""))
                | Q(staat="verlaten", beslist_op__isnull=False, beslist_door__isnull=False, reden=""),
                name="bladinvoer_beslissing_heel_of_niet",
            ),
            models.CheckConstraint(condition=~Q(staat="doorgevoerd") | Q(fouten=[]), name="bladinvoer_fout_gaat_niet_door"),
        ]  # fmt: skip

    def __str__(self):
        return self.bestandsnaam

    @property
    def is_open(self):
        return self.staat == self.Staat.NAGEKEKEN

    @property
    def kan_door(self):
        return self.is_open and not self.fouten and bool(self.wijzigingen or self.botsingen or self.nieuw)
