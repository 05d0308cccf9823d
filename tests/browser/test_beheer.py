"""The admin in a browser: axe on every table, nothing that the content policy refuses, and all of it by keyboard.

The ordinary run visits every table once (the list, and the form of a row or of a new one), at the narrow width in the light
scheme. `ALLES=1` visits them as every role, in both schemes, at both widths, with both forms, the history, the deletion and the
forms with errors.
"""

import pytest

from tests.browser.axe import overtredingen, zet_klaar
from tests.browser.kijker import ALLES, BREEDTES, EIGEN

ROLLEN = ["beheer", "coordinator", "toezicht"]
ELKE_ROL = [*ROLLEN, "planner", "team.ocmw", "loket.gemeente"]
WANDELINGEN = [([rol], schema) for schema in ("light", "dark") for rol in ELKE_ROL] if ALLES else [(ROLLEN, "light")]
RIJEN = (
    "#result_list tbody tr:nth-child(n+6), tr.has_original:nth-child(n+4), .inline-related.has_original ~ .has_original"
)


class Wandeling:
    """One person through the admin, who writes down what is wrong."""

    def __init__(self, venster):
        self.pagina = venster.pagina
        zet_klaar(venster.context)
        self.fout, self.gezien, self.duur = [], 0, "*"
        self.pagina.on("console", lambda bericht: self.noteer(bericht.text) if bericht.type == "error" else None)
        self.pagina.on("pageerror", lambda fout: self.noteer(str(fout)))

    def noteer(self, tekst):
        self.fout.append(f"{self.pagina.url}: {tekst}")

    def bekijk(self, adres=None):
        """Axe on a page (or on what is shown now), at each width."""
        if adres and self.pagina.goto(adres).status != 200:
            self.noteer("not 200")
        self.gezien += 1
        if not ALLES:  # rows are all alike: a few tell as much as fifty, in a tenth of the time
            self.pagina.evaluate("kiezer => document.querySelectorAll(kiezer).forEach(rij => rij.remove())", RIJEN)
        for breedte in BREEDTES:
            self.pagina.set_viewport_size({"width": breedte, "height": 900})
            for tekst in overtredingen(self.pagina, self.duur):
                self.noteer(f"{breedte} px: {tekst}")
        if not ALLES:
            self.duur = EIGEN

    def adressen(self, kiezer):
        return self.pagina.eval_on_selector_all(kiezer, "links => links.map(link => link.getAttribute('href'))")

    def tabel(self, lijst, nieuw):
        """The list and a form; with ALLES that for a new row, that of the first row and what belongs to it."""
        self.bekijk(lijst)
        rijen = self.adressen("#result_list tbody th a")
        if nieuw and (ALLES or not rijen):
            self.bekijk(nieuw)
            if ALLES and self.pagina.locator(".submit-row [name=_save]").count():  # an upload has a button of its own
                self.pagina.click(".submit-row [name=_save]")
                self.pagina.wait_for_load_state()
                self.bekijk()
        if rijen:
            self.bekijk(rijen[0])
            if ALLES:
                verwijder = self.adressen(".submit-row .deletelink")
                for adres in self.adressen(".object-tools .historylink") + verwijder:
                    self.bekijk(adres)


@pytest.mark.parametrize(("rollen", "schema"), WANDELINGEN)
def test_elke_tabel_is_toegankelijk(bezoek, rollen, schema):
    bezocht, fout, gezien = set(), [], 0
    for rol in rollen:
        wandeling = Wandeling(bezoek(rol, schema=schema))
        wandeling.bekijk("/beheer/")
        lijsten = wandeling.adressen("#content-main .model-naam")
        nieuwe = set(wandeling.adressen("#content-main .addlink"))
        for lijst in lijsten:
            if lijst not in bezocht:
                nieuw = f"{lijst}add/"
                wandeling.tabel(lijst, nieuw if nieuw in nieuwe else None)
        bezocht.update(lijsten)
        fout += wandeling.fout
        gezien += wandeling.gezien
    assert fout == []
    assert gezien > len(bezocht) > 0
    assert ALLES or len(bezocht) >= 30


def test_fouten_staan_bovenaan_en_leiden_naar_het_veld(bezoek):
    wandeling = Wandeling(bezoek("beheer"))
    pagina = wandeling.pagina
    pagina.goto("/beheer/sociaalhuis/gebruiker/add/")
    pagina.fill("#id_email", "geen adres")
    with pagina.expect_navigation():
        pagina.press("#id_email", "Enter")
    assert pagina.title().startswith("Fout: ")
    pagina.wait_for_selector(".foutenlijst:focus")
    wandeling.bekijk()
    pagina.click(".foutenlijst a[href='#id_naam']")
    pagina.wait_for_selector("#id_naam:focus")
    assert wandeling.fout == []


def test_kiezen_uit_een_lange_lijst_met_het_toetsenbord(bezoek):
    wandeling = Wandeling(bezoek("coordinator"))
    pagina = wandeling.pagina
    pagina.goto("/beheer/plan/actie/")
    pagina.click("#result_list tbody th a")
    pagina.wait_for_url("**/change/")
    invoer = pagina.get_by_role("combobox", name="BBC-codes")
    gekozen = pagina.locator(".field-bbc_codes .keuze-weg")
    while gekozen.count():
        gekozen.first.press("Enter")
    invoer.press_sequentially("BD0")
    pagina.wait_for_selector(".field-bbc_codes [role=option]")
    wandeling.bekijk()
    invoer.press("ArrowDown")
    naam = pagina.inner_text(".field-bbc_codes [aria-selected=true]")
    invoer.press("Enter")
    assert gekozen.all_text_contents() == [f"{naam}: haal weg"]
    invoer.press("Escape")
    pagina.press("[name=_continue]", "Enter")
    pagina.wait_for_selector(".melding-goed")
    assert gekozen.all_text_contents() == [f"{naam}: haal weg"]
    assert wandeling.fout == []


def test_een_rij_erbij_in_een_formulier(bezoek):
    """Django's own script clones the empty row; its labels and fields keep belonging together."""
    wandeling = Wandeling(bezoek("coordinator"))
    pagina = wandeling.pagina
    pagina.goto("/beheer/plan/plan/")
    pagina.click("#result_list tbody th a")
    pagina.wait_for_url("**/change/")
    rijen = pagina.locator("tr.dynamic-processtappen")
    aantal = rijen.count()
    pagina.locator("#processtappen-group .add-row a").press("Enter")
    assert rijen.count() == aantal + 1
    wandeling.bekijk()
    assert wandeling.fout == []


def test_actie_op_rijen_wordt_eerst_gevraagd(bezoek):
    wandeling = Wandeling(bezoek("beheer"))
    pagina = wandeling.pagina
    pagina.goto("/beheer/sociaalhuis/gebruiker/?q=planner")
    pagina.check("tr:has-text('planner@') .action-select")
    pagina.select_option("select[name=action]", "meld_overal_af")
    wandeling.bekijk()
    pagina.click("button[name=index]")
    assert "Wil je dit doen voor 1 gebruiker?" in pagina.inner_text("main")
    wandeling.bekijk()
    pagina.click("input[value='Ja, doe dit']")
    assert "Overal afgemeld: Pieter Plan." in pagina.inner_text(".melding-goed")
    assert wandeling.fout == []


def test_zonder_javascript(bezoek):
    pagina = bezoek("beheer", javascript=False, breedte=320).pagina
    pagina.goto("/beheer/sociaalhuis/thema/add/")
    pagina.fill("#id_naam", "Proef zonder script")
    pagina.fill("#id_code", "proef-zonder-script")
    pagina.click("[name=_save]")
    assert "Proef zonder script" in pagina.inner_text(".melding-goed")
    pagina.click("#result_list a:has-text('Proef zonder script')")
    pagina.click(".submit-row .deletelink")
    pagina.click("input[value='Ja, verwijder dit']")
    assert "Proef zonder script" in pagina.inner_text(".melding-goed")
