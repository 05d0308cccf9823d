"""Standing behind something: behind an input of somebody else (`Steun`), or behind the whole plan (`Steunverklaring`).

An organisation supports an input once, by name, and may take it back. The support of citizens is counted and no more:
nothing is kept of who it was, and how many one connection may give is limited when it is given (`acties.steun`).
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from participatie.models.mandaat import Mandaat
from participatie.rechten import RONDEWERKERS
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.versie import publiek


class SteunQuerySet(models.QuerySet):
    def nu(self):
        return self.filter(ingetrokken_op__isnull=True)

    def zichtbaar_voor(self, gebruiker):
        """The one door: who works on rounds sees all, a representative those of the own organisations."""
        if heeft_rol(gebruiker, *RONDEWERKERS):
            return self.all()
        return self.filter(organisatie__in=Mandaat.objects.van_gebruiker(gebruiker).values("organisatie"))

    def per_inbreng(self, inbrengen):
        """{input: {"organisaties": names, "inwoners": number}} of those that stand now; one query."""
        uit = {pk: {"organisaties": [], "inwoners": 0} for pk in inbrengen}
        rijen = (
            self.nu()
            .filter(inbreng__in=list(uit))
            .values("inbreng", "organisatie__naam")
            .annotate(aantal=Count("pk"))
            .order_by("organisatie__naam")
        )
        for rij in rijen:
            if rij["organisatie__naam"]:
                uit[rij["inbreng"]]["organisaties"].append(rij["organisatie__naam"])
            else:
                uit[rij["inbreng"]]["inwoners"] += rij["aantal"]
        return uit


@publiek
class Steun(models.Model):
    inbreng = models.ForeignKey("participatie.Inbreng", on_delete=models.PROTECT, related_name="steun")
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, on_delete=models.PROTECT, related_name="gaf_steun"
    )
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = SteunQuerySet.as_manager()

    class Meta:
        verbose_name = "steun"
        verbose_name_plural = "steun"
        default_permissions = ("view",)
        ordering = ["op"]
        constraints = [
            models.UniqueConstraint(
                fields=["inbreng", "organisatie"],
                condition=Q(organisatie__isnull=False, ingetrokken_op__isnull=True),
                name="steun_een_per_organisatie",
            ),
            models.CheckConstraint(
                condition=Q(organisatie__isnull=True, door__isnull=True)
                | Q(organisatie__isnull=False, door__isnull=False),
                name="steun_van_organisatie_heeft_stem",
            ),
        ]

    def __str__(self):
        return f"steun voor {self.inbreng_id}"


class SteunverklaringQuerySet(models.QuerySet):
    def nu(self):
        return self.filter(ingetrokken_op__isnull=True)

    def zichtbaar_voor(self, gebruiker):
        """The one door: who works on rounds sees all, a representative those of the own organisations.

        Anyone may read those that stand; only the organisation changes one (`van_gebruiker`).
        """
        return self.all() if heeft_rol(gebruiker, *RONDEWERKERS) else self.van_gebruiker(gebruiker)

    def van_gebruiker(self, gebruiker):
        """Those of the organisations for which this user speaks now."""
        return self.filter(organisatie__in=Mandaat.objects.van_gebruiker(gebruiker).values("organisatie"))


@pghistory.track()
@publiek
class Steunverklaring(models.Model):
    """A recognised organisation says, in its own words, that it stands behind a plan. Withdrawn, it is not shown."""

    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="steunverklaringen")
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="steunverklaringen"
    )
    tekst = models.TextField("waarom steunen jullie dit plan?", max_length=600)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    ingetrokken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = SteunverklaringQuerySet.as_manager()

    class Meta:
        verbose_name = "steunverklaring"
        verbose_name_plural = "steunverklaringen"
        default_permissions = ("view",)
        ordering = ["organisatie__naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisatie"],
                condition=Q(ingetrokken_op__isnull=True),
                name="steunverklaring_een_per_organisatie",
            ),
            models.CheckConstraint(condition=~Q(tekst=""), name="steunverklaring_heeft_tekst"),
            models.CheckConstraint(
                condition=Q(ingetrokken_door__isnull=True, ingetrokken_op__isnull=True)
                | Q(ingetrokken_door__isnull=False, ingetrokken_op__isnull=False),
                name="steunverklaring_intrekking_volledig",
            ),
        ]

    def __str__(self):
        return f"steunverklaring van {self.organisatie}"
