"""Who can read a question: the facts, in plain words. One place, for the pages that tell it.

`van` is about one case as it is now. `IN_WOORDEN` says why somebody read, as the one who asked reads it. The rules
themselves are in `VraagQuerySet.leesbaar_voor` and `zichtbaar_voor`; tests hold both together.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from loket.models import Deling, Inzage
from sociaalhuis.rollen import (
    BEHEERDER,
    COORDINATOR,
    LOKETMEDEWERKER,
    ORGANISATIELID,
    PLANMEDEWERKER,
    REDACTEUR,
    TEAMVERANTWOORDELIJKE,
    TOEZICHTHOUDER,
)

IN_WOORDEN = {
    Inzage.Reden.BEHANDELAAR: "De medewerker die je vraag behandelt",
    Inzage.Reden.OPNEMEN: "Een medewerker, voor iemand je vraag behandelde",
    Inzage.Reden.VERDELEN: "De verantwoordelijke van het team",
    Inzage.Reden.VERVANGEN: "Een collega van hetzelfde team",
    Inzage.Reden.GEDEELD: "Een medewerker van een team dat mee leest of helpt",
    Inzage.Reden.NOOD: "Een medewerker met noodtoegang, goedgekeurd door een tweede persoon",
    Inzage.Reden.EIGEN: "Jij, met je code",
    Inzage.Reden.PARTNER: "Een medewerker van {}, die alleen leest wat jij goedkeurde",
    Inzage.Reden.INZAGERECHT: "Een medewerker, om jou een kopie te geven",
}
# What holds for every question of this house.
REGELS = [
    "Alleen de medewerkers van het team dat je vraag behandelt, kunnen ze lezen.",
    "De gemeente en het OCMW zijn twee gesloten delen. Een medewerker van het ene deel ziet niet dat je een vraag stelde in het andere deel.",
    "Geeft het team je vraag door, of vraagt het een ander team om mee te kijken? Dan zie je dat hier, met de reden erbij als een team meekijkt.",
    "Een andere organisatie leest alleen wat jij zelf goedkeurde, zolang jij dat wil. Je ziet hier wanneer ze dat las.",
    "In nood kan één medewerker van een ander team je vraag een uur lezen. Een tweede persoon moet dat eerst goedkeuren. Je ziet dat hier.",
    "Wie de website beheert, kan je vraag hier niet openen en kan zichzelf geen toegang geven. Die persoon zet wel collega's in een team, en dat blijft opgeschreven. De burgemeester, de schepenen en de raadsleden ook niet.",
    "In de databank en op de reservekopieën staat je tekst versleuteld, met een eigen sleutel voor elke vraag. Alleen wie de server zelf in handen heeft, kan daar technisch bij. Dat sluit geen enkel systeem uit.",
    "Een programma kijkt naar woorden in je vraag, om ze naar het juiste team te sturen en om medewerkers te waarschuwen bij gevaar. Het beslist niets over jou.",
    "Telkens als iemand je vraag opent, schrijven we dat op. Niemand kan dat wijzigen. Het verdwijnt alleen als je hele dossier gewist wordt.",
]
# Where the promise ends. {dagen}: how long the whole of a mail stays.
GRENZEN = [
    "Mail je ons, dan kan wie jouw mailbox of de mailserver van de gemeente beheert, die mail technisch lezen. Wie het team leidt, leest soms een mail voor er een vraag van gemaakt is; ook dat schrijven we op. De hele mail blijft {dagen} dagen.",
    "Onze mails zeggen nooit waarover je vraag gaat. Wie in jouw mailbox kan, ziet wel dat wij je schreven.",
    "Zei je ja op een doorverwijzing, dan kan die organisatie meenemen wat ze las. Trek je je ja in, dan leest ze hier niets meer. Wat ze al meenam, kunnen wij niet wissen.",
    "Bracht een organisatie je naar ons, dan ziet die hoe ver je vraag staat. Wat je schrijft, ziet ze niet.",
    "Je tekst, je naam en hoe we je bereiken zijn versleuteld. Het thema, je wijk en de dagen zijn dat niet: daarmee tellen we.",
    "Is je vraag gewist, dan is ze ook in oude reservekopieën niet meer te lezen zodra de volgende reservekopie gemaakt is.",
]
# Per role of this house: who that is, and whether the role opens the text of a question. A test holds it to `leesbaar_voor`.
PER_ROL = [
    (LOKETMEDEWERKER, "Een medewerker van het team dat je vraag behandelt", True),
    (TEAMVERANTWOORDELIJKE, "Wie dat team leidt", True),
    (TOEZICHTHOUDER, "Wie toeziet op de privacy: ziet wie keek, niet wat je schreef", False),
    (BEHEERDER, "Wie de website beheert", False),
    (COORDINATOR, "De coördinator van het plan", False),
    (PLANMEDEWERKER, "Wie aan het plan werkt", False),
    (REDACTEUR, "Wie een deel van het plan schrijft", False),
    (ORGANISATIELID, "Iemand van een organisatie, zolang jij geen ja zei op een doorverwijzing", False),
]


@dataclass(frozen=True)
class Lezer:
    """A group of people who can read a case now; `tot` is the last day, when there is one."""

    wie: str
    bestuur: str
    wat: str
    reden: str = ""
    tot: date | None = None


def grenzen():
    """What we cannot promise, in sentences."""
    return [zin.format(dagen=settings.MAIL_BEWAAR_DAGEN) for zin in GRENZEN]


def wie_in_woorden(reden, organisatie=None):
    """Why somebody read, as the one who asked reads it; with the partner when it was one."""
    return IN_WOORDEN[reden].format(organisatie)


def van(vraag):
    """List of `Lezer` of one case: its team, and the teams it is shared with now."""
    eigen = Lezer(vraag.team.naam, vraag.bestuur.naam, "behandelt je vraag")
    if vraag.is_dicht:
        return [eigen]
    delingen = Deling.objects.lopend().filter(vraag=vraag).select_related("met_team__bestuur")
    wat = {Deling.Recht.LEES: "leest mee", Deling.Recht.HELP: "helpt mee"}
    sleutel = vraag.dossiersleutel
    veld = Deling._meta.get_field("tekst").label
    return [
        eigen,
        *(
            Lezer(d.met_team.naam, d.met_team.bestuur.naam, wat[d.recht], _tekst(d, sleutel, veld), d.tot)
            for d in delingen
        ),
    ]


def _tekst(deling, sleutel, veld):
    geheim = deling.__dict__["tekst"]
    klaar = sleutel.ontsleutel(bytes(geheim), veld)
    return "" if klaar is None else klaar.decode()
