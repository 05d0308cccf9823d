"""Break-glass: somebody asks to read one case of another team, a second person says yes, and it ends within the hour.

A request for a reference that does not exist is kept just the same, so that asking tells nothing. The reason is
ciphertext under a key of its own (there may be no case); it goes when the case is erased.
"""

from datetime import timedelta

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, TOEZICHTHOUDER, heeft_rol

DUUR = timedelta(hours=1)
WACHT = timedelta(hours=24)  # how long a request can be answered


class NoodtoegangQuerySet(models.QuerySet):
    def lopend(self, nu=None):
        """Given, and neither stopped nor over."""
        return self.filter(toegekend=True, gestopt_op=None, tot__gt=nu or timezone.now())

    def te_beslissen(self, nu=None):
        return self.filter(beslist_op=None, gevraagd_op__gt=(nu or timezone.now()) - WACHT)

    def zichtbaar_voor(self, gebruiker):
        """Own requests; for the head of a team those about its questions; for oversight all of them."""
        if heeft_rol(gebruiker, TOEZICHTHOUDER):
            return self.all()
        mijn = Q(door=gebruiker.pk)
        if heeft_rol(gebruiker, TEAMVERANTWOORDELIJKE):
            mijn |= Q(vraag__team__in=gebruiker.teams.filter(bestuur=gebruiker.bestuur_id).values("pk"))
        return self.filter(mijn) if gebruiker.is_authenticated else self.none()

    def met_lezingen(self):
        """For pages: with names, key, and how often the case was read with it."""
        gelezen = apps.get_model("loket.Inzage").objects.filter(
            vraag=OuterRef("vraag"), door=OuterRef("door"), reden="nood", op__gte=OuterRef("beslist_op"), op__lte=OuterRef("tot"),
        ).order_by().values("vraag").annotate(keer=Count("pk")).values("keer")  # fmt: skip
        return self.select_related("dossiersleutel", "door__bestuur", "beslist_door", "gestopt_door").annotate(
            gelezen=Coalesce(Subquery(gelezen), 0)
        )

    def te_beslissen_door(self, gebruiker, nu=None):
        """What this second person may say yes or no to."""
        if not heeft_rol(gebruiker, TOEZICHTHOUDER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.zichtbaar_voor(gebruiker).te_beslissen(nu).exclude(door=gebruiker.pk)


@pgtrigger.register(
    pgtrigger.ReadOnly(
        name="noodtoegang_vast",
        fields=["referentie", "vraag", "grond", "door", "gevraagd_op", "dossiersleutel"],
    )
)
class Noodtoegang(models.Model):
    class Grond(models.TextChoices):
        GEVAAR = "gevaar", "Er is gevaar voor iemand"
        ONBEREIKBAAR = "onbereikbaar", "Het is dringend en niemand van het team is bereikbaar"
        KLACHT = "klacht", "Een klacht of een fout die nu onderzocht moet worden"

    referentie = models.CharField(max_length=11)
    vraag = models.ForeignKey("loket.Vraag", null=True, on_delete=models.CASCADE, related_name="noodtoegangen")
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="noodtoegang"
    )
    grond = models.CharField(max_length=15, choices=Grond.choices)
    reden = VersleuteldTekstVeld()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="noodtoegangen")
    gevraagd_op = models.DateTimeField(default=timezone.now)

    toegekend = models.BooleanField(null=True)
    beslist_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    beslist_op = models.DateTimeField(null=True)
    tot = models.DateTimeField(null=True)
    gestopt_op = models.DateTimeField(null=True)
    gestopt_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    gemeld_op = models.DateTimeField(null=True)

    objects = NoodtoegangQuerySet.as_manager()

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegangen"
        ordering = ["-gevraagd_op", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["vraag", "door"], condition=Q(toegekend=True), name="noodtoegang_gegeven")]
        constraints = [
            models.CheckConstraint(
                condition=Q(beslist_door=None) | ~Q(beslist_door=F("door")), name="noodtoegang_tweede_persoon"
            ),
            models.CheckConstraint(
                condition=Q(toegekend=None, beslist_op=None, beslist_door=None)
                | Q(toegekend__isnull=False, beslist_op__isnull=False, beslist_door__isnull=False),
                name="noodtoegang_beslist_of_niet",
            ),
            models.CheckConstraint(
                condition=Q(toegekend=True, vraag__isnull=False, tot__isnull=False, tot__lte=F("beslist_op") + DUUR)
                | Q(Q(toegekend=None) | Q(toegekend=False), tot=None),
                name="noodtoegang_hoogstens_een_uur",
            ),
        ]

    def __str__(self):
        return f"noodtoegang {self.pk}"

    @property
    def staat(self):
        """The state as words for people, with the kind of label: (text, kind)."""
        nu = timezone.now()
        if self.toegekend is None:
            return (
                ("Wacht op een tweede persoon", "wacht") if self.gevraagd_op > nu - WACHT else ("Vervallen", "rustig")
            )
        if not self.toegekend:
            return "Niet gegeven", "fout"
        if self.gestopt_op:
            return "Gestopt", "rustig"
        return ("Loopt", "bezig") if self.tot > nu else ("Voorbij", "rustig")

    @property
    def loopt(self):
        return bool(self.toegekend and not self.gestopt_op and self.tot > timezone.now())
