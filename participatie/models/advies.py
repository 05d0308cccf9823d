"""An advice of an advisory council, asked or on its own initiative: written, adopted by a vote, sent, and answered.

`concept` > `vastgesteld` > `verzonden` > `beantwoord`. From adopting on the text and the vote never change, and how the
council was made up that day is kept with it, as numbers. A sent advice is public, and can become the advice step of the
plan's way past the councils.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from participatie.models.adviesraad import Adviesraad
from participatie.models.mandaat import Mandaat
from participatie.rechten import NAKIJKERS, RONDEWERKERS
from participatie.samenstelling import Samenstelling
from plan.models import Besluit, Plan
from plan.regels import regel
from sociaalhuis.inzending import nieuwe_referentie
from sociaalhuis.models import Bestuursorgaan
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.versie import publiek

MAX_TEKENS = 20_000
VAST = ["titel", "tekst", "uitslag", "minderheid", "zitting_op", "aanwezig", "stemmen_voor", "stemmen_tegen",
        "onthoudingen", "stemgerechtigd", "van_een_geslacht", "bestand"]  # fmt: skip


class AdviesQuerySet(models.QuerySet):
    def openbaar(self):
        """Sent advice about a plan that is public."""
        return self.filter(staat__in=Advies.GEGEVEN, plan__in=Plan.objects.openbaar())

    def zichtbaar_voor(self, gebruiker):
        """The one door: staff of rounds and of organisations see all, a representative those of the own council."""
        if heeft_rol(gebruiker, *NAKIJKERS, *RONDEWERKERS):
            return self.all()
        return self.filter(adviesraad__organisatie__in=Mandaat.objects.van_gebruiker(gebruiker).values("organisatie"))

    def te_schrijven(self):
        """Asked, and not yet sent."""
        return self.filter(gevraagd_op__isnull=False).exclude(staat__in=Advies.GEGEVEN)

    def te_beantwoorden(self):
        return self.filter(staat=Advies.Staat.VERZONDEN)

    def voor_lijst(self):
        return self.defer("tekst", "minderheid", "antwoord").select_related(
            "adviesraad__organisatie", "plan", "ronde", "gevraagd_door"
        )


@regel(
    "advies_ronde_van_dit_plan",
    "NEW.ronde_id IS NULL OR EXISTS"
    " (SELECT 1 FROM participatie_ronde r WHERE r.id = NEW.ronde_id AND r.plan_id = NEW.plan_id)",
)
@regel(
    "advies_vastgesteld_blijft",
    "OLD.staat = 'concept' OR (" + " AND ".join(f"NEW.{veld} IS NOT DISTINCT FROM OLD.{veld}" for veld in VAST) + ")",
    wanneer=pgtrigger.Update,
)
@pghistory.track(
    model_name="AdviesEvent",
    fields=[
        "staat",
        "titel",
        "uitslag",
        "gevraagd_door",
        "tegen",
        "zitting_op",
        "besluit",
        "antwoord",
        "antwoord_door",
    ],
)
@publiek
class Advies(models.Model):
    class Staat(models.TextChoices):
        CONCEPT = "concept", "Concept"
        VASTGESTELD = "vastgesteld", "Vastgesteld"
        VERZONDEN = "verzonden", "Verzonden"
        BEANTWOORD = "beantwoord", "Beantwoord"

    class Uitslag(models.TextChoices):
        GUNSTIG = "gunstig", "Gunstig"
        ONGUNSTIG = "ongunstig", "Ongunstig"

    GEGEVEN = (Staat.VERZONDEN, Staat.BEANTWOORD)
    OVERGANGEN = {
        Staat.CONCEPT: (Staat.VASTGESTELD,),
        Staat.VASTGESTELD: (Staat.VERZONDEN,),
        Staat.VERZONDEN: (Staat.BEANTWOORD,),
        Staat.BEANTWOORD: (),
    }

    adviesraad = models.ForeignKey(Adviesraad, on_delete=models.PROTECT, related_name="adviezen")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="adviezen")
    ronde = models.ForeignKey(
        "participatie.Ronde", null=True, blank=True, on_delete=models.PROTECT, related_name="adviezen"
    )
    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    inzending = models.UUIDField(unique=True, editable=False)
    titel = models.CharField(max_length=200)
    staat = models.CharField(max_length=12, choices=Staat.choices, default=Staat.CONCEPT, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)
    begonnen_op = models.DateTimeField(default=timezone.now, editable=False)

    # asked; empty when it is on its own initiative
    gevraagd_door = models.ForeignKey(Bestuursorgaan, null=True, on_delete=models.PROTECT, related_name="+")
    gevraagd_op = models.DateField(null=True)
    tegen = models.DateField("ten laatste op", null=True)

    # written and adopted
    tekst = models.TextField(blank=True, max_length=MAX_TEKENS)
    uitslag = models.CharField(max_length=10, choices=Uitslag.choices, blank=True)
    minderheid = models.TextField("standpunt van de minderheid", blank=True, max_length=5000)
    bestand = models.FileField(
        upload_to="participatie/adviezen/", blank=True,
        validators=[FileExtensionValidator(["pdf"], "Kies een PDF-bestand.")],
    )  # fmt: skip
    zitting_op = models.DateField("vergadering van", null=True)
    aanwezig = models.PositiveSmallIntegerField("aanwezige leden met stem", null=True)
    stemmen_voor = models.PositiveSmallIntegerField(null=True)
    stemmen_tegen = models.PositiveSmallIntegerField(null=True)
    onthoudingen = models.PositiveSmallIntegerField(null=True)
    stemgerechtigd = models.PositiveSmallIntegerField(null=True, editable=False)
    van_een_geslacht = models.PositiveSmallIntegerField(null=True, editable=False)
    vastgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    # sent and answered
    verzonden_op = models.DateTimeField(null=True, editable=False)
    verzonden_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    antwoord = models.TextField(blank=True, max_length=5000)
    antwoord_op = models.DateTimeField(null=True, editable=False)
    antwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    besluit = models.OneToOneField(Besluit, null=True, on_delete=models.SET_NULL, related_name="advies", editable=False)

    objects = AdviesQuerySet.as_manager()

    class Meta:
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        ordering = ["-begonnen_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gevraagd_door=None, gevraagd_op=None, tegen=None)
                | Q(gevraagd_door__isnull=False, gevraagd_op__isnull=False, tegen__isnull=False, tegen__gte=F("gevraagd_op")),
                name="advies_vraag_heel_of_niet",
            ),
            models.CheckConstraint(
                condition=Q(staat="concept", zitting_op=None, stemgerechtigd=None, aanwezig=None)
                | (
                    ~Q(staat="concept")
                    & Q(zitting_op__isnull=False, stemgerechtigd__isnull=False, van_een_geslacht__isnull=False)
                    & Q(aanwezig__isnull=False, stemmen_voor__isnull=False, stemmen_tegen__isnull=False)
                    & Q(onthoudingen__isnull=False) & ~Q(tekst="") & ~Q(uitslag="")
                ),
                name="advies_vastgesteld_is_heel",
            ),
            models.CheckConstraint(
                condition=Q(aanwezig=None)
                | Q(stemgerechtigd__gte=F("aanwezig"), aanwezig__gte=F("stemmen_voor") + F("stemmen_tegen") + F("onthoudingen")),
                name="advies_niet_meer_stemmen_dan_leden",
            ),
            models.CheckConstraint(
                condition=Q(staat__in=["concept", "vastgesteld"], verzonden_op=None, antwoord="")
                | Q(staat="verzonden", verzonden_op__isnull=False, antwoord="")
                | (Q(staat="beantwoord", verzonden_op__isnull=False, antwoord_op__isnull=False) & ~Q(antwoord="")),
                name="advies_staat_klopt",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"advies {self.referentie}"

    def get_absolute_url(self):
        return reverse("participatie:advies", args=[self.referentie])

    @property
    def is_gevraagd(self):
        return self.gevraagd_op is not None

    @property
    def is_concept(self):
        return self.staat == self.Staat.CONCEPT

    @property
    def is_gegeven(self):
        return self.staat in self.GEGEVEN

    @property
    def samenstelling(self):
        """How the council was made up when it adopted this, or None before that."""
        if self.stemgerechtigd is None:
            return None
        return Samenstelling(self.stemgerechtigd, self.van_een_geslacht, self.adviesraad.nodig(self.stemgerechtigd))

    @property
    def is_geldig(self):
        """Whether the council could give valid advice that day (article 304); True before it was adopted."""
        return self.samenstelling is None or self.samenstelling.in_evenwicht

    @property
    def stemming(self):
        return f"{self.stemmen_voor} voor, {self.stemmen_tegen} tegen, {self.onthoudingen} onthoudingen."

    @property
    def toestand(self):
        """(kind of state label, words)."""
        soort = {"concept": "bezig", "vastgesteld": "let-op", "verzonden": "wacht", "beantwoord": "goed"}[self.staat]
        woord = {"verzonden": "Wacht op een reactie"}.get(self.staat, self.get_staat_display())
        return soort, woord
