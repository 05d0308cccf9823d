"""Asking a question: from the website, or taken down at the desk."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from loket.acties.verdeling import GeenTeam, bestemming
from loket.models import Bijlage, Dienst, Gebeurtenis, Vraag
from loket.models.vraagset import INHOUD
from loket.termijnen.kalender import sluitingsdagen
from sociaalhuis import ontvangst, termijn
from sociaalhuis.inzending import Bewijs, inzending_van, nieuwe_referentie
from sociaalhuis.models import Doelgroep, Dossiersleutel, Gebied, Huis, Team, Thema
from sociaalhuis.samen import bewaar_samen

__all__ = ["GeenTeam", "Ontvangst", "hang_aan", "stel_vraag"]
STANDAARDTERMIJN = 5
POGINGEN = 3  # of a new reference of 30 random bits, should one be in use


@dataclass(frozen=True, kw_only=True)
class Inhoud:
    """What is asked, by whom and about what; without `team` and `prioriteit` the rules say where it goes."""

    tekst: str
    antwoordwijze: str
    kanaal: str = Vraag.Kanaal.WEB
    naam: str = ""
    email: str = ""
    telefoon: str = ""
    adres: str = ""
    thema: Thema | None = None
    doelgroep: Doelgroep | None = None
    gebied: Gebied | None = None
    dienst: Dienst | None = None
    team: Team | None = None
    prioriteit: int | None = None

    @property
    def persoon(self):
        return [self.naam, self.email, self.telefoon, self.adres]

    def inzending(self, bewijs, bijlagen):
        """The key of this post: the same form with the same content has the same one."""
        keuzes = (str(keuze and keuze.pk) for keuze in (self.thema, self.gebied, self.dienst))
        bestanden = (bijlage.inhoud for bijlage in bijlagen)
        return inzending_van(bewijs.formulier, self.tekst, *self.persoon, self.antwoordwijze, *keuzes, *bestanden)

    def met_bestemming(self, nummer):
        """The same with a team and a priority, by the rules of this version. Raises GeenTeam."""
        if self.team and self.prioriteit:
            return self
        velden = {naam: getattr(self, naam) for naam in ("thema", "doelgroep", "gebied", "dienst", "kanaal", "tekst")}
        waar = bestemming(**velden, nummer=nummer)
        return replace(self, team=self.team or waar.team, prioriteit=self.prioriteit or waar.prioriteit)

    def kolommen(self):
        """The columns of `Vraag` that follow from it."""
        return {
            **{veld.name: getattr(self, veld.name) for veld in fields(self)},
            "bestuur_id": self.team.bestuur_id,
            "anoniem": not any(self.persoon),
        }


@dataclass(frozen=True)
class Ontvangst:
    """What the one who asked gets: the question, and the code, which is kept nowhere."""

    vraag: Vraag
    code: str
    nieuw: bool

    @property
    def getoonde_code(self):
        return ontvangst.gegroepeerd(self.code)


def stel_vraag(
    *,
    door,
    bewijs: Bewijs,
    bijlagen=(),
    valstrik: str = "",
    nummer: int = 0,
    werkdagen: int | None = None,
    gesloten: frozenset | None = None,
    met_code: bool = True,
    bij_zichzelf: bool = False,
    geregistreerd_op: datetime | None = None,
    **inhoud,
) -> Ontvangst:
    """Registers a question; the same form with the same content again gives the same question and the same code.

    `inhoud` are the fields of `Inhoud`. `door` is None for a citizen on the website. `nummer` is the version of
    everything public under which the rules may be kept (0 = read them). `werkdagen` and `gesloten` (closing days) are
    asked when not given. Without `met_code` nobody has a receipt: a contact that was handled at once. `bij_zichzelf`:
    who registers it is who would open it. Raises GeenTeam when nobody could answer.
    """
    wat = Inhoud(**inhoud)
    inzending = wat.inzending(bewijs, bijlagen)
    code = ontvangst.code_bij(inzending)
    eerder = _inzendingen_van(bewijs.formulier)
    if inzending in eerder:
        return Ontvangst(_al_gesteld(inzending), code, nieuw=False)
    op = geregistreerd_op or timezone.now()
    vraag = Vraag(
        inzending=inzending,
        formulier=bewijs.formulier,
        quarantaine="" if door else bewijs.teken(valstrik=valstrik, tekst=wat.tekst, eerder=len(eerder)),
        eerst_geopend_op=op if bij_zichzelf else None,
        **wat.met_bestemming(nummer).kolommen(),
        **(_slot(code) if met_code else {}),
        **_klok(op, werkdagen, gesloten),
    )
    if _bewaar(vraag, bijlagen, door=door, op=op):
        return Ontvangst(vraag, code, nieuw=True)
    return Ontvangst(_al_gesteld(inzending), code, nieuw=False)


def _inzendingen_van(formulier):
    """The keys of what was posted before from the same page. By hand: the ORM spends ten times as long on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inzending FROM loket_vraag WHERE formulier = %s", [formulier])
        return {rij[0] for rij in cursor.fetchall()}


def _al_gesteld(inzending):
    return Vraag.objects.defer(*INHOUD).get(inzending=inzending)


def _slot(code):
    """The columns by which the code opens the question."""
    return {"code_zoekdeel": ontvangst.zoekdeel(code), "code_hash": ontvangst.hash_van(code)}


def _klok(op, werkdagen, gesloten):
    """The columns that say from when and until when."""
    werkdagen = werkdagen or termijn_van_het_huis()
    tot = termijn.uiterlijk(op, werkdagen, sluitingsdagen(0) if gesloten is None else gesloten)
    return {"geregistreerd_op": op, "bij_team_sinds": op, "werkdagen": werkdagen, "uiterlijk_op": tot}


def _bewaar(vraag, bijlagen, *, door, op):
    """Keeps it all, or nothing and gives False: an identical post at the same moment was first."""
    for poging in range(POGINGEN):
        try:
            with transaction.atomic():
                vraag.dossiersleutel = Dossiersleutel()
                gesteld = Gebeurtenis(vraag=vraag, stap=Vraag.Stap.GESTELD, staat=vraag.staat, door=door, op=op)
                bewaar_samen(vraag.dossiersleutel, vraag, gesteld)
                hang_aan(vraag, bijlagen)
                return True
        except IntegrityError:
            if Vraag.objects.filter(inzending=vraag.inzending).exists():
                return False
            if poging == POGINGEN - 1:
                raise
            vraag.pk, vraag.referentie = None, nieuwe_referentie()  # two questions drew the same reference
    return False


def hang_aan(vraag, bijlagen, bericht=None):
    """Keeps files that passed the gate with a question, or with one message of it."""
    for schoon in bijlagen:
        keuring = Bijlage.Keuring.van(schoon)
        bijlage = Bijlage(vraag=vraag, bericht=bericht, naam=schoon.naam, soort=schoon.soort, keuring=keuring)
        bijlage.bewaar(schoon.inhoud)


def termijn_van_het_huis():
    return Huis.objects.values_list("antwoordtermijn", flat=True).first() or STANDAARDTERMIJN
