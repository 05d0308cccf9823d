"""Who carries an action together with the lead: which organisation, in what role, what it does and until when.

A partner confirms its own part itself, or withdraws with a reason; until then it is only asked.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from plan.models.plan import Plan, ziet_alles
from sociaalhuis.versie import publiek
from sociaalhuis.vertegenwoordiging import organisaties_van


class PartnerschapQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Who works on the plan sees all, a representative those of its organisation, anyone those that take part."""
        if ziet_alles(gebruiker):
            return self.all()
        openbaar = Q(onderdeel__plan__in=Plan.objects.openbaar()) & ~Q(staat=Partnerschap.Staat.TERUGGETROKKEN)
        if not gebruiker.is_authenticated:
            return self.filter(openbaar)
        return self.filter(openbaar | Q(organisatie__in=organisaties_van(gebruiker)))

    def nu(self):
        """Those that take part or are asked to."""
        return self.exclude(staat=Partnerschap.Staat.TERUGGETROKKEN)


@pghistory.track()
@publiek
class Partnerschap(models.Model):
    class Rol(models.TextChoices):
        UITVOERDER = "uitvoerder", "Voert mee uit"
        FINANCIER = "financier", "Betaalt mee"
        ADVISEUR = "adviseur", "Geeft raad"
        TOELEIDER = "toeleider", "Verwijst door"
        ANDERE = "partner", "Partner"

    class Staat(models.TextChoices):
        GEVRAAGD = "gevraagd", "Gevraagd"
        BEVESTIGD = "bevestigd", "Bevestigd"
        TERUGGETROKKEN = "teruggetrokken", "Teruggetrokken"

    onderdeel = models.ForeignKey("plan.Onderdeel", on_delete=models.CASCADE, related_name="partnerschappen")
    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.CASCADE, related_name="partnerschappen")
    rol = models.CharField(max_length=12, choices=Rol.choices, default=Rol.ANDERE)
    wat = models.CharField("wat doen zij", max_length=300, blank=True)
    tot = models.DateField("tot wanneer", null=True, blank=True)
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.GEVRAAGD, editable=False)
    staat_op = models.DateTimeField(null=True, blank=True, editable=False)
    staat_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    reden = models.CharField("waarom teruggetrokken", max_length=300, blank=True, editable=False)

    objects = PartnerschapQuerySet.as_manager()

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["organisatie__naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["onderdeel", "organisatie"],
                name="partnerschap_een_per_organisatie",
                violation_error_message="Deze organisatie is al partner van deze actie.",
            ),
            models.CheckConstraint(
                condition=Q(staat="gevraagd", staat_op__isnull=True, staat_door__isnull=True, reden="")
                | Q(staat="bevestigd", staat_op__isnull=False, staat_door__isnull=False, reden="")
                | (Q(staat="teruggetrokken", staat_op__isnull=False, staat_door__isnull=False) & ~Q(reden="")),
                name="partnerschap_staat_heel_of_niet",
            ),
        ]

    def __str__(self):
        return f"{self.organisatie} ({self.get_rol_display().lower()})"
