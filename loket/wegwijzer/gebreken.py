"""What is wrong with a tree, so that nobody gets stuck on it."""

from dataclasses import dataclass

from loket.wegwijzer import MEESTE_VRAGEN, VRAAG
from loket.wegwijzer.boom import vragen_vanaf


@dataclass(frozen=True)
class Gebrek:
    """`ernstig` keeps the tree from being published; `sleutel` says which point to mend, "" the event itself."""

    tekst: str
    sleutel: str = ""
    ernstig: bool = True


def gebreken(boom, op_de_site):
    """List of `Gebrek`, the serious ones first. `op_de_site`: {pk: title} of the services that anyone may read."""
    punten = boom["punten"]
    if boom["begin"] not in punten:
        return [Gebrek("Er is geen eerste vraag. Maak een stap, en kies die bij ‘begint bij’.")]
    gevonden = []
    for sleutel, punt in punten.items():
        if punt["soort"] == VRAAG:
            gevonden += _van_vraag(boom, sleutel, punt)
        else:
            gevonden += _van_uitkomst(sleutel, punt, op_de_site)
    gevonden += _lussen(boom)
    if punten[boom["begin"]]["soort"] != VRAAG:
        gevonden.append(Gebrek("De eerste stap is meteen een uitkomst: er is geen vraag.", boom["begin"], False))
    if vragen_vanaf(boom, boom["begin"]) > MEESTE_VRAGEN:
        gevonden.append(Gebrek(f"Iemand kan meer dan {MEESTE_VRAGEN} vragen na elkaar krijgen. Maak een weg korter."))
    bereikt = _bereikbaar(boom)
    gevonden += [
        Gebrek(f"Geen enkel antwoord leidt naar “{punt['titel']}”.", sleutel, False)
        for sleutel, punt in punten.items()
        if sleutel not in bereikt
    ]
    return sorted(gevonden, key=lambda gebrek: not gebrek.ernstig)


def _van_vraag(boom, sleutel, punt):
    titel, antwoorden = punt["titel"], punt["antwoorden"]
    if not [a for a in antwoorden if not a["weet_niet"]]:
        yield Gebrek(f"Doodlopend: bij “{titel}” kan je niets antwoorden.", sleutel)
    elif len(antwoorden) == 1:
        yield Gebrek(f"“{titel}” heeft maar één antwoord.", sleutel, False)
    for antwoord in antwoorden:
        if antwoord["naar"] is None:
            yield Gebrek(f"“{titel}”: het antwoord “{antwoord['tekst']}” gaat nergens naartoe.", sleutel)
        elif antwoord["naar"] not in boom["punten"]:
            yield Gebrek(f"“{titel}”: het antwoord “{antwoord['tekst']}” gaat naar een andere gebeurtenis.", sleutel)
    if not titel.rstrip().endswith("?"):
        yield Gebrek(f"De vraag “{titel}” eindigt niet op een vraagteken.", sleutel, False)


def _van_uitkomst(sleutel, punt, op_de_site):
    weg = [pk for pk in punt["diensten"] if pk not in op_de_site]
    if len(weg) == len(punt["diensten"]) and not punt["uitleg"]:
        yield Gebrek(f"Doodlopend: “{punt['titel']}” toont geen dienst en geen uitleg.", sleutel)
    if weg:
        hoeveel = "een dienst" if len(weg) == 1 else f"{len(weg)} diensten"
        yield Gebrek(f"“{punt['titel']}” verwijst naar {hoeveel} die niet op de site staat of staan.", sleutel)


def _lussen(boom):
    """One flaw per answer that leads back to a question that came before it."""
    klaar, gevonden = set(), []

    def loop(sleutel, onderweg):
        for antwoord in boom["punten"][sleutel]["antwoorden"]:
            naar = antwoord["naar"]
            if naar in onderweg:
                terug = boom["punten"][naar]["titel"]
                gevonden.append(Gebrek(f"Rondje: “{antwoord['tekst']}” gaat terug naar “{terug}”.", sleutel))
            elif naar in boom["punten"] and naar not in klaar:
                loop(naar, {*onderweg, naar})
        klaar.add(sleutel)

    for sleutel in boom["punten"]:
        if sleutel not in klaar:
            loop(sleutel, {sleutel})
    return gevonden


def _bereikbaar(boom):
    bereikt, rij = set(), [boom["begin"]]
    while rij:
        sleutel = rij.pop()
        if sleutel in boom["punten"] and sleutel not in bereikt:
            bereikt.add(sleutel)
            rij += [a["naar"] for a in boom["punten"][sleutel]["antwoorden"]]
    return bereikt
