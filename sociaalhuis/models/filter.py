"""The choices of a list, kept under a name by the person who uses them."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class BewaardFilter(models.Model):
    """What every kept filter has: a name, and the choices as they stand in an address."""

    naam = models.CharField(max_length=40)
    keuzes = models.CharField(max_length=300)

    class Meta:
        abstract = True

    def __str__(self):
        return self.naam


class Beheerfilter(BewaardFilter):
    """A filter of one list of the admin, for one person. `lijst` is the label of its table, such as plan.actie."""

    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="beheerfilters")
    lijst = models.CharField(max_length=80)

    class Meta:
        verbose_name = "bewaarde filter van het beheer"
        verbose_name_plural = "bewaarde filters van het beheer"
        ordering = ["naam", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["eigenaar", "lijst", "naam"], name="beheerfilter_naam_een_keer"),
            models.CheckConstraint(condition=~Q(naam="") & ~Q(keuzes=""), name="beheerfilter_heeft_naam_en_keuzes"),
        ]
