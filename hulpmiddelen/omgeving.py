"""The virtual environment `.venv` with exactly what the lock says, made when it is missing or has changed.

Run by the Makefile with the machine's own Python, so it needs the standard library only, and a Python that is too
old can still read it and say so. The stamp file holds a hash of the lock and of the version of Python in `.venv`:
nothing changed = nothing done. Two commands at once on a fresh checkout wait for each other.
To move to another Python, remove `.venv`.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(CHECKOUT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STEMPEL = os.path.join(VENV, "stempel")
SLOT = os.path.join(CHECKOUT, "requirements-dev.txt")  # holds all of requirements.txt too


def werkt(*opdracht):
    """What this command of the environment's Python prints; nothing when it fails."""
    try:
        return subprocess.run([PYTHON, *opdracht], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    except OSError:
        return b""


def vingerafdruk():
    with open(SLOT, "rb") as bestand:
        return hashlib.sha256(werkt("-V") + bestand.read()).hexdigest()


def is_klaar():
    try:
        with open(STEMPEL) as bestand:
            return bestand.read() == vingerafdruk()
    except OSError:
        return False


def maak_venv():
    """A new virtual environment; Debian keeps what that needs in a package of its own."""
    opdracht = [sys.executable, "-m", "venv", "--clear", VENV]
    uitslag = subprocess.run(opdracht, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if uitslag.returncode and "ensurepip" in uitslag.stdout and os.geteuid() == 0 and shutil.which("apt-get"):
        print("python3-venv installeren ...", flush=True)
        stil = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=stil)
        subprocess.run(["apt-get", "install", "-qqy", "python3-venv"], env=stil, stdout=subprocess.DEVNULL)
        uitslag = subprocess.run(opdracht, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if uitslag.returncode:
        sys.exit("Python kan geen virtuele omgeving maken (op Debian: apt install python3-venv).\n" + uitslag.stdout)


def installeer():
    begin = time.time()
    print("Pakketten installeren, dat gebeurt alleen de eerste keer ...", flush=True)
    if not werkt("-m", "pip", "--version"):
        maak_venv()
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    if subprocess.run([*pip, "-r", SLOT], cwd=CHECKOUT).returncode:
        sys.exit("Installeren is niet gelukt; de melding hierboven zegt waarom. Probeer daarna opnieuw.")
    with open(STEMPEL, "w") as bestand:
        bestand.write(vingerafdruk())
    print(f"Geïnstalleerd in {time.time() - begin:.0f} s.", flush=True)


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is read by the machine's own Python)
        sys.exit(f"Python 3.11 of nieuwer is nodig; dit is {sys.version.split()[0]}. Kies een andere: make PYTHON=...")
    if is_klaar():
        return
    with open(SLOT) as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not is_klaar():
            installeer()


if __name__ == "__main__":
    main()
