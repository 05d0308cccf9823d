"""The three approaches that the plan must match and the catalogue is found by: theme, group, area."""

import pghistory
from django.db import models

from sociaalhuis.versie import publiek


class Indeling(models.Model):
    code = models.SlugField(unique=True)
    naam = models.CharField(max_length=60)
    volgorde = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["volgorde", "naam"]

    def __str__(self):
        return self.naam


@pghistory.track()
@publiek
class Thema(Indeling):
    """What a question is about, finer than the one welfare theme of LPDC."""

    uitleg = models.CharField(max_length=120, blank=True)
    lpdc_thema = models.CharField("thema in LPDC", max_length=60, blank=True)

    class Meta(Indeling.Meta):
        verbose_name = "thema"
        verbose_name_plural = "thema's"


@pghistory.track()
@publiek
class Doelgroep(Indeling):
    """For whom something is."""

    class Meta(Indeling.Meta):
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"


@pghistory.track()
@publiek
class Gebied(Indeling):
    """A part of the town, as a tree: gemeente > deelgemeente > wijk."""

    class Soort(models.TextChoices):
        GEMEENTE = "gemeente", "Gemeente"
        DEELGEMEENTE = "deelgemeente", "Deelgemeente"
        WIJK = "wijk", "Wijk"

    soort = models.CharField(max_length=15, choices=Soort.choices)
    ouder = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="delen")

    class Meta(Indeling.Meta):
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(soort="gemeente", ouder=None)
                | (~models.Q(soort="gemeente") & models.Q(ouder__isnull=False)),
                name="gebied_gemeente_is_de_wortel",
            ),
        ]

    def met_ouders(self):
        """This area and the areas it lies in, smallest first."""
        gebied, lijn = self, []
        while gebied:
            lijn.append(gebied)
            gebied = gebied.ouder
        return lijn
