"""How long a case is kept, and the proof of what was destroyed.

- `Bewaarregel`: the first rule that fits gives the term and its ground. The term runs from the day of closing; for
  what sits in quarantine from the day it came in.
- `Bewaarstop`: this case stays, whatever the term says.
- `Vernietigingslijst` > `Vernietigingsregel` > `Vernietigingszaak`: what will go, approved by a person, and what went.
  The cases vanish from the list as they are erased; what stays is category, ground, period and number.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from loket.models.bericht import Deel
from loket.models.staat import Staat
from loket.models.vraag import Vraag
from sociaalhuis.versie import publiek


class Einde(models.TextChoices):
    AFGESLOTEN = "afgesloten", "Afgesloten"
    INGETROKKEN = "ingetrokken", "Ingetrokken door de vrager"
    QUARANTAINE = "quarantaine", "Nog in quarantaine: nooit bekeken"


@pghistory.track()
@publiek
class Bewaarregel(models.Model):
    Einde = Einde

    naam = models.CharField(max_length=80, unique=True)
    volgorde = models.PositiveSmallIntegerField(default=10, help_text="De eerste regel die past, telt.")
    einde = models.CharField("hoe het eindigde", max_length=15, choices=Einde.choices, default=Einde.AFGESLOTEN)
    thema = models.ForeignKey(
        "sociaalhuis.Thema",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Leeg: elk thema.",
    )
    resultaat = models.CharField(
        max_length=20, choices=Vraag.Resultaat.choices, blank=True, help_text="Leeg: elk resultaat."
    )
    maanden = models.PositiveSmallIntegerField("bewaren, in maanden")
    grond = models.CharField("waarop steunt dit?", max_length=200, help_text="De regel of de lijst die dit toelaat.")
    automatisch = models.BooleanField("wissen zonder goedkeuring", default=False)

    class Meta:
        verbose_name = "bewaarregel"
        verbose_name_plural = "bewaarregels"
        ordering = ["volgorde", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(maanden__gte=1, maanden__lte=1200), name="bewaarregel_maanden"),
            models.CheckConstraint(condition=~Q(grond=""), name="bewaarregel_heeft_grond"),
            models.CheckConstraint(
                condition=Q(einde="afgesloten") | Q(resultaat=""), name="bewaarregel_resultaat_na_afsluiten"
            ),
        ]

    def __str__(self):
        return self.naam

    def past(self):
        """The condition, on Vraag, of what this rule is about; without the term."""
        q = Q(staat=Staat.NIEUW) & ~Q(quarantaine="") if self.einde == Einde.QUARANTAINE else Q(staat=self.einde)
        if self.thema_id:
            q &= Q(thema=self.thema_id)
        return q & Q(resultaat=self.resultaat) if self.resultaat else q

    def past_bij(self, vraag) -> bool:
        """The same for one question in hand."""
        einde = Einde.QUARANTAINE if vraag.quarantaine and vraag.staat == Staat.NIEUW else vraag.staat
        return (
            einde == self.einde and self.thema_id in (None, vraag.thema_id) and self.resultaat in ("", vraag.resultaat)
        )


class BewaarstopQuerySet(models.QuerySet):
    def geldig(self, vandaag=None):
        vandaag = vandaag or timezone.localdate()
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=vandaag), opgeheven_op__isnull=True)


class Bewaarstop(Deel):
    """This case may not be erased, until a day or until someone lifts it. `tekst` is why."""

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="bewaarstops")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tot = models.DateField("tot en met", null=True, blank=True)
    opgeheven_op = models.DateTimeField(null=True, editable=False)
    opgeheven_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = BewaarstopQuerySet.as_manager()

    class Meta(Deel.Meta):
        verbose_name = "bewaarstop"
        verbose_name_plural = "bewaarstops"
        constraints = [
            models.UniqueConstraint(
                fields=["vraag"], condition=Q(opgeheven_op__isnull=True), name="bewaarstop_een_per_vraag"
            ),
            models.CheckConstraint(
                condition=Q(opgeheven_op__isnull=True, opgeheven_door__isnull=True)
                | Q(opgeheven_op__isnull=False, opgeheven_door__isnull=False),
                name="bewaarstop_opheffing_volledig",
            ),
        ]


class Vernietigingslijst(models.Model):
    class Aanleiding(models.TextChoices):
        TERMIJN = "termijn", "De bewaartermijn is voorbij"
        WENS = "wens", "De vrager vroeg het"
        FOUT = "fout", "Ten onrechte geregistreerd"

    class Staat(models.TextChoices):
        OPGESTELD = "opgesteld", "Wacht op goedkeuring"
        GOEDGEKEURD = "goedgekeurd", "Wordt gewist"
        UITGEVOERD = "uitgevoerd", "Gewist"

    aanleiding = models.CharField(max_length=10, choices=Aanleiding.choices)
    staat = models.CharField(max_length=12, choices=Staat.choices, default=Staat.OPGESTELD, editable=False)
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+")
    opgesteld_op = models.DateTimeField(default=timezone.now, editable=False)
    goedgekeurd_op = models.DateTimeField(null=True, editable=False)
    goedgekeurd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+",
        help_text="Leeg: de regel wist zonder goedkeuring.",
    )  # fmt: skip
    uitgevoerd_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "vernietigingslijst"
        verbose_name_plural = "vernietigingslijsten"
        ordering = ["-opgesteld_op", "-pk"]
        default_permissions = ("view",)
        permissions = [("keur_vernietigingslijst", "Mag vernietigingslijsten goedkeuren")]
        constraints = [
            models.CheckConstraint(
                condition=Q(staat="opgesteld", goedgekeurd_op=None, goedgekeurd_door=None, uitgevoerd_op=None)
                | Q(staat="goedgekeurd", goedgekeurd_op__isnull=False, uitgevoerd_op=None)
                | Q(staat="uitgevoerd", goedgekeurd_op__isnull=False, uitgevoerd_op__isnull=False),
                name="vernietigingslijst_staat_klopt",
            )
        ]

    def __str__(self):
        return f"vernietigingslijst {self.pk}"


class Vernietigingsregel(models.Model):
    """One category of a list. Name, ground and term are copied: the proof stands when the rule changes."""

    lijst = models.ForeignKey(Vernietigingslijst, on_delete=models.PROTECT, related_name="regels")
    naam = models.CharField(max_length=80)
    grond = models.CharField(max_length=200)
    maanden = models.PositiveSmallIntegerField(null=True)
    van = models.DateField("vroegste maand")
    tot = models.DateField("laatste maand")
    gepland = models.PositiveIntegerField(default=0)
    gewist = models.PositiveIntegerField(default=0)
    bestanden = models.PositiveIntegerField(default=0)
    overgeslagen = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "regel van een vernietigingslijst"
        verbose_name_plural = "regels van een vernietigingslijst"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(gepland__gte=F("gewist") + F("overgeslagen")), name="vernietigingsregel_telt_op"
            ),
            models.CheckConstraint(condition=Q(van__day=1, tot__day=1), name="vernietigingsregel_zonder_dag"),
        ]

    def __str__(self):
        return self.naam


class Vernietigingszaak(models.Model):
    """A case on a list that still has to go; erased, this row goes with it."""

    regel = models.ForeignKey(Vernietigingsregel, on_delete=models.CASCADE, related_name="zaken")
    vraag = models.OneToOneField("loket.Vraag", on_delete=models.CASCADE, related_name="vernietiging")
    fout = models.CharField(max_length=80, blank=True)
    niet_voor = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["niet_voor"], name="vernietigingszaak_beurt")]

    def __str__(self):
        return f"zaak {self.pk} van een lijst"
