"""Who edits which part of the demo town's plan, and three proposals that wait, through the verbs that the pages use."""

from pathlib import Path

from plan.acties.redactie import bewaar
from plan.acties.reeks import zet_trekker
from plan.models import Actie, Onderdeel, Redacteur
from plan.redactie.versie import merk
from plan.redactie.waarden import waarden
from sociaalhuis.models import Beheerfilter, Gebruiker, Team
from sociaalhuis.rollen import COORDINATOR
from sociaalhuis.wilgenbeke.laad_huis import DOMEIN
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Loads editors and their proposals in the folder `bron`, after the plan."""
    gegevens = lees(bron / "redactie.toml")
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    for rij in gegevens["redacteur"]:
        wie = {"team": Team.objects.get(code=rij["team"])} if "team" in rij else {"gebruiker": account(rij["account"])}
        redacteur = Redacteur(onderdeel=Onderdeel.objects.get(code=rij["onderdeel"]), **wie)
        redacteur.full_clean()
        redacteur.save()
    for rij in gegevens["voorstel"]:
        code, naam, waarom, intussen = (rij.pop(veld, None) for veld in ("onderdeel", "account", "waarom", "intussen"))
        schrijf(code, rij, account(naam), waarom)
        if intussen:
            schrijf(code, intussen, coordinator, "De openingsuren van de dienst veranderden.")
    for rij in gegevens["reeks"]:
        acties = list(Actie.objects.filter(code__in=rij["acties"]))
        zet_trekker(acties=acties, trekker=rij["trekker"], reden=rij["reden"], door=account("planner"))
    for rij in gegevens["filter"]:
        Beheerfilter.objects.create(eigenaar=account(rij.pop("account")), **rij)


def account(naam):
    return Gebruiker.objects.get(email=f"{naam}@{DOMEIN}")


def schrijf(code, nieuw, door, waarom):
    deel = Onderdeel.objects.select_related("plan", "trekker_organisatie").get(code=code)
    bewaar(onderdeel=deel, nieuw={**waarden(deel), **nieuw}, waarom=waarom, gezien=merk(deel), door=door)
