"""Whether an answer helped: asked once per answer, of the one who asked."""

from django.db import models
from django.db.models import Q

from loket.models.bericht import Deel


class Oordeel(Deel):
    """`tekst` is an optional sentence; without `bericht` it is about how the question was closed at the counter."""

    class Keuze(models.TextChoices):
        TEVREDEN = "tevreden", "Ja, ik ben geholpen"
        NIET_TEVREDEN = "niet_tevreden", "Nee, ik ben niet geholpen"
        NIET_BEANTWOORD = "niet_beantwoord", "Mijn vraag is niet beantwoord"

    NEE = (Keuze.NIET_TEVREDEN, Keuze.NIET_BEANTWOORD)

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="oordelen")
    bericht = models.ForeignKey("loket.Bericht", null=True, on_delete=models.CASCADE, related_name="oordelen")
    keuze = models.CharField(max_length=15, choices=Keuze.choices)

    class Meta(Deel.Meta):
        verbose_name = "oordeel"
        verbose_name_plural = "oordelen"
        constraints = [
            models.UniqueConstraint(fields=["bericht"], name="oordeel_een_per_antwoord"),
            models.UniqueConstraint(
                fields=["vraag"], condition=Q(bericht__isnull=True), name="oordeel_een_over_het_afsluiten"
            ),
        ]
