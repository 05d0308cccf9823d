"""The loop of the worker: does tasks while there is work, and otherwise waits for a sign of the database.

A task is a callable `volgende() -> bool`: does one bounded piece of work, True when there may be more. Work is known
by rows in the database, so nothing is lost when a worker dies. `NOTIFY sociaalhuis_post` wakes all workers.
"""

import logging
import os
import select
import signal
import socket
import time
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from sociaalhuis import begrenzing
from sociaalhuis.models import Hartslag

logger = logging.getLogger(__name__)

KANAAL = "sociaalhuis_post"
HARTSLAG_ELKE, OPRUIMEN_ELKE = 10, 3600  # seconds
RUST = 2.0  # seconds between two looks without a sign: for mails whose wait is over
RUST_NA_FOUT = 30.0


class AfEnToe:
    """Calls a function at most once in so many seconds."""

    def __init__(self, elke, functie):
        self.elke, self.functie, self.daarna = elke, functie, 0.0

    def __call__(self) -> bool:
        if time.monotonic() >= self.daarna:
            self.functie()
            self.daarna = time.monotonic() + self.elke
        return False


def klop():
    """One sign of life of this process."""
    naam = f"werker {socket.gethostname()[:40]} {os.getpid()}"
    Hartslag.objects.update_or_create(naam=naam, defaults={"op": timezone.now()})


def ruim_op():
    """Deletes what is over: counted tries, sessions, heartbeats of workers that are gone."""
    begrenzing.ruim_op()
    SessionStore.clear_expired()
    Hartslag.objects.filter(op__lt=timezone.now() - timedelta(days=1)).delete()


class Werker:
    """Runs tasks until `stop`. Survives errors of a task, and a database that goes away."""

    def __init__(self):
        self.gestopt = False
        self.lezen, self.wekken = os.pipe()
        self.rust_tot = {}  # task -> moment before which it rests, after an error
        self.luistert_op = None  # the connection that LISTEN was said on

    def stop(self, *_):
        """Ends after the piece of work that is going on (also as a signal handler)."""
        self.gestopt = True
        os.write(self.wekken, b"x")

    def luister_naar_signalen(self):
        for teken in (signal.SIGTERM, signal.SIGINT):
            signal.signal(teken, self.stop)

    def werk(self, taken):
        """Does the tasks until stopped."""
        taken = [AfEnToe(HARTSLAG_ELKE, klop), AfEnToe(OPRUIMEN_ELKE, ruim_op), *taken]
        wacht = 0.1
        while not self.gestopt:
            try:
                self.luister()
                if not self.ronde(taken):
                    self.slaap(RUST)
                wacht = 0.1
            except (OperationalError, InterfaceError) as fout:
                logger.warning("database away (%s), again in %.1f s", type(fout).__name__, wacht)
                connection.close()
                self.luistert_op = None
                select.select([self.lezen], [], [], wacht)
                wacht = min(wacht * 2, 5.0)

    def ronde(self, taken) -> bool:
        """Each task once; True when one of them may have more to do."""
        meer = False
        for taak in taken:
            if self.gestopt or time.monotonic() < self.rust_tot.get(taak, 0):
                continue
            try:
                meer = taak() or meer
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                logger.exception("a task failed and rests for %.0f s", RUST_NA_FOUT)
                self.rust_tot[taak] = time.monotonic() + RUST_NA_FOUT
        return meer

    def luister(self):
        connection.ensure_connection()
        if self.luistert_op is not connection.connection:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {KANAAL}")
            self.luistert_op = connection.connection

    def slaap(self, hoogstens):
        """Until a sign of the database, a signal, or so many seconds."""
        verbinding = connection.connection
        if not verbinding.notifies:
            select.select([verbinding, self.lezen], [], [], hoogstens)
            try:
                verbinding.poll()
            except Exception as fout:  # psycopg2's own error: Django wraps only what goes through a cursor
                raise OperationalError from fout
        verbinding.notifies.clear()
