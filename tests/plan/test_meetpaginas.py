"""The pages of indicators: what anyone reads, and how staff enter, hand in, approve and send back."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from plan.acties.metingen import bewaar, dien_in, keur_goed, stuur_terug
from plan.forms.meten import lees_getal
from plan.models import Indicator, Meting
from sociaalhuis.models import Doelgroep, Gebied

MELDING = "Schrijf een getal, zoals 1.234,5."


@pytest.fixture
def gebied_noord(gebied):
    return Gebied.objects.create(code="noord", naam="Noord", soort="deelgemeente", ouder=gebied)


@pytest.fixture
def maak_indicator(plan, actie):
    def maak(nummer, **velden):
        indicator = Indicator.objects.create(
            plan=plan, volgorde=nummer,
            **{
                "code": f"I{nummer}", "titel": f"Gezinnen met hulp {nummer}", "definitie": "Elk gezin telt één keer.",
                "eenheid": "gezinnen", "over": "mensen", "richting": "omhoog", "nulmeting": 100, "bron": "Eigen telling",
                "nulmeting_op": date(2025, 12, 31), "eigenaar": "Sociale dienst", "frequentie": "halfjaar",
                **velden,
            },
        )  # fmt: skip
        indicator.onderdelen.add(actie)
        indicator.streefwaarden.create(jaar=2026, waarde=120)
        return indicator

    return maak


@pytest.fixture
def indicator(maak_indicator):
    return maak_indicator(1)


def meet(indicator, planner, coordinator, waarde, datum=date(2026, 6, 30), **meer):
    meting = bewaar(indicator=indicator, datum=datum, waarde=D(waarde), door=planner, **meer)
    return keur_goed(meting=dien_in(meting=meting, door=planner), door=coordinator)


def tekst(antwoord, status=200):
    assert antwoord.status_code == status, antwoord.content.decode()[:2000]
    return " ".join(antwoord.content.decode().split())


# --- numbers as people write them ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("geschreven", "getal"),
    [("1.234,5", "1234.5"), ("1234.5", "1234.5"), ("1 234", "1234"), ("1.234", "1234"), ("12,5 %", "12.5"), ("0.125", None),
     ("0.12", "0.12"), ("0,5", "0.5"), ("-3", "-3"), ("−3", "-3"), ("1.234.567,89", "1234567.89"), ("12,345", None),
     ("veel", None), ("1,2,3", None), ("10-12", None), ("1e3", None), ("NaN", None), ("", None), ("9" * 13, None)],
)  # fmt: skip
def test_numbers_as_people_write_them(geschreven, getal):
    if getal is None:
        with pytest.raises(ValueError):
            lees_getal(geschreven)
    else:
        assert lees_getal(geschreven) == D(getal)


# --- who comes in -------------------------------------------------------------------------------


def test_only_who_works_on_the_plan_measures(huis, indicator, planner, bewoner, als, request):
    meting = bewaar(indicator=indicator, datum=date(2026, 6, 30), waarde=D(7), door=planner)
    paden = [
        reverse("plan:meten"),
        reverse("plan:meten_invoer", args=[indicator.pk]),
        reverse("plan:meting", args=[meting.pk]),
    ]
    assert [bewoner.get(pad).status_code for pad in paden] == [302, 302, 302]
    for wie in ("loket_ocmw", "voedselbank", "beheer", "toezicht"):
        client = als(request.getfixturevalue(wie))
        assert [client.get(pad).status_code for pad in paden] == [404, 404, 404]
        assert client.post(paden[2], {"stap": "keur"}).status_code == 404
    client = als(planner)
    assert [client.get(pad).status_code for pad in paden] == [200, 200, 200]
    assert client.get(reverse("plan:meting", args=[meting.pk + 1])).status_code == 404
    assert client.get(reverse("plan:meten_invoer", args=[indicator.pk + 1])).status_code == 404


# --- what anyone reads --------------------------------------------------------------------------


def test_a_hidden_plan_shows_no_indicator(huis, geheim_plan, bewoner, als, planner):
    Indicator.objects.create(plan=geheim_plan, code="X9", titel="Geheim", eenheid="x", richting="omlaag")
    for pad in (
        reverse("plan:indicatoren", args=[geheim_plan.slug]),
        reverse("plan:indicator", args=[geheim_plan.slug, "X9"]),
    ):
        assert bewoner.get(pad).status_code == 404
        assert als(planner).get(pad).status_code == 200


def test_the_list_tells_the_state_of_each(huis, maak_indicator, planner, coordinator, bewoner, plan, actie):
    op_koers, achter, ongemeten = maak_indicator(1), maak_indicator(2), maak_indicator(3)
    meet(op_koers, planner, coordinator, 110)
    meet(achter, planner, coordinator, 3)
    bewaar(indicator=ongemeten, datum=date(2026, 6, 30), waarde=D(777), door=planner)
    html = tekst(bewoner.get(reverse("plan:indicatoren", args=[plan.slug])))
    assert (
        "<strong>1</strong> op koers</li><li><strong>1</strong> achter</li><li><strong>1</strong> nog geen meting"
        in html
    )
    assert (
        "<strong>110 gezinnen</strong> op 30 jun 2026; toen wilden we aan 110 gezinnen zitten. Ons doel: 120 gezinnen eind 2026."
        in html
    )
    assert "<strong>&lt; 5 gezinnen</strong> op 30 jun 2026" in html and "<strong>3 gezinnen" not in html
    assert "We vertrekken van 100 gezinnen." in html and "777" not in html
    for naam, code in (("actie", actie.code), ("indicator", "I1")):
        html = tekst(bewoner.get(reverse(f"plan:{naam}", args=[plan.slug, code])))
        assert "Gezinnen met hulp 1" in html and "Op koers" in html and "777" not in html


def test_the_list_is_empty_before_anything_was_chosen(huis, plan, bewoner):
    assert "Er zijn nog geen cijfers" in tekst(bewoner.get(reverse("plan:indicatoren", args=[plan.slug])))


def test_queries_do_not_grow(huis, maak_indicator, planner, coordinator, bewoner, als, plan, django_assert_num_queries):
    def aantal(client, pad, hoeveel):
        with django_assert_num_queries(hoeveel):
            assert client.get(pad).status_code == 200

    lijst, overzicht = reverse("plan:indicatoren", args=[plan.slug]), reverse("plan:meten")
    for nummer in (1, 2, 3):
        indicator = maak_indicator(nummer)
        for jaar in (2026,):
            meet(indicator, planner, coordinator, 110, datum=date(jaar, 6, 30))
        dien_in(
            meting=bewaar(indicator=maak_indicator(nummer + 10), datum=date(2026, 6, 30), waarde=D(9), door=planner),
            door=planner,
        )
        if nummer in (1, 3):
            aantal(bewoner, lijst, 6)
            aantal(als(planner), overzicht, 16)
            aantal(bewoner, reverse("plan:indicator", args=[plan.slug, "I1"]), 9)


def test_the_page_of_an_indicator_has_its_chart_its_table_and_its_breakdown(
    huis, indicator, planner, coordinator, als, bewoner, plan, doelgroep, gebied_noord
):
    zuid = Gebied.objects.create(code="zuid", naam="Zuid", soort="deelgemeente", ouder=gebied_noord.ouder)
    adres = reverse("plan:indicator", args=[plan.slug, "I1"])
    html = tekst(bewoner.get(adres))
    assert "We maten dit nog niet in deze periode. Ons doel is 120 gezinnen eind 2026." in html
    client = als(planner)
    velden = {"waarde": "1.110", "datum": "2026-06-30", "toelichting": "Na de oproep in de krant.", "stap": "dien_in",
              f"gebied_{gebied_noord.pk}": "1.100", f"gebied_{zuid.pk}": "7", f"doelgroep_{doelgroep.pk}": "3"}  # fmt: skip
    assert client.post(reverse("plan:meten_invoer", args=[indicator.pk]), velden).status_code == 302
    keur_goed(meting=Meting.objects.get(), door=coordinator)
    html = tekst(bewoner.get(adres))
    assert "<strong>1.110</strong> gezinnen op 30 jun 2026" in html and "Na de oproep in de krant." in html
    assert (
        '<th scope="row">Eerste helft van 2026</th><td class="getal">1.110 gezinnen</td><td class="getal">–</td>'
        in html
    )
    assert '<th scope="row">2026</th><td class="getal">–</td><td class="getal">120 gezinnen</td>' in html
    assert '<th scope="row">Vertrekpunt, 31 dec 2025</th><td class="getal">100 gezinnen</td>' in html
    assert html.count('class="meet-punt"') == 1 and html.count('class="doel-punt"') == 2
    # 3 of 1,110 are in no area: too few to tell, so one area goes too
    assert '<th scope="row">Noord</th><td class="getal">1.100 gezinnen' in html
    assert '<th scope="row">Zuid</th><td class="getal">niet getoond' in html
    assert '<th scope="row">Elders of niet bekend</th><td class="getal">&lt; 5' in html
    assert '<th scope="row">Ouderen</th><td class="getal">&lt; 5' in html
    assert "Het volgende cijfer komt ten laatste op zondag 31 januari 2027" in html
    assert not bewoner.cookies


# --- entering -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"waarde": ""}, "Schrijf het cijfer dat je meet."),
        ({"waarde": "veel"}, MELDING),
        ({"waarde": "<script>alert(1)</script>"}, MELDING),
        ({"waarde": "‮123"}, MELDING),
        ({"waarde": "12\x003"}, "Hier staat een teken in dat we niet kunnen bewaren."),
        ({"waarde": "1" * 5000}, "Dat is te lang voor een getal."),
        ({"waarde": "1,5"}, "Schrijf een heel getal, zonder komma."),
        ({"datum": ""}, "Kies de dag waarvoor het cijfer geldt."),
        ({"datum": "gisteren"}, "Schrijf de datum als dag, maand en jaar, zoals 31/12/2026."),
        ({"datum": "2099-01-01"}, "Deze dag moet nog komen."),
        ({"datum": "2020-01-01"}, "Kies een dag van 2026 tot en met 2031."),
        ({"toelichting": "x" * 5000}, "Hou het kort: hoogstens 500 tekens. Nu zijn het er 5000."),
        ({"groep": "veel"}, MELDING),
        ({"groep": "111"}, "Een groep of gebied is groter dan het geheel."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(huis, indicator, planner, als, doelgroep, velden, melding):
    velden = {"waarde": "110", "datum": "2026-06-30", "toelichting": "Zeker waar.", **velden}
    velden[f"doelgroep_{doelgroep.pk}"] = velden.pop("groep", "")
    html = tekst(als(planner).post(reverse("plan:meten_invoer", args=[indicator.pk]), velden), 422)
    assert melding in html and "Fout: " in html and "<script>alert" not in html
    assert ("Zeker waar." in html) or "xxxxx" in html
    assert not Meting.objects.exists()


def test_from_entering_to_the_site_and_back(huis, indicator, planner, coordinator, als, bewoner, plan, doelgroep):
    wie_meet, wie_keurt = als(planner), als(coordinator)
    overzicht, invoer = reverse("plan:meten"), reverse("plan:meten_invoer", args=[indicator.pk])
    html = tekst(wie_meet.get(overzicht))
    assert 'id="meten">Te meten <span class="teller">1</span>' in html and "Te laat" in html
    assert 'value="2026-06-30"' in tekst(wie_meet.get(invoer))  # the end of the period that is due
    # a draft, changed, thrown away; then handed in
    wie_meet.post(invoer, {"waarde": "109", "datum": "2026-06-30", "stap": "klad"})
    klad = Meting.objects.get()
    adres = reverse("plan:meting", args=[klad.pk])
    assert 'id="klad">Klad <span class="teller">1</span>' in tekst(wie_meet.get(overzicht))
    html = tekst(wie_keurt.post(adres, {"waarde": "5", "datum": "2026-06-30", "stap": "dien_in", "gezien": "oud"}), 422)
    assert "Iemand veranderde deze meting terwijl jij ze bekeek." in html
    assert wie_meet.post(adres, {"stap": "weg", "gezien": klad.merk}).status_code == 302
    assert not Meting.objects.exists()
    html = tekst(wie_meet.post(invoer, {"waarde": "110", "datum": "2026-06-30"}, follow=True))
    assert (
        "Ingediend: Gezinnen met hulp 1, 110 gezinnen voor eerste helft van 2026. De coördinator kijkt het na." in html
    )
    html = tekst(wie_meet.post(invoer, {"waarde": "110", "datum": "2026-06-30"}), 422)  # a double click
    assert "Voor eerste helft van 2026 is er al een meting, van jou (wacht op goedkeuring)." in html
    # sent back, corrected, approved
    meting = Meting.objects.get()
    adres, gezien = reverse("plan:meting", args=[meting.pk]), meting.merk
    html = tekst(wie_meet.get(adres))
    assert "De coördinator kijkt dit cijfer na." in html and 'value="keur"' not in html
    assert wie_meet.post(adres, {"stap": "keur", "gezien": gezien}).status_code == 403
    assert "Schrijf wat er moet veranderen." in tekst(wie_keurt.post(adres, {"stap": "terug", "gezien": gezien}), 422)
    assert (
        wie_keurt.post(adres, {"stap": "terug", "gezien": gezien, "reden": "De Biezen ontbreken."}).status_code == 302
    )
    assert "De Biezen ontbreken." in tekst(wie_meet.get(overzicht)) and "De Biezen ontbreken." in tekst(
        wie_meet.get(adres)
    )
    gezien = Meting.objects.get().merk
    wie_meet.post(
        adres,
        {
            "waarde": "115",
            "datum": "2026-06-30",
            "stap": "dien_in",
            "gezien": gezien,
            f"doelgroep_{doelgroep.pk}": "12",
        },
    )
    html = tekst(wie_keurt.post(adres, {"stap": "keur", "gezien": gezien}), 422)
    assert "Iemand veranderde deze meting terwijl jij ze bekeek." in html
    html = tekst(wie_keurt.get(adres))
    assert "<dt>Ouderen</dt><dd>12 gezinnen</dd>" in html
    html = tekst(wie_keurt.post(adres, {"stap": "keur", "gezien": Meting.objects.get().merk}, follow=True))
    assert "Goedgekeurd en op de site: Gezinnen met hulp 1, 115 gezinnen voor eerste helft van 2026." in html
    site = reverse("plan:indicator", args=[plan.slug, "I1"])
    assert "<strong>115</strong> gezinnen" in tekst(bewoner.get(site))
    # and taken off again
    wie_keurt.post(adres, {"stap": "terug", "gezien": Meting.objects.get().merk, "reden": "Toch fout."})
    assert "115" not in tekst(bewoner.get(site))


def test_who_entered_it_must_say_why_nobody_else_looks(huis, indicator, coordinator, als):
    client = als(coordinator)
    client.post(reverse("plan:meten_invoer", args=[indicator.pk]), {"waarde": "110", "datum": "2026-06-30"})
    meting = Meting.objects.get()
    adres = reverse("plan:meting", args=[meting.pk])
    assert "Jij voerde dit cijfer in." in tekst(client.get(adres))
    velden = {"stap": "keur", "gezien": meting.merk}
    assert "Schrijf waarom er geen tweede persoon naar kijkt." in tekst(client.post(adres, velden), 422)
    assert client.post(adres, velden | {"reden": "Ik ben alleen."}).status_code == 302
    assert "Ik ben alleen." in tekst(client.get(adres))


def test_a_share_asks_over_how_many_people(huis, maak_indicator, planner, als):
    indicator = maak_indicator(1, over="aandeel", eenheid="%", cijfers=1, nulmeting=None, nulmeting_op=None)
    groep = Doelgroep.objects.create(code="jong", naam="Jong")
    adres = reverse("plan:meten_invoer", args=[indicator.pk])
    assert "Jong: over hoeveel mensen?" in tekst(als(planner).get(adres))
    velden = {"waarde": "34,5 %", "datum": "2026-06-30", f"doelgroep_{groep.pk}": "40"}
    assert "Schrijf bij elk deel over hoeveel mensen het gaat." in tekst(als(planner).post(adres, velden), 422)
    for fout in ("-1", "1,5", "99999999"):
        als(planner).post(adres, velden | {f"doelgroep_{groep.pk}_n": fout})
    assert not Meting.objects.exists()
    als(planner).post(adres, velden | {f"doelgroep_{groep.pk}_n": "30"})
    assert list(Meting.objects.values_list("waarde", "uitsplitsingen__waarde", "uitsplitsingen__aantal")) == [
        (D("34.5"), 40, 30)
    ]


def test_what_came_back_shows_its_figures_in_the_form(huis, maak_indicator, planner, coordinator, als):
    indicator = maak_indicator(1, over="dingen", cijfers=2)
    meting = dien_in(
        meting=bewaar(indicator=indicator, datum=date(2026, 6, 30), waarde=D("1234.50"), door=planner), door=planner
    )
    stuur_terug(meting=meting, reden="Kijk na.", door=coordinator)
    assert 'value="1234,5"' in tekst(als(planner).get(reverse("plan:meting", args=[meting.pk])))


# --- the admin ----------------------------------------------------------------------------------


def test_targets_are_typed_as_people_write_them_and_outside_the_period_is_told(huis, indicator, planner, als):
    client, adres = als(planner), reverse("admin:plan_indicator_change", args=[indicator.pk])
    assert client.get(adres).status_code == 200
    doel = indicator.streefwaarden.get()
    basis = {naam: getattr(indicator, naam) for naam in ("code", "volgorde", "titel", "definitie", "over", "eenheid", "cijfers",
             "richting", "marge", "eigenaar", "frequentie", "bron")} | {"nulmeting": "1.100,50", "nulmeting_op": "2025-12-31",
             "streefwaarden-TOTAL_FORMS": 1, "streefwaarden-INITIAL_FORMS": 1, "streefwaarden-0-id": doel.pk,
             "streefwaarden-0-indicator": indicator.pk, "streefwaarden-0-waarde": "1.200", "koppelingen-TOTAL_FORMS": 0,
             "koppelingen-INITIAL_FORMS": 0}  # fmt: skip
    html = tekst(client.post(adres, basis | {"streefwaarden-0-jaar": 2032}))
    assert "Kies een jaar in de periode van het plan (2026-2031)." in html
    assert client.post(adres, basis | {"streefwaarden-0-jaar": 2027}).status_code == 302
    indicator.refresh_from_db()
    assert (indicator.nulmeting, indicator.streefwaarden.get().waarde) == (D("1100.50"), 1200)
    for naam in ("meting", "leemte", "indicator"):
        assert client.get(reverse(f"admin:plan_{naam}_changelist")).status_code == 200
    assert client.get(reverse("admin:plan_meting_add")).status_code == 403
