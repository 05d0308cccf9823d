"""The parts of a plan: one table, three kinds (see docs/besluiten/0008-plan-een-tabel.md).

`Onderdeel` is what input, signals and versions point at. `Garantie`, `Doelstelling` and `Actie` (soorten.py) are the
same rows seen by kind. Every level carries the text fields of the BBC reports (code, korte and lange omschrijving,
commentaar, evaluatie); only an action has a term, a lead and a state.

The tree: a guarantee on top, goals in as many levels as the town has, actions at the end. `pad` (the keys from the top
down to the part itself) and `garantie` (the guarantee above it) are kept by the database, so "everything below X" and
"of which guarantee" are one condition at any depth. So is `plek`, what stands where in the booklet: the place and the
code of every part from the top down, as text that sorts.
"""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from plan.models.bbc import BbcCode
from plan.models.niveau import Niveau, Soort
from plan.models.partnerschap import Partnerschap
from plan.models.plan import Plan, VanPlanQuerySet
from plan.regels import regel
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek

CODE = RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z", "Gebruik letters, cijfers, punten en streepjes, zoals G1.2.a.")


class OnderdeelQuerySet(VanPlanQuerySet):
    def van_soort(self, soort):
        return self.filter(soort=soort)

    def onder(self, onderdeel):
        """All parts below a part, at any depth, and the part itself."""
        return self.filter(pad__contains=[onderdeel.pk])

    def in_volgorde(self):
        """In the order of the booklet: every part right after the one above it."""
        return self.order_by("plek")


BOOM = """
    IF NEW.ouder_id IS NULL THEN
        NEW.pad = ARRAY[NEW.id];
        NEW.garantie_id = NULL;
        NEW.plek = ARRAY[]::text[];
    ELSE
        SELECT o.pad || NEW.id, coalesce(o.garantie_id, o.id), o.plek INTO NEW.pad, NEW.garantie_id, NEW.plek
        FROM plan_onderdeel o WHERE o.id = NEW.ouder_id;
    END IF;
    NEW.plek = NEW.plek || (lpad(NEW.volgorde::text, 5, '0') || ' ' || NEW.code);
    IF NEW.niveau_id IS NULL THEN
        SELECT n.id INTO NEW.niveau_id FROM plan_niveau n
        WHERE n.plan_id = NEW.plan_id AND n.soort = NEW.soort AND n.rang > coalesce(
            (SELECT boven.rang FROM plan_onderdeel o JOIN plan_niveau boven ON boven.id = o.niveau_id
             WHERE o.id = NEW.ouder_id), 0)
        ORDER BY n.rang LIMIT 1;
    END IF;
    RETURN NEW;
"""
MEE = "UPDATE plan_onderdeel SET ouder_id = ouder_id WHERE ouder_id = NEW.id; RETURN NULL;"


@regel(
    "onderdeel_ouder_past",
    """
    NEW.ouder_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_onderdeel o
        WHERE o.id = NEW.ouder_id AND o.plan_id = NEW.plan_id AND NOT NEW.id = ANY(o.pad)
          AND ((NEW.soort = 'doelstelling' AND o.soort IN ('garantie', 'doelstelling'))
            OR (NEW.soort = 'actie' AND o.soort = 'doelstelling')))
    """,
)
@regel(
    "onderdeel_niveau_past",
    """
    NEW.niveau_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_niveau n LEFT JOIN plan_onderdeel o ON o.id = NEW.ouder_id
        LEFT JOIN plan_niveau boven ON boven.id = o.niveau_id
        WHERE n.id = NEW.niveau_id AND n.plan_id = NEW.plan_id AND n.soort = NEW.soort
          AND n.rang > coalesce(boven.rang, 0))
    """,
)
@regel(
    "onderdeel_soort_en_plan_blijven",
    "TG_OP = 'INSERT' OR (NEW.soort = OLD.soort AND NEW.plan_id = OLD.plan_id)",
)
@pgtrigger.register(
    pgtrigger.Trigger(
        name="onderdeel_boom", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=BOOM
    ),
    pgtrigger.Trigger(
        name="onderdeel_boom_mee",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__pad__df=pgtrigger.F("new__pad"))
        | pgtrigger.Q(old__plek__df=pgtrigger.F("new__plek")),
        func=MEE,
    ),
)
@pghistory.track(exclude=["pad", "plek"])
@publiek
class Onderdeel(models.Model):
    """Any part of a plan. Make rows through `Garantie`, `Doelstelling` or `Actie`."""

    Soort = Soort

    class Termijn(models.TextChoices):
        KORT = "kort", "Korte termijn"
        MIDDELLANG = "middellang", "Middellange termijn"
        LANG = "lang", "Lange termijn"

    class Bestuurd(models.TextChoices):
        GEMEENTE = "gemeente", "Gemeente"
        OCMW = "ocmw", "OCMW"
        BEIDE = "beide", "Gemeente en OCMW"

    class Regierol(models.TextChoices):
        REGISSEUR = "regisseur", "Regisseur: brengt anderen samen"
        AANBIEDER = "aanbieder", "Aanbieder: biedt zelf hulp aan"
        BEIDE = "beide", "Regisseur en aanbieder"

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
    niveau = models.ForeignKey(Niveau, null=True, blank=True, on_delete=models.PROTECT, related_name="onderdelen")
    pad = ArrayField(models.BigIntegerField(), default=list, editable=False)
    plek = ArrayField(models.TextField(), default=list, editable=False)
    garantie = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.DO_NOTHING, related_name="alles", editable=False
    )
    volgorde = models.PositiveSmallIntegerField(default=0)
    gewicht = models.DecimalField(
        "gewicht in %",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Hoe zwaar dit meetelt naast de andere delen. Leeg: allemaal even zwaar.",
    )

    titel = models.CharField(max_length=200)
    korte_omschrijving = models.CharField(max_length=250, blank=True)
    lange_omschrijving = HtmlVeld(blank=True)
    commentaar = HtmlVeld(blank=True)
    evaluatie = HtmlVeld(blank=True)
    bbc_codes = models.ManyToManyField(BbcCode, blank=True, related_name="onderdelen", verbose_name="BBC-codes")
    externe_code = models.CharField("externe rapporteringscode", max_length=40, blank=True)
    themas = models.ManyToManyField("sociaalhuis.Thema", blank=True, related_name="onderdelen", verbose_name="thema's")
    doelgroepen = models.ManyToManyField("sociaalhuis.Doelgroep", blank=True, related_name="onderdelen")

    regierol = models.CharField(
        "rol van het lokaal bestuur",
        max_length=10,
        choices=Regierol.choices,
        blank=True,
        help_text="Het decreet van 2018 houdt regie en aanbod uit elkaar: breng je anderen samen, of bied je zelf hulp aan?",
    )
    bestuur = models.CharField("wie bestuurt", max_length=10, choices=Bestuurd.choices, blank=True)
    termijn = models.CharField(max_length=10, choices=Termijn.choices, blank=True)
    begin = models.DateField(null=True, blank=True)
    einde = models.DateField(null=True, blank=True)
    trekker = models.CharField(max_length=120, blank=True, help_text="De dienst of het team, nooit een persoon.")
    trekker_organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="getrokken_acties"
    )
    contact = models.CharField(
        "waar kan je terecht",
        max_length=160,
        blank=True,
        help_text="Een dienst met telefoon of mail, nooit een persoon.",
    )
    partners = models.ManyToManyField(
        "sociaalhuis.Organisatie", blank=True, through=Partnerschap, related_name="acties_als_partner"
    )
    gebieden = models.ManyToManyField("sociaalhuis.Gebied", blank=True, related_name="onderdelen")
    resultaat_verwacht = models.TextField("verwacht resultaat", blank=True)
    stand = models.CharField(max_length=20, choices=Stand.choices, blank=True)
    stand_toelichting = models.CharField("waar staan we", max_length=300, blank=True)
    voortgang = models.PositiveSmallIntegerField(
        "voortgang in %", null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    stand_op = models.DateField("stand van", null=True, blank=True, editable=False)
    stand_reden = models.CharField(
        "waarom zet je de stand met de hand",
        max_length=300,
        blank=True,
        help_text="Leeg: de stand volgt uit de taken en de indicatoren.",
    )

    objects = OnderdeelQuerySet.as_manager()

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        default_permissions = ("view",)
        ordering = ["plan", "plek"]
        indexes = [GinIndex(fields=["pad"], name="onderdeel_pad")]
        constraints = [
            models.CheckConstraint(condition=Q(gewicht__gt=0, gewicht__lte=100), name="onderdeel_gewicht_0_tot_100"),
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
                    & Q(regierol="", contact="", stand_reden="")
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
            top = self.garantie or self.ouder.garantie or self.ouder  # the first is kept by the database
            return f"{reverse('plan:garantie', args=[self.plan.slug, top.code])}#{self.anker}"
        return reverse(f"plan:{self.soort}", args=[self.plan.slug, self.code])

    @property
    def niveaunaam(self):
        """What the town calls this kind of part, in the singular and without a capital."""
        return self.niveau.naam if self.niveau_id else self.get_soort_display().lower()

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
        if self.gewicht is not None and not 0 < self.gewicht <= 100:
            fouten["gewicht"] = "Een gewicht is meer dan 0 en hoogstens 100 %."
        if fouten:
            raise ValidationError(fouten)
