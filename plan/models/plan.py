"""The frame plan itself: its period, its mission and the pages around it."""

from datetime import date

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from plan.regels import regel
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER, heeft_rol, is_medewerker
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek

GENOEMD = 8  # codes that an error names


def ziet_alles(gebruiker):
    """Whether this user works on the plan and so also sees what is not public yet."""
    return heeft_rol(gebruiker, PLANMEDEWERKER, COORDINATOR)


class PlanQuerySet(models.QuerySet):
    def openbaar(self):
        """Plans that anyone may read."""
        return self.exclude(staat=Plan.Staat.VOORBEREIDING)

    def zichtbaar_voor(self, gebruiker):
        """The one door: everything for who works on the plan, else what is public.

        Who edits a part reads the whole of that plan, also while it is being made: no part can be written alone.
        """
        if ziet_alles(gebruiker):
            return self.all()
        if not (is_medewerker(gebruiker) and gebruiker.is_active):
            return self.openbaar()
        redacteur = Q(onderdelen__redacteurs__gebruiker=gebruiker)
        redacteur |= Q(onderdelen__redacteurs__team__in=[team.pk for team in gebruiker.eigen_teams])
        eigen = self.model.objects.filter(redacteur, staat=Plan.Staat.VOORBEREIDING)
        return self.filter(~Q(staat=Plan.Staat.VOORBEREIDING) | Q(pk__in=eigen.values("pk")))

    def huidig(self):
        """The plan that counts now, or None: adopted before draft, the latest period first."""
        volgorde = models.Case(
            models.When(staat=Plan.Staat.OPENBAAR, then=0), models.When(staat=Plan.Staat.ONTWERP, then=1), default=2
        )
        return self.openbaar().order_by(volgorde, "-beginjaar", "-pk").first()


@regel(
    "plan_periode_omvat_jaren",
    """
    NOT EXISTS (SELECT 1 FROM plan_jaaractieplan j
                WHERE j.plan_id = NEW.id AND j.jaar NOT BETWEEN NEW.beginjaar AND NEW.eindjaar)
    AND NOT EXISTS (SELECT 1 FROM plan_raming r JOIN plan_projectaanvraag p ON p.id = r.projectaanvraag_id
                    WHERE p.plan_id = NEW.id AND r.jaar NOT BETWEEN NEW.beginjaar AND NEW.eindjaar)
    AND NOT EXISTS (SELECT 1 FROM plan_besteding b JOIN plan_onderdeel o ON o.id = b.actie_id
                    WHERE o.plan_id = NEW.id AND b.jaar NOT BETWEEN NEW.beginjaar AND NEW.eindjaar)
    AND NOT EXISTS (SELECT 1 FROM plan_streefwaarde s JOIN plan_indicator i ON i.id = s.indicator_id
                    WHERE i.plan_id = NEW.id AND s.jaar NOT BETWEEN NEW.beginjaar AND NEW.eindjaar)
    """,
    wanneer=pgtrigger.Update,
)
@pghistory.track()
@publiek
class Plan(models.Model):
    """One frame plan of gemeente and OCMW for one period; derived plans rest on it."""

    class Staat(models.TextChoices):
        VOORBEREIDING = "voorbereiding", "In voorbereiding"
        ONTWERP = "ontwerp", "Ontwerp voor inspraak"
        OPENBAAR = "openbaar", "Vastgesteld en openbaar"
        AFGELOPEN = "afgelopen", "Afgelopen"

    slug = models.SlugField("naam in het webadres", unique=True, help_text="Zoals 2026-2031.")
    titel = models.CharField(max_length=120)
    beginjaar = models.PositiveSmallIntegerField()
    eindjaar = models.PositiveSmallIntegerField()
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.VOORBEREIDING, editable=False)
    gepubliceerd_op = models.DateField("openbaar sinds", null=True, blank=True, editable=False)
    missie = models.TextField(help_text="De grote opdracht in één of twee zinnen.")
    visie = HtmlVeld(blank=True)
    principes = HtmlVeld("principes en manier van kijken", blank=True)
    proces = HtmlVeld("hoe het plan gemaakt is", blank=True)
    structuur = HtmlVeld("hoe het plan opgebouwd is", blank=True)
    omgevingsanalyse = HtmlVeld("cijfers over de gemeente", blank=True)
    verouderd_na = models.PositiveSmallIntegerField(
        "niet bijgewerkt na",
        default=120,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text="Na zoveel dagen zonder nieuws vraagt een lopende actie om aandacht.",
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "plannen"
        ordering = ["-beginjaar", "slug"]
        permissions = [("publiceer_plan", "Kan een plan openbaar maken")]
        constraints = [
            models.CheckConstraint(condition=Q(eindjaar__gte=F("beginjaar")), name="plan_einde_na_begin"),
            models.CheckConstraint(
                condition=Q(staat="voorbereiding", gepubliceerd_op__isnull=True)
                | (~Q(staat="voorbereiding") & Q(gepubliceerd_op__isnull=False)),
                name="plan_openbaar_heeft_datum",
            ),
            models.CheckConstraint(
                condition=Q(verouderd_na__gte=7, verouderd_na__lte=730), name="plan_verouderd_na_week_tot_twee_jaar"
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("plan:plan", args=[self.slug])

    @property
    def periode(self):
        return f"{self.beginjaar}-{self.eindjaar}"

    @property
    def jaren(self):
        return range(self.beginjaar, self.eindjaar + 1)

    def clean(self):
        if self.beginjaar and self.eindjaar and self.eindjaar < self.beginjaar:
            raise ValidationError({"eindjaar": "Het eindjaar ligt voor het beginjaar. Kies een later jaar."})
        if self.slug in {"pijlers", "mijn", "redactie", "meten", "werklijst", "volgen"}:
            raise ValidationError({"slug": "Dit webadres is al in gebruik. Kies een ander, zoals 2026-2031."})
        if self.pk and self.beginjaar and self.eindjaar:
            buiten = sorted(
                {
                    jaar
                    for jaar in (
                        *self.jaaractieplannen.values_list("jaar", flat=True),
                        *self.projectaanvragen.filter(ramingen__isnull=False).values_list("ramingen__jaar", flat=True),
                    )
                    if jaar not in self.jaren
                }
            )
            if buiten:
                raise ValidationError(
                    f"Er zijn jaarplannen of ramingen voor {', '.join(map(str, buiten))}."
                    " Verplaats die eerst, of kies een langere periode."
                )
            if zinnen := self._buiten_periode():
                raise ValidationError([*zinnen, "Verplaats dat eerst, of kies een langere periode."])

    def _buiten_periode(self):
        """Sentences about what would fall outside the period: actions and tasks by their days, targets and spending."""
        eerste, laatste = date(self.beginjaar, 1, 1), date(self.eindjaar, 12, 31)
        buiten = Q(begin__lt=eerste) | Q(begin__gt=laatste) | Q(einde__lt=eerste) | Q(einde__gt=laatste)
        dagen = Q(taken__tegen__lt=eerste) | Q(taken__tegen__gt=laatste)
        besteed = Q(bestedingen__jaar__lt=self.beginjaar) | Q(bestedingen__jaar__gt=self.eindjaar)
        doelen = Q(streefwaarden__jaar__lt=self.beginjaar) | Q(streefwaarden__jaar__gt=self.eindjaar)
        acties = self.onderdelen.filter(soort="actie")
        gezocht = [
            ("Het begin of het einde valt buiten de periode", acties.filter(buiten)),
            ("Een taak of mijlpaal valt buiten de periode", acties.filter(dagen)),
            ("Er is geld uitgegeven in een jaar buiten de periode", acties.filter(besteed)),
            ("Een streefwaarde is voor een jaar buiten de periode", self.indicatoren.filter(doelen)),
        ]
        zinnen = []
        for zin, rijen in gezocht:
            codes = list(rijen.order_by("code").values_list("code", flat=True).distinct())
            if codes:
                meer = f" en nog {len(codes) - GENOEMD}" if len(codes) > GENOEMD else ""
                zinnen.append(f"{zin}: {', '.join(codes[:GENOEMD])}{meer}.")
        return zinnen


class VanPlanQuerySet(models.QuerySet):
    """Rows that belong to one plan and are as visible as that plan."""

    def zichtbaar_voor(self, gebruiker):
        return self.all() if ziet_alles(gebruiker) else self.filter(plan__in=Plan.objects.zichtbaar_voor(gebruiker))


@pghistory.track()
@publiek
class Pijler(models.Model):
    """One of the pillars the policy stands on: samenwerking, planning, sociaal huis, participatie."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="pijlers")
    code = models.SlugField()
    titel = models.CharField(max_length=80)
    tekst = HtmlVeld()
    volgorde = models.PositiveSmallIntegerField(default=0)

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "pijler"
        verbose_name_plural = "pijlers"
        ordering = ["plan", "volgorde", "code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="pijler_code_uniek")]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("plan:pijler", args=[self.plan.slug, self.code])
