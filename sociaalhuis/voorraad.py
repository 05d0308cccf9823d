"""The front cache: whole public pages, kept in the process, in front of Django.

A WSGI wrapper. Every request but those for static files asks the database once for the version of everything public
(`sociaalhuis.versie`). A page without any of our cookies is kept under that number, so an edit shows at once, in
every process on every machine, without a message between them. The number also goes on to Django, which then need
not ask. The same question finds a broken connection and mends it, so Django needs no health checks.

What it may keep: an answer 200 to a plain GET, without Set-Cookie, not `no-store` or `private`, that does not vary on
cookies. At most 30 seconds and never past the minute, because pages say whether the house is open *now*. Compressed
once, and with an ETag.

When the database is away nothing is served from here: the number cannot be asked, so nobody can know whether a page is
still true. The request goes on to Django, which answers 503. See docs/besluiten/0002-voorraad.md.
"""

import gzip
import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

import psycopg2
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

VRAAG = "SELECT nummer FROM sociaalhuis_publiekeversie WHERE id = 1"
HOUDBAAR = 30.0  # seconds at most
MEEST = 48 * 1024 * 1024  # bytes of all pages in one process
MEEST_PER_STUK = 512 * 1024
KLEIN = 500  # bytes below which compressing does not help
SOORTEN = (
    "text/",
    "application/xml",
    "application/atom+xml",
    "application/json",
    "application/ld+json",
    "image/svg+xml",
)


# --- the number ---------------------------------------------------------------------------------


def vraag_nummer():
    """The version now, by one raw query on the connection that Django will use; None when it cannot be asked."""
    verbinding = connections["default"]
    if verbinding.in_atomic_block:
        return None
    for _ in range(2):  # the second time on a fresh connection, after the server was restarted
        nieuw = verbinding.connection is None
        try:
            verbinding.ensure_connection()
            with verbinding.connection.cursor() as cursor:
                cursor.execute(VRAAG)
                rij = cursor.fetchone()
            return rij[0] if rij else None
        except (psycopg2.Error, DatabaseError, InterfaceError):
            verbinding.close()
            if nieuw:
                return None
    return None


def houdbaar_tot():
    """Until when (on the monotonic clock) something made now may be kept: what opens at nine shows as open at nine."""
    return time.monotonic() + min(HOUDBAAR, 60 - time.time() % 60)


class Kort:
    """Small things that may be kept for a while under the version: what was made, by what it depends on."""

    MEEST = 1000

    def __init__(self):
        self.stand = (0, {})  # replaced as a whole, so a thread never sees things of another number

    def neem(self, nummer, sleutel, maak):
        """What was kept under this number and key; otherwise what `maak()` gives. Keeps nothing under 0."""
        if not nummer:
            return maak()
        voor, bewaard = self.stand
        if voor != nummer or len(bewaard) > self.MEEST:
            bewaard = {}
            self.stand = (nummer, bewaard)
        wat, tot = bewaard.get(sleutel, (None, 0))
        if tot < time.monotonic():
            wat = maak()
            bewaard[sleutel] = (wat, houdbaar_tot())
        return wat


# --- what is kept -------------------------------------------------------------------------------


@dataclass(slots=True)
class Pagina:
    """One answer, ready to be sent, as it is and compressed."""

    nummer: int
    tot: float
    etag: str
    koppen: list
    inhoud: bytes
    gzip: bytes | None

    @property
    def omvang(self):
        return len(self.inhoud) + len(self.gzip or b"") + 1024

    def antwoord(self, environ, start_response):
        koppen = self.koppen
        if self.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", [kop for kop in koppen if kop[0] != "Content-Type"])
            return []
        inhoud = self.inhoud
        if self.gzip and aanvaardt_gzip(environ):
            inhoud = self.gzip
            koppen = [*koppen, ("Content-Encoding", "gzip")]
        start_response("200 OK", [*koppen, ("Content-Length", str(len(inhoud)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [inhoud]


GEEN = re.compile(r"gzip;q=0(\.0*)?$")


def aanvaardt_gzip(environ):
    """Whether the browser takes gzip; with a quality of zero it does not."""
    keuzes = environ.get("HTTP_ACCEPT_ENCODING", "").replace(" ", "").split(",")
    return any(keuze == "gzip" or (keuze.startswith("gzip;") and not GEEN.match(keuze)) for keuze in keuzes)


def maak(nummer, koppen, inhoud):
    """A `Pagina` from the headers and the body of an answer."""
    etag = f'W/"{blake2b(inhoud, digest_size=12).hexdigest()}"'
    koppen = [kop for kop in koppen if kop[0] not in ("Content-Length", "ETag", "Vary")]
    koppen += [("ETag", etag), ("Vary", "Accept-Encoding")]
    klein = gzip.compress(inhoud, 6, mtime=0) if len(inhoud) >= KLEIN else None
    return Pagina(nummer, houdbaar_tot(), etag, koppen, inhoud, klein)


def is_te_bewaren(status, koppen):
    """Whether an answer is the same for everyone who asks without a cookie."""
    if not status.startswith("200"):
        return False
    namen = {naam.lower(): waarde.lower() for naam, waarde in koppen}
    return (
        "set-cookie" not in namen
        and "content-encoding" not in namen
        and "content-disposition" not in namen
        and not any(woord in namen.get("cache-control", "") for woord in ("no-store", "private"))
        and not any(woord in namen.get("vary", "") for woord in ("cookie", "*"))
        and namen.get("content-type", "").startswith(SOORTEN)
    )


class Kast:
    """Pages by key, at most so many bytes; the page that was asked for longest ago goes first."""

    def __init__(self, meest=MEEST):
        self.meest, self.omvang = meest, 0
        self.paginas = OrderedDict()
        self.slot = threading.Lock()

    def neem(self, sleutel, nummer):
        """The page, if it is kept under this number and not too old; else None."""
        pagina = self.paginas.get(sleutel)
        if pagina is None or pagina.nummer != nummer or pagina.tot < time.monotonic():
            return None
        with self.slot:
            if sleutel in self.paginas:
                self.paginas.move_to_end(sleutel)
        return pagina

    def leg(self, sleutel, pagina):
        with self.slot:
            oud = self.paginas.pop(sleutel, None)
            self.omvang += pagina.omvang - (oud.omvang if oud else 0)
            self.paginas[sleutel] = pagina
            while self.omvang > self.meest:
                _, weg = self.paginas.popitem(last=False)
                self.omvang -= weg.omvang


# --- the wrapper --------------------------------------------------------------------------------


class Voorraad:
    """Wraps Django's application."""

    def __init__(self, app, kast=None):
        self.app, self.kast = app, kast or Kast()
        self.cookies = tuple(f"{n}=" for n in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"))

    def sleutel_van(self, environ):
        """The key of a plain reading without our cookies; None for every other request."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        cookies = environ.get("HTTP_COOKIE")
        if cookies and any(naam in cookies for naam in self.cookies):
            return None
        if "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ:
            return None
        return (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_X_FORWARDED_PROTO", "") if settings.SECURE_PROXY_SSL_HEADER else "",
            environ.get("HTTP_HOST", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            environ.get("HTTP_HX_REQUEST", ""),
        )

    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO", "").startswith(settings.STATIC_URL):
            return self.app(environ, start_response)
        nummer = vraag_nummer()
        if not nummer:
            return self.app(environ, start_response)
        environ["sociaalhuis.versie"] = nummer
        sleutel = self.sleutel_van(environ)
        if sleutel is None:
            return self.app(environ, start_response)
        pagina = self.kast.neem(sleutel, nummer)
        if pagina:
            return pagina.antwoord(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.app(environ, start_response)
        return self.vraag_en_bewaar(sleutel, nummer, environ, start_response)

    def vraag_en_bewaar(self, sleutel, nummer, environ, start_response):
        begin = []

        def onthoud(status, koppen, exc_info=None):
            begin[:] = [status, koppen]

        antwoord = self.app(environ, onthoud)
        status, koppen = begin
        if not is_te_bewaren(status, koppen) or getattr(antwoord, "streaming", False):
            start_response(status, koppen)
            return antwoord
        try:
            inhoud = b"".join(antwoord)
        finally:
            antwoord.close()
        if len(inhoud) > MEEST_PER_STUK:
            start_response(status, koppen)
            return [inhoud]
        pagina = maak(nummer, koppen, inhoud)
        self.kast.leg(sleutel, pagina)
        return pagina.antwoord(environ, start_response)
