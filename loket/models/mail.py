"""Mail that comes in: what was received, to which mailbox, and how it finds its case.

- `Ingekomenmail` is stored first, encrypted, and processed after that, so a process that is killed loses nothing. Until
  it belongs to a case it has a key of its own; then it is written anew under the key of the case and goes with it.
- `Antwoordadres` is the random half of the address that people answer to. The database keeps a hash to find the case
  by, and the half itself only as ciphertext of the case, because the next mail needs it again.
- `Mailspoor` remembers which Message-IDs of ours were about which case, for answers and for bounces.
"""

import hashlib
import secrets

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from loket.mail.echtheid import Echtheid
from loket.mail.lus import Reden
from loket.models.staat import MagNiet
from loket.models.vraag import Vraag
from sociaalhuis.inzending import in_alfabet
from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, heeft_rol

BIJ = "loket.ingekomenmail.inhoud"
LENGTE = 20  # characters of 5 bits


@pghistory.track()
class Postbus(models.Model):
    """A mailbox that people write to, and the team that gets what comes in."""

    adres = models.EmailField("e-mailadres", unique=True)
    team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="postbussen")
    verdeel = models.BooleanField(
        "laat de verdeelregels kiezen",
        default=False,
        help_text="Uit: alles gaat naar dit team. Aan: de regels kiezen een team van hetzelfde bestuur.",
    )

    class Meta:
        verbose_name = "postbus"
        verbose_name_plural = "postbussen"
        ordering = ["adres"]
        constraints = [
            models.CheckConstraint(
                condition=Q(adres=models.functions.Lower("adres")),
                name="postbus_in_kleine_letters",
                violation_error_message="Schrijf het adres in kleine letters.",
            )
        ]

    def __str__(self):
        return self.adres


class IngekomenmailQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door: what belongs to a case goes with the door of the case, the rest is for who heads the team."""
        van_zaak = Q(vraag__in=Vraag.objects.zichtbaar_voor(gebruiker))
        if not heeft_rol(gebruiker, TEAMVERANTWOORDELIJKE):
            return self.filter(van_zaak)
        teams = gebruiker.teams.filter(bestuur=gebruiker.bestuur_id)
        return self.filter(van_zaak | Q(vraag=None, team__in=teams))

    def zonder_inhoud(self):
        """For lists: the message itself is not even read; `is_bewaard` says whether it is still there."""
        bewaard = models.ExpressionWrapper(Q(inhoud__isnull=False), models.BooleanField())
        return self.defer("inhoud").annotate(is_bewaard=bewaard)

    def te_verwerken(self):
        return self.filter(staat=Ingekomenmail.Staat.ONTVANGEN).order_by("pk")

    def tellingen(self):
        """How many there are in each state: dict."""
        geteld = dict(self.order_by().values_list("staat").annotate(models.Count("pk")))
        return {staat: geteld.get(staat, 0) for staat in Ingekomenmail.Staat.values}


class Ingekomenmail(models.Model):
    class Staat(models.TextChoices):
        ONTVANGEN = "ontvangen", "Ontvangen"
        VERWERKT = "verwerkt", "Verwerkt"
        GENEGEERD = "genegeerd", "Niet voor ons"
        MISLUKT = "mislukt", "Kijk na"

    # state before -> states after
    OVERGANGEN = {
        Staat.ONTVANGEN: {Staat.VERWERKT, Staat.GENEGEERD, Staat.MISLUKT},
        Staat.GENEGEERD: {Staat.ONTVANGEN, Staat.VERWERKT},
        Staat.MISLUKT: {Staat.ONTVANGEN, Staat.VERWERKT, Staat.GENEGEERD},
        Staat.VERWERKT: set(),
    }

    kenmerk = models.CharField(max_length=64, unique=True, editable=False)
    staat = models.CharField(max_length=10, choices=Staat.choices, default=Staat.ONTVANGEN, editable=False)
    reden = models.CharField(max_length=15, choices=Reden.choices, blank=True, editable=False)
    echtheid = models.CharField(max_length=10, choices=Echtheid.choices, blank=True, editable=False)
    postbus = models.ForeignKey(Postbus, null=True, on_delete=models.SET_NULL, related_name="+")
    team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="+")
    vraag = models.ForeignKey("loket.Vraag", null=True, on_delete=models.CASCADE, related_name="mails")
    eigen_sleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", null=True, on_delete=models.PROTECT, related_name="mail"
    )
    inhoud = models.BinaryField(null=True, editable=False)
    voor_medewerker = VersleuteldTekstVeld(default=str)
    voor_iedereen = VersleuteldTekstVeld(default=str)
    grootte = models.PositiveIntegerField(editable=False)
    afgekapt = models.BooleanField(default=False, editable=False)
    pogingen = models.PositiveSmallIntegerField(default=0, editable=False)
    ontvangen_op = models.DateTimeField(default=timezone.now, editable=False)
    verwerkt_op = models.DateTimeField(null=True, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = IngekomenmailQuerySet.as_manager()

    class Meta:
        verbose_name = "ingekomen mail"
        verbose_name_plural = "ingekomen mails"
        ordering = ["-ontvangen_op", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index("id", condition=Q(staat="ontvangen"), name="ingekomenmail_wachtrij"),
            models.Index(fields=["team", "staat", "-ontvangen_op"], name="ingekomenmail_lijst"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(staat="ontvangen", verwerkt_op__isnull=True)
                | (~Q(staat="ontvangen") & Q(verwerkt_op__isnull=False)),
                name="ingekomenmail_verwerkt_heeft_tijd",
            ),
            models.CheckConstraint(
                condition=(Q(staat__in=["genegeerd", "mislukt"]) & ~Q(reden=""))
                | (Q(staat__in=["ontvangen", "verwerkt"]) & Q(reden="")),
                name="ingekomenmail_niet_verwerkt_heeft_reden",
            ),
            models.CheckConstraint(
                condition=~Q(staat="verwerkt") | Q(vraag__isnull=False), name="ingekomenmail_verwerkt_heeft_vraag"
            ),
            models.CheckConstraint(
                condition=Q(vraag__isnull=True, eigen_sleutel__isnull=False)
                | Q(vraag__isnull=False, eigen_sleutel__isnull=True),
                name="ingekomenmail_heeft_een_sleutel",
            ),
            models.CheckConstraint(
                condition=Q(inhoud__isnull=False) | Q(staat__in=["verwerkt", "genegeerd"]),
                name="ingekomenmail_leeg_is_afgehandeld",
            ),
        ]

    def __str__(self):
        return f"ingekomen mail {self.pk}"

    @property
    def dossiersleutel(self):
        return self.vraag.dossiersleutel if self.vraag_id else self.eigen_sleutel

    def sluit_in(self, inhoud: bytes):
        """Puts the message in, encrypted under the key it has now; the caller saves."""
        self.inhoud = self.dossiersleutel.versleutel(inhoud, BIJ)

    def lees(self) -> bytes | None:
        """The message, or None when it was removed or its key was erased."""
        return None if self.inhoud is None else self.dossiersleutel.ontsleutel(self.inhoud, BIJ)

    @property
    def kan_opnieuw(self):
        """Whether staff may have it read again, or make a question of it."""
        return self.staat in (self.Staat.GENEGEERD, self.Staat.MISLUKT) and self.inhoud is not None

    def zet(self, staat, *, reden="", vraag=None, door=None, voor_medewerker=(), voor_iedereen=()):
        """The only place where `staat` changes. With a `vraag` the message moves under the key of that case.

        Raises MagNiet for a move that is not allowed.
        """
        if staat not in self.OVERGANGEN[self.staat]:
            raise MagNiet(f"Dit kan nu niet: de mail staat op ‘{self.get_staat_display()}’.")
        oude_sleutel = None
        if vraag is not None and self.vraag_id != vraag.pk:
            inhoud, oude_sleutel = self.lees(), self.eigen_sleutel
            self.vraag, self.eigen_sleutel = vraag, None
            if inhoud is not None:
                self.sluit_in(inhoud)
        self.staat, self.reden, self.door = staat, reden, door or self.door
        self.voor_medewerker, self.voor_iedereen = "\n".join(voor_medewerker), "\n".join(voor_iedereen)
        self.verwerkt_op = None if staat == self.Staat.ONTVANGEN else timezone.now()
        self.save()
        if oude_sleutel is not None:
            oude_sleutel.delete()

    def ruim_inhoud_op(self):
        """Removes the message itself and, where there is no case, the key with it; the row stays as a trace."""
        self.inhoud = None
        self.save(update_fields=["inhoud"])
        if self.vraag_id is None:
            self.eigen_sleutel.wis()


@pgtrigger.register(pgtrigger.Protect(name="staat_vast", operation=pgtrigger.Update))
class Mailinzage(models.Model):
    """Someone read a mail that belongs to no case; a reading of a case is an `Inzage`."""

    mail = models.ForeignKey(Ingekomenmail, on_delete=models.CASCADE, related_name="inzages")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "inzage in een mail"
        verbose_name_plural = "inzages in mails"
        ordering = ["-op", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"inzage in mail {self.mail_id}"


class AntwoordadresQuerySet(models.QuerySet):
    def met(self, tekens):
        """The address of which one of these strings is the random half, or None."""
        return self.filter(kenmerk__in=[kenmerk_van(teken) for teken in tekens]).select_related("vraag").first()


class Antwoordadres(models.Model):
    """Where mail about one case may be answered to: 100 random bits, kept as a hash and as ciphertext of the case."""

    vraag = models.OneToOneField("loket.Vraag", on_delete=models.CASCADE, related_name="antwoordadres")
    kenmerk = models.CharField(max_length=64, unique=True, editable=False)
    teken = VersleuteldTekstVeld()

    objects = AntwoordadresQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoordadres"
        verbose_name_plural = "antwoordadressen"
        default_permissions = ()

    def __str__(self):
        return f"antwoordadres {self.pk}"

    @property
    def dossiersleutel(self):
        return self.vraag.dossiersleutel

    @classmethod
    def van(cls, vraag):
        """The one of this case, made at the first mail."""
        bestaand = cls.objects.filter(vraag=vraag).first()
        if bestaand is None:
            teken = in_alfabet(secrets.token_bytes(13), LENGTE).lower()
            bestaand, _ = cls.objects.get_or_create(
                vraag=vraag, defaults={"teken": teken, "kenmerk": kenmerk_van(teken)}
            )
        bestaand.vraag = vraag
        return bestaand


def kenmerk_van(teken: str) -> str:
    """What the database keeps to find a random half by; 100 bits cannot be found back from it."""
    return hashlib.sha256(f"antwoordadres:{teken.lower()}".encode(errors="replace")).hexdigest()


class Mailspoor(models.Model):
    """A mail of ours about a case, by its Message-ID; `teruggekomen_op` when it did not arrive."""

    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="mailsporen")
    message_id = models.CharField(max_length=120, unique=True)
    teruggekomen_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mailspoor"
        verbose_name_plural = "mailsporen"
        default_permissions = ()

    def __str__(self):
        return f"mailspoor {self.pk}"
