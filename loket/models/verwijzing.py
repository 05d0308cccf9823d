"""A warm handover: a client goes to a partner with their consent, and the house follows until they were helped.

- One state machine: `STAPPEN` says which step is allowed from which state and where it leads. Only
  `Doorverwijzing.zet_stap()` changes `staat`.
- Consent first: without it nothing is sent, and the database refuses it too. Which fields, to whom and until when are
  on the row; what is shared is a copy of exactly those fields (`GedeeldeKopie`).
- What must be seen at the desk is a mark (`aandacht`), never a text.
"""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from loket.models.staat import MagNiet
from loket.models.vraag import Vraag
from sociaalhuis import termijn
from sociaalhuis.inzending import nieuwe_referentie
from sociaalhuis.vertegenwoordiging import organisaties_van


class Verwijsstaat(models.TextChoices):
    VOORGESTELD = "voorgesteld", "Wacht op akkoord"
    AKKOORD = "akkoord", "Klaar om te verzenden"
    VERZONDEN = "verzonden", "Verzonden"
    VRAAGT_TERUG = "vraagt_terug", "De partner vraagt iets"
    AANVAARD = "aanvaard", "Aanvaard"
    AFSPRAAK = "afspraak", "Afspraak gemaakt"
    AANGEKOMEN = "aangekomen", "Aangekomen"
    GEHOLPEN = "geholpen", "Geholpen, nog te bevestigen"
    BEVESTIGD = "bevestigd", "Geholpen en bevestigd"
    ONBEVESTIGD = "onbevestigd", "Geholpen, niet bevestigd"
    NIET_GEHOLPEN = "niet_geholpen", "Niet geholpen"
    WEERSPROKEN = "weersproken", "Volgens de vrager niet geholpen"
    GEWEIGERD = "geweigerd", "Geweigerd"
    VERLOPEN = "verlopen", "Verlopen"
    INGETROKKEN = "ingetrokken", "De vrager wil het niet"
    GESTOPT = "gestopt", "Gestopt door het loket"


class Verwijsstap(models.TextChoices):
    """Everything that can happen to a referral; also what the log says."""

    STEL_VOOR = "stel_voor", "Voorgesteld"
    GEEF_AKKOORD = "geef_akkoord", "De vrager is akkoord"
    VERZEND = "verzend", "Verzonden"
    AANVAARD = "aanvaard", "Aanvaard"
    WEIGER = "weiger", "Geweigerd"
    VRAAG_TERUG = "vraag_terug", "De partner vraagt iets"
    ANTWOORD = "antwoord", "Antwoord aan de partner"
    MAAK_AFSPRAAK = "maak_afspraak", "Afspraak gemaakt"
    MELD_AANKOMST = "meld_aankomst", "De vrager was er"
    HELP = "help", "De partner hielp"
    HELP_NIET = "help_niet", "De partner kon niet helpen"
    BEVESTIG = "bevestig", "De vrager bevestigt de hulp"
    WEERSPREEK = "weerspreek", "De vrager zegt dat de hulp er niet was"
    TREK_IN = "trek_in", "De vrager wil het niet"
    STOP = "stop", "Gestopt door het loket"
    VERLOOP = "verloop", "Verlopen"


S, P = Verwijsstaat, Verwijsstap
VOOR_PARTNER = (S.VERZONDEN, S.VRAAGT_TERUG, S.AANVAARD, S.AFSPRAAK, S.AANGEKOMEN, S.GEHOLPEN)
LOPEND = (S.VOORGESTELD, S.AKKOORD, *VOOR_PARTNER)
LOPENDE_WAARDEN = [staat.value for staat in LOPEND]
EINDE = [staat.value for staat in S if staat not in LOPEND]

# step -> {state before: state after}; what is not here is not allowed
STAPPEN = {
    P.GEEF_AKKOORD: {S.VOORGESTELD: S.AKKOORD},
    P.VERZEND: {S.AKKOORD: S.VERZONDEN},
    P.AANVAARD: {S.VERZONDEN: S.AANVAARD, S.VRAAGT_TERUG: S.AANVAARD},
    P.WEIGER: dict.fromkeys((S.VERZONDEN, S.VRAAGT_TERUG, S.AANVAARD, S.AFSPRAAK), S.GEWEIGERD),
    P.VRAAG_TERUG: {S.VERZONDEN: S.VRAAGT_TERUG, S.AANVAARD: S.VRAAGT_TERUG},
    P.ANTWOORD: {S.VRAAGT_TERUG: S.VERZONDEN},
    P.MAAK_AFSPRAAK: {S.AANVAARD: S.AFSPRAAK, S.AFSPRAAK: S.AFSPRAAK},
    P.MELD_AANKOMST: {S.AANVAARD: S.AANGEKOMEN, S.AFSPRAAK: S.AANGEKOMEN},
    P.HELP: dict.fromkeys((S.AANVAARD, S.AFSPRAAK, S.AANGEKOMEN), S.GEHOLPEN),
    P.HELP_NIET: dict.fromkeys((S.AANVAARD, S.AFSPRAAK, S.AANGEKOMEN), S.NIET_GEHOLPEN),
    P.BEVESTIG: {S.GEHOLPEN: S.BEVESTIGD},
    P.WEERSPREEK: {S.GEHOLPEN: S.WEERSPROKEN},
    P.TREK_IN: dict.fromkeys(LOPEND, S.INGETROKKEN),
    P.STOP: dict.fromkeys(LOPEND, S.GESTOPT),
    P.VERLOOP: {**dict.fromkeys(LOPEND, S.VERLOPEN), S.GEHOLPEN: S.ONBEVESTIGD},
}
# state -> the setting (`Verwijstermijnen`) that says how long it may last
TERMIJN = {
    S.VOORGESTELD: "akkoord",
    S.AKKOORD: "verzenden",
    S.VERZONDEN: "antwoord",
    S.VRAAGT_TERUG: "terugvraag",
    S.AANVAARD: "afspraak",
    S.AFSPRAAK: "uitkomst",
    S.AANGEKOMEN: "uitkomst",
    S.GEHOLPEN: "bevestiging",
}


class Veld(models.TextChoices):
    """What of a case can be shared, each with its own yes or no."""

    NAAM = "naam", "Naam"
    TELEFOON = "telefoon", "Telefoonnummer"
    EMAIL = "email", "E-mailadres"
    ADRES = "adres", "Adres"
    GEBIED = "gebied", "Wijk of deelgemeente"
    TEKST = "tekst", "De vraag, in eigen woorden"
    TOELICHTING = "toelichting", "Uitleg van het Sociaal Huis"


class Aandacht(models.TextChoices):
    """Why a referral wants a look at the desk."""

    GEWEIGERD = "geweigerd", "De partner weigerde"
    VERLOPEN = "verlopen", "De doorverwijzing is verlopen"
    INGETROKKEN = "ingetrokken", "De vrager wil de doorverwijzing niet"
    NIET_GEHOLPEN = "niet_geholpen", "De partner kon niet helpen"
    WEERSPROKEN = "weersproken", "De vrager zegt: niet geholpen"
    VRAAGT_TERUG = "vraagt_terug", "De partner vraagt iets"
    AKKOORD = "akkoord", "De vrager koos: klaar om te verzenden"
    TE_LAAT = "te_laat", "De partner is te laat"


class Reden(models.TextChoices):
    """Why it ended, in a word that can be counted."""

    VOL = "vol", "Er is geen plaats"
    WACHTTIJD = "wachttijd", "De wachttijd is te lang"
    DOELGROEP = "doelgroep", "De persoon hoort niet bij onze doelgroep"
    GEBIED = "gebied", "De persoon woont buiten ons gebied"
    AANBOD = "aanbod", "Wij geven deze hulp niet"
    GEGEVENS = "gegevens", "We weten te weinig om te helpen"
    NIET_BEREIKT = "niet_bereikt", "We konden de persoon niet bereiken"
    NIET_GEKOMEN = "niet_gekomen", "De persoon kwam niet"
    ANDERS = "anders", "Iets anders"
    GEEN_AKKOORD = "geen_akkoord", "De vrager wil het niet"
    GEEN_ANTWOORD = "geen_antwoord", "Geen antwoord binnen de termijn"
    DATUM = "datum", "De datum van de toestemming is voorbij"
    LOKET = "loket", "Het loket stopte de doorverwijzing"


class DoorverwijzingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door: staff see those of their cases; a representative what was sent to their organisation."""
        return self.filter(
            Q(vraag__in=Vraag.objects.zichtbaar_voor(gebruiker).values("pk"))
            | Q(pk__in=self.model.objects.van_partner(gebruiker).values("pk"))
        )

    def van_partner(self, gebruiker):
        """Sent to an organisation for which this user speaks now."""
        return self.filter(verzonden_op__isnull=False, organisatie__in=organisaties_van(gebruiker))

    def van_loket(self, gebruiker):
        return self.filter(vraag__in=Vraag.objects.zichtbaar_voor(gebruiker).values("pk"))

    def lopend(self):
        return self.filter(staat__in=LOPEND)

    def te_laat(self, vandaag=None):
        return self.lopend().filter(uiterlijk_op__lt=vandaag or timezone.localdate())

    def met_aandacht(self):
        return self.exclude(aandacht="")

    def tellingen(self, vandaag=None):
        """How many each list of the desk holds, in one query."""
        lopend = Q(staat__in=LOPEND)
        return self.aggregate(
            aandacht=Count("pk", filter=~Q(aandacht="")),
            laat=Count("pk", filter=lopend & Q(uiterlijk_op__lt=vandaag or timezone.localdate())),
            lopend=Count("pk", filter=lopend),
            afgelopen=Count("pk", filter=Q(beeindigd_op__isnull=False)),
        )

    def voor_lijst(self):
        return self.select_related("organisatie", "vraag__thema", "vraag__behandelaar", "vraag__team").defer(
            "vraag__tekst", "vraag__naam", "vraag__email", "vraag__telefoon", "vraag__adres", "vraag__code_hash"
        )


@pghistory.track(
    pghistory.UpdateEvent(),
    fields=["staat", "akkoord_velden", "geldig_tot", "uiterlijk_op", "aandacht", "versie"],
    model_name="DoorverwijzingEvent",
)
class Doorverwijzing(models.Model):
    class Hoe(models.TextChoices):
        CODE = "code", "Met de code"
        PAPIER = "papier", "Op papier"

    Staat, Stap, Veld, Reden, Aandacht = Verwijsstaat, Verwijsstap, Veld, Reden, Aandacht

    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    vraag = models.ForeignKey("loket.Vraag", on_delete=models.CASCADE, related_name="doorverwijzingen")
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", on_delete=models.PROTECT, related_name="doorverwijzingen"
    )
    dienst = models.ForeignKey("loket.Dienst", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    doelgroep = models.ForeignKey(
        "sociaalhuis.Doelgroep", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    staat = models.CharField(max_length=15, choices=Verwijsstaat.choices, default=S.VOORGESTELD, editable=False)
    reden = models.CharField(max_length=15, choices=Reden.choices, blank=True, editable=False)
    aandacht = models.CharField(max_length=15, choices=Aandacht.choices, blank=True, editable=False)
    wachttijd_vooraf = models.PositiveSmallIntegerField("wachttijd bij de keuze, in dagen", null=True)

    # the consent: which data, until when, how it was given
    velden = ArrayField(models.CharField(max_length=12, choices=Veld.choices))
    akkoord_velden = ArrayField(models.CharField(max_length=12, choices=Veld.choices), default=list)
    geldig_tot = models.DateField("delen tot en met")
    akkoord_hoe = models.CharField(max_length=6, choices=Hoe.choices, blank=True)
    getekend_op = models.DateField("papier getekend op", null=True)
    akkoord_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    blad_op = models.DateTimeField("toestemmingsblad gemaakt op", null=True)

    gemaakt_op = models.DateTimeField(default=timezone.now)
    akkoord_op = models.DateTimeField(null=True)
    verzonden_op = models.DateTimeField(null=True)
    aanvaard_op = models.DateTimeField(null=True)
    afspraak_op = models.DateTimeField(null=True)
    geholpen_op = models.DateTimeField(null=True)
    beeindigd_op = models.DateTimeField(null=True)
    staat_sinds = models.DateTimeField(default=timezone.now)
    uiterlijk_op = models.DateField("uiterste dag van deze stap")
    herinnerd = models.PositiveSmallIntegerField(default=0)
    versie = models.PositiveIntegerField(default=1)

    objects = DoorverwijzingQuerySet.as_manager()

    class Meta:
        verbose_name = "doorverwijzing"
        verbose_name_plural = "doorverwijzingen"
        ordering = ["uiterlijk_op", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["organisatie", "staat"], name="verwijzing_organisatie"),
            models.Index(fields=["uiterlijk_op"], condition=Q(staat__in=LOPENDE_WAARDEN), name="verwijzing_lopend"),
            models.Index(fields=["vraag"], condition=~Q(aandacht=""), name="verwijzing_aandacht"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["vraag", "organisatie"],
                condition=Q(staat__in=LOPENDE_WAARDEN),
                name="verwijzing_een_per_organisatie",
            ),
            models.CheckConstraint(
                condition=Q(akkoord_op__isnull=True, akkoord_hoe="", akkoord_velden=[])
                | Q(akkoord_op__isnull=False) & ~Q(akkoord_hoe="") & ~Q(akkoord_velden=[]),
                name="verwijzing_akkoord_is_heel",
            ),
            models.CheckConstraint(
                condition=Q(akkoord_velden__contained_by=F("velden")), name="verwijzing_niet_meer_dan_voorgesteld"
            ),
            models.CheckConstraint(
                condition=~Q(akkoord_hoe="papier") | Q(akkoord_door__isnull=False, getekend_op__isnull=False),
                name="verwijzing_papier_heeft_getuige",
            ),
            models.CheckConstraint(
                condition=Q(verzonden_op__isnull=True) | Q(akkoord_op__isnull=False),
                name="verwijzing_verzonden_na_akkoord",
            ),
            models.CheckConstraint(
                condition=~Q(staat__in=[*(s.value for s in VOOR_PARTNER), "bevestigd", "onbevestigd", "geweigerd"])
                | Q(verzonden_op__isnull=False),
                name="verwijzing_bij_partner_is_verzonden",
            ),
            models.CheckConstraint(
                condition=Q(staat__in=EINDE, beeindigd_op__isnull=False)
                | (~Q(staat__in=EINDE) & Q(beeindigd_op__isnull=True)),
                name="verwijzing_einde_heeft_tijd",
            ),
            models.CheckConstraint(
                condition=~Q(staat__in=["geweigerd", "verlopen", "niet_geholpen", "gestopt"]) | ~Q(reden=""),
                name="verwijzing_terug_heeft_reden",
            ),
            models.CheckConstraint(
                condition=~Q(staat="afspraak") | Q(afspraak_op__isnull=False), name="verwijzing_afspraak_heeft_tijd"
            ),
        ]

    def __str__(self):
        return self.referentie

    def get_absolute_url(self):
        return reverse("loket:werkbank_verwijzing", args=[self.vraag.referentie.lower(), self.referentie.lower()])

    @property
    def is_lopend(self):
        return self.staat in LOPEND

    @property
    def is_te_laat(self):
        return self.is_lopend and self.uiterlijk_op < timezone.localdate()

    @property
    def is_dringend(self):
        return self.is_lopend and termijn.werkdagen_tot(timezone.localdate(), self.uiterlijk_op) <= 1

    @property
    def termijn_in_woorden(self):
        return termijn.in_woorden(self.uiterlijk_op) if self.is_lopend else ""

    def deelt(self, dag=None) -> bool:
        """Whether the partner may read the copy: sent, not ended, and not past the date that was agreed."""
        return self.staat in VOOR_PARTNER and (dag or timezone.localdate()) <= self.geldig_tot

    def kan(self, stap) -> bool:
        return self.staat in STAPPEN.get(stap, {})

    def zet_stap(self, stap, *, termijnen, op=None, **velden):
        """The only place where `staat` changes: moves, sets the time limit of the new state, saves.

        `termijnen` are the `Verwijstermijnen` that hold here. Raises MagNiet. The caller holds the row and writes
        the log.
        """
        if not self.kan(stap):
            raise MagNiet(f"Dit kan nu niet: deze doorverwijzing is {self.in_een_zin}.")
        op = op or timezone.now()
        self.staat = STAPPEN[stap][self.staat]
        if stap == P.ANTWOORD and self.aanvaard_op:
            self.staat = S.AANVAARD  # it was accepted before the partner asked
        for naam, waarde in velden.items():
            setattr(self, naam, waarde)
        self.staat_sinds, self.herinnerd, self.versie = op, 0, self.versie + 1
        if self.is_lopend:
            self.zet_termijn(termijnen)
        else:
            self.beeindigd_op = op
        vast = ["staat", "staat_sinds", "herinnerd", "versie", "uiterlijk_op", "beeindigd_op"]
        self.save(update_fields=[*vast, *velden])

    def zet_termijn(self, termijnen):
        """The last day of the state it is in; an outcome is expected after the appointment, not before."""
        begin = self.staat_sinds
        if self.staat == S.AFSPRAAK and self.afspraak_op and self.afspraak_op > begin:
            begin = self.afspraak_op
        self.uiterlijk_op = termijn.uiterlijk(begin, termijnen.dagen(TERMIJN[S(self.staat)]))

    @property
    def in_een_zin(self):
        """The state after 'deze doorverwijzing is ...'."""
        return ZINNEN[S(self.staat)]


ZINNEN = {
    S.VOORGESTELD: "nog niet goedgekeurd door de vrager",
    S.AKKOORD: "nog niet verzonden",
    S.VERZONDEN: "verzonden, en de partner antwoordde nog niet",
    S.VRAAGT_TERUG: "in wacht op een antwoord aan de partner",
    S.AANVAARD: "al aanvaard",
    S.AFSPRAAK: "al aanvaard, met een afspraak",
    S.AANGEKOMEN: "al bij de partner aangekomen",
    S.GEHOLPEN: "afgewerkt, en de vrager moet nog bevestigen",
    S.BEVESTIGD: "afgelopen: de vrager is geholpen",
    S.ONBEVESTIGD: "afgelopen: de vrager is geholpen",
    S.NIET_GEHOLPEN: "afgelopen: de partner kon niet helpen",
    S.WEERSPROKEN: "afgelopen: de vrager zegt niet geholpen te zijn",
    S.GEWEIGERD: "geweigerd door de partner",
    S.VERLOPEN: "verlopen",
    S.INGETROKKEN: "ingetrokken door de vrager",
    S.GESTOPT: "gestopt door het loket",
}
