"""The two legal persons of one local government, their bodies and their teams."""

import pghistory
from django.db import models

from sociaalhuis.versie import publiek


@pghistory.track()
@publiek
class Bestuur(models.Model):
    """Gemeente or OCMW: two legal persons, two compartments. There are exactly these two."""

    class Code(models.TextChoices):
        GEMEENTE = "gemeente", "Gemeente"
        OCMW = "ocmw", "OCMW"

    code = models.CharField(max_length=10, unique=True, choices=Code.choices)
    naam = models.CharField(max_length=80)
    ondernemingsnummer = models.CharField(max_length=10, blank=True)
    uri = models.URLField(
        "URI van het bestuur (LBLOD)",
        blank=True,
        help_text="Zo kent LPDC dit bestuur, zoals http://data.lblod.info/id/bestuurseenheden/...",
    )

    class Meta:
        verbose_name = "bestuur"
        verbose_name_plural = "besturen"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code__in=["gemeente", "ocmw"]), name="bestuur_code_bekend")
        ]

    def __str__(self):
        return self.naam

    @property
    def andere(self):
        """The other of the two."""
        return Bestuur.objects.exclude(pk=self.pk).get()


@pghistory.track()
@publiek
class Bestuursorgaan(models.Model):
    """A body that decides or advises: gemeenteraad, college, RMW, vast bureau, bijzonder comité."""

    class Soort(models.TextChoices):
        GEMEENTERAAD = "gemeenteraad", "Gemeenteraad"
        COLLEGE = "college", "College van burgemeester en schepenen"
        RMW = "rmw", "Raad voor maatschappelijk welzijn"
        VAST_BUREAU = "vast-bureau", "Vast bureau"
        BIJZONDER_COMITE = "bijzonder-comite", "Bijzonder comité voor de sociale dienst"

    soort = models.CharField(max_length=20, unique=True, choices=Soort.choices)
    bestuur = models.ForeignKey(Bestuur, on_delete=models.PROTECT, related_name="organen")
    uri = models.URLField("URI van de classificatie (LBLOD)", blank=True)

    class Meta:
        verbose_name = "bestuursorgaan"
        verbose_name_plural = "bestuursorganen"
        ordering = ["bestuur", "soort"]

    def __str__(self):
        return self.get_soort_display()


@pghistory.track()
@publiek
class Team(models.Model):
    """A team at the desk. It belongs to one Bestuur and sees the questions of that Bestuur only."""

    code = models.SlugField(unique=True)
    naam = models.CharField(max_length=60)
    bestuur = models.ForeignKey(Bestuur, on_delete=models.PROTECT, related_name="teams")

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        ordering = ["bestuur", "naam"]

    def __str__(self):
        return f"{self.naam} ({self.bestuur})"
