"""A question that someone asked, through any channel, and everything that may happen to it.

- What people tell (text, name, contact) is ciphertext under the key of the case. What lists show (reference, theme,
  area, state, deadline, handler) is not secret in itself and can be sorted and counted.
- One state machine (`loket.models.staat`): only `Vraag.zet_stap()` changes `staat`.
- Who sees which questions: the doors in `loket.models.vraagset`.
- `versie` rises with every step and message, so that two people who work at once notice each other.
- Team and Bestuur must agree and the registration never changes: the database refuses it, whoever asks.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from loket.models.staat import (
    ALTIJD,
    BEZIG,
    DICHT,
    GEEN_REACTIE,
    KLOK_LOOPT,
    NIEUW,
    PARK,
    STAPPEN,
    WEG,
    MagNiet,
    Prioriteit,
    Staat,
    Stap,
)
from loket.models.vraagset import RUST, VraagQuerySet
from sociaalhuis import termijn
from sociaalhuis.inzending import Teken, nieuwe_referentie
from sociaalhuis.models import VersleuteldTekstVeld

TEAM_VAN_BESTUUR = """
    IF NOT EXISTS (SELECT 1 FROM sociaalhuis_team WHERE id = NEW.team_id AND bestuur_id = NEW.bestuur_id) THEN
        RAISE EXCEPTION 'het team hoort niet bij dit bestuur' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


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
        GEEN_REACTIE = "geen_reactie", "Na het antwoord niets meer gehoord"
        DUBBEL = "dubbel", "Dubbel"
        ONGEWENST = "ongewenst", "Geen echte vraag"

    Staat, Stap, Prioriteit = Staat, Stap, Prioriteit

    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    staat = models.CharField(max_length=20, choices=Staat.choices, default=Staat.NIEUW, editable=False)
    quarantaine = models.CharField(max_length=15, choices=Quarantaine.choices, blank=True, editable=False)
    resultaat = models.CharField(max_length=20, choices=Resultaat.choices, blank=True)
    kanaal = models.CharField(max_length=10, choices=Kanaal.choices, default=Kanaal.WEB)
    # No index of their own: with a dozen values nothing is found through it, and each costs time at every question.
    # Those of team and employee begin `vraag_lijst` and `vraag_behandelaar`; what is mostly empty has a part of one.
    bestuur = models.ForeignKey(
        "sociaalhuis.Bestuur", on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )
    team = models.ForeignKey("sociaalhuis.Team", on_delete=models.PROTECT, related_name="vragen", db_index=False)
    behandelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vragen",
        db_index=False,
    )
    thema = models.ForeignKey(
        "sociaalhuis.Thema", null=True, blank=True, on_delete=models.PROTECT, related_name="vragen", db_index=False
    )
    gebied = models.ForeignKey(
        "sociaalhuis.Gebied", null=True, blank=True, on_delete=models.PROTECT, related_name="vragen", db_index=False
    )
    doelgroep = models.ForeignKey(
        "sociaalhuis.Doelgroep", null=True, blank=True, on_delete=models.PROTECT, related_name="vragen", db_index=False
    )
    dienst = models.ForeignKey(
        "loket.Dienst", null=True, blank=True, on_delete=models.SET_NULL, related_name="vragen", db_index=False
    )
    prioriteit = models.PositiveSmallIntegerField(choices=Prioriteit.choices, default=Prioriteit.GEWOON)

    # what people tell
    dossiersleutel = models.OneToOneField("sociaalhuis.Dossiersleutel", on_delete=models.PROTECT, related_name="vraag")
    tekst = VersleuteldTekstVeld()
    naam = VersleuteldTekstVeld(default=str)
    email = VersleuteldTekstVeld(default=str)
    telefoon = VersleuteldTekstVeld(default=str)
    adres = VersleuteldTekstVeld(default=str)
    anoniem = models.BooleanField(default=False)
    antwoordwijze = models.CharField(max_length=10, choices=Antwoordwijze.choices)

    # how the one who asked comes back
    inzending = models.UUIDField(unique=True, null=True, editable=False)
    formulier = models.UUIDField(null=True, db_index=True, editable=False)
    code_zoekdeel = models.CharField(max_length=4, blank=True, editable=False)
    code_hash = models.CharField(max_length=128, blank=True, editable=False)

    # questions that belong together; who is erased goes with all of them
    samengevoegd_met = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="samengevoegde", editable=False, db_index=False
    )
    samengevoegd_op = models.DateTimeField(null=True, editable=False)
    afgesplitst_van = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="afgesplitste", editable=False, db_index=False
    )

    geregistreerd_op = models.DateTimeField(default=timezone.now, editable=False)
    werkdagen = models.PositiveSmallIntegerField("termijn in werkdagen", default=5, editable=False)
    uiterlijk_op = models.DateField(editable=False)
    geparkeerd_tot = models.DateField(null=True, editable=False)
    # Since when the team that has the question now has it, and when someone of staff first opened it there.
    bij_team_sinds = models.DateTimeField(default=timezone.now, editable=False)
    eerst_geopend_op = models.DateTimeField(null=True, editable=False)
    afgesloten_op = models.DateTimeField(null=True, editable=False)
    # The last day on which a word keeps it open; only where this was said, see `loket.acties.sluiten`.
    sluit_na = models.DateField(null=True, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)

    objects = VraagQuerySet.as_manager()
    # closing days of the town, for its deadline in words; lists fill it in, see `loket.termijnen.kalender`
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
            # not `db_index`, which makes a second one for words that begin with it; it is always asked whole
            models.Index(fields=["code_zoekdeel"], name="vraag_zoekdeel"),
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
            models.Index(fields=["dienst"], condition=Q(dienst__isnull=False), name="vraag_dienst"),
            models.Index(
                fields=["samengevoegd_met"], condition=Q(samengevoegd_met__isnull=False), name="vraag_samengevoegd"
            ),
            models.Index(
                fields=["afgesplitst_van"], condition=Q(afgesplitst_van__isnull=False), name="vraag_afgesplitst"
            ),
            models.Index(fields=["sluit_na", "id"], condition=Q(sluit_na__isnull=False), name="vraag_sluit_vanzelf"),
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
            models.CheckConstraint(
                condition=Q(sluit_na__isnull=True) | Q(staat__in=["beantwoord", "wacht_op_vrager"]),
                name="vraag_sluit_alleen_na_antwoord",
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
            raise MagNiet(f"Dit kan nu niet: de vraag staat op ‘{self.get_staat_display()}’.")
        self.staat = STAPPEN[stap][self.staat]
        self.afgesloten_op = (self.afgesloten_op or op or timezone.now()) if self.is_dicht else None
        if self.staat != DICHT:
            self.resultaat = ""
        if self.staat != PARK:
            self.geparkeerd_tot = None
        if stap not in GEEN_REACTIE:
            self.sluit_na = None
        for naam, waarde in velden.items():
            setattr(self, naam, waarde)
        if self.staat == BEZIG and self.behandelaar_id is None:
            self.staat = NIEUW  # nobody ever took it: back on the pile, where it is seen
        self.versie += 1
        vast = ["staat", "afgesloten_op", "resultaat", "geparkeerd_tot", "sluit_na", "versie"]
        self.save(update_fields=[*vast, *velden])
