"""Every kind of question by keyboard, with JavaScript and without: a mistake costs nothing, and the receipt has its code."""

import pytest

from tests.browser.axe import overtredingen, zet_klaar
from tests.browser.bezoek import Toetsenbord
from tests.participatie.conftest import ALLES
from tests.participatie.test_vragen import foto

SLUG = "elk-soort-vraag"
MAAK = f"""if True:
    from datetime import date, timedelta
    from django.utils import timezone
    from participatie.acties.vragenlijst import vul_formulier
    from participatie.models import Formulier, Ronde
    from plan.models import Plan
    from tests.participatie.conftest import ALLES
    plan, nu, plaats = Plan.objects.get(), timezone.now(), {{vraag[0]: nr for nr, vraag in enumerate(ALLES, start=1)}}
    ronde = Ronde.objects.create(slug="{SLUG}", plan=plan, titel="Vertel het ons", vraag="Wat vind je?", wie="Iedereen",
        opent_op=nu - timedelta(days=1), sluit_op=nu + timedelta(days=9), staat="gepubliceerd",
        antwoord_tegen=timezone.localdate() + timedelta(days=40))
    vragen = [dict(soort=soort, vraag=tekst) | velden for soort, tekst, velden in ALLES]
    for vraag in vragen:
        if "toon" in vraag:
            vraag["toon"] = (plaats[vraag["toon"][0]], vraag["toon"][1])
    vul_formulier(Formulier.objects.create(ronde=ronde), vragen, plan)"""

BEWAARD = """
    SELECT v.soort, a.waarde FROM participatie_formulierantwoord a JOIN participatie_formuliervraag v ON v.id = a.vraag_id
    WHERE a.inbreng_id = (SELECT max(i.id) FROM participatie_inbreng i JOIN participatie_ronde r ON r.id = i.ronde_id
        WHERE r.slug = %s)
"""
FOUTEN = [
    "Kom je vaak in het Sociaal Huis? Kies een antwoord.",
    "Wat moet eerst? Je gaf twee keer dezelfde plaats. Geef elke plaats één keer.",
    "Verdeel je punten: Je gaf 11 punten. Je mag er 10 verdelen: haal er 1 weg.",
    "Met hoeveel woon je? Schrijf een heel getal, zonder letters.",
    "Sinds wanneer? Deze datum bestaat niet. Schrijf hem zoals 3/3/2027.",
]
TELT_NIET = (
    "We tellen dit antwoord niet mee, want die vraag hoort niet bij je andere antwoorden: “5. Hoe tevreden ben je?”."
    " Klopt dat? Verstuur dan opnieuw."
)
ANTWOORDEN = {
    "kort": "De Linde",
    "lang": "Een bank om op te rusten.",
    "keuze": "Ja",
    "meerdere": ["Geld", "Werk"],
    "schaal": 4,
    "rangschikken": ["Bankjes", "Bib"],
    "punten": {"Bankjes": 6, "Bus": 4},
    "getal": 2,
    "datum": "2027-03-03",
    "bestand": {"bestand": True},
}


@pytest.fixture(scope="module")
def velden(portaal, dingen):
    """Dict of kind to the name of its field, in a round of its own that asks every kind of question. What the pages of
    paginas.py are about (`dingen`) was chosen before it."""
    portaal.beheer("shell", "--no-imports", "--command", MAAK)
    rijen = portaal.rijen(
        "SELECT v.soort, 'v' || left(replace(v.stam::text, '-', ''), 12) FROM participatie_formuliervraag v"
        " JOIN participatie_formulier f ON f.id = v.formulier_id JOIN participatie_ronde r ON r.id = f.ronde_id"
        " WHERE r.slug = %s",
        SLUG,
    )
    assert {soort for soort, _ in rijen} == {soort for soort, _, _ in ALLES}
    return dict(rijen)


class Invuller(Toetsenbord):
    """Fills the form in, field after field, from wherever the focus is."""

    def __init__(self, pagina, velden):
        super().__init__(pagina)
        self.velden = velden

    def schrijf(self, soort, tekst, plaats=0):
        """Replaces what stands in the field of this kind, or in one of its fields."""
        vakken = self.pagina.locator(f"[name={self.velden[soort]}]")
        self.naar(f"[id='{vakken.nth(plaats).get_attribute('id')}']")
        if vakken.nth(plaats).evaluate("vak => vak.tagName") != "SELECT":
            self.toets("ControlOrMeta+a")
        self.pagina.keyboard.type(tekst)

    def duid_aan(self, soort, plaats=0):
        """Ticks one of the boxes or rounds."""
        vak = self.pagina.locator(f"[name={self.velden[soort]}]").nth(plaats)
        if vak.get_attribute("type") == "radio":
            self.naar(f"[name={self.velden[soort]}]")
            self.toets("Space")
            for _ in range(10):  # from where the mark stands, round and round
                if not vak.is_checked():
                    self.toets("ArrowDown")
        else:
            self.naar(f"[id='{vak.get_attribute('id')}']")
            self.toets("Space")
        assert vak.is_checked()

    def waarden(self, soort):
        return [vak.input_value() for vak in self.pagina.locator(f"[name={self.velden[soort]}]").all()]

    def verstuur(self):
        self.kies("[name=verstuur]")


def fouten(pagina):
    return pagina.locator(".foutenlijst li").all_inner_texts()


@pytest.fixture
def axe(bezoek):
    """axe(window) -> what axe finds on the page of a window. Where scripts are off it cannot run: then the same page is
    looked at in a window where they are on, without those of the portal."""
    blik = bezoek(breedte=320)
    blik.context.route("**/static/**/*.js", lambda route: route.abort())
    zet_klaar(blik.context)

    def kijk(venster, javascript):
        if javascript:
            return overtredingen(venster.pagina)
        html = venster.pagina.content()
        blik.pagina.route("**/zoals-hij-nu-is/", lambda route: route.fulfill(body=html, content_type="text/html"))
        blik.pagina.goto("/zoals-hij-nu-is/")
        blik.pagina.unroute("**/zoals-hij-nu-is/")
        return overtredingen(blik.pagina)

    return kijk


@pytest.mark.parametrize("javascript", [False, True])
def test_every_kind_of_question_by_keyboard(portaal, bezoek, axe, velden, javascript, tmp_path):
    venster = bezoek(breedte=320, javascript=javascript)
    zet_klaar(venster.context)
    pagina, invuller = venster.pagina, Invuller(venster.pagina, velden)
    getoond = pagina.locator("[data-toon-als]:not([hidden])")
    beeld = tmp_path / "bank.png"
    beeld.write_bytes(foto().read())

    pagina.goto(f"/participatie/rondes/{SLUG}/vragen/")
    assert axe(venster, javascript) == []
    assert getoond.count() == (0 if javascript else 2)
    invuller.schrijf("kort", "De Linde")
    invuller.schrijf("lang", "Een bank om op te rusten.")
    if not javascript:
        invuller.duid_aan("schaal", 3)  # belongs to an answer that is not given
    invuller.schrijf("rangschikken", "1", 0)
    invuller.schrijf("rangschikken", "1", 2)
    invuller.schrijf("punten", "6", 0)
    invuller.schrijf("punten", "5", 1)
    invuller.schrijf("getal", "twee")
    invuller.schrijf("datum", "31/2/2027")
    for soort in ("thema", "doelgroep", "gebied"):
        invuller.duid_aan(soort)
    invuller.verstuur()

    assert pagina.title().startswith("Fout: ")
    assert fouten(pagina) == [*FOUTEN, *([] if javascript else [TELT_NIET])]
    assert axe(venster, javascript) == []
    assert [invuller.waarden(soort) for soort in ("kort", "lang", "getal", "datum")] == [
        ["De Linde"],
        ["Een bank om op te rusten."],
        ["twee"],
        ["31/2/2027"],
    ]
    assert invuller.waarden("rangschikken") == ["1", "", "1"]
    assert invuller.waarden("punten") == ["6", "5", ""]

    invuller.duid_aan("keuze", 0)
    assert getoond.count() == 2
    if javascript:  # the other answer folds them, and back
        invuller.toets("ArrowDown")
        assert getoond.count() == 0
        invuller.toets("ArrowUp")
        assert getoond.count() == 2
    invuller.duid_aan("meerdere", 0)
    invuller.duid_aan("meerdere", 2)
    invuller.duid_aan("schaal", 3)
    invuller.schrijf("rangschikken", "2", 2)
    invuller.schrijf("punten", "4", 1)
    invuller.schrijf("getal", "2")
    invuller.schrijf("datum", "3/3/2027")
    invuller.naar(f"[name={velden['bestand']}]")
    with pagina.expect_file_chooser() as kiezer:
        invuller.toets("Space")
    kiezer.value.set_files(beeld)
    invuller.verstuur()

    assert pagina.inner_text("h1") == "Dank je, we kregen je inbreng"
    assert axe(venster, javascript) == []
    code = pagina.inner_text(".bon-code")
    pagina.goto("/participatie/opvolgen/")
    invuller.typ("[name=code]", code)
    invuller.kies("main [type=submit]")
    assert "De Linde" in pagina.inner_text("main")
    bewaard = dict(portaal.rijen(BEWAARD, SLUG))
    assert {soort: len(bewaard.pop(soort)) for soort in ("thema", "doelgroep", "gebied")} == dict.fromkeys(
        ("thema", "doelgroep", "gebied"), 1
    )
    assert bewaard == ANTWOORDEN
