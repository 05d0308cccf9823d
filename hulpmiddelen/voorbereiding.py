"""What must be so before the portal can serve: tables, roles, the demo town, static files.

Knows without starting Django whether something changed, which keeps a second start within seconds. The hash of the
code and the packages stands as a comment on the table of migrations: it goes when the database goes, and an old
database under new code is prepared again (`migrate` also brings the roles up to date). Static files have a stamp
of their own. The work itself is done by the commands of manage.py.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg2

from hulpmiddelen.devpg import CHECKOUT, slot

DATA = CHECKOUT / ".data"
CODE = ["sociaalhuis", "loket", "plan", "participatie", "requirements-dev.txt"]
STAND = "SELECT obj_description('django_migrations'::regclass), EXISTS (SELECT FROM sociaalhuis_gebruiker)"
ACCOUNTS = """
    SELECT g.email, coalesce(string_agg(r.name, ', ' ORDER BY r.name), '')
    FROM sociaalhuis_gebruiker g
    LEFT JOIN sociaalhuis_gebruiker_groups gr ON gr.gebruiker_id = g.id
    LEFT JOIN auth_group r ON r.id = gr.group_id
    WHERE g.email LIKE '%@wilgenbeke.example' GROUP BY g.id ORDER BY g.id
"""


def datamap() -> Path:
    return Path(os.environ.get("DATAMAP") or DATA)


def bereid_voor(dsn: str):
    """Make the database and the files what the code wants; one process at a time."""
    with slot(DATA / "start.lock"):
        code, stijl = stand_van(CODE), stand_van(["static", "requirements-dev.txt"])
        stempel = datamap() / "static.stempel"
        with contextlib.ExitStack() as stapel:
            if not (datamap() / "static").exists() or not stempel.exists() or stempel.read_text() != stijl:
                print("Stijlen en beelden klaarzetten ...", flush=True)
                stijlen = stapel.enter_context(beheer("collectstatic", "--no-input", "--verbosity=0"))
            else:
                stijlen = None
            if vraag(dsn, STAND) != [(code, True)]:
                print("Databank bijwerken ...", flush=True)
                klaar(stapel.enter_context(beheer("migrate", "--no-input", "--verbosity=0")))
                klaar(stapel.enter_context(beheer("laad_wilgenbeke", "--als-leeg")))
                vraag(dsn, f"COMMENT ON TABLE django_migrations IS '{code}'")
            if stijlen:
                klaar(stijlen)
                stempel.write_text(stijl)


def stand_van(plekken) -> str:
    """A hash of name, size and time of the files that decide what is prepared."""
    som = hashlib.sha256()
    for plek in plekken:
        for pad in sorted([CHECKOUT / plek, *(CHECKOUT / plek).rglob("*")]):
            if pad.is_file() and not {"__pycache__", "templates"} & set(pad.parts):
                gegevens = pad.stat()
                som.update(f"{pad} {gegevens.st_size} {gegevens.st_mtime_ns}\n".encode())
    return som.hexdigest()


@contextlib.contextmanager
def beheer(*opdracht):
    """A running command of manage.py, which does not outlive us."""
    with subprocess.Popen([sys.executable, "manage.py", *opdracht], cwd=CHECKOUT) as proces:
        try:
            yield proces
        finally:
            if proces.poll() is None:
                proces.kill()


def klaar(proces):
    if proces.wait():
        sys.exit(f"`{' '.join(proces.args[1:3])}` is mislukt; de melding hierboven zegt waarom.")


def demo_accounts(dsn: str):
    """(e-mail, roles) of every demo account that this database has."""
    return vraag(dsn, ACCOUNTS) or []


def vraag(dsn: str, opdracht: str):
    """The rows, or None when there are no such tables yet or we may not."""
    with contextlib.closing(psycopg2.connect(dsn)) as verbinding:
        verbinding.autocommit = True
        cursor = verbinding.cursor()
        try:
            cursor.execute(opdracht)
        except (psycopg2.errors.UndefinedTable, psycopg2.errors.InsufficientPrivilege):
            return None
        return cursor.fetchall() if cursor.description else None
