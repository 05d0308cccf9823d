"""A sheet of actions that came back and waits for a decision, with a cell that a colleague changed meanwhile."""

import io

import openpyxl

from plan.acties.blad import kijk_na
from plan.blad.schrijf import als_werkboek
from plan.blad.soorten import Acties
from plan.models import Actie, Plan
from sociaalhuis.models import Gebruiker

# (row, heading, what the planner filled in)
WIJZIGINGEN = [
    (2, "Waar staan we", "De begeleider volgt 34 gezinnen. Vier ervan hebben nu een afbetaalplan."),
    (2, "Voortgang in %", 50),
    (3, "Einde", "30/09/2027"),
    (4, "Waar kan je terecht", "Dienst Wonen, aan de balie van het Sociaal Huis"),
]


def laad(bron):
    door = Gebruiker.objects.get(email="planner@wilgenbeke.example")
    for plan in Plan.objects.openbaar()[:1]:
        soort = Acties(plan)
        boek = openpyxl.load_workbook(io.BytesIO(als_werkboek(soort, soort.rijen())))
        blad = boek.worksheets[0]
        letters = {cel.value: cel.column_letter for cel in blad[1]}
        for rij, kop, waarde in WIJZIGINGEN:
            blad[f"{letters[kop]}{rij}"] = waarde
        Actie.objects.filter(pk=blad["A4"].value).update(contact="Sociale dienst, eerste verdieping")
        uit = io.BytesIO()
        boek.save(uit)
        kijk_na(inhoud=uit.getvalue(), naam="acties-na-overleg.xlsx", door=door)
