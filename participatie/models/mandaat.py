"""Who speaks for which organisation, and until when."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from participatie.rechten import NAKIJKERS
from sociaalhuis.bereik import alleen
from sociaalhuis.rollen import heeft_rol


def laatste_dag(tot):
    """The day that holds the last moment before `tot`, or None: what ends at midnight had its last day before."""
    return timezone.localdate(tot - timedelta(microseconds=1)) if tot else None


class MandaatQuerySet(models.QuerySet):
    def actief(self, nu=None):
        """Mandates that count at this moment, of organisations that are recognised."""
        nu = nu or timezone.now()
        return self.filter(
            Q(tot=None) | Q(tot__gt=nu), van__lte=nu, organisatie__erkend_op__isnull=False, gebruiker__is_active=True
        )

    def lopend_of_gepland(self, nu=None):
        """Mandates that count now or later."""
        return self.filter(Q(tot=None) | Q(tot__gt=nu or timezone.now()))

    def van_gebruiker(self, gebruiker, nu=None):
        """For which organisations this user speaks now, with those organisations."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.actief(nu).filter(gebruiker=gebruiker).select_related("organisatie").order_by("organisatie__naam")

    def zichtbaar_voor(self, gebruiker):
        """The one door: who checks organisations sees all; a representative those of the own organisations."""
        if heeft_rol(gebruiker, *NAKIJKERS):
            return self.all()
        return self.filter(organisatie__in=self.model.objects.van_gebruiker(gebruiker).values("organisatie"))


@pghistory.track()
class Mandaat(models.Model):
    """From `van` until `tot` (without end when empty) this user speaks for this organisation."""

    class Rol(models.TextChoices):
        AANSPREEKPUNT = "aanspreekpunt", "Eerste aanspreekpunt"
        VERTEGENWOORDIGER = "vertegenwoordiger", "Vertegenwoordiger"

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandaten")
    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="mandaten")
    rol = models.CharField(max_length=20, choices=Rol.choices, default=Rol.VERTEGENWOORDIGER)
    van = models.DateTimeField("vanaf", default=timezone.now)
    tot = models.DateTimeField("tot", null=True, blank=True, help_text="Leeg laten zolang het mandaat loopt.")

    objects = MandaatQuerySet.as_manager()

    class Meta:
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        ordering = ["organisatie__naam", "-van"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot=None) | Q(tot__gt=F("van")),
                name="mandaat_tot_na_van",
                violation_error_message="Het einde van een mandaat ligt na het begin.",
            ),
            ExclusionConstraint(
                name="mandaat_overlapt_niet",
                expressions=[
                    (alleen("gebruiker_id"), RangeOperators.OVERLAPS),
                    (alleen("organisatie_id"), RangeOperators.OVERLAPS),
                    (
                        Func(F("van"), F("tot"), function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Deze persoon heeft in die tijd al een mandaat voor deze organisatie.",
            ),
        ]

    def __str__(self):
        return f"mandaat voor {self.organisatie}"

    @property
    def tot_en_met(self):
        """The last day of the mandate, or None."""
        return laatste_dag(self.tot)

    @property
    def is_gepland(self):
        return self.van > timezone.now()

    @property
    def is_aanspreekpunt(self):
        return self.rol == self.Rol.AANSPREEKPUNT

    @property
    def is_actief(self):
        nu = timezone.now()
        return self.van <= nu and (self.tot is None or self.tot > nu)
