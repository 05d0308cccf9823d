"""The trail of a case: who read it, what was done to it, and how it went to another team.

Rows are only added; the database refuses to change or delete them.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from loket.models.bericht import Deel
from loket.models.staat import Staat, Stap
from loket.models.verwijzing import Verwijsstap


def alleen_bij():
    """Trigger: rows of this table are added, never changed or deleted."""
    return pgtrigger.Protect(name="alleen_bij", operation=pgtrigger.Update | pgtrigger.Delete)


@pgtrigger.register(alleen_bij())
class Inzage(models.Model):
    """Someone read a case. `door` is empty when it was the one who asked, with the receipt code."""

    class Pagina(models.TextChoices):
        DOSSIER = "dossier", "Dossier"
        PROEF = "proef", "Proef van de verdeelregels"
        AFSPRAAK = "afspraak", "Afspraak maken"
        BIJLAGE = "bijlage", "Bijlage"
        MAIL = "mail", "Hele mail"
        OPVOLGEN = "opvolgen", "Eigen pagina, met de code"
        GEGEVENS = "gegevens", "Bewaren en wissen"
        UITVOER = "uitvoer", "Kopie van alles"
        VERWIJZING = "verwijzing", "Doorverwijzing"
        GEDEELD = "gedeeld", "Gedeelde gegevens"
        LIJST = "lijst", "Gedeelde gegevens, in een bestand"
        NAMEN = "namen", "Naam, in een tekst voor de website"

    class Reden(models.TextChoices):
        BEHANDELAAR = "behandelaar", "Behandelt de vraag"
        OPNEMEN = "opnemen", "Nog niemand behandelde de vraag"
        VERDELEN = "verdelen", "Volgt het team op"
        VERVANGEN = "vervangen", "Collega van hetzelfde team"
        GEDEELD = "gedeeld", "De vraag is gedeeld met dit team"
        NOOD = "nood", "Noodtoegang"
        EIGEN = "eigen", "Eigen vraag"
        INZAGERECHT = "inzagerecht", "Maakte een kopie voor de vrager"
        PARTNER = "partner", "Partner, met toestemming"

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="inzages")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="inzages")
    op = models.DateTimeField(default=timezone.now)
    pagina = models.CharField(max_length=10, choices=Pagina.choices)
    reden = models.CharField(max_length=15, choices=Reden.choices)
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Voor welke partner, als het een partner was.",
    )

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzages"
        ordering = ["-op", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(door__isnull=True, reden="eigen")
                | (models.Q(door__isnull=False) & ~models.Q(reden="eigen")),
                name="inzage_heeft_lezer_of_is_eigen",
            ),
            models.CheckConstraint(
                condition=models.Q(reden="partner", organisatie__isnull=False)
                | (~models.Q(reden="partner") & models.Q(organisatie__isnull=True)),
                name="inzage_van_partner_heeft_organisatie",
            ),
        ]

    def __str__(self):
        return f"inzage {self.pk}"


@pgtrigger.register(alleen_bij())
class Gebeurtenis(models.Model):
    """One step in a case. `door` is empty when the one who asked did it."""

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="gebeurtenissen")
    stap = models.CharField(max_length=15, choices=Stap.choices)
    staat = models.CharField("staat erna", max_length=20, choices=Staat.choices)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    naar = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="toegewezen aan"
    )
    op = models.DateTimeField(default=timezone.now)
    doorverwijzing = models.ForeignKey(
        "loket.Doorverwijzing", null=True, on_delete=models.CASCADE, related_name="gebeurtenissen"
    )
    verwijsstap = models.CharField("stap van de doorverwijzing", max_length=15, choices=Verwijsstap.choices, blank=True)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["op", "pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["door", "-op"], condition=models.Q(stap="gesteld"), name="gebeurtenis_gesteld_door")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(doorverwijzing__isnull=True, verwijsstap="")
                | (models.Q(doorverwijzing__isnull=False) & ~models.Q(verwijsstap="")),
                name="gebeurtenis_verwijsstap_is_heel",
            )
        ]

    def __str__(self):
        return f"gebeurtenis {self.pk}"


@pgtrigger.register(alleen_bij())
class Overdracht(Deel):
    """A case that went to another team, perhaps of the other Bestuur; `tekst` is the reason."""

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="overdrachten")
    van_team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="+")
    naar_team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="+")
    van_bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+")
    naar_bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(Deel.Meta):
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(van_team=models.F("naar_team")), name="overdracht_naar_een_ander_team"
            )
        ]

    @property
    def naar_ander_bestuur(self):
        return self.van_bestuur_id != self.naar_bestuur_id
