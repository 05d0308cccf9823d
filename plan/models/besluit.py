"""How the plan came about and who decided what: documents, decisions and the steps of the process."""

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from plan.models.plan import Plan, VanPlanQuerySet, ziet_alles
from plan.models.raadspad import INGETROKKEN_BLIJFT, NA_WAT_NODIG_IS, ORGAAN_PAST, VAN_DIT_PLAN, Raadspad
from plan.regels import regel
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek

MB = 1024 * 1024


def fout_in_pdf(bestand):
    """What is wrong with an uploaded file that must be a PDF of at most 10 MB: a Dutch sentence, or ''."""
    if bestand.size > 10 * MB:
        return "Dit bestand is groter dan 10 MB. Kies een kleiner bestand."
    begin = bestand.read(5)
    bestand.seek(0)
    return "" if begin == b"%PDF-" else "Dit is geen PDF. Bewaar het bestand eerst als PDF."


class DocumentQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        if ziet_alles(gebruiker):
            return self.all()
        return self.filter(openbaar=True, plan__in=Plan.objects.openbaar())


@pghistory.track()
@publiek
class Document(models.Model):
    """A paper of the plan: minutes extract, governance agreement, advice. A file, a readable text, or both."""

    class Soort(models.TextChoices):
        NOTULEN = "notulenuittreksel", "Uittreksel uit de notulen"
        OVEREENKOMST = "bestuursovereenkomst", "Bestuursovereenkomst"
        ADVIES = "advies", "Advies"
        VERSLAG = "verslag", "Verslag"
        ANDERE = "andere", "Ander document"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="documenten")
    slug = models.SlugField("naam in het webadres", max_length=80)
    titel = models.CharField(max_length=200)
    soort = models.CharField(max_length=25, choices=Soort.choices)
    datum = models.DateField()
    samenvatting = models.CharField(max_length=300, blank=True)
    inhoud = HtmlVeld(blank=True)
    bestand = models.FileField(
        upload_to="plan/documenten/",
        blank=True,
        validators=[FileExtensionValidator(["pdf"], "Kies een PDF-bestand.")],
        help_text="PDF, hoogstens 10 MB.",
    )
    openbaar = models.BooleanField("staat op de site", default=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["plan", "-datum", "titel"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="document_slug_uniek"),
            models.CheckConstraint(
                condition=~Q(inhoud="") | ~Q(bestand=""),
                name="document_heeft_inhoud",
                violation_error_message="Voeg een bestand toe of schrijf de inhoud.",
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("plan:document", args=[self.plan.slug, self.slug])

    def clean(self):
        if self.bestand and not self.bestand._committed and (fout := fout_in_pdf(self.bestand)):
            raise ValidationError({"bestand": fout})


class BesluitQuerySet(VanPlanQuerySet):
    def geldend(self):
        """Without the steps that were noted by mistake and withdrawn."""
        return self.filter(ingetrokken_op__isnull=True)


@regel("besluit_ingetrokken_blijft", INGETROKKEN_BLIJFT, wanneer=pgtrigger.Update)
@regel("besluit_orgaan_past_bij_stap", ORGAAN_PAST)
@regel("besluit_raadspad_van_dit_plan", VAN_DIT_PLAN)
@regel("besluit_na_wat_nodig_is", NA_WAT_NODIG_IS)
@pghistory.track()
@publiek
class Besluit(models.Model):
    """A decision or an advice about the plan: which body, when, how it voted, and what came of it.

    With a `raadspad` it is a step of the double council track; make it with `acties.raadspad.zet_stap`.
    """

    class Stap(models.TextChoices):
        START = "start", "Start"
        ADVIES = "advies", "Advies"
        COMITE = "comite", "Advies van het bijzonder comité"
        ONTWERP = "ontwerp", "Ontwerp"
        VASTSTELLING_OCMW = "vaststelling-ocmw", "Vaststelling van het deel van het OCMW"
        VASTSTELLING_GEMEENTE = "vaststelling-gemeente", "Vaststelling van het deel van de gemeente"
        GOEDKEURING_OCMW = "goedkeuring-ocmw", "Goedkeuring van het deel van het OCMW"
        BEKENDMAKING = "bekendmaking", "Bekendmaking"
        UITVOERING = "uitvoering", "Uitvoering"

    class Uitslag(models.TextChoices):
        GUNSTIG = "gunstig", "Gunstig"
        ONGUNSTIG = "ongunstig", "Ongunstig"
        VASTGESTELD = "vastgesteld", "Vastgesteld"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
        GEWEIGERD = "geweigerd", "Geweigerd"
        BEKENDGEMAAKT = "bekendgemaakt", "Bekendgemaakt"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="besluiten")
    raadspad = models.ForeignKey(
        Raadspad, null=True, blank=True, on_delete=models.PROTECT, related_name="besluiten", editable=False
    )
    orgaan = models.ForeignKey(
        "sociaalhuis.Bestuursorgaan", null=True, blank=True, on_delete=models.PROTECT, related_name="besluiten"
    )
    adviesraad = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="adviezen",
        help_text="Alleen bij een advies: de ouderenraad, de jeugdraad, het Lokaal Overleg Kinderopvang.",
    )  # fmt: skip
    datum = models.DateField()
    titel = models.CharField(max_length=200)
    nummer = models.CharField(max_length=40, blank=True, help_text="Een advies van een adviesraad heeft er soms geen.")
    stap = models.CharField(max_length=25, choices=Stap.choices)
    uitslag = models.CharField(max_length=15, choices=Uitslag.choices)
    eenparig = models.BooleanField("eenparig, zonder telling", default=False)
    stemmen_voor = models.PositiveSmallIntegerField(null=True, blank=True)
    stemmen_tegen = models.PositiveSmallIntegerField(null=True, blank=True)
    onthoudingen = models.PositiveSmallIntegerField(null=True, blank=True)
    toelichting = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="besluiten")
    uri = models.URLField("webadres van het besluit", blank=True)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True, editable=False)

    objects = BesluitQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["plan", "datum", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["orgaan", "nummer"],
                condition=~Q(nummer="") & Q(ingetrokken_op__isnull=True),
                name="besluit_nummer_uniek",
                violation_error_message="Dit orgaan heeft al een besluit met dit nummer.",
            ),
            models.UniqueConstraint(
                fields=["raadspad", "stap", "orgaan"],
                condition=Q(ingetrokken_op__isnull=True),
                name="besluit_orgaan_zet_stap_een_keer",
                violation_error_message="Dit orgaan zette deze stap al.",
            ),
            models.UniqueConstraint(
                fields=["raadspad", "adviesraad"],
                condition=Q(ingetrokken_op__isnull=True),
                name="besluit_een_advies_per_adviesraad",
                violation_error_message="Deze adviesraad gaf al advies op deze weg.",
            ),
            models.CheckConstraint(
                condition=Q(orgaan__isnull=False, adviesraad__isnull=True)
                | Q(orgaan__isnull=True, adviesraad__isnull=False, stap="advies"),
                name="besluit_van_een_orgaan",
                violation_error_message="Kies het orgaan, of bij een advies de adviesraad.",
            ),
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=True) | Q(raadspad__isnull=False),
                name="besluit_ingetrokken_op_een_weg",
            ),
            models.CheckConstraint(
                condition=~Q(nummer="") | Q(adviesraad__isnull=False),
                name="besluit_heeft_nummer",
                violation_error_message="Een besluit heeft een nummer.",
            ),
            models.CheckConstraint(
                condition=Q(stemmen_voor__isnull=True, stemmen_tegen__isnull=True, onthoudingen__isnull=True)
                | Q(
                    stemmen_voor__isnull=False,
                    stemmen_tegen__isnull=False,
                    onthoudingen__isnull=False,
                    eenparig=False,
                ),
                name="besluit_stemming_heel_of_niet",
                violation_error_message="Vul de drie getallen van de stemming in, of kies eenparig.",
            ),
        ]

    def __str__(self):
        return f"{self.nummer} {self.titel}".strip()

    def get_absolute_url(self):
        return reverse("plan:besluit", args=[self.plan.slug, self.pk])

    @property
    def wie(self):
        """The body in words: a council or committee, or an advisory council."""
        return str(self.orgaan or self.adviesraad)

    @property
    def is_geteld(self):
        return self.stemmen_voor is not None

    @property
    def stemming(self):
        """The vote in a sentence, empty when none was noted."""
        if self.eenparig:
            return "Eenparig."
        if not self.is_geteld:
            return ""
        return f"{self.stemmen_voor} voor, {self.stemmen_tegen} tegen, {self.onthoudingen} onthoudingen."

    def fout_in_stemming(self):
        """A decision passes with more votes for than against; a tie is a refusal (staking van stemmen)."""
        if self.stemmen_voor is None or self.stemmen_tegen is None:
            return ""
        gehaald = self.stemmen_voor > self.stemmen_tegen
        if not gehaald and self.uitslag in {"vastgesteld", "goedgekeurd", "gunstig"}:
            return "Er zijn niet meer stemmen voor dan tegen. Dan is het niet aangenomen."
        if gehaald and self.uitslag == "geweigerd":
            return "Er zijn meer stemmen voor dan tegen. Dan is het niet geweigerd."
        return ""

    def _nummer_bestaat(self):
        """Asked here too: a form does not show `ingetrokken_op` and so skips the constraint that looks at it."""
        if not self.nummer or not self.orgaan_id or self.ingetrokken_op:
            return False
        zelfde = Besluit.objects.geldend().filter(orgaan=self.orgaan_id, nummer=self.nummer)
        return zelfde.exclude(pk=self.pk).exists()

    def clean(self):
        fouten = {}
        if self.document_id and self.plan_id and self.document.plan_id != self.plan_id:
            fouten["document"] = "Dit document hoort bij een ander plan."
        if self._nummer_bestaat():
            fouten["nummer"] = "Dit orgaan heeft al een besluit met dit nummer."
        if fout := self.fout_in_stemming():
            fouten["uitslag"] = fout
        if self.raadspad_id and self.datum and self.stap and self.uitslag:
            fouten = {**self.raadspad.fouten(self), **fouten}
        if fouten:
            raise ValidationError(fouten)


@pghistory.track()
@publiek
class Processtap(models.Model):
    """One point on the timeline of how the plan was made and is followed up."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="processtappen")
    datum = models.DateField()
    titel = models.CharField(max_length=200)
    tekst = models.TextField(blank=True)

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "stap in het proces"
        verbose_name_plural = "stappen in het proces"
        ordering = ["plan", "datum", "pk"]

    def __str__(self):
        return self.titel
