"""The signpost: something happens in a life, a few short questions, and then the right services and a person.

What staff edit are rows: points (a question or an outcome) and answers that lead from one point to another. What
citizens walk is a copy of them, `Levensgebeurtenis.boom`, made when it was published, so nobody ever stands on a half
finished tree. See `loket.wegwijzer`.
"""

import secrets

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from loket.models.dienst import Dienst
from sociaalhuis.inzending import in_alfabet
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek


def nieuwe_code():
    """Four characters that stand for an answer in an address, and tell nothing about it."""
    return in_alfabet(secrets.token_bytes(3), 4).lower()


class Beeld(models.TextChoices):
    """Pictograms that fit something that happens to someone."""

    EURO = "euro", "Geld"
    WERK = "werk", "Werk"
    GEZIN = "gezin", "Gezin"
    WONEN = "wonen", "Wonen"
    GEZONDHEID = "gezondheid", "Gezondheid"
    THUISZORG = "thuiszorg", "Zorg thuis"
    ENERGIE = "energie", "Energie"
    MEEDOEN = "meedoen", "Samen"
    RECHT = "recht", "Papieren"
    MOBILITEIT = "mobiliteit", "Verplaatsen"
    GESPREK = "gesprek", "Praten"
    LET_OP = "let-op", "Dringend"


class LevensgebeurtenisQuerySet(models.QuerySet):
    def gepubliceerd(self):
        return self.filter(boom__isnull=False)


@pghistory.track(exclude=["boom"])
@publiek
class Levensgebeurtenis(models.Model):
    """Something that happens to someone, in their words: "Ik verlies mijn werk"."""

    slug = models.SlugField(max_length=60, unique=True)
    titel = models.CharField("in hun woorden", max_length=80, help_text="Zoals iemand het zegt: Ik verlies mijn werk.")
    kort = models.CharField("in één zin", max_length=160, help_text="Wat iemand hier vindt.")
    picto = models.CharField("beeld", max_length=20, choices=Beeld.choices, default=Beeld.GESPREK)
    thema = models.ForeignKey(
        "sociaalhuis.Thema",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="levensgebeurtenissen",
        help_text="Staat al ingevuld bij wie een vraag stelt.",
    )
    nood = models.BooleanField(
        "noodnummers eerst", default=False, help_text="Op elke pagina van deze gebeurtenis staan ze bovenaan."
    )
    volgorde = models.PositiveSmallIntegerField(default=0)
    begin = models.ForeignKey(
        "loket.Wegpunt",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="begint bij",
        help_text="De eerste vraag.",
    )
    boom = models.JSONField(null=True, blank=True, editable=False)
    gepubliceerd_op = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LevensgebeurtenisQuerySet.as_manager()

    class Meta:
        verbose_name = "levensgebeurtenis"
        verbose_name_plural = "levensgebeurtenissen"
        ordering = ["volgorde", "titel"]
        constraints = [
            models.CheckConstraint(
                condition=Q(boom__isnull=True, gepubliceerd_op__isnull=True)
                | Q(boom__isnull=False, gepubliceerd_op__isnull=False),
                name="levensgebeurtenis_boom_bij_publicatie",
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("loket:wegwijzer_begin", kwargs={"slug": self.slug})

    @property
    def is_gepubliceerd(self):
        return self.boom is not None


@pghistory.track()
class Wegpunt(models.Model):
    """A point on the way: a question with answers, or an outcome with services."""

    class Soort(models.TextChoices):
        VRAAG = "vraag", "Vraag"
        UITKOMST = "uitkomst", "Uitkomst"

    gebeurtenis = models.ForeignKey(
        Levensgebeurtenis, on_delete=models.CASCADE, related_name="punten", verbose_name="levensgebeurtenis"
    )
    soort = models.CharField(max_length=10, choices=Soort.choices, default=Soort.VRAAG)
    titel = models.CharField(
        "vraag of titel", max_length=140, help_text="Eén korte vraag, of boven een uitkomst wat iemand nu kan doen."
    )
    uitleg = HtmlVeld(
        blank=True, help_text="Bij een vraag: waarom je het vraagt. Bij een uitkomst: wat iemand eerst doet."
    )
    nood = models.BooleanField("noodnummers eerst", default=False)
    diensten = models.ManyToManyField(Dienst, through="loket.Wegdienst", related_name="wegpunten")

    class Meta:
        verbose_name = "stap van de wegwijzer"
        verbose_name_plural = "stappen van de wegwijzer"
        ordering = ["gebeurtenis", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(soort__in=["vraag", "uitkomst"]), name="wegpunt_soort_bekend"),
            models.CheckConstraint(condition=~Q(titel=""), name="wegpunt_zegt_iets"),
        ]

    def __str__(self):
        return self.titel

    @property
    def is_vraag(self):
        return self.soort == self.Soort.VRAAG


@pghistory.track()
class Wegantwoord(models.Model):
    """An answer to a question, and the point that it leads to."""

    punt = models.ForeignKey(Wegpunt, on_delete=models.CASCADE, related_name="antwoorden")
    tekst = models.CharField("antwoord", max_length=100)
    naar = models.ForeignKey(
        Wegpunt, null=True, blank=True, on_delete=models.SET_NULL, related_name="van", verbose_name="gaat naar"
    )
    weet_niet = models.BooleanField("is ‘ik weet het niet’", default=False)
    volgorde = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=4, default=nieuwe_code, editable=False)

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["volgorde", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["punt", "code"], name="wegantwoord_code_uniek"),
            models.UniqueConstraint(
                fields=["punt"],
                condition=Q(weet_niet=True),
                name="wegantwoord_een_weet_niet",
                violation_error_message="Er is al een ander antwoord ‘ik weet het niet’.",
            ),
            models.CheckConstraint(
                condition=~Q(naar=models.F("punt")),
                name="wegantwoord_niet_naar_zichzelf",
                violation_error_message="Dit antwoord leidt naar dezelfde vraag. Kies een andere stap.",
            ),
        ]

    def __str__(self):
        return self.tekst


@pghistory.track()
class Wegdienst(models.Model):
    """A service that an outcome shows, in its place."""

    punt = models.ForeignKey(Wegpunt, on_delete=models.CASCADE, related_name="wegdiensten")
    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="+")
    volgorde = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "dienst"
        verbose_name_plural = "diensten bij deze uitkomst"
        ordering = ["volgorde", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["punt", "dienst"], name="wegdienst_uniek", violation_error_message="Deze dienst staat er al."
            )
        ]

    def __str__(self):
        return str(self.dienst)
