"""What people needed and did not get: a note of staff about it, and the signal that goes to a part of the plan.

Neither is about one person: a note holds no name and no case, a signal counts at least five (the floor).
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from loket.cijfers.periode import Periode
from sociaalhuis.rollen import (
    COORDINATOR,
    LOKETMEDEWERKER,
    PLANMEDEWERKER,
    TEAMVERANTWOORDELIJKE,
    TOEZICHTHOUDER,
    heeft_rol,
)
from sociaalhuis.versie import publiek
from sociaalhuis.verslag.model import VLOER

AAN_HET_LOKET = (LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE)
LEZERS = (*AAN_HET_LOKET, PLANMEDEWERKER, COORDINATOR, TOEZICHTHOUDER)


class Indeling(models.Model):
    """Theme, group and area: the three approaches that the plan must match. Empty is "not said"."""

    thema = models.ForeignKey("sociaalhuis.Thema", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    doelgroep = models.ForeignKey(
        "sociaalhuis.Doelgroep", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gebied = models.ForeignKey("sociaalhuis.Gebied", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def in_woorden(self):
        """'Wonen · Ouderen · Centrum'; 'alles' when nothing is said."""
        return " · ".join(str(deel) for deel in (self.thema, self.doelgroep, self.gebied) if deel) or "alles"


class Nood(Indeling):
    """Staff noticed that something is missing for people. `aantal`: for how many, roughly."""

    wat = models.CharField("wat ontbreekt er?", max_length=200)
    aantal = models.PositiveSmallIntegerField("voor hoeveel mensen?", default=1)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "genoteerde nood"
        verbose_name_plural = "genoteerde noden"
        default_permissions = ()
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(aantal__gte=1, aantal__lte=500), name="nood_voor_een_tot_500"),
            models.CheckConstraint(condition=Q(thema__isnull=False), name="nood_heeft_thema"),
        ]

    def __str__(self):
        return f"nood {self.pk}"


class SignaalQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door: staff of the desk, the plan and the supervision. What the public sees is `openbaar()`."""
        return self.all() if heeft_rol(gebruiker, *LEZERS) else self.none()

    def openbaar(self):
        """With a reaction that may be read on the page of the plan, newest first."""
        return self.filter(openbaar=True).select_related("thema", "doelgroep", "gebied").order_by("-reactie_op", "-pk")


@pghistory.track()
@publiek
class Signaal(Indeling):
    """A need that was counted, laid at a part of the plan, and what the plan says to it."""

    onderdeel = models.ForeignKey("plan.Onderdeel", on_delete=models.PROTECT, related_name="signalen")
    van = models.DateField("geteld vanaf")
    tot = models.DateField("geteld tot", help_text="De eerste dag erna.")
    aantal = models.PositiveIntegerField("aantal keren")
    bronnen = models.JSONField(default=list)  # [[name of the source, number or "< 5"]]
    toelichting = models.TextField(max_length=1000)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    reactie = models.TextField(max_length=2000, blank=True)
    reactie_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reactie_op = models.DateTimeField(null=True, editable=False)
    openbaar = models.BooleanField("te lezen bij het plan", default=False)

    objects = SignaalQuerySet.as_manager()

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        default_permissions = ()
        ordering = ["-gemaakt_op", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(aantal__gte=VLOER), name="signaal_telt_genoeg"),
            models.CheckConstraint(condition=Q(tot__gt=F("van")), name="signaal_tot_na_van"),
            models.CheckConstraint(
                condition=Q(reactie="", reactie_door__isnull=True, reactie_op__isnull=True, openbaar=False)
                | (~Q(reactie="") & Q(reactie_door__isnull=False, reactie_op__isnull=False)),
                name="signaal_reactie_is_heel",
            ),
            models.UniqueConstraint(
                fields=["onderdeel", "thema", "doelgroep", "gebied", "van", "tot"],
                nulls_distinct=False,
                name="signaal_een_keer_per_onderdeel",
            ),
        ]

    def __str__(self):
        return f"signaal {self.pk}"

    def get_absolute_url(self):
        return reverse("loket:signaal", args=[self.pk])

    @property
    def geteld_in(self):
        """The period in words: '2026', '1e kwartaal van 2026', 'mei 2026'."""
        return Periode.tussen(self.van, self.tot).naam
