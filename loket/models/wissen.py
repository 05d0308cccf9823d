"""The wish to be erased, and what is left to do after a case was erased."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from loket.models.bericht import Deel
from sociaalhuis.models import VersleuteldTekstVeld


class WiswensQuerySet(models.QuerySet):
    def open(self):
        return self.filter(besloten_op__isnull=True)

    def zichtbaar_voor(self, vragen):
        """The wishes about these questions, which the caller got through their own door."""
        return self.filter(vraag__in=vragen)


class Wiswens(Deel):
    """Someone asks to erase what we keep about them; a person decides. When granted, this row goes with the case.

    `tekst` is what they add themselves, `antwoord` why it cannot be done yet: they read it.
    """

    class Grond(models.TextChoices):
        WET = "wet", "Een wet zegt dat we dit nog moeten bewaren"
        STEUN = "steun", "Je krijgt nog hulp of steun waarvoor dit nodig is"
        GESCHIL = "geschil", "Er loopt nog een klacht, beroep of rechtszaak"
        ANDER = "ander", "Een andere reden"

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="wiswensen")
    uiterlijk_op = models.DateField()
    besloten_op = models.DateTimeField(null=True, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    grond = models.CharField(max_length=10, choices=Grond.choices, blank=True)
    antwoord = VersleuteldTekstVeld(null=True)

    objects = WiswensQuerySet.as_manager()

    class Meta(Deel.Meta):
        verbose_name = "wens om te wissen"
        verbose_name_plural = "wensen om te wissen"
        constraints = [
            models.UniqueConstraint(
                fields=["vraag"], condition=Q(besloten_op__isnull=True), name="wiswens_een_open_per_vraag"
            ),
            models.CheckConstraint(
                condition=Q(besloten_op__isnull=True, door__isnull=True, grond="", antwoord__isnull=True)
                | Q(besloten_op__isnull=False, door__isnull=False, antwoord__isnull=False) & ~Q(grond=""),
                name="wiswens_weigering_volledig",
            ),
        ]

    @property
    def is_te_laat(self):
        return self.besloten_op is None and self.uiterlijk_op < timezone.localdate()


class TeWissenBestand(models.Model):
    """A file of an erased case that must still go from the disk. Its key is gone, so nobody can read it any more."""

    naam = models.CharField(max_length=200, unique=True)
    sinds = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()


class Restgegeven(models.Model):
    """What stays of an erased case, for the figures: no reference, no text, no day. It points at nobody."""

    maand = models.DateField("maand van registratie")
    dicht_in = models.DateField("maand van afsluiten", null=True)
    kanaal = models.CharField(max_length=10)
    staat = models.CharField(max_length=20)
    resultaat = models.CharField(max_length=20, blank=True)
    quarantaine = models.CharField(max_length=15, blank=True)
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="+")
    thema = models.ForeignKey("sociaalhuis.Thema", null=True, on_delete=models.PROTECT, related_name="+")
    gebied = models.ForeignKey("sociaalhuis.Gebied", null=True, on_delete=models.PROTECT, related_name="+")
    doelgroep = models.ForeignKey("sociaalhuis.Doelgroep", null=True, on_delete=models.PROTECT, related_name="+")
    dienst = models.ForeignKey("loket.Dienst", null=True, on_delete=models.SET_NULL, related_name="+")
    dagen_tot_antwoord = models.PositiveIntegerField(null=True)
    doorlooptijd = models.PositiveIntegerField("dagen van registratie tot afsluiten", null=True)
    op_tijd = models.BooleanField(null=True)
    oordeel = models.CharField(max_length=15, blank=True)

    class Meta:
        verbose_name = "restgegeven"
        verbose_name_plural = "restgegevens"
        default_permissions = ()
        indexes = [models.Index(fields=["maand"], name="restgegeven_maand")]
        constraints = [
            models.CheckConstraint(
                condition=Q(maand__day=1) & (Q(dicht_in__isnull=True) | Q(dicht_in__day=1)),
                name="restgegeven_zonder_dag",
            )
        ]

    def __str__(self):
        return f"restgegeven {self.pk}"
