"""A conversation with a group, somewhere in the town: one record, whose points are inputs of the round.

The group counts with its size and apart from people who wrote themselves. Nobody of the group is kept by name.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from participatie.rechten import RONDEWERKERS
from sociaalhuis.rollen import heeft_rol


class GroepsgesprekQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door: who works on rounds."""
        return self.all() if heeft_rol(gebruiker, *RONDEWERKERS) else self.none()


@pghistory.track()
class Groepsgesprek(models.Model):
    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.PROTECT, related_name="groepsgesprekken")
    datum = models.DateField()
    plaats = models.CharField("waar was het?", max_length=120)
    aantal = models.PositiveSmallIntegerField("met hoeveel mensen?")
    geleid_door = models.CharField("wie leidde het gesprek?", max_length=120)
    ingevoerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    ingevoerd_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = GroepsgesprekQuerySet.as_manager()

    class Meta:
        verbose_name = "groepsgesprek"
        verbose_name_plural = "groepsgesprekken"
        default_permissions = ("view", "add", "change")
        ordering = ["-datum", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(aantal__gte=2, aantal__lte=2000), name="groepsgesprek_is_een_groep"),
            models.UniqueConstraint(fields=["ronde", "datum", "plaats"], name="groepsgesprek_een_per_dag_en_plaats"),
        ]

    def __str__(self):
        return f"{self.plaats}, {self.aantal} mensen"
