"""How the plan came about and who decided what: documents, decisions and the steps of the process."""

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from plan.models.plan import Plan, VanPlanQuerySet, ziet_alles
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek

MB = 1024 * 1024


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
        if self.bestand and not self.bestand._committed:
            if self.bestand.size > 10 * MB:
                raise ValidationError({"bestand": "Dit bestand is groter dan 10 MB. Kies een kleiner bestand."})
            begin = self.bestand.read(5)
            self.bestand.seek(0)
            if begin != b"%PDF-":
                raise ValidationError({"bestand": "Dit is geen PDF. Bewaar het bestand eerst als PDF."})


@pghistory.track()
@publiek
class Besluit(models.Model):
    """A step of the double council track: which body, when, and what came of it."""

    class Stap(models.TextChoices):
        START = "start", "Start"
        ADVIES = "advies", "Advies"
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
    orgaan = models.ForeignKey("sociaalhuis.Bestuursorgaan", on_delete=models.PROTECT, related_name="besluiten")
    datum = models.DateField()
    titel = models.CharField(max_length=200)
    nummer = models.CharField(max_length=40)
    stap = models.CharField(max_length=25, choices=Stap.choices)
    uitslag = models.CharField(max_length=15, choices=Uitslag.choices)
    toelichting = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="besluiten")
    uri = models.URLField("webadres van het besluit", blank=True)

    objects = VanPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["plan", "datum", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["orgaan", "nummer"],
                name="besluit_nummer_uniek",
                violation_error_message="Dit orgaan heeft al een besluit met dit nummer.",
            )
        ]

    def __str__(self):
        return f"{self.nummer} {self.titel}"

    def clean(self):
        if self.document_id and self.plan_id and self.document.plan_id != self.plan_id:
            raise ValidationError({"document": "Dit document hoort bij een ander plan."})


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
