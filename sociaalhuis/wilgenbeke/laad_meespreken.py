"""What people of the demo town said in the running round about its text, on paper and in a group, and who supports whom."""

import uuid
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from participatie.acties.inbreng import geef_inbreng, vervang_standpunt
from participatie.acties.melding import meld
from participatie.acties.namens import noteer_gesprek, voer_blad_in, voer_in
from participatie.acties.steun import steun, verklaar_steun
from participatie.acties.vragen import geef_antwoorden
from participatie.kortcode import punten
from participatie.models import Formulier, Inbreng, Melding, Ronde
from participatie.rondetekst import delen, kies
from participatie.rondetekst import lees as lees_tekst
from plan.models import Onderdeel
from sociaalhuis.keuring.bijlagen import keur
from sociaalhuis.models import Gebruiker, Organisatie
from sociaalhuis.rollen import COORDINATOR
from sociaalhuis.wilgenbeke.laad_huis import DOMEIN
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Loads `meespreken.toml` from the folder `bron` into the first open round, after the rounds themselves."""
    gegevens = lees(bron / "meespreken.toml")
    ronde = Ronde.objects.open().first()
    wie = Gebruiker.objects.get(email=f"voedselbank@{DOMEIN}")
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    deel = {rij.code: rij for rij in Onderdeel.objects.filter(plan=ronde.plan)}
    for rij in gegevens["voorstel"]:
        stukken = [stuk for stuk in delen(lees_tekst(ronde), rij["over"])[0].alineas if not stuk.is_kop]
        gekozen = kies(ronde, stukken[0].sleutel)
        geef_inbreng(
            ronde=ronde,
            tekst=rij["tekst"],
            gekozen=gekozen,
            voorstel=gekozen.woorden + rij["erbij"],
            organisatie=Organisatie.objects.get(code=rij["organisatie"]),
            inzending=uuid.uuid4(),
            door=wie,
        )
    for rij in gegevens["standpunt"]:
        inbreng = Inbreng(
            ronde=ronde,
            onderdeel=deel[rij["over"]],
            organisatie=Organisatie.objects.get(code=rij["organisatie"]),
            standpunt=rij["standpunt"],
            tekst=rij["tekst"],
            staat=Inbreng.Staat.ZICHTBAAR,
            inzending=uuid.uuid4(),
            ingediend_op=timezone.now() - timedelta(days=rij["dagen_geleden"]),
        )
        vervang_standpunt(inbreng)
        inbreng.save()
    for rij in gegevens["papier"]:
        voer_in(
            ronde=ronde,
            kanaal=rij["kanaal"],
            ontvangen_op=timezone.localdate(),
            tekst=rij["tekst"],
            onderdeel=deel[rij["over"]],
            naam_publiek=rij["naam"],
            inzending=uuid.uuid4(),
            door=coordinator,
        )
    for rij in gegevens["blad"]:
        laad_blad(rij, ronde, coordinator)
    for rij in gegevens["ingevuld"]:
        laad_ingevuld(rij, ronde)
    laad_rest(gegevens, ronde, wie, coordinator)


def laad_ingevuld(rij, ronde):
    """The questions of the round, filled in on the website, with a file when there is one."""
    formulier = Formulier.objects.huidig(ronde, Formulier.Fase.INBRENGEN)
    formulier.ronde = ronde
    antwoorden = {
        vraag: waarde for vraag, waarde in zip(formulier.vragen.all(), rij["antwoorden"], strict=True) if waarde != ""
    }
    bestanden = {}
    for vraag in antwoorden:
        if vraag.soort == "bestand":
            antwoorden[vraag] = {"bestand": True}
            bestanden[vraag] = keur(SimpleUploadedFile(rij["bestand"], rij["inhoud"].strip().encode()))
    geef_antwoorden(
        formulier=formulier,
        antwoorden=antwoorden,
        bestanden=bestanden,
        naam_publiek=rij["naam"],
        inzending=uuid.uuid4(),
    )


def laad_blad(rij, ronde, coordinator):
    """One sheet with the questions of the round, as it was typed in."""
    formulier = Formulier.objects.huidig(ronde, Formulier.Fase.INBRENGEN)
    formulier.ronde = ronde
    antwoorden = dict(zip(formulier.vragen.all(), rij["antwoorden"], strict=True))
    voer_blad_in(
        formulier=formulier,
        antwoorden={vraag: waarde for vraag, waarde in antwoorden.items() if waarde != ""},
        bestanden={},
        kanaal=rij["kanaal"],
        ontvangen_op=timezone.localdate() - timedelta(days=rij["dagen_geleden"]),
        naam_publiek=rij["naam"],
        inzending=uuid.uuid4(),
        door=coordinator,
    )


def laad_rest(gegevens, ronde, wie, coordinator):
    """The conversation with a group, support, the statement, and a report that waits."""
    rij = gegevens["gesprek"]
    noteer_gesprek(
        ronde=ronde,
        datum=timezone.localdate() - timedelta(days=rij["dagen_geleden"]),
        plaats=rij["plaats"],
        aantal=rij["aantal"],
        geleid_door=rij["geleid_door"],
        punten=punten(ronde, rij["punten"]),
        door=coordinator,
    )
    voedselbank = Organisatie.objects.get(code=gegevens["verklaring"]["organisatie"])
    van_groep = ronde.inbrengen.openbaar().filter(kanaal=Inbreng.Kanaal.GROEP).first()
    steun(inbreng=van_groep, organisatie=voedselbank, door=wie)
    for bezoeker in ("demo-1", "demo-2", "demo-3", "demo-4"):
        steun(inbreng=van_groep, bezoeker=bezoeker)
    verklaar_steun(plan=ronde.plan, organisatie=voedselbank, tekst=gegevens["verklaring"]["tekst"], door=wie)
    burger = ronde.inbrengen.openbaar().filter(organisatie=None, kanaal=Inbreng.Kanaal.WEB).first() or van_groep
    meld(
        inbreng=burger,
        waarom=Melding.Waarom.ANDERS,
        toelichting="Klopt dit wel?",
        bezoeker="demo-5",
        inzending=uuid.uuid4(),
    )
