"""What is said in a case: messages to and from the one who asked, and internal notes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sociaalhuis.models import VersleuteldTekstVeld


class Deel(models.Model):
    """A part of a case; its texts are read and written with the key of the case."""

    op = models.DateTimeField(default=timezone.now, editable=False)
    tekst = VersleuteldTekstVeld()

    class Meta:
        abstract = True
        ordering = ["op", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def dossiersleutel(self):
        return self.vraag.dossiersleutel


class Bericht(Deel):
    class Van(models.TextChoices):
        VRAGER = "vrager", "De vrager"
        LOKET = "loket", "Het loket"

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="berichten")
    van = models.CharField(max_length=10, choices=Van.choices)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_vraag = models.BooleanField("vraagt iets terug", default=False)

    class Meta(Deel.Meta):
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.CheckConstraint(
                condition=Q(van="vrager", door__isnull=True) | Q(van="loket", door__isnull=False),
                name="bericht_van_loket_heeft_schrijver",
            )
        ]


class Notitie(Deel):
    """A note that only staff read."""

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="notities")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(Deel.Meta):
        verbose_name = "notitie"
        verbose_name_plural = "notities"
