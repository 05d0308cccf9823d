"""What a partner gets to read: the copy that the client agreed to, and what is said about a referral.

The copy needs two keys: that of the case and one of its own. Erasing either erases it, in the database and in every
backup: its own when the referral ends, that of the case when the case is erased.
"""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from loket.models.bericht import Deel
from loket.models.verwijzing import Veld, Verwijsstap
from sociaalhuis.models import Dossiersleutel, VersleuteldTekstVeld


class DubbeleSleutel:
    """Two keys one after the other, with the face of a `Dossiersleutel`."""

    def __init__(self, buiten: Dossiersleutel, binnen: Dossiersleutel):
        self.buiten, self.binnen = buiten, binnen

    @property
    def gewist_op(self):
        return self.buiten.gewist_op or self.binnen.gewist_op

    def versleutel(self, klaar: bytes, bij: str) -> bytes:
        return self.buiten.versleutel(self.binnen.versleutel(klaar, bij), bij)

    def ontsleutel(self, geheim: bytes, bij: str) -> bytes | None:
        """The bytes, or None when one of the two was erased."""
        half = self.buiten.ontsleutel(geheim, bij)
        return None if half is None else self.binnen.ontsleutel(half, bij)


class GedeeldeKopie(models.Model):
    """The fields of one referral as they were shown to the client: first those proposed, then those agreed."""

    doorverwijzing = models.OneToOneField("loket.Doorverwijzing", on_delete=models.CASCADE, related_name="kopie")
    sleutel = models.OneToOneField("sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="+")
    inhoud = VersleuteldTekstVeld()
    vernietigd_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "gedeelde kopie"
        verbose_name_plural = "gedeelde kopieën"
        default_permissions = ()

    def __str__(self):
        return f"gedeelde kopie {self.pk}"

    @property
    def dossiersleutel(self):
        return DubbeleSleutel(self.doorverwijzing.vraag.dossiersleutel, self.sleutel)

    @property
    def waarden(self) -> dict:
        """Field to text, in the order of `Veld`; empty once the copy is gone."""
        if self.dossiersleutel.gewist_op:
            return {}
        inhoud = json.loads(self.inhoud)
        return {veld: inhoud[veld] for veld in Veld.values if veld in inhoud}

    @waarden.setter
    def waarden(self, waarden):
        self.inhoud = json.dumps(waarden)

    @property
    def regels(self):
        """List of (field, its name, text)."""
        return [(veld, Veld(veld).label, tekst) for veld, tekst in self.waarden.items()]

    def vernietig(self, op=None):
        """The key of its own goes, and with it the copy. Once more changes nothing."""
        if self.vernietigd_op is None:
            self.sleutel.wis()
            self.vernietigd_op = op or timezone.now()
            self.save(update_fields=["vernietigd_op"])


class Verwijsbericht(Deel):
    """What was said with a step: why it was refused, what the partner asks, where the appointment is."""

    class Van(models.TextChoices):
        LOKET = "loket", "Het loket"
        PARTNER = "partner", "De partner"
        VRAGER = "vrager", "De vrager"

    doorverwijzing = models.ForeignKey("loket.Doorverwijzing", on_delete=models.CASCADE, related_name="berichten")
    van = models.CharField(max_length=10, choices=Van.choices)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    stap = models.CharField(max_length=15, choices=Verwijsstap.choices)

    class Meta(Deel.Meta):
        verbose_name = "bericht bij een doorverwijzing"
        verbose_name_plural = "berichten bij doorverwijzingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(van="vrager", door__isnull=True) | (~Q(van="vrager") & Q(door__isnull=False)),
                name="verwijsbericht_heeft_schrijver",
            )
        ]

    @property
    def dossiersleutel(self):
        return self.doorverwijzing.vraag.dossiersleutel
