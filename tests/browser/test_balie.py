"""The counter by keyboard: a contact is counted with few keys, with JavaScript and without."""

import pytest

TE_VEEL = 25


class Toetsen:
    """A keyboard that counts what is pressed."""

    def __init__(self, pagina):
        self.pagina, self.aantal = pagina, 0

    def __call__(self, *toetsen):
        for toets in toetsen:
            self.pagina.keyboard.press(toets)
            self.aantal += 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_contact_is_counted_within_25_keys(javascript, portaal, bezoek):
    """Phone, theme, group, area, service and outcome: from the open form to the next empty one."""
    pagina = bezoek("loket.ocmw", javascript=javascript).pagina
    pagina.goto("/loket/werkbank/nieuw/")
    pagina.wait_for_selector("[name=kanaal]:focus")  # the browser puts the focus there a moment after it has loaded
    toets = Toetsen(pagina)
    toets("ArrowRight")  # at the counter > phone
    toets("Tab", *"gel")  # Geld en schulden
    toets("Tab", *"oud")  # Ouderen
    toets("Tab", *"be")  # Berkenhove
    toets("Tab", *"lee")  # Leefloon
    toets("Tab", "ArrowDown")  # helped > information given
    with pagina.expect_navigation():
        toets("Enter")
    geteld = "Geteld: Geld en schulden, Ouderen, Berkenhove, telefoon, informatie gegeven."
    assert geteld in pagina.inner_text("main")
    assert toets.aantal <= TE_VEEL
    rij = portaal.rijen(
        "SELECT v.kanaal, v.staat, v.resultaat, t.code, d.code, g.code, s.slug FROM loket_vraag v"
        " JOIN sociaalhuis_thema t ON t.id = v.thema_id JOIN sociaalhuis_doelgroep d ON d.id = v.doelgroep_id"
        " JOIN sociaalhuis_gebied g ON g.id = v.gebied_id JOIN loket_dienst s ON s.id = v.dienst_id"
        " ORDER BY v.id DESC LIMIT 1"
    )
    assert rij == [("telefoon", "afgesloten", "informatie", "geld", "ouderen", "berkenhove", "leefloon")]


def test_the_next_contact_is_the_same_way_and_needs_even_less(portaal, bezoek):
    """Channel and area are remembered: theme and Enter is enough. The focus is where it begins, every time."""
    pagina = bezoek("loket.ocmw").pagina
    for nummer in range(2):
        pagina.goto("/loket/werkbank/nieuw/") if not nummer else None
        pagina.wait_for_selector("[name=kanaal]:focus")
        toets = Toetsen(pagina)
        toets("Tab", *"won", "Tab", "Tab", "Tab", "Tab", "Enter")
        pagina.wait_for_selector("text=Geteld: Wonen")
        assert toets.aantal <= 10
        assert pagina.inner_text(".laatste li").startswith("Wonen")


def test_the_list_is_walked_by_keys_that_can_be_switched_off(portaal, bezoek):
    """j and k go through the rows, x ticks one, ? shows the help, / seeks; with the box off they only type letters."""
    pagina = bezoek("team.ocmw").pagina
    pagina.goto("/loket/werkbank/")
    pagina.keyboard.press("j")
    eerste = pagina.evaluate("document.activeElement.textContent")
    assert eerste == pagina.inner_text("tbody tr:first-child a.onderwerp")
    pagina.keyboard.press("j")
    pagina.keyboard.press("x")
    assert pagina.evaluate("[...document.querySelectorAll('tbody input')].map(i => i.checked).indexOf(true)") == 1
    pagina.keyboard.press("k")
    assert pagina.evaluate("document.activeElement.textContent") == eerste
    pagina.keyboard.press("/")
    assert pagina.evaluate("document.activeElement.id") == "zoek-referentie"
    pagina.keyboard.type("jx?")
    assert pagina.input_value("#zoek-referentie") == "jx?"
    pagina.locator("h1").click()
    pagina.keyboard.press("?")
    pagina.uncheck("#toetsen-aan")
    pagina.locator("h1").click()
    pagina.keyboard.press("j")
    assert pagina.evaluate("document.activeElement.className") != "onderwerp heel"


def test_several_questions_at_once_without_javascript(portaal, bezoek):
    pagina = bezoek("team.ocmw", javascript=False).pagina
    pagina.goto("/loket/werkbank/?lijst=team")
    vakjes = pagina.locator("tbody input[type=checkbox]")
    vakjes.nth(0).check()
    vakjes.nth(1).check()
    pagina.select_option("#reeks_prioriteit", "3")
    pagina.click("button[value=prioriteit]")
    assert "2 vragen zijn van prioriteit veranderd." in pagina.inner_text("main")
    assert pagina.locator(".prioriteit:text-is('Laag')").count() == 2
