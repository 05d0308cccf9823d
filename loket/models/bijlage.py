"""A file of a case. What is stored is ciphertext under the key of the case, under a name that says nothing."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from sociaalhuis.keuring.opnieuw import Keuring
from sociaalhuis.models import VersleuteldTekstVeld

BIJ = "loket.bijlage.inhoud"


class BijlageQuerySet(models.QuerySet):
    def op_te_halen(self):
        """What may leave the house: not what waits for the scanner, not what had a virus."""
        return self.filter(keuring=Bijlage.Keuring.KLAAR)

    def wachtend(self):
        return self.filter(keuring=Bijlage.Keuring.WACHT)


class Bijlage(models.Model):
    Keuring = Keuring

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="bijlagen")
    bericht = models.ForeignKey(
        "loket.Bericht", null=True, blank=True, on_delete=models.CASCADE, related_name="bijlagen"
    )
    naam = VersleuteldTekstVeld()
    soort = models.CharField(max_length=80)
    grootte = models.PositiveIntegerField()
    bestand = models.CharField(max_length=100, editable=False)
    keuring = models.CharField(max_length=6, choices=Keuring.choices, default=Keuring.KLAAR, editable=False)
    op = models.DateTimeField(default=timezone.now, editable=False)

    objects = BijlageQuerySet.as_manager()

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["op", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["op"], condition=models.Q(keuring="wacht"), name="bijlage_wacht")]

    def __str__(self):
        return f"bijlage {self.pk}"

    @property
    def dossiersleutel(self):
        return self.vraag.dossiersleutel

    def bewaar(self, inhoud: bytes):
        """Stores the bytes encrypted and saves this row; a file of a rolled back row stays behind unreadable."""
        geheim = self.dossiersleutel.versleutel(inhoud, BIJ)
        self.grootte = len(inhoud)
        self.bestand = default_storage.save(f"vragen/{uuid.uuid4().hex}", ContentFile(geheim))
        self.save()

    def lees(self) -> bytes | None:
        """The bytes, or None when the key of the case was erased."""
        with default_storage.open(self.bestand) as bestand:
            return self.dossiersleutel.ontsleutel(bestand.read(), BIJ)
