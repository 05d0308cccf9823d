"""What is compressed and what never is: docs/besluiten/0009-compressie.md."""

import gzip

from django.test import Client

GZIP = {"accept-encoding": "gzip"}


def test_a_form_for_who_comes_in_is_compressed(huis):
    response = Client(headers=GZIP).get("/account/login/")
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert b"csrfmiddlewaretoken" in gzip.decompress(response.content)
    assert int(response.headers["Content-Length"]) == len(response.content)


def test_the_same_page_has_another_size_and_another_token_each_time(huis):
    browser = Client(headers=GZIP)
    antwoorden = [browser.get("/account/login/").content for _ in range(8)]
    assert len({len(antwoord) for antwoord in antwoorden}) > 1
    assert len({gzip.decompress(antwoord) for antwoord in antwoorden}) == 8


def test_nothing_of_a_session_is_compressed(als, loket_ocmw):
    browser = als(loket_ocmw)
    for adres in ("/loket/werkbank/", "/account/sessions/", "/account/2fa/", "/beheer/"):
        response = browser.get(adres, headers=GZIP)
        assert response.status_code == 200
        assert "Content-Encoding" not in response.headers, adres


def test_no_answer_to_a_post_is_compressed(huis):
    response = Client(headers=GZIP).post("/loket/opvolgen/", {"code": "A1B2-C3D4-E5F6-G7H8"})
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers


def test_what_the_front_cache_keeps_reaches_it_as_it_is(huis):
    response = Client(headers=GZIP).get("/privacy/")
    assert "Content-Encoding" not in response.headers
