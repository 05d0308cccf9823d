"""The yearly action plans: what of the plan happens in one year, adopted and then followed up.

A year that was adopted stays as it was: what it holds is kept as text with its fingerprint, and the database refuses to
change which actions it has and what they do. What came of them is written until the year is closed.
"""

import json
from functools import cached_property

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from plan.models.plan import Plan, ziet_alles
from plan.models.soorten import Actie
from plan.models.versie import VINGERAFDRUK_IN_SQL
from plan.regels import regel
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek


class JaaractieplanQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """A year that is still being prepared is only for who works on the plan."""
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(plan__in=Plan.objects.openbaar()).exclude(staat=Jaaractieplan.Staat.VOORBEREIDING)


VAST = """
    OLD.vastgesteld_op IS NULL OR (
        (NEW.plan_id, NEW.jaar, NEW.inleiding, NEW.tekst, NEW.vingerafdruk, NEW.vastgesteld_op, NEW.vastgesteld_door_id)
            IS NOT DISTINCT FROM
        (OLD.plan_id, OLD.jaar, OLD.inleiding, OLD.tekst, OLD.vingerafdruk, OLD.vastgesteld_op, OLD.vastgesteld_door_id)
        AND NEW.staat IN ('vastgesteld', 'afgesloten')
        AND (OLD.staat <> 'afgesloten' OR (NEW.staat, NEW.evaluatie) = (OLD.staat, OLD.evaluatie)))
"""


@pgtrigger.register(
    pgtrigger.Protect(
        name="jaaractieplan_vastgesteld_blijft_bestaan",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Q(old__vastgesteld_op__isnull=False),
    )
)
@regel("jaaractieplan_vastgesteld_blijft", VAST, wanneer=pgtrigger.Update)
@regel(
    "jaaractieplan_jaar_in_periode",
    "EXISTS (SELECT 1 FROM plan_plan p WHERE p.id = NEW.plan_id AND NEW.jaar BETWEEN p.beginjaar AND p.eindjaar)",
)
@pghistory.track(exclude=["tekst"])
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
    evaluatie = HtmlVeld(blank=True, help_text="Op het einde van het jaar: wat lukte, wat niet, wat leerden we?")
    vastgesteld_op = models.DateField(null=True, editable=False)
    vastgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    tekst = models.TextField(blank=True, editable=False)  # what was adopted, as JSON: see `plan.jaren.inhoud_van`
    vingerafdruk = models.CharField(max_length=64, blank=True, editable=False)
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
            ),
            models.CheckConstraint(
                condition=Q(vastgesteld_op__isnull=True, vastgesteld_door__isnull=True, tekst="", vingerafdruk="")
                | (
                    Q(
                        vastgesteld_op__isnull=False,
                        vastgesteld_door__isnull=False,
                        staat__in=["vastgesteld", "afgesloten"],
                    )
                    & Q(vingerafdruk=VINGERAFDRUK_IN_SQL)
                ),
                name="jaaractieplan_vast_heel_of_niet",
            ),
        ]

    def __str__(self):
        return f"Jaaractieplan {self.jaar}"

    def get_absolute_url(self):
        return reverse("plan:jaar", args=[self.plan.slug, self.jaar])

    @property
    def is_vast(self):
        """Whether it was adopted with what it held, so that only results may still be written."""
        return self.vastgesteld_op is not None

    @cached_property
    def inhoud(self):
        """What was adopted, as Python data; None before."""
        return json.loads(self.tekst) if self.tekst else None

    def clean(self):
        if self.plan_id and self.jaar and self.jaar not in self.plan.jaren:
            raise ValidationError({"jaar": f"Kies een jaar in de periode van het plan ({self.plan.periode})."})


REGEL_BLIJFT = """
    IF EXISTS (
        SELECT 1 FROM plan_jaaractieplan j
        WHERE j.id IN (OLD.jaaractieplan_id, NEW.jaaractieplan_id) AND j.vastgesteld_op IS NOT NULL
          AND (TG_OP <> 'UPDATE' OR j.staat = 'afgesloten'
               OR (NEW.jaaractieplan_id, NEW.actie_id, NEW.wat, NEW.overgedragen, NEW.overgedragen_reden)
                  IS DISTINCT FROM
                  (OLD.jaaractieplan_id, OLD.actie_id, OLD.wat, OLD.overgedragen, OLD.overgedragen_reden)))
    THEN
        RAISE EXCEPTION 'rule "jaaractie_vastgesteld_blijft" does not hold'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'jaaractie_vastgesteld_blijft';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


@pgtrigger.register(
    pgtrigger.Trigger(
        name="jaaractie_vastgesteld_blijft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=REGEL_BLIJFT,
    )
)
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
        ordering = ["jaaractieplan", "actie__plek"]
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
