"""Trying out a changed set of rules on past questions, and finding rules that can never do anything.

The try-out compares what the rules of now and the changed rules say about the newest questions. Numbers are about all
teams, and small numbers of other teams are not said; references only of questions that the person may see. Words are
only sought in the text of those: for the others the text stays closed, and the page says how many that were. A machine
that seeks a word reads nothing, but who sees that a question has that word does know something of it, so each question
that is named because of a word gets an `Inzage`.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from loket.acties.verdeling import eerste_die_past
from loket.models import Inzage, Vraag
from loket.models.verdeling import Binnenkomst
from sociaalhuis.models import Gebied, Gebruiker

HOEVEEL = 300
ONDERGRENS = 5
GENOEMD = 50


@dataclass
class Uitslag:
    """How many of `bekeken` go elsewhere (or get another urgency), from where to where, and which of them to name."""

    bekeken: int = 0
    anders: int = 0
    gesloten: int = 0  # whose text could not be looked into
    stromen: list = field(default_factory=list)  # (from, to, number as text)
    genoemd: list = field(default_factory=list)  # (question, from, to)


def proef(*, nu, straks, door, hoeveel=HOEVEEL) -> Uitslag:
    """Sends the newest questions through both sets of rules. Call it in a transaction: it may write traces."""
    if not connection.in_atomic_block:
        raise RuntimeError("Doe de proef binnen transaction.atomic().")
    # contacts that were handled at once were never routed
    routeerbaar = Vraag.objects.gewoon().exclude(code_zoekdeel="").nieuwste()
    pks = list(routeerbaar.values_list("pk", flat=True)[:hoeveel])
    eigen = set(Vraag.objects.zichtbaar_voor(door).filter(pk__in=pks).values_list("pk", flat=True))
    vragen = Vraag.objects.filter(pk__in=pks).nieuwste().select_related("dossiersleutel", "dienst__team")
    lijnen, uitslag, per_stroom, sporen = Gebiedslijnen(), Uitslag(), Counter(), []
    for vraag in vragen.defer("naam", "email", "telefoon", "adres"):
        uitslag.bekeken += 1
        tekst = vraag.tekst if vraag.pk in eigen else ""
        uitslag.gesloten += vraag.pk not in eigen
        van, naar = (_waar(regels, vraag, tekst, lijnen) for regels in (nu, straks))
        if van == naar:
            continue
        uitslag.anders += 1
        per_stroom[van[0].naam, naar[0].naam, vraag.pk in eigen, van[1] != naar[1]] += 1
        if vraag.pk in eigen and len(uitslag.genoemd) < GENOEMD:
            uitslag.genoemd.append((vraag, van, naar))
            if (van, naar) != tuple(_waar(regels, vraag, "", lijnen) for regels in (nu, straks)):
                sporen.append(vraag)
    uitslag.stromen = _stromen(per_stroom)
    Inzage.objects.bulk_create(
        Inzage(vraag=vraag, door=door, pagina=Inzage.Pagina.PROEF, reden=Inzage.Reden.VERDELEN) for vraag in sporen
    )
    return uitslag


def _waar(regels, vraag, tekst, lijnen):
    """(team, urgency) that these rules give."""
    waar = eerste_die_past(
        regels,
        Binnenkomst(
            thema_id=vraag.thema_id,
            doelgroep_id=vraag.doelgroep_id,
            gebieden=lijnen.van(vraag.gebied_id),
            dienst_id=vraag.dienst_id,
            team_van_dienst=vraag.dienst and vraag.dienst.team,
            kanaal=vraag.kanaal,
            tekst=tekst,
        ),
    )
    return waar.team, waar.prioriteit


def _stromen(per_stroom):
    """Lines (from, to, number as text): own questions as they are, those of others with a floor."""
    samen = {}
    for (van, naar, is_eigen, _), aantal in per_stroom.items():
        deel = samen.setdefault((van, naar), [0, 0])
        deel[0 if is_eigen else 1] += aantal
    regels = []
    for (van, naar), (eigen, ander) in sorted(samen.items()):
        klein = 0 < ander < ONDERGRENS
        tekst = f"{eigen} en minder dan {ONDERGRENS} van andere teams" if klein and eigen else f"minder dan {ONDERGRENS}" if klein else str(eigen + ander)  # fmt: skip
        regels.append((van, naar, tekst))
    return regels


class Gebiedslijnen:
    """The line of an area up to the town, over areas that are read once."""

    def __init__(self):
        self.ouders = dict(Gebied.objects.values_list("pk", "ouder_id"))

    def van(self, pk):
        lijn = []
        while pk is not None and pk not in lijn:
            lijn.append(pk)
            pk = self.ouders.get(pk)
        return tuple(lijn)


def dekt(een, ander, lijnen):
    """Whether the first rule fits every question that the other one fits, so that the other never has its turn."""
    if een.team_id is None and ander.team_id is not None:
        return False
    for veld in ("thema_id", "doelgroep_id", "dienst_id", "kanaal"):
        if getattr(een, veld) and getattr(een, veld) != getattr(ander, veld):
            return False
    if een.gebied_id and een.gebied_id not in lijnen.van(ander.gebied_id):
        return False
    woorden = een.woordenlijst
    return not woorden or bool(ander.woorden) and all(any(w in kaal for w in woorden) for kaal in ander.woordenlijst)


def bezwaren(regels) -> dict:
    """{pk of a rule: why it does nothing}; `regels` in their order."""
    lijnen, gevonden = Gebiedslijnen(), {}
    bemand = set(
        Gebruiker.objects.filter(is_active=True).filter(Q(teams__isnull=False)).values_list("teams", flat=True)
    )
    for nummer, regel in enumerate(regels):
        if not regel.actief:
            continue
        eerder = next((ander for ander in regels[:nummer] if ander.actief and not regel.is_rest and dekt(ander, regel, lijnen)), None)  # fmt: skip
        if eerder:
            gevonden[regel.pk] = f"Komt nooit aan de beurt: de regel “{eerder}” past altijd eerst."
        elif regel.team_id and regel.team_id not in bemand:
            gevonden[regel.pk] = "In dit team werkt niemand."
        elif regel.woorden and not regel.woordenlijst:
            gevonden[regel.pk] = "In de woorden staat geen letter of cijfer."
        elif regel.dienst_id and regel.dienst.status != "gepubliceerd":
            gevonden[regel.pk] = "Deze dienst staat niet meer online."
        elif regel.dienst_id and not regel.team_id and not regel.dienst.team_id:
            gevonden[regel.pk] = "Deze dienst heeft geen team."
    return gevonden
