"""A meeting: who comes together, when and where, and about what.

`concept` > `aangekondigd`, or `afgelast` with a reason. That a meeting is over follows from the clock, and that its
minutes are out from the minutes (`toestand`): nobody must remember to set a mark. `referentie` and `volgnummer` are what
calendars of others know it by.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, IntegerField, Q, Sum, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from participatie.models.ronde import Ronde
from participatie.rechten import OVERLEGMAKERS
from plan.models import Plan
from plan.regels import regel
from sociaalhuis.inzending import nieuwe_referentie
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.versie import publiek
from sociaalhuis.vertegenwoordiging import organisaties_van


class Toestand(models.TextChoices):
    CONCEPT = "concept", "Concept"
    KOMEND = "komend", "Gaat door"
    BEZIG = "bezig", "Nu bezig"
    AFGELOPEN = "afgelopen", "Voorbij"
    VERSLAG = "verslag", "Verslag staat online"
    AFGELAST = "afgelast", "Gaat niet door"


class OverlegQuerySet(models.QuerySet):
    def openbaar(self):
        """Meetings that anyone may read: told about, open to all, and not about a plan that is still secret."""
        return self.bekend().filter(Q(plan=None) | Q(plan__in=Plan.objects.openbaar()), openbaar=True)

    def bekend(self):
        """Told about: not a draft. One that was called off stays."""
        return self.exclude(staat=Overleg.Staat.CONCEPT)

    def van_genodigde(self, gebruiker):
        """Those to which this user is invited: in person, by team, or by an organisation with a mandate of now."""
        if not gebruiker.is_authenticated:
            return self.none()
        eigen = (
            Q(uitnodigingen__gebruiker=gebruiker)
            | Q(uitnodigingen__team__leden=gebruiker)
            | Q(uitnodigingen__organisatie__in=organisaties_van(gebruiker))
        )
        return self.bekend().filter(pk__in=Overleg.objects.filter(eigen).values("pk"))

    def zichtbaar_voor(self, gebruiker):
        """The one door: what is public, what one is invited to; who makes meetings sees all."""
        if heeft_rol(gebruiker, *OVERLEGMAKERS):
            return self.all()
        if not gebruiker.is_authenticated:
            return self.openbaar()
        return self.openbaar() | self.van_genodigde(gebruiker)

    def komend(self, nu=None):
        return self.filter(einde__gt=nu or timezone.now()).order_by("begin", "pk")

    def voorbij(self, nu=None):
        return self.filter(einde__lte=nu or timezone.now()).order_by("-begin", "-pk")

    def voor_lijst(self):
        """With what a list shows, in one query."""
        return self.select_related("locatie", "plan", "ronde", "verslag").met_bezetting()

    def met_bezetting(self):
        """Adds `bezet` (people with a place), `wacht_aantal` (people on the waiting list)."""
        rijen = {"staat": "inschrijvingen__staat", "aantal": "inschrijvingen__aantal"}
        return self.annotate(
            bezet=_som(rijen, "ingeschreven"),
            wacht_aantal=_som(rijen, "wachtlijst"),
            reacties=Count("inschrijvingen", filter=~Q(inschrijvingen__staat="afgemeld")),
        )


def _som(rijen, staat):
    """Sum of the people in registrations of this state that were announced beforehand."""
    geteld = When(Q(**{rijen["staat"]: staat, "inschrijvingen__onaangekondigd": False}), then=F(rijen["aantal"]))
    return Coalesce(Sum(Case(geteld, output_field=IntegerField())), 0)


@regel(
    "overleg_ronde_van_plan",
    "NEW.ronde_id IS NULL OR EXISTS (SELECT 1 FROM participatie_ronde r WHERE r.id = NEW.ronde_id AND r.plan_id = NEW.plan_id)",
)
@pghistory.track()
@publiek
class Overleg(models.Model):
    class Soort(models.TextChoices):
        STUURGROEP = "stuurgroep", "Stuurgroep"
        THEMAGROEP = "themagroep", "Themagroep"
        INSPRAAKMOMENT = "inspraakmoment", "Inspraakmoment"
        LOK = "lok", "Lokaal overleg kinderopvang en gezinnen (LOK)"
        BUURTGESPREK = "buurtgesprek", "Buurtgesprek"
        ADVIESRAAD = "adviesraad", "Vergadering van een adviesraad"
        WERKGROEP = "werkgroep", "Werkgroep"
        ANDER = "ander", "Ander overleg"

    class Staat(models.TextChoices):
        CONCEPT = "concept", "Concept"
        AANGEKONDIGD = "aangekondigd", "Aangekondigd"
        AFGELAST = "afgelast", "Gaat niet door"

    Toestand = Toestand
    OVERGANGEN = {
        Staat.CONCEPT: (Staat.AANGEKONDIGD,),
        Staat.AANGEKONDIGD: (Staat.AFGELAST,),
        Staat.AFGELAST: (),
    }
    AGENDAVELDEN = ("titel", "begin", "einde", "locatie", "adres", "link")  # what a calendar of others shows

    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    slug = models.SlugField("naam in het webadres", max_length=90, unique=True, editable=False)
    soort = models.CharField("wat voor overleg?", max_length=15, choices=Soort.choices)
    titel = models.CharField(max_length=120)
    inleiding = models.TextField("waarover gaat het?", max_length=3000, blank=True)
    begin = models.DateTimeField()
    einde = models.DateTimeField()
    locatie = models.ForeignKey(
        "sociaalhuis.Locatie", null=True, blank=True, on_delete=models.PROTECT, related_name="overleggen"
    )
    adres = models.CharField("andere plaats", max_length=200, blank=True)
    link = models.URLField("link om online mee te doen", blank=True)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="overleggen")
    ronde = models.ForeignKey(Ronde, null=True, blank=True, on_delete=models.PROTECT, related_name="overleggen")
    openbaar = models.BooleanField("iedereen mag komen", default=False)
    plaatsen = models.PositiveSmallIntegerField("aantal plaatsen", null=True, blank=True)
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.CONCEPT, editable=False)
    reden = models.CharField("waarom veranderd of afgelast", max_length=300, blank=True, editable=False)
    verplaatst_op = models.DateTimeField(null=True, editable=False)
    volgnummer = models.PositiveIntegerField(default=0, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField(default=timezone.now, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = OverlegQuerySet.as_manager()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ["-begin", "-pk"]
        indexes = [models.Index(fields=["einde"], name="overleg_einde")]
        constraints = [
            models.CheckConstraint(
                condition=Q(einde__gt=F("begin")),
                name="overleg_eindigt_na_begin",
                violation_error_message="Het overleg eindigt voor het begint. Kies een later einduur.",
            ),
            models.CheckConstraint(
                condition=Q(locatie__isnull=False) | ~Q(adres="") | ~Q(link=""),
                name="overleg_heeft_een_plaats",
                violation_error_message="Kies een plaats, schrijf een adres of geef een link om online mee te doen.",
            ),
            models.CheckConstraint(
                condition=Q(locatie__isnull=True) | Q(adres=""),
                name="overleg_een_plaats",
                violation_error_message="Kies een plaats uit de lijst of schrijf een adres, niet allebei.",
            ),
            models.CheckConstraint(
                condition=~Q(staat="afgelast") | ~Q(reden=""),
                name="overleg_afgelast_heeft_reden",
            ),
            models.CheckConstraint(
                condition=Q(plaatsen__isnull=True) | Q(plaatsen__gte=1),
                name="overleg_minstens_een_plaats",
                violation_error_message="Laat leeg als er altijd plaats is, of vul minstens 1 in.",
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("participatie:overleg", args=[self.slug])

    @property
    def toestand(self):
        """Where the meeting is now, from the clock and its minutes."""
        nu = timezone.now()
        if self.staat != self.Staat.AANGEKONDIGD:
            return Toestand(self.staat)
        if nu < self.begin:
            return Toestand.KOMEND
        if nu < self.einde:
            return Toestand.BEZIG
        return Toestand.VERSLAG if self.verslag_online else Toestand.AFGELOPEN

    @property
    def toestand_soort(self):
        """The kind of state label that goes with it."""
        return {"concept": "rustig", "komend": "bezig", "bezig": "let-op", "afgelopen": "rustig", "verslag": "goed",
                "afgelast": "fout"}[self.toestand]  # fmt: skip

    @property
    def verslag_of_niets(self):
        return getattr(self, "verslag", None)

    @property
    def verslag_online(self):
        verslag = self.verslag_of_niets
        return bool(verslag and verslag.is_gepubliceerd)

    @property
    def is_open(self):
        """Whether somebody may register now: until it begins."""
        return self.staat == self.Staat.AANGEKONDIGD and timezone.now() < self.begin

    @property
    def is_begonnen(self):
        return timezone.now() >= self.begin

    @property
    def waar(self):
        """The place in words, for a list or a calendar."""
        return str(self.locatie) if self.locatie_id else self.adres or "Online"

    @property
    def uren(self):
        """'19.00 tot 21.30 uur', with the day of the end when that is another one."""
        begin, einde = timezone.localtime(self.begin), timezone.localtime(self.einde)
        dag = "" if begin.date() == einde.date() else f"{einde.day}/{einde.month} "
        return f"{begin.hour}.{begin:%M} tot {dag}{einde.hour}.{einde:%M} uur"

    @property
    def vrij(self):
        """Places left, or None without a limit. Needs `met_bezetting`."""
        return None if self.plaatsen is None else max(self.plaatsen - self.bezet, 0)
