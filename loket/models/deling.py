"""A case that another team may read or help with, for a reason and until a day. It stays with its own team."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from loket.models.bericht import Deel


class DelingQuerySet(models.QuerySet):
    def lopend(self, op=None):
        """Not stopped, and not past its last day."""
        return self.filter(gestopt_op=None, tot__gte=op or timezone.localdate())


@pgtrigger.register(pgtrigger.ReadOnly(name="deling_vast", fields=["vraag", "met_team", "recht", "tot", "door", "op"]))
class Deling(Deel):
    """`tekst` is the reason, which the one who asked reads too. `tot` is the last day. Stopping is all that changes."""

    class Recht(models.TextChoices):
        LEES = "lees", "Meelezen"
        HELP = "help", "Meehelpen: lezen, schrijven en notities maken"

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="delingen")
    met_team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="+")
    recht = models.CharField(max_length=4, choices=Recht.choices)
    tot = models.DateField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gestopt_op = models.DateTimeField(null=True, editable=False)
    gestopt_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DelingQuerySet.as_manager()

    class Meta(Deel.Meta):
        verbose_name = "deling"
        verbose_name_plural = "delingen"
        constraints = [
            models.UniqueConstraint(
                fields=["vraag", "met_team"], condition=Q(gestopt_op=None), name="deling_een_per_team"
            ),
            models.CheckConstraint(
                condition=Q(gestopt_door=None) | Q(gestopt_op__isnull=False), name="deling_gestopt_heeft_tijd"
            ),
        ]
        indexes = [models.Index(fields=["met_team", "tot"], condition=Q(gestopt_op=None), name="deling_lopend")]

    @property
    def is_lopend(self):
        return self.gestopt_op is None and self.tot >= timezone.localdate()
