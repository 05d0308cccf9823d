"""What gemeente and OCMW did with an input, and why. A draft until the answers of its round are published."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sociaalhuis.versie import publiek


class AntwoordQuerySet(models.QuerySet):
    def openbaar(self):
        """Published answers to inputs that are shown."""
        return self.filter(
            inbreng__staat="zichtbaar",
            inbreng__ronde__staat="gepubliceerd",
            inbreng__ronde__antwoorden_gepubliceerd_op__isnull=False,
        )


@pghistory.track()
@publiek
class Antwoord(models.Model):
    class Besluit(models.TextChoices):
        OVERGENOMEN = "overgenomen", "Overgenomen"
        DEELS = "deels", "Deels overgenomen"
        NIET = "niet", "Niet overgenomen"

    inbreng = models.OneToOneField("participatie.Inbreng", on_delete=models.PROTECT, related_name="antwoord")
    besluit = models.CharField(max_length=15, choices=Besluit.choices)
    reden = models.TextField("waarom", max_length=2000)
    wijziging = models.TextField("wat er verandert", max_length=2000, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    gewijzigd_op = models.DateTimeField(default=timezone.now, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)

    objects = AntwoordQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["inbreng"]
        constraints = [
            models.CheckConstraint(condition=~Q(reden=""), name="antwoord_heeft_reden"),
            models.CheckConstraint(
                condition=~Q(besluit="niet") | Q(wijziging=""), name="antwoord_niet_zonder_wijziging"
            ),
        ]

    def __str__(self):
        return f"antwoord op {self.inbreng}"

    @property
    def toestand(self):
        """The kind of state label that goes with the decision."""
        return {"overgenomen": "goed", "deels": "bezig", "niet": "rustig"}[self.besluit]
