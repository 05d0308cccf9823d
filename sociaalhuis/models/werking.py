"""Small tables that keep the house running: the version of what is public, heartbeats, counted tries."""

from django.db import models


class PubliekeVersie(models.Model):
    """One row: a number that rises, in the same transaction, whenever anything public changes.

    Whole pages and shared data are kept under this number, so they are right at once after an edit,
    in every process on every machine. Written by a trigger, see `sociaalhuis.versie`.
    """

    nummer = models.BigIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="publiekeversie_is_er_een")]


class Hartslag(models.Model):
    """The last sign of life of a worker."""

    naam = models.CharField(max_length=80, unique=True)
    op = models.DateTimeField()

    class Meta:
        default_permissions = ()


class Periodiek(models.Model):
    """When a job that comes back is due again, see `sociaalhuis.periodiek`."""

    naam = models.CharField(max_length=60, primary_key=True)
    volgende = models.DateTimeField()
    laatst_gelukt = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()


class Poging(models.Model):
    """How often something was tried within a window of time, see `sociaalhuis.begrenzing`."""

    sleutel = models.CharField(max_length=128, primary_key=True)
    aantal = models.PositiveIntegerField(default=0)
    tot = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()


class Voorraad(models.Model):
    """The table of Django's database cache (settings.CACHES), as a model so that `migrate` makes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "sociaalhuis_cache"
        default_permissions = ()
