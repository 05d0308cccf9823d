"""`make run`: the whole portal on this machine, from the database to the web address.

In order: the port is free, PostgreSQL runs (`devpg`, or DATABASE_URL), tables, demo town and static files are what
the code wants (`voorbereiding`); then granian and the worker as children, until one dies or somebody stops us.

What was started here is stopped here, on Ctrl-C, SIGTERM or a closed terminal: web server, worker, and the database
when nobody else uses it. On Linux the children also end when this process is killed. While we run we hold a lock on
`.data/run-<port>`, which names our pid: `make stop` finds us by the lock, so never a stranger by a stale pid.

The web server is the one of production: granian, 2 processes. Django keeps one database connection per thread
(CONN_MAX_AGE), and granian's threads live on between requests, so those connections are the pool.
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from psycopg2.extensions import make_dsn

from hulpmiddelen.devpg import CHECKOUT, DATABASE, POORT, DevpgFout, Server
from hulpmiddelen.voorbereiding import DATA, bereid_voor, datamap, demo_accounts

STOPPEN = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRANIAN = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--blocking-threads-idle-timeout", "600"]
GRANIAN += ["--http", "1", "--no-ws", "--workers-kill-timeout", "3", "--log-level", "warning"]
WACHTWOORD = "wilgenbeke-demo"
PR_SET_PDEATHSIG = 1


def gekozen_poort() -> int:
    keuze = os.environ.get("PORT") or "8000"
    if not keuze.isdecimal() or not 0 < int(keuze) < 65536:
        sys.exit(f"PORT={keuze} is geen poort. Kies een getal, bijvoorbeeld: make run PORT=8001")
    return int(keuze)


def is_vrij(poort: int) -> bool:
    with socket.socket() as deur:
        deur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            deur.bind(("127.0.0.1", poort))
        except PermissionError:
            sys.exit(f"Poort {poort} mag alleen root gebruiken. Kies een andere: make run PORT=8001")
        except OSError:
            return False
    return True


@contextlib.contextmanager
def ingeschreven(poort: int):
    """The port is ours: free, and `.data/run-<port>` locked with our pid in it, for `make stop`."""
    bezet = f"Poort {poort} is al in gebruik. Kies een andere (make run PORT={poort % 65535 + 1})"
    pad = DATA / f"run-{poort}"
    with open(pad, "a+") as bestand:
        try:
            fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"{bezet} of stop dit portaal (make stop).")
        try:
            # A portal that was killed left its note behind, and its web server may need some seconds to go.
            tot = time.monotonic() + (8 if bestand.tell() else 0)
            while not is_vrij(poort):
                if time.monotonic() >= tot:
                    sys.exit(f"{bezet}.")
                time.sleep(0.1)
            bestand.truncate(0)
            bestand.write(str(os.getpid()))
            bestand.flush()
            yield
        finally:
            pad.unlink(missing_ok=True)


# --- running --------------------------------------------------------------------------------------


def sterf_mee():
    """In the child, on Linux: a SIGTERM when the parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def kind(*opdracht) -> subprocess.Popen:
    """A child in a session of its own: Ctrl-C reaches only us, and we end the child in order."""
    return subprocess.Popen([sys.executable, *opdracht], cwd=CHECKOUT, start_new_session=True, preexec_fn=sterf_mee)


def wacht_tot_gezond(adres, kinderen) -> str:
    """Wait for the first healthy answer, and return what is wrong when it is still 503 (mail that stays) after a while.

    No answer or 503 means not yet; any other refusal means never.
    """
    tot, antwoord = time.monotonic() + 30, ""
    while time.monotonic() < tot:
        controleer(kinderen)
        try:
            with urllib.request.urlopen(f"{adres}/gezond/", timeout=5):
                return ""
        except urllib.error.HTTPError as fout:
            antwoord = f"{fout.code} {fout.reason}"
            if fout.code != 503:
                break
        except OSError:
            pass
        time.sleep(0.1)
    if antwoord.startswith("503"):
        return f"  Let op: nog niet alles is in orde, zie {adres}/gezond/\n"
    raise SystemExit(f"Het portaal wordt niet gezond: {adres}/gezond/ zegt {antwoord or 'niets'}. Alles stopt nu.")


def controleer(kinderen):
    for naam, proces in kinderen.items():
        if proces.poll() is not None:
            raise SystemExit(f"{naam} is gestopt (code {proces.returncode}). De rest stopt nu ook.")


def stop(kinderen):
    """End the children and theirs. The SIGTERM is repeated: a worker of granian that is still importing misses one."""
    tot = time.monotonic() + 10
    lopend = list(kinderen.values())
    while lopend and time.monotonic() < tot:
        for proces in lopend:
            groep(proces, signal.SIGTERM)
        time.sleep(0.1)
        lopend = [proces for proces in lopend if proces.poll() is None]
    for proces in kinderen.values():
        groep(proces, signal.SIGKILL)  # what is left of it, such as the workers of a killed granian
        proces.wait()


def groep(proces, teken):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(proces.pid, teken)


def welkom(adres, accounts) -> str:
    regels = ["", f"  Het Sociaal Huis staat klaar: {adres}", ""]
    if accounts:
        regels += [f"  Demo-accounts, allemaal met wachtwoord {WACHTWOORD} (aanmelden: {adres}/account/login/)"]
        regels += [f"    {email:36} {rollen}" for email, rollen in accounts]
    regels += ["", f"  Uitgaande mail: {datamap() / 'post'} en {adres}/demo/post/", "  Stoppen: Ctrl-C", ""]
    return "\n".join(regels)


def main():
    poort = gekozen_poort()
    os.environ.setdefault("MAIL_ONTVANGER", "mx.wilgenbeke.example")  # as the mails of the demo town say
    os.environ.update(DEMO="1", PORT=str(poort), DJANGO_SETTINGS_MODULE="sociaalhuis.settings")
    for teken in STOPPEN:
        if teken != signal.SIGHUP or signal.getsignal(teken) != signal.SIG_IGN:  # nohup keeps its meaning
            signal.signal(teken, signal.default_int_handler)
    server = Server()
    server.maak_map()
    with ingeschreven(poort):
        kinderen, gestart = {}, False
        try:
            dsn = os.environ.get("DATABASE_URL")
            if not dsn:
                gestart = server.start()
                dsn = make_dsn(host=str(server.socketmap), port=POORT, user="postgres", dbname=DATABASE)
            draai(poort, dsn, kinderen)
        except KeyboardInterrupt:
            print("\nStoppen ...", flush=True)
        except DevpgFout as fout:
            sys.exit(str(fout))
        finally:
            for teken in STOPPEN:
                signal.signal(teken, signal.SIG_IGN)
            stop(kinderen)
            if gestart and not server.stop(alleen_ongebruikt=True) and server.luistert():
                print("PostgreSQL blijft draaien, want iemand anders gebruikt hem. Stoppen kan met: make stop")


def draai(poort, dsn, kinderen):
    """Prepare, start the children, say where it is, and stay until one of them ends."""
    adres = f"http://127.0.0.1:{poort}"
    bereid_voor(dsn)
    web = ["-m", "granian", *GRANIAN, "--host", "127.0.0.1", "--port", str(poort), "sociaalhuis.wsgi:application"]
    kinderen["De webserver"] = kind(*web)
    kinderen["De werker"] = kind("manage.py", "werker")
    let_op = wacht_tot_gezond(adres, kinderen)
    print(welkom(adres, demo_accounts(dsn)) + let_op, flush=True)
    while True:
        controleer(kinderen)
        time.sleep(0.2)


def stop_alles():
    """`make stop`: every portal of this checkout that runs, and the database."""
    for pad in DATA.glob("run-*"):
        with open(pad) as bestand:
            try:
                fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
                pad.unlink()  # left behind by a portal that was killed
            except BlockingIOError:
                os.kill(int(bestand.read()), signal.SIGTERM)
                fcntl.flock(bestand, fcntl.LOCK_EX)
                print(f"Het portaal op poort {pad.name.removeprefix('run-')} is gestopt.")
    if DATA.exists():
        Server().stop()


if __name__ == "__main__":
    stop_alles() if sys.argv[1:] == ["stop"] else main()
