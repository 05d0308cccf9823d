"""The participation of the demo town: two rounds with their input and answers, who speaks for whom, applications."""

import uuid
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from participatie.acties.aanmelding import kijk_na, meld_aan
from participatie.acties.antwoord import (
    beantwoord,
    keur_rechtzetting,
    lees_na,
    publiceer_antwoorden,
    splits,
    stuur_terug,
    zet_recht,
)
from participatie.acties.doorwerking import leg_vast, te_kiezen
from participatie.acties.genodigden import zet_genodigden
from participatie.acties.inrichten import maak_ronde
from participatie.acties.ronde import publiceer
from participatie.acties.samenvoegen import voeg_samen
from participatie.acties.toewijzen import verdeel
from participatie.acties.vragenlijst import vul_formulier
from participatie.models import Antwoord, Formulier, Genodigde, Inbreng, Mandaat, Reactierecht, Ronde
from participatie.recepten import RECEPTEN
from plan.models import Onderdeel, Plan
from sociaalhuis.inzending import nieuwe_referentie
from sociaalhuis.models import Doelgroep, Gebied, Gebruiker, Organisatie, Thema
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER
from sociaalhuis.wilgenbeke.laad_huis import DOMEIN
from sociaalhuis.wilgenbeke.lezen import lees

INDELING = {"themas": Thema, "doelgroepen": Doelgroep, "gebieden": Gebied}
MANDATEN = [("voedselbank", "voedselbank")]


def laad(bron: Path) -> None:
    """Loads participation from the folder `bron`, after the house and the plan, as the coordinator."""
    gegevens = lees(bron / "participatie.toml")
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    plan = Plan.objects.huidig()
    for rij in gegevens["reactierecht"]:
        Reactierecht.objects.create(organisatie=Organisatie.objects.get(code=rij["organisatie"]), grond=rij["grond"])
    for rij in gegevens["ronde"]:
        laad_ronde(rij, plan, coordinator)
    rij = gegevens["concept"]
    concept = maak_ronde(recept=RECEPTEN[rij["recept"]], plan=plan, titel=rij["titel"], door=coordinator)
    nodig_uit(concept, rij["genodigden"], coordinator)
    for naam, code in MANDATEN:
        Mandaat.objects.create(
            gebruiker=Gebruiker.objects.get(email=f"{naam}@{DOMEIN}"),
            organisatie=Organisatie.objects.get(code=code),
            rol=Mandaat.Rol.AANSPREEKPUNT,
            van=moment(dagen=-400),
        )
    for rij in gegevens.get("aanmelding", []):
        laad_aanmelding(rij)


def moment(dag=None, uur=time(10), dagen=0):
    """An aware moment on a day, or a number of days from today."""
    return timezone.make_aware(datetime.combine(dag or timezone.localdate() + timedelta(days=dagen), uur))


def laad_ronde(rij, plan, coordinator):
    """One round: made and published by the coordinator, with its input, and its answers when they are out."""
    if "opent" in rij:
        opent, sluit, antwoord = rij["opent"], rij["sluit"], rij["antwoord_tegen"]
    else:
        vandaag = timezone.localdate()
        opent = vandaag - timedelta(days=rij["opende_dagen_geleden"])
        sluit = vandaag + timedelta(days=rij["sluit_over_dagen"])
        antwoord = vandaag + timedelta(days=rij["antwoord_over_dagen"])
    ronde = Ronde.objects.create(
        plan=plan,
        **{naam: rij[naam] for naam in ("slug", "titel", "vraag", "inleiding", "wie")},
        opent_op=moment(opent, time(8)),
        sluit_op=moment(sluit, time(23, 59)),
        antwoord_tegen=antwoord,
    )
    if vragen := rij.get("vragen"):
        vul_formulier(Formulier.objects.create(ronde=ronde), vragen, plan)
    publiceer(ronde=ronde, door=coordinator)
    if rij.get("iedereen_genodigd"):
        Genodigde.objects.bulk_create(
            Genodigde(ronde=ronde, organisatie=organisatie, door=coordinator, uitgenodigd_op=ronde.opent_op)
            for organisatie in Organisatie.objects.erkend()
        )
    elif codes := rij.get("genodigden"):
        nodig_uit(ronde, codes, coordinator)
    op = moment(rij["gepubliceerd"], time(9)) if "gepubliceerd" in rij else None
    onderdelen = {deel.code: deel for deel in Onderdeel.objects.filter(plan=plan)}
    for nummer, inbreng in enumerate(rij["inbreng"]):
        laad_inbreng(inbreng, nummer, ronde, onderdelen, coordinator, op)
    if op:
        publiceer_antwoorden(ronde=ronde, door=coordinator, op=op)
        laad_rechtzettingen(rij["inbreng"], ronde, coordinator)
    verdeel(ronde)


def nodig_uit(ronde, codes, coordinator):
    """Puts these organisations on the list of a round; nobody is mailed."""
    organisaties = list(Organisatie.objects.erkend().filter(code__in=codes))
    zet_genodigden(ronde=ronde, organisaties=organisaties, uit_lijst=organisaties, door=coordinator)


def laad_inbreng(rij, nummer, ronde, onderdelen, coordinator, beantwoord_op):
    dag = rij.get("datum") or timezone.localdate() - timedelta(days=rij["dagen_geleden"])
    ingediend_op = moment(dag, time(9 + nummer % 8, nummer * 7 % 60))
    organisatie = Organisatie.objects.get(code=rij["organisatie"]) if rij["organisatie"] else None
    bekeken = rij["status"] == "verborgen" or (rij["status"] == "zichtbaar" and organisatie is None)
    inbreng = Inbreng.objects.create(
        ronde=ronde,
        onderdeel=onderdelen[rij["onderdeel"]] if rij["onderdeel"] else None,
        organisatie=organisatie,
        naam_publiek=rij["naam_publiek"],
        tekst=rij["tekst"],
        kanaal=rij["kanaal"],
        staat=rij["status"],
        reden_verborgen=rij.get("verborgen_reden", ""),
        beoordeeld_door=coordinator if bekeken else None,
        beoordeeld_op=ingediend_op + timedelta(hours=20) if bekeken else None,
        ingediend_op=ingediend_op,
        inzending=uuid.uuid4(),
        referentie=nieuwe_referentie(dag.year),
    )
    laad_antwoord(rij, inbreng, onderdelen, coordinator, beantwoord_op)


def laad_antwoord(rij, inbreng, onderdelen, coordinator, beantwoord_op):
    """The answer of a row: with what it changed and read by a planner when the round is answered, else a draft."""
    tweede = Gebruiker.objects.filter(groups__name=PLANMEDEWERKER).first()
    if "samen_met" in rij:
        leidend = inbreng.ronde.inbrengen.get(tekst__startswith=rij["samen_met"])
        voeg_samen(leidend=leidend, inbrengen=[inbreng], door=coordinator)
    if not rij["antwoord_besluit"]:
        return
    op = beantwoord_op - timedelta(days=2) if beantwoord_op else moment(dagen=-1)
    if "punten" in rij:
        splits(inbreng=inbreng, punten=rij["punten"], door=coordinator, op=op)
    antwoord = beantwoord(
        inbreng=inbreng,
        besluit=rij["antwoord_besluit"],
        reden=rij.get("rechtzetting", {}).get("reden_eerst", rij["antwoord_reden"]),
        wijziging=rij["antwoord_wijziging"],
        waarheen=rij.get("antwoord_waarheen", ""),
        door=coordinator,
        op=op,
    )
    for wijziging in rij.get("doorwerking", []):
        laad_wijziging(wijziging, antwoord, onderdelen, coordinator)
    if beantwoord_op:
        lees_na(antwoord=antwoord, door=tweede, op=beantwoord_op - timedelta(days=1))
    elif "antwoord_nota" in rij:
        stuur_terug(antwoord=antwoord, nota=rij["antwoord_nota"], door=tweede)


def laad_wijziging(rij, antwoord, onderdelen, coordinator):
    """A change as staff would name it: chosen from the differences of the plan (`kies`), or in words."""
    deel = onderdelen[rij.get("kies") or rij["onderdeel"]]
    if "kies" in rij:
        gevonden = te_kiezen(antwoord.inbreng.ronde)
        gekozen = [w for w in gevonden if (w.velden["onderdeel"], w.velden.get("veld")) == (deel.pk, rij["veld"])]
        leg_vast(antwoord=antwoord, door=coordinator, gekozen=gekozen)
        return
    velden = {**rij, "onderdeel": deel.pk, "code": deel.code, "titel": deel.titel}
    leg_vast(antwoord=antwoord, door=coordinator, aangekondigd=velden)


def laad_rechtzettingen(rijen, ronde, coordinator):
    """The corrections of answers that are out."""
    tweede = Gebruiker.objects.filter(groups__name=PLANMEDEWERKER).first()
    for rij in rijen:
        if recht := rij.get("rechtzetting"):
            antwoord = Antwoord.objects.get(inbreng__ronde=ronde, inbreng__tekst=rij["tekst"])
            voorstel = zet_recht(
                antwoord=antwoord, uitleg=recht["uitleg"], reden=rij["antwoord_reden"], door=coordinator
            )
            keur_rechtzetting(rechtzetting=voorstel, door=tweede, op=moment(recht["dag"], time(11)))


def laad_aanmelding(rij):
    """One application, with the first approval where the row names who gave it."""
    op = moment(dagen=-rij["dagen_geleden"])
    velden = ("naam", "soort", "ondernemingsnummer", "omschrijving", "website")
    aanmelding = meld_aan(
        gegevens={naam: rij[naam] for naam in velden}
        | {naam: list(model.objects.filter(code__in=rij[naam])) for naam, model in INDELING.items()},
        **{naam: rij[naam] for naam in ("contact_naam", "contact_email", "contact_telefoon")},
        inzending=uuid.uuid4(),
        op=op,
    )
    if "akkoord_van" in rij:
        door = Gebruiker.objects.get(email=f"{rij['akkoord_van']}@{DOMEIN}")
        kijk_na(aanmelding=aanmelding, door=door, op=op + timedelta(days=1))
