"""Who may edit which part of the plan, and what they propose.

A `Redacteur` is a person or a team with a part; all below it comes along by `pad`, also when the tree changes. What they
change waits as a `Wijzigingsvoorstel`, field by field, until the coordinator decided. Who works on the whole plan writes
straight (see docs/besluiten/0032-redactie.md).
"""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plan.models.onderdeel import Onderdeel
from plan.models.plan import Plan
from sociaalhuis.rollen import is_medewerker


def schrijft_zelf(gebruiker):
    """Whether this user writes in the whole plan without asking."""
    return gebruiker.has_perm("plan.change_plan")


def delen_van(gebruiker):
    """The parts that this user may edit: all for who works on the plan, else their own parts with all below these.

    A plan that ended changes no more, so its parts are nobody's.
    """
    delen = Onderdeel.objects.exclude(plan__staat=Plan.Staat.AFGELOPEN)
    if schrijft_zelf(gebruiker):
        return delen
    return delen.filter(pad__overlap=list(Redacteur.objects.van(gebruiker).values_list("onderdeel_id", flat=True)))


class RedacteurQuerySet(models.QuerySet):
    def van(self, gebruiker):
        """The rows that count for this user: by name, or by a team of their own Bestuur. Staff only."""
        if not is_medewerker(gebruiker) or not gebruiker.is_active:
            return self.none()
        return self.filter(Q(gebruiker=gebruiker) | Q(team__in=[team.pk for team in gebruiker.eigen_teams]))


@pghistory.track()
class Redacteur(models.Model):
    """A person or a team that keeps a part of the plan up to date, with all below it."""

    onderdeel = models.ForeignKey(
        Onderdeel,
        on_delete=models.CASCADE,
        related_name="redacteurs",
        help_text="Alles wat hieronder staat, hoort erbij.",
    )
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="plandelen",
        help_text="Een medewerker. Laat leeg als je een team kiest.",
    )
    team = models.ForeignKey(
        "sociaalhuis.Team",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="plandelen",
        help_text="Iedereen van dit team. Laat leeg als je een persoon kiest.",
    )

    objects = RedacteurQuerySet.as_manager()

    class Meta:
        verbose_name = "redacteur"
        verbose_name_plural = "redacteurs"
        ordering = ["onderdeel", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gebruiker__isnull=False, team__isnull=True) | Q(gebruiker__isnull=True, team__isnull=False),
                name="redacteur_persoon_of_team",
                violation_error_message="Kies een persoon of een team, niet allebei.",
            ),
            models.UniqueConstraint(
                fields=["onderdeel", "gebruiker"],
                name="redacteur_persoon_een_keer",
                violation_error_message="Deze persoon heeft dit deel al.",
            ),
            models.UniqueConstraint(
                fields=["onderdeel", "team"],
                name="redacteur_team_een_keer",
                violation_error_message="Dit team heeft dit deel al.",
            ),
        ]

    def __str__(self):
        return str(self.gebruiker or self.team)

    def clean(self):
        if self.gebruiker_id and not is_medewerker(self.gebruiker):
            raise ValidationError({"gebruiker": "Kies een medewerker van gemeente of OCMW."})


class WijzigingsvoorstelQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Who works on the plan sees all; an editor those on own parts, and what they wrote themselves."""
        if schrijft_zelf(gebruiker):
            return self.all()
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(Q(onderdeel__in=delen_van(gebruiker)) | Q(door=gebruiker))

    def wachtend(self):
        return self.filter(staat=Wijzigingsvoorstel.Staat.WACHT)


@pghistory.track()
class Wijzigingsvoorstel(models.Model):
    """What an editor wants to change in one part, and why. Decided once, for all its fields."""

    class Staat(models.TextChoices):
        WACHT = "wacht", "Wacht op de coördinator"
        BESLIST = "beslist", "Beslist"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    onderdeel = models.ForeignKey(Onderdeel, on_delete=models.CASCADE, related_name="voorstellen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="wijzigingsvoorstellen")
    waarom = models.CharField(max_length=300)
    op_versie = models.CharField("versie van het deel", max_length=60)  # see plan.redactie.versie
    staat = models.CharField(max_length=12, choices=Staat.choices, default=Staat.WACHT)
    gemaakt_op = models.DateTimeField(default=timezone.now)
    staat_op = models.DateTimeField(null=True, blank=True)
    beslist_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="beslist_over_voorstellen",
    )

    objects = WijzigingsvoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel tot wijziging"
        verbose_name_plural = "voorstellen tot wijziging"
        default_permissions = ()
        permissions = [("keur_wijzigingsvoorstel", "Kan beslissen over voorstellen tot wijziging")]
        ordering = ["gemaakt_op", "pk"]
        indexes = [models.Index(fields=["gemaakt_op"], condition=Q(staat="wacht"), name="voorstel_wacht")]
        constraints = [
            models.UniqueConstraint(
                fields=["onderdeel", "door"], condition=Q(staat="wacht"), name="wijzigingsvoorstel_een_open"
            ),
            models.CheckConstraint(condition=~Q(waarom=""), name="wijzigingsvoorstel_zegt_waarom"),
            models.CheckConstraint(
                condition=Q(staat="wacht", staat_op__isnull=True, beslist_door__isnull=True)
                | Q(staat="beslist", staat_op__isnull=False, beslist_door__isnull=False)
                | Q(staat="ingetrokken", staat_op__isnull=False, beslist_door__isnull=True),
                name="wijzigingsvoorstel_staat_heel_of_niet",
            ),
        ]

    def __str__(self):
        return f"Voorstel bij {self.onderdeel.code}"


@pghistory.track()
class Voorstelveld(models.Model):
    """One field of a proposal: what stood there, what it should be, and what became of it.

    Values are text, written as `plan.redactie.waarden` tells. `tekst` is what the coordinator made of it.
    """

    class Uitkomst(models.TextChoices):
        OPEN = "", "Nog niet beslist"
        OVERGENOMEN = "overgenomen", "Overgenomen"
        AANGEPAST = "aangepast", "Overgenomen met een andere tekst"
        GEWEIGERD = "geweigerd", "Niet overgenomen"

    voorstel = models.ForeignKey(Wijzigingsvoorstel, on_delete=models.CASCADE, related_name="velden")
    veld = models.CharField(max_length=30)
    oud = models.TextField(blank=True)
    nieuw = models.TextField(blank=True)
    uitkomst = models.CharField(max_length=12, choices=Uitkomst.choices, blank=True)
    tekst = models.TextField(blank=True)
    nota = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "veld van een voorstel"
        verbose_name_plural = "velden van een voorstel"
        default_permissions = ()
        ordering = ["voorstel", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["voorstel", "veld"], name="voorstelveld_een_keer"),
            models.CheckConstraint(condition=~Q(oud=F("nieuw")), name="voorstelveld_verandert_iets"),
            models.CheckConstraint(
                condition=~Q(uitkomst="geweigerd") | ~Q(nota=""), name="voorstelveld_geweigerd_heeft_nota"
            ),
            models.CheckConstraint(
                condition=Q(uitkomst="aangepast") | Q(tekst=""), name="voorstelveld_tekst_aangepast"
            ),
        ]

    def __str__(self):
        return self.veld

    @property
    def geldt(self):
        """What was written into the part: the proposed value, or what the coordinator made of it."""
        return self.tekst if self.uitkomst == self.Uitkomst.AANGEPAST else self.nieuw
