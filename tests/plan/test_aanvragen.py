"""A project request from the first word to the multi-year plan: who may what, in which order, and amounts that match."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from plan.acties.aanvragen import breng_naar
from plan.models import Aanvraagstap, BbcCode, Projectaanvraag, Raming
from tests.plan.test_beheer import bewaar, formulier

Staat = Projectaanvraag.Staat


@pytest.fixture
def concept(aanvraag, ocmw, gemeente):
    """Asks 1,500.50 and expects 200, and its estimates say so."""
    aanvraag.staat, aanvraag.motivatie = Staat.CONCEPT, "<p>Zonder begeleider lukt het niet.</p>"
    aanvraag.gevraagde_uitgaven, aanvraag.verwachte_ontvangsten = Decimal("1500.50"), Decimal("200.00")
    aanvraag.save()
    for bestuur, jaar, richting, bedrag in [
        (ocmw, 2026, "uitgave", "1000.00"), (gemeente, 2027, "uitgave", "500.50"), (ocmw, 2027, "ontvangst", "200.00")
    ]:  # fmt: skip
        aanvraag.ramingen.create(bestuur=bestuur, jaar=jaar, richting=richting, bedrag=Decimal(bedrag))
    return aanvraag


def stap(aanvraag, staat, door, **velden):
    return breng_naar(aanvraag=aanvraag, staat=staat, door=door, **velden)


def breekt(naam):
    return pytest.raises(IntegrityError, match=naam)


# --- the database -----------------------------------------------------------------------------------


def test_estimates_of_a_submitted_request_always_add_up(concept, ocmw, planner):
    raming = concept.ramingen.first()
    Raming.objects.filter(pk=raming.pk).update(bedrag=1)  # while it is being written, anything goes
    connection.check_constraints()
    Raming.objects.filter(pk=raming.pk).update(bedrag=raming.bedrag)
    stap(concept, Staat.INGEDIEND, planner)
    for breek in (
        lambda: Raming.objects.filter(pk=raming.pk).update(bedrag=raming.bedrag + 1),
        lambda: Raming.objects.filter(pk=raming.pk).delete(),
        lambda: concept.ramingen.create(bestuur=ocmw, jaar=2026, richting="ontvangst", bedrag=Decimal("0.01")),
        lambda: Projectaanvraag.objects.filter(pk=concept.pk).update(gevraagde_uitgaven=5),
    ):
        with breekt("projectaanvraag_som_klopt"), transaction.atomic():
            breek()
            connection.check_constraints()


def test_the_two_amounts_are_told_together(aanvraag):
    with breekt("projectaanvraag_bedragen_samen"), transaction.atomic():
        Projectaanvraag.objects.filter(pk=aanvraag.pk).update(gevraagde_uitgaven=5)
    with breekt("projectaanvraag_bedragen_samen"), transaction.atomic():
        Projectaanvraag.objects.filter(pk=aanvraag.pk).update(gevraagde_uitgaven=-5, verwachte_ontvangsten=0)


def test_what_happened_stays_as_it_was(concept, planner):
    stap(concept, Staat.INGEDIEND, planner)
    for breek in (
        lambda: Aanvraagstap.objects.update(toelichting="Anders"),
        lambda: Aanvraagstap.objects.all().delete(),
    ):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            breek()
    for velden, naam in [
        ({"staat": "geadviseerd", "toelichting": "x"}, "aanvraagstap_advies_bij_advies"),
        ({"staat": "ingediend", "advies": "gunstig"}, "aanvraagstap_advies_bij_advies"),
        ({"staat": "geweigerd"}, "aanvraagstap_zegt_waarom"),
    ]:
        with breekt(naam), transaction.atomic():
            Aanvraagstap.objects.create(projectaanvraag=concept, door=planner, **velden)


# --- the verb ---------------------------------------------------------------------------------------


def test_a_request_is_not_submitted_before_it_is_whole(concept, planner):
    Projectaanvraag.objects.filter(pk=concept.pk).update(gevraagde_uitgaven=2000, verwachte_ontvangsten=0)
    with pytest.raises(ValidationError) as fout:
        stap(concept, Staat.INGEDIEND, planner)
    assert fout.value.messages == [
        "De ramingen zijn samen €\xa01.500,50 uitgaven, maar je vraagt €\xa02.000. Het verschil is €\xa0499,50.",
        "De ramingen zijn samen €\xa0200 ontvangsten, maar je vraagt €\xa00. Het verschil is €\xa0200.",
    ]
    for wijzig, zin in [
        (lambda: Projectaanvraag.objects.update(motivatie=""), "waarom dit geld nodig is"),
        (lambda: Raming.objects.all().delete(), "minstens één raming"),
        (
            lambda: Projectaanvraag.objects.update(gevraagde_uitgaven=None, verwachte_ontvangsten=None),
            "gevraagde bedrag",
        ),
    ]:
        wijzig()
        with pytest.raises(ValidationError, match=zin):
            stap(concept, Staat.INGEDIEND, planner)
    assert not Aanvraagstap.objects.exists()


def test_the_whole_way_of_a_request(concept, plan, actie, ocmw, gemeente, planner, coordinator, loket_ocmw):
    with pytest.raises(PermissionDenied):
        stap(concept, Staat.INGEDIEND, loket_ocmw)
    with pytest.raises(ValidationError, match="nu 'in opmaak'"):
        stap(concept, Staat.OPGENOMEN, planner)
    stap(concept, Staat.INGEDIEND, planner)
    with pytest.raises(ValidationError) as fout:
        stap(concept, Staat.GEADVISEERD, planner, toelichting="Mag.", advies="misschien")
    assert list(fout.value.message_dict) == ["advies"]
    stap(concept, Staat.GEADVISEERD, planner, toelichting="Er is ruimte.", advies="mits")
    with pytest.raises(PermissionDenied):
        stap(concept, Staat.GOEDGEKEURD, planner, toelichting="Ja.")
    with pytest.raises(ValidationError) as fout:
        stap(concept, Staat.GOEDGEKEURD, coordinator, toelichting="  ")
    assert fout.value.message_dict == {"toelichting": ["Schrijf waarom er zo beslist is."]}
    stap(concept, Staat.GOEDGEKEURD, coordinator, toelichting="Past in het plan.")
    with pytest.raises(ValidationError, match="kies eerst de code in het meerjarenplan") as fout:
        stap(concept, Staat.OPGENOMEN, planner)
    assert len(fout.value.messages) == 3
    codes = {bestuur: BbcCode.objects.create(plan=plan, bestuur=bestuur, code="MJP1") for bestuur in (ocmw, gemeente)}
    for raming in concept.ramingen.all():
        Raming.objects.filter(pk=raming.pk).update(bbc_code=codes[raming.bestuur])
    klaar = stap(concept, Staat.OPGENOMEN, planner)
    assert (klaar.staat, klaar.beslist_door, klaar.beslist_op, klaar.beslissing) == (
        "opgenomen", coordinator, timezone.localdate(), "Past in het plan.",
    )  # fmt: skip
    assert set(actie.bbc_codes.all()) == set(codes.values())
    assert list(Aanvraagstap.objects.values_list("staat", "advies", "toelichting", "door")) == [
        ("ingediend", "", "", planner.pk),
        ("geadviseerd", "mits", "Er is ruimte.", planner.pk),
        ("goedgekeurd", "", "Past in het plan.", coordinator.pk),
        ("opgenomen", "", "", planner.pk),
    ]


def test_a_request_can_be_taken_back_until_it_was_decided(concept, planner, coordinator):
    stap(concept, Staat.INGEDIEND, planner)
    with pytest.raises(ValidationError, match="waarom de aanvraag terug moet"):
        stap(concept, Staat.CONCEPT, planner)
    assert stap(concept, Staat.CONCEPT, planner, toelichting="Het tweede jaar is te laag.").staat == "concept"
    stap(concept, Staat.INGEDIEND, planner)
    stap(concept, Staat.GEADVISEERD, planner, toelichting="Nee.", advies="ongunstig")
    stap(concept, Staat.GEWEIGERD, coordinator, toelichting="Geen geld.")
    for staat in set(Staat) - {Staat.CONCEPT}:
        with pytest.raises(ValidationError, match="nu 'geweigerd'"):
            stap(concept, staat, coordinator, toelichting="Toch.", advies="gunstig")


def test_a_decision_is_opened_again_by_the_coordinator_and_a_taking_up_undone(
    huis, als, concept, plan, actie, ocmw, planner, coordinator
):
    def tot(*namen):
        for staat in namen:
            breng = {"advies": "gunstig"} if staat == Staat.GEADVISEERD else {}
            stap(concept, staat, coordinator, toelichting=f"Naar {staat}.", **breng)
        concept.refresh_from_db()

    tot(Staat.INGEDIEND, Staat.GEADVISEERD, Staat.GEWEIGERD)
    wijzig = reverse("admin:plan_projectaanvraag_change", args=[concept.pk])
    assert "De coördinator kan ze opnieuw openen." in als(planner).get(wijzig).content.decode()
    with pytest.raises(PermissionDenied):
        stap(concept, Staat.CONCEPT, planner, toelichting="Toch.")
    client = als(coordinator)
    assert "Open opnieuw" in client.get(wijzig).content.decode()
    assert "Waarom open je ze opnieuw?" in client.get(adres(concept, "concept")).content.decode()
    assert client.post(adres(concept, "concept"), {"toelichting": " "}).status_code == 400
    assert als(planner).post(adres(concept, "concept"), {"toelichting": "Toch."}).status_code == 302
    concept.refresh_from_db()
    assert (concept.staat, concept.beslissing) == ("geweigerd", "Naar geweigerd.")
    assert client.post(adres(concept, "concept"), {"toelichting": "Er is toch geld."}).status_code == 302
    concept.refresh_from_db()
    assert (concept.staat, concept.beslist_op, concept.beslist_door, concept.beslissing) == ("concept", None, None, "")
    # taken up, undone, and the decision of that day stays
    tot(Staat.INGEDIEND, Staat.GEADVISEERD, Staat.GOEDGEKEURD)
    for raming in concept.ramingen.select_related("bestuur"):
        code, _ = BbcCode.objects.get_or_create(plan=plan, bestuur=raming.bestuur, code="MJP1")
        Raming.objects.filter(pk=raming.pk).update(bbc_code=code)
    Projectaanvraag.objects.filter(pk=concept.pk).update(beslist_op="2026-01-02")
    tot(Staat.OPGENOMEN)
    assert als(planner).post(adres(concept, "goedgekeurd"), {"toelichting": "Fout."}).status_code == 302
    gedaan = client.post(adres(concept, "goedgekeurd"), {"toelichting": "Het stond er niet in."}, follow=True)
    assert "De aanvraag blijft goedgekeurd." in gedaan.content.decode()
    concept.refresh_from_db()
    assert (concept.staat, concept.beslissing, str(concept.beslist_op)) == (
        "goedgekeurd",
        "Naar goedgekeurd.",
        "2026-01-02",
    )
    assert actie.bbc_codes.count() == 2
    tot(Staat.CONCEPT)
    assert concept.staat == "concept"
    assert list(Aanvraagstap.objects.values_list("staat", flat=True)) == [
        "ingediend", "geadviseerd", "geweigerd", "concept", "ingediend", "geadviseerd", "goedgekeurd", "opgenomen",
        "goedgekeurd", "concept",
    ]  # fmt: skip


# --- the pages of staff -----------------------------------------------------------------------------


def adres(aanvraag, staat):
    return reverse("admin:plan_projectaanvraag_stap", args=[aanvraag.pk, staat])


def test_staff_write_submit_advise_decide_and_take_up(huis, als, concept, ocmw, plan, planner, coordinator):
    wijzig = reverse("admin:plan_projectaanvraag_change", args=[concept.pk])
    verkeerd = bewaar(als(planner), concept, gevraagde_uitgaven="1.600,00")
    assert verkeerd.status_code == 302  # in the making the sums may still differ, and the page says so
    assert "Het verschil is €\xa099,50" in als(planner).get(wijzig).content.decode()
    niet = als(planner).post(adres(concept, "ingediend"), {"toelichting": ""})
    assert niet.status_code == 400 and "maar je vraagt €\xa01.600" in niet.content.decode()
    assert bewaar(als(planner), concept, gevraagde_uitgaven="1.500,50").status_code == 302
    assert als(planner).post(adres(concept, "ingediend"), {"toelichting": ""}).status_code == 302
    dubbel = als(planner).post(adres(concept, "ingediend"), {"toelichting": ""}, follow=True)
    assert "Deze stap kan nu niet (meer). De aanvraag is nu: ingediend." in dubbel.content.decode()
    for toelichting in ("", "x" * 5000, "\x00"):
        slecht = als(planner).post(adres(concept, "geadviseerd"), {"toelichting": toelichting, "advies": "mits"})
        assert slecht.status_code == 400 and "toelichting" in slecht.context["form"].errors
    assert "x" * 5000 not in Aanvraagstap.objects.first().toelichting
    scheef = bewaar(als(planner), concept, **{"ramingen-0-bedrag": "900"})
    assert "Het verschil is €" in scheef.content.decode() and scheef.status_code == 200
    als(planner).post(adres(concept, "geadviseerd"), {"toelichting": "<script>Ja\u202e</script>", "advies": "mits"})
    pagina = als(coordinator).get(wijzig).content.decode()
    assert "&lt;script&gt;Ja&lt;/script&gt;" in pagina and "Keur goed" in pagina and "Weiger" in pagina
    assert "Keur goed" not in als(planner).get(wijzig).content.decode()
    assert als(planner).post(adres(concept, "goedgekeurd"), {"toelichting": "Ja."}).status_code == 302
    als(coordinator).post(adres(concept, "goedgekeurd"), {"toelichting": "Ja."})
    concept.refresh_from_db()
    assert (concept.staat, concept.beslist_door) == ("goedgekeurd", coordinator)
    velden = formulier(als(planner).get(wijzig))
    assert not any("bedrag" in naam for naam in velden)  # after the decision only the code may still be chosen
    code = BbcCode.objects.create(plan=plan, bestuur=ocmw, code="MJP1")
    nummer = next(naam for naam, waarde in velden.items() if waarde == concept.ramingen.filter(bestuur=ocmw).first().pk)
    antwoord = als(planner).post(wijzig, {**velden, nummer.replace("-id", "-bbc_code"): code.pk})
    assert antwoord.status_code == 302 and Raming.objects.filter(bbc_code=code).count() == 1


def test_a_new_request_is_in_the_making_and_hidden(huis, als, plan, actie, ocmw, planner, bewoner):
    velden = {"plan": plan.pk, "code": "P9", "titel": "Geheim project", "actie": actie.pk, "aanvrager": "Dienst",
              "gevraagde_uitgaven": "12", "ramingen-TOTAL_FORMS": "0", "ramingen-INITIAL_FORMS": "0"}  # fmt: skip
    toevoegen = reverse("admin:plan_projectaanvraag_add")
    for veld, waarde in [("gevraagde_uitgaven", "-1"), ("gevraagde_uitgaven", "9" * 5000), ("gevraagde_uitgaven", "1,2,3"),
                         ("verwachte_ontvangsten", "")]:  # fmt: skip
        fout = als(planner).post(toevoegen, {**velden, "verwachte_ontvangsten": "0", veld: waarde})
        assert list(fout.context["adminform"].form.errors) == [veld]
    goed = als(planner).post(toevoegen, {**velden, "verwachte_ontvangsten": "0", "staat": "opgenomen"})
    assert goed.status_code == 302, (goed.context["errors"], goed.context["adminform"].form.errors)
    nieuw = Projectaanvraag.objects.get(code="P9")
    velden = formulier(als(planner).get(reverse("admin:plan_projectaanvraag_change", args=[nieuw.pk])))
    assert velden["ramingen-TOTAL_FORMS"] == "2"  # rows to begin with, also without a script
    Raming.objects.create(projectaanvraag=nieuw, bestuur=ocmw, jaar=2026, richting="uitgave", bedrag=12)
    velden = formulier(als(planner).get(reverse("admin:plan_projectaanvraag_change", args=[nieuw.pk])))
    assert velden["ramingen-TOTAL_FORMS"] == "1"
    assert (goed.status_code, nieuw.staat) == (302, "concept")
    for naam in ("geld", "plan"):
        assert "Geheim project" not in bewoner.get(reverse(f"plan:{naam}", args=[plan.slug])).content.decode()
    assert nieuw not in Projectaanvraag.objects.zichtbaar_voor(bewoner.get("/").wsgi_request.user)


def test_two_people_at_once_never_overwrite_each_other(huis, als, concept, planner, coordinator):
    wijzig = reverse("admin:plan_projectaanvraag_change", args=[concept.pk])
    van_planner = formulier(als(planner).get(wijzig))
    assert bewaar(als(coordinator), concept, titel="Van de coördinator").status_code == 302
    laat = als(planner).post(wijzig, {**van_planner, "titel": "Van de planner"})
    assert "Gewijzigd door coordinator" in laat.content.decode() and "Van de planner" in laat.content.decode()
    concept.refresh_from_db()
    assert concept.titel == "Van de coördinator"


def test_what_was_decided_stays_and_what_was_submitted_cannot_go(huis, als, concept, planner, coordinator, loket_ocmw):
    weg = reverse("admin:plan_projectaanvraag_delete", args=[concept.pk])
    assert als(planner).get(weg).status_code == 200
    stap(concept, Staat.INGEDIEND, planner)
    assert als(planner).post(weg, {"post": "yes"}).status_code == 403
    lijst = reverse("admin:plan_projectaanvraag_changelist")
    als(planner).post(lijst, {"action": "delete_selected", "_selected_action": [concept.pk], "post": "yes"})
    assert Projectaanvraag.objects.filter(pk=concept.pk).exists()
    stap(concept, Staat.GEADVISEERD, planner, toelichting="Nee.", advies="ongunstig")
    stap(concept, Staat.GEWEIGERD, coordinator, toelichting="Geen geld.")
    wijzig = reverse("admin:plan_projectaanvraag_change", args=[concept.pk])
    assert als(planner).post(wijzig, {"titel": "Toch"}).status_code == 403
    assert "Geen geld." in als(planner).get(wijzig).content.decode()
    assert als(loket_ocmw).get(adres(concept, "geadviseerd")).status_code in {403, 404}
    assert als(planner).get(adres(concept, "zomaar")).status_code == 404
    for filter_ in (
        {"staat": "geweigerd"},
        {"ramingen__jaar": "2026"},
        {"ramingen__soort": "exploitatie"},
        {"q": "P01"},
    ):
        assert list(als(planner).get(lijst, filter_).context["cl"].queryset) == [concept]
