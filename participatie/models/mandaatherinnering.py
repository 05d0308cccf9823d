"""That an organisation was reminded that its last aanspreekpunt stops: once for each of two moments before that end."""

from django.db import models
from django.utils import timezone

from participatie.models.mandaat import Mandaat


class Mandaatherinnering(models.Model):
    """`tot` is the end that it was about: who moves the end is reminded again. `aantal` is how many mails left."""

    mandaat = models.ForeignKey(Mandaat, on_delete=models.CASCADE, related_name="herinneringen")
    tot = models.DateTimeField()
    dagen = models.PositiveSmallIntegerField("zoveel dagen vooraf")
    aantal = models.PositiveSmallIntegerField("aantal mails")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "herinnering aan het einde van een mandaat"
        verbose_name_plural = "herinneringen aan het einde van een mandaat"
        ordering = ["-op"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["mandaat", "tot", "dagen"], name="mandaatherinnering_een_keer"),
            models.CheckConstraint(condition=models.Q(dagen__in=[7, 30]), name="mandaatherinnering_week_of_maand"),
        ]

    def __str__(self):
        return f"herinnering {self.pk}"
