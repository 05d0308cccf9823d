"""What changes in a plan, told as it happens, and who wants to hear of it by mail.

The worker compares a plan with how it last was (`Volgstand`) and writes a `Planbericht` per part that reads otherwise, in the
words of a citizen. Pages, feeds and mails show these rows and compute nothing.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.onderdeel import Onderdeel
from plan.models.plan import Plan, VanPlanQuerySet
from sociaalhuis.models.abonnee import Abonnee
from sociaalhuis.versie import publiek


class Volgstand(models.Model):
    """How a plan was when it was last compared: the snapshot as text. One row per plan."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="volgstand")
    tekst = models.TextField()
    op = models.DateTimeField()

    class Meta:
        default_permissions = ()


class PlanberichtQuerySet(VanPlanQuerySet):
    def over(self, onderdeel):
        """About a part and all that stood below it when it was told; None for the whole plan."""
        return self if onderdeel is None else self.filter(pad__contains=[onderdeel.pk])


@publiek
class Planbericht(models.Model):
    """One change of one part, in sentences. `onderdeel` is a key and no foreign key: a part that was dropped is told too.

    `pad` are the keys from the top down to the part; empty for the texts of the plan itself.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="berichten")
    onderdeel = models.BigIntegerField(null=True)
    pad = ArrayField(models.BigIntegerField(), default=list)
    code = models.CharField(max_length=40, blank=True)
    titel = models.CharField(max_length=200)
    tekst = models.TextField()
    waarom = models.CharField(max_length=300, blank=True)
    op = models.DateTimeField()

    objects = PlanberichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht over het plan"
        verbose_name_plural = "berichten over het plan"
        default_permissions = ()
        ordering = ["-op", "pk"]
        indexes = [
            models.Index(fields=["plan", "-op"], name="planbericht_nieuwste"),
            GinIndex(fields=["pad"], name="planbericht_pad"),
        ]

    def __str__(self):
        return f"{self.code} {self.titel}".strip()

    @property
    def dag(self):
        return timezone.localdate(self.op)


class Abonnement(Abonnee):
    """Who wants to hear of changes in a plan, or in one part of it."""

    SOORT = "abonnement"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="abonnementen")
    onderdeel = models.ForeignKey(Onderdeel, null=True, on_delete=models.CASCADE, related_name="abonnementen")

    class Meta(Abonnee.Meta):
        verbose_name = "abonnement op het plan"
        verbose_name_plural = "abonnementen op het plan"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "onderdeel", "wie"], nulls_distinct=False, name="abonnement_een_per_adres"
            ),
            models.CheckConstraint(
                condition=Q(laatst_op__isnull=True) | Q(bevestigd_op__isnull=False),
                name="abonnement_mail_na_bevestigen",
            ),
        ]
