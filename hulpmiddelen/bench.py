"""`make bench`: how well and how fast, in one table, kept in docs/metingen.md.

Makes a database of its own on the embedded PostgreSQL (or that of DATABASE_URL) and drops it at the end. VRAGEN=1000000 and
DIENSTEN=100000 say how large it becomes. Nothing else should run on the machine; the load at the start is printed.
"""

import json
import os
import platform
import random
import re
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from urllib.parse import quote, urlencode

import django
import psycopg2
from django.conf import settings

from hulpmiddelen import meet_balie, meet_beheer, meet_verschil, meet_vraag
from hulpmiddelen.devpg import Server

HIER = Path(__file__).resolve().parent.parent
METINGEN = HIER / "docs" / "metingen.md"
BEGIN, EINDE = "<!-- bench: begin -->", "<!-- bench: end -->"
NAAM = "sociaalhuis_bench"
KLEIN = 10_000


def verbinding(databank):
    velden = settings.DATABASES["default"]
    return psycopg2.connect(
        host=velden["HOST"], port=velden["PORT"] or None, user=velden["USER"], password=velden["PASSWORD"] or None,
        dbname=databank,
    )  # fmt: skip


def op_server(*opdrachten, databank="postgres"):
    kanaal = verbinding(databank)
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


def een_plan(aantal=1000):
    """Rows of the table about a plan of so many actions, and about the difference of two versions of it."""
    klaar = subprocess.run(
        [sys.executable, "manage.py", "meet_plan", str(aantal), "--json"],
        cwd=HIER, env=omgeving(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    rijen = [
        rij(f"{naam}, {aantal:,} actions", f"{tijden['klok']:.0f} ms" + (f", {vragen} queries" if vragen else "") + (f", {meer}" if meer else ""))
        for naam, tijden, vragen, meer in json.loads(klaar.stdout.splitlines()[-1])
    ]  # fmt: skip
    loting = random.Random(7)
    oud = meet_verschil.momentopname(aantal, loting)
    (_, pagina), _ = meet_verschil.meet(
        oud, meet_verschil.verander(oud, 1, loting), import_module("plan.verschil").vergelijk
    )
    return [
        *rijen,
        rij(f"difference of two versions with its page, all {aantal:,} actions changed", f"{pagina} ms", "500 ms"),
    ]


def indienen():
    """Questions registered by the real web server: (what `meet_vraag` measured, its clients against a server that does nothing).

    Stops when not every answer is a question in the database.
    """
    voor = aantal_vragen()
    gemeten = meet_vraag.meet(omgeving(), processor_van_databank())
    bewaard = aantal_vragen() - voor
    if bewaard != gemeten.gesteld:
        sys.exit(f"{gemeten.gesteld} receipts, but {bewaard} questions kept")
    return gemeten, meet_vraag.plafond(omgeving())


def processor_van_databank():
    """The process number of PostgreSQL, when it is ours."""
    pid = Server().data / "postmaster.pid"
    return None if os.environ.get("DATABASE_URL") or not pid.exists() else int(pid.read_text().split()[0])


def aantal_vragen():
    kanaal = verbinding(NAAM)
    with kanaal.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM loket_vraag")
        aantal = cursor.fetchone()[0]
    kanaal.close()
    return aantal


def balie():
    """The desk over HTTP, see `meet_balie`; nothing of making the rows is still going on."""
    op_server("VACUUM (ANALYZE)", "CHECKPOINT", databank=NAAM)
    return meet_balie.meet(omgeving(), meet("balie"))


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


def tabel(bord, kwaliteit, snel, klein, groot, gesteld, diensten, van_het_plan):
    regels = [f"Measured by `make bench` on {bord}.", "", "| | measured | wanted |", "|---|---|---|"]
    for naam, maten in kwaliteit.items():
        regels.append(rij(f"search: {naam}", f"MRR@20 {maten['MRR@20']:.3f}, hit@3 {maten['hit@3']:.3f}", "hit@3 0.85"))
    woorden, betekenis = snel["woorden"], snel["betekenis"]
    regels += [
        rij(f"search by words, {diensten:,} services", f"median {woorden['mediaan']:.0f} ms, p95 {woorden['p95']:.0f} ms", "p95 50 ms"),
        rij("the same, against its SQL alone", f"{snel['woorden tegen SQL']:.2f} times", "1.3"),
        rij("search by meaning, extra", f"median {betekenis['mediaan']:.0f} ms, p95 {betekenis['p95']:.0f} ms", "150 ms"),
    ]  # fmt: skip
    for naam, wens in (("inbox", "30 ms"), ("by reference", "30 ms"), ("a case", "20 ms, 12 queries")):
        een, ander = klein[naam], groot[naam]
        processor = f", {ander['processor']:.1f} ms of processor" if ander["processor"] else ""
        waarde = (
            f"p95 {een['p95']:.1f} and {ander['p95']:.1f} ms ({ander['p95'] / een['p95']:.2f} times), median"
            f" {een['mediaan']:.1f} and {ander['mediaan']:.1f}{processor}, {een['vragen aan de databank']} and"
            f" {ander['vragen aan de databank']} queries"
        )
        regels.append(
            rij(f"{naam}, {klein['vragen']:,} and {groot['vragen']:,} questions", waarde, f"{wens}, 1.2 times")
        )
    gemeten, plafond = gesteld
    regels += [
        rij(f"questions registered, {meet_vraag.KLANTEN} clients", str(gemeten), "460 a second"),
        rij("those clients against a page that does nothing", f"{plafond.per_seconde:.0f} a second"),
        *van_het_plan,
    ]
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


def stap(naam, begin):
    """Says what is done now, for who waits."""
    print(f"{time.monotonic() - begin:4.0f} s  {naam}", file=sys.stderr, flush=True)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociaalhuis.settings")
    django.setup()
    vragen, diensten = int(os.environ.get("VRAGEN", 1_000_000)), int(os.environ.get("DIENSTEN", 100_000))
    if vragen <= KLEIN or diensten < 1:
        sys.exit(f"Give more than VRAGEN={KLEIN} and at least DIENSTEN=1.")
    bord, begin = machine(), time.monotonic()
    op_server(f"DROP DATABASE IF EXISTS {NAAM} WITH (FORCE)", f"CREATE DATABASE {NAAM}")
    try:
        stap("tables and the demo town", begin)
        beheer("migrate", "-v0")
        beheer("collectstatic", "--noinput", "-v0")
        beheer("laad_wilgenbeke")
        beheer("betekenis")
        stap("quality of search", begin)
        kwaliteit = meet("zoekproef")
        stap(f"the desk with {KLEIN:,} questions", begin)
        beheer("maak_veel", "--vragen", str(KLEIN))
        klein = balie()
        stap("a plan of a thousand actions", begin)
        van_het_plan = een_plan()
        stap("the same in the admin", begin)
        van_het_plan += [rij(*delen) for delen in meet_beheer.tabelrijen(meet_beheer.in_omgeving(omgeving()))]
        stap("asking questions", begin)
        gesteld = indienen()
        stap(f"making {diensten:,} services and {vragen:,} questions", begin)
        beheer("maak_veel", "--diensten", str(diensten), "--vragen", str(vragen - KLEIN))
        stap("the desk with all of them", begin)
        groot = balie()
        stap("speed of search", begin)
        uitslag = tabel(bord, kwaliteit, meet("zoeken"), klein, groot, gesteld, diensten, van_het_plan)
    finally:
        op_server(f"DROP DATABASE IF EXISTS {NAAM} WITH (FORCE)")
    bewaar(uitslag)
    stap("kept in docs/metingen.md", begin)
    print(uitslag)


if __name__ == "__main__":
    main()
