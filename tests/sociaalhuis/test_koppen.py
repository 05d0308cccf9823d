"""The headers, on every kind of response, through the whole of the portal."""

import pytest
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.test import Client

from sociaalhuis.middleware import koppen

SOORTEN = {
    "page": ("/", 200),
    "stylesheet": ("/huis.css", 200),
    "form": ("/account/login/", 200),
    "redirect": ("/aangemeld/", 302),
    "not found": ("/bestaat/niet/", 404),
    "wrong method": ("/robots.txt", 405),
    "text": ("/.well-known/security.txt", 200),
    "health": ("/gezond/", 503),
    "wrong host": ("/", 400),
}


@pytest.mark.parametrize("soort", SOORTEN)
def test_every_kind_of_response_has_the_headers(huis, soort):
    pad, status = SOORTEN[soort]
    client = Client(headers={"host": "kwaad.example"} if soort == "wrong host" else {})
    response = client.post(pad) if soort == "wrong method" else client.get(pad)
    assert response.status_code == status
    for naam, waarde in koppen.VAST.items():
        assert response.headers[naam] == waarde, naam
    assert "cache-control" in response.headers


def test_a_static_file_has_the_headers_too_and_may_be_kept(tmp_path, settings):
    (tmp_path / "css").mkdir()
    (tmp_path / "css/proef.css").write_text("p{}")
    settings.STATIC_ROOT = tmp_path
    response = verse_browser().get("/static/css/proef.css")
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == koppen.CSP
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "public" in response.headers["Cache-Control"] and "no-store" not in response.headers["Cache-Control"]


def test_the_policy_allows_nothing_inline_and_nobody_else():
    delen = dict(deel.split(" ", 1) for deel in koppen.CSP.split("; "))
    assert delen["default-src"] == "'none'"
    assert delen["script-src"] == delen["style-src"] == delen["form-action"] == "'self'"
    assert delen["frame-ancestors"] == delen["base-uri"] == "'none'"
    assert "unsafe" not in koppen.CSP and "http" not in koppen.CSP and "*" not in koppen.CSP


def test_a_plain_page_sets_no_cookie_and_does_not_vary_on_one(huis, bewoner):
    for pad in ("/", "/huis.css", "/robots.txt", "/bestaat/niet/"):
        response = bewoner.get(pad)
        assert not response.cookies and "Cookie" not in response.headers.get("Vary", ""), pad
        assert response.headers["Cache-Control"] == "no-cache", pad


def test_a_page_with_a_form_or_of_someone_is_never_kept(huis, bewoner, als, loket_ocmw):
    assert "no-store" in bewoner.get("/account/login/").headers["Cache-Control"]
    for pad in ("/", "/bestaat/niet/", "/aangemeld/"):
        assert "no-store" in als(loket_ocmw).get(pad).headers["Cache-Control"], pad


def test_the_answer_to_a_form_is_never_kept(huis, bewoner):
    assert "no-store" in bewoner.post("/account/login/", {}).headers["Cache-Control"]


def test_a_response_that_knows_better_keeps_its_own_policy(rf):
    eigen = FileResponse([b"x"], headers={"Content-Security-Policy": "sandbox"})
    assert koppen.zet_koppen(rf.get("/"), eigen).headers["Content-Security-Policy"] == "sandbox"


def test_a_page_of_someone_that_asked_to_be_kept_is_not(rf):
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    response = koppen.zet_koppen(request, HttpResponse("x", headers={"Cache-Control": "public, max-age=600"}))
    assert "no-store" in response.headers["Cache-Control"] and "public" not in response.headers["Cache-Control"]


def verse_browser():
    """A browser on a portal that has just started, so that it knows the static files of now."""
    client = Client()
    client.handler._middleware_chain = None
    client.handler.load_middleware()
    return client
