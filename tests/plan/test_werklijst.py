"""Following up the plan: the work list, the page of one action, and its tasks."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from plan import werklijst
from plan.acties.herinneren import kies_opvolging
from plan.acties.stand import zet_stand
from plan.acties.taken import bewaar_taak, schrap_taak
from plan.models import Actie, Feit, Indicator, Opvolgkeuze, Plan, Redacteur, Taak, Verantwoording
from sociaalhuis.rollen import LOKETMEDEWERKER, ORGANISATIELID, TOEZICHTHOUDER

LIJST = reverse("plan:werklijst")
VANDAAG = timezone.localdate()


def dag(aantal):
    return VANDAAG + timedelta(days=aantal)


def pagina(actie):
    return reverse("plan:werk_actie", args=[actie.pk])


@pytest.fixture
def taak(actie):
    return Taak.objects.create(actie=actie, titel="Brief aan verhuurders", tegen=dag(-3))


def rij(html, code):
    """The piece of a work list about one part."""
    return html.split(f">{code} ")[1].split("</tr>")[0]


def post(client, adres, **velden):
    return client.post(adres, velden)


def gezien(client, adres):
    """The mark of the page as it is now."""
    return {"gezien": client.get(adres).context["gezien"]}


# --- who --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rol", [LOKETMEDEWERKER, TOEZICHTHOUDER, ORGANISATIELID])
def test_for_others_there_is_no_work_list(rol, maak_gebruiker, actie, taak, huis, als, bewoner):
    client = als(maak_gebruiker("ander", rol))
    adressen = [LIJST, reverse("plan:opvolgen"), pagina(actie), reverse("plan:werk_taak", args=[taak.pk])]
    for adres in adressen:
        assert (client.get(adres).status_code, post(client, adres, klaar=taak.pk).status_code) == (404, 404)
        assert bewoner.get(adres).status_code == 302
    taak.refresh_from_db()
    assert taak.klaar_op is None


def test_the_verbs_know_who_may(actie, taak, loket_ocmw):
    with pytest.raises(PermissionDenied):
        bewaar_taak(taak=Taak(actie=actie, titel="Nieuw"), door=loket_ocmw)
    with pytest.raises(PermissionDenied):
        bewaar_taak(taak=taak, door=loket_ocmw)
    with pytest.raises(PermissionDenied):
        schrap_taak(taak=taak, door=loket_ocmw)
    assert Taak.objects.get() == taak


# --- the list -----------------------------------------------------------------------------------


def test_without_a_plan_the_list_says_so(huis, als, planner):
    assert "Er is nog geen plan" in als(planner).get(LIJST).content.decode()
    assert post(als(planner), LIJST, klaar="1").status_code == 302


def test_each_part_says_what_it_asks_and_the_latest_stands_first(plan, maak_actie, doelstelling, huis, als, planner):
    stil = maak_actie("a", stand="in-uitvoering", stand_op=dag(-121), trekker="Wonen")
    laat, straks, weg, later = (maak_actie(letter, trekker="Sociale dienst", stand_op=VANDAAG) for letter in "bcde")
    Taak.objects.create(actie=laat, titel="Bellen", tegen=dag(-1))
    Taak.objects.create(actie=straks, titel="Feest", soort="mijlpaal", tegen=dag(14))
    Taak.objects.create(actie=later, titel="Ver weg", tegen=dag(15))
    Taak.objects.create(actie=later, titel="Gedaan", tegen=dag(-9), klaar_op=dag(-9))
    Taak.objects.create(actie=weg, titel="Nooit meer", tegen=dag(-50))
    Actie.objects.filter(pk=weg.pk).update(stand="stopgezet")
    antwoord = als(planner).get(LIJST)
    html = antwoord.content.decode()
    assert "Bellen (taak, moest klaar zijn op" in rij(html, "G1.1.b") and "Te laat" in rij(html, "G1.1.b")
    assert "Feest (mijlpaal, tegen" in rij(html, "G1.1.c") and "Binnenkort" in rij(html, "G1.1.c")
    assert "Het laatste nieuws is van" in rij(html, "G1.1.a")
    assert "Koppel een vaststelling die zegt waarom" in rij(html, "G1.1")
    assert "Kies een trekker." not in rij(html, "G1.1.a") and "Kies een trekker." not in rij(html, "G1.1.b")
    assert "Voeg taken toe, met een datum." in rij(html, "G1.1.a")
    assert "Ver weg" not in html and "Gedaan" not in html and "Nooit meer" not in html
    codes = [r.deel.code for r in antwoord.context["pagina"]]
    assert codes[:3] == ["G1.1.b", "G1.1.c", "G1.1.a"]
    assert {code: aantal for code, _, aantal in antwoord.context["lijsten"]} == {
        "alles": 7, "te-laat": 1, "straks": 1, "niet-bijgewerkt": 1, "onvolledig": 7, "zonder-verantwoording": 2,
    }  # fmt: skip
    assert stil.code in html


@pytest.mark.parametrize(
    ("vraag", "codes"),
    [
        ("lijst=te-laat", ["G1.1.b"]),
        ("lijst=niet-bijgewerkt", ["G1.1.a"]),
        ("lijst=zonder-verantwoording", ["G1", "G1.1"]),
        ("trekker=Wonen", ["G1.1.a"]),
        ("trekker=Wonen&lijst=te-laat", []),
        ("trekker=mijn", ["G1.1.b"]),
        ("lijst=zwevend&trekker=%00&pagina=zz", ["G1.1.b", "G1.1.a", "G1", "G1.1"]),
        ("plan=2032-2037", ["X1", "X1.1", "X1.1.a"]),
    ],
)
def test_a_list_can_be_narrowed(vraag, codes, plan, geheim_plan, maak_actie, huis, als, planner):
    maak_actie("a", stand="in-uitvoering", stand_op=dag(-121), trekker="Wonen")
    laat = maak_actie("b", trekker="Sociale dienst", stand="in-uitvoering", stand_op=VANDAAG)
    Taak.objects.create(actie=laat, titel="Bellen", tegen=dag(-1))
    kies_opvolging(mail=True, trekkers=["Sociale dienst"], door=planner)
    antwoord = als(planner).get(f"{LIJST}?{vraag}")
    assert sorted(r.deel.code for r in antwoord.context["pagina"]) == sorted(codes)


def test_a_goal_with_a_finding_is_no_longer_marked(plan, doelstelling, huis, als, planner):
    feit = Feit.objects.create(plan=plan, zin="1 op 8", bron="Telling", datum=VANDAAG)
    Verantwoording.objects.create(feit=feit, onderdeel=doelstelling)
    beheer = reverse("admin:plan_doelstelling_changelist")
    client = als(planner)
    zonder = client.get(f"{LIJST}?lijst=zonder-verantwoording").context["pagina"]
    assert [r.deel.code for r in zonder] == ["G1"]
    assert "<strong>Zonder verantwoording</strong>" not in client.get(beheer).content.decode()
    assert "G1.1" not in client.get(f"{beheer}?verantwoording=zonder").content.decode().split("result_list")[-1]
    Verantwoording.objects.all().delete()
    assert "<strong>Zonder verantwoording</strong>" in client.get(f"{beheer}?verantwoording=zonder").content.decode()


@pytest.mark.parametrize("pk", ["", "0", "999999999", "9" * 40, "x", "\x00", "²"])
def test_a_task_that_is_not_there_is_told(pk, plan, taak, huis, als, planner):
    client = als(planner)
    antwoord = client.post(f"{LIJST}?lijst=te-laat&trekker=", {"klaar": pk}, follow=True)
    assert "Die taak is er niet meer." in antwoord.content.decode()
    assert antwoord.redirect_chain == [(f"{LIJST}?lijst=te-laat&trekker=&plan=2026-2031", 302)]


def test_one_button_finishes_a_task_in_the_list_and_twice_is_once(plan, actie, taak, huis, als, planner):
    client = als(planner)
    for _ in range(2):
        antwoord = client.post(f"{LIJST}?lijst=te-laat", {"klaar": taak.pk}, follow=True)
    assert "Klaar: Brief aan verhuurders" in antwoord.content.decode()
    actie.refresh_from_db()
    taak.refresh_from_db()
    assert (taak.klaar_op, actie.stand, actie.voortgang) == (VANDAAG, "uitgevoerd", 100)
    assert list(antwoord.context["pagina"]) == []


def test_the_list_asks_the_same_for_one_row_and_for_three(
    plan, maak_actie, huis, als, planner, django_assert_num_queries
):
    def vul(letter):
        deel = maak_actie(letter, trekker=f"Dienst {letter}", stand="in-uitvoering", stand_op=dag(-200))
        Taak.objects.create(actie=deel, titel="Bellen", tegen=dag(-1))

    client = als(planner)
    vul("a")
    client.get(LIJST)
    with django_assert_num_queries(20, exact=False) as eerst:
        client.get(LIJST)
    vul("b")
    vul("c")
    with django_assert_num_queries(len(eerst.captured_queries)):
        client.get(LIJST)
    with django_assert_num_queries(4):
        assert len(werklijst.rijen(plan)) == 5


# --- one action ---------------------------------------------------------------------------------


def test_an_action_that_is_not_there_is_not_found(plan, doelstelling, huis, als, planner):
    client = als(planner)
    for pk in (999_999, doelstelling.pk):
        assert client.get(reverse("plan:werk_actie", args=[pk])).status_code == 404
    assert client.get(reverse("plan:werk_taak", args=[999_999])).status_code == 404


def test_a_task_is_added_changed_finished_opened_again_and_scrapped(plan, actie, huis, als, planner):
    client, adres = als(planner), pagina(actie)
    nieuw = {"stap": "taak", "nieuw-titel": " Bellen\u202e ", "nieuw-soort": "taak", "nieuw-tegen": str(dag(5))}
    for _ in range(2):  # a double click
        assert client.post(adres, nieuw).status_code == 302
    taak = Taak.objects.get()
    assert (taak.titel, taak.tegen, taak.openbaar) == ("Bellen", dag(5), False)
    taakpagina = reverse("plan:werk_taak", args=[taak.pk])
    assert (
        post(
            client, taakpagina, titel="Mailen", soort="mijlpaal", openbaar="on", **gezien(client, taakpagina)
        ).status_code
        == 302
    )
    taak.refresh_from_db()
    assert (taak.titel, taak.soort, taak.tegen, taak.openbaar) == ("Mailen", "mijlpaal", None, True)
    for knop, stand in [("klaar", ("uitgevoerd", 100)), ("open", ("in-uitvoering", 0))]:
        assert post(client, adres, **{knop: taak.pk}).status_code == 302
        actie.refresh_from_db()
        assert (actie.stand, actie.voortgang) == stand
    assert "Mailen" in client.get(adres).content.decode()
    assert post(client, taakpagina, stap="schrap").status_code == 302
    assert not Taak.objects.exists()


@pytest.mark.parametrize(
    ("velden", "veld", "boodschap"),
    [
        ({"titel": ""}, "titel", "Schrijf wat er moet gebeuren."),
        ({"titel": "x" * 5000}, "titel", "200"),
        ({"titel": "a\x00b"}, "titel", "Hier staat een teken in dat we niet kunnen bewaren."),
        ({"tegen": "2032-01-01"}, "tegen", "Kies een datum in de periode van het plan (2026-2031)."),
        ({"tegen": "morgen"}, "tegen", "Schrijf de datum als dag, maand en jaar"),
        ({"soort": "zwevend"}, "soort", "zwevend"),
    ],
)
def test_a_wrong_task_is_refused_at_the_field_and_kept(velden, veld, boodschap, actie, taak, huis, als, planner):
    goed = {"titel": "Bellen <b>nu</b>", "soort": "taak", "wie": "Dienst Wonen", "tegen": ""}
    client = als(planner)
    nieuw = client.post(pagina(actie), {"stap": "taak", **{f"nieuw-{k}": w for k, w in {**goed, **velden}.items()}})
    adres = reverse("plan:werk_taak", args=[taak.pk])
    oud = client.post(adres, {**goed, **velden, **gezien(client, adres)})
    for antwoord, form in ((nieuw, "taakform"), (oud, "form")):
        assert (antwoord.status_code, list(antwoord.context[form].errors)) == (422, [veld])
        assert boodschap in antwoord.content.decode() and "Dienst Wonen" in antwoord.content.decode()
    assert [t.titel for t in Taak.objects.all()] == ["Brief aan verhuurders"]


def test_the_state_is_set_with_a_reason_or_follows_again(plan, actie, taak, huis, als, planner):
    client, adres = als(planner), pagina(actie)
    velden = {"stap": "stand", "stand": "in-uitvoering", "voortgang": "40", "stand_toelichting": "Bijna."}
    velden |= gezien(client, adres)
    zonder = client.post(adres, velden)
    assert (zonder.status_code, list(zonder.context["form"].errors)) == (422, ["stand_reden"])
    assert "Bijna." in zonder.content.decode()
    assert client.post(adres, {**velden, "stand_reden": "De brief is niet meer nodig."}).status_code == 302
    html = client.get(adres).content.decode()
    assert "De stand is met de hand gezet: De brief is niet meer nodig. Volgens de taken is ze: vertraagd, 0 %." in html
    velden |= gezien(client, adres)
    assert client.post(adres, {**velden, "stand_reden": "x", "volgt_weer": "on"}).status_code == 302
    actie.refresh_from_db()
    assert (actie.stand, actie.voortgang, actie.stand_reden) == ("vertraagd", 0, "")
    assert "De stand volgt uit de taken." in client.get(adres).content.decode()


def test_what_went_wrong_in_the_meantime_is_told_above_the_form(plan, actie, huis, als, planner, bewoner):
    Plan.objects.update(eindjaar=2026)  # the action now ends after the plan
    velden = {"stap": "stand", "stand": "in-uitvoering", "voortgang": "40"}
    client = als(planner)
    antwoord = client.post(pagina(actie), {**velden, **gezien(client, pagina(actie))})
    assert antwoord.status_code == 422
    assert "Kies een datum in de periode van het plan (2026-2026)." in antwoord.content.decode()


def test_of_two_who_change_one_task_both_texts_stay(actie, taak, huis, als, planner, coordinator):
    """Another field of a colleague stays; the same field is shown and asked again. Without a mark nothing is saved."""
    adres, client, collega = reverse("plan:werk_taak", args=[taak.pk]), als(planner), als(coordinator)
    begin = {"titel": taak.titel, "soort": "taak", "wie": "", "tegen": str(taak.tegen)}
    mijn, hun = gezien(client, adres), gezien(collega, adres)
    assert "Laad deze pagina opnieuw" in client.post(adres, begin).content.decode()
    assert "Laad deze pagina opnieuw" in client.post(adres, {**begin, "gezien": "x\x00"}).content.decode()
    assert post(collega, adres, **begin | {"wie": "Wonen", "openbaar": "on"}, **hun).status_code == 302
    assert post(client, adres, **begin | {"titel": "Bel eerst"}, **mijn).status_code == 302
    melding = client.get(pagina(actie)).content.decode()
    assert "coordinator veranderde intussen ook ‘Wie doet het?’. Dat blijft." in melding
    taak.refresh_from_db()
    assert (taak.titel, taak.wie, taak.openbaar) == ("Bel eerst", "Wonen", True)
    nu = gezien(collega, adres)
    assert (
        post(client, adres, **begin | {"titel": "Nog eens", "wie": "Wonen"}, **gezien(client, adres)).status_code == 302
    )
    botst = post(collega, adres, **begin | {"titel": "Van ons", "wie": "Wonen", "openbaar": "on"}, **nu)
    assert botst.status_code == 422 and 'value="Van ons"' in botst.content.decode()
    assert "planner maakte hier intussen van: ‘Nog eens’." in botst.content.decode()
    laatste = {**begin, "titel": "Van ons", "wie": "Wonen", "gezien": botst.context["gezien"]}
    assert post(collega, adres, **laatste).status_code == 302  # seen, and sent again
    taak.refresh_from_db()
    assert (taak.titel, taak.openbaar) == ("Van ons", False)


def test_of_two_who_set_one_state_the_second_sees_the_first(actie, huis, als, planner, coordinator):
    adres, client, collega = pagina(actie), als(planner), als(coordinator)
    mijn, hun = gezien(client, adres), gezien(collega, adres)
    eerst = {"stap": "stand", "stand": "in-uitvoering", "voortgang": "40", "stand_toelichting": "Bijna."}
    assert post(client, adres, **eerst, **mijn).status_code == 302
    dan = post(collega, adres, **eerst | {"voortgang": "60", "stand_toelichting": "Half."}, **hun)
    assert dan.status_code == 422 and "planner maakte hier intussen van: ‘Bijna.’" in dan.content.decode()
    actie.refresh_from_db()
    assert (actie.voortgang, actie.stand_toelichting) == (40, "Bijna.")


@pytest.mark.parametrize("velden", [{}, {"stap": "zwevend"}, {"klaar": "1"}, {"klaar": "\x00"}, {"stap": "stand"}])
def test_a_post_that_asks_nothing_known_changes_nothing(velden, actie, huis, als, planner):
    assert als(planner).post(pagina(actie), velden).status_code == 422
    assert Actie.objects.values_list("stand", "stand_op").get() == ("nog-niet-gestart", None)


def test_a_task_of_another_action_is_not_finished_from_here(actie, maak_actie, huis, als, planner):
    vreemd = Taak.objects.create(actie=maak_actie("b"), titel="Van een ander")
    assert post(als(planner), pagina(actie), klaar=vreemd.pk).status_code == 422
    vreemd.refresh_from_db()
    assert vreemd.klaar_op is None


def test_still_right_takes_away_that_it_is_stale(plan, maak_actie, huis, als, planner, bewoner):
    actie = maak_actie("a", stand="in-uitvoering", stand_op=dag(-121))
    client = als(planner)
    oud = "Niet bijgewerkt sinds"
    assert oud in client.get(pagina(actie)).content.decode()
    assert oud in bewoner.get(actie.get_absolute_url()).content.decode()
    assert post(client, pagina(actie), stap="klopt").status_code == 302
    assert oud not in client.get(pagina(actie)).content.decode()
    assert oud not in bewoner.get(actie.get_absolute_url()).content.decode()


def test_milestones_are_public_and_tasks_only_when_marked(plan, geheim_plan, actie, bewoner, huis, planner):
    zien = [
        Taak.objects.create(actie=actie, titel="Eerste huis open", soort="mijlpaal", tegen=dag(3)),
        Taak.objects.create(actie=actie, titel="Vergunning binnen", soort="mijlpaal", klaar_op=dag(-9)),
        Taak.objects.create(actie=actie, titel="Start gemist", soort="mijlpaal", tegen=dag(-9)),
        Taak.objects.create(actie=actie, titel="Iedereen gebeld", openbaar=True),
    ]
    Taak.objects.create(actie=actie, titel="Baas bellen over ruzie")
    geheim = Taak.objects.create(actie=Actie.objects.get(plan=geheim_plan), titel="Geheim", soort="mijlpaal")
    assert set(Taak.objects.zichtbaar_voor(AnonymousUser())) == set(zien)
    assert geheim in Taak.objects.zichtbaar_voor(planner)
    html = bewoner.get(actie.get_absolute_url()).content.decode()
    for woord in ("Eerste huis open", "We mikken op", "Vergunning binnen", "Klaar op", "Start gemist",
                  "Dat is nog niet gelukt", "Iedereen gebeld"):  # fmt: skip
        assert woord in html
    assert "ruzie" not in html


# --- what one follows -----------------------------------------------------------------------------


def test_a_choice_is_kept_per_person_and_nonsense_is_refused(plan, actie, planner, coordinator, huis, als):
    adres = reverse("plan:opvolgen")
    client = als(planner)
    for vreemd in ("Bestaat niet", "x" * 5000, "\x00"):
        antwoord = client.post(adres, {"trekkers": [vreemd]})
        assert (antwoord.status_code, list(antwoord.context["form"].errors)) == (422, ["trekkers"])
    assert client.get(adres).context["form"]["mail"].value() is True
    assert client.post(adres, {"trekkers": ["Sociale dienst"]}).status_code == 302
    assert Opvolgkeuze.objects.values_list("gebruiker__naam", "mail", "trekkers").get() == (
        "planner", False, ["Sociale dienst"],
    )  # fmt: skip
    zet_stand(actie=actie, stand="in-uitvoering", voortgang=1, toelichting="", door=planner)
    Actie.objects.update(trekker="Andere naam")  # a name that is gone can still be taken off
    assert "Sociale dienst" in client.get(adres).content.decode()
    assert "Sociale dienst" not in als(coordinator).get(adres).content.decode()


def test_a_measurement_that_is_due_is_asked_at_the_first_part_it_tells_about(plan, garantie, actie, huis, als, planner):
    indicator = Indicator.objects.create(
        plan=plan, code="I1", titel="Gezinnen met hulp", definitie="x", eenheid="gezinnen", richting="omhoog", bron="x",
        eigenaar="x", frequentie="halfjaar",
    )  # fmt: skip
    for deel in (garantie, actie):
        indicator.koppelingen.create(onderdeel=deel)
    antwoord = als(planner).get(f"{LIJST}?lijst=meting")
    assert [r.deel.code for r in antwoord.context["pagina"]] == ["G1"]
    assert reverse("plan:meten_invoer", args=[indicator.pk]) in antwoord.content.decode()
    assert "Koppel een indicator: hoe meten we dit?" not in rij(antwoord.content.decode(), "G1")
    op = date(2026, 11, 23)
    punten = [(deel.code, punt.wat) for deel, punt in werklijst.om_te_herinneren(plan, op) if punt.soort == "meting"]
    assert punten == [("G1", "Gezinnen met hulp (tegen 31 jul 2026)")]
    assert not [1 for _, punt in werklijst.om_te_herinneren(plan, date(2026, 6, 29)) if punt.soort == "meting"]


# --- an editor of a part ----------------------------------------------------------------------------


def test_an_editor_keeps_the_tasks_and_the_state_of_own_parts_and_no_others(
    plan, doelstelling, maak_actie, huis, als, loket_ocmw
):
    eigen, vreemd = maak_actie("a"), maak_actie("b")
    taken = [Taak.objects.create(actie=deel, titel="Bellen", tegen=dag(-3)) for deel in (eigen, vreemd)]
    client = als(loket_ocmw)
    assert client.get(LIJST).status_code == 404  # keeps nothing yet
    Redacteur.objects.create(onderdeel=eigen, gebruiker=loket_ocmw)
    assert [r.deel.code for r in client.get(LIJST).context["pagina"]] == [eigen.code]
    assert "/beheer/" not in client.get(pagina(eigen)).content.decode().split("<main")[1].split("</main")[0]
    for adres in (pagina(vreemd), reverse("plan:werk_taak", args=[taken[1].pk])):
        assert (client.get(adres).status_code, post(client, adres, stap="klopt").status_code) == (404, 404)
    assert "Die taak is er niet meer." in client.post(LIJST, {"klaar": taken[1].pk}, follow=True).content.decode()
    with pytest.raises(PermissionDenied):
        zet_stand(actie=vreemd, stand="in-uitvoering", voortgang=1, toelichting="", door=loket_ocmw)
    assert client.post(LIJST, {"klaar": taken[0].pk}).status_code == 302
    assert post(client, pagina(eigen), stap="klopt").status_code == 302
    assert [Taak.objects.get(pk=taak.pk).klaar_op for taak in taken] == [VANDAAG, None]
