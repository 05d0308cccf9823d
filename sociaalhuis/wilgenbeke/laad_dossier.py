"""Working on cases in the demo town: canned answers, a note for a colleague, a shared question, emergency access."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from loket.acties import behandeling, delen, koppelen, noodtoegang, samenvoegen, splitsen
from loket.acties.kenmerken import maak_kenmerken
from loket.acties.vraag import stel_vraag
from loket.models import Deling, Noodtoegang, Standaardantwoord, Vraag
from loket.models.staat import LOPEND, Staat
from sociaalhuis.inzending import Bewijs
from sociaalhuis.models import Gebruiker, Team, Thema
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Needs the questions of the town and their accounts."""
    mensen = {mens.email.split("@")[0]: mens for mens in Gebruiker.objects.all()}
    laad_antwoorden(lees(bron / "antwoorden.toml")["antwoord"], mensen)
    noem_een_collega(mensen)
    deel_een_vraag(mensen)
    vraag_noodtoegang(mensen)
    splits_een_vraag(mensen)
    stel_dubbel(mensen)
    koppel_gelijke(mensen)


def laad_antwoorden(rijen, mensen):
    teams, themas = Team.objects.in_bulk(field_name="code"), Thema.objects.in_bulk(field_name="code")
    for nummer, rij in enumerate(rijen):
        antwoord = Standaardantwoord(
            titel=rij["titel"],
            tekst=rij["tekst"].strip(),
            stap=rij["stap"],
            thema=themas.get(rij["thema"]),
            team=teams.get(rij.get("team")),
            eigenaar=mensen.get(rij.get("van")),
            gebruikt=(7 * nummer + 3) % 23,
        )
        antwoord.full_clean()
        antwoord.save()


def vragen(team, *staten):
    """Questions of a team in these states, oldest term first."""
    gewoon = Vraag.objects.filter(team__code=team, quarantaine="", staat__in=staten)
    return gewoon.select_related("behandelaar").order_by("uiterlijk_op", "pk")


def noem_een_collega(mensen):
    for vraag in vragen("sociale-dienst", Staat.IN_BEHANDELING)[:2]:
        behandeling.noteer(
            vraag=vraag,
            tekst="Kijk jij dit even mee na? Ik denk dat er nog een premie bij kan.",
            door=mensen["team.ocmw"],
            vermeld=[mensen["loket.ocmw"]],
        )


def deel_een_vraag(mensen):
    """The OCMW asks housing to read along; the gemeente asks the OCMW to help."""
    tot = timezone.localdate() + timedelta(days=14)
    delen.deel(
        vraag=vragen("sociale-dienst", *LOPEND).last(),
        met_team=Team.objects.get(code="wonen"),
        recht=Deling.Recht.LEES,
        reden="Je schreef ook over je huur. Wonen en energie kijkt mee of er een premie kan.",
        tot=tot,
        door=mensen["loket.ocmw"],
    )
    delen.deel(
        vraag=vragen("wonen", *LOPEND).last(),
        met_team=Team.objects.get(code="sociale-dienst"),
        recht=Deling.Recht.HELP,
        reden="De Sociale dienst rekent met ons mee, zodat je maar één keer je papieren moet geven.",
        tot=tot,
        door=mensen["loket.gemeente"],
    )


def vraag_noodtoegang(mensen):
    """One that was given, one that was refused, and one that waits."""
    vraag = vragen("sociale-dienst", *LOPEND).first()
    redenen = [
        (Noodtoegang.Grond.GEVAAR, "De buur belt: er is geroep in het huis en niemand doet open. De politie vraagt of we het gezin kennen."),
        (Noodtoegang.Grond.KLACHT, "Iemand belt boos over deze vraag."),
        (Noodtoegang.Grond.ONBEREIKBAAR, "Mevrouw staat aan de balie en moet vandaag nog naar de dokter."),
    ]  # fmt: skip
    gegeven, geweigerd, _ = [
        noodtoegang.vraag_toegang(referentie=vraag.referentie, grond=grond, reden=reden, door=mensen["loket.gemeente"])
        for grond, reden in redenen
    ]
    noodtoegang.ken_toe(aanvraag=gegeven, door=mensen["toezicht"])
    noodtoegang.stop(aanvraag=gegeven, door=mensen["loket.gemeente"])
    noodtoegang.weiger(aanvraag=geweigerd, door=mensen["team.ocmw"])


def splits_een_vraag(mensen):
    """A question about care that is also about a premium: that part goes to housing, of the gemeente."""
    splitsen.splits(
        vraag=vragen("thuiszorg", *LOPEND).first(),
        team=Team.objects.get(code="wonen"),
        tekst="Deze persoon wil graag langer thuis wonen. Welke premies zijn er om de badkamer aan te passen?",
        door=mensen["loket.ocmw"],
    )


def stel_dubbel(mensen):
    """Somebody asks the same three times: two were merged, the third is suggested."""
    team = Team.objects.get(code="sociale-dienst")
    teksten = [
        "Mijn budgetmeter staat bijna op nul en het is nog lang geen einde van de maand. Kan ik een voorschot krijgen voor de elektriciteit?",
        "Ik vroeg het gisteren al. Mijn budgetmeter staat bijna op nul. Kan ik een voorschot krijgen voor de elektriciteit?",
        "Nog altijd geen antwoord. Mijn budgetmeter is nu leeg. Kan ik een voorschot krijgen voor de elektriciteit?",
    ]  # fmt: skip
    eerste, tweede, _ = [
        stel_vraag(
            door=None,
            bewijs=Bewijs(uuid4(), timezone.now() - timedelta(days=2 - dag, minutes=5)),
            tekst=tekst,
            antwoordwijze=Vraag.Antwoordwijze.MAIL,
            email="bewoner77@voorbeeld.example",
            thema=Thema.objects.get(code="energie"),
            team=team,
            geregistreerd_op=timezone.now() - timedelta(days=2 - dag, hours=1),
        ).vraag
        for dag, tekst in enumerate(teksten)
    ]
    samenvoegen.voeg_samen(vraag=eerste, met=tweede, door=mensen["loket.ocmw"])
    maak_kenmerken(timezone.now())


def koppel_gelijke(mensen):
    """Three neighbours ask the same, each for themselves: linked, so that one answer can reach all three."""
    team = Team.objects.get(code="sociale-dienst")
    teksten = [
        ("Gerda", "In de folder staat dat er dit jaar een verwarmingstoelage is. Wanneer kan ik die aanvragen?"),
        ("Ilyas", "Mijn buurvrouw zegt dat je een toelage krijgt voor stookolie. Waar en wanneer kan dat?"),
        ("", "Is de verwarmingstoelage er dit jaar ook weer? Vanaf wanneer mag ik komen?"),
    ]
    eerste, *andere = [
        stel_vraag(
            door=mensen["loket.ocmw"],
            bewijs=Bewijs(uuid4(), timezone.now() - timedelta(hours=nummer + 2, minutes=5)),
            tekst=tekst,
            naam=naam,
            kanaal=Vraag.Kanaal.TELEFOON,
            antwoordwijze=Vraag.Antwoordwijze.HIER,
            thema=Thema.objects.get(code="energie"),
            team=team,
            geregistreerd_op=timezone.now() - timedelta(hours=nummer + 2),
        ).vraag
        for nummer, (naam, tekst) in enumerate(teksten)
    ]
    for ander in andere:
        koppelen.koppel(vraag=eerste, met=ander, door=mensen["loket.ocmw"])
