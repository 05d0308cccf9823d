"""The house itself: one row with the name, colours and contact of *this* municipality."""

from pathlib import Path

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from sociaalhuis import kleuren, uren
from sociaalhuis.versie import publiek

HEXKLEUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Geef een kleur als #1d5c56.")
LOGOSOORTEN = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
LOGO_MEEST = 200_000  # bytes: every first visit fetches it


@pghistory.track()
@publiek
class Huis(models.Model):
    """The Social House of this municipality. Exactly one row, with primary key 1."""

    naam = models.CharField("naam van het huis", max_length=80)
    gemeente = models.CharField(max_length=80)
    nis_code = models.CharField("NIS-code", max_length=5)
    slogan = models.CharField(max_length=120, blank=True)
    logo = models.ImageField(upload_to="huis/", blank=True, help_text="PNG of JPEG, liefst vierkant.")
    accent = models.CharField("hoofdkleur", max_length=7, default="#1d5c56", validators=[HEXKLEUR])
    accent_warm = models.CharField("warme kleur", max_length=7, default="#b4532a", validators=[HEXKLEUR])
    straat = models.CharField(max_length=80)
    huisnummer = models.CharField(max_length=10)
    postcode = models.CharField(max_length=4)
    telefoon = models.CharField(max_length=20)
    email = models.EmailField("e-mail")
    website = models.URLField(blank=True)
    openingsuren = models.TextField(
        blank=True,
        validators=[uren.controleer],
        help_text="Eén dag per regel, zoals: ma 09:00-12:00, 13:00-16:00",
    )
    coordinator_naam = models.CharField("coördinator", max_length=80, blank=True)
    coordinator_email = models.EmailField("e-mail van de coördinator", blank=True)
    antwoordtermijn = models.PositiveSmallIntegerField("antwoordtermijn in werkdagen", default=5)
    herinner_werkdagen = models.PositiveSmallIntegerField(
        "herinnering, werkdagen vooraf",
        default=1,
        help_text="Zoveel werkdagen voor de termijn krijgt wie een vraag behandelt een herinnering.",
    )
    ongeopend_uren = models.PositiveSmallIntegerField(
        "ongeopend na uren",
        default=24,
        help_text="Opent niemand een vraag binnen zoveel uren, dan ziet de teamverantwoordelijke dat."
        " Weekends, feestdagen en sluitingsdagen tellen niet mee.",
    )

    sluit_werkdagen = models.PositiveSmallIntegerField(
        "vanzelf sluiten na werkdagen",
        default=30,
        help_text="Hoort het huis zoveel werkdagen na een antwoord niets meer, dan sluit de vraag vanzelf."
        " De vrager en het team weten het vooraf.",
    )
    sluit_vooraf = models.PositiveSmallIntegerField(
        "gezegd, werkdagen vooraf", default=5, help_text="Zoveel werkdagen vooraf zeggen we dat de vraag sluit."
    )

    afwijkingen = ()  # of `uren.Afwijking`, given by who fetched the house (`sociaalhuis.context.het_huis`)

    class Meta:
        verbose_name = "huis"
        verbose_name_plural = "huis"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="huis_is_er_een"),
            models.CheckConstraint(
                condition=models.Q(sluit_vooraf__gte=1, sluit_werkdagen__gt=models.F("sluit_vooraf")),
                name="huis_zegt_het_voor_het_sluit",
                violation_error_message="Zeg minstens 1 werkdag vooraf dat een vraag sluit, en later dan de dag van het antwoord.",
            ),
        ]

    def __str__(self):
        return self.naam

    def clean(self):
        fouten = {}
        for veld in ("accent", "accent_warm"):
            if HEXKLEUR.regex.match(getattr(self, veld)):
                contrast = kleuren.contrast(getattr(self, veld), "#ffffff")
                if contrast < kleuren.MINIMUM:
                    getal = f"{contrast:.1f}".replace(".", ",")
                    fouten[veld] = (
                        f"Witte tekst is op deze kleur niet leesbaar (contrast {getal}, nodig is 4,5)."
                        " Kies een donkerdere kleur."
                    )
        if self.logo and not self.logo._committed:
            if Path(self.logo.name).suffix.lower() not in LOGOSOORTEN:
                fouten["logo"] = "Kies een PNG of een JPEG."
            elif self.logo.size > LOGO_MEEST:
                fouten["logo"] = "Dit logo is te zwaar. Maak het kleiner: hoogstens 200 kB."
        if fouten:
            raise ValidationError(fouten)

    @property
    def adres(self):
        return f"{self.straat} {self.huisnummer}, {self.postcode} {self.gemeente}"

    @property
    def nu_open(self):
        """Whether the house is open now, with a sentence that says so: see `uren.Toestand`."""
        return uren.toestand(self.openingsuren, afwijkingen=self.afwijkingen)

    @property
    def andere_uren(self):
        """The coming days with other hours than the week: see `uren.anders`."""
        return uren.anders(self.openingsuren, self.afwijkingen)

    @property
    def uren_per_dag(self):
        """List of (name of the day, text of its hours), Monday first."""
        return uren.per_dag(self.openingsuren)


@pghistory.track()
@publiek
class Pagina(models.Model):
    """A page of plain text that the town edits itself: privacy, accessibility, about."""

    slug = models.SlugField(unique=True)
    titel = models.CharField(max_length=120)
    samenvatting = models.CharField(max_length=200, blank=True)
    tekst = models.TextField(
        help_text="Eenvoudige HTML. {gemeente}, {telefoon} en {email} worden ingevuld met die van het huis."
    )
    bijgewerkt_op = models.DateField(auto_now=True)

    class Meta:
        verbose_name = "pagina"
        verbose_name_plural = "pagina's"
        ordering = ["slug"]

    def __str__(self):
        return self.titel
