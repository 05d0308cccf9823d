"""A question that someone asked, through any channel, and everything that may happen to it.

- What people tell (text, name, contact) is ciphertext under the key of the case. What lists show (reference, theme,
  area, state, deadline, handler) is not secret in itself and can be sorted and counted.
- One state machine: `STAPPEN` says which step is allowed from which state and where it leads. Only
  `Vraag.zet_stap()` changes `staat`.
- `versie` rises with every step and message, so that two people who work at once notice each other.
- Team and Bestuur must agree and the registration never changes: the database refuses it, whoever asks.
"""

import pghistory
import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone

from loket import termijn
from sociaalhuis.inzending import Teken, nieuwe_referentie
from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, heeft_rol

TEAM_VAN_BESTUUR = """
    IF NOT EXISTS (SELECT 1 FROM sociaalhuis_team WHERE id = NEW.team_id AND bestuur_id = NEW.bestuur_id) THEN
        RAISE EXCEPTION 'het team hoort niet bij dit bestuur' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Staat(models.TextChoices):
    NIEUW = "nieuw", "Nieuw"
    IN_BEHANDELING = "in_behandeling", "In behandeling"
    WACHT_OP_VRAGER = "wacht_op_vrager", "Wacht op vrager"
    GEPARKEERD = "geparkeerd", "Geparkeerd"
    BEANTWOORD = "beantwoord", "Beantwoord"
    AFGESLOTEN = "afgesloten", "Afgesloten"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class Prioriteit(models.IntegerChoices):
    HOOG = 1, "Hoog"
    GEWOON = 2, "Gewoon"
    LAAG = 3, "Laag"


class Stap(models.TextChoices):
    """Everything that can happen to a question; also what the log says."""

    GESTELD = "gesteld", "Geregistreerd"
    NEEM = "neem", "In behandeling genomen"
    WIJS_TOE = "wijs_toe", "Toegewezen"
    NOTEER = "noteer", "Notitie geschreven"
    STUUR_BERICHT = "stuur_bericht", "Tussentijds bericht gestuurd"
    BEANTWOORD = "beantwoord", "Beantwoord"
    VRAAG_TERUG = "vraag_terug", "Iets teruggevraagd"
    SCHRIJF_TERUG = "schrijf_terug", "De vrager schreef terug"
    SLUIT_AF = "sluit_af", "Afgesloten"
    HEROPEN = "heropen", "Heropend"
    DRAAG_OVER = "draag_over", "Overgedragen"
    TREK_IN = "trek_in", "Ingetrokken door de vrager"
    LAAT_DOOR = "laat_door", "Uit quarantaine gehaald"
    PARKEER = "parkeer", "Geparkeerd"
    HERVAT = "hervat", "Niet meer geparkeerd"
    DEEL_IN = "deel_in", "Anders ingedeeld"
    SCHRAP = "schrap", "Geschrapt: een vergissing"
    HERINNER = "herinner", "Behandelaar herinnerd aan de termijn"
    MELD_LAAT = "meld_laat", "Gemeld dat de vraag te laat is"
    MELD_ONGEOPEND = "meld_ongeopend", "Gemeld dat niemand de vraag opende"
    DEEL = "deel", "Gedeeld met een ander team"
    STOP_DELEN = "stop_delen", "Delen gestopt"
    NOODTOEGANG = "noodtoegang", "Noodtoegang gegeven voor een uur"
    STOP_NOOD = "stop_nood", "Noodtoegang gestopt"
    VOEG_SAMEN = "voeg_samen", "Samengevoegd"
    MAAK_LOS = "maak_los", "Weer losgemaakt"
    SPLITS = "splits", "Een deel ging naar een ander team"
    CONTACT = "contact", "De vrager koos een andere manier van contact"
    TEVREDEN = "tevreden", "De vrager is geholpen"
    NIET_TEVREDEN = "niet_tevreden", "De vrager is niet geholpen"
    NIEUWE_CODE = "nieuwe_code", "Nieuwe code gegeven"
    WISWENS = "wiswens", "De vrager vroeg om alles te wissen"
    WEIGER_WENS = "weiger_wens", "Wissen geweigerd, met uitleg"
    BEWAARSTOP = "bewaarstop", "Bewaarstop gezet"
    HEF_STOP_OP = "hef_stop_op", "Bewaarstop opgeheven"
    VERWIJS = "verwijs", "Stap in een doorverwijzing"
    VERWIJS_TERUG = "verwijs_terug", "Een doorverwijzing kwam terug"


NIEUW, BEZIG, WACHT, PARK = Staat.NIEUW, Staat.IN_BEHANDELING, Staat.WACHT_OP_VRAGER, Staat.GEPARKEERD
KLAAR, DICHT, WEG = Staat.BEANTWOORD, Staat.AFGESLOTEN, Staat.INGETROKKEN
LOPEND = (NIEUW, BEZIG, WACHT, PARK)
# Who asked was promised a day: parking does not move it. Only while we wait for them the clock stands still.
KLOK_LOOPT = (NIEUW, BEZIG, PARK)
# What the portal does by itself when nobody is named; without a name other steps are of the one who asked.
VAN_ZELF = {Stap.STOP_DELEN, Stap.HERVAT, Stap.HERINNER, Stap.MELD_LAAT, Stap.MELD_ONGEOPEND, Stap.VERWIJS_TERUG}

# What concerns the data and not the answer: in any state, in quarantine too.
ALTIJD = {Stap.CONTACT, Stap.NIEUWE_CODE, Stap.WISWENS, Stap.WEIGER_WENS, Stap.BEWAARSTOP, Stap.HEF_STOP_OP}

# step -> {state before: state after}; what is not here is not allowed
STAPPEN = {
    Stap.NEEM: {NIEUW: BEZIG, BEZIG: BEZIG, WACHT: WACHT, PARK: PARK, KLAAR: KLAAR},
    Stap.WIJS_TOE: {NIEUW: BEZIG, BEZIG: BEZIG, WACHT: WACHT, PARK: PARK, KLAAR: KLAAR},
    Stap.NOTEER: {staat: staat for staat in Staat},
    Stap.STUUR_BERICHT: {NIEUW: BEZIG, BEZIG: BEZIG, WACHT: WACHT, PARK: PARK, KLAAR: KLAAR},
    Stap.BEANTWOORD: {NIEUW: KLAAR, BEZIG: KLAAR, WACHT: KLAAR, PARK: KLAAR, KLAAR: KLAAR},
    Stap.VRAAG_TERUG: {NIEUW: WACHT, BEZIG: WACHT, WACHT: WACHT, PARK: WACHT, KLAAR: WACHT},
    Stap.SCHRIJF_TERUG: {NIEUW: NIEUW, BEZIG: BEZIG, WACHT: BEZIG, PARK: BEZIG, KLAAR: BEZIG, DICHT: BEZIG},
    Stap.SLUIT_AF: {NIEUW: DICHT, BEZIG: DICHT, WACHT: DICHT, PARK: DICHT, KLAAR: DICHT},
    Stap.HEROPEN: {KLAAR: BEZIG, DICHT: BEZIG},
    Stap.DRAAG_OVER: {NIEUW: NIEUW, BEZIG: NIEUW, WACHT: NIEUW, PARK: NIEUW, KLAAR: NIEUW},
    Stap.TREK_IN: {NIEUW: WEG, BEZIG: WEG, WACHT: WEG, PARK: WEG, KLAAR: WEG},
    Stap.LAAT_DOOR: {NIEUW: NIEUW},
    Stap.PARKEER: {NIEUW: PARK, BEZIG: PARK, WACHT: PARK, PARK: PARK},
    Stap.HERVAT: {PARK: BEZIG},
    Stap.DEEL_IN: {staat: staat for staat in Staat if staat != WEG},
    Stap.SCHRAP: {DICHT: WEG},
    Stap.HERINNER: {staat: staat for staat in LOPEND},
    Stap.MELD_LAAT: {staat: staat for staat in LOPEND},
    Stap.MELD_ONGEOPEND: {staat: staat for staat in LOPEND},
    Stap.DEEL: {staat: staat for staat in (*LOPEND, KLAAR)},
    Stap.STOP_DELEN: {staat: staat for staat in Staat},
    Stap.VOEG_SAMEN: {NIEUW: DICHT, BEZIG: DICHT, WACHT: DICHT, PARK: DICHT, KLAAR: DICHT},
    Stap.MAAK_LOS: {DICHT: BEZIG},
    Stap.SPLITS: {staat: staat for staat in (*LOPEND, KLAAR)},
    Stap.CONTACT: {staat: staat for staat in Staat if staat != WEG},
    Stap.TEVREDEN: {KLAAR: KLAAR, DICHT: DICHT},
    Stap.NIET_TEVREDEN: {KLAAR: BEZIG, DICHT: BEZIG},
    **{stap: {staat: staat for staat in Staat} for stap in ALTIJD if stap != Stap.CONTACT},
    Stap.VERWIJS: {staat: staat for staat in (*LOPEND, KLAAR)},
    Stap.VERWIJS_TERUG: {NIEUW: NIEUW, BEZIG: BEZIG, WACHT: BEZIG, PARK: BEZIG, KLAAR: BEZIG, DICHT: BEZIG},
}


# What waits for somebody else comes after what we can do now.
RUST = ExpressionWrapper(Q(staat__in=[WACHT, PARK]), BooleanField())


class Toegang(models.TextChoices):
    """By which door someone of the staff comes to a case."""

    EIGEN = "eigen", "Van het eigen team"
    HELP = "help", "Gedeeld om mee te helpen"
    LEES = "lees", "Gedeeld om mee te lezen"
    NOOD = "nood", "Noodtoegang"


class MagNiet(Exception):
    """This step is not allowed from this state. The text is for the person who tried."""


def _lidmaatschap(gebruiker, team, bestuur):
    """Whether the user works in that team, which is of their own Bestuur."""
    leden = apps.get_model("sociaalhuis.Team").leden.through
    return leden.objects.filter(team=team, gebruiker=gebruiker.pk, gebruiker__bestuur=bestuur)


def _delingen(gebruiker, **velden):
    """Sharings that hold now with a team of the user."""
    lopend = apps.get_model("loket.Deling").objects.lopend().filter(**velden)
    lopend = lopend.filter(Exists(_lidmaatschap(gebruiker, OuterRef("met_team"), OuterRef("met_team__bestuur"))))
    return lopend.exclude(vraag__staat__in=[DICHT, WEG])


def _noodtoegang(gebruiker):
    return apps.get_model("loket.Noodtoegang").objects.lopend().filter(vraag=OuterRef("pk"), door=gebruiker.pk)


class VraagQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The one door for staff: questions of own teams in own Bestuur, for who works at the desk. Nobody else."""
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.filter(bestuur=gebruiker.bestuur_id, team__leden=gebruiker)

    def leesbaar_voor(self, gebruiker):
        """For one case: what is theirs, what was shared with their team, and what they may read in an emergency.

        `toegang` says which (`Toegang`). Lists and counts stay with `zichtbaar_voor`.
        """
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.annotate(
            toegang=Case(
                When(
                    Exists(_lidmaatschap(gebruiker, OuterRef("team"), OuterRef("bestuur"))), then=Value(Toegang.EIGEN)
                ),
                When(Exists(_delingen(gebruiker, recht="help", vraag=OuterRef("pk"))), then=Value(Toegang.HELP)),
                When(Exists(_delingen(gebruiker, vraag=OuterRef("pk"))), then=Value(Toegang.LEES)),
                When(Exists(_noodtoegang(gebruiker)), then=Value(Toegang.NOOD)),
                default=Value(""),
            )
        ).exclude(toegang="")

    def te_helpen_door(self, gebruiker):
        """What this user may write on: their own, and what was shared with their team to help with."""
        return self.leesbaar_voor(gebruiker).filter(toegang__in=[Toegang.EIGEN, Toegang.HELP])

    def gedeeld_met(self, gebruiker):
        """Running questions of other teams that are shared with a team of this user."""
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.filter(pk__in=_delingen(gebruiker).values("vraag"))

    def in_de_bak_van(self, gebruiker):
        """The questions of `zichtbaar_voor`, for lists: the teams as numbers, so that an index gives them in order."""
        if not heeft_rol(gebruiker, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
            return self.none()
        return self.filter(team__in=[team.pk for team in gebruiker.eigen_teams])

    def zonder_inhoud(self):
        """For lists: the columns that hold what people tell are not even read."""
        return self.defer(*INHOUD).select_related("team", "thema", "gebied", "doelgroep", "behandelaar")

    def met_verwijsmerk(self):
        """With `verwijsmerk`: why a referral of this question wants a look at the desk, or None."""
        rijen = apps.get_model("loket.Doorverwijzing").objects.met_aandacht().filter(vraag=OuterRef("pk"))
        return self.annotate(verwijsmerk=Subquery(rijen.order_by("-staat_sinds").values("aandacht")[:1]))

    def met_verwijzing_terug(self):
        """Questions of which a referral wants a look at the desk."""
        return self.filter(pk__in=apps.get_model("loket.Doorverwijzing").objects.met_aandacht().values("vraag"))

    def gewoon(self):
        """Without what waits in quarantine."""
        return self.filter(quarantaine="")

    def in_quarantaine(self):
        return self.exclude(quarantaine="").filter(staat=NIEUW)

    def lopend(self):
        return self.gewoon().filter(staat__in=LOPEND)

    def ontevreden(self):
        """Running questions whose asker said that the answer did not help, and that have no new answer yet."""
        return self.lopend().filter(oordelen__keuze__in=["niet_tevreden", "niet_beantwoord"]).distinct()

    def te_laat(self, vandaag=None):
        """Running questions past their deadline; the clock stands still while we wait for the one who asked."""
        return self.lopend().exclude(staat=WACHT).filter(uiterlijk_op__lt=vandaag or timezone.localdate())

    def van(self, gebruiker):
        return self.lopend().filter(behandelaar=gebruiker)

    def op_tijd(self):
        """In the order in which they must be answered; what waits for somebody else comes last."""
        return self.order_by(RUST, "uiterlijk_op", "pk")

    def nieuwste(self):
        return self.order_by("-geregistreerd_op", "-pk")


@pghistory.track(
    pghistory.UpdateEvent(),
    fields=[
        "staat",
        "quarantaine",
        "bestuur",
        "team",
        "behandelaar",
        "thema",
        "gebied",
        "doelgroep",
        "dienst",
        "prioriteit",
        "geparkeerd_tot",
        "resultaat",
        "versie",
    ],
    model_name="VraagEvent",
)
@pgtrigger.register(
    pgtrigger.ReadOnly(name="registratie_staat_vast", fields=["geregistreerd_op", "referentie", "inzending", "kanaal"]),
    pgtrigger.Trigger(
        name="team_van_bestuur",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("team_id", "bestuur_id"),
        func=TEAM_VAN_BESTUUR,
    ),
)
class Vraag(models.Model):
    class Kanaal(models.TextChoices):
        WEB = "web", "Website"
        BALIE = "balie", "Aan de balie"
        TELEFOON = "telefoon", "Telefoon"
        MAIL = "mail", "E-mail"
        BRIEF = "brief", "Brief"
        PARTNER = "partner", "Via een partner"

    class Antwoordwijze(models.TextChoices):
        MAIL = "mail", "Met een e-mail"
        TELEFOON = "telefoon", "Bel mij"
        BRIEF = "brief", "Met een brief"
        HIER = "hier", "Ik kijk hier zelf, met mijn code"

    Quarantaine = Teken

    class Resultaat(models.TextChoices):
        GEHOLPEN = "geholpen", "Geholpen"
        INFORMATIE = "informatie", "Informatie gegeven"
        DOORVERWEZEN = "doorverwezen", "Doorverwezen"
        GEEN_RECHT = "geen_recht", "Geen recht op deze hulp"
        GEEN_OPLOSSING = "geen_oplossing", "Geen oplossing gevonden"
        NIET_BEREIKT = "niet_bereikt", "De vrager niet meer bereikt"
        DUBBEL = "dubbel", "Dubbel"
        ONGEWENST = "ongewenst", "Geen echte vraag"

    Staat, Stap, Prioriteit = Staat, Stap, Prioriteit

    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    staat = models.CharField(max_length=20, choices=Staat.choices, default=Staat.NIEUW, editable=False)
    quarantaine = models.CharField(max_length=15, choices=Quarantaine.choices, blank=True, editable=False)
    resultaat = models.CharField(max_length=20, choices=Resultaat.choices, blank=True)
    kanaal = models.CharField(max_length=10, choices=Kanaal.choices, default=Kanaal.WEB)
    bestuur = models.ForeignKey("sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+", editable=False)
    team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="vragen")
    behandelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="vragen"
    )
    thema = models.ForeignKey(
        "sociaalhuis.Thema", null=True, blank=True, on_delete=models.PROTECT, related_name="vragen"
    )
    gebied = models.ForeignKey(
        "sociaalhuis.Gebied", null=True, blank=True, on_delete=models.PROTECT, related_name="vragen"
    )
    doelgroep = models.ForeignKey(
        "sociaalhuis.Doelgroep", null=True, blank=True, on_delete=models.PROTECT, related_name="vragen"
    )
    dienst = models.ForeignKey("loket.Dienst", null=True, blank=True, on_delete=models.SET_NULL, related_name="vragen")
    prioriteit = models.PositiveSmallIntegerField(choices=Prioriteit.choices, default=Prioriteit.GEWOON)

    # what people tell
    dossiersleutel = models.OneToOneField("sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="vraag")
    tekst = VersleuteldTekstVeld()
    naam = VersleuteldTekstVeld(default=str)
    email = VersleuteldTekstVeld(default=str)
    telefoon = VersleuteldTekstVeld(default=str)
    adres = VersleuteldTekstVeld(default=str)
    anoniem = models.BooleanField(default=False)
    email_spoor = models.BinaryField(max_length=16, null=True, editable=False)
    telefoon_spoor = models.BinaryField(max_length=16, null=True, editable=False)
    antwoordwijze = models.CharField(max_length=10, choices=Antwoordwijze.choices)

    # how the one who asked comes back
    inzending = models.UUIDField(unique=True, null=True, editable=False)
    formulier = models.UUIDField(null=True, db_index=True, editable=False)
    code_zoekdeel = models.CharField(max_length=4, blank=True, db_index=True, editable=False)
    code_hash = models.CharField(max_length=128, blank=True, editable=False)

    # questions that belong together; who is erased goes with all of them
    samengevoegd_met = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="samengevoegde", editable=False
    )
    samengevoegd_op = models.DateTimeField(null=True, editable=False)
    afgesplitst_van = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="afgesplitste", editable=False
    )

    geregistreerd_op = models.DateTimeField(default=timezone.now, editable=False)
    werkdagen = models.PositiveSmallIntegerField("termijn in werkdagen", default=5, editable=False)
    uiterlijk_op = models.DateField(editable=False)
    geparkeerd_tot = models.DateField(null=True, editable=False)
    # Since when the team that has the question now has it, and when someone of staff first opened it there.
    bij_team_sinds = models.DateTimeField(default=timezone.now, editable=False)
    eerst_geopend_op = models.DateTimeField(null=True, editable=False)
    afgesloten_op = models.DateTimeField(null=True, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)

    objects = VraagQuerySet.as_manager()
    # closing days of the town, for its deadline in words; lists fill it in, see `loket.kalender`
    gesloten = frozenset()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["uiterlijk_op", "pk"]
        default_permissions = ()
        permissions = [("behandel_vraag", "Mag vragen behandelen"), ("verdeel_vraag", "Mag vragen verdelen")]
        indexes = [
            models.Index(
                fields=["team", "uiterlijk_op"],
                condition=Q(staat__in=["nieuw", "in_behandeling", "wacht_op_vrager", "geparkeerd"]),
                name="vraag_lopend",
            ),
            models.Index(fields=["geparkeerd_tot"], condition=Q(staat="geparkeerd"), name="vraag_geparkeerd"),
            models.Index(
                fields=["bij_team_sinds"],
                condition=Q(
                    staat__in=["nieuw", "in_behandeling", "wacht_op_vrager", "geparkeerd"],
                    quarantaine="",
                    eerst_geopend_op__isnull=True,
                ),
                name="vraag_ongeopend",
            ),
            models.Index(fields=["team", "staat", "uiterlijk_op", "id"], name="vraag_lijst"),
            models.Index(fields=["behandelaar", "staat"], name="vraag_behandelaar"),
            models.Index(
                RUST,
                "uiterlijk_op",
                "id",
                condition=Q(staat__in=["nieuw", "in_behandeling", "wacht_op_vrager", "geparkeerd"], quarantaine=""),
                name="vraag_op_tijd",
            ),
            models.Index(fields=["-geregistreerd_op", "-id"], name="vraag_nieuwste"),
            models.Index(
                fields=["staat", "uiterlijk_op", "id"],
                condition=Q(staat__in=["nieuw", "in_behandeling", "wacht_op_vrager", "geparkeerd"], quarantaine=""),
                name="vraag_per_staat",
            ),
            models.Index(
                fields=["afgesloten_op"], condition=Q(staat__in=["afgesloten", "ingetrokken"]), name="vraag_dicht"
            ),
            models.Index(
                fields=["geregistreerd_op"], condition=Q(staat="nieuw") & ~Q(quarantaine=""), name="vraag_quarantaine"
            ),
            models.Index(fields=["email_spoor"], condition=Q(email_spoor__isnull=False), name="vraag_email_spoor"),
            models.Index(
                fields=["telefoon_spoor"], condition=Q(telefoon_spoor__isnull=False), name="vraag_telefoon_spoor"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(staat__in=["afgesloten", "ingetrokken"], afgesloten_op__isnull=False)
                | (~Q(staat__in=["afgesloten", "ingetrokken"]) & Q(afgesloten_op__isnull=True)),
                name="vraag_dicht_heeft_tijd",
            ),
            models.CheckConstraint(
                condition=Q(staat="afgesloten") & ~Q(resultaat="") | ~Q(staat="afgesloten") & Q(resultaat=""),
                name="vraag_afgesloten_heeft_resultaat",
            ),
            models.CheckConstraint(
                condition=Q(quarantaine="") | Q(staat__in=["nieuw", "afgesloten", "ingetrokken"]),
                name="vraag_quarantaine_wordt_niet_behandeld",
            ),
            models.CheckConstraint(
                condition=Q(samengevoegd_met=None, samengevoegd_op=None)
                | Q(
                    samengevoegd_met__isnull=False,
                    samengevoegd_op__isnull=False,
                    staat__in=["afgesloten"],
                    resultaat="dubbel",
                ),
                name="vraag_samengevoegd_is_dubbel",
            ),
            models.CheckConstraint(
                condition=~Q(samengevoegd_met=models.F("id")) & ~Q(afgesplitst_van=models.F("id")),
                name="vraag_niet_met_zichzelf",
            ),
            models.CheckConstraint(
                condition=Q(code_hash="", code_zoekdeel="") | (~Q(code_hash="") & ~Q(code_zoekdeel="")),
                name="vraag_code_heeft_zoekdeel",
            ),
            models.CheckConstraint(
                condition=~Q(staat__in=["in_behandeling"]) | Q(behandelaar__isnull=False),
                name="vraag_in_behandeling_heeft_behandelaar",
            ),
            models.CheckConstraint(
                condition=Q(staat="geparkeerd", geparkeerd_tot__isnull=False, behandelaar__isnull=False)
                | (~Q(staat="geparkeerd") & Q(geparkeerd_tot__isnull=True)),
                name="vraag_geparkeerd_heeft_dag_en_behandelaar",
            ),
            models.CheckConstraint(condition=Q(prioriteit__in=[1, 2, 3]), name="vraag_prioriteit_bekend"),
        ]

    def __str__(self):
        return self.referentie

    def get_absolute_url(self):
        return reverse("loket:werkbank_dossier", kwargs={"referentie": self.referentie.lower()})

    @property
    def is_telling(self):
        """A contact at the desk that was handled at once and only counted: nobody has a receipt of it."""
        return not self.code_zoekdeel

    @property
    def is_dicht(self):
        return self.staat in (DICHT, WEG)

    @property
    def is_te_laat(self):
        return not self.quarantaine and self.staat in KLOK_LOOPT and self.uiterlijk_op < timezone.localdate()

    @property
    def is_dringend(self):
        """Due today or on the next working day."""
        return (
            self.staat in KLOK_LOOPT
            and termijn.werkdagen_tot(timezone.localdate(), self.uiterlijk_op, self.gesloten) <= 1
        )

    @property
    def termijn_in_woorden(self):
        """The deadline as a word; nothing once there is an answer or while we wait."""
        return termijn.in_woorden(self.uiterlijk_op, gesloten=self.gesloten) if self.staat in KLOK_LOOPT else ""

    @property
    def leeftijd_in_dagen(self):
        return (timezone.localdate() - timezone.localdate(self.geregistreerd_op)).days

    def kan(self, stap) -> bool:
        """Whether this step is allowed now. In quarantine only: let through, close, withdraw, note, and the data.

        What went along with another question only gets notes, until it is undone.
        """
        if stap == Stap.MAAK_LOS or (self.samengevoegd_met_id and stap not in (Stap.NOTEER, *ALTIJD)):
            return stap == Stap.MAAK_LOS and self.samengevoegd_met_id is not None
        if self.quarantaine and stap not in (Stap.LAAT_DOOR, Stap.SLUIT_AF, Stap.TREK_IN, Stap.NOTEER, *ALTIJD):
            return False
        if not self.quarantaine and stap == Stap.LAAT_DOOR:
            return False
        return self.staat in STAPPEN[stap]

    def zet_stap(self, stap, *, op=None, **velden):
        """The only place where `staat` changes: moves, saves it with `velden` and one `versie` more.

        Raises MagNiet. The caller holds the row (`select_for_update`) and writes the log.
        """
        if not self.kan(stap):
            raise MagNiet(f"Dit kan nu niet: de vraag is {self.get_staat_display().lower()}.")
        self.staat = STAPPEN[stap][self.staat]
        self.afgesloten_op = (self.afgesloten_op or op or timezone.now()) if self.is_dicht else None
        if self.staat != DICHT:
            self.resultaat = ""
        if self.staat != PARK:
            self.geparkeerd_tot = None
        for naam, waarde in velden.items():
            setattr(self, naam, waarde)
        if self.staat == BEZIG and self.behandelaar_id is None:
            self.staat = NIEUW  # nobody ever took it: back on the pile, where it is seen
        self.versie += 1
        self.save(update_fields=["staat", "afgesloten_op", "resultaat", "geparkeerd_tot", "versie", *velden])


INHOUD = ("tekst", "naam", "email", "telefoon", "adres", "code_hash")
