"""The house of the demo town: the house itself, both besturen, teams, themes, groups, areas, organisations,
pages and the demo accounts."""

from pathlib import Path

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from sociaalhuis import rollen
from sociaalhuis.models import (
    Bestuur,
    Bestuursorgaan,
    Doelgroep,
    Gebied,
    Gebruiker,
    Huis,
    Organisatie,
    Pagina,
    Team,
    Thema,
)
from sociaalhuis.wilgenbeke.lezen import lees

DOMEIN = "wilgenbeke.example"
WACHTWOORD = "wilgenbeke-demo"

# name, roles, bestuur, teams
ACCOUNTS = [
    ("loket.ocmw", "Lode Loket", [rollen.LOKETMEDEWERKER], "ocmw", ["sociale-dienst", "thuiszorg"]),
    ("loket.gemeente", "Greet Balie", [rollen.LOKETMEDEWERKER], "gemeente", ["onthaal", "wonen"]),
    (
        "team.ocmw",
        "Tine Team",
        [rollen.LOKETMEDEWERKER, rollen.TEAMVERANTWOORDELIJKE],
        "ocmw",
        ["sociale-dienst", "thuiszorg"],
    ),
    ("planner", "Pieter Plan", [rollen.PLANMEDEWERKER], "gemeente", []),
    ("redacteur", "Wim Wonen", [rollen.REDACTEUR], "gemeente", []),
    ("coordinator", "Cora Coördinator", [rollen.COORDINATOR], "gemeente", []),
    ("beheer", "Ben Beheer", [rollen.BEHEERDER], "gemeente", []),
    ("toezicht", "Tom Toezicht", [rollen.TOEZICHTHOUDER], "gemeente", []),
    ("voedselbank", "Vera Voedselbank", [rollen.ORGANISATIELID], None, []),
]
ORGANEN = {
    Bestuursorgaan.Soort.GEMEENTERAAD: Bestuur.Code.GEMEENTE,
    Bestuursorgaan.Soort.COLLEGE: Bestuur.Code.GEMEENTE,
    Bestuursorgaan.Soort.RMW: Bestuur.Code.OCMW,
    Bestuursorgaan.Soort.VAST_BUREAU: Bestuur.Code.OCMW,
    Bestuursorgaan.Soort.BIJZONDER_COMITE: Bestuur.Code.OCMW,
}


def laad(bron: Path) -> None:
    """Fills an empty database with the house of the town in the folder `bron`."""
    huis = lees(bron / "huis.toml")
    Huis.objects.create(pk=1, **huis["huis"])
    laad_besturen(huis["huis"]["gemeente"], huis["team"])
    laad_indeling(huis)
    laad_organisaties(lees(bron / "organisaties.toml")["organisatie"])
    for slug, pagina in lees(bron / "paginas.toml").items():
        tekst = pagina["inhoud"].strip()
        Pagina.objects.create(slug=slug, titel=pagina["titel"], samenvatting=pagina["samenvatting"], tekst=tekst)
    laad_accounts()


def laad_besturen(gemeente, teams):
    besturen = {
        code: Bestuur.objects.create(code=code, naam=f"{label} {gemeente}") for code, label in Bestuur.Code.choices
    }
    for soort, code in ORGANEN.items():
        Bestuursorgaan.objects.create(soort=soort, bestuur=besturen[code])
    for team in teams:
        Team.objects.create(code=team["code"], naam=team["naam"], bestuur=besturen[team["bestuur"]])


def laad_indeling(huis):
    for volgorde, rij in enumerate(huis["thema"]):
        Thema.objects.create(volgorde=volgorde, **rij)
    for volgorde, rij in enumerate(huis["doelgroep"]):
        Doelgroep.objects.create(volgorde=volgorde, **rij)
    gebieden = {}
    for volgorde, rij in enumerate(huis["gebied"]):
        ouder = gebieden[rij["ouder"]] if "ouder" in rij else None
        gebieden[rij["code"]] = Gebied.objects.create(volgorde=volgorde, **{**rij, "ouder": ouder})


def laad_organisaties(rijen):
    nu = timezone.now()
    for rij in rijen:
        velden = {naam: waarde for naam, waarde in rij.items() if not isinstance(waarde, list)}
        organisatie = Organisatie(erkend_op=nu, **velden)
        organisatie.full_clean()
        organisatie.save()
        for veld, model in (("themas", Thema), ("doelgroepen", Doelgroep), ("gebieden", Gebied)):
            getattr(organisatie, veld).set(model.objects.filter(code__in=rij.get(veld, [])))


def laad_accounts():
    besturen = Bestuur.objects.in_bulk(field_name="code")
    for naam, volledig, groepen, bestuur, teams in ACCOUNTS:
        gebruiker = Gebruiker.objects.create_user(
            f"{naam}@{DOMEIN}",
            naam=volledig,
            bestuur=besturen.get(bestuur),
            is_staff=rollen.ORGANISATIELID not in groepen,
        )
        gebruiker.groups.set(Group.objects.filter(name__in=groepen))
        gebruiker.teams.set(Team.objects.filter(code__in=teams))
    geef_wachtwoord()


def geef_wachtwoord():
    """The known password for every account of the demo without one, hashed once: that takes a quarter of a second."""
    zonder = Gebruiker.objects.filter(email__endswith=f"@{DOMEIN}", password__startswith=UNUSABLE_PASSWORD_PREFIX)
    zonder.update(password=make_password(WACHTWOORD))


def is_leeg():
    """Whether this database has no house and no user yet."""
    return not (Huis.objects.exists() or Gebruiker.objects.exists())


def wacht_op_beurt():
    """Holds a lock until the end of the transaction, so that two starts at once load the town once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sociaalhuis.laad_wilgenbeke'))")
