"""How fast the difference of two versions is: `python -m hulpmiddelen.meet_verschil [ACTIONS]`. Needs no database.

Makes two snapshots of a plan of so many actions (1,000), each with a text of 120 words and money of six years, of which
one in ten, or every one, got another text; reads both from JSON, compares them and renders the page of the council.
"""

import json
import os
import random
import sys
import time
from importlib import import_module

import django
from django.template.loader import render_to_string

from plan.blokken import knip

WOORDEN = [
    "huis",
    "buurt",
    "hulp",
    "samen",
    "wonen",
    "zorg",
    "school",
    "werk",
    "plan",
    "dienst",
    "vraag",
    "loket",
    "jaar",
    "groep",
    "kind",
    "geld",
    "plek",
    "straat",
]
RONDES = 7


def tekst(loting, aantal=120):
    woorden = [loting.choice(WOORDEN) for _ in range(aantal)]
    return "".join(f"<p>{' '.join(woorden[i : i + 40])}.</p>" for i in range(0, aantal, 40))


def met_alineas(delen):
    """Gives every text its paragraphs with the keys that the database keeps for them."""
    for deel in delen:
        blokken = knip(deel["lange_omschrijving"])
        deel["alineas"] = [
            {"veld": "lange_omschrijving", "sleutel": f"{deel['sleutel']}-{nummer}", "html": html}
            for nummer, html in enumerate(blokken)
        ]
    return delen


def momentopname(acties, loting):
    """A snapshot with ten guarantees of ten goals each, and the actions spread over these."""
    leeg = {
        "korte_omschrijving": "Een belofte.",
        "termijn": "",
        "begin": None,
        "einde": None,
        "koppelingen": {},
        "alineas": [],
    }
    delen, geld = [], []
    for g in range(10):
        delen.append({**leeg, "sleutel": g, "ouder": None, "soort": "garantie", "niveaunaam": "garantie", "code": f"G{g}", "titel": f"Garantie {g}", "lange_omschrijving": tekst(loting)})  # fmt: skip
    for d in range(100):
        delen.append({**leeg, "sleutel": 100 + d, "ouder": d % 10, "soort": "doelstelling", "niveaunaam": "doelstelling", "code": f"D{d}", "titel": f"Doel {d}", "lange_omschrijving": tekst(loting)})  # fmt: skip
    for a in range(acties):
        delen.append({**leeg, "sleutel": 1000 + a, "ouder": 100 + a % 100, "soort": "actie", "niveaunaam": "actie", "code": f"A{a}", "titel": f"Actie {a}", "lange_omschrijving": tekst(loting), "einde": "2029-12-31"})  # fmt: skip
        geld += [{"onderdeel": 1000 + a, "bestuur": "ocmw", "jaar": jaar, "uitgave": "1000.00", "ontvangst": "0.00"} for jaar in range(2026, 2032)]  # fmt: skip
    return {"plan": {"titel": "Plan", "alineas": []}, "onderdelen": met_alineas(delen), "geld": geld, "redenen": []}


def verander(inhoud, elke, loting):
    """Another word in one of twelve of every so-manieth action, a later end and more money."""
    nieuw = json.loads(json.dumps(inhoud))
    for nummer, deel in enumerate(deel for deel in nieuw["onderdelen"] if deel["soort"] == "actie"):
        if nummer % elke == 0:
            woorden = deel["lange_omschrijving"].split(" ")
            for plaats in range(0, len(woorden), 12):
                woorden[plaats] = woorden[plaats].replace("i", "ie")
            deel["lange_omschrijving"], deel["einde"] = " ".join(woorden), "2030-12-31"
    for rij in nieuw["geld"][:: 6 * elke]:
        rij["uitgave"] = "1250.00"
    met_alineas(nieuw["onderdelen"])
    return nieuw


def meet(oud, nieuw, vergelijk):
    """(milliseconds to read and compare, the same with the page), the middle of so many rounds."""
    teksten = json.dumps(oud), json.dumps(nieuw)
    reken, pagina = [], []
    for _ in range(RONDES):
        begin = time.perf_counter()
        verschil = vergelijk(*map(json.loads, teksten))
        reken.append(time.perf_counter() - begin)
        for deel in verschil.delen:
            render_to_string("plan/_deelverschil.html", {"deel": deel, "kop": 3})
        pagina.append(time.perf_counter() - begin)
    return [round(sorted(tijden)[RONDES // 2] * 1000) for tijden in (reken, pagina)], len(verschil.delen)


def main(acties):
    vergelijk = import_module("plan.verschil").vergelijk  # its models only exist after django.setup()
    loting = random.Random(7)
    oud = momentopname(acties, loting)
    for elke in (10, 1):
        (reken, pagina), anders = meet(oud, verander(oud, elke, loting), vergelijk)
        print(f"{acties} acties, {anders} anders: lezen en vergelijken {reken} ms, met de hele pagina {pagina} ms")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociaalhuis.settings")
    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
