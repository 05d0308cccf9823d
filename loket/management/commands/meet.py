"""What `make bench` measures inside one database, as JSON.

Queries are counted by the test client of Django, which goes through all of it but the web server.
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
from sociaalhuis.versie import huidige_versie

TESTS = settings.BASE_DIR / "tests" / "loket"
PROEVEN = ("achtergehouden_vragen", "vragen_in_andere_talen")
HOEVEEL = 40
PAGINAS = 240


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
    """What a clerk opens at the desk, for `hulpmiddelen.meet_balie`: the cookie, the addresses, and the queries of each kind.

    A case is opened from the inbox, with the question before and after it, as people do.
    """
    wie = Gebruiker.objects.get(email="loket.ocmw@wilgenbeke.example")
    client = Client()
    client.force_login(wie)
    referenties = list(Vraag.objects.zichtbaar_voor(wie).lopend().values_list("referentie", flat=True)[:PAGINAS])
    if not referenties:
        raise CommandError("Er is geen open vraag om te lezen: laad eerst Wilgenbeke.")
    referenties = [referenties[n % len(referenties)] for n in range(PAGINAS)]
    adressen = {
        "inbox": ["/loket/werkbank/"] * PAGINAS,
        "by reference": [f"/loket/werkbank/?q={referentie}" for referentie in referenties],
        "a case": [f"/loket/werkbank/{referentie.lower()}/?uit=lijst%3Dteam" for referentie in referenties],
    }
    paginas = {
        naam: {"adressen": paden, "vragen aan de databank": _tel(client, paden)} for naam, paden in adressen.items()
    }
    koek = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return {"vragen": Vraag.objects.count(), "koek": koek, "paginas": paginas}


def _tel(client, paden):
    """The most queries that one of the first ten takes once things are kept, with the one of the front of the portal."""
    nummer, geteld = huidige_versie(), []
    for pad in [*paden[:3], *paden[:10]]:
        teller = Teller()
        with connection.execute_wrapper(teller):
            if client.get(pad, **{"sociaalhuis.versie": nummer}).status_code != 200:
                raise CommandError(f"{pad} does not answer 200")
        geteld.append(teller.aantal + 1)
    return max(geteld[3:])


METINGEN = {"zoekproef": zoekproef, "zoeken": zoeken, "balie": balie}


class Command(BaseCommand):
    help = "Meet in deze databank (de demo) en drukt de uitkomst af als JSON; zie make bench."

    def add_arguments(self, parser):
        parser.add_argument("wat", choices=METINGEN)

    def handle(self, *args, wat, **opties):
        if not settings.DEMO:
            raise CommandError("Meten kan enkel in de demo: zet DEMO=1.")
        self.stdout.write(json.dumps(METINGEN[wat]()))
