"""The financial translation: a project request for an action, with its estimates per Bestuur and year."""

from collections import defaultdict
from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from plan.models.bbc import BbcCode, Mjplijn
from plan.models.onderdeel import CODE
from plan.models.plan import Plan, VanPlanQuerySet, ziet_alles
from plan.models.soorten import Actie
from plan.regels import regel
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek


class ProjectaanvraagQuerySet(VanPlanQuerySet):
    def toegekend(self):
        """Requests whose money counts: approved, or taken up in the multi-year plan."""
        return self.filter(staat__in=Projectaanvraag.TOEGEKEND)

    def met_saldo(self):
        """Adds `uitgaven` and `ontvangsten` over all years and both besturen."""
        return self.annotate(
            **{
                naam: Sum("ramingen__bedrag", filter=Q(ramingen__richting=richting), default=Decimal("0.00"))
                for naam, richting in (("uitgaven", "uitgave"), ("ontvangsten", "ontvangst"))
            }
        )


@regel(
    "projectaanvraag_actie_van_dit_plan",
    "EXISTS (SELECT 1 FROM plan_onderdeel o"
    " WHERE o.id = NEW.actie_id AND o.soort = 'actie' AND o.plan_id = NEW.plan_id)",
)
@pghistory.track()
@publiek
class Projectaanvraag(models.Model):
    """Who asks money for which action, and why."""

    class Staat(models.TextChoices):
        INGEDIEND = "ingediend", "Ingediend"
        GEADVISEERD = "geadviseerd", "Geadviseerd"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
        GEWEIGERD = "geweigerd", "Geweigerd"
        OPGENOMEN = "opgenomen", "Opgenomen in het meerjarenplan"

    TOEGEKEND = (Staat.GOEDGEKEURD, Staat.OPGENOMEN)
    BESLIST = (*TOEGEKEND, Staat.GEWEIGERD)

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="projectaanvragen")
    code = models.CharField(max_length=40, validators=[CODE])
    titel = models.CharField(max_length=200)
    actie = models.ForeignKey(
        Actie, on_delete=models.PROTECT, related_name="projectaanvragen", limit_choices_to={"soort": "actie"}
    )
    aanvrager = models.CharField(max_length=120, help_text="De dienst of het team, nooit een persoon.")
    motivatie = HtmlVeld(blank=True)
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.INGEDIEND)
    beslist_op = models.DateField(null=True, blank=True)
    beslist_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    beslissing = models.TextField("waarom deze beslissing", blank=True)

    objects = ProjectaanvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "projectaanvraag"
        verbose_name_plural = "projectaanvragen"
        ordering = ["plan", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="projectaanvraag_code_uniek",
                violation_error_message="Deze code bestaat al in dit plan. Kies een andere.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(staat__in=["goedgekeurd", "geweigerd", "opgenomen"])
                    & Q(beslist_op__isnull=False, beslist_door__isnull=False)
                    & ~Q(beslissing="")
                )
                | Q(
                    staat__in=["ingediend", "geadviseerd"],
                    beslist_op__isnull=True,
                    beslist_door__isnull=True,
                    beslissing="",
                ),
                name="projectaanvraag_beslissing_heel_of_niet",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.titel}"

    @property
    def is_beslist(self):
        return self.staat in self.BESLIST

    def noteer_staat(self, staat, *, door, beslissing="", op=None):
        """Sets the state, the one place where it changes. Does not save.

        A decision carries when, who and why; an undecided request has none of the three. Taking up an approved
        request in the multi-year plan keeps its decision.
        """
        self.staat = staat
        if not self.is_beslist:
            self.beslist_op, self.beslist_door, self.beslissing = None, None, ""
        elif staat == self.Staat.OPGENOMEN and self.beslist_op:
            self.beslissing = beslissing or self.beslissing
        else:
            self.beslist_op, self.beslist_door, self.beslissing = op or timezone.localdate(), door, beslissing

    def clean(self):
        fouten = {}
        if self.actie_id and self.plan_id and self.actie.plan_id != self.plan_id:
            fouten["actie"] = "Deze actie hoort bij een ander plan."
        if self.is_beslist and not self.beslissing:
            fouten["beslissing"] = "Schrijf waarom er zo beslist is."
        if not self.is_beslist and self.beslissing:
            fouten["beslissing"] = "Er is nog niet beslist. Kies eerst een andere stand, of maak dit veld leeg."
        if fouten:
            raise ValidationError(fouten)


class RamingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(projectaanvraag__plan__in=Plan.objects.openbaar())

    def van_plan(self, plan):
        return self.filter(projectaanvraag__plan=plan)

    def toegekend(self):
        """Estimates of requests that were granted."""
        return self.filter(projectaanvraag__staat__in=Projectaanvraag.TOEGEKEND)

    def geld_per_bestuur_en_jaar(self):
        """{code of the Bestuur: {year: {"uitgave": Decimal, "ontvangst": Decimal, "saldo": Decimal}}}, to the cent."""
        geld = defaultdict(
            lambda: defaultdict(lambda: dict.fromkeys(("uitgave", "ontvangst", "saldo"), Decimal("0.00")))
        )
        sommen = self.order_by().values_list("bestuur__code", "jaar", "richting").annotate(som=Sum("bedrag"))
        for bestuur, jaar, richting, som in sommen:
            vak = geld[bestuur][jaar]
            vak[richting] += som
            vak["saldo"] = vak["ontvangst"] - vak["uitgave"]
        return {bestuur: dict(jaren) for bestuur, jaren in geld.items()}

    def totalen(self):
        """{"uitgave": Decimal, "ontvangst": Decimal, "saldo": Decimal} over all rows."""
        som = self.aggregate(
            uitgave=Sum("bedrag", filter=Q(richting=Raming.Richting.UITGAVE), default=Decimal("0.00")),
            ontvangst=Sum("bedrag", filter=Q(richting=Raming.Richting.ONTVANGST), default=Decimal("0.00")),
        )
        return {**som, "saldo": som["ontvangst"] - som["uitgave"]}


@regel(
    "raming_jaar_in_periode",
    """
    EXISTS (SELECT 1 FROM plan_projectaanvraag a JOIN plan_plan p ON p.id = a.plan_id
            WHERE a.id = NEW.projectaanvraag_id AND NEW.jaar BETWEEN p.beginjaar AND p.eindjaar)
    """,
)
@regel(
    "raming_bbc_code_past",
    """
    NEW.bbc_code_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_bbccode b JOIN plan_projectaanvraag a ON a.plan_id = b.plan_id
        WHERE b.id = NEW.bbc_code_id AND b.bestuur_id = NEW.bestuur_id AND a.id = NEW.projectaanvraag_id)
    """,
)
@pghistory.track()
@publiek
class Raming(models.Model):
    """One estimate: an amount of one Bestuur in one year, with a direction (so never negative)."""

    Soort, Richting = Mjplijn.Soort, Mjplijn.Richting  # an estimate and a line of the multi-year plan say the same

    projectaanvraag = models.ForeignKey(Projectaanvraag, on_delete=models.CASCADE, related_name="ramingen")
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="ramingen")
    jaar = models.PositiveSmallIntegerField()
    soort = models.CharField(max_length=15, choices=Soort.choices, default=Soort.EXPLOITATIE)
    richting = models.CharField("uitgave of ontvangst", max_length=10, choices=Richting.choices)
    bbc_code = models.ForeignKey(
        BbcCode, null=True, blank=True, on_delete=models.PROTECT, related_name="ramingen", verbose_name="BBC-code"
    )
    bedrag = models.DecimalField(
        "bedrag in euro", max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )

    objects = RamingQuerySet.as_manager()

    class Meta:
        verbose_name = "raming"
        verbose_name_plural = "ramingen"
        ordering = ["projectaanvraag", "bestuur", "soort", "richting", "bbc_code", "jaar"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bedrag__gt=0),
                name="raming_bedrag_boven_nul",
                violation_error_message="Geef een bedrag boven nul. Een ontvangst kies je bij 'uitgave of ontvangst'.",
            ),
        ]

    def __str__(self):
        return f"{self.bestuur} {self.jaar}: {self.bedrag} ({self.get_richting_display().lower()})"

    def clean(self):
        fouten = {}
        plan = self.projectaanvraag.plan if self.projectaanvraag_id and self.projectaanvraag.plan_id else None
        if plan and self.jaar and self.jaar not in plan.jaren:
            fouten["jaar"] = f"Kies een jaar in de periode van het plan ({plan.periode})."
        if plan and self.bbc_code_id and self.bbc_code.plan_id != plan.pk:
            fouten["bbc_code"] = "Deze BBC-code hoort bij een ander plan."
        elif self.bbc_code_id and self.bestuur_id and self.bbc_code.bestuur_id != self.bestuur_id:
            fouten["bbc_code"] = "Deze BBC-code hoort bij het andere bestuur."
        if fouten:
            raise ValidationError(fouten)
