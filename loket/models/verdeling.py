"""Which team gets a question about which theme."""

import pghistory
from django.db import models


class VerdeelregelQuerySet(models.QuerySet):
    def team_voor(self, *, thema=None, dienst=None):
        """The team for a new question: that of the service, that of the theme, or that of the rest; None without rules."""
        if dienst and dienst.team:
            return dienst.team
        regels = {regel.thema_id: regel.team for regel in self.select_related("team")}
        return regels.get(thema and thema.pk) or regels.get(None)


@pghistory.track()
class Verdeelregel(models.Model):
    """Questions about this theme go to this team; the rule without a theme takes all the rest."""

    thema = models.OneToOneField(
        "sociaalhuis.Thema",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verdeelregel",
        help_text="Leeg = alle andere vragen.",
    )
    team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="verdeelregels")

    objects = VerdeelregelQuerySet.as_manager()

    class Meta:
        verbose_name = "verdeelregel"
        verbose_name_plural = "verdeelregels"
        ordering = ["thema__volgorde"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(thema__isnull=True),
                name="verdeelregel_een_voor_de_rest",
            )
        ]

    def __str__(self):
        return f"{self.thema or 'alle andere vragen'} > {self.team}"
