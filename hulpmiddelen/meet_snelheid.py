"""`make meet-snelheid`: how fast the portal is, next to bare Django on the same web server, in the same run.

Needs `wrk`, and a database with the demo town (`make run` once). Starts three granians on 127.0.0.1: bare Django, the
portal, and the portal without its front cache. Prints a table; fails when a target is missed:
- warm (from the front cache): at least 0.9 of a bare constant page;
- cold (without the front cache): at least half of a bare page with one query.
The rounds alternate and the best counts, so a busy moment of the machine touches all of them alike.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

GRANIAN = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--http", "1", "--log-level", "error"]
SECONDEN, RONDES = 3, 3
DIENST = "/loket/diensten/leefloon/"
# name -> (server, path, what it must reach of which other)
METINGEN = {
    "kaal, vast antwoord": ("kaal", "/vast/", None),
    "kaal, constant": ("kaal", "/constant/", None),
    "kaal, een vraag": ("kaal", "/vraag/", None),
    "warm, startpagina": ("portaal", "/", (0.9, "kaal, constant")),
    "warm, dienst": ("portaal", DIENST, (0.9, "kaal, constant")),
    "koud, startpagina": ("koud", "/", (0.5, "kaal, een vraag")),
    "koud, dienst": ("koud", DIENST, (0.5, "kaal, een vraag")),
}
APPS = {
    "kaal": ("hulpmiddelen.meet_wsgi:application", {"MEET": "kaal"}),
    "portaal": ("sociaalhuis.wsgi:application", {}),
    "koud": ("hulpmiddelen.meet_wsgi:application", {}),
}


def vrije_poort():
    with socket.socket() as deur:
        deur.bind(("127.0.0.1", 0))
        return deur.getsockname()[1]


def start(app, omgeving):
    poort = vrije_poort()
    opdracht = [sys.executable, "-m", "granian", *GRANIAN, "--port", str(poort), app]
    return subprocess.Popen(opdracht, env={**os.environ, **omgeving}), f"http://127.0.0.1:{poort}"


def wacht_op(url):
    """Until the page answers 200; stops with what it answered otherwise."""
    tot, antwoord = time.monotonic() + 60, ""
    while time.monotonic() < tot:
        try:
            with urllib.request.urlopen(url, timeout=5) as pagina:
                return len(pagina.read())
        except OSError as fout:
            antwoord = fout
        time.sleep(0.2)
    sys.exit(f"{url} does not answer: {antwoord}")


def meet(url):
    """Requests per second and p99 in ms; stops when an answer was not 200."""
    uit = subprocess.run(
        ["wrk", "-t2", "-c16", f"-d{SECONDEN}s", "--latency", url], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in uit or "Socket errors" in uit:
        sys.exit(f"{url}\n{uit}")
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", uit)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", uit)[1]), float(p99[1]) * {"us": 0.001, "ms": 1, "s": 1000}[
        p99[2]
    ]


def main():
    if not shutil.which("wrk"):
        sys.exit("meet-snelheid needs wrk: sudo apt install wrk")
    servers = {naam: start(*app) for naam, app in APPS.items()}
    try:
        urls = {naam: servers[server][1] + pad for naam, (server, pad, _) in METINGEN.items()}
        for url in urls.values():
            wacht_op(url)
        rondes = [{naam: meet(url) for naam, url in urls.items()} for _ in range(RONDES)]
    finally:
        for proces, _ in servers.values():
            proces.terminate()
        for proces, _ in servers.values():
            proces.wait(10)
    beste = {naam: max(ronde[naam] for ronde in rondes) for naam in METINGEN}
    gemist = 0
    print(f"{'':20} {'per s':>8} {'p99 ms':>8}  doel")
    for naam, (_, _, doel) in METINGEN.items():
        per_seconde, p99 = beste[naam]
        tekst = ""
        if doel:
            deel, ander = doel
            gehaald = per_seconde / beste[ander][0]
            gemist += gehaald < deel
            tekst = f"{gehaald:.2f} x {ander} (nodig {deel}) {'goed' if gehaald >= deel else 'TE TRAAG'}"
        print(f"{naam:20} {per_seconde:8.0f} {p99:8.1f}  {tekst}")
    return 1 if gemist else 0


if __name__ == "__main__":
    sys.exit(main())
