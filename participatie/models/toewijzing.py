"""Who must answer what: an input, or everything about a part of the plan and what stands below it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from participatie.rechten import RONDEWERKERS
from plan.regels import regel
from sociaalhuis.models import Gebruiker
from sociaalhuis.rollen import heeft_rol


def antwoorders():
    """The people who can be asked for an answer: active, with a role that writes answers."""
    return Gebruiker.objects.filter(is_active=True, groups__name__in=RONDEWERKERS).distinct().order_by("naam", "pk")


class ToewijzingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        return self.all() if heeft_rol(gebruiker, *RONDEWERKERS) else self.none()


@regel(
    "toewijzing_van_deze_ronde",
    """
    (NEW.inbreng_id IS NULL OR EXISTS (
        SELECT 1 FROM participatie_inbreng i WHERE i.id = NEW.inbreng_id AND i.ronde_id = NEW.ronde_id))
    AND (NEW.onderdeel_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_onderdeel o JOIN participatie_ronde r ON r.plan_id = o.plan_id
        WHERE o.id = NEW.onderdeel_id AND r.id = NEW.ronde_id))
    """,
)
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Toewijzing(models.Model):
    """`gebruiker` answers this input, or what comes in about this part. Inputs get theirs from `acties.toewijzen`."""

    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.CASCADE, related_name="toewijzingen")
    onderdeel = models.ForeignKey("plan.Onderdeel", null=True, on_delete=models.CASCADE, related_name="+")
    inbreng = models.OneToOneField(
        "participatie.Inbreng", null=True, on_delete=models.CASCADE, related_name="toewijzing"
    )
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vanzelf = models.BooleanField("volgt uit het deel van het plan", default=False)
    op = models.DateTimeField(default=timezone.now)

    objects = ToewijzingQuerySet.as_manager()

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        default_permissions = ("view",)
        permissions = [("verdeel_toewijzing", "Kan kiezen wie wat beantwoordt")]
        ordering = ["ronde", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(onderdeel__isnull=True, inbreng__isnull=False)
                | Q(onderdeel__isnull=False, inbreng__isnull=True, vanzelf=False),
                name="toewijzing_van_een_ding",
            ),
            models.UniqueConstraint(fields=["ronde", "onderdeel"], name="toewijzing_een_per_deel"),
        ]

    def __str__(self):
        return f"toewijzing van {self.inbreng or self.onderdeel}"
