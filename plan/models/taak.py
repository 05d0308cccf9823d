"""The steps of an action: tasks and milestones, each with a day by which it must be done."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.plan import Plan, ziet_alles
from plan.models.soorten import Actie
from plan.regels import regel
from sociaalhuis.versie import publiek

BINNENKORT = 14  # days before its day that a task is "soon"


class TaakQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Who works on the plan sees all; others milestones, and the tasks that may be on the site."""
        return self.all() if ziet_alles(gebruiker) else self.op_site().filter(actie__plan__in=Plan.objects.openbaar())

    def op_site(self):
        """What the public page of an action tells: milestones always, a task only when it is marked."""
        return self.filter(Q(soort=Taak.Soort.MIJLPAAL) | Q(openbaar=True))

    def open(self):
        return self.filter(klaar_op__isnull=True)

    def te_laat(self, op=None):
        """Open tasks whose day has passed."""
        return self.open().filter(tegen__lt=op or timezone.localdate())

    def binnenkort(self, op=None):
        """Open tasks whose day comes within two weeks."""
        op = op or timezone.localdate()
        return self.open().filter(tegen__range=(op, op + timezone.timedelta(days=BINNENKORT)))


@regel("taak_van_actie", "EXISTS (SELECT 1 FROM plan_onderdeel o WHERE o.id = NEW.actie_id AND o.soort = 'actie')")
@pghistory.track()
@publiek
class Taak(models.Model):
    class Soort(models.TextChoices):
        TAAK = "taak", "Taak"
        MIJLPAAL = "mijlpaal", "Mijlpaal"

    actie = models.ForeignKey(
        Actie, on_delete=models.CASCADE, related_name="taken", limit_choices_to={"soort": "actie"}
    )
    soort = models.CharField(max_length=10, choices=Soort.choices, default=Soort.TAAK)
    titel = models.CharField("wat", max_length=200)
    wie = models.CharField(max_length=120, blank=True, help_text="De dienst of de partner, nooit een persoon.")
    tegen = models.DateField("klaar tegen", null=True, blank=True)
    klaar_op = models.DateField(null=True, blank=True)
    openbaar = models.BooleanField(
        "ook op de site",
        default=False,
        help_text="Een mijlpaal staat altijd op de site. Een taak alleen als je dit aankruist.",
    )
    volgorde = models.PositiveSmallIntegerField(default=0)

    objects = TaakQuerySet.as_manager()

    class Meta:
        verbose_name = "taak of mijlpaal"
        verbose_name_plural = "taken en mijlpalen"
        ordering = ["actie", "volgorde", "tegen", "pk"]

    def __str__(self):
        return self.titel

    @property
    def is_te_laat(self):
        return bool(self.klaar_op is None and self.tegen and self.tegen < timezone.localdate())

    def clean(self):
        fouten = {}
        plan = self.actie.plan if self.actie_id else None
        if plan and self.tegen and self.tegen.year not in plan.jaren:
            fouten["tegen"] = f"Kies een datum in de periode van het plan ({plan.periode})."
        if self.klaar_op and self.klaar_op > timezone.localdate():
            fouten["klaar_op"] = "Deze datum ligt in de toekomst. Vul in wanneer de taak echt klaar was."
        if fouten:
            raise ValidationError(fouten)
