"""Derived plans: the plan of the elderly, of childcare, of the young, over the same actions.

A `Deelplan` is a lens and holds no action: it points. Which actions it shows follows from its filter (target groups and
themes) and from what was picked in or out by hand, each with its reason. Each version of the plan freezes its derived
plans along (`momentopname.deelplannen`).
"""

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


class DeelplanQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(openbaar=True, plan__in=Plan.objects.openbaar())


@pghistory.track()
@publiek
class Deelplan(models.Model):
    """A lens on the actions of a plan, with its own introduction and the council that gives advice on it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="deelplannen")
    slug = models.SlugField("naam in het webadres", max_length=60, help_text="Zoals ouderenplan.")
    titel = models.CharField(max_length=120)
    inleiding = HtmlVeld(blank=True)
    adviesraad = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="deelplannen",
        help_text="Wie over dit deelplan advies geeft, zoals de ouderenraad.",
    )  # fmt: skip
    doelgroepen = models.ManyToManyField(
        "sociaalhuis.Doelgroep", blank=True, related_name="deelplannen",
        help_text="Acties voor een van deze groepen horen erbij.",
    )  # fmt: skip
    themas = models.ManyToManyField(
        "sociaalhuis.Thema", blank=True, related_name="deelplannen", verbose_name="thema's",
        help_text="Kies je ook thema's, dan horen alleen acties erbij die in beide passen.",
    )  # fmt: skip
    volgorde = models.PositiveSmallIntegerField(default=0)
    openbaar = models.BooleanField("staat op de site", default=False)

    objects = DeelplanQuerySet.as_manager()

    class Meta:
        verbose_name = "deelplan"
        verbose_name_plural = "deelplannen"
        ordering = ["plan", "volgorde", "titel"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="deelplan_slug_uniek",
                violation_error_message="Dit webadres is al in gebruik in dit plan. Kies een ander.",
            )
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("plan:deelplan", args=[self.plan.slug, self.slug])

    def acties(self):
        """The actions it shows, never a copy: by its filter and by hand. Without a filter only what was picked."""
        keuzes = list(self.keuzes.all())
        erin = [keuze.actie_id for keuze in keuzes if keuze.erbij]
        eruit = [keuze.actie_id for keuze in keuzes if not keuze.erbij]
        groepen, themas = list(self.doelgroepen.all()), list(self.themas.all())
        past = Q(pk__in=erin)
        if groepen or themas:
            binnen = Actie.objects.filter(plan_id=self.plan_id)
            binnen = binnen.filter(doelgroepen__in=groepen) if groepen else binnen
            binnen = binnen.filter(themas__in=themas) if themas else binnen
            past |= Q(pk__in=binnen.values("pk"))
        return Actie.objects.filter(past, plan_id=self.plan_id).exclude(pk__in=eruit)


@regel(
    "deelplankeuze_actie_van_dit_plan",
    """
    EXISTS (SELECT 1 FROM plan_onderdeel o JOIN plan_deelplan d ON d.plan_id = o.plan_id
            WHERE o.id = NEW.actie_id AND o.soort = 'actie' AND d.id = NEW.deelplan_id)
    """,
)
@pghistory.track()
@publiek
class Deelplankeuze(models.Model):
    """An action that was picked in or out by hand, with the reason."""

    deelplan = models.ForeignKey(Deelplan, on_delete=models.CASCADE, related_name="keuzes")
    actie = models.ForeignKey(
        Actie, on_delete=models.CASCADE, related_name="deelplankeuzes", limit_choices_to={"soort": "actie"}
    )
    erbij = models.BooleanField("hoort erbij", default=True, help_text="Vink uit om de actie eruit te halen.")
    reden = models.CharField(max_length=200)

    class Meta:
        verbose_name = "keuze met de hand"
        verbose_name_plural = "keuzes met de hand"
        ordering = ["deelplan", "actie__plek"]
        constraints = [
            models.UniqueConstraint(
                fields=["deelplan", "actie"],
                name="deelplankeuze_een_per_actie",
                violation_error_message="Over deze actie is al gekozen.",
            ),
            models.CheckConstraint(condition=~Q(reden=""), name="deelplankeuze_heeft_reden"),
        ]

    def __str__(self):
        return f"{self.actie.code} {'erbij' if self.erbij else 'eruit'}"

    def clean(self):
        if self.actie_id and self.deelplan_id and self.actie.plan_id != self.deelplan.plan_id:
            raise ValidationError({"actie": "Deze actie hoort bij een ander plan."})
