"""What staff keep for themselves or for their team at the desk."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sociaalhuis.models import BewaardFilter


class OpgeslagenFilterQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Own filters, and those that colleagues share with a team of this user; own first."""
        gedeeld = Q(team__in=gebruiker.teams.values("pk"), team__bestuur=gebruiker.bestuur_id)
        return self.filter(Q(eigenaar=gebruiker) | gedeeld).select_related("eigenaar", "team").order_by("naam", "pk")


class OpgeslagenFilter(BewaardFilter):
    """A list of the desk with choices, under a name. It holds choices only, never a reference or a text of a case."""

    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="filters")
    team = models.ForeignKey(
        "sociaalhuis.Team",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="filters",
        help_text="Leeg = alleen voor jou.",
    )

    objects = OpgeslagenFilterQuerySet.as_manager()

    class Meta:
        verbose_name = "opgeslagen filter"
        verbose_name_plural = "opgeslagen filters"
        ordering = ["naam", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["eigenaar", "naam"], name="filter_naam_uniek_per_eigenaar"),
            models.CheckConstraint(condition=~Q(naam="") & ~Q(keuzes=""), name="filter_heeft_naam_en_keuzes"),
        ]
