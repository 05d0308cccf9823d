"""What was measured of an indicator in one period, by whom, and who looked at it: draft > submitted > approved, or returned.

Only what is approved is public and counts. The state changes in `acties.metingen` and nowhere else. Numbers of fewer
than five people, and what would give them away, are hidden when they are shown (`plan.uitsplitsing`).
"""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plan.models.indicator import Indicator
from plan.models.plan import Plan, ziet_alles
from plan.regels import regel
from sociaalhuis.templatetags.huis import getal
from sociaalhuis.versie import publiek


class MetingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Who works on the plan sees all, anyone what was approved of public plans."""
        if ziet_alles(gebruiker):
            return self.all()
        return self.goedgekeurd().filter(indicator__plan__in=Plan.objects.openbaar())

    def goedgekeurd(self):
        return self.filter(staat=Meting.Staat.GOEDGEKEURD)

    def ingediend(self):
        """What waits for approval."""
        return self.filter(staat=Meting.Staat.INGEDIEND)

    def bij_wie_meet(self):
        """Drafts and what was returned: who measures must do something."""
        return self.filter(staat__in=Meting.OPEN)


@regel(
    "meting_binnen_de_jaren",
    """
    EXISTS (SELECT 1 FROM plan_indicator i JOIN plan_plan p ON p.id = i.plan_id
            WHERE i.id = NEW.indicator_id
              AND extract(year FROM NEW.datum) BETWEEN coalesce(i.vanaf_jaar, p.beginjaar) AND p.eindjaar)
    """,
)
@pghistory.track()
@publiek
class Meting(models.Model):
    """One value for one period. `datum` is the day it holds for, `periode_begin` the first day of its period.

    `ingevoerd_door` is who wrote the figures last. Who wrote them does not approve them, unless with a reason
    (`alleen_reden`); see docs/besluiten/0030-meten.md.
    """

    class Staat(models.TextChoices):
        CONCEPT = "concept", "Klad"
        INGEDIEND = "ingediend", "Wacht op goedkeuring"
        TERUGGESTUURD = "teruggestuurd", "Teruggestuurd"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"

    OPEN = (Staat.CONCEPT, Staat.TERUGGESTUURD)
    OVERGANGEN = {
        Staat.CONCEPT: {Staat.INGEDIEND},
        Staat.INGEDIEND: {Staat.GOEDGEKEURD, Staat.TERUGGESTUURD},
        Staat.TERUGGESTUURD: {Staat.INGEDIEND},
        Staat.GOEDGEKEURD: {Staat.TERUGGESTUURD},
    }

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="metingen")
    datum = models.DateField("stand van", help_text="De dag waarvoor het cijfer geldt.")
    periode_begin = models.DateField(editable=False)
    waarde = models.DecimalField("hoeveel", max_digits=14, decimal_places=2)
    toelichting = models.TextField("wat zegt dit cijfer", max_length=500, blank=True)
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.CONCEPT, editable=False)
    ingevoerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    ingediend_op = models.DateTimeField(null=True, blank=True, editable=False)
    gekeurd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    gekeurd_op = models.DateTimeField(null=True, blank=True, editable=False)
    alleen_reden = models.CharField("waarom zonder tweede persoon", max_length=300, blank=True, editable=False)
    terug_reden = models.CharField("waarom teruggestuurd", max_length=500, blank=True, editable=False)
    gewijzigd_op = models.DateTimeField(auto_now=True)

    objects = MetingQuerySet.as_manager()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["indicator", "datum"]
        permissions = [("keur_meting", "Kan een meting goedkeuren of terugsturen")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "periode_begin"],
                name="meting_een_per_periode",
                violation_error_message="Voor deze periode is er al een meting.",
            ),
            models.CheckConstraint(condition=Q(periode_begin__lte=F("datum")), name="meting_datum_na_begin_periode"),
            models.CheckConstraint(
                condition=(Q(staat="goedgekeurd", gekeurd_op__isnull=False, gekeurd_door__isnull=False))
                | (~Q(staat="goedgekeurd") & Q(gekeurd_op__isnull=True, gekeurd_door__isnull=True, alleen_reden="")),
                name="meting_goedkeuring_heel_of_niet",
            ),
            models.CheckConstraint(
                condition=(Q(staat="concept", ingediend_op__isnull=True))
                | (Q(staat__in=["ingediend", "goedgekeurd"], ingediend_op__isnull=False))
                | (Q(staat="teruggestuurd", ingediend_op__isnull=False) & ~Q(terug_reden="")),
                name="meting_staat_klopt",
            ),
            models.CheckConstraint(
                condition=Q(gekeurd_door__isnull=True) | ~Q(gekeurd_door=F("ingevoerd_door")) | ~Q(alleen_reden=""),
                name="meting_vier_ogen",
                violation_error_message="Jij voerde dit cijfer in. Schrijf waarom je het zelf goedkeurt.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.code}, {self.periode.naam}"

    @property
    def periode(self):
        return self.indicator.periode_van(self.datum)

    @property
    def exact(self):
        """The value with its unit for who works on the plan; the site hides fewer than five people (`Indicator.zeg`)."""
        return f"{getal(self.waarde, self.indicator.cijfers)} {self.indicator.eenheid}"

    @property
    def is_open(self):
        """Whether the figures may still be changed."""
        return self.staat in self.OPEN

    @property
    def merk(self):
        """A mark of what a page showed, to see that nobody changed it since."""
        return self.gewijzigd_op.isoformat() if self.gewijzigd_op else ""

    def clean(self):
        if not self.indicator_id or not self.datum:
            return
        indicator = self.indicator
        fouten = {}
        if self.datum > timezone.localdate():
            fouten["datum"] = "Deze dag moet nog komen. Meten kan pas als het zover is."
        elif not indicator.eerste_jaar <= self.datum.year <= indicator.plan.eindjaar:
            fouten["datum"] = f"Kies een dag van {indicator.eerste_jaar} tot en met {indicator.plan.eindjaar}."
        if self.waarde is not None and self.waarde != round(self.waarde, indicator.cijfers):
            fouten["waarde"] = (
                f"Schrijf hoogstens {indicator.cijfers} {'cijfer' if indicator.cijfers == 1 else 'cijfers'} na de komma."
                if indicator.cijfers
                else "Schrijf een heel getal, zonder komma."
            )
        elif self.waarde is not None and self.waarde < 0 and indicator.over == Indicator.Over.MENSEN:
            fouten["waarde"] = "Een aantal mensen is nooit minder dan nul."
        if fouten:
            raise ValidationError(fouten)


@pghistory.track()
@publiek
class Uitsplitsing(models.Model):
    """The part of a measurement that one group or one area makes up. `aantal`: over how many people a share speaks."""

    meting = models.ForeignKey(Meting, on_delete=models.CASCADE, related_name="uitsplitsingen")
    doelgroep = models.ForeignKey(
        "sociaalhuis.Doelgroep", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gebied = models.ForeignKey("sociaalhuis.Gebied", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waarde = models.DecimalField(max_digits=14, decimal_places=2)
    aantal = models.PositiveIntegerField("over hoeveel mensen", null=True, blank=True)

    class Meta:
        verbose_name = "uitsplitsing"
        verbose_name_plural = "uitsplitsingen"
        ordering = ["meting", "doelgroep__volgorde", "gebied__volgorde", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meting", "doelgroep", "gebied"], nulls_distinct=False, name="uitsplitsing_een_keer"
            ),
            models.CheckConstraint(
                condition=Q(doelgroep__isnull=False, gebied__isnull=True)
                | Q(doelgroep__isnull=True, gebied__isnull=False),
                name="uitsplitsing_naar_groep_of_gebied",
            ),
        ]

    def __str__(self):
        return str(self.doelgroep or self.gebied)
