"""Asking a question: from the website, or taken down at the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from loket.acties.verdeling import GeenTeam, bestemming
from loket.models import Bijlage, Gebeurtenis, Vraag
from loket.models.vraagset import INHOUD
from loket.termijnen import termijn
from loket.termijnen.kalender import sluitingsdagen
from loket.zaak import contactspoor, ontvangst
from sociaalhuis.inzending import Bewijs, inzending_van
from sociaalhuis.models import Dossiersleutel, Huis

__all__ = ["GeenTeam", "Ontvangst", "hang_aan", "stel_vraag"]
STANDAARDTERMIJN = 5


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
    tekst: str,
    antwoordwijze: str,
    kanaal: str = Vraag.Kanaal.WEB,
    naam: str = "",
    email: str = "",
    telefoon: str = "",
    adres: str = "",
    thema=None,
    doelgroep=None,
    gebied=None,
    dienst=None,
    team=None,
    prioriteit: int | None = None,
    bijlagen=(),
    valstrik: str = "",
    werkdagen: int | None = None,
    gesloten: frozenset | None = None,
    met_code: bool = True,
    bij_zichzelf: bool = False,
    geregistreerd_op: datetime | None = None,
) -> Ontvangst:
    """Registers a question; the same form with the same content again gives the same question and the same code.

    `door` is None for a citizen on the website. Without `team` and `prioriteit` the rules say where it goes and how
    urgent it is. `gesloten` are the closing days (asked when not given). Without `met_code` nobody has a receipt: a
    contact that was handled at once. `bij_zichzelf`: who registers it is who would open it. Raises GeenTeam when nobody
    could answer.
    """
    persoon = {"naam": naam, "email": email, "telefoon": telefoon, "adres": adres}
    inhoud = [tekst, *persoon.values(), antwoordwijze, *(str(o and o.pk) for o in (thema, gebied, dienst))]
    inzending = inzending_van(bewijs.formulier, *inhoud, *(bijlage.inhoud for bijlage in bijlagen))
    code = ontvangst.code_bij(inzending)
    eerder = {vraag.inzending: vraag for vraag in Vraag.objects.filter(formulier=bewijs.formulier).defer(*INHOUD)}
    if inzending in eerder:
        return Ontvangst(eerder[inzending], code, nieuw=False)

    quarantaine = "" if door else bewijs.teken(valstrik=valstrik, tekst=tekst, eerder=len(eerder))
    if team is None or prioriteit is None:
        waar = bestemming(thema=thema, doelgroep=doelgroep, gebied=gebied, dienst=dienst, kanaal=kanaal, tekst=tekst)
        team, prioriteit = team or waar.team, prioriteit or waar.prioriteit
    op = geregistreerd_op or timezone.now()
    werkdagen = werkdagen or termijn_van_het_huis()
    vraag = Vraag(
        kanaal=kanaal,
        quarantaine=quarantaine,
        team=team,
        bestuur_id=team.bestuur_id,
        thema=thema,
        doelgroep=doelgroep,
        gebied=gebied,
        dienst=dienst,
        prioriteit=prioriteit,
        tekst=tekst,
        anoniem=not any(persoon.values()),
        antwoordwijze=antwoordwijze,
        inzending=inzending,
        formulier=bewijs.formulier,
        code_zoekdeel=ontvangst.zoekdeel(code) if met_code else "",
        code_hash=ontvangst.hash_van(code) if met_code else "",
        geregistreerd_op=op,
        bij_team_sinds=op,
        eerst_geopend_op=op if bij_zichzelf else None,
        werkdagen=werkdagen,
        uiterlijk_op=termijn.uiterlijk(op, werkdagen, sluitingsdagen(0) if gesloten is None else gesloten),
        **persoon,
        **contactspoor.van(email=email, telefoon=telefoon),
    )
    try:
        with transaction.atomic():
            vraag.dossiersleutel = Dossiersleutel.objects.create()
            vraag.save(force_insert=True)
            Gebeurtenis.objects.create(vraag=vraag, stap=Vraag.Stap.GESTELD, staat=vraag.staat, door=door, op=op)
            hang_aan(vraag, bijlagen)
    except IntegrityError:
        # Two identical posts at the same moment: the other one was first, and this one has its answer.
        return Ontvangst(Vraag.objects.defer(*INHOUD).get(inzending=inzending), code, nieuw=False)
    return Ontvangst(vraag, code, nieuw=True)


def hang_aan(vraag, bijlagen, bericht=None):
    """Keeps files that passed the gate with a question, or with one message of it."""
    for schoon in bijlagen:
        keuring = Bijlage.Keuring.WACHT if schoon.wacht else Bijlage.Keuring.KLAAR
        bijlage = Bijlage(vraag=vraag, bericht=bericht, naam=schoon.naam, soort=schoon.soort, keuring=keuring)
        bijlage.bewaar(schoon.inhoud)


def termijn_van_het_huis():
    return Huis.objects.values_list("antwoordtermijn", flat=True).first() or STANDAARDTERMIJN
