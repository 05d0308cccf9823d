"""Asking a question on the website: the form, the receipt, double posts, spam."""

import os
import random
import re
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.models import Dienst, Gebeurtenis, Inzage, Vraag
from loket.models.verdeling import Verdeelregel
from sociaalhuis import ontvangst
from sociaalhuis.models import Dossiersleutel
from tests.loket.vragen import getekend, gewone_dag, ingevuld

BOTS, MENSEN = (1000, 200) if os.environ.get("AANTAL") else (100, 40)
CODE = re.compile(r'class="bon-code">([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})<')


def code_op(antwoord):
    return CODE.search(antwoord.content.decode())[1]


def fouten_van(antwoord):
    return {veld: list(fouten) for veld, fouten in antwoord.context["form"].errors.items()}


# --- unhappy first ----------------------------------------------------------------------------


def test_an_empty_form_says_what_to_do(huis, team_sociale_dienst, bewoner):
    antwoord = bewoner.post("/loket/vraag/", {"bewijs": getekend()})
    assert fouten_van(antwoord) == {
        "tekst": ["Schrijf hier je vraag. Een paar woorden is genoeg."],
        "antwoordwijze": ["Kies hoe je ons antwoord wilt."],
        "akkoord": ["Duid dit aan. Zonder je akkoord mogen we je vraag niet bewaren."],
    }
    assert "Kijk deze 3 punten na" in antwoord.content.decode()
    assert Vraag.objects.count() == 0


@pytest.mark.parametrize(("wijze", "veld"), [("mail", "email"), ("telefoon", "telefoon"), ("brief", "adres")])
def test_the_chosen_way_needs_its_address(wijze, veld, huis, team_sociale_dienst, bewoner):
    antwoord = bewoner.post("/loket/vraag/", ingevuld(antwoordwijze=wijze, tekst="Dit blijft staan"))
    assert list(fouten_van(antwoord)) == [veld]
    assert "Dit blijft staan" in antwoord.content.decode()
    assert Vraag.objects.count() == 0


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("tekst", "a" * 5001),
        ("tekst", "nul\x00teken"),
        ("tekst", "   \r\n "),
        ("tekst", " \u200b\u00a0\ufeff "),
        ("thema", "bestaat-niet"),
        ("thema", "' OR 1=1 --"),
        ("gebied", "\x00"),
        ("antwoordwijze", "duif"),
        ("email", "geen adres"),
        ("email", "a@b.example\r\nBcc: x@y.example"),
        ("telefoon", "<script>alert(1)</script>"),
        ("telefoon", "((((((((("),
        ("telefoon", "0470 12 3"),
        ("naam", "x" * 121),
    ],
)
def test_bad_input_is_refused_beside_its_field(veld, waarde, huis, team_sociale_dienst, bewoner):
    antwoord = bewoner.post("/loket/vraag/", ingevuld(**{veld: waarde}))
    assert (antwoord.status_code, list(fouten_van(antwoord))) == (200, [veld])
    assert "<script>alert(1)" not in antwoord.content.decode()
    assert Vraag.objects.count() == 0


@pytest.mark.parametrize(
    "waarde",
    [
        "\u202eomgekeerd",
        "<script>alert(1)</script>",
        "'; DROP TABLE loket_vraag; --",
        "1e309",
        "😀" * 2000,
        "{{ 7*7 }}",
    ],
)
def test_odd_text_is_kept_as_text(waarde, huis, team_sociale_dienst, bewoner):
    code_op(bewoner.post("/loket/vraag/", ingevuld(tekst=waarde)))
    assert Vraag.objects.get().tekst == waarde


def test_a_file_that_may_not_come_in_stops_the_question_with_a_reason(huis, team_sociale_dienst, bewoner):
    kwaad = SimpleUploadedFile("foto.jpg", b"<svg onload=alert(1)>")
    antwoord = bewoner.post("/loket/vraag/", ingevuld(bestanden=kwaad))
    assert fouten_van(antwoord)["bestanden"][0].startswith("foto: Dit bestand kan onveilig zijn")
    assert Vraag.objects.count() == 0


def test_without_a_team_the_page_says_to_call(huis, bewoner):
    antwoord = bewoner.post("/loket/vraag/", ingevuld())
    assert fouten_van(antwoord)["__all__"] == [
        "We kunnen je vraag nu niet bewaren. Bel ons of kom langs, dan helpen we je meteen."
    ]
    assert Dossiersleutel.objects.count() == 0


def test_reading_the_page_changes_nothing(huis, team_sociale_dienst, bewoner):
    antwoord = bewoner.get("/loket/vraag/", {"q": "leefloon", "dienst": "bestaat-niet"})
    assert antwoord.status_code == 200 and "leefloon" in antwoord.content.decode()
    assert "sessie" not in antwoord.cookies and "no-store" in antwoord["Cache-Control"]
    assert Vraag.objects.count() == 0


# --- the receipt ------------------------------------------------------------------------------


def test_the_receipt_shows_the_code_once_and_nothing_personal(huis, thema, team_sociale_dienst, bewoner):
    velden = ingevuld(
        tekst="Kanarie over schulden", naam="Kanarie", antwoordwijze="mail", email="k@voorbeeld.example", thema="geld"
    )
    antwoord = bewoner.post("/loket/vraag/", velden)
    vraag = Vraag.objects.get()
    pagina = antwoord.content.decode()
    assert (vraag.tekst, vraag.naam, vraag.thema, vraag.anoniem) == ("Kanarie over schulden", "Kanarie", thema, False)
    assert vraag.referentie in pagina and "binnen 5 werkdagen, dus uiterlijk op" in pagina
    assert ontvangst.klopt(ontvangst.genormaliseerd(code_op(antwoord)), vraag.code_hash)
    kaart = pagina[pagina.index('class="bon"') : pagina.index("</section>", pagina.index('class="bon"'))]
    for woord in ("Kanarie", "schuld", "voorbeeld.example", thema.naam, "OCMW"):
        assert woord not in pagina, woord
    assert "/loket/opvolgen/" in kaart and "no-store" in antwoord["Cache-Control"]
    assert "sessie" not in antwoord.cookies
    assert "1712" in pagina


def test_the_same_post_again_gives_the_same_receipt(huis, team_sociale_dienst, bewoner):
    velden = ingevuld(tekst="Eén keer maar")
    codes = {code_op(bewoner.post("/loket/vraag/", velden)) for _ in range(3)}
    assert len(codes) == 1
    assert (Vraag.objects.count(), Gebeurtenis.objects.count(), Dossiersleutel.objects.count()) == (1, 1, 1)


def test_a_changed_text_after_the_back_button_is_not_lost(huis, team_sociale_dienst, bewoner):
    velden = ingevuld(tekst="Eerst dit")
    eerste = code_op(bewoner.post("/loket/vraag/", velden))
    tweede = code_op(bewoner.post("/loket/vraag/", {**velden, "tekst": "Toch dat"}))
    assert eerste != tweede
    assert sorted(v.tekst for v in Vraag.objects.all()) == ["Eerst dit", "Toch dat"]


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_posts_at_once_are_one_question(huis, team_sociale_dienst):
    velden, antwoorden, start = ingevuld(tekst="Vijftig keer"), [], threading.Barrier(10)

    def stuur():
        start.wait()
        for _ in range(5):
            antwoorden.append(Client().post("/loket/vraag/", velden))
        connections.close_all()

    draden = [threading.Thread(target=stuur) for _ in range(10)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert [a.status_code for a in antwoorden] == [200] * 50
    assert len({code_op(a) for a in antwoorden}) == 1
    assert (Vraag.objects.count(), Dossiersleutel.objects.count(), Gebeurtenis.objects.count()) == (1, 1, 1)


# --- before sending ---------------------------------------------------------------------------


def test_looking_first_keeps_everything_and_sends_nothing(huis, thema, ocmw, team_sociale_dienst, bewoner):
    dienst = Dienst.objects.create(
        slug="leefloon", titel="Leefloon", kort="Geld om van te leven", bestuur=ocmw, status="gepubliceerd"
    )
    dienst.themas.add(thema)
    velden = ingevuld(tekst="Ik heb niets meer", thema="geld", naam="Iemand", kijk="1")
    antwoord = bewoner.post("/loket/vraag/", velden)
    pagina = antwoord.content.decode()
    assert antwoord.context["passend"] == [dienst]
    for getypt in ("Ik heb niets meer", "Iemand", velden["bewijs"]):
        assert getypt in pagina
    assert "foutenlijst" not in pagina and Vraag.objects.count() == 0


@pytest.mark.parametrize("dienst", ["intussen-weg", "../../x", "\x00"])
def test_a_service_that_is_gone_does_not_stop_the_question(dienst, huis, team_sociale_dienst, bewoner):
    code_op(bewoner.post("/loket/vraag/", ingevuld(dienst=dienst)))
    assert Vraag.objects.get().dienst is None


def test_what_is_wrong_stands_above_what_may_help(huis, thema, ocmw, team_sociale_dienst, bewoner):
    dienst = Dienst.objects.create(slug="leefloon", titel="Leefloon", kort="Geld", bestuur=ocmw, status="gepubliceerd")
    dienst.themas.add(thema)
    antwoord = bewoner.post("/loket/vraag/", ingevuld(thema="geld", akkoord=""))
    assert (antwoord.context["passend"], list(fouten_van(antwoord))) == ([dienst], ["akkoord"])
    assert "Misschien helpt dit je al" not in antwoord.content.decode()


def test_a_link_from_a_service_brings_its_team(huis, ocmw, gemeente, team_onthaal, team_thuiszorg, bewoner):
    dienst = Dienst.objects.create(
        slug="poetshulp", titel="Poetshulp", kort="Hulp", bestuur=ocmw, team=team_thuiszorg, status="gepubliceerd"
    )
    assert "Poetshulp" in bewoner.get("/loket/vraag/?dienst=poetshulp").content.decode()
    bewoner.post("/loket/vraag/", ingevuld(dienst="poetshulp"))
    vraag = Vraag.objects.get()
    assert (vraag.dienst, vraag.team, vraag.bestuur) == (dienst, team_thuiszorg, ocmw)


def test_a_rule_gives_the_theme_its_team(huis, thema, team_sociale_dienst, team_onthaal, bewoner):
    Verdeelregel.objects.create(thema=thema, team=team_sociale_dienst)
    Verdeelregel.objects.create(team=team_onthaal)
    bewoner.post("/loket/vraag/", ingevuld(thema="geld"))
    bewoner.post("/loket/vraag/", ingevuld(tekst="Zonder thema"))
    assert list(Vraag.objects.order_by("pk").values_list("team__code", flat=True)) == ["sociale-dienst", "onthaal"]


def test_without_a_rule_the_ocmw_gets_it(huis, team_onthaal, team_sociale_dienst, bewoner):
    bewoner.post("/loket/vraag/", ingevuld())
    assert Vraag.objects.get().team == team_sociale_dienst


def test_a_national_number_and_danger_are_said_not_judged(huis, team_sociale_dienst, bewoner):
    tekst = "Mijn nummer is 85.07.30-033.28 en mijn man slaat mij"
    pagina = bewoner.post("/loket/vraag/", ingevuld(tekst=tekst)).content.decode()
    assert "Er stond een rijksregisternummer in je tekst" in pagina
    assert "Ben je in gevaar" in pagina and pagina.index("Ben je in gevaar") < pagina.index('class="bon"')
    vraag = Vraag.objects.get()
    assert (vraag.quarantaine, vraag.staat, vraag.tekst) == ("", "nieuw", tekst)


# --- spam -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "reden"),
    [
        ({"homepage": "http://koop.example"}, "valstrik"),
        ({"bewijs": ""}, "geen_bewijs"),
        ({"bewijs": "vervalst:bewijs"}, "geen_bewijs"),
        ({"bewijs": None}, "te_snel"),
        ({"tekst": "http://a.example http://b.example http://c.example"}, "links"),
        ({"tekst": "[url=http://a.example]koop[/url]"}, "links"),
    ],
)
def test_a_machine_gets_the_same_friendly_receipt_and_waits(velden, reden, huis, team_sociale_dienst, bewoner):
    velden = {**velden, **({"bewijs": getekend(0)} if velden.get("bewijs", "") is None else {})}
    antwoord = bewoner.post("/loket/vraag/", ingevuld(**velden))
    assert code_op(antwoord)
    vraag = Vraag.objects.get()
    assert (vraag.quarantaine, vraag.staat) == (reden, "nieuw")


def test_a_form_used_again_and_again_waits(huis, team_sociale_dienst, bewoner):
    velden = ingevuld()
    for nummer in range(5):
        bewoner.post("/loket/vraag/", {**velden, "tekst": f"Tekst {nummer}"})
    assert list(Vraag.objects.order_by("pk").values_list("quarantaine", flat=True)) == [
        "",
        "",
        "",
        "herhaald",
        "herhaald",
    ]


def test_bots_wait_and_people_do_not(huis, team_sociale_dienst, bewoner):
    """A generated corpus of machines and of people, slow ones and ones without JavaScript; `make aanval` makes it ten times larger."""
    toeval = random.Random(19)
    for nummer in range(BOTS):
        soort = toeval.choice(["valstrik", "snel", "vervalst", "links"])
        velden = ingevuld(tekst=f"Buy now {nummer} " + "http://spam.example " * (4 if soort == "links" else 1))
        velden |= {"valstrik": {"homepage": "x"}, "snel": {"bewijs": getekend(toeval.choice([0, 1]))}}.get(soort, {})
        velden |= {"bewijs": f"bot{nummer}"} if soort == "vervalst" else {}
        code_op(bewoner.post("/loket/vraag/", velden))
    assert (Vraag.objects.count(), Vraag.objects.filter(quarantaine="").count() <= BOTS // 100) == (BOTS, True)
    Vraag.objects.all().update(quarantaine="te_snel")
    for nummer in range(MENSEN):
        seconden = toeval.choice([5, 30, 600, 7200, 3 * 24 * 3600])
        velden = ingevuld(
            bewijs=getekend(seconden), tekst=f"Mijn vraag {nummer}: kijk op www.voorbeeld.example, klopt dat?"
        )
        code_op(bewoner.post("/loket/vraag/", velden))
    assert Vraag.objects.filter(quarantaine="").count() == MENSEN


def test_asking_reads_nothing(huis, team_sociale_dienst, bewoner):
    bewoner.post("/loket/vraag/", ingevuld())
    assert Inzage.objects.count() == 0


def vragen_van(bewoner, **velden):
    """The statements of one post, as a visitor causes them: what is public was read before, under the same version."""
    dag = gewone_dag()
    code_op(bewoner.post("/loket/vraag/", ingevuld(**velden), **dag))
    with CaptureQueriesContext(connection) as gevraagd:
        code_op(bewoner.post("/loket/vraag/", ingevuld(**velden), **dag))
    return [q["sql"] for q in gevraagd if "SAVEPOINT" not in q["sql"]]


def test_asking_is_few_queries(huis, team_sociale_dienst, bewoner):
    """With the number of the version, asked by the front, and the BEGIN and COMMIT of the transaction it is five."""
    Verdeelregel.objects.create(team=team_sociale_dienst)
    gevraagd = vragen_van(bewoner)
    assert len(gevraagd) == 2, gevraagd


def test_everything_filled_in_asks_one_more_for_each_choice(huis, thema, gebied, ocmw, team_sociale_dienst, bewoner):
    Verdeelregel.objects.create(gebied=gebied, team=team_sociale_dienst)
    Dienst.objects.create(slug="poetshulp", titel="Poetshulp", kort="Hulp", bestuur=ocmw, status="gepubliceerd")
    velden = {"thema": thema.code, "gebied": gebied.code, "dienst": "poetshulp", "naam": "An"}
    gevraagd = vragen_van(bewoner, **velden, antwoordwijze="mail", email="an@voorbeeld.example")
    assert len(gevraagd) == 5, gevraagd


def test_a_reference_in_use_is_drawn_anew(huis, team_sociale_dienst, bewoner, monkeypatch):
    getrokken = iter(["2027-AAAAAA", "2027-AAAAAA", "2027-BBBBBB"])
    monkeypatch.setattr(Vraag._meta.get_field("referentie"), "_get_default", lambda: next(getrokken))
    monkeypatch.setattr("loket.acties.vraag.nieuwe_referentie", lambda: next(getrokken))
    codes = {code_op(bewoner.post("/loket/vraag/", ingevuld(tekst=tekst))) for tekst in ("Eerste", "Tweede")}
    assert len(codes) == 2
    assert {v.referentie: v.tekst for v in Vraag.objects.all()} == {"2027-AAAAAA": "Eerste", "2027-BBBBBB": "Tweede"}
    assert (Dossiersleutel.objects.count(), Gebeurtenis.objects.count()) == (2, 2)
