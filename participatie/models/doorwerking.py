"""What an answer changed in the plan: which part, which words or which money, and which version holds it.

Announced until an adopted version of the plan says it; `acties.doorwerking` then marks it as carried out, with that
version. It copies the words, so it reads the same when the part changes again or goes.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from participatie.models.antwoord import Antwoord
from plan.models import Raming
from plan.regels import regel
from sociaalhuis.models import Bestuur
from sociaalhuis.versie import publiek
from sociaalhuis.woordverschil import ingekort, woorden


class DoorwerkingQuerySet(models.QuerySet):
    def openbaar(self):
        """Of answers that everyone may read."""
        return self.filter(antwoord__in=Antwoord.objects.openbaar())

    def uitgevoerd(self):
        return self.filter(versie__isnull=False)

    def aangekondigd(self):
        return self.filter(versie__isnull=True)


@regel(
    "doorwerking_van_wat_overgenomen_is",
    """
    EXISTS (SELECT 1 FROM participatie_antwoord a
            WHERE a.id = NEW.antwoord_id AND a.besluit IN ('overgenomen', 'deels'))
    """,
)
@regel(
    "doorwerking_versie_van_dit_plan",
    """
    NEW.versie_id IS NULL OR EXISTS (
        SELECT 1 FROM participatie_antwoord a JOIN participatie_inbreng i ON i.id = a.inbreng_id
        JOIN participatie_ronde r ON r.id = i.ronde_id JOIN plan_versie v ON v.plan_id = r.plan_id
        WHERE a.id = NEW.antwoord_id AND v.id = NEW.versie_id)
    """,
)
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
@publiek
class Doorwerking(models.Model):
    """One change. `onderdeel` is the key of the part (none: the texts of the plan itself) and no foreign key, because a
    part can go; `alinea` the key of the paragraph; empty `oud` or `nieuw` means that it came or went."""

    class Soort(models.TextChoices):
        TEKST = "tekst", "Tekst"
        DEEL = "deel", "Deel van het plan"
        GELD = "geld", "Geld"

    antwoord = models.ForeignKey(Antwoord, on_delete=models.PROTECT, related_name="doorwerkingen")
    soort = models.CharField(max_length=10, choices=Soort.choices)
    onderdeel = models.BigIntegerField("sleutel van het onderdeel", null=True, blank=True)
    code = models.CharField(max_length=40, blank=True)
    titel = models.CharField(max_length=200, blank=True)
    veld = models.CharField(max_length=40, blank=True)
    label = models.CharField("wat", max_length=80, blank=True)
    alinea = models.CharField(max_length=8, blank=True)
    oud = models.TextField("wat er stond", blank=True)
    nieuw = models.TextField("wat er komt te staan", blank=True)
    bestuur = models.CharField(max_length=15, choices=Bestuur.Code.choices, blank=True)
    jaar = models.PositiveSmallIntegerField(null=True, blank=True)
    richting = models.CharField(max_length=10, choices=Raming.Richting.choices, blank=True)
    oud_bedrag = models.DecimalField("bedrag eerst", max_digits=12, decimal_places=2, null=True, blank=True)
    nieuw_bedrag = models.DecimalField("bedrag nu", max_digits=12, decimal_places=2, null=True, blank=True)
    versie = models.ForeignKey(
        "plan.Versie", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    gekeken_tot = models.PositiveSmallIntegerField(default=0, editable=False)  # number of the last version looked at
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    op = models.DateTimeField(default=timezone.now, editable=False)

    objects = DoorwerkingQuerySet.as_manager()

    class Meta:
        verbose_name = "doorwerking"
        verbose_name_plural = "doorwerkingen"
        default_permissions = ("view",)
        ordering = ["antwoord", "code", "pk"]
        indexes = [models.Index("onderdeel", name="doorwerking_van_onderdeel")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(soort="geld", oud_bedrag__isnull=False, nieuw_bedrag__isnull=False, jaar__isnull=False)
                    & Q(onderdeel__isnull=False, oud="", nieuw="")
                    & ~Q(bestuur="")
                    & ~Q(richting="")
                    & ~Q(oud_bedrag=F("nieuw_bedrag"))
                )
                | (
                    Q(soort__in=["tekst", "deel"], oud_bedrag__isnull=True, nieuw_bedrag__isnull=True)
                    & Q(bestuur="", richting="", jaar__isnull=True)
                    & ~Q(oud=F("nieuw"))
                ),
                name="doorwerking_noemt_de_wijziging",
            ),
            models.CheckConstraint(
                condition=(Q(soort="tekst") & ~Q(veld="")) | (~Q(soort="tekst") & Q(veld="", alinea="")),
                name="doorwerking_tekst_heeft_veld",
            ),
            models.UniqueConstraint(
                fields=["antwoord", "soort", "onderdeel", "veld", "alinea", "bestuur", "jaar", "richting", "nieuw"],
                nulls_distinct=False,
                name="doorwerking_een_keer",
            ),
        ]

    def __str__(self):
        return f"doorwerking van {self.antwoord}"

    @property
    def is_uitgevoerd(self):
        return self.versie_id is not None

    @property
    def waar(self):
        """Which part, in words."""
        return f"{self.code} {self.titel}".strip() or "De teksten van het plan"

    @property
    def stukken(self):
        """Old and new words together, as the version difference writes them."""
        return ingekort(woorden(self.oud, self.nieuw))
