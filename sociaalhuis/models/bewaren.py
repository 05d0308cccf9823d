"""The proof that what had a term went, for everything besides the cases of the desk."""

from django.db import models
from django.db.models import Q


class Vernietigingsbewijs(models.Model):
    """What went of one kind in one month. Words are copied: the proof stands when the rule changes. Points at nobody."""

    soort = models.CharField(max_length=40)
    maand = models.DateField("maand van vernietiging")
    naam = models.CharField(max_length=80)
    grond = models.CharField(max_length=200)
    termijn = models.CharField(max_length=80)
    van = models.DateField("vroegste maand", null=True)
    tot = models.DateField("laatste maand", null=True)
    aantal = models.PositiveIntegerField(default=0)
    fout = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "bewijs van vernietiging"
        verbose_name_plural = "bewijzen van vernietiging"
        ordering = ["-maand", "naam"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["soort", "maand"], name="vernietigingsbewijs_een_per_maand"),
            models.CheckConstraint(
                condition=Q(maand__day=1)
                & (
                    Q(van__isnull=True, tot__isnull=True, aantal=0)
                    | Q(van__isnull=False, tot__isnull=False, van__day=1, tot__day=1, aantal__gte=1)
                ),
                name="vernietigingsbewijs_zonder_dag",
            ),
        ]

    def __str__(self):
        return f"{self.naam} ({self.maand:%m/%Y})"
