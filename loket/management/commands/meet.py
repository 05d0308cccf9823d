"""What `make bench` measures inside one database, as JSON.

Every request goes through the whole of Django (middleware, view, template) by its test client, one after the other.
"""

import csv
import json
import statistics
import time
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client

from loket.models import Vraag
from loket.zoek import betekenis, thesaurus
from loket.zoek.vraag import ontleed
from loket.zoek.woordelijk import vind_woorden
from sociaalhuis.models import Gebruiker

TESTS = settings.BASE_DIR / "tests" / "loket"
PROEVEN = ("achtergehouden_vragen", "vragen_in_andere_talen")
HOEVEEL = 40


def tijd(functie, waarden):
    """Milliseconds of each call, after one that is not counted for each of the first three values."""
    for waarde in waarden[:3]:
        functie(waarde)
    tijden = []
    for waarde in waarden:
        begin = time.perf_counter()
        functie(waarde)
        tijden.append(1000 * (time.perf_counter() - begin))
    return tijden


def samen(tijden):
    return {
        "mediaan": statistics.median(tijden),
        "p95": sorted(tijden)[max(0, round(0.95 * len(tijden)) - 1)],
    }


class Teller:
    """Counts the queries and their time while it is an execute wrapper."""

    def __init__(self):
        self.aantal, self.seconden = 0, 0.0

    def __call__(self, execute, *args):
        begin = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.aantal += 1
            self.seconden += time.perf_counter() - begin


def zoekproef():
    """MRR@20 and hit@3 per list of questions."""
    uit = {}
    for naam in PROEVEN:
        tekst = StringIO()
        call_command("zoekproef", str(TESTS / f"{naam}.csv"), stdout=tekst)
        regels = tekst.getvalue().splitlines()
        uit[naam] = {regel.split()[0]: float(regel.split()[1]) for regel in regels[1:3]}
    return uit


def zoeken():
    """The stages of a search, in ms, and how much of the words' stage is SQL."""
    with (TESTS / "alledaagse_vragen.csv").open(encoding="utf-8") as bestand:
        vragen = [rij["zoekvraag"] for rij in csv.DictReader(bestand)][:HOEVEEL]
    woorden = thesaurus.lees()
    teller = Teller()
    with connection.execute_wrapper(teller):
        op_woorden = tijd(lambda vraag: vind_woorden(ontleed(vraag, woorden).groepen, 500), vragen)
    sql = 1000 * teller.seconden / teller.aantal * (teller.aantal / (len(vragen) + 3))
    return {
        "woorden": samen(op_woorden),
        "woorden tegen SQL": statistics.mean(op_woorden) / sql,
        "betekenis": samen(tijd(lambda vraag: betekenis.dichtst(0, vraag), vragen)),
    }


def balie():
    """The desk of one clerk: the inbox, a search by reference, a case; ms and queries."""
    wie = Gebruiker.objects.get(email="loket.ocmw@wilgenbeke.example")
    client = Client()
    client.force_login(wie)
    referenties = list(Vraag.objects.zichtbaar_voor(wie).lopend().values_list("referentie", flat=True)[:HOEVEEL])
    adressen = {
        "inbox": ["/loket/werkbank/"] * HOEVEEL,
        "op referentie": [f"/loket/werkbank/?q={referentie}" for referentie in referenties],
        "dossier": [f"/loket/werkbank/{referentie}/" for referentie in referenties],
    }
    uit = {"vragen": Vraag.objects.count()}
    for naam, paden in adressen.items():
        for pad in paden[:1]:
            if client.get(pad).status_code != 200:
                raise CommandError(f"{pad} does not answer 200")
        teller = Teller()
        with connection.execute_wrapper(teller):
            client.get(paden[-1])
        uit[naam] = {**samen(tijd(client.get, paden)), "vragen aan de databank": teller.aantal}
    return uit


METINGEN = {"zoekproef": zoekproef, "zoeken": zoeken, "balie": balie}


class Command(BaseCommand):
    help = "Meet in deze databank (de demo) en drukt de uitkomst af als JSON; zie make bench."

    def add_arguments(self, parser):
        parser.add_argument("wat", choices=METINGEN)

    def handle(self, *args, wat, **opties):
        if not settings.DEMO:
            raise CommandError("Meten kan enkel in de demo: zet DEMO=1.")
        self.stdout.write(json.dumps(METINGEN[wat]()))
