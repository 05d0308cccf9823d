"""The multi-year plan of gemeente and OCMW beside this plan: its codes with their texts, and its lines with amounts.

A code means something only with its period and its Bestuur: the next period uses the same ones for something else. The
lines come from the accounting package (`acties.bbc.voer_in`); each import that changed something is a `Mjpversie`, so
the difference with the last adjustment can be told. Nothing here is edited by hand, but the links to parts of the plan.
"""

from collections import defaultdict
from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum

from plan.models.plan import Plan, VanPlanQuerySet, ziet_alles
from plan.regels import regel
from sociaalhuis.versie import publiek


@regel(
    "bbccode_ouder_past",
    """
    NEW.ouder_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_bbccode o
        WHERE o.id = NEW.ouder_id AND o.plan_id = NEW.plan_id AND o.bestuur_id = NEW.bestuur_id AND o.id <> NEW.id)
    """,
)
@pghistory.track()
@publiek
class BbcCode(models.Model):
    """A goal, action plan, action or line of the multi-year plan, with the texts of the BBC reports (in plain text)."""

    class Soort(models.TextChoices):
        STRATEGISCH = "sd", "Strategische doelstelling"
        DOELSTELLING = "bd", "Beleidsdoelstelling"
        ACTIEPLAN = "ap", "Actieplan"
        ACTIE = "ac", "Actie"
        LIJN = "lijn", "Lijn"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="bbc_codes")
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    soort = models.CharField(max_length=4, choices=Soort.choices, default=Soort.ACTIE)
    ouder = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="delen")
    externe_code = models.CharField("externe rapporteringscode", max_length=60, blank=True)
    korte_omschrijving = models.CharField(max_length=500, blank=True)
    lange_omschrijving = models.TextField(blank=True)
    commentaar = models.TextField(blank=True)
    evaluatie = models.TextField(blank=True)

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "BBC-code"
        verbose_name_plural = "BBC-codes"
        ordering = ["plan", "code", "bestuur"]
        constraints = [models.UniqueConstraint(fields=["plan", "bestuur", "code"], name="bbccode_uniek")]

    def __str__(self):
        return f"{self.code} ({self.bestuur})"

    def clean(self):
        """Says in words what `bbccode_ouder_past` refuses."""
        boven = self.ouder if self.ouder_id else None
        if boven and (boven.plan_id, boven.bestuur_id) != (self.plan_id, self.bestuur_id):
            raise ValidationError({"ouder": "Kies een code van hetzelfde plan en hetzelfde bestuur."})
        while boven:
            if boven.pk == self.pk:
                raise ValidationError({"ouder": "Deze code staat zelf onder de code die je koos. Kies een andere."})
            boven = boven.ouder


@pghistory.track()
@publiek
class Mjpversie(models.Model):
    """The multi-year plan as it was after one adoption or adjustment. Without a Bestuur: of both, not told apart."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="mjpversies")
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", null=True, on_delete=models.PROTECT, related_name="+")
    nummer = models.PositiveSmallIntegerField()
    naam = models.CharField(max_length=80)
    bron = models.CharField("naam van het bestand", max_length=200)
    vingerafdruk = models.CharField(max_length=64, editable=False)
    ingevoerd_op = models.DateTimeField(auto_now_add=True)
    ingevoerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "stand van het meerjarenplan"
        verbose_name_plural = "standen van het meerjarenplan"
        default_permissions = ("view",)
        ordering = ["plan", "bestuur", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "bestuur", "nummer"], name="mjpversie_nummer_per_bestuur"),
            models.UniqueConstraint(
                fields=["plan", "nummer"], condition=Q(bestuur__isnull=True), name="mjpversie_nummer_van_beide"
            ),
        ]

    def __str__(self):
        return self.naam


class MjplijnQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(versie__plan__in=Plan.objects.openbaar())

    def van_nu(self, plan):
        """Lines of the last version per Bestuur (and of both together)."""
        laatste = (
            Mjpversie.objects.filter(plan=plan)
            .order_by("bestuur_id", "-nummer")
            .distinct("bestuur_id")
            .values_list("pk", flat=True)
        )
        return self.filter(versie__in=list(laatste))

    def geld_per_bestuur_en_jaar(self):
        """{code of the Bestuur, "" for both: {year: {"uitgave", "ontvangst", "saldo"}}}, Decimal to the cent."""
        return per_bestuur_en_jaar(self)


def per_bestuur_en_jaar(rijen):
    """Sums of rows (QuerySet) with `bestuur`, `jaar`, `richting` and `bedrag`: see `geld_per_bestuur_en_jaar`."""
    geld = defaultdict(lambda: defaultdict(lambda: dict.fromkeys(("uitgave", "ontvangst", "saldo"), Decimal("0.00"))))
    sommen = rijen.order_by().values_list("bestuur__code", "jaar", "richting").annotate(som=Sum("bedrag"))
    for bestuur, jaar, richting, som in sommen:
        vak = geld[bestuur or ""][jaar]
        vak[richting] += som
        vak["saldo"] = vak["ontvangst"] - vak["uitgave"]
    return {bestuur: dict(jaren) for bestuur, jaren in geld.items()}


@regel(
    "mjplijn_code_van_dit_plan",
    """
    NEW.bbc_code_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_bbccode b JOIN plan_mjpversie v ON v.plan_id = b.plan_id
        WHERE b.id = NEW.bbc_code_id AND v.id = NEW.versie_id)
    """,
)
@publiek
class Mjplijn(models.Model):
    """One amount of one year. Spending and income are both positive; what is taken back is negative.

    `bbc_code` is the deepest code of the row; a line below no policy goal is "gelijkblijvend beleid".
    """

    class Soort(models.TextChoices):
        EXPLOITATIE = "exploitatie", "Exploitatie"
        INVESTERING = "investering", "Investering"
        FINANCIERING = "financiering", "Financiering"

    class Richting(models.TextChoices):
        UITGAVE = "uitgave", "Uitgave"
        ONTVANGST = "ontvangst", "Ontvangst"

    versie = models.ForeignKey(Mjpversie, on_delete=models.CASCADE, related_name="lijnen")
    rij = models.PositiveIntegerField("rij in het bestand")
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", null=True, on_delete=models.PROTECT, related_name="+")
    bbc_code = models.ForeignKey(BbcCode, null=True, on_delete=models.PROTECT, related_name="lijnen")
    omschrijving = models.CharField(max_length=500, blank=True)
    dienst = models.CharField(max_length=120, blank=True)
    beleidsveld = models.CharField(max_length=120, blank=True)
    gelijkblijvend = models.BooleanField("zonder beleidsdoelstelling", default=False)
    soort = models.CharField(max_length=15, choices=Soort.choices, blank=True)
    richting = models.CharField(max_length=10, choices=Richting.choices)
    jaar = models.PositiveSmallIntegerField()
    bedrag = models.DecimalField("bedrag in euro", max_digits=14, decimal_places=2)

    objects = MjplijnQuerySet.as_manager()

    class Meta:
        verbose_name = "lijn van het meerjarenplan"
        verbose_name_plural = "lijnen van het meerjarenplan"
        default_permissions = ("view",)
        ordering = ["versie", "rij", "jaar"]
        indexes = [models.Index(fields=["versie", "bbc_code", "jaar"], name="mjplijn_per_code")]

    def __str__(self):
        return f"{self.bbc_code or self.omschrijving} {self.jaar}: {self.bedrag}"
