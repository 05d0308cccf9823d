"""The signpost: nobody gets stuck on it, its addresses say nothing and stay, and nothing is kept of who walks it."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loket.acties.dienst import haal_offline as haal_dienst_offline
from loket.acties.wegwijzer import gebreken_van, haal_offline, publiceer
from loket.models import Dienst, Levensgebeurtenis, MagNiet, Wegantwoord, Wegpunt
from loket.wegwijzer.boom import WEET_NIET, boom_van, loop, regels, vragen_vanaf
from sociaalhuis.beheer.ondertussen import merk
from tests.loket.diensten import maak_dienst
from tests.loket.wegen import adres, maak_weg

pytestmark = pytest.mark.django_db


@pytest.fixture
def leefloon(ocmw):
    return maak_dienst("Leefloon", bestuur=ocmw, kort="Een inkomen.", gratis=True)


@pytest.fixture
def voedselpakket(ocmw):
    return maak_dienst("Voedselpakket", bestuur=ocmw, kort="Eten voor een week.")


@pytest.fixture
def weg(huis, leefloon, voedselpakket, thema):
    """Two questions, three outcomes, on the site."""
    gebeurtenis, punten = maak_weg(
        "geen-geld",
        {
            "begin": ("Heb je vandaag eten?", {"Ja": "inkomen", "Nee": "honger"}),
            "inkomen": ("Heb je een inkomen?", {"Ja": "rondkomen", "Nee": "leefloon"}),
            "honger": [voedselpakket],
            "leefloon": [leefloon, voedselpakket],
            "rondkomen": [voedselpakket],
        },
        thema=thema,
    )
    punten["leefloon"].uitleg = "<p>Bel ons vandaag.</p>"
    punten["leefloon"].save()
    return publiceer(gebeurtenis=gebeurtenis, door=None)


def teksten(gebeurtenis):
    return [gebrek.tekst for gebrek in gebreken_van(gebeurtenis)]


# --- what keeps a tree off the site ---------------------------------------------------------------


def fouten(slug, punten):
    gebeurtenis, _ = maak_weg(slug, punten)
    return [gebrek.tekst for gebrek in gebreken_van(gebeurtenis) if gebrek.ernstig]


def test_an_event_without_a_first_question_is_not_published(db):
    gebeurtenis, _ = maak_weg("leeg", {})
    with pytest.raises(MagNiet, match="geen eerste vraag"):
        publiceer(gebeurtenis=gebeurtenis, door=None)
    assert not Levensgebeurtenis.objects.gepubliceerd().exists()


def test_a_question_that_starts_in_another_event_is_no_first_question(leefloon):
    gebeurtenis, _ = maak_weg("een", {"begin": ("Een?", {"Ja": "uit"}), "uit": [leefloon]})
    _, andere = maak_weg("twee", {"begin": ("Twee?", {"Ja": "uit"}), "uit": [leefloon]})
    gebeurtenis.begin = andere["begin"]
    gebeurtenis.save()
    assert teksten(gebeurtenis) == ["Er is geen eerste vraag. Maak een stap, en kies die bij ‘begint bij’."]


def test_a_dead_end_an_answer_to_nowhere_and_an_empty_outcome_are_named(leefloon):
    assert fouten("a", {"begin": ("Wat nu?", {"Ja": "stil", "Nee": "uit"}), "stil": ("En dan?", {}), "uit": []}) == [
        "Doodlopend: bij “En dan?” kan je niets antwoorden.",
        "Doodlopend: “Uitkomst uit” toont geen dienst en geen uitleg.",
    ]
    assert fouten("b", {"begin": ("Wat nu?", {"Ja": "weg", "Nee": "uit"}), "uit": [leefloon]}) == [
        "“Wat nu?”: het antwoord “Ja” gaat nergens naartoe."
    ]


def test_only_i_do_not_know_is_no_way_on(leefloon):
    gebeurtenis, punten = maak_weg("c", {"begin": ("Wat nu?", {"Geen idee": "uit"}), "uit": [leefloon]})
    punten["begin"].antwoorden.update(weet_niet=True)
    assert "Doodlopend: bij “Wat nu?” kan je niets antwoorden." in teksten(gebeurtenis)


def test_a_loop_is_named_once_with_where_it_turns_back(leefloon):
    gevonden = fouten(
        "d",
        {
            "begin": ("Eerst?", {"Verder": "tweede"}),
            "tweede": ("Dan?", {"Terug": "begin", "Klaar": "uit"}),
            "uit": [leefloon],
        },
    )
    assert "Rondje: “Terug” gaat terug naar “Eerst?”." in gevonden
    assert sum("Rondje" in tekst for tekst in gevonden) == 1


def test_an_answer_cannot_lead_to_its_own_question(leefloon):
    _, punten = maak_weg("e", {"begin": ("Wat?", {"Ja": "uit"}), "uit": [leefloon]})
    with pytest.raises(IntegrityError, match="wegantwoord_niet_naar_zichzelf"), transaction.atomic():
        Wegantwoord.objects.create(punt=punten["begin"], tekst="Nog eens", naar=punten["begin"])


def test_an_answer_to_another_event_is_named(leefloon):
    gebeurtenis, punten = maak_weg("f", {"begin": ("Wat?", {"Ja": "uit", "Nee": "uit"}), "uit": [leefloon]})
    _, andere = maak_weg("g", {"begin": ("Hoe?", {"Ja": "uit"}), "uit": [leefloon]})
    punten["begin"].antwoorden.filter(tekst="Nee").update(naar=andere["uit"])
    assert teksten(gebeurtenis) == ["“Wat?”: het antwoord “Nee” gaat naar een andere gebeurtenis."]


def rij_van(aantal, dienst):
    """So many questions after each other, then an outcome."""
    namen = ["begin", *(f"v{n}" for n in range(2, aantal + 1)), "uit"]
    vragen = {
        naam: (f"{naam}?", {"Ja": volgende, "Nee": "uit"}) for naam, volgende in zip(namen, namen[1:], strict=False)
    }
    return {**vragen, "uit": [dienst]}


def test_five_questions_is_fine_and_six_is_too_many(leefloon):
    assert fouten("vijf", rij_van(5, leefloon)) == []
    assert fouten("zes", rij_van(6, leefloon)) == [
        "Iemand kan meer dan 5 vragen na elkaar krijgen. Maak een weg korter."
    ]


def test_a_service_that_is_not_on_the_site_keeps_it_off(leefloon, ocmw):
    ontwerp = maak_dienst("Ontwerp", bestuur=ocmw, status=Dienst.Status.ONTWERP)
    assert fouten("h", {"begin": ("Wat?", {"Ja": "uit", "Nee": "uit"}), "uit": [leefloon, ontwerp]}) == [
        "“Uitkomst uit” verwijst naar een dienst die niet op de site staat of staan."
    ]


def test_what_does_not_block_is_said_too_after_what_does(leefloon):
    gebeurtenis, _ = maak_weg(
        "i", {"begin": ("Kies iets", {"Ja": "uit"}), "uit": [leefloon], "los": [leefloon], "dood": ("Wat?", {})}
    )
    assert [(gebrek.ernstig, gebrek.tekst) for gebrek in gebreken_van(gebeurtenis)] == [
        (True, "Doodlopend: bij “Wat?” kan je niets antwoorden."),
        (False, "“Kies iets” heeft maar één antwoord."),
        (False, "De vraag “Kies iets” eindigt niet op een vraagteken."),
        (False, "Geen enkel antwoord leidt naar “Uitkomst los”."),
        (False, "Geen enkel antwoord leidt naar “Wat?”."),
    ]


# --- what citizens walk ---------------------------------------------------------------------------


def test_what_does_not_exist_or_is_not_published_is_not_found(bewoner, weg):
    for pad in ("/loket/wegwijzer/geen/", "/loket/wegwijzer/geen/abcd/", "/loket/wegwijzer/geen-geld/te-lang-zeg/",
                "/loket/wegwijzer/geen-geld/abcd-abcd-abcd-abcd-abcd-abcd/", "/loket/wegwijzer/geen-geld/%00%00/"):  # fmt: skip
        assert bewoner.get(pad).status_code == 404, pad
    haal_offline(gebeurtenis=weg, door=None)
    assert bewoner.get("/loket/wegwijzer/geen-geld/").status_code == 404
    assert "Ik geen-geld" not in bewoner.get("/loket/wegwijzer/").content.decode()


def test_an_old_address_goes_back_to_where_it_still_fits(bewoner, weg):
    goed = adres(weg, "Ja")
    response = bewoner.get(f"{goed[:-1]}-zzzz/")
    assert (response.status_code, response["Location"]) == (302, goed)
    assert bewoner.get("/loket/wegwijzer/geen-geld/zzzz/")["Location"] == "/loket/wegwijzer/geen-geld/"
    te_ver = adres(weg, "Nee")[:-1] + "-0000/"
    assert bewoner.get(te_ver)["Location"] == adres(weg, "Nee")


def test_from_the_list_by_questions_to_services_and_a_person(bewoner, weg, leefloon):
    assert "/loket/wegwijzer/geen-geld/" in bewoner.get("/loket/wegwijzer/").content.decode()
    eerste = bewoner.get("/loket/wegwijzer/geen-geld/").content.decode()
    assert "Heb je vandaag eten?" in eerste
    assert "vraag 1 van hoogstens 2" in eerste
    html = bewoner.get(adres(weg, "Ja", "Nee")).content.decode()
    assert "<p>Bel ons vandaag.</p>" in html
    assert html.index("Leefloon") < html.index("Voedselpakket")
    assert "Een inkomen." in html
    assert 'href="tel:+3259990000"' in html
    assert 'href="/loket/vraag/?thema=geld"' in html
    assert f'href="{adres(weg, "Ja")}"' in html  # the way back, and to change the second answer
    assert 'href="/loket/wegwijzer/geen-geld/"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_theme_is_filled_in_where_the_question_is_asked(bewoner, weg):
    html = bewoner.get("/loket/vraag/?thema=geld").content.decode()
    assert re.search(r'<option value="geld" selected>', html)
    for vreemd in ("geen", "x" * 6000, "%00", "<script>"):
        assert bewoner.get(f"/loket/vraag/?thema={vreemd}").status_code == 200


def test_i_do_not_know_is_always_there_and_leads_to_a_person_with_what_may_fit(bewoner, weg):
    eerste = bewoner.get("/loket/wegwijzer/geen-geld/").content.decode()
    assert 'href="/loket/wegwijzer/geen-geld/0000/"' in eerste
    html = bewoner.get("/loket/wegwijzer/geen-geld/0000/").content.decode()
    assert "we zoeken het samen uit" in html
    assert "Leefloon" in html
    assert "Voedselpakket" in html
    assert "Praat met een mens" in html


def test_an_own_answer_i_do_not_know_takes_that_place_and_stands_last(weg):
    antwoord = weg.begin.antwoorden.get(tekst="Ja")
    antwoord.weet_niet, antwoord.volgorde = True, 0
    antwoord.save()
    boom = boom_van(weg)
    stand = loop(boom, [antwoord.code])
    assert stand.punt["titel"] == "Heb je een inkomen?"
    assert loop(boom, [WEET_NIET["code"]]).codes == []
    with pytest.raises(IntegrityError, match="wegantwoord_een_weet_niet"), transaction.atomic():
        weg.begin.antwoorden.update(weet_niet=True)


def test_the_address_and_the_page_keep_nothing(bewoner, weg):
    for pad in ("/loket/wegwijzer/", "/loket/wegwijzer/geen-geld/", adres(weg, "Ja", "Nee")):
        response = bewoner.get(pad)
        assert not response.cookies, pad
        assert "Cookie" not in response.get("Vary", ""), pad
        assert "no-store" not in response["Cache-Control"], pad
    assert re.fullmatch(r"/loket/wegwijzer/geen-geld/[0-9a-z]{4}-[0-9a-z]{4}/", adres(weg, "Ja", "Nee"))


def test_emergency_numbers_come_first_where_they_must(bewoner, weg):
    begin = "/loket/wegwijzer/geen-geld/"
    assert 'class="nood"' not in bewoner.get(begin).content.decode()
    punt = weg.begin
    punt.nood = True
    punt.save()
    publiceer(gebeurtenis=weg, door=None)
    html = bewoner.get(begin).content.decode()
    assert html.index('class="nood"') < html.index("<h1>")
    assert 'class="nood"' not in bewoner.get(adres(weg, "Ja")).content.decode()
    Levensgebeurtenis.objects.update(nood=True)
    assert 'class="nood"' in bewoner.get(adres(weg, "Ja", "Nee")).content.decode()


def test_an_edit_shows_only_after_publishing_again(bewoner, weg):
    Wegpunt.objects.filter(pk=weg.begin_id).update(titel="Heb je honger?")
    weg.begin.antwoorden.all().delete()
    assert "Heb je vandaag eten?" in bewoner.get("/loket/wegwijzer/geen-geld/").content.decode()
    with pytest.raises(MagNiet, match="Heb je honger"):
        publiceer(gebeurtenis=weg, door=None)
    assert "Heb je vandaag eten?" in bewoner.get("/loket/wegwijzer/geen-geld/").content.decode()


def test_a_service_that_left_the_site_is_left_out_and_named_to_staff(bewoner, weg, leefloon):
    haal_dienst_offline(diensten=Dienst.objects.filter(pk=leefloon.pk), door=None)
    html = bewoner.get(adres(weg, "Ja", "Nee")).content.decode()
    assert "Leefloon</a>" not in html
    assert "Voedselpakket" in html
    assert teksten(weg) == ["“Uitkomst leefloon” verwijst naar een dienst die niet op de site staat of staan."]


@pytest.mark.django_db(transaction=True)
def test_pages_ask_as_much_for_three_services_as_for_one(bewoner, weg):
    aantallen = []
    for antwoorden in (["Nee"], ["Ja", "Nee"]):
        with CaptureQueriesContext(connection) as gesteld:
            bewoner.get(adres(weg, *antwoorden))
        aantallen.append(len([q for q in gesteld if "Django" not in q["sql"]]))
    assert aantallen[1] <= aantallen[0]


def test_the_signpost_is_linked_from_home_search_and_nothing_found(bewoner, weg):
    for pad in ("/", "/loket/zoeken/", "/loket/zoeken/?q=xqzwv"):
        assert 'href="/loket/wegwijzer/geen-geld/"' in bewoner.get(pad).content.decode(), pad
    assert "/loket/wegwijzer/geen-geld/" in bewoner.get("/sitemap.xml").content.decode()


def test_the_home_page_without_events_has_no_empty_heading(bewoner, huis):
    assert "Is er iets gebeurd?" not in bewoner.get("/").content.decode()
    assert "De wegwijzer is nog leeg" in bewoner.get("/loket/wegwijzer/").content.decode()


# --- the tree in the admin ------------------------------------------------------------------------


def beheer_van(weg):
    return reverse("admin:loket_levensgebeurtenis_change", args=[weg.pk])


def velden_van(weg, **velden):
    return {
        "titel": weg.titel,
        "kort": weg.kort,
        "picto": weg.picto,
        "volgorde": 0,
        "begin": weg.begin_id or "",
        "_gezien": gezien(weg),
        **velden,
    }


def gezien(rij):
    """The mark that the page of this row carries now."""
    beheer = admin.site.get_model_admin(type(rij))
    return merk(beheer.sporen(None, rij))


def test_who_does_not_work_on_the_catalogue_has_no_tree(als, weg, planner, toezicht, bewoner):
    for wie in (planner, toezicht):
        assert als(wie).get(beheer_van(weg)).status_code == 403
        assert als(wie).get("/loket/wegwijzer/geen-geld/?ontwerp=1").status_code == 404
    assert bewoner.get("/loket/wegwijzer/geen-geld/?ontwerp=1").status_code == 404


def test_publishing_a_dead_end_is_refused_with_what_to_mend(als, weg, loket_ocmw, bewoner):
    client = als(loket_ocmw)
    weg.begin.antwoorden.filter(tekst="Nee").update(naar=None)
    html = client.post(beheer_van(weg), velden_van(weg, _publiceer=""), follow=True).content.decode()
    assert "kan nog niet op de site" in html
    assert "het antwoord “Nee” gaat nergens naartoe." in html
    assert f'href="{reverse("admin:loket_wegpunt_change", args=[weg.begin_id])}"' in html
    assert "Intussen is er iets veranderd" in html
    assert (
        client.get(reverse("admin:loket_levensgebeurtenis_changelist")).content.decode().count("herstel wat doodloopt")
    )
    assert bewoner.get("/loket/wegwijzer/geen-geld/").status_code == 200


def test_a_clerk_sees_the_whole_tree_publishes_and_hides(als, weg, loket_ocmw):
    client = als(loket_ocmw)
    html = client.get(beheer_van(weg)).content.decode()
    for tekst in ("Heb je vandaag eten?", "Heb je een inkomen?", "Uitkomst leefloon", "Leefloon, Voedselpakket"):
        assert tekst in html, tekst
    assert "Alles klopt" in html
    client.post(beheer_van(weg), velden_van(weg, _offline=""))
    weg.refresh_from_db()
    assert not weg.is_gepubliceerd
    client.post(beheer_van(weg), velden_van(weg, _publiceer=""))
    weg.refresh_from_db()
    assert weg.is_gepubliceerd
    assert (
        "Levensgebeurtenis"
        in client.get(reverse("admin:loket_levensgebeurtenis_history", args=[weg.pk])).content.decode()
    )


def test_a_preview_shows_what_is_not_published_yet_and_stays_a_preview(als, weg, loket_ocmw):
    Wegpunt.objects.filter(pk=weg.begin_id).update(titel="Heb je honger?")
    html = als(loket_ocmw).get("/loket/wegwijzer/geen-geld/?ontwerp=1").content.decode()
    assert "Heb je honger?" in html
    assert f'href="{adres(weg, "Ja")}?ontwerp=1"' in html


def antwoord_velden(*rijen, titel="Heb je vandaag eten?", begin=0):
    velden = {"titel": titel, "uitleg": "", "antwoorden-TOTAL_FORMS": len(rijen), "antwoorden-INITIAL_FORMS": begin}
    for nummer, rij in enumerate(rijen):
        standaard = {"volgorde": nummer, "nieuw_soort": "vraag", "tekst": ""}
        velden |= {f"antwoorden-{nummer}-{naam}": w for naam, w in {**standaard, **rij}.items()}
    return velden


def test_a_new_event_grows_question_by_question(als, loket_ocmw, leefloon):
    client = als(loket_ocmw)
    nieuw = {"titel": "Ik verhuis", "slug": "verhuizen", "kort": "Wat je regelt.", "picto": "wonen", "volgorde": 1}
    pad = client.post(reverse("admin:loket_levensgebeurtenis_add"), nieuw)["Location"]
    weg = Levensgebeurtenis.objects.get()
    assert pad == f"{reverse('admin:loket_wegpunt_add')}?gebeurtenis={weg.pk}&soort=vraag"
    velden = antwoord_velden(
        {"tekst": "Ja", "nieuw": "Met kinderen?"},
        {"tekst": "Nee", "nieuw": "Blijf gerust zitten", "nieuw_soort": "uitkomst"},
        titel="Ga je ver weg?",
    )
    response = client.post(pad, {**velden, "gebeurtenis": weg.pk, "soort": "vraag"})
    assert response["Location"] == beheer_van(weg)
    weg.refresh_from_db()
    lijn = [
        (diepte, antwoord and antwoord["tekst"], punt["titel"])
        for diepte, antwoord, _, punt, _ in regels(boom_van(weg))
    ]
    assert lijn == [
        (0, None, "Ga je ver weg?"),
        (1, "Ja", "Met kinderen?"),
        (1, "Nee", "Blijf gerust zitten"),
    ]
    uit = Wegpunt.objects.get(titel="Blijf gerust zitten")
    inhoud = {"_gezien": gezien(uit), "titel": uit.titel, "uitleg": "", "wegdiensten-TOTAL_FORMS": 1, "wegdiensten-INITIAL_FORMS": 0,
              "wegdiensten-0-dienst": leefloon.pk, "wegdiensten-0-volgorde": 0}  # fmt: skip
    client.post(reverse("admin:loket_wegpunt_change", args=[uit.pk]), inhoud)
    assert list(uit.diensten.all()) == [leefloon]


def test_rows_that_stay_empty_are_no_answers(als, weg, loket_ocmw):
    ja, nee = weg.begin.antwoorden.all()
    rijen = [
        {"id": ja.pk, "punt": weg.begin_id, "tekst": "Ja", "naar": ""},
        {"id": nee.pk, "punt": weg.begin_id, "tekst": "Nee", "naar": nee.naar_id},
        {"volgorde": 0, "naar": "", "nieuw": ""},
        {"volgorde": 0, "naar": "", "nieuw": ""},
    ]
    velden = antwoord_velden(*rijen, begin=2) | {"_gezien": gezien(weg.begin)}
    response = als(loket_ocmw).post(reverse("admin:loket_wegpunt_change", args=[weg.begin_id]), velden)
    assert (response.status_code, response.get("Location")) == (302, beheer_van(weg))
    assert list(weg.begin.antwoorden.values_list("tekst", "naar")) == [("Ja", None), ("Nee", nee.naar_id)]


def test_an_answer_chooses_a_step_or_makes_one_not_both(als, weg, loket_ocmw):
    uit = Wegpunt.objects.get(titel="Uitkomst honger")
    velden = antwoord_velden({"tekst": "Soms", "naar": uit.pk, "nieuw": "Hoe dan?"}, titel="Wat?")
    pad = f"{reverse('admin:loket_wegpunt_add')}?gebeurtenis={weg.pk}&soort=vraag"
    html = als(loket_ocmw).post(pad, {**velden, "gebeurtenis": weg.pk, "soort": "vraag"}).content.decode()
    assert "Kies een stap of maak een nieuwe, niet allebei." in html
    assert not Wegpunt.objects.filter(titel="Hoe dan?").exists()


@pytest.mark.parametrize(
    ("titel", "melding"),
    [
        ("", "Vul dit in."),
        ("Zonder vraagteken", "Een vraag eindigt op een vraagteken."),
        ("x" * 5000 + "?", "Dit mag hoogstens 140 tekens lang zijn."),
        ("Nul\x00?", "Hier staat een teken in dat we niet kunnen bewaren."),
    ],
)
def test_bad_input_for_a_question_is_said_and_nothing_changes(als, weg, loket_ocmw, titel, melding):
    pad = reverse("admin:loket_wegpunt_change", args=[weg.begin_id])
    response = als(loket_ocmw).post(pad, antwoord_velden(titel=titel))
    assert response.status_code == 200
    assert melding in response.content.decode()
    assert Wegpunt.objects.get(pk=weg.begin_id).titel == "Heb je vandaag eten?"


def test_a_script_in_an_explanation_never_reaches_a_page(als, weg, loket_ocmw, bewoner):
    pad = reverse("admin:loket_wegpunt_change", args=[weg.begin_id])
    velden = antwoord_velden(titel="Heb je <b>eten</b>?") | {
        "uitleg": "<script>x()</script><p>Veilig \u202etekst</p>",
        "_gezien": gezien(weg.begin),
    }
    als(loket_ocmw).post(pad, velden)
    publiceer(gebeurtenis=weg, door=None)
    html = bewoner.get("/loket/wegwijzer/geen-geld/").content.decode()
    assert "x()" not in html
    assert "<p>Veilig tekst</p>" in html
    assert "&lt;b&gt;eten&lt;/b&gt;" in html


def test_a_removed_point_leaves_answers_that_are_named(als, weg, loket_ocmw):
    uit = Wegpunt.objects.get(titel="Uitkomst honger")
    response = als(loket_ocmw).post(reverse("admin:loket_wegpunt_delete", args=[uit.pk]), {"post": "yes"})
    assert response["Location"] == beheer_van(weg)
    assert teksten(weg) == ["“Heb je vandaag eten?”: het antwoord “Nee” gaat nergens naartoe."]


@pytest.mark.django_db(transaction=True)
def test_publishing_and_hiding_at_once_leave_it_wholly_on_or_off(weg):
    """Eight people at the same moment: the row is locked, so a tree and its day are there together or not at all."""

    def doe(nummer):
        try:
            (publiceer if nummer % 2 else haal_offline)(gebeurtenis=weg, door=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as mensen:
        list(mensen.map(doe, range(8)))
    weg.refresh_from_db()
    assert (weg.boom is None) == (weg.gepubliceerd_op is None)
    assert weg.boom in (None, boom_van(weg))


def test_the_number_of_questions_to_come_is_that_of_the_longest_way(weg):
    assert vragen_vanaf(weg.boom, weg.boom["begin"]) == 2


def test_where_it_may_be_dangerous_the_title_for_the_history_says_nothing(bewoner, weg):
    Levensgebeurtenis.objects.update(nood=True)
    for pad in ("/loket/wegwijzer/geen-geld/", adres(weg, "Ja", "Nee")):
        titel = bewoner.get(pad).content.decode().split("<title>")[1].split("</title>")[0]
        assert titel.startswith("Wegwijzer: "), pad
        assert "geen-geld" not in titel


def test_a_printed_page_says_where_it_came_from(bewoner, weg):
    html = bewoner.get(adres(weg, "Nee")).content.decode()
    assert f"Afgedrukt van http://testserver{adres(weg, 'Nee')}" in html


def test_the_list_of_events_is_there_for_who_edits(als, weg, loket_gemeente):
    html = als(loket_gemeente).get(reverse("admin:loket_levensgebeurtenis_changelist")).content.decode()
    assert "Ik geen-geld" in html
    assert als(loket_gemeente).get(reverse("admin:loket_wegpunt_changelist")).status_code == 302


def test_the_list_asks_as_much_for_one_event_as_for_three(als, huis, leefloon, loket_ocmw):
    client, lijst = als(loket_ocmw), reverse("admin:loket_levensgebeurtenis_changelist")
    client.get(lijst)
    aantallen, te_doen = [], []
    for slug in ("een", "twee", "drie"):
        weg, _ = maak_weg(slug, {"begin": ("Wat?", {"Ja": "uit", "Nee": "uit"}), "uit": [leefloon]})
        with CaptureQueriesContext(connection) as gesteld:
            response = client.get(lijst)
        aantallen.append(len(gesteld))
        te_doen.append([rij.wacht_op for rij in response.context["cl"].result_list])
        publiceer(gebeurtenis=weg, door=None)
    assert len(set(aantallen)) == 1, aantallen
    assert te_doen == [["publiceer"], ["–", "publiceer"], ["publiceer", "–", "–"]]  # by title: drie, een, twee
    assert [rij.wacht_op for rij in client.get(lijst).context["cl"].result_list] == ["–", "–", "–"]
