"""`make bench`: how well and how fast, in one table, kept in docs/metingen.md.

Makes a database of its own on the embedded PostgreSQL (or that of DATABASE_URL) and drops it at the end. VRAGEN=1000000 and
DIENSTEN=100000 say how large it becomes. Nothing else should run on the machine; the load at the start is printed.
"""

import http.client
import json
import os
import platform
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import django
import psycopg2
from django.conf import settings

from sociaalhuis.inzending import Bewijs

HIER = Path(__file__).resolve().parent.parent
METINGEN = HIER / "docs" / "metingen.md"
BEGIN, EINDE = "<!-- bench: begin -->", "<!-- bench: end -->"
NAAM = "sociaalhuis_bench"
KLEIN = 10_000
SECONDEN, KLANTEN = 8, 8
GRANIAN = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--http", "1", "--log-level", "error"]


def verbinding(databank):
    velden = settings.DATABASES["default"]
    return psycopg2.connect(
        host=velden["HOST"], port=velden["PORT"] or None, user=velden["USER"], password=velden["PASSWORD"] or None,
        dbname=databank,
    )  # fmt: skip


def op_server(*opdrachten):
    kanaal = verbinding("postgres")
    kanaal.autocommit = True
    with kanaal.cursor() as cursor:
        for opdracht in opdrachten:
            cursor.execute(opdracht)
    kanaal.close()


def omgeving():
    velden = settings.DATABASES["default"]
    wie = quote(velden["USER"]) + (f":{quote(velden['PASSWORD'])}" if velden["PASSWORD"] else "")
    url = f"postgresql://{wie}@/{NAAM}?" + urlencode({"host": velden["HOST"]})
    return {**os.environ, "DATABASE_URL": url, "DEMO": "1", "PYTHONPATH": str(HIER)}


def beheer(*opdracht):
    subprocess.run([sys.executable, "manage.py", *opdracht], cwd=HIER, env=omgeving(), check=True)


def meet(wat):
    klaar = subprocess.run(
        [sys.executable, "manage.py", "meet", wat],
        cwd=HIER, env=omgeving(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if klaar.returncode:
        sys.exit(klaar.stderr[-2000:])
    return json.loads(klaar.stdout.splitlines()[-1])


# --- asking questions over HTTP -------------------------------------------------------------------


def stel(poort, tot, geteld):
    """One client: a fresh form for each question is too slow for a measurement, so its token is signed here."""

    kanaal = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
    kanaal.request("GET", "/loket/vraag/")
    antwoord = kanaal.getresponse()
    koek = antwoord.getheader("Set-Cookie", "").split(";")[0]
    penning = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', antwoord.read())[1].decode()
    while time.monotonic() < tot:
        inhoud = urlencode(
            {
                "csrfmiddlewaretoken": penning,
                "bewijs": Bewijs.nieuw(),
                "tekst": "Ik kan mijn huur deze maand niet betalen en weet niet wat ik moet doen.",
                "antwoordwijze": "hier",
                "akkoord": "on",
            }
        )
        kanaal.request(
            "POST", "/loket/vraag/", inhoud,
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": koek, "Referer": "http://127.0.0.1/"},
        )  # fmt: skip
        antwoord = kanaal.getresponse()
        antwoord.read()
        geteld.append(antwoord.status)


def indienen():
    """Questions registered per second by the real web server, by clients that ask one after the other."""
    with socket.socket() as deur:
        deur.bind(("127.0.0.1", 0))
        poort = deur.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *GRANIAN, "--port", str(poort), "sociaalhuis.wsgi:application"],
        cwd=HIER, env=omgeving(),
    )  # fmt: skip
    try:
        for _ in range(120):
            try:
                kanaal = http.client.HTTPConnection("127.0.0.1", poort, timeout=5)
                kanaal.request("GET", "/loket/vraag/")
                kanaal.getresponse().read()
                break
            except OSError:
                time.sleep(0.25)
        time.sleep(4)  # the encoder is loaded in the background
        voor, geteld = aantal_vragen(), []
        begin = time.monotonic()
        klanten = [threading.Thread(target=stel, args=(poort, begin + SECONDEN, geteld)) for _ in range(KLANTEN)]
        for klant in klanten:
            klant.start()
        for klant in klanten:
            klant.join()
        duur = time.monotonic() - begin
    finally:
        server.terminate()
        server.wait(10)
    bewaard = aantal_vragen() - voor
    if set(geteld) != {200} or bewaard != len(geteld):
        sys.exit(f"{len(geteld)} answers {set(geteld)}, but {bewaard} questions kept")
    return bewaard / duur


def aantal_vragen():
    kanaal = verbinding(NAAM)
    with kanaal.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM loket_vraag")
        aantal = cursor.fetchone()[0]
    kanaal.close()
    return aantal


# --- the table ------------------------------------------------------------------------------------


def machine():
    """The processor, cores, Python, PostgreSQL and load, without the name of the host."""
    cpu = platform.machine()
    if Path("/proc/cpuinfo").exists():
        naam = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        cpu = naam[1] if naam else cpu
    kanaal = verbinding("postgres")
    postgres = kanaal.server_version // 10000
    kanaal.close()
    belasting = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return (
        f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {postgres},"
        f" load {belasting} at the start (1.0 is one busy core)"
    )


def rij(naam, waarde, doel=""):
    return f"| {naam} | {waarde} | {doel} |"


def tabel(bord, kwaliteit, snel, klein, groot, per_seconde, diensten):
    regels = [f"Measured by `make bench` on {bord}.", "", "| | measured | wanted |", "|---|---|---|"]
    for naam, maten in kwaliteit.items():
        regels.append(rij(f"search: {naam}", f"MRR@20 {maten['MRR@20']:.3f}, hit@3 {maten['hit@3']:.3f}", "hit@3 0.85"))
    woorden, betekenis = snel["woorden"], snel["betekenis"]
    regels += [
        rij(f"search by words, {diensten:,} services", f"median {woorden['mediaan']:.0f} ms, p95 {woorden['p95']:.0f} ms", "p95 50 ms"),
        rij("the same, against its SQL alone", f"{snel['woorden tegen SQL']:.2f} times", "1.3"),
        rij("search by meaning, extra", f"median {betekenis['mediaan']:.0f} ms, p95 {betekenis['p95']:.0f} ms", "150 ms"),
    ]  # fmt: skip
    for naam, wens in (("inbox", "1.2 times"), ("op referentie", "1.2 times"), ("dossier", "1.2 times, 12 queries")):
        een, ander = klein[naam], groot[naam]
        regels.append(
            rij(
                f"{naam}, {klein['vragen']:,} and {groot['vragen']:,} questions",
                f"p95 {een['p95']:.0f} and {ander['p95']:.0f} ms ({ander['p95'] / een['p95']:.2f} times, by medians"
                f" {ander['mediaan'] / een['mediaan']:.2f}), {een['vragen aan de databank']} and"
                f" {ander['vragen aan de databank']} queries",
                wens,
            )
        )
    regels.append(rij(f"questions registered, {KLANTEN} clients", f"{per_seconde:.0f} a second", "460 a second"))
    return "\n".join(regels)


def bewaar(tekst):
    """Writes the table between its marks in docs/metingen.md; adds them the first time."""
    oud = METINGEN.read_text(encoding="utf-8")
    blok = f"{BEGIN}\n{tekst}\n{EINDE}"
    if BEGIN in oud:
        nieuw = re.sub(f"{re.escape(BEGIN)}.*?{re.escape(EINDE)}", lambda _: blok, oud, flags=re.DOTALL)
    else:
        nieuw = f"{oud.rstrip()}\n\n## Bench\n\n{blok}\n"
    METINGEN.write_text(nieuw, encoding="utf-8")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociaalhuis.settings")
    django.setup()
    vragen, diensten = int(os.environ.get("VRAGEN", 1_000_000)), int(os.environ.get("DIENSTEN", 100_000))
    bord = machine()
    op_server(f"DROP DATABASE IF EXISTS {NAAM} WITH (FORCE)", f"CREATE DATABASE {NAAM}")
    try:
        beheer("migrate", "-v0")
        beheer("collectstatic", "--noinput", "-v0")
        beheer("laad_wilgenbeke")
        beheer("betekenis")
        kwaliteit = meet("zoekproef")
        beheer("maak_veel", "--vragen", str(KLEIN))
        klein = meet("balie")
        per_seconde = indienen()
        beheer("maak_veel", "--diensten", str(diensten), "--vragen", str(vragen - KLEIN))
        uitslag = tabel(bord, kwaliteit, meet("zoeken"), klein, meet("balie"), per_seconde, diensten)
    finally:
        op_server(f"DROP DATABASE IF EXISTS {NAAM} WITH (FORCE)")
    bewaar(uitslag)
    print(uitslag)


if __name__ == "__main__":
    main()
