"""The financial translation: a project request for an action, with its estimates per Bestuur and year."""

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from plan.models.bbc import BbcCode, Mjplijn, per_bestuur_en_jaar
from plan.models.onderdeel import CODE
from plan.models.plan import Plan, VanPlanQuerySet, ziet_alles
from plan.models.soorten import Actie
from plan.regels import regel
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.templatetags.huis import euro
from sociaalhuis.versie import publiek


class ProjectaanvraagQuerySet(VanPlanQuerySet):
    def zichtbaar_voor(self, gebruiker):
        """A request that is still being written is only for who works on the plan."""
        return self.all() if ziet_alles(gebruiker) else super().zichtbaar_voor(gebruiker).ingediend()

    def ingediend(self):
        """Requests that are no longer being written."""
        return self.exclude(staat=Projectaanvraag.Staat.CONCEPT)

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


# The estimates of a request that was handed in are together what it asks: looked at when the transaction ends, because
# the amounts and the rows change one after the other. The lock makes two who change rows at once see each other.
SOM_KLOPT = """
    PERFORM 1 FROM plan_projectaanvraag WHERE id IN ({wie}) FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM plan_projectaanvraag a
        WHERE a.id IN ({wie}) AND a.staat <> 'concept' AND a.gevraagde_uitgaven IS NOT NULL
          AND (a.gevraagde_uitgaven, a.verwachte_ontvangsten) <> (
            SELECT coalesce(sum(r.bedrag) FILTER (WHERE r.richting = 'uitgave'), 0),
                   coalesce(sum(r.bedrag) FILTER (WHERE r.richting = 'ontvangst'), 0)
            FROM plan_raming r WHERE r.projectaanvraag_id = a.id))
    THEN
        RAISE EXCEPTION 'rule "projectaanvraag_som_klopt" does not hold'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projectaanvraag_som_klopt';
    END IF;
    RETURN NULL;
"""


def som_klopt(operatie, wie):
    return pgtrigger.register(
        pgtrigger.Trigger(
            name="projectaanvraag_som_klopt",
            when=pgtrigger.After,
            operation=operatie,
            timing=pgtrigger.Deferred,
            func=SOM_KLOPT.format(wie=wie),
        )
    )


@som_klopt(pgtrigger.Insert | pgtrigger.Update, "NEW.id")
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
        CONCEPT = "concept", "In opmaak"
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
    motivatie = HtmlVeld(blank=True, help_text="Waarom is dit geld nodig? Wat gebeurt er zonder?")
    gevraagde_uitgaven = models.DecimalField(
        "gevraagd bedrag in euro",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.00"))],
        help_text="Alle uitgaven samen, over alle jaren en beide besturen. De ramingen moeten samen evenveel zijn.",
    )
    verwachte_ontvangsten = models.DecimalField(
        "verwachte ontvangsten in euro",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.00"))],
        help_text="Subsidies en bijdragen samen. Schrijf 0 als er geen zijn.",
    )
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.CONCEPT)
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
                    staat__in=["concept", "ingediend", "geadviseerd"],
                    beslist_op__isnull=True,
                    beslist_door__isnull=True,
                    beslissing="",
                ),
                name="projectaanvraag_beslissing_heel_of_niet",
            ),
            models.CheckConstraint(
                condition=Q(gevraagde_uitgaven__isnull=True, verwachte_ontvangsten__isnull=True)
                | Q(
                    gevraagde_uitgaven__isnull=False,
                    verwachte_ontvangsten__isnull=False,
                    gevraagde_uitgaven__gte=0,
                    verwachte_ontvangsten__gte=0,
                ),
                name="projectaanvraag_bedragen_samen",
                violation_error_message="Vul het gevraagde bedrag én de verwachte ontvangsten in. Zijn er geen? Schrijf 0.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.titel}"

    @property
    def is_beslist(self):
        return self.staat in self.BESLIST

    def som_fouten(self, totalen):
        """Dutch sentences about `totalen` ({"uitgave", "ontvangst"} of the estimates) that is not what was asked."""
        gevraagd = {"uitgave": self.gevraagde_uitgaven, "ontvangst": self.verwachte_ontvangsten}
        namen = {"uitgave": "uitgaven", "ontvangst": "ontvangsten"}
        return [
            f"De ramingen zijn samen {euro(totalen[soort])} {namen[soort]}, maar je vraagt {euro(bedrag)}."
            f" Het verschil is {euro(abs(bedrag - totalen[soort]))}."
            for soort, bedrag in gevraagd.items()
            if bedrag is not None and bedrag != totalen[soort]
        ]

    def noteer_staat(self, staat, *, door, beslissing="", op=None):
        """Sets the state, the one place where it changes. Does not save.

        A decision carries when, who and why; an undecided request has none of the three. Taking up an approved
        request in the multi-year plan, and undoing that, keeps its decision.
        """
        blijft = self.staat in self.TOEGEKEND and staat in self.TOEGEKEND
        self.staat = staat
        if not self.is_beslist:
            self.beslist_op, self.beslist_door, self.beslissing = None, None, ""
        elif (blijft or staat == self.Staat.OPGENOMEN) and self.beslist_op:
            self.beslissing = beslissing or self.beslissing
        else:
            self.beslist_op, self.beslist_door, self.beslissing = op or timezone.localdate(), door, beslissing

    def clean(self):
        fouten = {}
        for veld, ander in (
            ("gevraagde_uitgaven", "verwachte_ontvangsten"),
            ("verwachte_ontvangsten", "gevraagde_uitgaven"),
        ):
            if getattr(self, veld) is None and getattr(self, ander) is not None:
                fouten[veld] = "Vul dit bedrag ook in. Is er geen? Schrijf dan 0."
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
        return per_bestuur_en_jaar(self)

    def totalen(self):
        """{"uitgave": Decimal, "ontvangst": Decimal, "saldo": Decimal} over all rows."""
        som = self.aggregate(
            uitgave=Sum("bedrag", filter=Q(richting=Raming.Richting.UITGAVE), default=Decimal("0.00")),
            ontvangst=Sum("bedrag", filter=Q(richting=Raming.Richting.ONTVANGST), default=Decimal("0.00")),
        )
        return {**som, "saldo": som["ontvangst"] - som["uitgave"]}


@som_klopt(pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete, "OLD.projectaanvraag_id, NEW.projectaanvraag_id")
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
