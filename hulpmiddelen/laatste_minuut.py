"""`make laatste-minuut`: two hundred people send their input in the last minute of a round, all at once.

Starts a PostgreSQL and a web server of its own on 127.0.0.1 with the demo town, and lets its open round close within the
minute. 200 different inputs are posted, 40 at a time and each of them twice, as somebody does who taps twice; they go on
being sent until the round is closed, and a handful after that. At the end:

- every acknowledged input is in the database exactly once, and opens with the code of its receipt;
- nothing is in the database that was not acknowledged;
- who came after the end got the own words back, and nothing of it was kept.

`AANTAL=20` makes it smaller. Exit code 1 when that is not so.
"""

import html
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

from django.core import signing

from hulpmiddelen.crash import CODE, Web, rijen
from hulpmiddelen.devpg import CHECKOUT, DATABASE, POORT, Server
from sociaalhuis import ontvangst
from sociaalhuis.inzending import ZOUT

AANTAL = int(os.environ.get("AANTAL", "200"))
TEGELIJK, NA = 40, 5  # posts at the same moment; inputs that come after the end
OPEN = 60.0  # seconds that the round stays open
MERK = "laatste minuut"
SLUIT = f"""
from datetime import timedelta
from django.utils import timezone
from participatie.models import Ronde
ronde = Ronde.objects.open().first()
ronde.sluit_op = timezone.now() + timedelta(seconds={OPEN})
ronde.save()
"""
GEGEVEN = f"SELECT tekst, code_hash FROM participatie_inbreng WHERE tekst LIKE '{MERK} %'"


class Deelnemers:
    """Who posts, and what they saw."""

    def __init__(self, web):
        self.web, self.slot = web, threading.Lock()
        self.codes, self.duren, self.statussen = {}, [], Counter()

    def stuur(self, nummer):
        """One input twice at the same moment; the receipts must be the same."""
        velden = formulier(nummer)
        with ThreadPoolExecutor(2) as handen:
            antwoorden = list(handen.map(lambda _: self._post(velden), range(2)))
        with self.slot:
            self.codes[velden["tekst"]] = {code for code in antwoorden if code}

    def _post(self, velden):
        while True:
            begin = time.monotonic()
            try:
                status, _, pagina = self.web.post(velden)
            except (OSError, HTTPException):
                status, pagina = "line broken", ""
            with self.slot:
                self.statussen[status] += 1
                self.duren.append(time.monotonic() - begin)
            if status in (200, 409):
                break
            time.sleep(0.05)
        if status == 409 and velden["tekst"] not in html.unescape(pagina):
            with self.slot:
                self.statussen["409 without the words"] += 1
        code = CODE.search(pagina)
        return code[1] if status == 200 and code else ""


def formulier(nummer):
    bewijs = signing.dumps([uuid.uuid4().hex, int(time.time()) - 60], salt=ZOUT)
    return {"bewijs": bewijs, "onderdeel": "", "tekst": f"{MERK} {nummer}: meer 'banken' & <bomen>", "naam_publiek": ""}


def speel(web, server):
    """Everything from an empty database to the list of what is not so."""
    opdrachten = (["migrate"], ["laad_wilgenbeke"], ["collectstatic", "--noinput"])
    for opdracht in opdrachten:
        subprocess.run([sys.executable, "manage.py", *opdracht, "--verbosity=0"], cwd=CHECKOUT, check=True)
    ((slug,),) = rijen(server, "SELECT slug FROM participatie_ronde WHERE staat = 'gepubliceerd' AND sluit_op > now()")
    web.pad = f"/participatie/rondes/{slug}/inbreng/"
    web.start()
    web.wacht()
    subprocess.run([sys.executable, "manage.py", "shell", "-v", "0", "-c", SLUIT], cwd=CHECKOUT, check=True)
    mensen, begin = Deelnemers(web), time.monotonic()
    with ThreadPoolExecutor(TEGELIJK // 2) as poort:
        list(poort.map(mensen.stuur, range(AANTAL)))
    duur = time.monotonic() - begin
    time.sleep(max(0.0, OPEN - duur) + 0.5)
    te_laat = Deelnemers(web)
    for nummer in range(AANTAL, AANTAL + NA):
        te_laat.stuur(nummer)
    duren = sorted(mensen.duren)
    print(f"{AANTAL} inputs, each posted twice, {TEGELIJK} at a time, in {duur:.1f} s: p50 {duren[len(duren) // 2] * 1000:.0f} ms,"
          f" p95 {duren[int(len(duren) * 0.95)] * 1000:.0f} ms; answers {dict(mensen.statussen)}")  # fmt: skip
    return controleer(mensen, te_laat, rijen(server, GEGEVEN))


def controleer(mensen, te_laat, bewaard):
    """What was acknowledged against what is kept; gives what is not so, as sentences."""
    keren, hashes = Counter(tekst for tekst, _ in bewaard), dict(bewaard)
    bevestigd = {tekst: codes for tekst, codes in mensen.codes.items() if codes}
    fouten = [f"{len(codes)} codes for one input" for codes in bevestigd.values() if len(codes) > 1]
    fouten += [f"{tekst} is there {keren[tekst]} times" for tekst in bevestigd if keren[tekst] != 1]
    fouten += [f"{tekst} was never acknowledged" for tekst in keren if tekst not in bevestigd]
    fouten += [
        f"the code of {tekst} does not open it"
        for tekst, codes in bevestigd.items()
        if not ontvangst.klopt(next(iter(codes)).replace("-", ""), hashes.get(tekst, ""))
    ]
    if any(te_laat.codes.values()) or set(te_laat.statussen) != {409}:
        fouten.append(f"after the end: {dict(te_laat.statussen)}")
    print(f"acknowledged {len(bevestigd)}, kept {len(bewaard)}; after the end {dict(te_laat.statussen)}")
    return fouten


def main():
    with tempfile.TemporaryDirectory(prefix="minuut-") as map_:
        Path(map_).chmod(0o711)
        server = Server(Path(map_, "data"))
        server.start()
        os.environ.update(
            DEMO="1",
            DATAMAP=map_,
            DJANGO_SETTINGS_MODULE="sociaalhuis.settings",
            DATABASE_URL=f"postgresql://postgres@/{DATABASE}?host={server.socketmap}&port={POORT}",
        )
        web = Web(dict(os.environ), Path(map_, "web.log"))
        try:
            fouten = speel(web, server)
            if fouten:
                print(f"The web server said last:\n{web.staart()}")
        finally:
            if web.proces:
                web.dood()
            server.stop()
    for fout in fouten[:20]:
        print(f"NOT SO: {fout}")
    return 1 if fouten else 0


if __name__ == "__main__":
    sys.exit(main())
