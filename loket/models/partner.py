"""What the house knows of its partners: places and waiting time, time limits, who they sent to us, and figures."""

from dataclasses import dataclass
from datetime import timedelta

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from loket.models.verwijzing import Reden, Verwijsstaat

CAPACITEIT_VERS = 14  # days


@pghistory.track()
class Capaciteit(models.Model):
    """Free places and waiting time of an organisation, or of one of its services. Empty means: not said."""

    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.CASCADE, related_name="capaciteiten")
    dienst = models.ForeignKey(
        "loket.Dienst",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="capaciteiten",
        help_text="Leeg = de organisatie in haar geheel.",
    )
    vrije_plaatsen = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(9999)])
    wachttijd = models.PositiveSmallIntegerField(
        "wachttijd in dagen", null=True, blank=True, validators=[MaxValueValidator(1500)]
    )
    opmerking = models.CharField(max_length=160, blank=True, help_text="Niets over personen.")
    bijgewerkt_op = models.DateTimeField(default=timezone.now, editable=False)
    bijgewerkt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "capaciteit"
        verbose_name_plural = "capaciteiten"
        ordering = ["organisatie__naam", "dienst__titel"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "dienst"], nulls_distinct=False, name="capaciteit_een_per_dienst"
            )
        ]

    def __str__(self):
        return f"capaciteit van {self.organisatie}"

    @property
    def is_vol(self):
        return self.vrije_plaatsen == 0

    @property
    def plaatsen_in_woorden(self):
        return "1 vrije plaats" if self.vrije_plaatsen == 1 else f"{self.vrije_plaatsen} vrije plaatsen"

    @property
    def wachttijd_in_woorden(self):
        """'Wachttijd 10 dagen', in weeks when it is long; nothing when it was not said."""
        if self.wachttijd is None:
            return ""
        if self.wachttijd == 0:
            return "Geen wachttijd"
        if self.wachttijd >= 21:
            return f"Wachttijd {round(self.wachttijd / 7)} weken"
        return "Wachttijd 1 dag" if self.wachttijd == 1 else f"Wachttijd {self.wachttijd} dagen"

    @property
    def is_oud(self):
        return timezone.now() - self.bijgewerkt_op > timedelta(days=CAPACITEIT_VERS)

    @property
    def is_gezegd(self):
        return self.vrije_plaatsen is not None or self.wachttijd is not None


def _dagen(naam, standaard, uitleg):
    return models.PositiveSmallIntegerField(
        naam, default=standaard, help_text=uitleg, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )


@pghistory.track()
class Verwijstermijnen(models.Model):
    """How long each step of a referral may last, in working days: for the house, or for one organisation."""

    organisatie = models.OneToOneField(
        "sociaalhuis.Organisatie",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="verwijstermijnen",
        help_text="Leeg = voor het hele huis.",
    )
    akkoord = _dagen("akkoord van de vrager", 10, "Daarna verloopt het voorstel.")
    verzenden = _dagen("verzenden door het loket", 3, "Daarna verloopt het voorstel.")
    antwoord = _dagen("antwoord van de partner", 5, "Daarna verloopt de doorverwijzing.")
    terugvraag = _dagen("antwoord op een vraag van de partner", 5, "Daarna verloopt de doorverwijzing.")
    afspraak = _dagen("afspraak na aanvaarding", 10, "Daarna krijgt het loket een seintje.")
    uitkomst = _dagen("uitkomst na de afspraak", 10, "Daarna krijgt het loket een seintje.")
    bevestiging = _dagen("bevestiging door de vrager", 10, "Daarna sluit de doorverwijzing zonder bevestiging.")
    herinnering = _dagen("herinnering vooraf", 2, "Zoveel werkdagen voor het einde van een stap.")

    class Meta:
        verbose_name = "termijnen voor doorverwijzen"
        verbose_name_plural = "termijnen voor doorverwijzen"
        ordering = ["organisatie__naam"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(organisatie__isnull=True), name="verwijstermijnen_een_voor_het_huis"
            )
        ]

    def __str__(self):
        return f"termijnen van {self.organisatie or 'het huis'}"

    @classmethod
    def van(cls, organisatie):
        """Those of the organisation, else of the house, else what we start with."""
        rijen = {
            rij.organisatie_id: rij for rij in cls.objects.filter(Q(organisatie=organisatie) | Q(organisatie=None))
        }
        return rijen.get(organisatie.pk) or rijen.get(None) or cls()

    def dagen(self, stap: str) -> int:
        return getattr(self, stap)


@dataclass(frozen=True)
class Stand:
    """What a partner may know of a question it brought."""

    woord: str
    soort: str


class Toeleiding(models.Model):
    """A partner brought a client to the Social House, with their consent. It follows the stand, never the content."""

    class Toestemming(models.TextChoices):
        GETEKEND = "getekend", "De persoon tekende een toestemming"
        ERBIJ = "erbij", "De persoon zat erbij en is akkoord"
        TELEFOON = "telefoon", "De persoon zei het aan de telefoon"

    vraag = models.OneToOneField("loket.Vraag", on_delete=models.CASCADE, related_name="toeleiding")
    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="toeleidingen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    toestemming = models.CharField(max_length=10, choices=Toestemming.choices)
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "toeleiding"
        verbose_name_plural = "toeleidingen"
        ordering = ["-op", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"toeleiding {self.pk}"

    @property
    def stand(self) -> Stand:
        if self.vraag.is_dicht:
            return Stand("Afgerond", "rustig")
        if self.vraag.staat == self.vraag.Staat.NIEUW:
            return Stand("Ontvangen", "nieuw")
        return Stand("In behandeling", "bezig")


class Verwijscijfer(models.Model):
    """How one referral ended, without anything that leads to a person: no case, no reference, a month.

    Stays when the case is erased; refused and expired ones feed the register of unmet needs.
    """

    maand = models.DateField("eerste dag van de maand")
    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="+")
    thema = models.ForeignKey("sociaalhuis.Thema", null=True, on_delete=models.PROTECT, related_name="+")
    doelgroep = models.ForeignKey("sociaalhuis.Doelgroep", null=True, on_delete=models.PROTECT, related_name="+")
    gebied = models.ForeignKey("sociaalhuis.Gebied", null=True, on_delete=models.PROTECT, related_name="+")
    uitkomst = models.CharField(max_length=15, choices=Verwijsstaat.choices)
    reden = models.CharField(max_length=15, choices=Reden.choices, blank=True)
    wachttijd_vooraf = models.PositiveSmallIntegerField(null=True)
    dagen_tot_verzonden = models.PositiveSmallIntegerField(null=True)
    dagen_tot_aanvaard = models.PositiveSmallIntegerField(null=True)
    dagen_tot_geholpen = models.PositiveSmallIntegerField(null=True)
    dagen_tot_einde = models.PositiveSmallIntegerField()
    werkdagen_tot_antwoord = models.PositiveSmallIntegerField(
        null=True, help_text="Van verzenden tot aanvaarden of weigeren."
    )
    gekomen = models.BooleanField(null=True, help_text="Of de vrager bij de partner geraakte; leeg = niet gekend.")

    class Meta:
        verbose_name = "cijfer over doorverwijzen"
        verbose_name_plural = "cijfers over doorverwijzen"
        ordering = ["-maand", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["maand", "uitkomst"], name="verwijscijfer_maand")]
        constraints = [
            models.CheckConstraint(condition=Q(maand__day=1), name="verwijscijfer_alleen_de_maand"),
        ]

    def __str__(self):
        return f"cijfer {self.pk}"


class IngetrokkenVerwijzing(models.Model):
    """A running referral whose case was erased: all that is left for the partner is that it ended.

    `referentie` is the one of the referral, which the partner knows; it leads to nothing any more. Goes after a month.
    """

    referentie = models.CharField(max_length=11, unique=True)
    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.CASCADE, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "ingetrokken doorverwijzing"
        verbose_name_plural = "ingetrokken doorverwijzingen"
        ordering = ["-op", "-pk"]
        default_permissions = ()

    def __str__(self):
        return self.referentie
