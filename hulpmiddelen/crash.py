"""`make crash`: the promises V1, V2 and V4 at full size, against real servers that are killed while people post.

Starts a PostgreSQL and a web server of its own on 127.0.0.1, lets eight clients post questions, and meanwhile kills
(SIGKILL) the web server and PostgreSQL in turn. A client that got no receipt posts the same form again, as a person
with a full form on screen does. At the end:

- every acknowledged form is in the database exactly once, and gives the same receipt when it is posted again (V1);
- nobody ever saw anything else than a receipt, a broken line or a 503 with `Retry-After` that still holds the text (V2);
- fifty identical posts at the same moment make one question, and fifty times the same receipt (V4).

Bounded to two minutes. `AANTAL=500` makes it smaller. Exit code 1 when a promise is broken.
"""

import html
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from hulpmiddelen.devpg import CHECKOUT, DATABASE, POORT, Server
from sociaalhuis.inzending import ZOUT

AANTAL = int(os.environ.get("AANTAL", "3000"))
KLANTEN, TEGELIJK = 8, 50
MOORD_NA = 2.5  # seconds that both serve between two kills
TIJD = 80.0  # seconds for all posts; making the database and looking at the end take the rest of the two minutes
GEDULD = 60.0  # seconds for a server to come up, on a busy machine
CODE = re.compile(r'class="bon-code">([^<]+)<')
GESTELD = "SELECT formulier::text FROM loket_vraag WHERE formulier IS NOT NULL"
# the smallest house that can take a question
HUIS = """
    INSERT INTO sociaalhuis_bestuur (code, naam, ondernemingsnummer, uri) VALUES ('ocmw', 'OCMW Proefdorp', '', '');
    INSERT INTO sociaalhuis_team (code, naam, bestuur_id)
    SELECT 'sociale-dienst', 'Sociale dienst', id FROM sociaalhuis_bestuur
"""
KOEKJE = "a" * 32  # the token against forged posts: cookie and field agree, as in a browser
STAART = 3000  # characters of what the web server said last, shown when something is wrong


def rijen(server, opdracht):
    """The rows of a query on the database of the proof, or none when it gives none."""
    lijn = psycopg2.connect(host=str(server.socketmap), port=POORT, user="postgres", dbname=DATABASE)
    with closing(lijn), lijn, lijn.cursor() as cursor:
        cursor.execute(opdracht)
        return cursor.fetchall() if cursor.description else []


class Web:
    """The web server as a process group that can be killed and started again; what it says is kept in `logboek`."""

    pad = "/loket/vraag/"  # of the form that is posted

    def __init__(self, omgeving, logboek: Path):
        with socket.socket() as deur:
            deur.bind(("127.0.0.1", 0))
            self.poort = deur.getsockname()[1]
        # search by meaning has no part in this, and each start would read its model anew
        self.omgeving = {**omgeving, "PORT": str(self.poort), "BETEKENIS": "0"}
        self.logboek, self.proces = logboek, None

    def start(self):
        opdracht = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"]
        opdracht += ["--host", "127.0.0.1", "--port", str(self.poort), "--no-access-log", "--log-level", "critical"]
        with self.logboek.open("ab") as logboek:
            self.proces = subprocess.Popen(
                [*opdracht, "sociaalhuis.wsgi:application"],
                cwd=CHECKOUT, env=self.omgeving, start_new_session=True, stdout=logboek, stderr=logboek,
            )  # fmt: skip

    def wacht(self):
        """Until it answers; raises RuntimeError with what it said last when it does not."""
        antwoord, tot = "no answer", time.monotonic() + GEDULD
        while time.monotonic() < tot and self.proces.poll() is None:
            with suppress(OSError, http.client.HTTPException):
                antwoord, _, _ = self.post({})
                if antwoord == 200:
                    return
            time.sleep(0.1)
        waarom = antwoord if self.proces.poll() is None else f"it ended with code {self.proces.returncode}"
        raise RuntimeError(f"the web server does not come up ({waarom}). It said last:\n{self.staart()}")

    def staart(self):
        return self.logboek.read_text(errors="replace")[-STAART:] if self.logboek.exists() else ""

    def dood(self):
        with suppress(ProcessLookupError):
            os.killpg(self.proces.pid, signal.SIGKILL)
        self.proces.wait()

    def post(self, velden, pad="", bestanden=None) -> tuple[int, http.client.HTTPMessage, str]:
        """Status, headers and page of one post of the form, at another address and with files (name to bytes) where these
        are given. Raises OSError or HTTPException."""
        alles, soort = {**velden, "csrfmiddlewaretoken": KOEKJE}, "application/x-www-form-urlencoded"
        lading = urlencode(alles)
        if bestanden:
            alles |= {naam: SimpleUploadedFile(f"{naam}.png", inhoud) for naam, inhoud in bestanden.items()}
            lading, soort = encode_multipart(BOUNDARY, alles), MULTIPART_CONTENT
        lijn = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=15)
        try:
            koppen = {"Content-Type": soort, "Cookie": f"{settings.CSRF_COOKIE_NAME}={KOEKJE}"}
            lijn.request("POST", pad or self.pad, lading, koppen)
            antwoord = lijn.getresponse()
            return antwoord.status, antwoord.headers, antwoord.read().decode(errors="replace")
        finally:
            lijn.close()


class Proef:
    def __init__(self, web, formulieren, tot):
        self.web, self.formulieren = web, formulieren
        self.slot, self.statussen, self.codes, self.fouten = threading.Lock(), Counter(), {}, []
        self.tot = tot

    def stuur(self, velden):
        """Posts one form until there is a receipt or the time is up; notes everything that was seen on the way."""
        while time.monotonic() < self.tot:
            try:
                status, koppen, pagina = self.web.post(velden)
            except (OSError, http.client.HTTPException):
                self.noteer("line broken")
                time.sleep(0.05)
                continue
            self.noteer(status)
            code = CODE.search(pagina)
            if status == 200 and code:
                with self.slot:
                    self.codes[velden["bewijs"]] = code[1]
                return
            if status == 503:
                if "Retry-After" not in koppen or velden["tekst"] not in html.unescape(pagina):
                    self.fout("a 503 without Retry-After or without the text")
                time.sleep(0.05)
            else:
                self.fout(f"an answer {status} without a receipt")
                return

    def noteer(self, wat):
        with self.slot:
            self.statussen[wat] += 1

    def fout(self, wat):
        with self.slot:
            self.fouten.append(wat)

    def draai(self):
        with ThreadPoolExecutor(KLANTEN) as klanten:
            list(klanten.map(self.stuur, self.formulieren))


def moordenaar(web, server, klaar: threading.Event, doden: Counter):
    """Kills the web server and PostgreSQL in turn, and starts what it killed, until `klaar`."""
    for slachtoffer in cycle(["web", "postgres", "web"]):
        if klaar.wait(MOORD_NA):
            return
        if slachtoffer == "web":
            web.dood()
            web.start()
            web.wacht()
        else:
            os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            time.sleep(0.5)
            server.start()
        doden[slachtoffer] += 1


def formulieren(aantal):
    """So many filled in forms, each opened a minute ago. Needs the settings of the portal under test."""
    begin = int(time.time()) - 60
    return [
        {
            "bewijs": signing.dumps([uuid.uuid4().hex, begin], salt=ZOUT),
            "tekst": f'Ik kan "de huur" van maand {nummer} & het <water> niet betalen.',
            "antwoordwijze": "hier",
            "akkoord": "on",
            "stuur": "",
        }
        for nummer in range(aantal)
    ]


def controleer(proef, web, server):
    """Compares what was acknowledged with what is in the database; gives the broken promises."""
    fouten = list(dict.fromkeys(proef.fouten))
    if len(proef.codes) < len(proef.formulieren):
        fouten.append(f"only {len(proef.codes)} of {len(proef.formulieren)} forms got a receipt in time")
    per_formulier = Counter(rij[0].replace("-", "") for rij in rijen(server, GESTELD))
    bevestigd = [signing.loads(bewijs, salt=ZOUT)[0] for bewijs in proef.codes]
    kwijt = [formulier for formulier in bevestigd if per_formulier[formulier] == 0]
    dubbel = [formulier for formulier in bevestigd if per_formulier[formulier] > 1]
    fouten += [f"{len(kwijt)} acknowledged questions are lost"] * bool(kwijt)
    fouten += [f"{len(dubbel)} questions are in the database more than once"] * bool(dubbel)
    bevestigde = [velden for velden in proef.formulieren if velden["bewijs"] in proef.codes]
    for velden in bevestigde[:: max(1, len(bevestigde) // 100)]:
        code = CODE.search(web.post(velden)[2])
        if not code or code[1] != proef.codes[velden["bewijs"]]:
            fouten.append("the same form again gives another receipt")
            break
    return fouten


def tegelijk(web, server):
    """Fifty times the same form at the same moment; gives the broken promises."""
    (velden,) = formulieren(1)
    voor = len(rijen(server, GESTELD))
    with ThreadPoolExecutor(TEGELIJK) as klanten:
        antwoorden = list(klanten.map(lambda _: web.post(velden), range(TEGELIJK)))
    codes = {code[1] for _, _, pagina in antwoorden if (code := CODE.search(pagina))}
    statussen = {status for status, _, _ in antwoorden}
    nieuw = len(rijen(server, GESTELD)) - voor
    print(f"V4  {TEGELIJK} identical posts at once: {nieuw} question, {len(codes)} receipt")
    return [] if (len(codes), statussen, nieuw) == (1, {200}, 1) else [f"V4: {nieuw} {codes} {statussen}"]


def main():
    begin = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # so that what was started is stopped
    with tempfile.TemporaryDirectory(prefix="crash-") as map_:
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
    print(f"{time.monotonic() - begin:.0f} s")
    for fout in fouten:
        print(f"BROKEN: {fout}")
    return 1 if fouten else 0


def speel(web, server):
    for opdracht in (["migrate"], ["collectstatic", "--noinput"]):
        subprocess.run([sys.executable, "manage.py", *opdracht, "--verbosity=0"], cwd=CHECKOUT, check=True)
    rijen(server, HUIS)
    web.start()
    web.wacht()
    proef, klaar, doden = Proef(web, formulieren(AANTAL), time.monotonic() + TIJD), threading.Event(), Counter()
    dader = threading.Thread(target=moordenaar, args=(web, server, klaar, doden))
    dader.start()
    begin = time.monotonic()
    proef.draai()
    duur = time.monotonic() - begin
    klaar.set()
    dader.join()
    web.wacht()
    print(f"V1  {len(proef.codes)} of {AANTAL} questions acknowledged in {duur:.0f} s, {KLANTEN} clients,"
          f" killed: web {doden['web']}, PostgreSQL {doden['postgres']}")  # fmt: skip
    print("V2  " + ", ".join(f"{wat}: {keer}" for wat, keer in sorted(proef.statussen.items(), key=str)))
    return controleer(proef, web, server) + tegelijk(web, server)


if __name__ == "__main__":
    sys.exit(main())
