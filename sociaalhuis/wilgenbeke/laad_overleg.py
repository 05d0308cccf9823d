"""The meetings of the demo town: one that was, with minutes; one with places; one that is full; one for guests only."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from participatie.acties.agendapunt import voeg_document_toe, zet_op_agenda
from participatie.acties.inschrijving import schrijf_bij, schrijf_in
from participatie.acties.overleg import kondig_aan, maak_overleg
from participatie.acties.uitnodigen import nodig_persoon_uit, nodig_uit
from participatie.acties.verslag import (
    keur_goed,
    maak_inbreng,
    publiceer_verslag,
    schrijf_verslag,
    voeg_regel_toe,
)
from participatie.models import Inschrijving, Overleg, Ronde
from plan.models import Onderdeel, Plan
from sociaalhuis.keuring.bijlagen import Schoon
from sociaalhuis.models import Gebruiker, Locatie, Organisatie, Team
from sociaalhuis.rollen import COORDINATOR
from sociaalhuis.wilgenbeke.laad_huis import DOMEIN
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Loads meetings from the folder `bron`, after the rounds, as the planner; the coordinator approves minutes."""
    planner = Gebruiker.objects.get(email=f"planner@{DOMEIN}")
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    for rij in lees(bron / "overleg.toml")["overleg"]:
        laad_overleg(rij, planner, coordinator)


def laad_overleg(rij, planner, coordinator):
    dag = timezone.localdate() + timedelta(days=rij["dagen"])
    begin, einde = (timezone.make_aware(datetime.combine(dag, rij[naam])) for naam in ("van", "tot"))
    was = rij["dagen"] < 0
    vooraf = timedelta(days=60) if was else timedelta(0)  # one that was, is told about as it was then
    overleg = maak_overleg(
        door=planner,
        **{naam: rij[naam] for naam in ("soort", "titel", "inleiding", "openbaar")},
        begin=begin + vooraf,
        einde=einde + vooraf,
        locatie=Locatie.objects.get(slug=rij["locatie"]) if "locatie" in rij else None,
        adres=rij.get("adres", ""),
        link=rij.get("link", ""),
        plaatsen=rij.get("plaatsen"),
        plan=Plan.objects.huidig(),
        ronde=Ronde.objects.open().first() if rij["ronde"] else None,
    )
    laad_agenda(rij, overleg, planner)
    nodig_uit(
        overleg=overleg,
        door=planner,
        organisaties=Organisatie.objects.filter(code__in=rij["genodigde_organisaties"]),
        teams=Team.objects.filter(code__in=rij["genodigde_teams"]),
    )
    for naam, email in rij.get("genodigde_personen", []):
        nodig_persoon_uit(overleg=overleg, door=planner, naam=naam, email=email)
    kondig_aan(overleg=overleg, door=planner)
    for gegevens in rij.get("inschrijving", []):
        laad_inschrijving(gegevens, overleg)
    if was:
        slug = overleg.slug.replace(str(timezone.localdate(overleg.begin)), str(dag))
        Overleg.objects.filter(pk=overleg.pk).update(begin=begin, einde=einde, slug=slug)
        overleg.refresh_from_db()
        laad_verslag(rij, overleg, planner, coordinator)


def laad_agenda(rij, overleg, planner):
    for punt in rij["punt"]:
        velden = {naam: punt[naam] for naam in ("titel", "uitleg", "minuten", "wie") if naam in punt}
        if "onderdeel" in punt:
            velden["onderdeel"] = Onderdeel.objects.get(plan=overleg.plan, code=punt["onderdeel"])
        zet_op_agenda(overleg=overleg, door=planner, **velden)
    for document in rij.get("document", []):
        schoon = Schoon(document["naam"], "text/plain", document["tekst"].encode())
        voeg_document_toe(overleg=overleg, door=planner, titel=document["titel"], schoon=schoon)


def laad_inschrijving(rij, overleg):
    inschrijving = schrijf_in(
        overleg=overleg,
        naam=rij["naam"],
        aantal=rij.get("aantal", 1),
        nodig=rij.get("nodig", ()),
        nodig_tekst=rij.get("nodig_tekst", ""),
        inzending=uuid.uuid4(),
    )
    if "aanwezig" in rij:
        Inschrijving.objects.filter(pk=inschrijving.pk).update(aanwezig=rij["aanwezig"])


def laad_verslag(rij, overleg, planner, coordinator):
    for erbij in rij["bijgeschreven"]:
        organisatie = Organisatie.objects.get(code=erbij["organisatie"]) if "organisatie" in erbij else None
        schrijf_bij(overleg=overleg, door=planner, aantal=erbij["aantal"], organisatie=organisatie)
    punten = list(overleg.agenda.all())
    for punt, gegevens in zip(punten, rij["punt"], strict=True):
        for regel in gegevens.get("regel", []):
            laad_regel(regel, punt, planner, coordinator)
    teksten = {punt.pk: gegevens["tekst"] for punt, gegevens in zip(punten, rij["punt"], strict=True)}
    samenvatting = rij["verslag"]["samenvatting"]
    verslag = schrijf_verslag(overleg=overleg, door=planner, samenvatting=samenvatting, teksten=teksten)
    keur_goed(verslag=verslag, door=coordinator, versie=verslag.versie)
    publiceer_verslag(verslag=verslag, door=coordinator)


def laad_regel(rij, punt, planner, coordinator):
    velden = {}
    if "organisatie" in rij:
        velden["wie_organisatie"] = Organisatie.objects.get(code=rij["organisatie"])
    if "medewerker" in rij:
        velden["wie_gebruiker"] = Gebruiker.objects.get(email=f"{rij['medewerker']}@{DOMEIN}")
    if "tegen_dagen" in rij:
        velden["tegen"] = timezone.localdate() + timedelta(days=rij["tegen_dagen"])
    regel = voeg_regel_toe(punt=punt, door=planner, soort=rij["soort"], tekst=rij["tekst"], **velden)
    if rij.get("inbreng"):
        maak_inbreng(regel=regel, door=coordinator)
