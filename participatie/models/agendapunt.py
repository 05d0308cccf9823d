"""What is on the agenda of a meeting: a part of the plan, an input, or something of its own; and the papers with it."""

import uuid

import pghistory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils import timezone

from participatie.models.inbreng import Inbreng
from participatie.models.overleg import Overleg
from plan.models import Onderdeel
from plan.regels import regel
from sociaalhuis.keuring.opnieuw import Keuring
from sociaalhuis.versie import publiek


@regel(
    "agendapunt_van_plan",
    """
    (NEW.onderdeel_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_onderdeel d JOIN participatie_overleg o ON o.plan_id = d.plan_id
        WHERE d.id = NEW.onderdeel_id AND o.id = NEW.overleg_id))
    AND (NEW.inbreng_id IS NULL OR EXISTS (
        SELECT 1 FROM participatie_inbreng i JOIN participatie_ronde r ON r.id = i.ronde_id
        JOIN participatie_overleg o ON o.plan_id = r.plan_id
        WHERE i.id = NEW.inbreng_id AND o.id = NEW.overleg_id))
    """,
)
@pghistory.track()
@publiek
class Agendapunt(models.Model):
    overleg = models.ForeignKey(Overleg, on_delete=models.CASCADE, related_name="agenda")
    volgorde = models.PositiveSmallIntegerField(editable=False)
    titel = models.CharField("waarover?", max_length=160, blank=True)
    onderdeel = models.ForeignKey(
        Onderdeel, null=True, blank=True, on_delete=models.PROTECT, related_name="agendapunten"
    )
    inbreng = models.ForeignKey(Inbreng, null=True, blank=True, on_delete=models.PROTECT, related_name="agendapunten")
    uitleg = models.TextField(max_length=1000, blank=True)
    minuten = models.PositiveSmallIntegerField(null=True, blank=True)
    wie = models.CharField("wie brengt het aan?", max_length=80, blank=True)

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["volgorde"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["overleg", "volgorde"],
                name="agendapunt_een_per_plaats",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(onderdeel__isnull=True) | Q(inbreng__isnull=True), name="agendapunt_een_onderwerp"
            ),
            models.CheckConstraint(
                condition=~Q(titel="") | Q(onderdeel__isnull=False) | Q(inbreng__isnull=False),
                name="agendapunt_heeft_onderwerp",
            ),
            models.CheckConstraint(
                condition=Q(minuten__isnull=True) | Q(minuten__range=(1, 480)), name="agendapunt_minuten"
            ),
        ]

    def __str__(self):
        return self.naam

    @property
    def naam(self):
        """The subject in words. Of an input that is not shown, only that it is one."""
        if self.titel:
            return self.titel
        if self.onderdeel_id:
            return str(self.onderdeel)
        return f"Inbreng van {self.inbreng.van}" if self.inbreng.is_zichtbaar else "Een inbreng"


class OverlegdocumentQuerySet(models.QuerySet):
    def op_te_halen(self):
        """What may leave the house: not what waits for the virus scanner, not what had a virus."""
        return self.filter(keuring=Overlegdocument.Keuring.KLAAR)


@publiek
class Overlegdocument(models.Model):
    """A paper with a meeting. It passed the gate of `sociaalhuis.keuring` and is kept under a name that says nothing."""

    Keuring = Keuring

    overleg = models.ForeignKey(Overleg, on_delete=models.CASCADE, related_name="documenten")
    titel = models.CharField(max_length=120)
    naam = models.CharField(max_length=80, editable=False)
    soort = models.CharField(max_length=80, editable=False)
    grootte = models.PositiveIntegerField(editable=False)
    bestand = models.CharField(max_length=100, editable=False)
    keuring = models.CharField(max_length=6, choices=Keuring.choices, default=Keuring.KLAAR, editable=False)
    op = models.DateTimeField(default=timezone.now, editable=False)

    objects = OverlegdocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document bij een overleg"
        verbose_name_plural = "documenten bij een overleg"
        ordering = ["op", "pk"]
        default_permissions = ()

    def __str__(self):
        return self.titel

    @property
    def extensie(self):
        return self.naam.rpartition(".")[2].upper()

    def bewaar(self, inhoud: bytes):
        """Stores the bytes and saves this row."""
        self.grootte = len(inhoud)
        self.bestand = default_storage.save(f"overleg/{uuid.uuid4().hex}", ContentFile(inhoud))
        self.save()

    def lees(self) -> bytes:
        with default_storage.open(self.bestand) as bestand:
            return bestand.read()
