"""Ready-made rounds: which steps, how long, what people can do, the words and the questions to start from.

A recipe is a start, not a kind of round: once made, all of it is the coordinator's to change. How long each step takes
is in working days, because the people who are asked read their post on those.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from participatie.mag import Handeling
from sociaalhuis.termijn import uiterlijk

OPENT, SLUIT = time(9), time(23, 59)
AANLOOP = 5  # working days before a round opens: to invite who should be there
UIT_HET_PLAN = "(garanties van het plan)"  # choices that are filled in from the plan of the round
VRIJ = (Handeling.INBRENGEN, Handeling.AMENDEREN, Handeling.STANDPUNT, Handeling.STEUNEN, Handeling.ADVISEREN)
KIESBAAR = (*VRIJ[:1], Handeling.INVULLEN, *VRIJ[1:])  # what a round may or may not ask


@dataclass(frozen=True)
class Recept:
    code: str
    naam: str
    uitleg: str
    picto: str
    titel: str
    vraag: str
    inleiding: str
    wie: str
    dagen: dict  # phase -> working days
    kan: tuple  # what people can do, of KIESBAAR
    antwoord: int = 20  # working days to answer
    vragen: dict = field(default_factory=dict)  # phase -> questions

    @property
    def zonder(self):
        """What a round of this recipe does not ask."""
        return [handeling.value for handeling in KIESBAAR if handeling not in self.kan]


RECEPTEN = {
    recept.code: recept
    for recept in (
        Recept(
            code="nalezen",
            naam="Tekst nalezen",
            uitleg="Mensen lezen het ontwerp, zeggen wat ze vinden en stellen een andere tekst voor.",
            picto="document",
            titel="Lees ons ontwerp na",
            vraag="Klopt onze tekst, en wat moet anders?",
            inleiding="<p>We schreven een ontwerp. Lees wat jou raakt. Je kan bij elke alinea een andere tekst voorstellen.</p>",
            wie="Iedereen die hier woont of werkt",
            dagen={"inbrengen": 20},
            kan=VRIJ,
        ),
        Recept(
            code="ideeen",
            naam="Ideeënronde",
            uitleg="Mensen geven ideeën over een open vraag. Er is nog geen tekst.",
            picto="ster",
            titel="Wat moet er in ons nieuwe plan?",
            vraag="Wat zou jouw leven hier beter maken?",
            inleiding="<p>We beginnen aan een nieuw plan. Nu kan alles nog. Eén zin is genoeg.</p>",
            wie="Iedereen die hier woont of werkt",
            dagen={"inbrengen": 25},
            kan=(Handeling.INBRENGEN, Handeling.STEUNEN),
        ),
        Recept(
            code="bevraging",
            naam="Bevraging",
            uitleg="Mensen vullen een lijst met vragen in. Je ziet tellingen.",
            picto="tas",
            titel="Vertel ons hoe het gaat",
            vraag="Wat loopt goed en wat niet?",
            inleiding="<p>Vijf minuten van je tijd helpen ons vooruit. Je hoeft je naam niet te zeggen.</p>",
            wie="Iedereen die hier woont",
            dagen={"inbrengen": 20},
            kan=(Handeling.INVULLEN,),
            antwoord=15,
            vragen={
                "inbrengen": (
                    {"soort": "keuze", "vraag": "Kom je soms in het Sociaal Huis?", "keuzes": "Ja\nNee", "verplicht": True},
                    {
                        "soort": "schaal",
                        "vraag": "Hoe goed hielpen we je?",
                        "laag": "niet goed",
                        "hoog": "heel goed",
                        "verplicht": True,
                        "toon": (1, "Ja"),
                    },
                    {"soort": "meerdere", "vraag": "Wat hield je tegen?", "keuzes": "Ik wist het niet\nHet is te ver\nIk durf niet\nIk had geen hulp nodig", "toon": (1, "Nee")},
                    {"soort": "lang", "vraag": "Wat moeten we beter doen?"},
                )
            },
        ),
        Recept(
            code="prioriteiten",
            naam="Prioriteiten kiezen",
            uitleg="Iedereen verdeelt punten over de garanties van het plan. Je ziet wat mensen eerst willen.",
            picto="doel",
            titel="Wat moet eerst?",
            vraag="Waar moeten we de volgende jaren eerst aan werken?",
            inleiding="<p>We kunnen niet alles tegelijk. Verdeel tien punten over wat jij het belangrijkst vindt.</p>",
            wie="Iedereen die hier woont of werkt",
            dagen={"wegen": 15},
            kan=(Handeling.STEUNEN,),
            antwoord=10,
            vragen={
                "wegen": (
                    {"soort": "punten", "vraag": "Verdeel je tien punten", "keuzes": UIT_HET_PLAN, "maximum": 10, "verplicht": True},
                    {"soort": "lang", "vraag": "Waarom koos je dit?"},
                )
            },
        ),
        Recept(
            code="advies",
            naam="Advies vragen",
            uitleg="Adviesraden en organisaties geven een standpunt en een advies over het ontwerp.",
            picto="groep",
            titel="We vragen jullie advies",
            vraag="Gaan jullie akkoord met het ontwerp, en onder welke voorwaarden?",
            inleiding="<p>We leggen het ontwerp voor aan de adviesraden en organisaties. Iedereen kan meelezen.</p>",
            wie="Adviesraden en erkende organisaties",
            dagen={"inbrengen": 30},
            kan=VRIJ,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Tijden:
    """When a round opens, what ends when, and by when it is answered. `fasen` is [(kind, from, until)]."""

    fasen: list
    antwoord_tegen: date

    @property
    def opent_op(self):
        return self.fasen[0][1]

    @property
    def sluit_op(self):
        return self.fasen[-1][2]


def voorstel(recept, vandaag, gesloten=frozenset()):
    """Sensible times for a recipe, made on `vandaag`: opens on a working day in the morning, closes on one at night.

    `gesloten` are the closing days of the house.
    """
    dag, fasen = uiterlijk(vandaag, AANLOOP, gesloten), []
    van = moment(dag, OPENT)
    for soort, dagen in recept.dagen.items():
        dag = uiterlijk(dag, dagen, gesloten)
        tot = moment(dag, SLUIT)
        fasen.append((soort, van, tot))
        van = tot
    return Tijden(fasen, uiterlijk(dag, recept.antwoord, gesloten))


def fasen_van(tijden):
    """All phases of a round with these times, to be kept: those of taking part, then answering and the result."""
    eind = moment(tijden.antwoord_tegen + timedelta(days=1), time.min)
    return [*tijden.fasen, ("antwoorden", tijden.sluit_op, eind), ("resultaat", eind, None)]


def moment(dag, uur):
    return timezone.make_aware(datetime.combine(dag, uur))
