"""What people come to do, from the first page to the last, in a real browser with the real server, worker and mail."""

import urllib.request

import pytest

from sociaalhuis import kbo
from tests.browser.bezoek import Toetsenbord
from tests.browser.mensen import DOMEIN

MAMA = "mama@voorbeeld.example"


def zaak(portaal, referentie):
    """(id, code of the Bestuur, state) of a question."""
    return portaal.rijen(
        "SELECT v.id, b.code, v.staat FROM loket_vraag v JOIN sociaalhuis_team t ON t.id = v.team_id"
        " JOIN sociaalhuis_bestuur b ON b.id = t.bestuur_id WHERE v.referentie = %s",
        referentie,
    )[0]


def feit(pagina, naam):
    """The value next to a name in a list of facts."""
    return pagina.inner_text(f"dl div:has(dt:text-is('{naam}')) dd").strip()


def melding(pagina):
    return pagina.inner_text("main :is(.melding, .foutenlijst) >> nth=0")


def status_van(pagina, adres):
    return pagina.goto(adres).status


# --- a question ---------------------------------------------------------------------------------


def test_a_mother_asks_without_mouse_script_or_name_and_gets_her_answer(bezoek, portaal):
    venster = bezoek(breedte=320, javascript=False)
    pagina, toetsen = venster.pagina, Toetsenbord(venster.pagina)
    pagina.goto("/")
    toetsen.typ("#zoek-q", "ik kan mijn huur niet betalen")
    with pagina.expect_navigation():
        toetsen.toets("Enter")
    assert pagina.locator(".treffer").count() > 0
    toetsen.kies(".treffer h3 a")
    assert "/loket/diensten/" in pagina.url
    toetsen.kies("main a[href^='/loket/vraag/']")

    toetsen.typ("[name=tekst]", "Ik heb drie kinderen en de huur is te hoog voor mij. Wat kan ik doen?")
    toetsen.kies("[name=antwoordwijze]", "Space")
    toetsen.typ("[name=email]", MAMA)
    toetsen.kies("[name=akkoord]", "Space")
    venster.wacht_als_een_mens()
    toetsen.kies("[name=stuur]")
    code, referentie = pagina.inner_text(".bon-code").strip(), feit(pagina, "Referentie")
    assert "uiterlijk op" in feit(pagina, "Antwoord")
    assert code.replace("-", "") not in pagina.url.replace("-", "")

    toetsen.kies("main a[href='/loket/opvolgen/']")
    toetsen.typ("[name=code]", code.lower().replace("-", " "))
    with pagina.expect_navigation():
        toetsen.toets("Enter")
    assert pagina.url.endswith("/loket/opvolgen/dossier/")
    assert "drie kinderen" in pagina.inner_text(".gesprek")

    nummer, bestuur, staat = zaak(portaal, referentie)
    assert staat == "nieuw"
    beantwoord_als(bezoek(f"loket.{bestuur}"), referentie, "Kom gerust langs, dan rekenen we het samen uit.")

    mail = portaal.wacht_op_mail(MAMA)
    assert mail["Subject"] == f"Er is een bericht voor je ({referentie})"
    tekst = mail.get_body(("plain",)).get_content().lower()
    for woord in ("huur", "kinderen", "rekenen", "ocmw", "geld", "wonen", "schuld", code.lower()):
        assert woord not in tekst, woord
    assert f"{portaal.url}/loket/opvolgen/" in tekst

    pagina.reload()
    assert "Kom gerust langs" in pagina.inner_text(".gesprek")
    toetsen.typ("[name=tekst]", "Dank je. Mijn zus helpt mij nu.")
    toetsen.kies("[name=stuur]")
    assert "Mijn zus helpt mij nu" in pagina.inner_text(".gesprek")
    toetsen.kies("main a[href='/loket/opvolgen/intrekken/']")
    toetsen.kies("main form button")
    assert "Je vraag is ingetrokken" in melding(pagina)
    assert pagina.locator("[name=tekst]").count() == 0
    assert zaak(portaal, referentie)[2] == "ingetrokken"

    inzages = set(
        portaal.rijen(
            "SELECT g.email, i.pagina FROM loket_inzage i LEFT JOIN sociaalhuis_gebruiker g ON g.id = i.door_id"
            " WHERE i.vraag_id = %s",
            nummer,
        )
    )
    assert inzages == {(None, "opvolgen"), (f"loket.{bestuur}@{DOMEIN}", "dossier")}


def beantwoord_als(medewerker, referentie, antwoord):
    """The clerk finds the question by its reference, takes it and answers."""
    pagina = medewerker.pagina
    pagina.goto(f"/loket/werkbank/?q={referentie}")
    pagina.click(f"table a:text-is('{referentie}')")
    pagina.click("text=Neem deze vraag")
    assert "Deze vraag is nu van jou" in melding(pagina)
    pagina.fill("#beantwoord_tekst", antwoord)
    pagina.click("text=Stuur antwoord")
    assert "Je antwoord is verstuurd" in melding(pagina)


def test_a_question_goes_over_to_the_ocmw_and_the_old_team_no_longer_reads_it(bezoek, portaal):
    vrager = bezoek()
    vrager.stel_vraag("Mijn woning is vochtig en ik heb schulden bij de energieleverancier.", thema="wonen")
    referentie = feit(vrager.pagina, "Referentie")
    adres = f"/loket/werkbank/{referentie.lower()}/"
    assert zaak(portaal, referentie)[1] == "gemeente"

    greet, lode = bezoek("loket.gemeente").pagina, bezoek("loket.ocmw").pagina
    assert status_van(greet, adres) == 200
    assert status_van(lode, adres) == 404
    greet.click("a:has-text('Draag over')")
    greet.wait_for_selector("#draag_over_team")
    greet.select_option("#draag_over_team", label=optie(greet, "#draag_over_team", "Sociale dienst"))
    greet.click("button:text-is('Draag over')")
    assert "Schrijf waarom" in greet.inner_text(".foutenlijst")
    greet.fill("#draag_over_reden", "Het gaat vooral over schulden.")
    greet.click("button:text-is('Draag over')")
    assert "Jouw team ziet ze niet meer" in melding(greet)
    assert status_van(greet, adres) == 404
    assert status_van(greet, f"{adres}spoor/") == 404
    assert status_van(lode, adres) == 200
    assert "Het gaat vooral over schulden." in lode.inner_text(".gesprek")
    assert zaak(portaal, referentie)[1:] == ("ocmw", "nieuw")


def optie(pagina, kiezer, begin):
    """The whole text of the option that holds these words."""
    return next(tekst for tekst in pagina.locator(f"{kiezer} option").all_inner_texts() if begin in tekst)


def test_a_search_that_finds_nothing_leads_to_the_question_with_the_words(bezoek):
    pagina = bezoek(breedte=320).pagina
    pagina.goto("/")
    pagina.fill("#zoek-q", "xqzwv brommerhelm")
    with pagina.expect_navigation():
        pagina.press("#zoek-q", "Enter")
    assert pagina.locator(".treffer").count() == 0
    pagina.click("main a[href^='/loket/vraag/']")
    assert pagina.input_value("[name=tekst]") == "xqzwv brommerhelm"


@pytest.mark.parametrize("hoe", ["knop", "Esc Esc", "zonder JavaScript"])
def test_quick_exit(bezoek, hoe):
    venster = bezoek(javascript=hoe != "zonder JavaScript")
    pagina = venster.pagina
    venster.context.route("https://www.meteo.be/**", lambda route: route.fulfill(body="<h1>Het weer</h1>"))
    pagina.goto("/privacy/")
    pagina.goto("/loket/vraag/")
    pagina.fill("[name=tekst]", "Mijn man mag dit niet lezen.")
    if hoe == "Esc Esc":
        pagina.keyboard.press("Escape")
        pagina.keyboard.press("Escape")
    else:
        pagina.click("[data-snel-weg]")
    pagina.wait_for_url("https://www.meteo.be/nl")
    if hoe != "zonder JavaScript":
        pagina.wait_for_load_state()
        pagina.evaluate("() => { history.back() }")
        pagina.wait_for_url("**/privacy/")


# --- participation ------------------------------------------------------------------------------


def test_an_organisation_gives_input_and_reads_what_was_done_with_it(bezoek, portaal):
    slug = maak_ronde_open(bezoek("coordinator").pagina, portaal)
    venster = bezoek()
    venster.meld_aan_met_code(f"voedselbank@{DOMEIN}")
    vera = venster.pagina
    assert vera.url.endswith("/participatie/mijn/")
    vera.goto(f"/participatie/rondes/{slug}/inbreng/?onderdeel=G2.3.b")
    vera.fill("[name=tekst]", "Geef ons een koelcel, dan gaat er minder weg.")
    al = len(portaal.mails(f"voedselbank@{DOMEIN}"))
    vera.click("[name=verstuur]")
    assert "/participatie/ontvangen/" in vera.url
    assert portaal.wacht_op_mail(f"voedselbank@{DOMEIN}", na=al)["Subject"].startswith("We kregen je inbreng")
    iedereen = bezoek(breedte=320).pagina
    iedereen.goto(f"/participatie/rondes/{slug}/")
    assert "Geef ons een koelcel" in iedereen.inner_text("main")

    portaal.verzet("UPDATE participatie_ronde SET sluit_op = now() WHERE slug = %s", slug)  # time passes
    cora = bezoek("coordinator").pagina
    cora.goto(f"/participatie/beheer/rondes/{slug}/antwoorden/")
    cora.click("table a:has-text('Geef ons een koelcel')")
    cora.check("[name=besluit][value=overgenomen]")
    cora.fill("[name=reden]", "Eten weggooien wil niemand.")
    cora.fill("[name=wijziging]", "De koelcel staat nu in actie G2.3.b.")
    cora.click("[name=bewaar]")
    iedereen.reload()
    assert "Eten weggooien" not in iedereen.inner_text("main")
    planner = bezoek("planner").pagina  # a second reader
    planner.goto(f"/participatie/beheer/rondes/{slug}/antwoorden/")
    planner.click("table a:has-text('Geef ons een koelcel')")
    planner.click("text=Goed zo, nagelezen")
    cora.goto(f"/participatie/beheer/rondes/{slug}/")
    cora.click("text=Publiceer alle antwoorden")
    assert "Alle antwoorden staan online" in melding(cora)
    iedereen.reload()
    assert "Eten weggooien wil niemand." in iedereen.inner_text(".gedaan")
    assert len(portaal.mails(f"voedselbank@{DOMEIN}")) > al
    vera.goto("/participatie/mijn/voor/voedselbank/inbreng/")
    vera.click(f"tr:has-text('{TITEL_RONDE}') a")
    assert "De koelcel staat nu in actie G2.3.b." in vera.inner_text("main")


TITEL_RONDE = "Wat doen we met eten dat overblijft?"


def maak_ronde_open(cora, portaal):
    """The coordinator writes a round that is open now, and puts it online; returns its slug."""
    cora.goto("/beheer/participatie/ronde/add/")
    cora.select_option("[name=plan]", index=1)
    cora.fill("[name=titel]", TITEL_RONDE)
    cora.fill("[name=vraag]", "Hoe komt eten dat overblijft bij wie het nodig heeft?")
    cora.fill("[name=wie]", "Iedereen")
    for veld, dag in (("opent_op", "2026-01-01"), ("sluit_op", "2035-01-01")):
        cora.fill(f"[name={veld}_0]", dag)
        cora.fill(f"[name={veld}_1]", "09:00")
    cora.fill("[name=antwoord_tegen]", "2035-02-01")
    cora.click("[name=_save]")
    assert TITEL_RONDE in melding(cora)
    [(slug,)] = portaal.rijen("SELECT slug FROM participatie_ronde WHERE titel = %s", TITEL_RONDE)
    cora.goto(f"/participatie/beheer/rondes/{slug}/")
    cora.click("text=Zet de ronde online")
    assert "De ronde staat online" in melding(cora)
    return slug


def test_an_organisation_applies_and_two_different_people_let_it_in(bezoek, portaal):
    nieuw = bezoek(breedte=320)
    pagina, email = nieuw.pagina, "dina@dedraad.example"
    pagina.goto("/participatie/organisaties/aanmelden/")
    pagina.fill("[name=naam]", "Naaiatelier De Draad")
    pagina.select_option("[name=soort]", "vzw")
    pagina.fill("[name=ondernemingsnummer]", geldig_nummer("09991234"))
    pagina.fill("[name=omschrijving]", "We leren samen naaien en herstellen.")
    pagina.fill("[name=contact_naam]", "Dina")
    pagina.fill("[name=contact_email]", email)
    nieuw.wacht_als_een_mens()
    pagina.click("[name=verstuur]")
    assert "/participatie/organisaties/volgen/" in pagina.url
    portaal.wacht_op_mail(email)
    [(nummer,)] = portaal.rijen("SELECT id FROM participatie_aanmelding WHERE naam = 'Naaiatelier De Draad'")
    adres = f"/participatie/beheer/aanmeldingen/{nummer}/"

    cora, cora_twee = bezoek("coordinator").pagina, bezoek("coordinator").pagina
    cora.goto(adres)
    cora_twee.goto(adres)
    cora.click("[value=akkoord]")
    assert "Jij gaf het eerste akkoord" in cora.inner_text("main")
    assert cora.locator("[value=akkoord]").count() == 0
    cora_twee.click("[value=akkoord]")  # the button of a page that she still had open
    assert "Een collega moet het tweede geven" in melding(cora_twee)
    pagina.reload()
    assert "We kregen je aanmelding" in pagina.inner_text(".inleiding")
    assert portaal.rijen("SELECT count(*) FROM sociaalhuis_gebruiker WHERE email = %s", email) == [(0,)]

    tine = bezoek("team.ocmw").pagina
    tine.goto(adres)
    tine.click("[value=akkoord]")
    pagina.reload()
    assert "Je organisatie doet mee" in pagina.inner_text(".inleiding")
    portaal.wacht_op_mail(email, na=1)
    nieuw.meld_aan_met_code(email)
    assert "Naaiatelier De Draad" in pagina.inner_text("main")
    bezoeker = bezoek().pagina
    bezoeker.goto("/participatie/organisaties/")
    assert "Naaiatelier De Draad" in bezoeker.inner_text("main")


def geldig_nummer(acht):
    """A number of an enterprise with these first eight digits."""
    nummer = f"{acht}{97 - int(acht) % 97:02}"
    kbo.controleer(nummer)
    return nummer


# --- the plan -----------------------------------------------------------------------------------


def test_a_changed_title_shows_at_once_from_both_servers(bezoek, portaal):
    lezer = bezoek(breedte=320).pagina
    for _ in range(6):
        lezer.goto("/plan/2026-2031/")  # both processes keep the page
    pieter = bezoek("planner").pagina
    pieter.goto("/beheer/plan/garantie/")
    pieter.click("#result_list tbody th a >> nth=0")
    oud, nieuw = pieter.input_value("[name=titel]"), "Een dak boven het hoofd, voor wie hier ook woont"
    pieter.fill("[name=titel]", nieuw)
    pieter.click("[name=_save]")
    for _ in range(20):  # a new connection each time, so the other process gets its share
        with urllib.request.urlopen(f"{portaal.url}/plan/2026-2031/") as antwoord:
            tekst = antwoord.read().decode()
        assert nieuw in tekst
        assert oud not in tekst
    lezer.reload()
    assert nieuw in lezer.inner_text("main")


def test_somebody_orders_a_copy_of_the_plan(bezoek, portaal):
    coordinator = f"coordinator@{DOMEIN}"
    al = len(portaal.mails(coordinator))
    pagina = bezoek(breedte=320, javascript=False).pagina
    pagina.goto("/plan/2026-2031/bestellen/")
    pagina.check("[name=vorm][value=papier]")
    pagina.fill("[name=naam]", "Nora")
    pagina.click("[name=bestel]")
    assert "Vul je adres in" in pagina.inner_text(".foutenlijst")
    pagina.fill("[name=adres]", "Dorpsplein 2, 9998 Wilgenbeke")
    pagina.click("[name=bestel]")
    assert pagina.url.endswith("/bestellen/dank-je/")
    mail = portaal.wacht_op_mail(coordinator, na=al)
    assert "Dorpsplein" not in mail.as_string()
    cora = bezoek("coordinator").pagina
    cora.goto("/beheer/plan/bestelling/")
    assert cora.locator("#result_list tbody tr").count() == 1
