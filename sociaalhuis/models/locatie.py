"""Where people can go: the places of the house, their days off, and days with other hours."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from sociaalhuis import uren
from sociaalhuis.versie import publiek


class Antwoord(models.TextChoices):
    JA = "ja", "Ja"
    NEE = "nee", "Nee"
    ONBEKEND = "onbekend", "Weten we niet"


# what people want to know before they come: field -> name on the page
VOORZIENINGEN = {
    "drempelvrij": "Zonder trappen binnen",
    "toilet": "Toilet voor rolstoelgebruikers",
    "lift": "Lift",
    "parkeerplaats": "Parkeerplaats voor mensen met een handicap",
    "bushalte": "Bushalte dichtbij",
    "stille_ruimte": "Rustige ruimte",
    "ringleiding": "Ringleiding voor wie slecht hoort",
}


def _voorziening(naam):
    return models.CharField(naam, max_length=10, choices=Antwoord.choices, default=Antwoord.ONBEKEND)


def _uitleg():
    return models.CharField("in één zin", max_length=200, blank=True)


class LocatieQuerySet(models.QuerySet):
    def getoond(self):
        """The places that anyone may see."""
        return self.filter(zichtbaar=True)


@pghistory.track()
@publiek
class Locatie(models.Model):
    """A place where the house or a partner helps people.

    The place that is the house itself (`is_huis`) has the address, the phone number and the hours of `Huis`, so that
    these stand in one place only.
    """

    slug = models.SlugField(unique=True)
    naam = models.CharField(max_length=80)
    wat = models.CharField("wat kan je er doen?", max_length=300, blank=True, help_text="In één of twee zinnen.")
    is_huis = models.BooleanField(
        "dit is het Sociaal Huis zelf",
        default=False,
        help_text="Adres, telefoon en openingsuren komen dan van bij ‘Huis’ en blijven hier leeg.",
    )
    straat = models.CharField(max_length=80, blank=True)
    huisnummer = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    gemeente = models.CharField(max_length=80, blank=True)
    gebied = models.ForeignKey(
        "sociaalhuis.Gebied",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="locaties",
        verbose_name="buurt",
    )
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    openingsuren = models.TextField(
        blank=True,
        validators=[uren.controleer],
        help_text="Eén dag per regel, zoals: ma 09:00-12:00, 13:00-16:00",
    )
    route = models.TextField(
        "hoe geraak je er?", blank=True, max_length=600, help_text="Welke bus, welke ingang, waar aanbellen."
    )
    drempelvrij, drempelvrij_uitleg = _voorziening(VOORZIENINGEN["drempelvrij"]), _uitleg()
    toilet, toilet_uitleg = _voorziening(VOORZIENINGEN["toilet"]), _uitleg()
    lift, lift_uitleg = _voorziening(VOORZIENINGEN["lift"]), _uitleg()
    parkeerplaats, parkeerplaats_uitleg = _voorziening(VOORZIENINGEN["parkeerplaats"]), _uitleg()
    bushalte, bushalte_uitleg = _voorziening(VOORZIENINGEN["bushalte"]), _uitleg()
    stille_ruimte, stille_ruimte_uitleg = _voorziening(VOORZIENINGEN["stille_ruimte"]), _uitleg()
    ringleiding, ringleiding_uitleg = _voorziening(VOORZIENINGEN["ringleiding"]), _uitleg()
    volgorde = models.PositiveSmallIntegerField(default=0)
    zichtbaar = models.BooleanField("toon op de website", default=True)

    objects = LocatieQuerySet.as_manager()

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        ordering = ["volgorde", "naam"]
        constraints = [
            models.UniqueConstraint(
                F("is_huis"),
                condition=Q(is_huis=True),
                name="locatie_een_huis",
                violation_error_message="Er is al een locatie die het Sociaal Huis zelf is.",
            ),
            models.CheckConstraint(
                condition=Q(is_huis=True, straat="", huisnummer="", openingsuren="")
                | (Q(is_huis=False) & ~Q(straat="") & ~Q(gemeente="")),
                name="locatie_heeft_een_adres",
                violation_error_message=(
                    "Vul straat en gemeente in. Voor het Sociaal Huis zelf blijven adres en openingsuren leeg."
                ),
            ),
        ]

    def __str__(self):
        return self.naam

    def get_absolute_url(self):
        return reverse("loket:locatie", kwargs={"slug": self.slug})


class SluitingsdagQuerySet(models.QuerySet):
    def van_het_huis(self):
        """The days on which the whole house is closed."""
        return self.filter(locatie=None)

    def dagen(self, van, tot):
        """Set of the dates from `van` up to and with `tot` that these rows close."""
        rijen = self.filter(van__lte=tot, tot__gte=van).values_list("van", "tot")
        return {dag for begin, einde in rijen for dag in uren.reeks(max(begin, van), min(einde, tot))}


@pghistory.track()
@publiek
class Sluitingsdag(models.Model):
    """One or more days on which the whole house, or one place, is closed. Public holidays need no row."""

    naam = models.CharField("waarom", max_length=80, help_text="Zoals: brugdag, 11 juli, verhuis.")
    van = models.DateField("vanaf")
    tot = models.DateField("tot en met")
    locatie = models.ForeignKey(
        Locatie,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sluitingsdagen",
        help_text="Leeg = het hele huis.",
    )

    objects = SluitingsdagQuerySet.as_manager()

    class Meta:
        verbose_name = "sluitingsdag"
        verbose_name_plural = "sluitingsdagen"
        ordering = ["van", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__gte=F("van")),
                name="sluitingsdag_eindigt_na_begin",
                violation_error_message="De laatste dag ligt voor de eerste.",
            )
        ]

    def __str__(self):
        return self.naam


@pghistory.track()
@publiek
class AndereUren(models.Model):
    """Other hours than usual on one day. They go before a closing day and before a public holiday."""

    naam = models.CharField("waarom", max_length=80, help_text="Zoals: kerstavond, avondopening.")
    dag = models.DateField()
    uren = models.CharField(
        max_length=60, validators=[uren.controleer_blokken], help_text="Zoals: 09:00-12:00, 13:00-16:00"
    )
    locatie = models.ForeignKey(
        Locatie,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="andere_uren",
        help_text="Leeg = het hele huis.",
    )

    class Meta:
        verbose_name = "dag met andere uren"
        verbose_name_plural = "dagen met andere uren"
        ordering = ["dag", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dag", "locatie"],
                name="andere_uren_een_per_dag",
                violation_error_message="Voor deze dag zijn er al andere uren.",
            ),
            models.UniqueConstraint(
                fields=["dag"],
                condition=Q(locatie=None),
                name="andere_uren_een_per_dag_van_het_huis",
                violation_error_message="Voor deze dag zijn er al andere uren.",
            ),
        ]

    def __str__(self):
        return self.naam
