"""Suggestions in the search field: with the keyboard, with the mouse, and a field that works without them."""

import pytest

from tests.browser.axe import overtredingen

VELD = "#zoek-q"
LIJST = "#zoek-q-lijst"


def stand(pagina):
    """(open, text of the choice that is pointed at, what a screen reader is told)."""
    return pagina.evaluate(
        """() => {
            const veld = document.querySelector("#zoek-q");
            const punt = document.getElementById(veld.getAttribute("aria-activedescendant"));
            return [
                veld.getAttribute("aria-expanded"),
                punt && punt.firstChild.textContent,
                veld.form.querySelector("[role=status]").textContent,
            ];
        }"""
    )


def typ(pagina, tekst):
    """Types faster than the field asks, however slow the machine is."""
    pagina.focus(VELD)
    with pagina.expect_response("**/loket/suggesties/**"):
        pagina.evaluate("tekst => [...tekst].forEach((t) => document.execCommand('insertText', false, t))", tekst)
    pagina.wait_for_selector(f"{LIJST}:not([hidden])")


@pytest.mark.parametrize("adres", ["/", "/loket/zoeken/"])
@pytest.mark.parametrize("breedte", [320, 1280])
def test_a_suggestion_is_chosen_with_the_keyboard(bezoek, adres, breedte):
    venster = bezoek(breedte=breedte)
    pagina, toets = venster.pagina, venster.pagina.keyboard.press
    pagina.goto(adres)
    hoogte = pagina.evaluate("document.documentElement.scrollHeight")
    gevraagd = []
    pagina.on("request", lambda verzoek: "/suggesties/" in verzoek.url and gevraagd.append(verzoek.url))
    typ(pagina, "leefl")
    assert len(gevraagd) == 1, "every letter asks"
    aantal = pagina.locator(f"{LIJST} [role=option]").count()
    assert stand(pagina) == ["true", None, f"{aantal} suggestie{'s' * (aantal != 1)}"]
    assert pagina.evaluate("document.documentElement.scrollHeight") == hoogte, "the page moved"
    assert pagina.evaluate("document.documentElement.scrollWidth") == breedte
    assert overtredingen(pagina) == []
    toets("ArrowDown")
    assert stand(pagina)[1] == "Leefloon"
    toets("ArrowUp")
    assert stand(pagina)[1] is None
    toets("ArrowUp")
    assert stand(pagina)[1] == pagina.locator(f"{LIJST} [role=option]").last.locator("span").first.inner_text()
    toets("ArrowDown")
    toets("ArrowDown")
    toets("Enter")
    pagina.wait_for_url("**/loket/diensten/leefloon/")


def test_escape_and_leaving_the_field_close_it_and_enter_searches_what_was_typed(bezoek):
    pagina = bezoek().pagina
    pagina.goto("/")
    typ(pagina, "huu")
    pagina.keyboard.press("Escape")
    assert stand(pagina)[0] == "false"
    assert pagina.input_value(VELD) == "huu"
    typ(pagina, "r")
    pagina.keyboard.press("Tab")
    assert stand(pagina)[0] == "false"
    pagina.focus(VELD)
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/loket/zoeken/?q=huur")


def test_a_suggestion_is_chosen_with_the_mouse(bezoek):
    pagina = bezoek().pagina
    pagina.goto("/")
    typ(pagina, "leefl")
    pagina.click(f"{LIJST} [role=option] >> nth=0")
    pagina.wait_for_url("**/loket/diensten/leefloon/")


def test_the_field_searches_when_the_address_fails_and_without_javascript(bezoek):
    for venster in (bezoek(), bezoek(javascript=False)):
        pagina = venster.pagina
        pagina.route("**/loket/suggesties/**", lambda route: route.fulfill(status=503, body="stuk"))
        pagina.goto("/")
        pagina.locator(VELD).press_sequentially("huur", delay=20)
        pagina.wait_for_timeout(400)
        assert pagina.locator(f"{LIJST}:not([hidden])").count() == 0
        pagina.keyboard.press("Enter")
        pagina.wait_for_url("**/loket/zoeken/?q=huur")
