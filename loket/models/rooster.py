"""What people can make an appointment for, and when: kinds, the weekly schedule, and days that differ from it.

Days on which the house or the place is closed need nothing here, see `loket.rooster.agenda`.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sociaalhuis.uren import DAGNAMEN
from sociaalhuis.versie import publiek


class Wijze(models.TextChoices):
    """How people meet."""

    HIER = "hier", "Bij ons"
    TELEFOON = "telefoon", "Aan de telefoon"
    THUIS = "thuis", "Bij mij thuis"


@pghistory.track()
@publiek
class Afspraaksoort(models.Model):
    """A kind of appointment. Its team gives it, so only that team sees who comes."""

    slug = models.SlugField(unique=True)
    naam = models.CharField(max_length=80, help_text="In gewone woorden, zoals: Praten over schulden.")
    uitleg = models.CharField(max_length=200, blank=True, help_text="Voor wie is het en wat gebeurt er? In één zin.")
    duur = models.PositiveSmallIntegerField("duur in minuten", default=30)
    team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="afspraaksoorten")
    themas = models.ManyToManyField(
        "sociaalhuis.Thema", blank=True, related_name="afspraaksoorten", verbose_name="thema's"
    )
    diensten = models.ManyToManyField("loket.Dienst", blank=True, related_name="afspraaksoorten")
    meebrengen = models.TextField(
        "wat brengt iemand mee?",
        blank=True,
        max_length=600,
        help_text="Eén ding per regel. Leeg = wat bij de dienst staat.",
    )
    online = models.BooleanField("mensen boeken dit zelf op de website", default=True)
    volgorde = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "soort afspraak"
        verbose_name_plural = "soorten afspraken"
        ordering = ["volgorde", "naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duur__gte=5, duur__lte=480),
                name="afspraaksoort_duur",
                violation_error_message="Een afspraak duurt 5 minuten tot 8 uur.",
            )
        ]

    def __str__(self):
        return self.naam


class SoortThema(Afspraaksoort.themas.through):
    class Meta:
        proxy = True
        default_permissions = ()


class SoortDienst(Afspraaksoort.diensten.through):
    class Meta:
        proxy = True
        default_permissions = ()


for _koppeling in (SoortThema, SoortDienst):
    publiek(_koppeling)


@pghistory.track()
@publiek
class Spreekuur(models.Model):
    """Every week on this day, from `van` until `tot`, so many desks for one kind of appointment.

    An extra session on one day is a row that counts on that day only.
    """

    locatie = models.ForeignKey("sociaalhuis.Locatie", on_delete=models.PROTECT, related_name="spreekuren")
    soort = models.ForeignKey(Afspraaksoort, on_delete=models.PROTECT, related_name="spreekuren")
    wijze = models.CharField("hoe", max_length=10, choices=Wijze.choices, default=Wijze.HIER)
    weekdag = models.PositiveSmallIntegerField("dag", choices=list(enumerate(DAGNAMEN)))
    van = models.TimeField("vanaf")
    tot = models.TimeField("tot")
    plekken = models.PositiveSmallIntegerField(
        "hoeveel tegelijk", default=1, help_text="Zoveel mensen kunnen op hetzelfde uur komen."
    )
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="spreekuren",
        help_text="Leeg = wie van het team er is.",
    )
    geldig_van = models.DateField("geldt vanaf", default=timezone.localdate)
    geldig_tot = models.DateField("geldt tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "spreekuur"
        verbose_name_plural = "spreekuren"
        ordering = ["locatie", "weekdag", "van", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__gt=F("van")),
                name="spreekuur_eindigt_na_begin",
                violation_error_message="Het einde van een spreekuur ligt na het begin.",
            ),
            models.CheckConstraint(condition=Q(weekdag__lte=6), name="spreekuur_weekdag"),
            models.CheckConstraint(
                condition=Q(plekken__gte=1, plekken__lte=20) & (Q(medewerker=None) | Q(plekken=1)),
                name="spreekuur_plekken",
                violation_error_message="Kies 1 tot 20 plaatsen. Met één medewerker is er één plaats.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot=None) | Q(geldig_tot__gte=F("geldig_van")),
                name="spreekuur_geldig",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self):
        return f"{self.get_weekdag_display()} {self.van:%H:%M}-{self.tot:%H:%M}"


@pghistory.track()
@publiek
class Uitzondering(models.Model):
    """On this day a session has another number of desks; 0 = it is not held."""

    spreekuur = models.ForeignKey(Spreekuur, on_delete=models.CASCADE, related_name="uitzonderingen")
    dag = models.DateField()
    plekken = models.PositiveSmallIntegerField("hoeveel tegelijk", default=0, help_text="0 = gaat niet door.")
    reden = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "uitzondering"
        verbose_name_plural = "uitzonderingen"
        ordering = ["dag", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["spreekuur", "dag"],
                name="uitzondering_een_per_dag",
                violation_error_message="Voor deze dag staat er al een uitzondering.",
            )
        ]

    def __str__(self):
        return f"uitzondering {self.pk}"
