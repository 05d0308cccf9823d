"""Who wants news by mail: an address under a key of its own, and nothing else. An app says of what, in a model of its own."""

from django.db import models

from sociaalhuis.inzending import sleutel_bij
from sociaalhuis.models.sleutel import Dossiersleutel, VersleuteldTekstVeld


class Abonnee(models.Model):
    """One address that asked for news. Stopping erases it all.

    `wie` is a keyed fingerprint of the address, so that the same address is kept once. Nothing is sent before
    `bevestigd_op`. `gezien` is the last message that was told or that was there when it began.
    """

    class Elke(models.TextChoices):
        DAG = "dag", "Hoogstens één keer per dag"
        WEEK = "week", "Hoogstens één keer per week"

    SOORT = ""  # what the unguessable half of its links is made for; each model its own

    elke = models.CharField(max_length=5, choices=Elke.choices, default=Elke.WEEK)
    referentie = models.CharField(max_length=20, unique=True)
    dossiersleutel = models.OneToOneField(Dossiersleutel, on_delete=models.PROTECT, related_name="+")
    email = VersleuteldTekstVeld()
    wie = models.CharField(max_length=32)
    gemaakt_op = models.DateTimeField(auto_now_add=True)
    bevestigd_op = models.DateTimeField(null=True)
    gezien = models.BigIntegerField(default=0)
    laatst_op = models.DateField(null=True)

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.SOORT} {self.pk}"

    @property
    def sleutel(self):
        """The unguessable half of its links; computed, never kept."""
        return sleutel_bij(self.SOORT, self.referentie)
