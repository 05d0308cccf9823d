"""The questions of the demo town, played through the real verbs of the desk, in the order in which they happened."""

from datetime import datetime, time, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from loket.acties import behandeling
from loket.acties.vraag import stel_vraag
from loket.models import Vraag
from sociaalhuis.inzending import Bewijs
from sociaalhuis.keuring.bijlagen import keur
from sociaalhuis.models import Gebied, Gebruiker, Team, Thema
from sociaalhuis.wilgenbeke.laad_balie import laad_regels
from sociaalhuis.wilgenbeke.lezen import lees

Staat = Vraag.Staat
MET_FOTO = "brief"
STANDAARDTEAM = "sociale-dienst"
# What the last message of the desk was, by the state in which the question is now.
LAATSTE_WOORD = {
    Staat.IN_BEHANDELING: behandeling.stuur_bericht,
    Staat.WACHT_OP_VRAGER: behandeling.vraag_terug,
}


def laad(bron: Path) -> None:
    """Fills an empty desk from `vragen.toml` in the folder `bron`; needs the house and its accounts."""
    teams = {team.code: team for team in Team.objects.select_related("bestuur")}
    themas, gebieden = Thema.objects.in_bulk(field_name="code"), Gebied.objects.in_bulk(field_name="code")
    laad_regels(bron)
    medewerkers = {
        g.bestuur.code: g for g in Gebruiker.objects.filter(email__startswith="loket.").select_related("bestuur")
    }
    for volgnummer, rij in enumerate(lees(bron / "vragen.toml")["vraag"]):
        speel(rij, volgnummer, teams, themas, gebieden, medewerkers)
    stel_vraag(
        door=None,
        bewijs=Bewijs(uuid4(), timezone.now()),
        tekst="Best loans! www.voorbeeld.example www.voorbeeld.example www.voorbeeld.example",
        antwoordwijze=Vraag.Antwoordwijze.HIER,
        team=teams[STANDAARDTEAM],
    )


def speel(rij, volgnummer, teams, themas, gebieden, medewerkers):
    """One question from its registration to its state of today."""
    klok = Klok(rij["dagen_geleden"], volgnummer)
    begin = teams[rij["doorgegeven_van"] or rij["team"]]
    eerste, door = medewerkers[begin.bestuur.code], medewerkers[rij["bestuur"]]
    hoofd = Gebruiker.objects.filter(email__startswith="team.", teams=teams[rij["team"]]).first()
    vraag = stel_vraag(
        door=None if rij["kanaal"] == Vraag.Kanaal.WEB else eerste,
        bewijs=Bewijs(uuid4(), klok.nu - timedelta(minutes=5)),
        kanaal=rij["kanaal"],
        tekst=rij["tekst"],
        thema=themas.get(rij["thema"]),
        gebied=gebieden.get(rij["gebied"]),
        team=begin,
        antwoordwijze=rij["antwoordwijze"],
        naam=rij.get("voornaam", ""),
        email=rij.get("email", ""),
        telefoon=rij.get("telefoon", ""),
        adres=rij.get("adres", ""),
        geregistreerd_op=klok.nu,
        bijlagen=[foto_van_een_brief()] if MET_FOTO in rij["tekst"] else [],
    ).vraag
    if rij["doorgegeven_van"]:
        behandeling.draag_over(
            vraag=vraag, team=teams[rij["team"]], reden=rij["doorgegeven_reden"], door=eerste, op=klok.verder()
        )
    if rij["staat"] != Staat.NIEUW:
        if hoofd and volgnummer % 4 == 0:
            behandeling.wijs_toe(vraag=vraag, naar=door, door=hoofd, op=klok.verder())
        else:
            behandeling.neem(vraag=vraag, door=door, op=klok.verder())
        praat(vraag, rij, door, klok)
    eindig(vraag, rij, door, klok)
    nu = Vraag.objects.only("staat").get(pk=vraag.pk).staat
    if nu != rij["staat"]:
        raise ValueError(f"vragen.toml, vraag {volgnummer + 1}: staat {rij['staat']} gevraagd, {nu} gekregen")


def praat(vraag, rij, door, klok):
    """The messages and notes, each with the verb that fits what came after it."""
    berichten = rij.get("bericht", [])
    for bericht, volgend in pairwise([*berichten, None]):
        op = klok.op_dag(bericht["dagen_geleden"])
        if bericht["van"] == "vrager":
            behandeling.schrijf_terug(vraag=vraag, tekst=bericht["tekst"], op=op)
            continue
        verb = LAATSTE_WOORD.get(rij["staat"], behandeling.beantwoord)
        if volgend:
            verb = behandeling.vraag_terug if volgend["van"] == "vrager" else behandeling.stuur_bericht
        verb(vraag=vraag, tekst=bericht["tekst"], door=door, op=op)
    for notitie in rij.get("notitie", []):
        behandeling.noteer(vraag=vraag, tekst=notitie["tekst"], door=door, op=klok.verder())


def eindig(vraag, rij, door, klok):
    if rij["staat"] == Staat.AFGESLOTEN:
        behandeling.sluit_af(vraag=vraag, resultaat=rij["resultaat"], door=door, op=klok.verder())
    if rij["staat"] == Staat.INGETROKKEN:
        behandeling.trek_in(vraag=vraag, op=klok.verder())


def foto_van_een_brief():
    """A picture of lines on paper, through the gate for files."""
    beeld = Image.new("RGB", (600, 800), "#f4f1ea")
    teken = ImageDraw.Draw(beeld)
    for regel in range(22):
        teken.line([(60, 90 + 30 * regel), (420 + 113 * regel % 120, 90 + 30 * regel)], fill="#44403a", width=4)
    uit = BytesIO()
    beeld.save(uit, "JPEG")
    return keur(SimpleUploadedFile("de brief.jpg", uit.getvalue()))


class Klok:
    """The moments of one question: office hours of past days, always forward and never after now."""

    def __init__(self, dagen_geleden, volgnummer):
        self.echt_nu = timezone.now()
        self.nu = None
        self.minuut = 7 * volgnummer % 60
        self.op_dag(dagen_geleden)

    def op_dag(self, dagen_geleden):
        """A moment on that day."""
        dag = timezone.localdate(self.echt_nu) - timedelta(days=dagen_geleden)
        moment = timezone.make_aware(datetime.combine(dag, time(9, self.minuut)))
        self.nu = self._erna(moment)
        return self.nu

    def verder(self):
        """A while later."""
        self.nu = self._erna(self.nu + timedelta(minutes=25))
        return self.nu

    def _erna(self, moment):
        if self.nu is not None and moment <= self.nu:
            moment = self.nu + timedelta(minutes=25)
        grens = self.echt_nu - timedelta(hours=1)
        if moment > grens:
            moment = max(grens, self.nu + timedelta(seconds=1)) if self.nu else grens
        return moment
