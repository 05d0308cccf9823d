"""The database is away: Dutch, 503, come back, and the text is still there. Never a 500. And errors that tell nothing."""

import logging

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from sociaalhuis import urls as echte
from sociaalhuis.middleware import storing

KANARIE = "kanarie-ik-heb-schulden"


def stuk(request):
    raise RuntimeError(f"{KANARIE} /srv/geheim SELECT * FROM x")


def weg(request):
    raise {"o": OperationalError, "i": InterfaceError}[request.GET.get("soort", "o")](KANARIE)


def fout_in_sql(request):
    raise ProgrammingError(KANARIE)


def nergens(request):
    raise Http404(KANARIE)


def leest(request):
    return HttpResponse(str(request.session.get("x")))


class Adressen:
    """The addresses of the portal, and some that break."""

    urlpatterns = [
        *echte.urlpatterns,
        path("proef/stuk/", stuk),
        path("proef/weg/", weg),
        path("proef/sql/", fout_in_sql),
        path("proef/nergens/", nergens),
        path("proef/sessie/", leest),
    ]
    handler400, handler403, handler404, handler500 = (
        echte.handler400,
        echte.handler403,
        echte.handler404,
        echte.handler500,
    )


@pytest.fixture(autouse=True)
def met_breuken(settings):
    settings.ROOT_URLCONF = Adressen


@pytest.fixture
def browser():
    """A browser that sees what a visitor sees: errors do not come through."""
    return Client(raise_request_exception=False)


@pytest.fixture
def zonder_databank(monkeypatch):
    """The database really cannot be reached: the address of the connection leads nowhere."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nergens")
    yield
    connection.close()


# --- away ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("soort", ["o", "i"])
def test_a_view_without_a_database_gives_a_polite_503(browser, db, soort):
    response = browser.get(f"/proef/weg/?soort={soort}")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    tekst = response.content.decode()
    assert '<html lang="nl-BE">' in tekst and KANARIE not in tekst
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "pad", ["/", "/huis.css", "/loket/zoeken/?q=huur", "/bestaat/niet/", "/privacy/", "/sitemap.xml"]
)
def test_every_page_is_a_503_when_nothing_answers(browser, zonder_databank, pad):
    response = browser.get(pad)
    assert (response.status_code, response.headers.get("Retry-After")) == (503, "30"), pad


@pytest.mark.django_db(transaction=True)
def test_also_when_the_session_cannot_be_read(browser, als, loket_ocmw, zonder_databank, settings):
    browser.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    for pad in ("/", "/proef/sessie/", "/beheer/"):
        assert browser.get(pad).status_code == 503, pad


@pytest.mark.django_db(transaction=True)
def test_also_when_the_session_cannot_be_saved(browser, huis, monkeypatch):
    def kan_niet(self, *args, **kwargs):
        raise OperationalError("weg")

    browser.session["x"] = 1
    stand = browser.session
    stand["x"] = 1
    stand.save()
    monkeypatch.setattr(SessionStore, "save", kan_niet)
    assert browser.get("/proef/sessie/").status_code == 503


def test_the_text_of_a_form_is_in_the_page_and_can_be_sent_again(browser, db):
    response = browser.post("/proef/weg/?soort=i", {"tekst": f"{KANARIE} <b>&", "thema": ["a", "b"]})
    tekst = response.content.decode()
    assert response.status_code == 503
    assert '<form method="post" action="/proef/weg/?soort=i">' in tekst
    assert f'name="tekst" value="{KANARIE} &lt;b&gt;&amp;"' in tekst
    assert tekst.count('name="thema"') == 2
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("naam", sorted(storing.GEHEIM))
def test_a_form_with_a_secret_is_not_carried(browser, db, naam):
    response = browser.post("/proef/weg/", {naam: "geheim-123", "email": "iemand@proefdorp.example"})
    tekst = response.content.decode()
    assert "geheim-123" not in tekst and "iemand@" not in tekst and "<form" not in tekst


def test_too_much_text_and_files_are_not_carried(browser, db, tmp_path):
    bestand = tmp_path / "brief.txt"
    bestand.write_text("inhoud van de brief")
    with bestand.open() as open_:
        tekst = browser.post("/proef/weg/", {"tekst": "hallo", "bijlage": open_}).content.decode()
    assert 'value="hallo"' in tekst and "inhoud van de brief" not in tekst and "opnieuw kiezen" in tekst
    assert "<form" not in browser.post("/proef/weg/", {"tekst": "x" * 200_001}).content.decode()


def test_a_form_that_cannot_be_read_gives_the_page_without_it(browser, db):
    response = browser.post("/proef/weg/", b"--x\r\nstuk", content_type="multipart/form-data; boundary=y")
    assert response.status_code == 503 and b"<form" not in response.content


@pytest.mark.django_db(transaction=True)
def test_the_page_keeps_the_name_of_the_house_it_knew(browser, huis, zonder_databank):
    assert browser.get("/").status_code == 503


@pytest.mark.django_db(transaction=True)
def test_when_the_database_is_back_so_is_the_page(browser, huis, monkeypatch):
    echt = connection.settings_dict["HOST"]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nergens")
    assert browser.get("/").status_code == 503
    monkeypatch.setitem(connection.settings_dict, "HOST", echt)
    assert browser.get("/").status_code == 200


# --- other errors -------------------------------------------------------------------------------


def test_a_wrong_statement_is_an_error_of_ours_and_no_outage(browser, db):
    assert browser.get("/proef/sql/").status_code == 500


@pytest.mark.parametrize("pad, status", [("stuk", 500), ("sql", 500), ("nergens", 404)])
def test_an_error_tells_nothing_but_a_number_that_is_in_the_log(browser, huis, pad, status, caplog):
    caplog.set_level(logging.INFO, "sociaalhuis.views.fouten")
    response = browser.get(f"/proef/{pad}/?q={KANARIE}")
    tekst = response.content.decode()
    assert response.status_code == status
    for geheim in (KANARIE, "Traceback", "RuntimeError", "SELECT", "/srv/", "proef/"):
        assert geheim not in tekst
    regels = [regel.getMessage() for regel in caplog.records if regel.name == "sociaalhuis.views.fouten"]
    assert len(regels) == 1 and KANARIE not in regels[0]
    nummer = regels[0].split()[1].rstrip(":")
    assert len(nummer) == 8 and nummer in tekst


def test_a_form_from_elsewhere_is_refused_in_dutch(huis):
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": KANARIE, "password": "x"})
    assert response.status_code == 403
    assert "Het formulier was te lang open" in response.content.decode()
    assert KANARIE not in response.content.decode()
