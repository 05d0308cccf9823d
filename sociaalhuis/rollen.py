"""The roles of the house, as groups with permissions. A user has the rights of all their roles.

Rights on one case, plan or round are not here but in `zichtbaar_voor()` of that model. A superuser passes
every permission check of Django, so what a superuser may not see (cases) never rests on a permission alone.
"""

from django.apps import apps

BEHEERDER = "beheerder"
COORDINATOR = "coördinator"
LOKETMEDEWERKER = "loketmedewerker"
ORGANISATIELID = "organisatielid"
PLANMEDEWERKER = "planmedewerker"
REDACTEUR = "redacteur"
TEAMVERANTWOORDELIJKE = "teamverantwoordelijke"
TOEZICHTHOUDER = "toezichthouder"

ALLES = ("view", "add", "change", "delete")
BEWERKEN = ("view", "add", "change")
ZIEN = ("view",)

DELEN = ["garantie", "doelstelling", "actie", "jaaractieplan", "jaaractie", "projectaanvraag", "raming", "document",
        "besluit", "pijler", "processtap", "bbccode",
         "niveau", "partnerschap", "taak", "feit", "verantwoording", "afhankelijkheid", "standwoord", "deelplan", "deelplankeuze"]  # fmt: skip
METEN = ["indicator", "streefwaarde", "indicatorkoppeling", "besteding"]
CATALOGUS = ["dienst", "voorwaarde", "procedure", "kost", "voordeel", "website", "contactpunt", "wetgeving", "synoniem",
             "lpdcinvoer", "levensgebeurtenis"]  # fmt: skip
WEGWIJZER = ["wegpunt", "wegantwoord", "wegdienst"]  # citizens see the tree as it was published, so parts may go
ROOSTER = ["afspraaksoort", "spreekuur", "uitzondering"]
INRICHTING = ["huis", "pagina", "bestuur", "bestuursorgaan", "team", "thema", "doelgroep", "gebied", "organisatie",
              "locatie", "sluitingsdag", "andereuren"]  # fmt: skip
PARTICIPATIE = [
    "advies",
    "adviesraad",
    "raadslid",
    "ronde",
    "rondefase",
    "genodigde",
    "inbreng",
    "antwoord",
    "mandaat",
    "aanmelding",
]

# role -> {(app, models): actions}
RECHTEN = {
    LOKETMEDEWERKER: [
        ("loket", CATALOGUS, BEWERKEN),
        ("loket", WEGWIJZER, ALLES),
        ("loket", ["vraag"], ("behandel",)),
        ("participatie", ["inbreng"], ("add",)),
    ],
    TEAMVERANTWOORDELIJKE: [
        ("loket", [*CATALOGUS, *WEGWIJZER], ALLES),
        ("loket", ["nulzoekopdracht", "hinttelling"], ZIEN),
        ("loket", ROOSTER, ALLES),
        ("loket", ["verwijstermijnen"], ALLES),
        ("loket", ["capaciteit"], ZIEN),
        ("loket", ["vraag"], ("behandel", "verdeel")),
        ("participatie", ["aanmelding"], (*BEWERKEN, "kijk_na")),
        ("sociaalhuis", ["organisatie", "locatie"], BEWERKEN),
        ("sociaalhuis", ["sluitingsdag", "andereuren"], ALLES),
    ],
    PLANMEDEWERKER: [
        ("plan", ["plan"], BEWERKEN),
        ("plan", DELEN, ALLES),
        ("plan", METEN, ALLES),
        ("plan", ["meting"], BEWERKEN),
        ("plan", ["onderdeel", "raadspad", "versie", "leemte", "redacteur", "mjpversie", "mjplijn"], ZIEN),
        ("plan", ["bladinvoer", "mjpinvoer"], ("view", "add")),
        ("participatie", ["ronde", "rondefase", "genodigde", "inbreng"], ZIEN),
        ("participatie", ["inbreng"], ("add",)),
        ("participatie", ["antwoord"], (*BEWERKEN, "lees_na")),
        ("participatie", ["groepsgesprek", "melding", "opmerking", "steun", "steunverklaring"], ZIEN),
        ("participatie", ["overleg"], BEWERKEN),
        ("participatie", ["advies", "adviesraad"], ZIEN),
        ("sociaalhuis", ["organisatie"], ZIEN),
    ],
    COORDINATOR: [
        ("plan", ["plan"], (*ALLES, "publiceer")),
        ("plan", DELEN, ALLES),
        ("plan", METEN, ALLES),
        ("plan", ["meting"], (*BEWERKEN, "keur")),
        ("plan", ["bladinvoer"], ("view", "add")),
        ("plan", ["leemte"], ALLES),
        ("plan", ["onderdeel", "versie", "mjpversie", "mjplijn"], ZIEN),
        ("plan", ["mjpinvoer"], ("view", "add")),
        ("plan", ["raadspad"], BEWERKEN),
        ("plan", ["redacteur"], ALLES),
        ("plan", ["wijzigingsvoorstel"], ("keur",)),
        ("plan", ["herinnering"], ZIEN),
        ("plan", ["bestelling"], ("view", "change")),
        ("participatie", PARTICIPATIE, BEWERKEN),
        ("participatie", ["groepsgesprek", "melding", "steun", "steunverklaring"], ZIEN),
        ("participatie", ["opmerking"], ("view", "verberg")),
        ("participatie", ["ronde"], ("publiceer",)),
        ("participatie", ["overleg"], BEWERKEN),
        ("participatie", ["antwoord"], ("lees_na",)),
        ("participatie", ["reactierecht"], ALLES),
        ("participatie", ["toewijzing"], ("view", "verdeel")),
        ("participatie", ["aanmelding"], ("kijk_na",)),
        ("participatie", ["mandaatuitnodiging"], ZIEN),
        ("sociaalhuis", ["organisatie", "pagina"], BEWERKEN),
    ],
    BEHEERDER: [
        ("sociaalhuis", INRICHTING, ALLES),
        ("sociaalhuis", ["gebruiker"], BEWERKEN),
        ("sociaalhuis", ["uitgaandemail"], ZIEN),
        ("loket", [*CATALOGUS, *WEGWIJZER, *ROOSTER, "verdeelregel", "postbus"], ALLES),
        ("loket", ["nulzoekopdracht", "hinttelling"], ZIEN),
        ("loket", [*CATALOGUS, *WEGWIJZER, *ROOSTER, "verdeelregel", "verwijstermijnen"], ALLES),
        ("loket", ["capaciteit"], ZIEN),
    ],
    TOEZICHTHOUDER: [("loket", ["inzage"], ZIEN), ("loket", ["bewaarregel"], ALLES), ("loket", ["vernietigingslijst"], ("view", "keur")), ("sociaalhuis", ["uitgaandemail"], ZIEN), ("pghistory", ["events"], ZIEN)],
    REDACTEUR: [],  # which part, is told by `Redacteur`
    ORGANISATIELID: [],
}  # fmt: skip


def zet_rollen():
    """Makes the groups and gives each exactly its permissions; the same again changes nothing."""
    groepen, rechten = apps.get_model("auth.Group").objects, apps.get_model("auth.Permission").objects
    bestaand = {
        (p.content_type.app_label, p.content_type.model, p.codename): p for p in rechten.select_related("content_type")
    }
    for rol, regels in RECHTEN.items():
        groep, _ = groepen.get_or_create(name=rol)
        gezocht = (
            (app, model, f"{actie}_{model}")
            for app, modellen, acties in regels
            for model in modellen
            for actie in acties
        )
        groep.permissions.set([bestaand[recht] for recht in gezocht if recht in bestaand])


def rollen_van(gebruiker):
    """The roles of an active user, as a set of names; read once per instance."""
    if not gebruiker.is_authenticated or not gebruiker.is_active:
        return set()
    if not hasattr(gebruiker, "_rollen"):
        gebruiker._rollen = set(gebruiker.groups.values_list("name", flat=True))
    return gebruiker._rollen


def heeft_rol(gebruiker, *rollen):
    """True when the user is active and has one of the roles."""
    return bool(rollen_van(gebruiker).intersection(rollen))


def is_medewerker(gebruiker):
    """True for staff: by their mark, or by any role other than speaking for an organisation."""
    return gebruiker.is_authenticated and (gebruiker.is_staff or bool(rollen_van(gebruiker) - {ORGANISATIELID}))
