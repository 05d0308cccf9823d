"""How many questions a second can be asked: whole requests to the real web server, by clients in a process of their own.

`meet(omgeving)` starts granian as `make run` does, on the database that `omgeving` names, and lets KLANTEN clients post
filled in forms one after the other for SECONDEN, each on a connection that stays open. Every form has a token of its own
that was opened a minute ago, so nothing lands in quarantine; every answer must be a receipt. The same clients against a
server that only says "ok" (`PLAFOND`) show how much of the time is theirs.

On a machine that others use too, questions per second say little. So the processor time of the web server and of
PostgreSQL per question is measured as well (Linux only), which hardly depends on who else is busy.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing

from hulpmiddelen.start import GRANIAN
from sociaalhuis.inzending import ZOUT

HIER = Path(__file__).resolve().parent.parent
SECONDEN, KLANTEN = 8, 8
GEDULD = 60  # seconds for a server to come up; it loads the model of the search too
KOEKJE = "a" * 32  # the token against forged posts: cookie and field agree, as in a browser
PAD = "/loket/vraag/"
PLAFOND = "hulpmiddelen.meet_wsgi:application"  # with MEET=kaal: Django without anything around it
TIK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Uitslag:
    """Questions per second, and milliseconds of processor per question of the three parties (None where unknown)."""

    per_seconde: float
    vragen: int
    gesteld: int  # the same with those of the first seconds, which do not count for the speed
    web: float | None
    databank: float | None
    klant: float

    def __str__(self):
        delen = {"web server": self.web, "PostgreSQL": self.databank, "clients": self.klant}
        tijden = ", ".join(f"{naam} {tijd:.2f} ms" for naam, tijd in delen.items() if tijd is not None)
        return f"{self.per_seconde:.0f} a second ({self.vragen} questions; processor per question: {tijden})"


# --- the clients ----------------------------------------------------------------------------------


def verzoek(poort, pad):
    """One filled in form as bytes on the wire."""
    velden = {
        "csrfmiddlewaretoken": KOEKJE,
        "bewijs": signing.dumps([uuid.uuid4().hex, int(time.time()) - 60], salt=ZOUT),
        "tekst": "Ik kan mijn huur deze maand niet betalen en weet niet wat ik moet doen.",
        "antwoordwijze": "hier",
        "akkoord": "on",
        "stuur": "",
    }
    inhoud = urlencode(velden).encode()
    koppen = [
        f"POST {pad} HTTP/1.1",
        f"Host: 127.0.0.1:{poort}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(inhoud)}",
        f"Cookie: {settings.CSRF_COOKIE_NAME}={KOEKJE}",
    ]
    return "\r\n".join([*koppen, "", ""]).encode() + inhoud


def lees(kanaal):
    """One answer: its first line and its body."""
    ruw = b""
    while b"\r\n\r\n" not in ruw:
        ruw += kanaal.recv(65536) or sys.exit("the server hung up")
    kop, _, inhoud = ruw.partition(b"\r\n\r\n")
    lengte = re.search(rb"(?i)content-length: *(\d+)", kop)
    while len(inhoud) < int(lengte[1]) if lengte else not inhoud.endswith(b"0\r\n\r\n"):  # in pieces without a length
        inhoud += kanaal.recv(65536) or sys.exit("the server hung up")
    return kop.partition(b"\r\n")[0], inhoud


def klant(poort, pad, merk, tot, geteld):
    """Posts forms until `tot`; counts the answers that hold `merk`, and the others by their first line."""
    with closing(socket.create_connection(("127.0.0.1", poort))) as kanaal:
        kanaal.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.monotonic() < tot:
            kanaal.sendall(verzoek(poort, pad))
            regel, inhoud = lees(kanaal)
            geteld.append(b"ok" if merk in inhoud else regel)


def klanten(poort, pad, merk, seconden):
    """The process of the clients: prints how many answers, seconds, and seconds of processor; stops at a wrong answer."""
    settings.configure(SECRET_KEY=os.environ["GEHEIM"], CSRF_COOKIE_NAME="csrf")
    geteld, begin = [], time.monotonic()
    draden = [
        threading.Thread(target=klant, args=(poort, pad, merk.encode(), begin + seconden, geteld))
        for _ in range(KLANTEN)
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    if set(geteld) != {b"ok"}:
        sys.exit(f"other answers than a receipt: {set(geteld)}")
    print(len(geteld), time.monotonic() - begin, time.process_time())


# --- the server -----------------------------------------------------------------------------------


def verbruik(wortel):
    """Seconds of processor of a process and everything it started; None where the system does not tell."""
    if not Path("/proc/self/stat").exists():
        return None
    ouder, tijd = {}, {}
    for pad in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            delen = pad.read_text().rpartition(")")[2].split()
            pid = int(pad.parent.name)
            ouder[pid] = int(delen[1])
            # own time, and for the root also that of children that are gone
            tijd[pid] = sum(map(int, delen[11:15] if pid == wortel else delen[11:13]))
    leden, nieuw = set(), {wortel}
    while nieuw:
        leden |= nieuw
        nieuw = {pid for pid, van in ouder.items() if van in leden} - leden
    return sum(tijd.get(pid, 0) for pid in leden) / TIK


def start(app, omgeving):
    """granian as in production, when it answers; gives the process and its port."""
    with socket.socket() as deur:
        deur.bind(("127.0.0.1", 0))
        poort = deur.getsockname()[1]
    opdracht = [sys.executable, "-m", "granian", *GRANIAN, "--host", "127.0.0.1", "--port", str(poort), app]
    proces = subprocess.Popen(opdracht, cwd=HIER, env=omgeving, start_new_session=True)
    tot = time.monotonic() + GEDULD
    while time.monotonic() < tot and proces.poll() is None:
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection("127.0.0.1", poort, 5)) as lijn,
        ):
            lijn.request("GET", "/vast/" if app == PLAFOND else PAD)
            if lijn.getresponse().status == 200:
                return proces, poort
        time.sleep(0.25)
    stop_groep(proces, signal.SIGKILL)
    sys.exit("the web server does not come up")


def stop_groep(proces, teken):
    """Ends the web server with its workers, and waits until it is gone."""
    with suppress(ProcessLookupError):
        os.killpg(proces.pid, teken)
    proces.wait(10)


def speel(app, pad, merk, omgeving, databank=None, seconden=SECONDEN):
    """One measurement; `databank` is the process number of PostgreSQL, when it runs here."""
    proces, poort = start(app, omgeving)
    opdracht = [sys.executable, "-m", "hulpmiddelen.meet_vraag", str(poort), pad, merk]
    try:
        gesteld = 0
        for duur in (2, seconden):  # the first seconds fill what is kept in the processes
            voor = verbruik(proces.pid), databank and verbruik(databank)
            uit = subprocess.run([*opdracht, str(duur)], cwd=HIER, env=omgeving, capture_output=True, text=True)
            na = verbruik(proces.pid), databank and verbruik(databank)
            if uit.returncode:
                sys.exit(uit.stderr[-2000:])
            gesteld += int(uit.stdout.split()[0])
    finally:
        stop_groep(proces, signal.SIGTERM)
    aantal, tijd, eigen = uit.stdout.split()
    per_vraag = [
        None if een is None else (ander - een) / int(aantal) * 1000 for een, ander in zip(voor, na, strict=True)
    ]
    return Uitslag(int(aantal) / float(tijd), int(aantal), gesteld, *per_vraag, float(eigen) / int(aantal) * 1000)


def meet(omgeving, databank=None):
    """Questions asked and registered; `omgeving` holds DATABASE_URL and DEMO."""
    omgeving = {**omgeving, "GEHEIM": settings.SECRET_KEY}
    return speel("sociaalhuis.wsgi:application", PAD, 'class="bon-code"', omgeving, databank)


def plafond(omgeving):
    """The same clients against a server that does nothing."""
    omgeving = {**omgeving, "GEHEIM": settings.SECRET_KEY, "MEET": "kaal"}
    return speel(PLAFOND, "/vast/", "zoeken", omgeving)


if __name__ == "__main__":
    klanten(int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4]))
