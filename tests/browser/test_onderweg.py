"""Pages that exist only in the middle of something: a login, a mailed code, a refusal."""

import pytest

from tests.browser.bezoek import WACHTWOORD
from tests.browser.kijker import SCHEMAS
from tests.browser.mensen import DOMEIN, zet_app_aan


@pytest.mark.parametrize("schema", SCHEMAS)
def test_pages_in_the_middle_of_a_login(kijk, portaal, schema):
    kijker = kijk(schema=schema)
    pagina = kijker.pagina
    naam = f"onderweg-{schema}"
    portaal.maak_account(naam, "organisatielid")
    kijker.ga("/account/login/")
    pagina.fill("[name=login]", f"{naam}@{DOMEIN}")
    pagina.fill("[name=password]", WACHTWOORD)
    pagina.click("main form button")
    pagina.wait_for_url(lambda url: "/account/login/" not in url)
    zet_app_aan(pagina, onderweg=kijker.bekijk)
    kijker.bekijk()
    kijker.ga("/account/logout/")
    pagina.click("main form button")
    pagina.wait_for_url(lambda url: "/logout/" not in url)
    kijker.ga("/account/login/")
    pagina.fill("[name=login]", f"{naam}@{DOMEIN}")
    pagina.fill("[name=password]", WACHTWOORD)
    pagina.click("main form button")
    pagina.wait_for_url("**/account/2fa/authenticate/")
    kijker.bekijk()
    pagina.fill("[name=code]", "000000")
    with pagina.expect_navigation():
        pagina.click("main form button:text-is('Ga verder')")
    assert pagina.title().startswith("Fout: ")
    kijker.bekijk()
    kijker.klaar()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_pages_around_a_mailed_code(kijk, portaal, schema):
    kijker = kijk(schema=schema)
    pagina = kijker.pagina
    kijker.ga("/account/login/code/")
    pagina.fill("[name=email]", f"toezicht@{DOMEIN}")
    pagina.click("main form button")
    pagina.wait_for_url("**/account/login/code/confirm/")
    kijker.bekijk()
    pagina.fill("[name=code]", "FOUTXX")
    with pagina.expect_navigation():
        pagina.click("main form button:text-is('Meld me aan')")
    assert pagina.title().startswith("Fout: ")
    kijker.bekijk()
    kijker.klaar()


def test_a_form_without_its_cookie_and_too_many_requests(kijk):
    kijker = kijk()
    pagina = kijker.pagina
    kijker.ga("/loket/opvolgen/")
    pagina.context.clear_cookies()
    pagina.fill("[name=code]", "A1B2-C3D4-E5F6-G7H8")
    with pagina.expect_navigation():
        pagina.click("[name=open]")
    assert pagina.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 403
    kijker.bekijk()
    for _ in range(12):
        kijker.ga("/account/password/reset/")
        pagina.fill("[name=email]", f"niemand@{DOMEIN}")
        with pagina.expect_navigation():
            pagina.click("main form button")
        if pagina.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 429:
            break
    else:
        kijker.noteer("never refused")
    kijker.bekijk()
    kijker.klaar()
