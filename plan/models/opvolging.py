"""Which part of the next period goes on with a part of this one. Apart from `Onderdeel`, as it is about two plans."""

from django.db import models
from django.db.models import F, Q

from plan.models.onderdeel import Onderdeel
from plan.models.plan import Plan, ziet_alles
from plan.regels import regel
from sociaalhuis.versie import publiek


class OpvolgingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """A successor shows only when its plan does."""
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(nieuw__plan__in=Plan.objects.openbaar())


@regel(
    "opvolging_in_ander_plan",
    """
    EXISTS (SELECT 1 FROM plan_onderdeel o JOIN plan_onderdeel n ON n.plan_id <> o.plan_id AND n.soort = o.soort
            WHERE o.id = NEW.oud_id AND n.id = NEW.nieuw_id)
    """,
)
@publiek
class Opvolging(models.Model):
    """`nieuw` goes on with `oud`: same kind, another plan. A part follows at most one; one may be split over several."""

    oud = models.ForeignKey(Onderdeel, on_delete=models.CASCADE, related_name="opvolgers")
    nieuw = models.OneToOneField(Onderdeel, on_delete=models.CASCADE, related_name="opvolger_van")

    objects = OpvolgingQuerySet.as_manager()

    class Meta:
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        default_permissions = ("view",)
        ordering = ["oud", "nieuw"]
        constraints = [models.CheckConstraint(condition=~Q(oud=F("nieuw")), name="opvolging_niet_van_zichzelf")]

    def __str__(self):
        return f"{self.oud.code} gaat verder in {self.nieuw.code}"
