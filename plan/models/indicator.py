"""What is measured to know whether the plan works: indicators, their targets per year, and which parts they tell about.

An indicator hangs on any part of the plan through one table (`Indicatorkoppeling`). What was measured stands in
`models/meting.py`; whether it is on course is computed (`plan.koers`) and kept nowhere.
"""

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from plan.models.onderdeel import CODE, Onderdeel
from plan.models.plan import Plan, VanPlanQuerySet
from plan.perioden import LENGTE, periode_van
from plan.regels import regel
from sociaalhuis.templatetags.huis import getal
from sociaalhuis.versie import publiek
from sociaalhuis.verslag.model import MINDER, VLOER


class IndicatorQuerySet(VanPlanQuerySet):
    def met_cijfers(self):
        """Adds `doelrijen` and `meetrijen` (approved only), oldest first, as `plan.meten` reads them; no extra query."""

        def rijen(model, wanneer, **voorwaarde):
            gezocht = model.objects.filter(indicator=OuterRef("pk"), **voorwaarde).order_by(wanneer)
            return ArraySubquery(
                gezocht.values(rij=JSONObject(wanneer=wanneer, waarde=Cast("waarde", models.TextField())))
            )

        return self.annotate(
            doelrijen=rijen(Streefwaarde, "jaar"),
            meetrijen=rijen(self.model._meta.get_field("metingen").related_model, "datum", staat="goedgekeurd"),
        )

    def met_delen(self):
        """Adds `deelsleutels`: the keys of the parts it tells about."""
        koppelingen = Indicatorkoppeling.objects.filter(indicator=OuterRef("pk")).order_by("pk")
        return self.annotate(deelsleutels=ArraySubquery(koppelingen.values("onderdeel_id")))


@pghistory.track()
@publiek
class Indicator(models.Model):
    class Richting(models.TextChoices):
        OMHOOG = "omhoog", "Omhoog: meer is beter"
        OMLAAG = "omlaag", "Omlaag: minder is beter"
        HOUDEN = "houden", "Houden: het moet zo blijven"

    class Over(models.TextChoices):
        MENSEN = "mensen", "Een aantal mensen of gezinnen"
        AANDEEL = "aandeel", "Een aandeel of gemiddelde van mensen"
        DINGEN = "dingen", "Iets anders: plaatsen, euro, dagen"

    class Frequentie(models.TextChoices):
        MAAND = "maand", "Elke maand"
        KWARTAAL = "kwartaal", "Elk kwartaal"
        HALFJAAR = "halfjaar", "Elk half jaar"
        JAAR = "jaar", "Elk jaar"
        TWEE_JAAR = "twee-jaar", "Om de twee jaar"
        DRIE_JAAR = "drie-jaar", "Om de drie jaar"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="indicatoren")
    code = models.CharField(max_length=40, validators=[CODE])
    titel = models.CharField("wat meten we", max_length=200)
    definitie = models.TextField(
        "wat telt mee en wat niet", max_length=2000, help_text="Zo dat een collega volgend jaar hetzelfde telt."
    )
    eenheid = models.CharField(max_length=40, help_text="Zoals %, gezinnen, plaatsen of euro per maand.")
    over = models.CharField("wat is het getal", max_length=10, choices=Over.choices, default=Over.DINGEN)
    cijfers = models.PositiveSmallIntegerField("cijfers na de komma", default=0, validators=[MaxValueValidator(2)])
    richting = models.CharField("welke kant moet het uit", max_length=10, choices=Richting.choices)
    marge = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)],
        help_text="Zoveel mag het afwijken en toch op koers zijn.",
    )  # fmt: skip
    nulmeting = models.DecimalField("waar vertrekken we", max_digits=14, decimal_places=2, null=True, blank=True)
    nulmeting_op = models.DateField("nulmeting van", null=True, blank=True)
    bron = models.CharField("waar komt het cijfer vandaan", max_length=160)
    bron_adres = models.URLField("webadres van de bron", blank=True)
    eigenaar = models.CharField("wie meet", max_length=120, help_text="De dienst of het team, nooit een persoon.")
    frequentie = models.CharField("hoe vaak", max_length=10, choices=Frequentie.choices, default=Frequentie.JAAR)
    vanaf_jaar = models.PositiveSmallIntegerField(
        "eerste jaar met cijfers", null=True, blank=True, help_text="Leeg: het eerste jaar van het plan."
    )
    volgorde = models.PositiveSmallIntegerField(default=0)
    onderdelen = models.ManyToManyField(Onderdeel, through="Indicatorkoppeling", related_name="indicatoren")

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["plan", "volgorde", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="indicator_code_uniek",
                violation_error_message="Deze code bestaat al in dit plan. Kies een andere.",
            ),
            models.CheckConstraint(
                condition=Q(nulmeting__isnull=True, nulmeting_op__isnull=True)
                | Q(nulmeting__isnull=False, nulmeting_op__isnull=False),
                name="indicator_nulmeting_heel_of_niet",
                violation_error_message="Vul bij de nulmeting het getal en de datum in, of geen van beide.",
            ),
            models.CheckConstraint(
                condition=~Q(over="mensen") | Q(cijfers=0),
                name="indicator_mensen_zijn_heel",
                violation_error_message="Een aantal mensen heeft geen cijfers na de komma.",
            ),
            models.CheckConstraint(condition=Q(cijfers__lte=2, marge__gte=0), name="indicator_cijfers_en_marge_kunnen"),
        ]

    def __str__(self):
        return f"{self.code} {self.titel}"

    def get_absolute_url(self):
        return reverse("plan:indicator", args=[self.plan.slug, self.code])

    @property
    def eerste_jaar(self):
        return self.vanaf_jaar or self.plan.beginjaar

    def periode_van(self, dag):
        """The `Periode` in which this is measured once, around a day."""
        return periode_van(self.frequentie, dag, self.plan.beginjaar)

    def zeg(self, waarde):
        """A value with its unit, as anyone may read it: '1.234 gezinnen', '34,5 %'; fewer than five people '< 5 gezinnen'."""
        return "" if waarde is None else f"{self.zeg_kaal(waarde)} {self.eenheid}"

    def zeg_kaal(self, waarde):
        return MINDER if self.is_klein(waarde) else getal(waarde, self.cijfers)

    def is_klein(self, waarde):
        """Whether the floor hides this value: so few people that someone might recognise them."""
        return self.over == self.Over.MENSEN and waarde is not None and 0 < waarde < VLOER

    def clean(self):
        fouten = {}
        if self.plan_id and self.vanaf_jaar and not self.plan.beginjaar - 30 <= self.vanaf_jaar <= self.plan.eindjaar:
            fouten["vanaf_jaar"] = f"Kies een jaar tot en met {self.plan.eindjaar}, hoogstens 30 jaar voor het plan."
        if self.pk and self.metingen.exists():
            oud = Indicator.objects.only("frequentie").get(pk=self.pk)
            if oud.frequentie != self.frequentie:
                fouten["frequentie"] = (
                    "Er zijn al metingen. Maak een nieuwe indicator als je vaker of minder vaak meet."
                )
        if fouten:
            raise ValidationError(fouten)


assert set(LENGTE) == set(Indicator.Frequentie.values)


@regel(
    "streefwaarde_jaar_in_periode",
    """
    EXISTS (SELECT 1 FROM plan_indicator i JOIN plan_plan p ON p.id = i.plan_id
            WHERE i.id = NEW.indicator_id AND NEW.jaar BETWEEN p.beginjaar AND p.eindjaar)
    """,
)
@pghistory.track()
@publiek
class Streefwaarde(models.Model):
    """The value that an indicator must have at the end of a year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="streefwaarden")
    jaar = models.PositiveSmallIntegerField()
    waarde = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "streefwaarde"
        verbose_name_plural = "streefwaarden"
        ordering = ["indicator", "jaar"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "jaar"],
                name="streefwaarde_een_per_jaar",
                violation_error_message="Voor dit jaar is er al een streefwaarde.",
            )
        ]

    def __str__(self):
        return f"{self.indicator.code} in {self.jaar}: {self.indicator.zeg(self.waarde)}"

    def clean(self):
        plan = self.indicator.plan if self.indicator_id else None
        if plan and self.jaar and self.jaar not in plan.jaren:
            raise ValidationError({"jaar": f"Kies een jaar in de periode van het plan ({plan.periode})."})


@regel(
    "indicatorkoppeling_zelfde_plan",
    """
    EXISTS (SELECT 1 FROM plan_indicator i JOIN plan_onderdeel o ON o.plan_id = i.plan_id
            WHERE i.id = NEW.indicator_id AND o.id = NEW.onderdeel_id)
    """,
)
@pghistory.track()
@publiek
class Indicatorkoppeling(models.Model):
    """This indicator tells about this part of the plan."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="koppelingen")
    onderdeel = models.ForeignKey(Onderdeel, on_delete=models.CASCADE, related_name="indicatorkoppelingen")
    meet_voortgang = models.BooleanField(
        "bepaalt mee de stand van de actie",
        default=True,
        help_text="Vink uit als het cijfer wel iets zegt, maar niet hoever de actie staat.",
    )

    class Meta:
        verbose_name = "koppeling van een indicator"
        verbose_name_plural = "waarover dit iets zegt"
        ordering = ["indicator", "onderdeel__volgorde", "onderdeel__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "onderdeel"],
                name="indicatorkoppeling_een_keer",
                violation_error_message="Dit deel staat hier al bij.",
            )
        ]

    def __str__(self):
        return str(self.onderdeel)

    def clean(self):
        if self.indicator_id and self.onderdeel_id and self.indicator.plan_id != self.onderdeel.plan_id:
            raise ValidationError({"onderdeel": "Dit deel hoort bij een ander plan."})
