"""What gemeente and OCMW did with an input, and why.

Written as a draft, read by a second person, and published with all answers of its round on one day. What is published
changes only by a `Antwoordrechtzetting`: a correction with its day, that shows what stood there before. An input that says
several things is cut in `Inbrengdeel`s that each get a decision; the answer then holds them together.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from participatie.rechten import RONDEWERKERS
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.versie import publiek


class Besluit(models.TextChoices):
    OVERGENOMEN = "overgenomen", "Overgenomen"
    DEELS = "deels", "Deels overgenomen"
    NIET = "niet", "Niet overgenomen"
    BUITEN = "buiten", "Buiten dit plan"


ZONDER_WIJZIGING = (Besluit.NIET, Besluit.BUITEN)
TOESTAND = {"overgenomen": "goed", "deels": "bezig", "niet": "rustig", "buiten": "rustig", "": "wacht"}


def besluit_samen(besluiten):
    """The decision about several points together: the one they share, else partly."""
    verschillend = set(besluiten)
    return verschillend.pop() if len(verschillend) == 1 else Besluit.DEELS


class BesluitVelden(models.Model):
    """A decision with its reason; what is sent elsewhere says where, and what changes nothing says no change."""

    besluit = models.CharField(max_length=15, choices=Besluit.choices)
    reden = models.TextField("waarom", max_length=2000)
    wijziging = models.TextField("wat er verandert", max_length=2000, blank=True)
    waarheen = models.CharField("waar het wel thuishoort", max_length=200, blank=True)

    VELDEN = ("besluit", "reden", "wijziging", "waarheen")

    class Meta:
        abstract = True

    @property
    def toestand(self):
        """The kind of state label that goes with the decision."""
        return TOESTAND[self.besluit]


class AntwoordQuerySet(models.QuerySet):
    def openbaar(self):
        """Published answers to inputs that are shown."""
        return self.filter(
            staat=Antwoord.Staat.GEPUBLICEERD,
            inbreng__staat="zichtbaar",
            inbreng__ronde__staat="gepubliceerd",
            inbreng__ronde__antwoorden_gepubliceerd_op__isnull=False,
        )

    def zichtbaar_voor(self, gebruiker):
        """The one door: who works on rounds sees drafts too."""
        return self.all() if heeft_rol(gebruiker, *RONDEWERKERS) else self.openbaar()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
@publiek
class Antwoord(BesluitVelden):
    class Staat(models.TextChoices):
        CONCEPT = "concept", "Concept"
        NAGELEZEN = "nagelezen", "Nagelezen"
        GEPUBLICEERD = "gepubliceerd", "Gepubliceerd"

    Besluit = Besluit
    OVERGANGEN = {
        Staat.CONCEPT: (Staat.NAGELEZEN,),
        Staat.NAGELEZEN: (Staat.CONCEPT, Staat.GEPUBLICEERD),
        Staat.GEPUBLICEERD: (),
    }

    inbreng = models.OneToOneField("participatie.Inbreng", on_delete=models.PROTECT, related_name="antwoord")
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.CONCEPT, editable=False)
    nota = models.CharField("nota van de tweede lezer", max_length=500, blank=True, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    gewijzigd_op = models.DateTimeField(default=timezone.now, editable=False)
    nagelezen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    nagelezen_op = models.DateTimeField(null=True, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)
    # published before answers had a second reader; set by a migration and by nothing else
    zonder_nalezing = models.BooleanField(default=False, editable=False)

    objects = AntwoordQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["inbreng"]
        permissions = [("lees_na_antwoord", "Kan antwoorden van een ander nalezen")]
        constraints = [
            models.CheckConstraint(condition=~Q(reden=""), name="antwoord_heeft_reden"),
            models.CheckConstraint(
                condition=~Q(besluit__in=["niet", "buiten"]) | Q(wijziging=""), name="antwoord_niet_zonder_wijziging"
            ),
            models.CheckConstraint(
                condition=(Q(besluit="buiten") & ~Q(waarheen="")) | (~Q(besluit="buiten") & Q(waarheen="")),
                name="antwoord_buiten_zegt_waarheen",
            ),
            models.CheckConstraint(
                condition=Q(staat="concept", nagelezen_door__isnull=True, nagelezen_op__isnull=True)
                | (
                    ~Q(staat="concept")
                    & Q(nagelezen_door__isnull=False, nagelezen_op__isnull=False, nota="")
                    & ~Q(nagelezen_door=F("door"))
                )
                | Q(staat="gepubliceerd", zonder_nalezing=True, nagelezen_door__isnull=True, nagelezen_op__isnull=True),
                name="antwoord_nagelezen_door_een_ander",
            ),
        ]

    def __str__(self):
        return f"antwoord op {self.inbreng}"

    @property
    def is_gepubliceerd(self):
        return self.staat == self.Staat.GEPUBLICEERD

    @property
    def staat_in_woorden(self):
        """How far it is, for the desk."""
        return "Teruggestuurd" if self.nota else self.get_staat_display()


@pghistory.track()
@publiek
class Inbrengdeel(BesluitVelden):
    """One of the points an input makes: its own words, quoted, and what was decided about just that."""

    inbreng = models.ForeignKey("participatie.Inbreng", on_delete=models.CASCADE, related_name="punten")
    volgorde = models.PositiveSmallIntegerField()
    citaat = models.TextField("de woorden van de inbreng", max_length=5000)
    onderdeel = models.ForeignKey(
        "plan.Onderdeel", null=True, blank=True, on_delete=models.PROTECT, related_name="inbrengpunten"
    )
    besluit = models.CharField(max_length=15, choices=Besluit.choices, blank=True)
    reden = models.TextField("waarom", max_length=2000, blank=True)

    class Meta:
        verbose_name = "punt van een inbreng"
        verbose_name_plural = "punten van inbreng"
        default_permissions = ("view",)
        ordering = ["inbreng", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["inbreng", "volgorde"], name="inbrengdeel_volgorde_uniek"),
            models.CheckConstraint(condition=~Q(citaat=""), name="inbrengdeel_heeft_woorden"),
            models.CheckConstraint(
                condition=Q(besluit="", reden="", wijziging="") | (~Q(besluit="") & ~Q(reden="")),
                name="inbrengdeel_besluit_heeft_reden",
            ),
            models.CheckConstraint(
                condition=~Q(besluit__in=["niet", "buiten"]) | Q(wijziging=""),
                name="inbrengdeel_niet_zonder_wijziging",
            ),
            models.CheckConstraint(
                condition=(Q(besluit="buiten") & ~Q(waarheen="")) | (~Q(besluit="buiten") & Q(waarheen="")),
                name="inbrengdeel_buiten_zegt_waarheen",
            ),
        ]

    def __str__(self):
        return f"punt {self.volgorde} van {self.inbreng}"

    @property
    def over(self):
        """What the point is about: a part of its own, else that of the whole input."""
        return str(self.onderdeel) if self.onderdeel_id else self.inbreng.over


@pghistory.track()
@publiek
class Antwoordrechtzetting(BesluitVelden):
    """A mistake in a published answer put right: what stood there, what stands there now, and why. Two people sign.

    Open until somebody else than `door` agrees; from then on it is on the page with its day, for good.
    """

    antwoord = models.ForeignKey(Antwoord, on_delete=models.PROTECT, related_name="rechtzettingen")
    uitleg = models.CharField("wat was er fout", max_length=500)
    oud_besluit = models.CharField(max_length=15, choices=Besluit.choices, editable=False)
    oud_reden = models.TextField(editable=False)
    oud_wijziging = models.TextField(blank=True, editable=False)
    oud_waarheen = models.CharField(max_length=200, blank=True, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    op = models.DateTimeField(default=timezone.now, editable=False)
    akkoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    akkoord_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "rechtzetting"
        verbose_name_plural = "rechtzettingen"
        default_permissions = ("view",)
        ordering = ["antwoord", "op"]
        constraints = [
            models.CheckConstraint(condition=~Q(uitleg="") & ~Q(reden=""), name="antwoordrechtzetting_zegt_waarom"),
            models.CheckConstraint(
                condition=Q(akkoord_door__isnull=True, akkoord_op__isnull=True)
                | (Q(akkoord_door__isnull=False, akkoord_op__isnull=False) & ~Q(akkoord_door=F("door"))),
                name="antwoordrechtzetting_door_twee",
            ),
            models.UniqueConstraint(
                fields=["antwoord"], condition=Q(akkoord_op__isnull=True), name="antwoordrechtzetting_een_open"
            ),
        ]

    def __str__(self):
        return f"rechtzetting van {self.antwoord}"
