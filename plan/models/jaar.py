"""The yearly action plans: what of the plan happens in one year."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from plan.models.plan import Plan, ziet_alles
from plan.models.soorten import Actie
from plan.regels import regel
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek


class JaaractieplanQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """A year that is still being prepared is only for who works on the plan."""
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(plan__in=Plan.objects.openbaar()).exclude(staat=Jaaractieplan.Staat.VOORBEREIDING)


@regel(
    "jaaractieplan_jaar_in_periode",
    "EXISTS (SELECT 1 FROM plan_plan p WHERE p.id = NEW.plan_id AND NEW.jaar BETWEEN p.beginjaar AND p.eindjaar)",
)
@pghistory.track()
@publiek
class Jaaractieplan(models.Model):
    class Staat(models.TextChoices):
        VOORBEREIDING = "voorbereiding", "In voorbereiding"
        ONTWERP = "ontwerp", "Ontwerp"
        VASTGESTELD = "vastgesteld", "Vastgesteld"
        AFGESLOTEN = "afgesloten", "Afgesloten"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="jaaractieplannen")
    jaar = models.PositiveSmallIntegerField()
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.VOORBEREIDING)
    inleiding = HtmlVeld(blank=True)
    acties = models.ManyToManyField(Actie, through="Jaaractie", related_name="jaaractieplannen")

    objects = JaaractieplanQuerySet.as_manager()

    class Meta:
        verbose_name = "jaaractieplan"
        verbose_name_plural = "jaaractieplannen"
        ordering = ["plan", "jaar"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "jaar"],
                name="jaaractieplan_een_per_jaar",
                violation_error_message="Er is al een jaaractieplan voor dit jaar.",
            )
        ]

    def __str__(self):
        return f"Jaaractieplan {self.jaar}"

    def get_absolute_url(self):
        return reverse("plan:jaar", args=[self.plan.slug, self.jaar])

    def clean(self):
        if self.plan_id and self.jaar and self.jaar not in self.plan.jaren:
            raise ValidationError({"jaar": f"Kies een jaar in de periode van het plan ({self.plan.periode})."})


@regel(
    "jaaractie_actie_van_dit_plan",
    """
    EXISTS (SELECT 1 FROM plan_onderdeel o JOIN plan_jaaractieplan j ON j.plan_id = o.plan_id
            WHERE o.id = NEW.actie_id AND o.soort = 'actie' AND j.id = NEW.jaaractieplan_id)
    """,
)
@pghistory.track()
@publiek
class Jaaractie(models.Model):
    """What happens in one year for one action, what came of it, and why it moved on when it did."""

    jaaractieplan = models.ForeignKey(Jaaractieplan, on_delete=models.CASCADE, related_name="regels")
    actie = models.ForeignKey(
        Actie, on_delete=models.PROTECT, related_name="jaaracties", limit_choices_to={"soort": "actie"}
    )
    wat = models.CharField("wat doen we dit jaar", max_length=300)
    resultaat = models.TextField(blank=True)
    overgedragen = models.BooleanField("komt van vorig jaar", default=False)
    overgedragen_reden = models.CharField("waarom schoof dit door", max_length=300, blank=True)

    class Meta:
        verbose_name = "actie van het jaar"
        verbose_name_plural = "acties van het jaar"
        ordering = ["jaaractieplan", "actie__volgorde", "actie__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["jaaractieplan", "actie"],
                name="jaaractie_een_per_actie",
                violation_error_message="Deze actie staat al in dit jaar.",
            ),
            models.CheckConstraint(
                condition=(Q(overgedragen=True) & ~Q(overgedragen_reden=""))
                | Q(overgedragen=False, overgedragen_reden=""),
                name="jaaractie_overgedragen_heeft_reden",
                violation_error_message="Schuift een actie door van vorig jaar? Vink het aan en schrijf waarom.",
            ),
        ]

    def __str__(self):
        return f"{self.jaaractieplan}: {self.actie.code}"
