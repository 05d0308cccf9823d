"""The parts of a plan seen by kind: the same rows of `Onderdeel`, each kind with its own manager and methods."""

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from plan.models.onderdeel import Onderdeel, OnderdeelQuerySet


class SoortManager(models.Manager.from_queryset(OnderdeelQuerySet)):
    """Rows of the kind of this proxy."""

    def get_queryset(self):
        return super().get_queryset().van_soort(self.model.SOORT)


class VanSoort:
    """For a proxy of one kind: a new row gets the kind and its starting values (a row that is read has them)."""

    BEGIN = {}

    def __init__(self, *args, **kwargs):
        if not args:
            kwargs = {"soort": self.SOORT, **self.BEGIN, **kwargs}
        super().__init__(*args, **kwargs)


class GarantieQuerySet(OnderdeelQuerySet):
    def met_aantal(self):
        """Adds `acties_aantal`: how many actions stand below."""
        return self.annotate(acties_aantal=Count("alles", filter=Q(alles__soort=Onderdeel.Soort.ACTIE)))


class GarantieManager(SoortManager.from_queryset(GarantieQuerySet)):
    pass


class Garantie(VanSoort, Onderdeel):
    """A part of the mission, worded as a promise to the citizen (`korte_omschrijving`)."""

    SOORT = Onderdeel.Soort.GARANTIE
    objects = GarantieManager()

    class Meta:
        proxy = True
        verbose_name = "garantie"
        verbose_name_plural = "garanties"


class Doelstelling(VanSoort, Onderdeel):
    """What a guarantee wants to reach, with the strategy (`lange_omschrijving`)."""

    SOORT = Onderdeel.Soort.DOELSTELLING
    objects = SoortManager()

    class Meta:
        proxy = True
        verbose_name = "doelstelling"
        verbose_name_plural = "doelstellingen"


class ActieQuerySet(OnderdeelQuerySet):
    def voor_lijst(self):
        """With everything a list shows, in a fixed number of queries."""
        return self.select_related("plan", "garantie", "ouder", "trekker_organisatie").prefetch_related("themas")

    def van_garantie(self, garantie):
        return self.filter(garantie=garantie)

    def van_bestuur(self, code):
        """Actions that this Bestuur carries, alone or together."""
        return self.filter(bestuur__in=[code, Onderdeel.Bestuurd.BEIDE])


class ActieManager(SoortManager.from_queryset(ActieQuerySet)):
    pass


class Actie(VanSoort, Onderdeel):
    """What someone does, with whom, for whom, where and until when."""

    SOORT = Onderdeel.Soort.ACTIE
    BEGIN = {"stand": Onderdeel.Stand.NIET_GESTART, "voortgang": 0}
    objects = ActieManager()

    class Meta:
        proxy = True
        verbose_name = "actie"
        verbose_name_plural = "acties"

    def noteer_stand(self, stand, voortgang, toelichting="", op=None):
        """Sets the state with its explanation and the day it was told (today, or `op`). Does not save."""
        self.stand, self.voortgang, self.stand_toelichting = stand, voortgang, toelichting
        self.stand_op = op or timezone.localdate()
