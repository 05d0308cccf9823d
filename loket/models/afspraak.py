"""An appointment: who comes when, where and for what kind of talk.

- The name and how to reach someone are ciphertext under a key of the appointment's own, which is erased some time after
  the day. What lists show (reference, time, place, kind, state) says nothing about a person.
- `plek` is the number of the desk within a session. The database refuses two appointments on one desk at one time,
  and two at one time for one member of staff, whoever asks.
- One state machine: `STAPPEN`; only `Afspraak.zet_stap()` changes `staat`.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone

from loket.models.inzage import alleen_bij
from loket.models.rooster import Wijze
from loket.models.staat import MagNiet
from loket.models.vraag import TEAM_VAN_BESTUUR
from sociaalhuis.bereik import alleen
from sociaalhuis.inzending import Teken, nieuwe_referentie
from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, heeft_rol


class Staat(models.TextChoices):
    GEBOEKT = "geboekt", "Geboekt"
    AANGEKOMEN = "aangekomen", "Is er"
    AFGEROND = "afgerond", "Voorbij"
    NIET_GEKOMEN = "niet_gekomen", "Niet gekomen"
    AFGEZEGD = "afgezegd", "Afgezegd"


class Stap(models.TextChoices):
    BOEK = "boek", "Geboekt"
    LEES = "lees", "Gelezen"
    VERZET = "verzet", "Verzet"
    ZEG_AF = "zeg_af", "Afgezegd"
    NODEN = "noden", "Aangepast wat nodig is"
    WIJS_TOE = "wijs_toe", "Toegewezen"
    AANGEKOMEN = "aangekomen", "Is er"
    NIET_GEKOMEN = "niet_gekomen", "Niet gekomen"
    AFGEROND = "afgerond", "Afgerond"
    HERINNER = "herinner", "Herinnering gestuurd"
    WIS = "wis", "Gegevens gewist"


class Nodig(models.TextChoices):
    """What somebody needs to be able to come and to talk. It tells of a person, so it is kept like the name."""

    TOLK = "tolk", "Een tolk"
    GEBAREN = "gebaren", "Een tolk Vlaamse Gebarentaal"
    ROLSTOEL = "rolstoel", "Plaats voor een rolstoel"
    DEUR = "deur", "Iemand die opwacht aan de deur"


GEBOEKT, ER, KLAAR, NIET, WEG = Staat
OPEN = (GEBOEKT, ER)

# step -> {state before: state after}; what is not here is not allowed
STAPPEN = {
    Stap.VERZET: {GEBOEKT: GEBOEKT},
    Stap.ZEG_AF: {GEBOEKT: WEG},
    Stap.NODEN: {GEBOEKT: GEBOEKT},
    Stap.WIJS_TOE: {GEBOEKT: GEBOEKT, ER: ER},
    Stap.AANGEKOMEN: {GEBOEKT: ER, NIET: ER},
    Stap.NIET_GEKOMEN: {GEBOEKT: NIET},
    Stap.AFGEROND: {GEBOEKT: KLAAR, ER: KLAAR, NIET: KLAAR},
}


class AfspraakQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door for staff: appointments of own teams in own Bestuur, for who works at the desk. Nobody else."""
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.filter(bestuur=gebruiker.bestuur_id, team__leden=gebruiker)

    def zonder_inhoud(self):
        """For lists: the columns about a person are not even read."""
        return self.defer(*INHOUD).select_related("soort", "locatie", "medewerker")

    def van_vraag(self, vraag, gebruiker):
        """The appointments that were made from a case and that this user may see, in order."""
        return self.zichtbaar_voor(gebruiker).zonder_inhoud().filter(vraag=vraag).order_by("begin", "pk")

    def komend_bij(self, vraag):
        """What is still to come beside a question, for who asked it: time and place, nothing else of the person."""
        komend = self.filter(vraag=vraag.pk, staat=GEBOEKT, einde__gt=timezone.now())
        return komend.zonder_inhoud().order_by("begin", "pk")

    def bezet(self):
        """Those that take a desk."""
        return self.exclude(staat=WEG)

    def op_dagen(self, van, tot):
        """Those that begin on the local dates from `van` up to and with `tot`, in order."""
        return self.filter(begin__date__gte=van, begin__date__lte=tot).order_by("begin", "locatie", "plek", "pk")


def tijd():
    return Func(F("begin"), F("einde"), function="tstzrange", output_field=DateTimeRangeField())


@pghistory.track(
    pghistory.UpdateEvent(),
    fields=["staat", "begin", "einde", "plek", "spreekuur", "locatie", "wijze", "medewerker", "versie"],
    model_name="AfspraakEvent",
)
@pgtrigger.register(
    pgtrigger.ReadOnly(name="boeking_staat_vast", fields=["gemaakt_op", "referentie", "inzending", "bestuur", "team"]),
    pgtrigger.Trigger(
        name="afspraak_team_van_bestuur",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("team_id", "bestuur_id"),
        func=TEAM_VAN_BESTUUR,
    ),
)
class Afspraak(models.Model):
    class Contactwijze(models.TextChoices):
        MAIL = "mail", "Met een e-mail"
        TELEFOON = "telefoon", "Bel mij"
        GEEN = "geen", "Liever niet. Ik bewaar mijn code"

    Staat, Stap, Wijze, Nodig = Staat, Stap, Wijze, Nodig

    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.GEBOEKT, editable=False)
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+", editable=False)
    team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="afspraken")
    soort = models.ForeignKey("loket.Afspraaksoort", on_delete=models.PROTECT, related_name="afspraken")
    dienst = models.ForeignKey("loket.Dienst", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    vraag = models.ForeignKey("loket.Vraag", null=True, blank=True, on_delete=models.CASCADE, related_name="afspraken")
    locatie = models.ForeignKey("sociaalhuis.Locatie", on_delete=models.PROTECT, related_name="afspraken")
    wijze = models.CharField("hoe", max_length=10, choices=Wijze.choices)
    spreekuur = models.ForeignKey("loket.Spreekuur", on_delete=models.PROTECT, related_name="afspraken")
    plek = models.PositiveSmallIntegerField()
    begin = models.DateTimeField()
    einde = models.DateTimeField()
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="afspraken"
    )

    # about the person
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="afspraak"
    )
    naam = VersleuteldTekstVeld()
    contactwijze = models.CharField(max_length=10, choices=Contactwijze.choices)
    email = VersleuteldTekstVeld(default=str)
    telefoon = VersleuteldTekstVeld(default=str)
    adres = VersleuteldTekstVeld(default=str)
    reden = VersleuteldTekstVeld(default=str)  # why it was cancelled
    # values of `Nodig` with spaces between, and a language (empty = Dutch); null in rows of before it was asked
    nodig = VersleuteldTekstVeld(null=True)
    taal = VersleuteldTekstVeld(null=True)
    # that something is asked, not what: so that it is seen in the list in time
    met_noden = models.BooleanField(default=False, editable=False)

    # how the person comes back
    inzending = models.UUIDField(unique=True, null=True, editable=False)
    formulier = models.UUIDField(null=True, db_index=True, editable=False)
    code_zoekdeel = models.CharField(max_length=4, blank=True, db_index=True, editable=False)
    code_hash = models.CharField(max_length=128, blank=True, editable=False)

    teken = models.CharField(max_length=15, choices=Teken.choices, blank=True, editable=False)
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    herinnerd_op = models.DateTimeField(null=True, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)

    objects = AfspraakQuerySet.as_manager()

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["begin", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["team", "begin"], name="afspraak_van_team"),
            models.Index(fields=["spreekuur", "begin"], condition=~Q(staat="afgezegd"), name="afspraak_bezet"),
            models.Index(fields=["begin"], condition=Q(staat="geboekt"), name="afspraak_geboekt"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(einde__gt=F("begin")), name="afspraak_eindigt_na_begin"),
            models.CheckConstraint(condition=Q(plek__gte=1), name="afspraak_plek_vanaf_een"),
            models.CheckConstraint(
                condition=Q(code_hash="", code_zoekdeel="") | (~Q(code_hash="") & ~Q(code_zoekdeel="")),
                name="afspraak_code_heeft_zoekdeel",
            ),
            ExclusionConstraint(
                name="afspraak_een_per_plek",
                expressions=[
                    (alleen("spreekuur_id"), RangeOperators.OVERLAPS),
                    (alleen("plek"), RangeOperators.OVERLAPS),
                    (tijd(), RangeOperators.OVERLAPS),
                ],
                condition=~Q(staat="afgezegd"),
            ),
            ExclusionConstraint(
                name="afspraak_een_per_medewerker",
                expressions=[
                    (alleen("medewerker_id"), RangeOperators.OVERLAPS),
                    (tijd(), RangeOperators.OVERLAPS),
                ],
                condition=~Q(staat="afgezegd") & Q(medewerker__isnull=False),
            ),
        ]

    def __str__(self):
        return self.referentie

    def get_absolute_url(self):
        return reverse("loket:balie_afspraak", kwargs={"referentie": self.referentie.lower()})

    @property
    def noden(self):
        """List of what this person asked for, in words; empty once it was erased."""
        if self.dossiersleutel.gewist_op:
            return []
        lijst = [Nodig(code).label for code in (self.nodig or "").split()]
        return [*lijst, f"Praat het liefst {self.taal}"] if self.taal else lijst

    @property
    def is_voorbij(self):
        return self.begin <= timezone.now()

    def kan(self, stap) -> bool:
        """Whether this step is allowed now. Nobody arrives before the day or stays away before the hour."""
        nu = timezone.now()
        if stap in (Stap.AANGEKOMEN, Stap.AFGEROND) and timezone.localdate(self.begin) > timezone.localdate(nu):
            return False
        if stap == Stap.NIET_GEKOMEN and self.begin > nu:
            return False
        if stap in (Stap.VERZET, Stap.ZEG_AF, Stap.NODEN) and self.begin <= nu:
            return False
        return self.staat in STAPPEN[stap]

    def zet_stap(self, stap, **velden):
        """The only place where `staat` changes: moves, saves it with `velden` and one `versie` more.

        Raises MagNiet. The caller holds the row (`select_for_update`) and writes the log.
        """
        if not self.kan(stap):
            raise MagNiet(f"Dit kan nu niet: de afspraak staat op ‘{self.get_staat_display()}’.")
        self.staat = STAPPEN[stap][self.staat]
        for naam, waarde in velden.items():
            setattr(self, naam, waarde)
        self.versie += 1
        self.save(update_fields=["staat", "versie", *velden])


INHOUD = ("naam", "email", "telefoon", "adres", "reden", "nodig", "taal", "code_hash")


@pgtrigger.register(alleen_bij())
class AfspraakSpoor(models.Model):
    """One step in an appointment, or one reading of it. `door` is empty when the person did it, or the house itself."""

    afspraak = models.ForeignKey(Afspraak, on_delete=models.CASCADE, related_name="spoor")
    stap = models.CharField(max_length=15, choices=Stap.choices)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "spoor van een afspraak"
        verbose_name_plural = "sporen van afspraken"
        ordering = ["op", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"spoor {self.pk}"


class Agendasleutel(models.Model):
    """The secret in the address of the calendar of one member of staff; only its hash is kept."""

    gebruiker = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agendasleutel")
    hash = models.CharField(max_length=64, unique=True, editable=False)
    gemaakt_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "agendasleutel"
        verbose_name_plural = "agendasleutels"
        default_permissions = ()

    def __str__(self):
        return f"agendasleutel {self.pk}"
