"""The plan in the admin: who may what, and what saving does."""

import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from plan.acties.bestelling import bestel
from plan.models import (
    Actie,
    BbcCode,
    Bestelling,
    Document,
    Doelstelling,
    Garantie,
    Jaaractie,
    Plan,
    Projectaanvraag,
    Raming,
    Taak,
)

MODELLEN = [
    "plan",
    "garantie",
    "doelstelling",
    "actie",
    "bbccode",
    "jaaractieplan",
    "projectaanvraag",
    "document",
    "besluit",
]


def lijst(model):
    return reverse(f"admin:plan_{model}_changelist")


def formulier(antwoord):
    """The fields of a change form with its inlines, as a browser would send them back."""
    forms = [antwoord.context["adminform"].form]
    gezien = antwoord.context.get("gezien")
    for inline in antwoord.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    velden = {"_gezien": gezien} if gezien else {}
    for veld in (veld for form in forms for veld in form):
        waarde = veld.value()
        if hasattr(veld.field, "to_field_name") and not isinstance(waarde, list):
            waarde = veld.field.prepare_value(waarde)
        elif isinstance(waarde, list):
            waarde = [getattr(keuze, "pk", keuze) for keuze in waarde]
        elif not hasattr(veld.field, "choices"):
            waarde = veld.field.widget.format_value(waarde)
        if waarde not in (None, False):
            velden[veld.html_name] = waarde
    return velden | ({"_gezien": antwoord.context["gezien"]} if "gezien" in antwoord.context else {})


def bewaar(client, obj, model=None, **wijziging):
    adres = reverse(f"admin:plan_{model or obj._meta.model_name}_change", args=[obj.pk])
    velden = formulier(client.get(adres))
    return client.post(adres, {**velden, **wijziging})


@pytest.mark.parametrize("model", MODELLEN)
def test_only_who_works_on_the_plan_manages_it(
    model, huis, als, planner, coordinator, loket_ocmw, team_ocmw, beheer, toezicht
):
    for gebruiker in (planner, coordinator):
        assert als(gebruiker).get(lijst(model)).status_code == 200
    for gebruiker in (loket_ocmw, team_ocmw, beheer, toezicht):
        assert als(gebruiker).get(lijst(model)).status_code in {403, 404}


@pytest.mark.parametrize("model", MODELLEN)
def test_who_is_not_staff_never_enters(model, huis, als, bewoner, voedselbank):
    assert bewoner.get(lijst(model)).status_code == 302
    assert als(voedselbank).get(lijst(model)).status_code in {302, 403, 404}


def test_only_the_coordinator_publishes(huis, als, geheim_plan, planner, coordinator):
    adres = reverse("admin:plan_plan_change", args=[geheim_plan.pk])
    assert "Maak openbaar" not in als(planner).get(adres).content.decode()
    assert bewaar(als(planner), geheim_plan, _staat="openbaar").status_code == 403
    geheim_plan.refresh_from_db()
    assert geheim_plan.staat == Plan.Staat.VOORBEREIDING
    assert "Maak openbaar" in als(coordinator).get(adres).content.decode()
    assert bewaar(als(coordinator), geheim_plan, _staat="openbaar").status_code == 302
    geheim_plan.refresh_from_db()
    assert (geheim_plan.staat, geheim_plan.gepubliceerd_op) == (Plan.Staat.OPENBAAR, timezone.localdate())


def test_a_state_that_does_not_exist_is_refused(huis, als, plan, coordinator):
    bewaar(als(coordinator), plan, _staat="ontwerp")
    bewaar(als(coordinator), plan, _staat="zwevend")
    plan.refresh_from_db()
    assert plan.staat == Plan.Staat.OPENBAAR


def test_saving_an_action_tells_the_day_of_its_state(huis, als, actie, planner):
    bewaar(als(planner), actie, titel="Nieuwe titel")
    actie.refresh_from_db()
    assert (actie.titel, actie.stand_op) == ("Nieuwe titel", None)
    bewaar(als(planner), actie, stand="in-uitvoering", voortgang="30")
    actie.refresh_from_db()
    assert (actie.stand, actie.voortgang, actie.stand_op) == ("in-uitvoering", 30, timezone.localdate())


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"code": "G1"}, "__all__"),
        ({"einde": "2032-01-01"}, "einde"),
        ({"stand": "uitgevoerd", "voortgang": "50"}, "voortgang"),
        ({"voortgang": ""}, "voortgang"),
        ({"termijn": ""}, "termijn"),
        ({"bestuur": ""}, "bestuur"),
    ],
)
def test_a_wrong_action_is_refused_at_the_field(huis, als, actie, planner, velden, veld):
    antwoord = bewaar(als(planner), actie, **velden)
    assert antwoord.status_code == 200
    assert list(antwoord.context["adminform"].form.errors) == [veld]


def test_a_new_action_belongs_to_the_plan_of_its_goal(huis, als, doelstelling, planner):
    velden = {"ouder": doelstelling.pk, "code": "G1.1.z", "volgorde": "0", "titel": "Nieuw", "termijn": "kort",
              "bestuur": "ocmw", "stand": "nog-niet-gestart", "voortgang": "0"}  # fmt: skip
    for inline in (
        "taken",
        "indicatorkoppelingen",
        "bestedingen",
        "partnerschappen",
        "wacht_op",
        "verantwoordingen",
        "jaaracties",
    ):
        velden |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    antwoord = als(planner).post(reverse("admin:plan_actie_add"), velden)
    assert antwoord.status_code == 302, antwoord.context["adminform"].form.errors
    nieuw = Actie.objects.get(code="G1.1.z")
    assert (nieuw.plan, nieuw.ouder_id, nieuw.soort) == (doelstelling.plan, doelstelling.pk, "actie")


def test_an_action_never_moves_to_another_plan(huis, als, actie, geheim_plan, planner):
    antwoord = bewaar(als(planner), actie, ouder=Doelstelling.objects.get(plan=geheim_plan).pk)
    assert list(antwoord.context["adminform"].form.errors) == ["ouder"]


def test_goals_are_added_on_the_page_of_a_guarantee(huis, als, garantie, doelstelling, planner):
    nieuw = {"delen-TOTAL_FORMS": "2", "delen-0-code": "G1.2", "delen-0-titel": "Tweede", "delen-0-volgorde": "1"}
    client = als(planner)
    dubbel = bewaar(
        client, garantie, **nieuw, **{"delen-1-code": "G1.2", "delen-1-titel": "Dubbel", "delen-1-volgorde": "2"}
    )
    assert dubbel.status_code == 200
    bestaand = bewaar(client, garantie, **{**nieuw, "delen-TOTAL_FORMS": "1", "delen-0-code": "G1.1"})
    assert bestaand.status_code == 200
    assert Doelstelling.objects.count() == 1
    assert bewaar(client, garantie, **{**nieuw, "delen-TOTAL_FORMS": "1"}).status_code == 302
    assert Doelstelling.objects.get(code="G1.2").plan == garantie.plan
    pagina = client.get(reverse("admin:plan_garantie_change", args=[garantie.pk]))
    assert "G1.1 Minder uithuiszettingen</a>" in pagina.content.decode()


def test_actions_are_added_on_the_page_of_a_goal(huis, als, doelstelling, planner):
    nieuw = {"delen-TOTAL_FORMS": "1", "delen-0-code": "G1.1.q", "delen-0-titel": "Snel", "delen-0-volgorde": "1"}
    assert bewaar(als(planner), doelstelling, **nieuw).status_code == 200
    assert not Actie.objects.exists()
    compleet = {**nieuw, "delen-0-termijn": "lang", "delen-0-bestuur": "beide"}
    assert bewaar(als(planner), doelstelling, **compleet).status_code == 302
    assert (Actie.objects.get().stand, Actie.objects.get().termijn) == ("nog-niet-gestart", "lang")


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"jaar": "2032"}, "jaar"),
        ({"bedrag": "0"}, "bedrag"),
        ({"bedrag": "1e309"}, "bedrag"),
        ({"bedrag": "-1"}, "bedrag"),
        ({"bedrag": "1,2,3"}, "bedrag"),
        ({"bedrag": "1.23,456"}, "bedrag"),
        ({"bedrag": "veel"}, "bedrag"),
        ({"bbc_code": "andere"}, "bbc_code"),
    ],
)
def test_a_wrong_estimate_is_refused_at_the_field(huis, als, plan, aanvraag, ocmw, gemeente, planner, velden, veld):
    code = BbcCode.objects.create(plan=plan, bestuur=gemeente, code="MJP1")
    if "bbc_code" in velden:
        velden = {"bbc_code": code.pk}
    goed = {"bestuur": ocmw.pk, "jaar": "2026", "soort": "exploitatie", "richting": "uitgave", "bedrag": "10,50"}
    rij = {f"ramingen-0-{naam}": waarde for naam, waarde in {**goed, **velden}.items()}
    antwoord = bewaar(als(planner), aanvraag, **{"ramingen-TOTAL_FORMS": "1"}, **rij)
    assert antwoord.status_code == 200
    assert [list(fouten) for fouten in antwoord.context["inline_admin_formsets"][0].formset.errors] == [[veld]]
    assert not Raming.objects.exists()


def test_the_sums_of_a_request_are_shown(huis, als, aanvraag, ocmw, planner):
    for bedrag, richting in [("1000.50", "uitgave"), ("0.25", "ontvangst")]:
        Raming.objects.create(
            projectaanvraag=aanvraag, bestuur=ocmw, jaar=2026, richting=richting, bedrag=Decimal(bedrag)
        )
    antwoord = als(planner).get(reverse("admin:plan_projectaanvraag_change", args=[aanvraag.pk])).content.decode()
    for bedrag in ("€\xa01.000,50", "€\xa00,25", "€\xa0-1.000,25"):
        assert bedrag in antwoord


def test_a_year_needs_a_reason_for_what_moved_on(huis, als, jaarplan, actie, planner):
    rij = {
        "regels-TOTAL_FORMS": "1",
        "regels-0-actie": actie.pk,
        "regels-0-wat": "Starten",
        "regels-0-overgedragen": "on",
    }
    assert bewaar(als(planner), jaarplan, **rij).status_code == 200
    assert not Jaaractie.objects.exists()
    assert bewaar(als(planner), jaarplan, **rij, **{"regels-0-overgedragen_reden": "Te laat"}).status_code == 302
    assert Jaaractie.objects.get().overgedragen_reden == "Te laat"


@pytest.mark.parametrize(
    ("naam", "inhoud", "goed"),
    [("stuk.pdf", b"%PDF-1.7 x", True), ("stuk.pdf", b"<html>", False), ("stuk.html", b"%PDF-1.7 x", False)],
)
def test_a_document_is_a_pdf(huis, als, plan, planner, settings, tmp_path, naam, inhoud, goed):
    settings.MEDIA_ROOT = tmp_path
    velden = {"plan": plan.pk, "slug": "stuk", "titel": "Stuk", "soort": "advies", "datum": "2026-01-01", "openbaar": "on",
              "bestand": SimpleUploadedFile(naam, inhoud)}  # fmt: skip
    antwoord = als(planner).post(reverse("admin:plan_document_add"), velden)
    assert (antwoord.status_code == 302, Document.objects.exists()) == (goed, goed)


def test_the_history_tells_who_changed_what(huis, als, actie, thema, planner):
    bewaar(als(planner), actie, titel="Andere titel", themas=[thema.pk])
    antwoord = als(planner).get(reverse("admin:plan_actie_history", args=[actie.pk])).content.decode()
    for woord in ("Andere titel", "Actie a", str(planner), str(thema)):
        assert woord in antwoord


def test_a_change_list_links_to_the_site(huis, als, plan, garantie, doelstelling, actie, planner):
    for obj, pad in [
        (plan, plan.get_absolute_url()),
        (actie, actie.get_absolute_url()),
        (doelstelling, doelstelling.get_absolute_url()),
    ]:
        antwoord = als(planner).get(reverse(f"admin:plan_{obj._meta.model_name}_change", args=[obj.pk]))
        assert f'href="{pad}"' in antwoord.content.decode()


# --- orders -----------------------------------------------------------------------------------


@pytest.fixture
def bestelling(plan, huis):
    return bestel(
        plan=plan,
        inzending=uuid.uuid4(),
        vorm="papier",
        naam="Jan Kanarie",
        adres="Kanariestraat 7",
        email="k@v.example",
    )


def test_orders_are_for_the_coordinator(bestelling, als, coordinator, planner, loket_ocmw, beheer, toezicht, superuser):
    adres = reverse("admin:plan_bestelling_change", args=[bestelling.pk])
    assert "Kanariestraat 7" in als(coordinator).get(adres).content.decode()
    for gebruiker in (planner, loket_ocmw, beheer, toezicht, superuser):
        antwoord = als(gebruiker).get(adres)
        assert antwoord.status_code in {302, 403, 404}
        assert "Kanarie" not in antwoord.content.decode()


def test_the_list_of_orders_names_nobody(bestelling, als, coordinator):
    antwoord = als(coordinator).get(lijst("bestelling")).content.decode()
    assert bestelling.kenmerk in antwoord and "Kanarie" not in antwoord


@pytest.mark.parametrize("weg", ["knop", "actie"])
def test_an_order_that_left_is_forgotten(bestelling, als, coordinator, weg):
    client = als(coordinator)
    if weg == "knop":
        antwoord = client.post(reverse("admin:plan_bestelling_change", args=[bestelling.pk]), {"_verstuurd": "1"})
    else:
        antwoord = client.post(lijst("bestelling"), {"action": "verstuurd", "_selected_action": [bestelling.pk]})
    assert antwoord.status_code == 302
    gewist = Bestelling.objects.get()
    assert gewist.afgehandeld_op and (gewist.naam, gewist.adres) == ("[gewist]", "[gewist]")
    antwoord = client.get(reverse("admin:plan_bestelling_change", args=[bestelling.pk])).content.decode()
    assert "_verstuurd" not in antwoord and "Kanarie" not in antwoord


# --- queries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["garantie", "doelstelling", "actie", "projectaanvraag", "jaaractieplan"])
def test_a_list_asks_the_same_for_one_row_and_for_three(
    huis, als, plan, maak_actie, jaarplan, ocmw, planner, model, django_assert_num_queries
):
    def vul(letter, jaar):
        garantie = Garantie.objects.create(plan=plan, code=f"H{letter}", titel="Nog een")
        doel = Doelstelling.objects.create(plan=plan, code=f"H{letter}.1", titel="Doel", ouder=garantie)
        actie = maak_actie("a", ouder=doel)
        Projectaanvraag.objects.create(plan=plan, code=f"P{letter}", titel="x", actie=actie, aanvrager="x")
        plan.jaaractieplannen.get_or_create(jaar=jaar)

    client = als(planner)
    vul("x", 2026)
    client.get(lijst(model))
    with django_assert_num_queries(18, exact=False) as eerst:
        client.get(lijst(model))
    vul("y", 2027)
    vul("z", 2028)
    with django_assert_num_queries(len(eerst.captured_queries)):
        client.get(lijst(model))


@pytest.mark.parametrize("getypt", ["1.234,50", "1234,50", "1234.50", "€ 1 234,50", "1.234,5"])
def test_an_amount_is_read_as_people_write_it(huis, als, aanvraag, ocmw, planner, getypt):
    rij = {"bestuur": ocmw.pk, "jaar": "2026", "soort": "exploitatie", "richting": "uitgave", "bedrag": getypt}
    velden = {f"ramingen-0-{naam}": waarde for naam, waarde in rij.items()}
    antwoord = bewaar(als(planner), aanvraag, **{"ramingen-TOTAL_FORMS": "1"}, **velden)
    assert antwoord.status_code == 302
    assert Raming.objects.get().bedrag == Decimal("1234.50")


def test_three_digits_after_a_point_are_thousands(huis, als, aanvraag, ocmw, planner):
    rij = {"bestuur": ocmw.pk, "jaar": "2026", "soort": "exploitatie", "richting": "uitgave", "bedrag": "1.250.000"}
    velden = {f"ramingen-0-{naam}": waarde for naam, waarde in rij.items()}
    assert bewaar(als(planner), aanvraag, **{"ramingen-TOTAL_FORMS": "1"}, **velden).status_code == 302
    assert Raming.objects.get().bedrag == Decimal("1250000.00")


def test_a_refused_code_that_fits_no_address_is_shown_again(als, planner, actie):
    adres = reverse("admin:plan_actie_change", args=[actie.pk])
    pagina = als(planner).post(adres, {"code": "/ nee", "titel": ""})
    assert pagina.status_code == 200 and "code" in pagina.context["adminform"].form.errors


# --- two people on one form -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_nobody_overwrites_another_unseen_in_the_admin(huis, als, actie, planner, coordinator):
    taak = Taak.objects.create(actie=actie, titel="Bel aan", tegen="2026-12-31")
    Taak.objects.create(actie=actie, titel="Schrijf", tegen="2026-12-31", volgorde=1)
    adres = reverse("admin:plan_actie_change", args=[actie.pk])
    een, twee = als(planner), als(coordinator)
    geopend = formulier(een.get(adres))
    zonder = een.post(adres, {naam: waarde for naam, waarde in geopend.items() if naam != "_gezien"})
    assert "Laad deze pagina opnieuw" in zonder.content.decode()
    anders = {"titel": "Van Cora", "contact": "Onthaal", "taken-0-wie": "Balie", "waarom": "Nieuwe naam"}
    assert twee.post(adres, {**geopend, **anders}).status_code == 302
    botst = een.post(adres, {**geopend, "titel": "Van Piet", "trekker": "Wonen", "taken-0-titel": "Bel twee keer"})
    assert botst.status_code == 200
    tekst = botst.content.decode()
    form = botst.context["adminform"].form
    assert "coordinator maakte hier intussen van: ‘Van Cora’." in str(form.errors["titel"])
    assert (form["titel"].value(), form["trekker"].value(), form["contact"].value()) == ("Van Piet", "Wonen", "Onthaal")
    rij = botst.context["inline_admin_formsets"][0].formset.forms[0]
    assert (rij["titel"].value(), rij["wie"].value()) == ("Bel twee keer", "Balie")
    assert "Gewijzigd door coordinator op" in tekst
    actie.refresh_from_db()
    taak.refresh_from_db()
    assert (actie.titel, taak.titel) == ("Van Cora", "Bel aan")
    # what came back, sent again, is what was put together
    assert een.post(adres, {**formulier(botst)}).status_code == 302
    actie.refresh_from_db()
    taak.refresh_from_db()
    assert (actie.titel, actie.trekker, actie.contact) == ("Van Piet", "Wonen", "Onthaal")
    assert (taak.titel, taak.wie) == ("Bel twee keer", "Balie")
    geschiedenis = een.get(reverse("admin:plan_actie_history", args=[actie.pk])).context["wijzigingen"]
    assert {w.waarom for w in geschiedenis} == {"", "Nieuwe naam"}
    assert [w.daad for w in geschiedenis if w.model is Taak] == ["Gewijzigd", "Gewijzigd", "Toegevoegd", "Toegevoegd"]


@pytest.mark.parametrize("welk", ["jaarplan", "aanvraag"])
def test_two_who_edit_a_year_or_a_request_keep_both_texts(huis, als, request, welk, plan, actie, planner, coordinator):
    rij = request.getfixturevalue(welk)
    if welk == "jaarplan":
        rij.staat = "ontwerp"
        rij.save()
        Jaaractie.objects.create(jaaractieplan=rij, actie=actie, wat="Bellen")
    adres = reverse(f"admin:plan_{rij._meta.model_name}_change", args=[rij.pk])
    client, collega = als(planner), als(coordinator)
    mijn, hun = formulier(client.get(adres)), formulier(collega.get(adres))
    een, ander = ("inleiding", "regels-0-wat") if welk == "jaarplan" else ("titel", "aanvrager")
    assert collega.post(adres, {**hun, een: "Van de collega"}).status_code == 302
    antwoord = client.post(adres, {**mijn, ander: "Van mij"})
    assert antwoord.status_code == 200 and "veranderde intussen" in antwoord.content.decode()
    terug = formulier(antwoord)
    assert (terug[een], terug[ander]) == ("Van de collega", "Van mij")
    assert client.post(adres, terug).status_code == 302
    eind = formulier(client.get(adres))
    assert (eind[een], eind[ander]) == ("Van de collega", "Van mij")
    # the same field: both are shown
    collega.post(adres, {**formulier(collega.get(adres)), een: "Nog anders"})
    botst = client.post(adres, {**eind, een: "Toch dit"}).content.decode()
    assert "maakte hier intussen van: ‘Nog anders’" in botst and "Toch dit" in botst


def test_three_hundred_rows_inside_a_form_are_read_a_page_at_a_time(huis, als, plan, maak_actie, planner):
    jaar = plan.jaaractieplannen.create(jaar=2026)
    acties = [maak_actie(f"n{nummer:03}", volgorde=nummer) for nummer in range(45)]
    Jaaractie.objects.bulk_create(Jaaractie(jaaractieplan=jaar, actie=actie, wat=actie.code) for actie in acties)
    client, adres = als(planner), reverse("admin:plan_jaaractieplan_change", args=[jaar.pk])

    def blad(nummer):
        antwoord = client.get(adres, {"regels-blad": nummer})
        formset = next(i.formset for i in antwoord.context["inline_admin_formsets"] if i.formset.prefix == "regels")
        return antwoord, [form.instance.wat for form in formset.initial_forms]

    assert [len(blad(nummer)[1]) for nummer in ("", 2, 3, 99, "x")] == [20, 20, 5, 5, 20]
    tweede, rijen = blad(2)
    assert rijen[0] == "G1.1.n020" and 'aria-current="page">2</span>' in tweede.content.decode()
    velden = formulier(tweede)
    onder = {
        "regels-0-wat": "Anders",
        "regels-TOTAL_FORMS": "21",
        "regels-20-actie": maak_actie("z").pk,
        "regels-20-wat": "Erbij",
    }
    assert client.post(f"{adres}?regels-blad=2", {**velden, **onder}).status_code == 302
    assert Jaaractie.objects.count() == 46
    assert Jaaractie.objects.get(actie=acties[20]).wat == "Anders"
    assert Jaaractie.objects.exclude(wat__in=["Anders", "Erbij"]).count() == 44
    for onzin in ("x", "99999", "-1", "\x00"):
        assert client.post(adres, {**velden, "regels-INITIAL_FORMS": onzin}).status_code in {200, 302}


@pytest.mark.django_db(transaction=True)
def test_a_preview_shows_the_page_and_keeps_nothing(huis, als, bewoner, actie, doelstelling, planner):
    client = als(planner)
    fout = bewaar(client, actie, titel="", _voorbeeld="1")
    assert fout.status_code == 200 and "adminform" in fout.context
    for deel, zin in ((actie, "Een titel om te zien"), (doelstelling, "Een doel om te zien")):
        gebeurtenissen = Actie.pgh_event_model.objects.count()
        antwoord = bewaar(client, deel, titel=zin, _voorbeeld="1")
        inhoud = antwoord.content.decode()
        assert antwoord.status_code == 200 and f"{zin}" in inhoud
        assert "Dit is een voorbeeld. Er is niets bewaard." in inhoud
        assert zin not in bewoner.get(deel.get_absolute_url().partition("#")[0]).content.decode()
        deel.refresh_from_db()
        assert deel.titel != zin and Actie.pgh_event_model.objects.count() == gebeurtenissen
    assert "Dit is een voorbeeld" not in client.get(lijst("actie")).content.decode()
    assert 'name="_voorbeeld"' in client.get(reverse("admin:plan_actie_change", args=[actie.pk])).content.decode()
