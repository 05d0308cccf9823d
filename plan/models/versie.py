"""Frozen snapshots of a plan, and the reasons for what changes between two of them.

A `Versie` holds the whole plan as text: the JSON that `plan.momentopname.neem` made, exactly as it was hashed. The
database checks the hash and refuses to change or delete a row, so what a council adopted can always be read again.
"""

import hashlib
import json
from functools import cached_property

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone

from plan.models.besluit import Besluit
from plan.models.plan import Plan, VanPlanQuerySet
from sociaalhuis.versie import publiek


def vingerafdruk(tekst):
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(tekst.encode()).hexdigest()


def als_tekst(inhoud):
    """The one way to write a snapshot: keys in order, no spaces, so the same content is the same text."""
    return json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


VINGERAFDRUK_IN_SQL = Func(
    Func(Func(F("tekst"), Value("UTF8"), function="convert_to"), function="sha256"), Value("hex"), function="encode"
)


@pgtrigger.register(pgtrigger.Protect(name="bevroren", operation=pgtrigger.Update | pgtrigger.Delete))
@publiek
class Versie(models.Model):
    """The whole plan at one moment. Made by `acties.versies.bevries` and by nothing else."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versies")
    nummer = models.PositiveSmallIntegerField()
    naam = models.CharField(max_length=120)
    stap = models.CharField("formele stap", max_length=25, choices=Besluit.Stap.choices, blank=True)
    besluit = models.ForeignKey(Besluit, null=True, on_delete=models.PROTECT, related_name="versies")
    op = models.DateTimeField("bevroren op", default=timezone.now)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tekst = models.TextField(editable=False)
    vingerafdruk = models.CharField(max_length=64, editable=False)

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        default_permissions = ("view",)
        ordering = ["plan", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "nummer"], name="versie_nummer_uniek"),
            models.UniqueConstraint(fields=["besluit"], name="versie_een_per_besluit"),
            models.CheckConstraint(condition=Q(nummer__gte=1), name="versie_nummer_vanaf_1"),
            models.CheckConstraint(condition=Q(vingerafdruk=VINGERAFDRUK_IN_SQL), name="versie_vingerafdruk_klopt"),
        ]

    def __str__(self):
        return f"Versie {self.nummer}: {self.naam}"

    def get_absolute_url(self):
        return reverse("plan:versie", args=[self.plan.slug, self.nummer])

    @cached_property
    def inhoud(self):
        """The snapshot as Python data (see `plan.momentopname`)."""
        return json.loads(self.tekst)


@pghistory.track()
class Wijzigingsreden(models.Model):
    """Why a part is other than in the version before: in the words of the council and in those of a citizen.

    `onderdeel` is the key of the part and no foreign key, because a part that was dropped has a reason too; empty for
    the texts of the plan itself. A reason is open until a published version holds it (`versie`), and then stays as it is.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="wijzigingsredenen")
    onderdeel = models.BigIntegerField("sleutel van het onderdeel", null=True, blank=True)
    code = models.CharField(max_length=40, blank=True)
    voor_raad = models.TextField("reden voor de raad", max_length=2000, blank=True)
    voor_burger = models.CharField("reden in gewone taal", max_length=300, blank=True)
    versie = models.ForeignKey(Versie, null=True, blank=True, on_delete=models.PROTECT, related_name="redenen")

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "reden van een wijziging"
        verbose_name_plural = "redenen van wijzigingen"
        default_permissions = ("view", "change")
        ordering = ["plan", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "onderdeel"],
                condition=Q(versie__isnull=True),
                nulls_distinct=False,
                name="wijzigingsreden_een_open",
            ),
            models.CheckConstraint(
                condition=~Q(voor_raad="") | ~Q(voor_burger=""),
                name="wijzigingsreden_zegt_iets",
                violation_error_message="Schrijf minstens een van de twee redenen.",
            ),
        ]

    def __str__(self):
        return f"Reden bij {self.code or 'de teksten van het plan'}"
