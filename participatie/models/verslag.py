"""The minutes of a meeting: a text per agenda point, and lines under it that count on their own.

`concept` > `goedgekeurd` by somebody else than who wrote last > `gepubliceerd`. A change makes it a draft again. A line is
something that was said (it can become an input of the round, once), a decision, or a task with who and by when.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from participatie.models.agendapunt import Agendapunt
from participatie.models.inbreng import Inbreng
from participatie.models.overleg import Overleg
from participatie.rechten import OVERLEGMAKERS
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.versie import publiek
from sociaalhuis.vertegenwoordiging import organisaties_van


@pghistory.track()
@publiek
class Verslag(models.Model):
    class Staat(models.TextChoices):
        CONCEPT = "concept", "Concept"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
        GEPUBLICEERD = "gepubliceerd", "Gepubliceerd"

    OVERGANGEN = {
        Staat.CONCEPT: (Staat.GOEDGEKEURD,),
        Staat.GOEDGEKEURD: (Staat.GEPUBLICEERD, Staat.CONCEPT),
        Staat.GEPUBLICEERD: (Staat.CONCEPT,),
    }

    overleg = models.OneToOneField(Overleg, on_delete=models.PROTECT, related_name="verslag")
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.CONCEPT, editable=False)
    samenvatting = models.TextField("in het kort", max_length=1500, blank=True)
    opgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    goedgekeurd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    goedgekeurd_op = models.DateTimeField(null=True, editable=False)
    gepubliceerd_op = models.DateTimeField(null=True, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "verslag"
        verbose_name_plural = "verslagen"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(goedgekeurd_door__isnull=True) | ~Q(goedgekeurd_door=F("opgesteld_door")),
                name="verslag_vier_ogen",
            ),
            models.CheckConstraint(
                condition=Q(staat="concept", goedgekeurd_door=None, goedgekeurd_op=None, gepubliceerd_op=None)
                | Q(
                    staat="goedgekeurd",
                    goedgekeurd_door__isnull=False,
                    goedgekeurd_op__isnull=False,
                    gepubliceerd_op=None,
                )
                | Q(
                    staat="gepubliceerd",
                    goedgekeurd_door__isnull=False,
                    goedgekeurd_op__isnull=False,
                    gepubliceerd_op__isnull=False,
                ),
                name="verslag_staat_klopt",
            ),
        ]

    def __str__(self):
        return f"verslag van {self.overleg}"

    @property
    def is_gepubliceerd(self):
        return self.staat == self.Staat.GEPUBLICEERD


@pghistory.track()
@publiek
class Verslagpunt(models.Model):
    """What was said about one agenda point, in the words of who wrote the minutes."""

    agendapunt = models.OneToOneField(Agendapunt, on_delete=models.PROTECT, related_name="verslagpunt")
    tekst = models.TextField(max_length=5000, blank=True)

    class Meta:
        verbose_name = "punt van een verslag"
        verbose_name_plural = "punten van een verslag"
        ordering = ["agendapunt"]
        default_permissions = ()

    def __str__(self):
        return f"punt {self.pk}"


class VerslagregelQuerySet(models.QuerySet):
    def taken(self):
        return self.filter(soort=Verslagregel.Soort.TAAK)

    def open_taken(self):
        return self.taken().filter(klaar_op=None)

    def zichtbaar_voor(self, gebruiker):
        """The one door to a task: who makes meetings, whose it is, and who speaks for the organisation whose it is."""
        if heeft_rol(gebruiker, *OVERLEGMAKERS):
            return self.all()
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(Q(wie_gebruiker=gebruiker) | Q(wie_organisatie__in=organisaties_van(gebruiker)))

    def voor_lijst(self):
        return self.select_related("agendapunt__overleg", "wie_gebruiker", "wie_organisatie").order_by(
            F("tegen").asc(nulls_last=True), "pk"
        )


@pghistory.track()
@publiek
class Verslagregel(models.Model):
    class Soort(models.TextChoices):
        GEZEGD = "gezegd", "Dit werd gezegd"
        BESLUIT = "besluit", "Beslissing"
        TAAK = "taak", "Taak"

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="regels")
    soort = models.CharField(max_length=10, choices=Soort.choices)
    tekst = models.TextField(max_length=1000)
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    # of a task
    wie = models.CharField(max_length=80, blank=True)
    wie_gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="overlegtaken"
    )
    wie_organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="overlegtaken"
    )
    tegen = models.DateField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, editable=False)
    klaar_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    # of what was said
    inbreng = models.OneToOneField(
        Inbreng, null=True, on_delete=models.PROTECT, related_name="verslagregel", editable=False
    )

    objects = VerslagregelQuerySet.as_manager()

    class Meta:
        verbose_name = "regel van een verslag"
        verbose_name_plural = "regels van een verslag"
        ordering = ["gemaakt_op", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["tegen"], condition=Q(soort="taak", klaar_op=None), name="overlegtaak_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(tekst=""), name="verslagregel_heeft_tekst"),
            models.CheckConstraint(
                condition=Q(soort="taak")
                | Q(wie="", wie_gebruiker=None, wie_organisatie=None, tegen=None, klaar_op=None, klaar_door=None),
                name="verslagregel_wie_is_van_taak",
            ),
            models.CheckConstraint(
                condition=~Q(soort="taak")
                | (~Q(wie="") & Q(wie_gebruiker=None, wie_organisatie=None))
                | Q(wie="", wie_gebruiker__isnull=False, wie_organisatie=None)
                | Q(wie="", wie_gebruiker=None, wie_organisatie__isnull=False),
                name="verslagregel_taak_heeft_een_wie",
            ),
            models.CheckConstraint(
                condition=Q(klaar_op=None, klaar_door=None) | Q(klaar_op__isnull=False, klaar_door__isnull=False),
                name="verslagregel_klaar_volledig",
            ),
            models.CheckConstraint(
                condition=Q(inbreng=None) | Q(soort="gezegd"), name="verslagregel_inbreng_is_gezegd"
            ),
        ]

    def __str__(self):
        return f"{self.get_soort_display().lower()} {self.pk}"

    @property
    def van_wie(self):
        """Whose task it is, for who works on it."""
        return self.wie or str(self.wie_organisatie or self.wie_gebruiker or "")

    @property
    def van_wie_publiek(self):
        """The same for everyone: of staff no name."""
        return "gemeente en OCMW" if self.wie_gebruiker_id else self.van_wie

    @property
    def is_te_laat(self):
        return self.klaar_op is None and self.tegen is not None and self.tegen < timezone.localdate()
