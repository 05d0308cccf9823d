"""A representative asks a colleague to speak for the organisation as well, with a link that works once and ends.

`open` > `aanvaard` (then there is a Mandaat), or `ingetrokken`. An open one past `vervalt_op` is over by the clock. Who
is asked is ciphertext: only who accepts becomes a user.
"""

from datetime import timedelta

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from participatie.models.mandaat import Mandaat, laatste_dag
from participatie.rechten import NAKIJKERS
from sociaalhuis.inzending import nieuwe_referentie, sleutel_bij
from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.rollen import heeft_rol

GELDIG = timedelta(days=14)


class MandaatuitnodigingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door: who checks organisations sees all, a representative those of the own organisations."""
        if heeft_rol(gebruiker, *NAKIJKERS):
            return self.all()
        return self.filter(organisatie__in=Mandaat.objects.van_gebruiker(gebruiker).values("organisatie"))

    def wachtend(self, nu=None):
        """Those that can still be accepted."""
        return self.filter(staat=Mandaatuitnodiging.Staat.OPEN, vervalt_op__gt=nu or timezone.now())


@pghistory.track(
    model_name="MandaatuitnodigingEvent", fields=["organisatie", "rol", "van", "tot", "staat", "afgehandeld_door", "mandaat"]
)  # fmt: skip
@pgtrigger.register(
    pgtrigger.ReadOnly(
        name="mandaatuitnodiging_staat_vast",
        fields=["organisatie", "door", "rol", "van", "tot", "referentie", "inzending", "vervalt_op", "dossiersleutel"],
    )
)
class Mandaatuitnodiging(models.Model):
    class Staat(models.TextChoices):
        OPEN = "open", "Wacht op antwoord"
        AANVAARD = "aanvaard", "Aanvaard"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    OVERGANGEN = {Staat.OPEN: (Staat.AANVAARD, Staat.INGETROKKEN), Staat.AANVAARD: (), Staat.INGETROKKEN: ()}

    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="mandaatuitnodigingen"
    )
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rol = models.CharField(max_length=20, choices=Mandaat.Rol.choices, default=Mandaat.Rol.VERTEGENWOORDIGER)
    van = models.DateTimeField("vanaf", null=True)  # none: from the moment of accepting
    tot = models.DateTimeField("tot", null=True)
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="mandaatuitnodiging", editable=False
    )
    naam = VersleuteldTekstVeld()
    email = VersleuteldTekstVeld()
    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    inzending = models.UUIDField(unique=True, editable=False)
    uitgenodigd_op = models.DateTimeField(default=timezone.now, editable=False)
    vervalt_op = models.DateTimeField(editable=False)
    staat = models.CharField(max_length=12, choices=Staat.choices, default=Staat.OPEN, editable=False)
    afgehandeld_op = models.DateTimeField(null=True, editable=False)
    afgehandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    mandaat = models.OneToOneField(
        Mandaat, null=True, on_delete=models.PROTECT, related_name="uitnodiging", editable=False
    )

    objects = MandaatuitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging om te spreken"
        verbose_name_plural = "uitnodigingen om te spreken"
        ordering = ["-uitgenodigd_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot=None) | Q(van=None) | Q(tot__gt=F("van")), name="mandaatuitnodiging_tot_na_van"
            ),
            models.CheckConstraint(
                condition=Q(staat="open", afgehandeld_op=None, afgehandeld_door=None, mandaat=None)
                | Q(staat="aanvaard", afgehandeld_op__isnull=False, mandaat__isnull=False)
                | Q(staat="ingetrokken", afgehandeld_op__isnull=False, mandaat=None),
                name="mandaatuitnodiging_staat_klopt",
            ),
        ]

    def __str__(self):
        return f"uitnodiging {self.referentie}"

    @property
    def tot_en_met(self):
        """The last day the mandate would have, or None."""
        return laatste_dag(self.tot)

    @property
    def is_open(self):
        return self.staat == self.Staat.OPEN and self.vervalt_op > timezone.now()

    @property
    def toestand(self):
        """(kind of state label, words)."""
        if self.staat == self.Staat.OPEN and not self.is_open:
            return "rustig", "Vervallen"
        soort = {self.Staat.OPEN: "wacht", self.Staat.AANVAARD: "goed", self.Staat.INGETROKKEN: "rustig"}
        return soort[self.staat], self.get_staat_display()

    @property
    def url(self):
        """The page where the colleague answers: unguessable, mailed to nobody else."""
        sleutel = sleutel_bij("mandaatuitnodiging", self.referentie)
        return reverse("participatie:uitgenodigd", args=[self.referentie, sleutel])
