"""A visitor says that an input should not stand there. Nothing is kept of who said it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from participatie.rechten import RONDEWERKERS
from sociaalhuis.inzending import Teken
from sociaalhuis.rollen import heeft_rol


class MeldingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door: who works on rounds."""
        return self.all() if heeft_rol(gebruiker, *RONDEWERKERS) else self.none()

    def open(self):
        return self.filter(besluit=Melding.Besluit.OPEN)


@pghistory.track(
    pghistory.UpdateEvent(),
    model_name="MeldingEvent",
    fields=["besluit", "besluit_reden", "besloten_door", "besloten_op"],
)
class Melding(models.Model):
    class Waarom(models.TextChoices):
        PERSOONLIJK = "persoonlijk", "Er staan gegevens van iemand in"
        KWETSEND = "kwetsend", "Het is kwetsend of dreigend"
        RECLAME = "reclame", "Het is reclame of spam"
        ANDERS = "anders", "Iets anders"

    class Besluit(models.TextChoices):
        OPEN = "open", "Wacht op een beslissing"
        GEGROND = "gegrond", "Terecht: we tonen de inbreng niet meer"
        ONGEGROND = "ongegrond", "Niet terecht: de inbreng blijft staan"

    inbreng = models.ForeignKey("participatie.Inbreng", on_delete=models.PROTECT, related_name="meldingen")
    waarom = models.CharField(max_length=15, choices=Waarom.choices)
    toelichting = models.TextField(max_length=500, blank=True)
    teken = models.CharField("verdacht omdat", max_length=15, choices=Teken.choices, blank=True, editable=False)
    inzending = models.UUIDField(unique=True, editable=False)
    op = models.DateTimeField(default=timezone.now, editable=False)
    besluit = models.CharField(max_length=15, choices=Besluit.choices, default=Besluit.OPEN, editable=False)
    besluit_reden = models.TextField("waarom", blank=True, max_length=500)
    besloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    besloten_op = models.DateTimeField(null=True, editable=False)

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        default_permissions = ("view", "change")
        ordering = ["op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(besluit="open", besloten_door__isnull=True, besloten_op__isnull=True, besluit_reden="")
                | (
                    ~Q(besluit="open")
                    & Q(besloten_door__isnull=False, besloten_op__isnull=False)
                    & ~Q(besluit_reden="")
                ),
                name="melding_besluit_volledig",
            ),
        ]

    def __str__(self):
        return f"melding {self.pk}"
