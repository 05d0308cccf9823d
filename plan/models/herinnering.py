"""What somebody was reminded of, and what somebody wants to be reminded of.

A `Herinnering` is a line of the log: one thing in one weekly mail. It is written in the transaction that puts the mail
in the outbox (`acties.herinneren`), says what was wrong at that moment and never changes.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from plan.models.onderdeel import Onderdeel


class Herinnering(models.Model):
    class Soort(models.TextChoices):
        TE_LAAT = "te-laat", "Te laat"
        STRAKS = "straks", "Binnenkort"
        METING = "meting", "Meting nodig"
        OUD = "niet-bijgewerkt", "Niet bijgewerkt"
        ONVOLLEDIG = "onvolledig", "Niet volledig"
        ZONDER_FEIT = "zonder-verantwoording", "Zonder verantwoording"

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="aan wie"
    )
    onderdeel = models.ForeignKey(Onderdeel, on_delete=models.CASCADE, related_name="herinneringen")
    soort = models.CharField("waarom", max_length=25, choices=Soort.choices)
    wat = models.CharField(max_length=300)
    week = models.DateField("week van", help_text="De maandag van die week.")
    op = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        default_permissions = ("view",)
        ordering = ["-op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gebruiker", "week", "onderdeel", "soort", "wat"], name="herinnering_een_keer_per_week"
            )
        ]

    def __str__(self):
        return f"{self.get_soort_display()}: {self.wat}"


class Opvolgkeuze(models.Model):
    """Which actions a member of staff follows up, and whether the weekly mail may come. Without a row: all, and yes."""

    gebruiker = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="opvolgkeuze")
    mail = models.BooleanField("stuur me hoogstens één mail per week", default=True)
    trekkers = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    class Meta:
        verbose_name = "keuze voor de opvolging"
        verbose_name_plural = "keuzes voor de opvolging"
        default_permissions = ()

    def __str__(self):
        return "keuze voor de opvolging"
