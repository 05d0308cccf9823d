"""The ordered parts of a service: conditions, steps, costs, benefits, websites, contacts and law."""

import pghistory
from django.db import models
from django.db.models import Q

from loket.models.dienst import Dienst
from sociaalhuis import uren
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek


class Onderdeel(models.Model):
    titel = models.CharField(max_length=300, blank=True)
    beschrijving = HtmlVeld(blank=True)
    volgorde = models.PositiveSmallIntegerField(default=0)
    lpdc_uri = models.CharField("URI in LPDC", max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["volgorde", "pk"]

    def __str__(self):
        return self.titel or self._meta.verbose_name


class Betekenis(models.TextChoices):
    """What an answer to the question of a rule means for who gave it."""

    PAST = "past", "past bij de regel"
    NIET = "niet", "past meestal niet"
    VRAAG = "vraag", "hangt ervan af: vraag het ons"


@pghistory.track()
@publiek
class Voorwaarde(Onderdeel):
    """A rule that must hold, with what someone brings to show it.

    `vraag` is a yes/no question about the rule, for the hint of `loket.catalogus.hint`; it belongs to the words of this rule.
    """

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="voorwaarden")
    bewijs_titel = models.CharField("wat breng je mee, titel", max_length=300, blank=True)
    bewijs = HtmlVeld("wat breng je mee", blank=True)
    bewijs_uri = models.CharField(max_length=300, blank=True, editable=False)
    vraag = models.CharField(
        "ja-neevraag over deze regel",
        max_length=160,
        blank=True,
        help_text="Voor ‘Is dit iets voor jou?’ op de site. Hoogstens drie vragen per dienst. Beloof niets.",
    )
    bij_ja = models.CharField("wie ja zegt", max_length=10, choices=Betekenis.choices, default=Betekenis.PAST)
    bij_nee = models.CharField("wie nee zegt", max_length=10, choices=Betekenis.choices, default=Betekenis.NIET)

    class Meta(Onderdeel.Meta):
        verbose_name = "voorwaarde"
        verbose_name_plural = "voorwaarden"
        constraints = [
            models.CheckConstraint(
                condition=Q(vraag="") | Q(vraag__endswith="?"),
                name="voorwaarde_vraag_eindigt_op_vraagteken",
                violation_error_message="De vraag over een regel eindigt op een vraagteken.",
            ),
            models.CheckConstraint(
                condition=Q(vraag="") | ~Q(titel="") | ~Q(beschrijving=""),
                name="voorwaarde_vraag_heeft_een_regel",
                violation_error_message="Schrijf eerst de regel zelf: die staat op de site naast de vraag.",
            ),
            models.CheckConstraint(
                condition=Q(vraag="") | ~Q(bij_ja=models.F("bij_nee")),
                name="voorwaarde_vraag_maakt_verschil",
                violation_error_message="Ja en nee betekenen hier hetzelfde. Dan is de vraag niet nodig.",
            ),
        ]


@pghistory.track()
@publiek
class Procedure(Onderdeel):
    """How to go about it."""

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="procedures")

    class Meta(Onderdeel.Meta):
        verbose_name = "procedure"
        verbose_name_plural = "procedures"


@pghistory.track()
@publiek
class Kost(Onderdeel):
    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="kosten")

    class Meta(Onderdeel.Meta):
        verbose_name = "kost"
        verbose_name_plural = "kosten"


@pghistory.track()
@publiek
class Voordeel(Onderdeel):
    """A financial advantage."""

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="voordelen")

    class Meta(Onderdeel.Meta):
        verbose_name = "voordeel"
        verbose_name_plural = "voordelen"


@pghistory.track()
@publiek
class Website(Onderdeel):
    """A page elsewhere, about the service or about one procedure of it."""

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="websites")
    procedure = models.ForeignKey(
        Procedure,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="websites",
        help_text="Leeg = algemeen.",
    )
    url = models.URLField("adres", max_length=1000)

    class Meta(Onderdeel.Meta):
        verbose_name = "website"
        verbose_name_plural = "websites"


@pghistory.track()
@publiek
class Wetgeving(Onderdeel):
    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="wetgeving")
    url = models.URLField("adres", max_length=1000)

    class Meta(Onderdeel.Meta):
        verbose_name = "wetgeving"
        verbose_name_plural = "wetgeving"


@pghistory.track()
@publiek
class Contactpunt(models.Model):
    """Where and when to reach someone. The hours are text: see `sociaalhuis.uren`."""

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="contactpunten")
    naam = models.CharField(max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    telefoon = models.CharField(max_length=40, blank=True)
    url = models.URLField("website", max_length=1000, blank=True)
    openingsuren = models.TextField(blank=True, help_text="Eén dag per regel, zoals: ma 09:00-12:00, 13:00-16:00")
    straat = models.CharField(max_length=120, blank=True)
    huisnummer = models.CharField(max_length=20, blank=True)
    bus = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    gemeente = models.CharField(max_length=80, blank=True)
    land = models.CharField(max_length=60, blank=True)
    adres_uri = models.CharField(max_length=300, blank=True, editable=False)
    volgorde = models.PositiveSmallIntegerField(default=0)
    lpdc_uri = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = "contactpunt"
        verbose_name_plural = "contactpunten"
        ordering = ["volgorde", "pk"]

    def __str__(self):
        return self.naam or "contactpunt"

    @property
    def adres(self):
        """The address on one line, or "" when there is none."""
        straat = " ".join(filter(None, [self.straat, self.huisnummer, self.bus and f"bus {self.bus}"]))
        plaats = " ".join(filter(None, [self.postcode, self.gemeente]))
        return ", ".join(filter(None, [straat, plaats]))

    @property
    def nu_open(self):
        return uren.toestand(self.openingsuren)

    @property
    def uren_per_dag(self):
        return uren.per_dag(self.openingsuren)
