"""Who is invited to a meeting and who comes.

Names and addresses of people are ciphertext under a key of the row, erased some time after the meeting
(`participatie.acties.bewaren`). What stays is how many came, and for which organisation; nothing else of a person.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from participatie.models.overleg import Overleg
from plan.regels import regel
from sociaalhuis.inzending import Teken, nieuwe_referentie, sleutel_bij
from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.versie import publiek

MEEST_SAMEN = 6  # people in one registration


class Overleguitnodiging(models.Model):
    """One invited: an organisation (all who speak for it), a team, somebody of the staff, or a person by mail."""

    overleg = models.ForeignKey(Overleg, on_delete=models.CASCADE, related_name="uitnodigingen")
    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, on_delete=models.PROTECT, related_name="overleguitnodigingen"
    )
    team = models.ForeignKey(
        "sociaalhuis.Team", null=True, on_delete=models.PROTECT, related_name="overleguitnodigingen"
    )
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="overleguitnodigingen"
    )
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", null=True, on_delete=models.PROTECT, related_name="overleguitnodiging"
    )
    naam = VersleuteldTekstVeld(null=True)
    email = VersleuteldTekstVeld(null=True)
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    verstuurd_op = models.DateTimeField(null=True, editable=False)
    herinnerd_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "uitnodiging voor een overleg"
        verbose_name_plural = "uitnodigingen voor een overleg"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(organisatie__isnull=False, team=None, gebruiker=None, dossiersleutel=None)
                | Q(organisatie=None, team__isnull=False, gebruiker=None, dossiersleutel=None)
                | Q(organisatie=None, team=None, gebruiker__isnull=False, dossiersleutel=None)
                | Q(organisatie=None, team=None, gebruiker=None, dossiersleutel__isnull=False),
                name="overleguitnodiging_een_genodigde",
            ),
            models.CheckConstraint(
                condition=Q(dossiersleutel__isnull=True, email__isnull=True, naam__isnull=True)
                | Q(dossiersleutel__isnull=False, email__isnull=False, naam__isnull=False),
                name="overleguitnodiging_persoon_volledig",
            ),
            *(
                models.UniqueConstraint(fields=["overleg", wie], name=f"overleguitnodiging_een_per_{wie}")
                for wie in ("organisatie", "team", "gebruiker")
            ),
        ]

    def __str__(self):
        return f"uitnodiging {self.referentie}"

    @property
    def soort(self):
        """'organisatie', 'team', 'gebruiker' or 'persoon'."""
        return next((naam for naam in ("organisatie", "team", "gebruiker") if getattr(self, f"{naam}_id")), "persoon")

    @property
    def wie(self):
        """Who is invited, for staff."""
        return self.naam if self.soort == "persoon" else str(getattr(self, self.soort))

    @property
    def url(self):
        """The page of an invited person: unguessable, and it names nobody."""
        return reverse("participatie:overleg_genodigd", args=[self.referentie, sleutel_bij("overleg", self.referentie)])


class InschrijvingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The own registrations. Staff comes to them by the meeting, a citizen by the link of the receipt."""
        return self.filter(gebruiker=gebruiker) if gebruiker.is_authenticated else self.none()

    def lopend(self):
        return self.exclude(staat=Inschrijving.Staat.AFGEMELD)

    def met_plaats(self):
        return self.filter(staat=Inschrijving.Staat.INGESCHREVEN)

    def wachtlijst(self):
        """Who waits, first come first."""
        return self.filter(staat=Inschrijving.Staat.WACHTLIJST).order_by("gemaakt_op", "pk")


@regel(
    "inschrijving_past_in_de_zaal",
    """
    NEW.staat <> 'ingeschreven' OR NEW.onaangekondigd OR EXISTS (
        SELECT 1 FROM participatie_overleg o WHERE o.id = NEW.overleg_id AND (o.plaatsen IS NULL OR o.plaatsen >= NEW.aantal + (
            SELECT coalesce(sum(i.aantal), 0) FROM participatie_inschrijving i
            WHERE i.overleg_id = o.id AND i.id <> NEW.id AND i.staat = 'ingeschreven' AND NOT i.onaangekondigd)))
    """,
    wanneer=pgtrigger.Insert | pgtrigger.UpdateOf("staat", "aantal"),
)
@pgtrigger.register(
    pgtrigger.ReadOnly(
        name="inschrijving_blijft_bij_overleg", fields=["overleg", "referentie", "inzending", "gemaakt_op"]
    )
)
@publiek
class Inschrijving(models.Model):
    class Staat(models.TextChoices):
        INGESCHREVEN = "ingeschreven", "Ingeschreven"
        WACHTLIJST = "wachtlijst", "Op de wachtlijst"
        AFGEMELD = "afgemeld", "Afgemeld"

    class Nodig(models.TextChoices):
        """What somebody needs to be able to come and to talk. It tells of a person, so it is kept like the name."""

        TOLK = "tolk", "Een tolk"
        GEBAREN = "gebaren", "Een tolk Vlaamse Gebarentaal"
        ROLSTOEL = "rolstoel", "Plaats voor een rolstoel"
        RINGLEIDING = "ringleiding", "Goed kunnen horen (ringleiding)"
        OPVANG = "opvang", "Opvang voor een kind"
        VERVOER = "vervoer", "Hulp om er te geraken"

    OVERGANGEN = {
        Staat.INGESCHREVEN: (Staat.AFGEMELD,),
        Staat.WACHTLIJST: (Staat.INGESCHREVEN, Staat.AFGEMELD),
        Staat.AFGEMELD: (),
    }

    overleg = models.ForeignKey(Overleg, on_delete=models.PROTECT, related_name="inschrijvingen")
    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    inzending = models.UUIDField(unique=True, null=True, editable=False)
    teken = models.CharField(max_length=15, choices=Teken.choices, blank=True, editable=False)
    staat = models.CharField(max_length=15, choices=Staat.choices, editable=False)
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="overlegdeelnames"
    )
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="inschrijvingen"
    )
    uitnodiging = models.ForeignKey(
        Overleguitnodiging, null=True, on_delete=models.PROTECT, related_name="inschrijvingen", editable=False
    )
    aantal = models.PositiveSmallIntegerField("met hoeveel?", default=1)
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    # about the person
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", null=True, on_delete=models.PROTECT, related_name="inschrijving", editable=False
    )
    naam = VersleuteldTekstVeld(null=True)
    email = VersleuteldTekstVeld(null=True)
    nodig = VersleuteldTekstVeld(null=True)  # values of `Nodig` with spaces between
    nodig_tekst = VersleuteldTekstVeld(null=True)
    met_noden = models.BooleanField(default=False, editable=False)  # that something is asked, not what

    # at the meeting
    aanwezig = models.BooleanField(null=True, editable=False)
    onaangekondigd = models.BooleanField(default=False, editable=False)
    herinnerd_week_op = models.DateTimeField(null=True, editable=False)
    herinnerd_dag_op = models.DateTimeField(null=True, editable=False)

    objects = InschrijvingQuerySet.as_manager()

    class Meta:
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        ordering = ["gemaakt_op", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["overleg", "staat"], name="inschrijving_overleg_staat")]
        constraints = [
            models.CheckConstraint(condition=Q(aantal__range=(1, 200)), name="inschrijving_aantal"),
            models.CheckConstraint(
                condition=Q(
                    onaangekondigd=True, dossiersleutel=None, gebruiker=None, aanwezig=True, staat="ingeschreven"
                )
                | Q(onaangekondigd=False, dossiersleutel__isnull=False, aantal__lte=MEEST_SAMEN),
                name="inschrijving_onaangekondigd_zonder_persoon",
            ),
            models.CheckConstraint(
                condition=Q(dossiersleutel__isnull=False)
                | Q(
                    naam__isnull=True, email__isnull=True, nodig__isnull=True, nodig_tekst__isnull=True, met_noden=False
                ),
                name="inschrijving_persoon_heeft_sleutel",
            ),
            models.CheckConstraint(
                condition=~Q(aanwezig=True) | Q(staat="ingeschreven"), name="inschrijving_aanwezig_heeft_plaats"
            ),
            models.UniqueConstraint(
                fields=["overleg", "gebruiker"],
                condition=~Q(staat="afgemeld"),
                name="inschrijving_een_per_gebruiker",
            ),
            models.UniqueConstraint(
                fields=["uitnodiging"],
                condition=~Q(staat="afgemeld"),
                name="inschrijving_een_per_uitnodiging",
            ),
        ]

    def __str__(self):
        return f"inschrijving {self.referentie}"

    @property
    def noden(self):
        """List of what was asked for, in words; empty once it was erased."""
        if not self.dossiersleutel or self.dossiersleutel.gewist_op:
            return []
        lijst = [self.Nodig(code).label for code in (self.nodig or "").split()]
        return [*lijst, self.nodig_tekst] if self.nodig_tekst else lijst

    @property
    def is_lopend(self):
        return self.staat != self.Staat.AFGEMELD

    @property
    def bewijs_url(self):
        """The page of the receipt, where one cancels: unguessable, and it names nobody."""
        return reverse(
            "participatie:overleg_inschrijving", args=[self.referentie, sleutel_bij("inschrijving", self.referentie)]
        )


class Agendalink(models.Model):
    """The secret in the address of the calendar of a representative: hashed, and of no use once the mandate ends."""

    mandaat = models.OneToOneField("participatie.Mandaat", on_delete=models.CASCADE, related_name="agendalink")
    hash = models.CharField(max_length=64, unique=True, editable=False)
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "agendalink"
        verbose_name_plural = "agendalinken"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return f"agendalink {self.pk}"
