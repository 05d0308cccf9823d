"""Keeping, erasing and the citizen's side in the demo town, played through the real verbs."""

from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from loket.acties import behandeling, sluiten
from loket.acties.bewaarstop import zet_stop
from loket.acties.eigen import geef_oordeel, wijzig_contact
from loket.acties.vernietiging import stel_op
from loket.acties.vraag import stel_vraag
from loket.acties.wiswens import vraag_om_wissen, weiger_wens
from loket.models import Bewaarregel, Oordeel, Vraag, Wiswens
from loket.termijnen.kalender import sluitingsdagen
from sociaalhuis.inzending import Bewijs
from sociaalhuis.models import Gebied, Gebruiker, Team, Thema
from sociaalhuis.termijn import is_werkdag
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Fills the rules and plays the stories of `bewaren.toml` in the folder `bron`; needs the desk and its accounts."""
    inhoud = lees(bron / "bewaren.toml")
    themas = Thema.objects.in_bulk(field_name="code")
    for rij in inhoud["regel"]:
        Bewaarregel.objects.create(**{**rij, "thema": themas.get(rij.get("thema"))})
    for rij in [*inhoud["oud"], *inhoud["verhaal"]]:
        speel(rij, themas)
    for dagen in (25, 11, 0):  # what nobody reacts to is said, and closes some weeks later
        sluiten.loop_na(laatste_werkdag(timezone.now() - timedelta(days=dagen)))
    stel_op()


def laatste_werkdag(nu):
    """Eight o'clock on this day, or on the last one before it on which people worked."""
    dag = timezone.localdate(nu)
    while not is_werkdag(dag, sluitingsdagen(0)):
        dag -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(dag, time(8)))


def speel(rij, themas):
    """One question from its registration to where its story ends."""
    team = Team.objects.get(code=rij["team"])
    door = Gebruiker.objects.filter(email__startswith="loket.", teams=team).get()
    op = timezone.now() - timedelta(days=rij["dagen_geleden"])
    vraag = stel_vraag(
        door=None,
        bewijs=Bewijs(uuid4(), op - timedelta(minutes=5)),
        tekst=rij["tekst"],
        antwoordwijze=Vraag.Antwoordwijze.HIER,
        thema=themas[rij["thema"]],
        gebied=Gebied.objects.get(code=rij["gebied"]),
        team=team,
        geregistreerd_op=op,
    ).vraag
    behandeling.beantwoord(vraag=vraag, tekst=rij["antwoord"], door=door, op=op + timedelta(hours=3))
    later = op + timedelta(days=1)
    if "resultaat" in rij:
        behandeling.sluit_af(vraag=vraag, resultaat=rij["resultaat"], door=door, op=later)
    elif rij["wat"] in ("tevreden", "niet_beantwoord"):
        keuze = Oordeel.Keuze(rij["wat"])
        geef_oordeel(vraag=vraag, keuze=keuze, tekst=rij["zin"], op=timezone.now() - timedelta(hours=20))
    elif rij["wat"] == "bewaarstop":
        behandeling.sluit_af(vraag=vraag, resultaat=Vraag.Resultaat.GEEN_RECHT, door=door, op=later)
        zet_stop(vraag=vraag, reden=rij["reden"], door=door, op=later)
    elif rij["wat"] == "stil":
        pass  # answered, and not a word since
    elif rij["wat"] == "contact":
        wijzig_contact(vraag=vraag, antwoordwijze=Vraag.Antwoordwijze.TELEFOON, telefoon=rij["telefoon"], op=later)
    else:
        behandeling.sluit_af(vraag=vraag, resultaat=Vraag.Resultaat.GEHOLPEN, door=door, op=later)
        vraag_om_wissen(vraag=vraag, tekst=rij["zin"], op=later + timedelta(days=2))
        if rij["wat"] == "wens_geweigerd":
            hoofd = Gebruiker.objects.get(email__startswith="team.", teams=team)
            weiger_wens(
                vraag=vraag,
                grond=Wiswens.Grond.STEUN,
                antwoord=rij["reden"],
                door=hoofd,
                op=later + timedelta(days=6),
            )
