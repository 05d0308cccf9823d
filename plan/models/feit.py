"""Figures and findings of the environment analysis, and which part of the plan each of them justifies."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models

from plan.models.onderdeel import Onderdeel
from plan.models.plan import Plan, VanPlanQuerySet
from plan.regels import regel
from sociaalhuis.versie import publiek


@pghistory.track()
@publiek
class Feit(models.Model):
    """One figure or finding, with where it comes from: "1 op 8 kinderen groeit op in armoede (Opgroeien, 2024)"."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="feiten")
    zin = models.CharField("wat stellen we vast", max_length=300, help_text="Eén zin die ook zonder tabel klopt.")
    waarde = models.DecimalField("getal", max_digits=14, decimal_places=2, null=True, blank=True)
    eenheid = models.CharField(max_length=40, blank=True, help_text="Zoals %, gezinnen of euro per maand.")
    bron = models.CharField(
        max_length=160, help_text="Wie zegt dit? Zoals Opgroeien, gemeente-stadsmonitor of eigen telling."
    )
    bron_adres = models.URLField("webadres van de bron", blank=True)
    datum = models.DateField("stand van")
    themas = models.ManyToManyField("sociaalhuis.Thema", blank=True, related_name="feiten", verbose_name="thema's")
    doelgroepen = models.ManyToManyField("sociaalhuis.Doelgroep", blank=True, related_name="feiten")
    gebieden = models.ManyToManyField("sociaalhuis.Gebied", blank=True, related_name="feiten")
    onderdelen = models.ManyToManyField(Onderdeel, through="Verantwoording", related_name="feiten")

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "vaststelling"
        verbose_name_plural = "vaststellingen"
        ordering = ["plan", "-datum", "zin"]

    def __str__(self):
        return self.zin

    def clean(self):
        if self.eenheid and self.waarde is None:
            raise ValidationError({"waarde": "Je gaf een eenheid. Vul ook het getal in, of maak de eenheid leeg."})


@regel(
    "verantwoording_zelfde_plan",
    """
    EXISTS (SELECT 1 FROM plan_feit f JOIN plan_onderdeel o ON o.plan_id = f.plan_id
            WHERE f.id = NEW.feit_id AND o.id = NEW.onderdeel_id)
    """,
)
@pghistory.track()
@publiek
class Verantwoording(models.Model):
    """Why a part is in the plan: this finding asks for it."""

    feit = models.ForeignKey(Feit, on_delete=models.CASCADE, related_name="verantwoordingen")
    onderdeel = models.ForeignKey(Onderdeel, on_delete=models.CASCADE, related_name="verantwoordingen")
    uitleg = models.CharField("waarom vraagt dit om dit deel", max_length=300, blank=True)

    class Meta:
        verbose_name = "verantwoording"
        verbose_name_plural = "verantwoording"
        ordering = ["onderdeel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feit", "onderdeel"],
                name="verantwoording_een_keer",
                violation_error_message="Deze vaststelling staat hier al bij.",
            )
        ]

    def __str__(self):
        return str(self.feit)

    def clean(self):
        if self.feit_id and self.onderdeel_id and self.feit.plan_id != self.onderdeel.plan_id:
            raise ValidationError({"feit": "Deze vaststelling hoort bij een ander plan."})
