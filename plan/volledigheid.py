"""How complete and how fresh a plan is: per part what is still missing, as sentences for who edits it. One query."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from plan.models import Indicatorkoppeling, Onderdeel, Taak, Verantwoording

Soort, Stand = Onderdeel.Soort, Onderdeel.Stand
LOPEND = {Stand.IN_UITVOERING, Stand.VERTRAAGD, Stand.NIET_GESTART}

ZONDER_FEIT = "Leg uit waarom: koppel een vaststelling."

# what a part should have: (which kinds, whether it has it, what to do when it has not)
EISEN = [
    ({Soort.GARANTIE}, lambda deel: deel.korte_omschrijving, "Schrijf de belofte in één zin."),
    ({Soort.GARANTIE, Soort.DOELSTELLING, Soort.ACTIE}, lambda deel: deel.heeft_tekst, "Schrijf de tekst."),
    ({Soort.GARANTIE, Soort.DOELSTELLING}, lambda deel: deel.heeft_feit, ZONDER_FEIT),
    (
        {Soort.GARANTIE, Soort.DOELSTELLING},
        lambda deel: deel.heeft_indicator,
        "Koppel een indicator: hoe meten we dit?",
    ),
    ({Soort.GARANTIE, Soort.DOELSTELLING}, lambda deel: deel.heeft_delen, "Voeg toe wat we hiervoor doen."),
    ({Soort.ACTIE}, lambda deel: deel.trekker or deel.trekker_organisatie_id, "Kies een trekker."),
    ({Soort.ACTIE}, lambda deel: deel.begin and deel.einde, "Vul in wanneer de actie begint en eindigt."),
    ({Soort.ACTIE}, lambda deel: deel.heeft_thema, "Kies minstens één thema."),
    ({Soort.ACTIE}, lambda deel: deel.heeft_doelgroep, "Kies voor wie de actie is."),
    ({Soort.ACTIE}, lambda deel: deel.resultaat_verwacht, "Schrijf welk resultaat je verwacht."),
    ({Soort.ACTIE}, lambda deel: deel.heeft_taak, "Voeg taken toe, met een datum."),
    ({Soort.ACTIE}, lambda deel: deel.regierol, "Kies of het bestuur regisseur of aanbieder is."),
    ({Soort.ACTIE}, lambda deel: deel.contact, "Vul in waar mensen terechtkunnen."),
    ({Soort.ACTIE}, lambda deel: deel.heeft_code, "Koppel de code van het meerjarenplan."),
]


@dataclass
class Volledigheid:
    """`score` in whole percents, `ontbreekt` the sentences, `verouderd` whether nobody told anything for too long."""

    score: int
    ontbreekt: list = field(default_factory=list)
    verouderd: bool = False


def beoordeel(deel, verouderd_na, op=None):
    """Volledigheid of a part that came from `met_wat_er_is`; stale after `verouderd_na` days without news."""
    eisen = [(heeft(deel), zin) for soorten, heeft, zin in EISEN if deel.soort in soorten]
    ontbreekt = [zin for heeft, zin in eisen if not heeft]
    return Volledigheid(
        round(100 * (len(eisen) - len(ontbreekt)) / len(eisen)),
        ontbreekt,
        is_verouderd(deel, verouderd_na, op or timezone.localdate()),
    )


def is_verouderd(deel, verouderd_na, op):
    """Whether an action that runs was told about more than so many days ago. One that has not begun is not stale."""
    if deel.soort != Soort.ACTIE or deel.stand not in LOPEND or (deel.begin and deel.begin > op):
        return False
    return deel.stand_op is None or deel.stand_op < op - timedelta(days=verouderd_na)


def met_wat_er_is(onderdelen):
    """Parts with what `beoordeel` looks at, without the other texts; one query."""

    def bestaat(model, **voorwaarde):
        return Exists(model.objects.filter(**voorwaarde))

    deze = OuterRef("pk")
    return onderdelen.defer("lange_omschrijving", "commentaar", "evaluatie").annotate(
        heeft_tekst=~Q(lange_omschrijving=""),
        heeft_feit=bestaat(Verantwoording, onderdeel=deze),
        heeft_indicator=bestaat(Indicatorkoppeling, onderdeel=deze),
        heeft_delen=bestaat(Onderdeel, ouder=deze),
        heeft_taak=bestaat(Taak, actie=deze),
        heeft_thema=bestaat(Onderdeel.themas.through, onderdeel=deze),
        heeft_doelgroep=bestaat(Onderdeel.doelgroepen.through, onderdeel=deze),
        heeft_code=bestaat(Onderdeel.bbc_codes.through, onderdeel=deze),
    )


def van_plan(plan, op=None):
    """[(part, Volledigheid)] of a whole plan, in the order of the booklet; one query."""
    delen = met_wat_er_is(plan.onderdelen.in_volgorde())
    return [(deel, beoordeel(deel, plan.verouderd_na, op)) for deel in delen]
