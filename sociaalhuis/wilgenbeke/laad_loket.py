"""The catalogue of the invented town: services with their parts, and the words people use for them."""

from pathlib import Path

from loket.acties.synoniemen import laad_synoniemen
from loket.models import Contactpunt, Dienst, Kost, Procedure, Voordeel, Voorwaarde, Website, Wetgeving
from loket.zoek.index import herindexeer
from sociaalhuis.models import Bestuur, Doelgroep, Gebied, Organisatie, Team, Thema
from sociaalhuis.wilgenbeke.lezen import lees

LIJSTEN = {"themas": Thema, "doelgroepen": Doelgroep, "gebieden": Gebied}
ONDERDELEN = {
    "voorwaarde": Voorwaarde,
    "procedure": Procedure,
    "kost": Kost,
    "voordeel": Voordeel,
    "website": Website,
    "wetgeving": Wetgeving,
    "contact": Contactpunt,
}


def laad(bron: Path) -> None:
    """Fills the catalogue of an empty database from the folder `bron`; the house must be there already."""
    for pad in sorted((bron / "diensten").glob("*.toml")):
        for inhoud in lees(pad)["dienst"]:
            laad_dienst(inhoud)
    laad_synoniemen()
    herindexeer()


def laad_dienst(inhoud: dict) -> Dienst:
    """Makes one service of its description, published. Raises DoesNotExist on a code that the town does not have."""
    inhoud = dict(inhoud)
    lijsten = {veld: inhoud.pop(veld, []) for veld in LIJSTEN}
    onderdelen = {naam: inhoud.pop(naam, []) for naam in ONDERDELEN}
    bestuur, team, aanbieder = inhoud.pop("bestuur"), inhoud.pop("team", ""), inhoud.pop("aanbieder", "")
    dienst = Dienst.objects.create(
        bestuur=Bestuur.objects.get(code=bestuur),
        team=Team.objects.get(code=team) if team else None,
        aanbieder=Organisatie.objects.get(code=aanbieder) if aanbieder else None,
        status=Dienst.Status.GEPUBLICEERD,
        **inhoud,
    )
    for veld, codes in lijsten.items():
        getattr(dienst, veld).set([LIJSTEN[veld].objects.get(code=code) for code in codes])
    for naam, delen in onderdelen.items():
        for volgorde, deel in enumerate(delen):
            laad_onderdeel(dienst, ONDERDELEN[naam], volgorde, dict(deel))
    return dienst


def laad_onderdeel(dienst: Dienst, model: type, volgorde: int, deel: dict) -> None:
    websites = deel.pop("websites", [])
    if "openingsuren" in deel:
        deel["openingsuren"] = "\n".join(deel["openingsuren"])
    onderdeel = model.objects.create(dienst=dienst, volgorde=volgorde, **deel)
    for nummer, website in enumerate(websites):
        Website.objects.create(dienst=dienst, procedure=onderdeel, volgorde=nummer, **website)
