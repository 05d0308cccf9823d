"""A round: one question about a plan, open between two moments, answered on one day.

Whether a round is open follows from the clock, never from a mark that someone must remember to set. Answers are drafts
until `antwoorden_gepubliceerd_op`.
"""

import pghistory
import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from participatie.models.formulier import Formulier
from participatie.models.groepsgesprek import Groepsgesprek
from participatie.models.inbreng import ALLEEN_AANGEKRUIST
from participatie.models.rondefase import Rondefase, fasen_volgen
from participatie.rechten import RONDEWERKERS
from plan.models import Plan
from plan.regels import regel
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek


class Fase(models.TextChoices):
    CONCEPT = "concept", "Concept"
    STRAKS = "straks", "Start binnenkort"
    OPEN = "open", "Loopt nu"
    GESLOTEN = "gesloten", "We maken de antwoorden"
    BEANTWOORD = "beantwoord", "Beantwoord"


class RondeQuerySet(models.QuerySet):
    def openbaar(self):
        """Rounds that anyone may read: published, about a plan that is public."""
        return self.filter(staat=Ronde.Staat.GEPUBLICEERD, plan__in=Plan.objects.openbaar())

    def zichtbaar_voor(self, gebruiker):
        """The one door: who works on the plan also sees drafts."""
        return self.all() if heeft_rol(gebruiker, *RONDEWERKERS) else self.openbaar()

    def open(self, nu=None):
        nu = nu or timezone.now()
        return self.openbaar().filter(opent_op__lte=nu, sluit_op__gt=nu)

    def met_vraagfasen(self):
        """Adds `vraagfasen`: the codes of the phases in which people see questions."""
        vragen = Formulier.objects.in_gebruik().filter(ronde=OuterRef("pk"), vragen__isnull=False)
        return self.annotate(vraagfasen=ArraySubquery(vragen.order_by().values_list("fase").distinct()))

    def met_tellingen(self):
        """Adds how many took part, each kind apart: organisations, citizens who wrote themselves (`burgers_aantal`), citizens
        for whom staff typed it in (`namens_aantal`), conversations with a group and how many people those were
        (`groepen_aantal`, `groep_mensen`); and how many inputs are shown, stand in the list (`Inbreng.in_de_lijst` with
        words), hold ticked answers only, and wait to be read.
        """
        getoond = Q(inbrengen__staat="zichtbaar")
        aangekruist = Q(**{f"inbrengen__{veld}": waarde for veld, waarde in ALLEEN_AANGEKRUIST.children})
        eerste = getoond & Q(inbrengen__organisatie=None, inbrengen__vult_aan=None) & ~Q(inbrengen__kanaal="groep")
        getoonde = Groepsgesprek.objects.filter(inbrengen__staat="zichtbaar").values("pk")
        mensen = Groepsgesprek.objects.filter(ronde=OuterRef("pk"), pk__in=getoonde).order_by().values("ronde")
        return self.annotate(
            organisaties_aantal=Count("inbrengen__organisatie", filter=getoond, distinct=True),
            burgers_aantal=Count("inbrengen", filter=eerste & Q(inbrengen__ingevoerd_door=None)),
            namens_aantal=Count("inbrengen", filter=eerste & Q(inbrengen__ingevoerd_door__isnull=False)),
            groepen_aantal=Count("inbrengen__groepsgesprek", filter=getoond, distinct=True),
            groep_mensen=Coalesce(Subquery(mensen.annotate(som=Sum("aantal")).values("som")), 0),
            inbreng_aantal=Count("inbrengen", filter=getoond),
            lijst_aantal=Count(
                "inbrengen",
                filter=(getoond | Q(inbrengen__staat="verborgen", inbrengen__teken="")) & ~aangekruist,
            ),
            aangekruist_aantal=Count("inbrengen", filter=getoond & aangekruist),
            wacht_aantal=Count("inbrengen", filter=Q(inbrengen__staat="ingediend", inbrengen__teken="")),
        )

    def met_antwoordtelling(self):
        """Adds `antwoord_aantal`: how many of the inputs that are shown have an answer, also a draft."""
        antwoord = Q(inbrengen__antwoord__isnull=False) | Q(inbrengen__samengevoegd__leidend__antwoord__isnull=False)
        return self.annotate(antwoord_aantal=Count("inbrengen", filter=Q(inbrengen__staat="zichtbaar") & antwoord))


@regel(
    "ronde_plan_blijft_bij_inbreng",
    """
    (NEW.plan_id, NEW.versie_id) IS NOT DISTINCT FROM (OLD.plan_id, OLD.versie_id)
    OR NOT EXISTS (SELECT 1 FROM participatie_inbreng WHERE ronde_id = NEW.id)
    """,
    wanneer=pgtrigger.Update,
)
@regel(
    "ronde_versie_van_plan",
    """
    NEW.versie_id IS NULL
    OR EXISTS (SELECT 1 FROM plan_versie v WHERE v.id = NEW.versie_id AND v.plan_id = NEW.plan_id)
    """,
)
@fasen_volgen
@pghistory.track()
@publiek
class Ronde(models.Model):
    class Staat(models.TextChoices):
        CONCEPT = "concept", "Concept"
        GEPUBLICEERD = "gepubliceerd", "Gepubliceerd"

    Fase = Fase
    op_moment = None  # a preview reads a round as it will be at this moment; such a round is never saved
    OVERGANGEN = {Staat.CONCEPT: (Staat.GEPUBLICEERD,), Staat.GEPUBLICEERD: (Staat.CONCEPT,)}

    slug = models.SlugField("naam in het webadres", unique=True)
    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="rondes")
    versie = models.ForeignKey(
        "plan.Versie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rondes",
        verbose_name="versie van het plan",
        help_text="Welke tekst lezen mensen na? Leeg: de tekst van nu.",
    )
    titel = models.CharField(max_length=120)
    vraag = models.CharField("wat vragen we?", max_length=300, help_text="Eén zin, zoals je het aan iemand zou vragen.")
    inleiding = HtmlVeld(blank=True)
    wie = models.CharField("aan wie?", max_length=200)
    opent_op = models.DateTimeField("opent op")
    sluit_op = models.DateTimeField("sluit op")
    antwoord_tegen = models.DateField("antwoord tegen", help_text="Ten laatste op deze dag geven we antwoord.")
    recept = models.CharField(max_length=15, blank=True, editable=False)
    zonder = ArrayField(
        models.CharField(max_length=15),
        default=list,
        blank=True,
        editable=False,
        help_text="Wat in deze ronde niet gevraagd wordt, al mag het in die stap wel.",
    )
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.CONCEPT, editable=False)
    antwoorden_gepubliceerd_op = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RondeQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["-sluit_op"]
        permissions = [("publiceer_ronde", "Kan rondes en hun antwoorden publiceren")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sluit_op__gt=F("opent_op")),
                name="ronde_sluit_na_opent",
                violation_error_message="Een ronde sluit nadat ze opent. Kies een later moment.",
            ),
            models.CheckConstraint(
                condition=Q(antwoord_tegen__gte=F("sluit_op__date")),
                name="ronde_antwoord_na_sluiten",
                violation_error_message="Antwoorden kan pas als de ronde gesloten is. Kies een latere dag.",
            ),
            models.CheckConstraint(
                condition=Q(antwoorden_gepubliceerd_op=None)
                | Q(staat="gepubliceerd", antwoorden_gepubliceerd_op__gte=F("sluit_op")),
                name="ronde_antwoorden_na_sluiten",
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("participatie:ronde", args=[self.slug])

    def clean(self):
        """What the database refuses, said in words."""
        if self.antwoorden_gepubliceerd_op and self.sluit_op and self.sluit_op > self.antwoorden_gepubliceerd_op:
            raise ValidationError({"sluit_op": "De antwoorden staan al online. Deze ronde gaat niet meer open."})
        if self.pk and self.inbrengen.exclude(ronde__plan=self.plan_id).exists():
            raise ValidationError({"plan": "Er is al inbreng. Het plan van deze ronde ligt vast."})
        if self.pk and self.inbrengen.exists() and not Ronde.objects.filter(pk=self.pk, versie=self.versie_id).exists():
            raise ValidationError({"versie": "Er is al inbreng. De tekst waarover ze gaat, ligt vast."})
        binnen = [fase.van for fase in self.fases.filter(soort="wegen")] if self.pk else []
        if self.opent_op and self.sluit_op and any(not self.opent_op <= van < self.sluit_op for van in binnen):
            raise ValidationError({"sluit_op": "De stap waarin mensen wegen, valt dan buiten de ronde."})
        if self.versie_id and self.plan_id and self.versie.plan_id != self.plan_id:
            raise ValidationError({"versie": "Kies een versie van het plan van deze ronde."})

    @property
    def nu(self):
        """The moment at which the round is read."""
        return self.op_moment or timezone.now()

    @property
    def fase(self):
        """Where the round is now, from the clock."""
        nu = self.nu
        if self.staat == self.Staat.CONCEPT:
            return Fase.CONCEPT
        if nu < self.opent_op:
            return Fase.STRAKS
        if nu < self.sluit_op:
            return Fase.OPEN
        return Fase.BEANTWOORD if self.antwoorden_gepubliceerd_op else Fase.GESLOTEN

    def soort_fase(self, nu=None):
        """Which kind of phase a published round is in at `nu` (default now), as a `Rondefase.Soort`.

        Before and between the phases people only read. Answers come out by a decision: until then a round stays in
        `antwoorden`, also past the day that was promised.
        """
        nu = nu or self.nu
        if nu >= self.sluit_op:
            uit = self.antwoorden_gepubliceerd_op
            return Rondefase.Soort.RESULTAAT if uit and uit <= nu else Rondefase.Soort.ANTWOORDEN
        bezig = (fase.soort for fase in self.tijdlijn if fase.van <= nu < fase.tot) if nu >= self.opent_op else ()
        return Rondefase.Soort(next(iter(bezig), Rondefase.Soort.INFORMEREN))

    @property
    def tijdlijn(self):
        """The phases in order; one query, kept until the round is read again."""
        if "fases" not in getattr(self, "_prefetched_objects_cache", {}):
            models.prefetch_related_objects([self], "fases")
        return self.fases.all()

    @property
    def met_vragen(self):
        """The phases in which people can get questions."""
        return [
            fase
            for fase in self.tijdlijn
            if fase.soort == "wegen" or (fase.soort == "inbrengen" and "invullen" not in self.zonder)
        ]

    @property
    def nog(self):
        """How long a round stays open, in days: 'Nog 5 dagen', 'Nog 1 dag', 'Nog vandaag'."""
        dagen = (timezone.localdate(self.sluit_op) - timezone.localdate(self.nu)).days
        return "Nog vandaag" if dagen < 1 else f"Nog {dagen} {'dag' if dagen == 1 else 'dagen'}"

    @property
    def is_open(self):
        return self.fase == Fase.OPEN

    @property
    def is_te_laat(self):
        """Past the day on which answers were promised, and they are not out."""
        return self.antwoorden_gepubliceerd_op is None and self.antwoord_tegen < timezone.localdate(self.nu)

    @property
    def is_voorbij(self):
        """Taking part is over."""
        return self.fase in (Fase.GESLOTEN, Fase.BEANTWOORD)

    @property
    def antwoorden_zichtbaar(self):
        return self.fase == Fase.BEANTWOORD
