"""Which team gets a question, and how urgent it is: rules in an order, of which the first that fits wins.

A rule fits when all its conditions do; an empty condition fits everything. Words are sought in the text while it is
in memory: a word fits at the begin of a word, without capitals and accents ("deurwaarder" fits "deurwaarders").
A rule without a team gives the question to the team of the chosen service, when that has one. Nothing falls through:
after the rules comes the team of the service, then the rule for the rest, then any team of the OCMW, whose secrecy
covers every question.
"""

import re
import unicodedata
from dataclasses import dataclass

import pghistory
from django.db import models
from django.db.models import Q

from loket.models.staat import Prioriteit
from loket.models.vraag import Vraag
from sociaalhuis.models import Team
from sociaalhuis.versie import publiek

VOORWAARDEN = ("thema", "doelgroep", "gebied", "dienst", "kanaal", "woorden")
SCHEIDING = re.compile(r"[,;\n]+")
IS_REST = Q(thema=None, doelgroep=None, gebied=None, dienst=None, kanaal="", woorden="", team__isnull=False)


def kale_tekst(tekst):
    """The text in small letters without accents, its words apart by one space, with a space before and after."""
    kaal = unicodedata.normalize("NFKD", tekst or "").encode("ascii", "ignore").decode().lower()
    return f" {' '.join(re.findall(r'[a-z0-9]+', kaal))} "


@dataclass(frozen=True)
class Binnenkomst:
    """What is known of a question when it comes in. `gebieden` are the pks of its area and the areas it lies in."""

    thema_id: int | None = None
    doelgroep_id: int | None = None
    gebieden: tuple = ()
    dienst_id: int | None = None
    team_van_dienst: Team | None = None
    kanaal: str = Vraag.Kanaal.WEB
    tekst: str = ""


@dataclass(frozen=True)
class Bestemming:
    """Where a question goes. `regel` is None when no rule fitted."""

    team: Team
    prioriteit: int = Prioriteit.GEWOON
    regel: "Verdeelregel | None" = None


class VerdeelregelQuerySet(models.QuerySet):
    def op_volgorde(self):
        """The rules as they are tried, the one for the rest last."""
        regels = self.select_related("team__bestuur", "thema", "doelgroep", "gebied", "dienst__team")
        return sorted(regels, key=lambda regel: (regel.is_rest, regel.volgorde, regel.pk))


@publiek  # not shown, but questions are sent by the rules that each process keeps
@pghistory.track()
class Verdeelregel(models.Model):
    """Questions for which all conditions hold go to this team; the rule without conditions takes all the rest."""

    volgorde = models.PositiveIntegerField(default=1000, db_index=True)
    actief = models.BooleanField(default=True)
    thema = models.ForeignKey(
        "sociaalhuis.Thema", null=True, blank=True, on_delete=models.PROTECT, related_name="verdeelregels"
    )
    doelgroep = models.ForeignKey(
        "sociaalhuis.Doelgroep", null=True, blank=True, on_delete=models.PROTECT, related_name="verdeelregels"
    )
    gebied = models.ForeignKey(
        "sociaalhuis.Gebied",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verdeelregels",
        help_text="Ook alle wijken die erin liggen.",
    )
    dienst = models.ForeignKey(
        "loket.Dienst", null=True, blank=True, on_delete=models.CASCADE, related_name="verdeelregels"
    )
    kanaal = models.CharField(max_length=10, choices=Vraag.Kanaal.choices, blank=True)
    woorden = models.CharField(
        max_length=500,
        blank=True,
        help_text="Met een komma ertussen. Eén woord is genoeg. “deurwaarder” past ook bij “deurwaarders”.",
    )
    team = models.ForeignKey(
        "sociaalhuis.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verdeelregels",
        help_text="Leeg = het team van de dienst waarover de vraag gaat.",
    )
    prioriteit = models.PositiveSmallIntegerField(choices=Prioriteit.choices, default=Prioriteit.GEWOON)

    objects = VerdeelregelQuerySet.as_manager()

    class Meta:
        verbose_name = "verdeelregel"
        verbose_name_plural = "verdeelregels"
        ordering = ["volgorde", "pk"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=IS_REST,
                name="verdeelregel_een_voor_de_rest",
                violation_error_message="Er is al een regel voor alle andere vragen. Vul een voorwaarde in.",
            ),
            models.CheckConstraint(
                condition=~IS_REST | Q(actief=True),
                name="verdeelregel_rest_blijft_aan",
                violation_error_message="De regel voor alle andere vragen blijft aan staan.",
            ),
            models.CheckConstraint(condition=Q(prioriteit__in=[1, 2, 3]), name="verdeelregel_prioriteit_bekend"),
        ]

    def __str__(self):
        return f"{self.voorwaarde} > {self.team or 'het team van de dienst'}"

    @property
    def is_rest(self):
        return bool(self.team_id) and not self.heeft_voorwaarde

    @property
    def heeft_voorwaarde(self):
        return any(getattr(self, self._meta.get_field(veld).attname) for veld in VOORWAARDEN)

    @property
    def woordenlijst(self):
        """The words as they are sought: bare, each with a space before it."""
        return [kaal for deel in SCHEIDING.split(self.woorden) if (kaal := kale_tekst(deel).rstrip()).strip()]

    @property
    def voorwaarde(self):
        """The conditions as a phrase."""
        delen = [
            self.thema_id and f"thema {self.thema.naam}",
            self.doelgroep_id and self.doelgroep.naam,
            self.gebied_id and f"in {self.gebied.naam}",
            self.dienst_id and f"dienst {self.dienst.titel}",
            self.kanaal and f"via {self.get_kanaal_display().lower()}",
            self.woorden and f"met “{'” of “'.join(deel.strip() for deel in self.woorden.split(','))}”",
        ]
        rest = "alle andere vragen" if self.team_id else "een dienst die een eigen team heeft"
        return ", ".join(filter(None, delen)) or rest

    def past(self, binnen: Binnenkomst, kaal: str) -> bool:
        """Whether all conditions hold for this question; `kaal` is its text after `kale_tekst`."""
        return (
            (self.team_id is not None or binnen.team_van_dienst is not None)
            and self.thema_id in (None, binnen.thema_id)
            and self.doelgroep_id in (None, binnen.doelgroep_id)
            and (self.gebied_id is None or self.gebied_id in binnen.gebieden)
            and self.dienst_id in (None, binnen.dienst_id)
            and self.kanaal in ("", binnen.kanaal)
            and (not self.woorden or any(woord in kaal for woord in self.woordenlijst))
        )
