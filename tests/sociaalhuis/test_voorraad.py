"""The front cache: never old, never someone else's, and out of the way when it cannot know."""

import gzip
import time
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections, connection

from sociaalhuis import voorraad
from sociaalhuis.models import Huis, UitgaandeMail

pytestmark = pytest.mark.django_db(transaction=True)


class Browser:
    """Asks pages of an application as a web server does; counts how often it went through to Django."""

    def __init__(self):
        self.django = WSGIHandler()
        self.keren = 0
        self.voorraad = voorraad.Voorraad(self.tel)

    def tel(self, environ, start_response):
        self.keren += 1
        return self.django(environ, start_response)

    def vraag(self, pad, method="GET", app=None, **environ):
        pad, _, query = pad.partition("?")
        environ = {"PATH_INFO": pad, "QUERY_STRING": query, "REQUEST_METHOD": method, **environ}
        setup_testing_defaults(environ)
        environ["HTTP_HOST"] = environ.get("HTTP_HOST_ECHT", "testserver")
        begin = []
        antwoord = (app or self.voorraad)(environ, lambda status, koppen, exc_info=None: begin.extend([status, koppen]))
        try:
            inhoud = b"".join(antwoord)
        finally:
            getattr(antwoord, "close", lambda: None)()
        return int(begin[0][:3]), dict(begin[1]), inhoud


@pytest.fixture
def browser(huis):
    # as on a real web server: the connection stays open between requests
    request_started.disconnect(close_old_connections)
    yield Browser()
    request_started.connect(close_old_connections)


@pytest.fixture
def ander():
    """Another process with its own connection."""
    tweede = connection.copy()
    yield tweede
    tweede.close()


def test_an_edit_by_another_process_shows_at_once(browser, ander):
    for naam in ("Huis Een", "Huis Twee", "Huis Drie"):
        with ander.cursor() as cursor:
            cursor.execute("UPDATE sociaalhuis_huis SET naam = %s", [naam])
        for _ in range(2):
            assert naam.encode() in browser.vraag("/")[2]
    assert browser.keren == 3


def test_a_change_that_is_not_committed_shows_nowhere(browser, ander):
    browser.vraag("/")
    ander.set_autocommit(False)
    with ander.cursor() as cursor:
        cursor.execute("UPDATE sociaalhuis_huis SET naam = 'Stiekem'")
    assert b"Stiekem" not in browser.vraag("/")[2]
    ander.commit()
    assert b"Stiekem" in browser.vraag("/")[2]


def test_a_change_while_a_page_is_made_is_not_hidden_by_that_page(browser, ander):
    """The page is made, then the change is committed, then the page is put away: under the number of before."""

    def traag(environ, start_response):
        antwoord = browser.django(environ, start_response)
        with ander.cursor() as cursor:
            cursor.execute("UPDATE sociaalhuis_huis SET naam = 'Nieuw'")
        return antwoord

    app = voorraad.Voorraad(traag)
    assert b"Nieuw" not in browser.vraag("/", app=app)[2]
    app.app = browser.django
    assert b"Nieuw" in browser.vraag("/", app=app)[2]


def test_something_that_is_not_public_keeps_the_pages(browser):
    browser.vraag("/")
    UitgaandeMail.objects.create(sleutel="x", message_id="x", aan="x@example.org", onderwerp="x")
    browser.vraag("/")
    assert browser.keren == 1


@pytest.mark.parametrize(("seconde", "houdbaar"), [(5, 30), (50, 10)])
def test_a_page_is_kept_half_a_minute_and_never_past_it_because_of_open_now(browser, monkeypatch, seconde, houdbaar):
    nu = time.monotonic()
    monkeypatch.setattr(voorraad.time, "time", lambda: 1_800_000_000 + seconde)  # a whole minute, and so many seconds
    monkeypatch.setattr(voorraad.time, "monotonic", lambda: nu)
    browser.vraag("/")
    monkeypatch.setattr(voorraad.time, "monotonic", lambda: nu + houdbaar - 1)
    browser.vraag("/")
    assert browser.keren == 1
    monkeypatch.setattr(voorraad.time, "monotonic", lambda: nu + houdbaar + 1)
    browser.vraag("/")
    assert browser.keren == 2


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"])
def test_a_browser_with_one_of_our_cookies_gets_its_own_page(browser, cookie):
    browser.vraag("/")
    _, koppen, _ = browser.vraag("/", HTTP_COOKIE=f"iets=1; {cookie}=abc")
    assert browser.keren == 2
    assert "no-store" in koppen["Cache-Control"]


def test_a_strange_cookie_changes_nothing(browser):
    browser.vraag("/")
    browser.vraag("/", HTTP_COOKIE="_ga=GA1.2.3")
    assert browser.keren == 1


@pytest.mark.parametrize(
    "verschil",
    [
        {"method": "POST"},
        {"HTTP_AUTHORIZATION": "Basic eDp4"},
        {"HTTP_RANGE": "bytes=0-10"},
        {"HTTP_HOST_ECHT": "localhost"},
        {"wsgi.url_scheme": "https"},
        {"pad": "/?a=1"},
    ],
)
def test_another_question_is_not_answered_from_the_cache(browser, verschil):
    browser.vraag("/")
    browser.vraag(verschil.pop("pad", "/"), **verschil)
    assert browser.keren == 2


@pytest.mark.parametrize(
    "pad", ["/account/login/", "/bestaat/niet/", "/gezond/", "/aangemeld/", "/demo/post/", "/favicon.ico"]
)
def test_forms_errors_redirects_and_health_are_never_kept(browser, pad):
    browser.vraag(pad), browser.vraag(pad)
    assert browser.keren == 2


@pytest.mark.parametrize(
    "koppen",
    [
        {"Set-Cookie": "x=1"},
        {"Cache-Control": "private"},
        {"Cache-Control": "max-age=0, no-store"},
        {"Vary": "Accept, Cookie"},
        {"Vary": "*"},
        {"Content-Type": "image/png"},
        {"Content-Disposition": "attachment"},
        {"Content-Encoding": "br"},
    ],
)
def test_what_may_not_be_kept(koppen):
    basis = {"Content-Type": "text/html; charset=utf-8"}
    assert voorraad.is_te_bewaren("200 OK", list(basis.items()))
    assert not voorraad.is_te_bewaren("200 OK", list({**basis, **koppen}.items()))
    assert not voorraad.is_te_bewaren("404 Not Found", list(basis.items()))


def test_a_page_from_the_cache_is_the_same_page_with_the_same_headers(browser):
    vers, bewaard, kaal = browser.vraag("/"), browser.vraag("/"), browser.vraag("/", app=browser.django)
    assert vers == bewaard
    assert (bewaard[0], bewaard[2]) == (kaal[0], kaal[2])
    for naam, waarde in kaal[1].items():
        assert bewaard[1][naam] == waarde
    assert "Content-Security-Policy" in bewaard[1] and bewaard[1]["Cache-Control"] == "no-cache"


def test_a_browser_that_has_the_page_gets_304(browser):
    etag = browser.vraag("/")[1]["ETag"]
    status, koppen, inhoud = browser.vraag("/", HTTP_IF_NONE_MATCH=f'"x", {etag}')
    assert (status, inhoud, koppen["ETag"]) == (304, b"", etag)
    assert "Content-Security-Policy" in koppen and "Content-Type" not in koppen
    Huis.objects.update(naam="Nieuw")
    assert browser.vraag("/", HTTP_IF_NONE_MATCH=etag)[0] == 200


@pytest.mark.parametrize("aanvaardt", ["gzip", "gzip, deflate, br, zstd", "br;q=1, gzip;q=0.5"])
def test_a_page_is_compressed_for_who_wants(browser, aanvaardt):
    plat = browser.vraag("/")
    klein = browser.vraag("/", HTTP_ACCEPT_ENCODING=aanvaardt)
    assert klein[1]["Content-Encoding"] == "gzip" and klein[1]["Vary"] == "Accept-Encoding"
    assert gzip.decompress(klein[2]) == plat[2] and int(klein[1]["Content-Length"]) == len(klein[2]) < len(plat[2])


@pytest.mark.parametrize("aanvaardt", ["", "br", "gzip;q=0", "identity"])
def test_and_plain_for_who_does_not(browser, aanvaardt):
    assert "Content-Encoding" not in browser.vraag("/", HTTP_ACCEPT_ENCODING=aanvaardt)[1]


def test_a_head_is_answered_without_the_page(browser):
    lengte = browser.vraag("/")[1]["Content-Length"]
    status, koppen, inhoud = browser.vraag("/", method="HEAD")
    assert (status, inhoud, koppen["Content-Length"]) == (200, b"", lengte)
    assert browser.keren == 1


def test_django_does_not_ask_the_number_again(browser, django_assert_num_queries):
    browser.vraag("/")
    with django_assert_num_queries(0):
        browser.vraag("/huis.css", **{"sociaalhuis.proef": "1"})


# --- bounds -------------------------------------------------------------------------------------


def test_the_cache_never_grows_past_its_bound_and_drops_what_was_asked_longest_ago():
    kast = voorraad.Kast(meest=10_000)
    pagina = voorraad.maak(1, [], b"x" * 100)
    for nummer in range(50):
        kast.leg(nummer, pagina)
        kast.neem(0, 1)
    assert kast.omvang <= 10_000
    assert kast.omvang == sum(p.omvang for p in kast.paginas.values())
    assert 0 in kast.paginas and 49 in kast.paginas and 1 not in kast.paginas


def test_a_thousand_made_up_questions_do_not_fill_the_memory(browser):
    browser.voorraad.kast.meest = 100_000
    for nummer in range(60):
        browser.vraag(f"/?x={nummer}")
    assert browser.voorraad.kast.omvang <= 100_000


# --- the database away --------------------------------------------------------------------------


def test_a_connection_that_was_cut_is_mended_without_anyone_noticing(browser, ander):
    browser.vraag("/")
    with ander.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.get_backend_pid()])
    time.sleep(0.05)
    assert browser.vraag("/")[0] == 200
    assert browser.keren == 1


def test_without_a_database_nothing_is_served_from_the_cache(browser, monkeypatch):
    assert browser.vraag("/")[0] == 200
    echt = connection.settings_dict["HOST"]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nergens")
    status, koppen, inhoud = browser.vraag("/")
    assert (status, koppen["Retry-After"]) == (503, "30")
    assert b"Even geduld" in inhoud
    monkeypatch.setitem(connection.settings_dict, "HOST", echt)
    assert browser.vraag("/")[0] == 200
