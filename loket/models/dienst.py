"""A service of the catalogue, with every field that the Flemish catalogue LPDC gives it.

A service that came from LPDC keeps its identity there (`lpdc_uri`) and, per field, what the source said when we last
took it over (`bron_basis`). A second import compares three sides, ours, theirs and that base, so a local edit is
never overwritten unseen: what the source says differently since then waits in `bron_verschil`.
"""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from loket.catalogus import versheid
from sociaalhuis.tekst import HtmlVeld, plat
from sociaalhuis.versie import publiek


def rij(lengte=300, **opties):
    """A list of short texts."""
    return ArrayField(models.CharField(max_length=lengte), default=list, blank=True, **opties)


class DienstQuerySet(models.QuerySet):
    def gepubliceerd(self):
        """Services that anyone may read today: published and not past their end."""
        return self.filter(status=Dienst.Status.GEPUBLICEERD).filter(
            Q(einde__isnull=True) | Q(einde__gte=timezone.localdate())
        )

    def na_te_kijken(self, voor):
        """Services on the site that must be checked before this day: never checked first, then the latest overdue."""
        return (
            self.gepubliceerd()
            .filter(Q(nakijken_voor__isnull=True) | Q(nakijken_voor__lt=voor))
            .order_by(models.F("nakijken_voor").asc(nulls_first=True), "titel", "pk")
        )

    def zichtbaar_voor(self, gebruiker):
        """The one door: everyone sees what is published; who works on the catalogue sees drafts too."""
        if gebruiker.is_authenticated and gebruiker.is_active and gebruiker.has_perm("loket.view_dienst"):
            return self
        return self.gepubliceerd()


class Type(models.TextChoices):
    ADVIES = "AdviesBegeleiding", "Advies en begeleiding"
    BEWIJS = "Bewijs", "Bewijs"
    VOORDEEL = "FinancieelVoordeel", "Financieel voordeel"
    VERPLICHTING = "FinancieleVerplichting", "Financiële verplichting"
    INFRASTRUCTUUR = "InfrastructuurMateriaal", "Infrastructuur en materiaal"
    TOELATING = "Toelating", "Toelating"
    VOORWERP = "Voorwerp", "Voorwerp"


class Niveau(models.TextChoices):
    EUROPEES = "Europees", "Europese overheid"
    FEDERAAL = "Federaal", "Federale overheid"
    VLAAMS = "Vlaams", "Vlaamse overheid"
    PROVINCIAAL = "Provinciaal", "Provinciale overheid"
    LOKAAL = "Lokaal", "Lokale overheid"
    DERDEN = "Derden", "Derden"


class LpdcThema(models.TextChoices):
    WONEN = "BouwenWonen", "Bouwen en Wonen"
    OVERHEID = "BurgerOverheid", "Burger en Overheid"
    VRIJETIJD = "CultuurSportVrijeTijd", "Cultuur, Sport en Vrije Tijd"
    ECONOMIE = "EconomieWerk", "Economie en Werk"
    MILIEU = "MilieuEnergie", "Milieu en Energie"
    MOBILITEIT = "MobiliteitOpenbareWerken", "Mobiliteit en Openbare Werken"
    ONDERWIJS = "OnderwijsWetenschap", "Onderwijs en Wetenschap"
    WELZIJN = "WelzijnGezondheid", "Welzijn en Gezondheid"


class LpdcDoelgroep(models.TextChoices):
    BURGER = "Burger", "Burger"
    BESTUUR = "LokaalBestuur", "Lokaal bestuur"
    ONDERNEMING = "Onderneming", "Onderneming"
    ORGANISATIE = "Organisatie", "Andere organisatie"
    VERENIGING = "Vereniging", "Vereniging"
    VLAAMS = "VlaamseOverheid", "Vlaamse overheid"


@pghistory.track(exclude=["bron_basis", "bron_verschil"])
@publiek
class Dienst(models.Model):
    class Status(models.TextChoices):
        ONTWERP = "ontwerp", "Ontwerp"
        GEPUBLICEERD = "gepubliceerd", "Gepubliceerd"

    # what it is
    slug = models.SlugField(max_length=120, unique=True)
    titel = models.CharField(max_length=300)
    kort = models.CharField("in één zin", max_length=300, blank=True, help_text="Wat iemand eraan heeft, in één zin.")
    beschrijving = HtmlVeld("wat is het?", blank=True)
    verdere_beschrijving = HtmlVeld("meer uitleg", blank=True)
    uitzonderingen = HtmlVeld(blank=True)
    regelgeving = HtmlVeld("wet, in woorden", blank=True)
    type = models.CharField(max_length=30, choices=Type.choices, blank=True)
    gratis = models.BooleanField(default=False)
    start = models.DateField("bestaat vanaf", null=True, blank=True)
    einde = models.DateField("bestaat tot en met", null=True, blank=True)

    # how people find it
    themas = models.ManyToManyField("sociaalhuis.Thema", blank=True, related_name="diensten", verbose_name="thema's")
    doelgroepen = models.ManyToManyField("sociaalhuis.Doelgroep", blank=True, related_name="diensten")
    gebieden = models.ManyToManyField(
        "sociaalhuis.Gebied", blank=True, related_name="diensten", help_text="Leeg = in de hele gemeente."
    )
    locaties = models.ManyToManyField(
        "sociaalhuis.Locatie", blank=True, related_name="diensten", help_text="Waar mensen hiervoor naartoe kunnen."
    )
    zoektermen = rij(verbose_name="zoekwoorden", help_text="Woorden waarmee mensen dit zoeken, met een komma ertussen.")
    populair = models.BooleanField("vaak gevraagd", default=False, help_text="Toon op de startpagina.")

    # who answers for it
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="diensten")
    team = models.ForeignKey(
        "sociaalhuis.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="diensten"
    )
    aanbieder = models.ForeignKey(
        "sociaalhuis.Organisatie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="diensten",
        help_text="Leeg = het bestuur zelf.",
    )
    status = models.CharField(max_length=15, choices=Status.choices, default=Status.ONTWERP)
    eigenaar = models.ForeignKey(
        "sociaalhuis.Gebruiker",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="diensten",
        help_text="Wie deze tekst nakijkt. Leeg = het team.",
    )
    nagekeken_op = models.DateField("laatst nagekeken op", null=True, blank=True)
    nakijken_voor = models.DateField(
        null=True, blank=True, help_text="Leeg = vanzelf, als je invult wanneer je de tekst nakeek."
    )
    nakijken_elke = models.PositiveSmallIntegerField(
        "nakijken om de ... maanden",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Leeg = 6 maanden voor geld dat mensen krijgen of betalen, anders 12.",
    )

    # how LPDC classifies it
    bevoegde_niveaus = rij(30, verbose_name="bevoegde bestuursniveaus")
    bevoegde_overheden = rij(verbose_name="bevoegde overheden (URI)")
    uitvoerende_niveaus = rij(30, verbose_name="uitvoerende bestuursniveaus")
    uitvoerende_overheden = rij(verbose_name="uitvoerende overheden (URI)")
    lpdc_gebieden = rij(verbose_name="gebieden in LPDC (URI)")
    lpdc_themas = rij(60, verbose_name="thema's in LPDC")
    lpdc_doelgroepen = rij(60, verbose_name="doelgroepen in LPDC")
    publicatiekanalen = rij(60)
    your_europe = rij(verbose_name="Your Europe-categorieën")
    tags = rij(100)
    talen = rij(30)
    taalvariant = models.CharField("Nederlandse taalvariant", max_length=40, blank=True)
    omzetting_nodig = models.BooleanField("nog van u naar je om te zetten", default=False)

    # its identity in LPDC
    lpdc_uri = models.CharField("URI in LPDC", max_length=300, unique=True, null=True, blank=True)
    productnummer = models.CharField(max_length=40, blank=True)
    lpdc_concept = models.CharField("concept in LPDC", max_length=300, blank=True)
    lpdc_conceptsnapshot = models.CharField("versie van het concept", max_length=300, blank=True)
    lpdc_versie_van = models.CharField("is een versie van", max_length=300, blank=True)
    lpdc_gemaakt_door = models.CharField("gemaakt door (URI)", max_length=300, blank=True)
    lpdc_status = models.CharField("status in LPDC", max_length=60, blank=True)
    lpdc_herziening = models.CharField("herziening in LPDC", max_length=60, blank=True)
    lpdc_fusie = models.BooleanField("overdracht bij een fusie", default=False)
    lpdc_gearchiveerd = models.BooleanField("gearchiveerd in LPDC", default=False)
    lpdc_gemaakt_op = models.DateTimeField("gemaakt in LPDC", null=True, blank=True)
    lpdc_gewijzigd_op = models.DateTimeField("gewijzigd in LPDC", null=True, blank=True)
    bron_basis = models.JSONField(default=dict, blank=True, editable=False)
    bron_verschil = models.JSONField(default=dict, blank=True, editable=False)

    gemaakt_op = models.DateTimeField(auto_now_add=True)
    gewijzigd_op = models.DateTimeField(auto_now=True)

    objects = DienstQuerySet.as_manager()

    class Meta:
        verbose_name = "dienst"
        verbose_name_plural = "diensten"
        ordering = ["titel", "pk"]
        indexes = [
            models.Index(fields=["titel", "id"], condition=Q(status="gepubliceerd"), name="dienst_gepubliceerd"),
            models.Index(fields=["nakijken_voor"], condition=Q(status="gepubliceerd"), name="dienst_nakijken_voor"),
            models.Index(fields=["populair"], condition=Q(populair=True), name="dienst_populair"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="ontwerp") | (~Q(titel="") & (~Q(beschrijving="") | ~Q(kort=""))),
                name="dienst_gepubliceerd_zegt_wat",
                violation_error_message="Een gepubliceerde dienst heeft een titel en een zin of een beschrijving.",
            ),
            models.CheckConstraint(
                condition=Q(einde__isnull=True) | Q(start__isnull=True) | Q(einde__gte=models.F("start")),
                name="dienst_eindigt_na_start",
                violation_error_message="De einddatum ligt voor de startdatum.",
            ),
            models.CheckConstraint(condition=~Q(lpdc_uri=""), name="dienst_lpdc_uri_niet_leeg"),
        ]

    def __str__(self):
        return self.titel or "(zonder titel)"

    def save(self, *args, **kwargs):
        """A service that was checked has a day before which it is checked again."""
        if self.nagekeken_op and not self.nakijken_voor:
            self.nagekeken_op = self._meta.get_field("nagekeken_op").to_python(self.nagekeken_op)
            self.nakijken_voor = self.volgende_keer(self.nagekeken_op)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "nakijken_voor"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("loket:dienst", kwargs={"slug": self.slug})

    def volgende_keer(self, nagekeken_op):
        """The day before which it must be checked again, when it was checked on this day."""
        return versheid.na_maanden(nagekeken_op, self.nakijken_elke or versheid.maanden(self.type))

    @property
    def is_verouderd(self):
        """Whether the day before which it had to be checked is past."""
        return versheid.is_voorbij(self.nakijken_voor, timezone.localdate())

    @property
    def dagen_te_laat(self):
        """Days since the day before which it had to be checked; negative before it, None when it never was checked."""
        return (timezone.localdate() - self.nakijken_voor).days if self.nakijken_voor else None

    @property
    def is_gepubliceerd(self):
        return self.status == self.Status.GEPUBLICEERD

    @property
    def in_een_zin(self):
        """The one sentence of a result list: the written one, else the start of the description."""
        if self.kort:
            return self.kort
        tekst = plat(self.beschrijving)
        return tekst if len(tekst) <= 160 else tekst[:160].rsplit(" ", 1)[0] + " …"

    @property
    def door(self):
        """Who gives it."""
        return self.aanbieder or self.bestuur


# A proxy per link table, because a trigger on an automatic link table needs a model that migrations know.
class DienstThema(Dienst.themas.through):
    class Meta:
        proxy = True
        default_permissions = ()


class DienstDoelgroep(Dienst.doelgroepen.through):
    class Meta:
        proxy = True
        default_permissions = ()


class DienstGebied(Dienst.gebieden.through):
    class Meta:
        proxy = True
        default_permissions = ()


class DienstLocatie(Dienst.locaties.through):
    class Meta:
        proxy = True
        default_permissions = ()


for _koppeling in (DienstThema, DienstDoelgroep, DienstGebied, DienstLocatie):
    publiek(_koppeling)
