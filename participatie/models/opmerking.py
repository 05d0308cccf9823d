"""What a representative says in the own name, besides the one voice of the organisation.

A remark is about a round, or about an input of the own organisation in it. It is signed, is no standpoint and is counted
nowhere. Colleagues and who works on the round read it; anyone does when the writer chose so (`openbaar`) and nobody hid
it. The writer may erase it whenever, also after the mandate: then the whole row goes.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from participatie.models.inbreng import Inbreng
from participatie.models.mandaat import Mandaat
from participatie.rechten import RONDEWERKERS
from plan.regels import regel
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.versie import publiek

MAX_TEKENS = 1500


class OpmerkingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door: who works on rounds sees all; a representative those of the own organisations, and the own ones always."""
        if heeft_rol(gebruiker, *RONDEWERKERS):
            return self.all()
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(
            Q(door=gebruiker.pk) | Q(organisatie__in=Mandaat.objects.van_gebruiker(gebruiker).values("organisatie"))
        )

    def openbaar(self):
        """What anyone may read: the writer wants it, nobody hid it, and what it is about is shown as well."""
        over = Q(inbreng=None) | Q(inbreng__staat=Inbreng.Staat.ZICHTBAAR, inbreng__gewist_op=None)
        return self.filter(over, openbaar=True, verborgen_op=None)

    def voor_lijst(self):
        """With what a list shows, in one query."""
        return self.select_related("ronde", "organisatie", "door", "inbreng__onderdeel").defer("inbreng__email")


@regel(
    "opmerking_bij_eigen_inbreng",
    """
    NEW.inbreng_id IS NULL OR EXISTS (
        SELECT 1 FROM participatie_inbreng i
        WHERE i.id = NEW.inbreng_id AND i.ronde_id = NEW.ronde_id AND i.organisatie_id = NEW.organisatie_id)
    """,
)
@pghistory.track(
    pghistory.UpdateEvent(),
    model_name="OpmerkingEvent",
    fields=["openbaar", "verborgen_op", "verborgen_door"],
)
@pgtrigger.register(
    pgtrigger.ReadOnly(
        name="opmerking_vast", fields=["ronde", "inbreng", "organisatie", "door", "tekst", "inzending", "op"]
    )
)
@publiek
class Opmerking(models.Model):
    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.PROTECT, related_name="opmerkingen")
    inbreng = models.ForeignKey(
        Inbreng,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opmerkingen",
        help_text="Leeg: de ronde.",
    )
    organisatie = models.ForeignKey("sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="opmerkingen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    tekst = models.TextField(max_length=MAX_TEKENS)
    openbaar = models.BooleanField("iedereen mag dit lezen", default=False)
    verborgen_op = models.DateTimeField(null=True, editable=False)
    verborgen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    reden_verborgen = models.TextField("waarom niet getoond", blank=True, max_length=500)
    inzending = models.UUIDField(unique=True, editable=False)
    op = models.DateTimeField(default=timezone.now, editable=False)

    objects = OpmerkingQuerySet.as_manager()

    class Meta:
        verbose_name = "persoonlijke opmerking"
        verbose_name_plural = "persoonlijke opmerkingen"
        ordering = ["op", "pk"]
        default_permissions = ("view",)
        permissions = [("verberg_opmerking", "Kan een persoonlijke opmerking verbergen")]
        constraints = [
            models.CheckConstraint(condition=~Q(tekst=""), name="opmerking_heeft_tekst"),
            models.CheckConstraint(
                condition=Q(verborgen_op=None, verborgen_door=None, reden_verborgen="")
                | (Q(verborgen_op__isnull=False, verborgen_door__isnull=False) & ~Q(reden_verborgen="")),
                name="opmerking_verborgen_volledig",
            ),
        ]

    def __str__(self):
        return f"opmerking {self.pk}"

    @property
    def over(self):
        """What it is about, in words."""
        return f"Onze inbreng over {self.inbreng.over}" if self.inbreng_id else self.ronde.titel

    @property
    def is_te_zien(self):
        """Whether everyone may read it, as far as the writer and staff decide."""
        return self.openbaar and self.verborgen_op is None
