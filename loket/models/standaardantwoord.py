"""Answers that are written once and used often, for one person, a team or the whole house."""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, Case, F, Q, When

from loket.werkbank import invulvelden
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, heeft_rol

STAPPEN = [
    ("beantwoord", "Als antwoord"),
    ("vraag_terug", "Om iets terug te vragen"),
    ("stuur_bericht", "Als bericht tussendoor"),
]


def velden_bestaan(tekst):
    """Validator: every {field} of the text is one that can be filled in."""
    onbekend = invulvelden.onbekende(tekst)
    if onbekend:
        raise ValidationError(
            f"Dit kennen we niet: {', '.join('{' + veld + '}' for veld in onbekend)}. Kies een veld uit de lijst."
        )


class StandaardantwoordQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Own ones, those of own teams in own Bestuur, and those of the house; for who works at the desk."""
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        teams = gebruiker.teams.filter(bestuur=gebruiker.bestuur_id).values("pk")
        return self.filter(Q(eigenaar=gebruiker.pk) | Q(team__in=teams) | Q(eigenaar=None, team=None))

    def te_beheren_door(self, gebruiker):
        """Own ones; for the head of a team also those of the team and of the house."""
        zichtbaar = self.zichtbaar_voor(gebruiker)
        if heeft_rol(gebruiker, TEAMVERANTWOORDELIJKE):
            return zichtbaar.filter(Q(eigenaar=gebruiker.pk) | Q(eigenaar=None))
        return zichtbaar.filter(eigenaar=gebruiker.pk)

    def met_woorden(self, zoek):
        """Those in which every word stands, in title or text."""
        gevonden = self
        for woord in zoek.split()[:8]:
            gevonden = gevonden.filter(Q(titel__icontains=woord) | Q(tekst__icontains=woord))
        return gevonden

    def passend_bij(self, vraag):
        """In the order in which they fit a question: its service, its theme, what is used most."""
        dienst = Q(dienst=vraag.dienst_id) if vraag.dienst_id else Q(pk=None)
        thema = Q(thema=vraag.thema_id) if vraag.thema_id else Q(pk=None)
        return self.annotate(
            bij_dienst=Case(When(dienst, then=True), default=False, output_field=BooleanField()),
            bij_thema=Case(When(thema, then=True), default=False, output_field=BooleanField()),
        ).order_by("-bij_dienst", "-bij_thema", "-gebruikt", "titel")


@pghistory.track(exclude=["gebruikt"])
class Standaardantwoord(models.Model):
    titel = models.CharField(max_length=120)
    tekst = models.TextField(max_length=4000, validators=[velden_bestaan])
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="standaardantwoorden"
    )
    team = models.ForeignKey(
        "sociaalhuis.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="standaardantwoorden"
    )
    thema = models.ForeignKey("sociaalhuis.Thema", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    dienst = models.ForeignKey("loket.Dienst", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stap = models.CharField("waarvoor", max_length=15, choices=STAPPEN, blank=True)
    gebruikt = models.PositiveIntegerField(default=0, editable=False)

    objects = StandaardantwoordQuerySet.as_manager()

    class Meta:
        verbose_name = "standaardantwoord"
        verbose_name_plural = "standaardantwoorden"
        ordering = ["titel", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(eigenaar=None) | Q(team=None), name="standaardantwoord_van_iemand_of_van_een_team"
            )
        ]

    def __str__(self):
        return self.titel

    @property
    def van_wie(self):
        """Whose it is, in words."""
        return "Van mij" if self.eigenaar_id else self.team.naam if self.team_id else "Hele huis"

    def tel(self):
        """Counts one use."""
        type(self).objects.filter(pk=self.pk).update(gebruikt=F("gebruikt") + 1)
