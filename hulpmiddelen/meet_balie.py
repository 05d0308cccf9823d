"""How long a clerk waits: whole requests to the real web server, one after the other, as one person reads.

`meet(omgeving, bureau)` starts granian as `make run` does. `bureau` is what `manage.py meet balie` told: the session of a clerk
and the addresses of each kind of page, with the number of queries that each takes. Beside the clock, which counts whatever
else the machine does, stands the processor time of the web server per page.
"""

import http.client
import statistics
import sys
import time
from contextlib import closing

from django.conf import settings

from hulpmiddelen.meet_vraag import start, verbruik

VOORAF = 20  # of each page, not counted: both processes fill what they keep


def meet(omgeving, bureau):
    """{kind of page: {mediaan, p95, processor (ms; None where unknown), vragen aan de databank}} and `vragen`."""
    proces, poort = start("sociaalhuis.wsgi:application", {**omgeving, "GEHEIM": settings.SECRET_KEY})
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", poort, timeout=30)) as lijn:
            uit = {"vragen": bureau["vragen"]}
            for naam, pagina in bureau["paginas"].items():
                maten = _lees(lijn, proces, bureau["koek"], pagina["adressen"])
                uit[naam] = {**maten, "vragen aan de databank": pagina["vragen aan de databank"]}
            return uit
    finally:
        proces.terminate()
        proces.wait(10)


def _lees(lijn, proces, koek, adressen):
    for adres in adressen[:VOORAF]:
        _haal(lijn, adres, koek)
    voor = verbruik(proces.pid)
    tijden = sorted(_haal(lijn, adres, koek) for adres in adressen)
    na = verbruik(proces.pid)
    return {
        "mediaan": statistics.median(tijden),
        "p95": tijden[round(0.95 * len(tijden)) - 1],
        "processor": None if voor is None else 1000 * (na - voor) / len(tijden),
    }


def _haal(lijn, adres, koek):
    """Milliseconds until the whole page is here."""
    begin = time.perf_counter()
    lijn.request("GET", adres, headers={"Cookie": koek, "Accept-Encoding": "gzip"})
    antwoord = lijn.getresponse()
    antwoord.read()
    if antwoord.status != 200:
        sys.exit(f"{adres} answers {antwoord.status}")
    return 1000 * (time.perf_counter() - begin)
