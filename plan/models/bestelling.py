"""Someone asks for a copy of the plan. The order keeps a name and an address only until it is handled."""

from django.db import models
from django.db.models import Q

from plan.models.plan import Plan
from sociaalhuis.models import Dossiersleutel, VersleuteldTekstVeld
from sociaalhuis.rollen import COORDINATOR, heeft_rol


class BestellingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Only the coordinator reads who ordered."""
        return self.all() if heeft_rol(gebruiker, COORDINATOR) else self.none()

    def open(self):
        return self.filter(afgehandeld_op__isnull=True)


class Bestelling(models.Model):
    class Vorm(models.TextChoices):
        PAPIER = "papier", "Op papier, met de post"
        MAIL = "mail", "Digitaal, met een e-mail"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="bestellingen")
    inzending = models.UUIDField(unique=True, editable=False)
    vorm = models.CharField(max_length=10, choices=Vorm.choices)
    aantal = models.PositiveSmallIntegerField(default=1)
    dossiersleutel = models.OneToOneField(Dossiersleutel, on_delete=models.PROTECT, related_name="+", editable=False)
    naam = VersleuteldTekstVeld()
    email = VersleuteldTekstVeld(null=True)
    adres = VersleuteldTekstVeld(null=True)
    besteld_op = models.DateTimeField(auto_now_add=True)
    afgehandeld_op = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BestellingQuerySet.as_manager()

    class Meta:
        verbose_name = "bestelling"
        verbose_name_plural = "bestellingen"
        default_permissions = ("view", "change")
        ordering = ["-besteld_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vorm="papier", adres__isnull=False) | Q(vorm="mail", email__isnull=False),
                name="bestelling_weet_waarheen",
            ),
            models.CheckConstraint(condition=Q(aantal__gte=1, aantal__lte=10), name="bestelling_aantal_1_tot_10"),
        ]

    def __str__(self):
        return f"bestelling {self.pk}"

    @property
    def kenmerk(self):
        """What mails and lists call this order."""
        return f"PLAN-{self.pk:05d}"
