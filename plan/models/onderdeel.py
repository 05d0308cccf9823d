"""The parts of a plan: one table, three kinds (see docs/besluiten/0008-plan-een-tabel.md).

`Onderdeel` is what input, signals and versions point at. `Garantie`, `Doelstelling` and `Actie` are the same rows seen
by kind: proxies with their own manager, methods and rights. Every level carries the text fields of the BBC reports
(code, korte and lange omschrijving, commentaar, evaluatie); only an action has a term, a lead and a state.
"""

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Avg, Count, F, Q
from django.urls import reverse
from django.utils import timezone

from plan.models.plan import Plan, VanPlanQuerySet
from plan.regels import regel
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek

CODE = RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z", "Gebruik letters, cijfers, punten en streepjes, zoals G1.2.a.")


@pghistory.track()
@publiek
class BbcCode(models.Model):
    """A code of the multi-year plan. It means something only with its period and its Bestuur."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="bbc_codes")
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    omschrijving = models.CharField(max_length=200, blank=True)

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "BBC-code"
        verbose_name_plural = "BBC-codes"
        ordering = ["plan", "code", "bestuur"]
        constraints = [models.UniqueConstraint(fields=["plan", "bestuur", "code"], name="bbccode_uniek")]

    def __str__(self):
        return f"{self.code} ({self.bestuur})"


class OnderdeelQuerySet(VanPlanQuerySet):
    def van_soort(self, soort):
        return self.filter(soort=soort)

    def in_volgorde(self):
        """In the order of the booklet."""
        return self.order_by("volgorde", "code")


@regel(
    "onderdeel_ouder_past",
    """
    NEW.ouder_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_onderdeel o
        WHERE o.id = NEW.ouder_id AND o.plan_id = NEW.plan_id
          AND ((NEW.soort = 'doelstelling' AND o.soort = 'garantie')
            OR (NEW.soort = 'actie' AND o.soort = 'doelstelling')))
    """,
)
@regel(
    "onderdeel_soort_en_plan_blijven",
    "TG_OP = 'INSERT' OR (NEW.soort = OLD.soort AND NEW.plan_id = OLD.plan_id)",
)
@pghistory.track()
@publiek
class Onderdeel(models.Model):
    """Any part of a plan. Make rows through `Garantie`, `Doelstelling` or `Actie`."""

    class Soort(models.TextChoices):
        GARANTIE = "garantie", "Garantie"
        DOELSTELLING = "doelstelling", "Doelstelling"
        ACTIE = "actie", "Actie"

    class Termijn(models.TextChoices):
        KORT = "kort", "Korte termijn"
        MIDDELLANG = "middellang", "Middellange termijn"
        LANG = "lang", "Lange termijn"

    class Bestuurd(models.TextChoices):
        GEMEENTE = "gemeente", "Gemeente"
        OCMW = "ocmw", "OCMW"
        BEIDE = "beide", "Gemeente en OCMW"

    class Stand(models.TextChoices):
        NIET_GESTART = "nog-niet-gestart", "Nog niet gestart"
        IN_UITVOERING = "in-uitvoering", "In uitvoering"
        VERTRAAGD = "vertraagd", "Vertraagd"
        UITGEVOERD = "uitgevoerd", "Uitgevoerd"
        STOPGEZET = "stopgezet", "Stopgezet"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="onderdelen")
    soort = models.CharField(max_length=15, choices=Soort.choices, editable=False)
    code = models.CharField(max_length=40, validators=[CODE])
    ouder = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="delen")
    volgorde = models.PositiveSmallIntegerField(default=0)

    titel = models.CharField(max_length=200)
    korte_omschrijving = models.CharField(max_length=250, blank=True)
    lange_omschrijving = HtmlVeld(blank=True)
    commentaar = HtmlVeld(blank=True)
    evaluatie = HtmlVeld(blank=True)
    bbc_codes = models.ManyToManyField(BbcCode, blank=True, related_name="onderdelen", verbose_name="BBC-codes")
    externe_code = models.CharField("externe rapporteringscode", max_length=40, blank=True)
    themas = models.ManyToManyField("sociaalhuis.Thema", blank=True, related_name="onderdelen", verbose_name="thema's")
    doelgroepen = models.ManyToManyField("sociaalhuis.Doelgroep", blank=True, related_name="onderdelen")

    bestuur = models.CharField("wie bestuurt", max_length=10, choices=Bestuurd.choices, blank=True)
    termijn = models.CharField(max_length=10, choices=Termijn.choices, blank=True)
    begin = models.DateField(null=True, blank=True)
    einde = models.DateField(null=True, blank=True)
    trekker = models.CharField(max_length=120, blank=True, help_text="De dienst of het team, nooit een persoon.")
    trekker_organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="getrokken_acties"
    )
    partners = models.ManyToManyField("sociaalhuis.Organisatie", blank=True, related_name="acties_als_partner")
    gebieden = models.ManyToManyField("sociaalhuis.Gebied", blank=True, related_name="onderdelen")
    resultaat_verwacht = models.TextField("verwacht resultaat", blank=True)
    stand = models.CharField(max_length=20, choices=Stand.choices, blank=True)
    stand_toelichting = models.CharField("waar staan we", max_length=300, blank=True)
    voortgang = models.PositiveSmallIntegerField(
        "voortgang in %", null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    stand_op = models.DateField("stand van", null=True, blank=True, editable=False)

    objects = OnderdeelQuerySet.as_manager()

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        default_permissions = ("view",)
        ordering = ["plan", "volgorde", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="onderdeel_code_uniek",
                violation_error_message="Deze code bestaat al in dit plan. Kies een andere.",
            ),
            models.CheckConstraint(
                condition=Q(soort="garantie", ouder__isnull=True)
                | Q(soort__in=["doelstelling", "actie"], ouder__isnull=False),
                name="onderdeel_garantie_staat_bovenaan",
            ),
            models.CheckConstraint(
                condition=(Q(soort="actie", voortgang__isnull=False) & ~Q(termijn="") & ~Q(bestuur="") & ~Q(stand=""))
                | (
                    Q(soort__in=["garantie", "doelstelling"])
                    & Q(termijn="", bestuur="", stand="", trekker="", resultaat_verwacht="", externe_code="")
                    & Q(
                        voortgang__isnull=True, begin__isnull=True, einde__isnull=True, trekker_organisatie__isnull=True
                    )
                ),
                name="onderdeel_uitvoering_hoort_bij_actie",
            ),
            models.CheckConstraint(
                condition=Q(begin__isnull=True) | Q(einde__isnull=True) | Q(einde__gte=F("begin")),
                name="onderdeel_einde_na_begin",
            ),
            models.CheckConstraint(condition=Q(voortgang__lte=100), name="onderdeel_voortgang_hoogstens_100"),
            models.CheckConstraint(
                condition=~Q(stand="uitgevoerd") | Q(voortgang=100), name="onderdeel_uitgevoerd_is_100"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.titel}"

    def get_absolute_url(self):
        """The page where this part is read: a goal stands on the page of its guarantee."""
        if self.soort == self.Soort.DOELSTELLING:
            return f"{reverse('plan:garantie', args=[self.plan.slug, self.ouder.code])}#{self.anker}"
        return reverse(f"plan:{self.soort}", args=[self.plan.slug, self.code])

    @property
    def anker(self):
        return f"deel-{self.code}"

    @property
    def trekkers(self):
        """The lead in words: the service, and the organisation when one carries it."""
        return ", ".join(str(deel) for deel in (self.trekker, self.trekker_organisatie) if deel)

    @property
    def is_verlopen(self):
        """Past its end and neither done nor stopped."""
        klaar = self.stand in {self.Stand.UITGEVOERD, self.Stand.STOPGEZET}
        return bool(self.einde and not klaar and self.einde < timezone.localdate())

    def clean(self):
        fouten = {}
        if self.ouder_id and self.plan_id and self.ouder.plan_id != self.plan_id:
            fouten["ouder"] = "Dit onderdeel hoort bij een ander plan."
        if self.begin and self.einde and self.einde < self.begin:
            fouten["einde"] = "Het einde ligt voor het begin. Kies een latere datum."
        if self.plan_id:
            for veld in ("begin", "einde"):
                datum = getattr(self, veld)
                if datum and datum.year not in self.plan.jaren:
                    fouten[veld] = f"Kies een datum in de periode van het plan ({self.plan.periode})."
        if self.stand == self.Stand.UITGEVOERD and self.voortgang != 100:
            fouten["voortgang"] = "Een uitgevoerde actie staat op 100 %."
        if fouten:
            raise ValidationError(fouten)


class SoortManager(models.Manager.from_queryset(OnderdeelQuerySet)):
    """Rows of the kind of this proxy."""

    def get_queryset(self):
        return super().get_queryset().van_soort(self.model.SOORT)


class VanSoort:
    """For a proxy of one kind: a new row gets the kind and its starting values (a row that is read has them)."""

    BEGIN = {}

    def __init__(self, *args, **kwargs):
        if not args:
            kwargs = {"soort": self.SOORT, **self.BEGIN, **kwargs}
        super().__init__(*args, **kwargs)


class GarantieQuerySet(OnderdeelQuerySet):
    def met_voortgang(self):
        """Adds, from the actions below: `gemiddelde` (None without actions), `acties_aantal` and a count per state.

        An action that was stopped counts in no average: it will never reach 100.
        """
        acties = "delen__delen"
        lopend = ~Q(**{f"{acties}__stand": Onderdeel.Stand.STOPGEZET})
        return self.annotate(
            gemiddelde=Avg(f"{acties}__voortgang", filter=lopend),
            acties_aantal=Count(acties),
            **{
                f"aantal_{stand.name.lower()}": Count(acties, filter=Q(**{f"{acties}__stand": stand}))
                for stand in Onderdeel.Stand
            },
        )


class GarantieManager(SoortManager.from_queryset(GarantieQuerySet)):
    pass


class Garantie(VanSoort, Onderdeel):
    """A part of the mission, worded as a promise to the citizen (`korte_omschrijving`)."""

    SOORT = Onderdeel.Soort.GARANTIE
    objects = GarantieManager()

    class Meta:
        proxy = True
        verbose_name = "garantie"
        verbose_name_plural = "garanties"

    @property
    def percentage(self):
        """Whole percents of progress, on rows from `met_voortgang()`."""
        return round(self.gemiddelde or 0)


class Doelstelling(VanSoort, Onderdeel):
    """What a guarantee wants to reach, with the strategy (`lange_omschrijving`)."""

    SOORT = Onderdeel.Soort.DOELSTELLING
    objects = SoortManager()

    class Meta:
        proxy = True
        verbose_name = "doelstelling"
        verbose_name_plural = "doelstellingen"


class ActieQuerySet(OnderdeelQuerySet):
    def voor_lijst(self):
        """With everything a list shows, in a fixed number of queries."""
        return self.select_related("plan", "ouder__ouder", "trekker_organisatie").prefetch_related("themas")

    def van_garantie(self, garantie):
        return self.filter(ouder__ouder=garantie)

    def van_bestuur(self, code):
        """Actions that this Bestuur carries, alone or together."""
        return self.filter(bestuur__in=[code, Onderdeel.Bestuurd.BEIDE])


class ActieManager(SoortManager.from_queryset(ActieQuerySet)):
    pass


class Actie(VanSoort, Onderdeel):
    """What someone does, with whom, for whom, where and until when."""

    SOORT = Onderdeel.Soort.ACTIE
    BEGIN = {"stand": Onderdeel.Stand.NIET_GESTART, "voortgang": 0}
    objects = ActieManager()

    class Meta:
        proxy = True
        verbose_name = "actie"
        verbose_name_plural = "acties"

    def noteer_stand(self, stand, voortgang, toelichting="", op=None):
        """Sets the state with its explanation and the day it was told (today, or `op`). Does not save."""
        self.stand, self.voortgang, self.stand_toelichting = stand, voortgang, toelichting
        self.stand_op = op or timezone.localdate()


# A proxy per link table, because a trigger on an automatic link table needs a model that migrations know.
def koppeling(model):
    """Class decorator: shows on public pages, and its history is kept."""
    log = pghistory.track(pghistory.InsertEvent("erbij"), pghistory.DeleteEvent("weg"), obj_field=None)
    return publiek(log(model))


@koppeling
class OnderdeelThema(Onderdeel.themas.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "thema"


@koppeling
class OnderdeelDoelgroep(Onderdeel.doelgroepen.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "doelgroep"


@koppeling
class OnderdeelGebied(Onderdeel.gebieden.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "gebied"


@koppeling
class OnderdeelPartner(Onderdeel.partners.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "partner"


@koppeling
class OnderdeelBbcCode(Onderdeel.bbc_codes.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "BBC-code"


KOPPELINGEN = (OnderdeelThema, OnderdeelDoelgroep, OnderdeelGebied, OnderdeelPartner, OnderdeelBbcCode)
