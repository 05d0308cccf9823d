"""The paragraphs of the texts of a plan, each with an identity that stays while its words change.

Input is about a paragraph, a version shows which one changed, and a link to it keeps working. The text itself stays in
its field (`Onderdeel.lange_omschrijving`, `Plan.visie`, ...); the rows here are its blocks in order, kept in step by
`acties.alineas.volg`. A paragraph that is gone keeps its row, with the day it went.
"""

import secrets

from django.db import models
from django.db.models import Q

from plan.models.onderdeel import Onderdeel
from plan.models.plan import Plan, VanPlanQuerySet
from sociaalhuis.tekst import HtmlVeld
from sociaalhuis.versie import publiek

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def nieuwe_sleutel():
    """A short name for in an address: eight letters and digits, so about 40 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


class AlineaQuerySet(VanPlanQuerySet):
    def geldig(self):
        """Those that are in the text now, in the order of the text."""
        return self.filter(vervallen_op__isnull=True).order_by("volgorde")


@publiek
class Alinea(models.Model):
    """One block of a text: a paragraph, a heading, a list or a table."""

    class Veld(models.TextChoices):
        VISIE = "visie", "Visie"
        PRINCIPES = "principes", "Principes"
        PROCES = "proces", "Hoe het plan gemaakt is"
        STRUCTUUR = "structuur", "Hoe het plan opgebouwd is"
        OMGEVING = "omgevingsanalyse", "Cijfers over de gemeente"
        TEKST = "lange_omschrijving", "Tekst"

    VAN_PLAN = (Veld.VISIE, Veld.PRINCIPES, Veld.PROCES, Veld.STRUCTUUR, Veld.OMGEVING)
    VAN_ONDERDEEL = (Veld.TEKST,)

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="alineas")
    onderdeel = models.ForeignKey(Onderdeel, null=True, on_delete=models.CASCADE, related_name="alineas")
    veld = models.CharField(max_length=20, choices=Veld.choices)
    sleutel = models.CharField(max_length=8, unique=True, default=nieuwe_sleutel, editable=False)
    volgorde = models.PositiveSmallIntegerField()
    html = HtmlVeld()
    vervallen_op = models.DateTimeField(null=True, blank=True)

    objects = AlineaQuerySet.as_manager()

    class Meta:
        verbose_name = "alinea"
        verbose_name_plural = "alinea's"
        default_permissions = ("view",)
        ordering = ["plan", "onderdeel", "veld", "volgorde", "pk"]
        indexes = [models.Index(fields=["onderdeel", "veld"], name="alinea_van_onderdeel")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    onderdeel__isnull=True, veld__in=["visie", "principes", "proces", "structuur", "omgevingsanalyse"]
                )
                | Q(onderdeel__isnull=False, veld="lange_omschrijving"),
                name="alinea_veld_past",
            ),  # fmt: skip
        ]

    def __str__(self):
        return self.sleutel

    @property
    def anker(self):
        return f"al-{self.sleutel}"
