"""Answering: not by anyone, not too early, not over each other; and then for everybody on one day."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participatie.acties.antwoord import Ondertussen, beantwoord, lees_na, publiceer_antwoorden
from participatie.acties.inbreng import toon, verberg
from participatie.acties.ronde import haal_terug, publiceer
from participatie.models import Antwoord, Inbreng, Ronde
from participatie.staat import MagNiet
from sociaalhuis.models import UitgaandeMail

PAD = "/participatie/rondes/gesloten/"
PADEN = ("inbreng/{}/antwoord/", "inbreng/{}/punten/", "inbreng/{}/rechtzetting/", "rondes/gesloten/",
         "rondes/gesloten/antwoorden/", "rondes/gesloten/delen/")  # fmt: skip


@pytest.fixture
def inbreng(gesloten_ronde, maak_inbreng, coordinator):
    return maak_inbreng(gesloten_ronde, "Meer bankjes.", door=coordinator, email="inwoner@voorbeeld.example")


@pytest.fixture
def antwoord(inbreng, coordinator, planner):
    antwoord = beantwoord(
        inbreng=inbreng, besluit="deels", reden="Er is weinig plaats.", wijziging="Twee banken.", door=coordinator
    )
    return lees_na(antwoord=antwoord, door=planner)


@pytest.mark.parametrize("wie", ["loket_ocmw", "team_ocmw", "beheer", "voedselbank"])
def test_only_who_works_on_rounds_answers_and_reads(request, inbreng, antwoord, wie):
    door = request.getfixturevalue(wie)
    for verb, wat in (
        (beantwoord, {"inbreng": inbreng, "besluit": "niet", "reden": "Nee."}),
        (lees_na, {"antwoord": antwoord}),
    ):
        with pytest.raises(PermissionDenied):
            verb(door=door, **wat)


@pytest.mark.parametrize("wie", ["planner", "loket_ocmw", "team_ocmw", "beheer", "voedselbank"])
def test_only_the_coordinator_moderates_and_publishes(request, inbreng, antwoord, wie):
    door = request.getfixturevalue(wie)
    for verb, wat in (
        (verberg, {"inbreng": inbreng, "reden": "Nee."}),
        (toon, {"inbreng": inbreng}),
        (publiceer_antwoorden, {"ronde": inbreng.ronde}),
        (publiceer, {"ronde": inbreng.ronde}),
    ):
        with pytest.raises(PermissionDenied):
            verb(door=door, **wat)
    assert Antwoord.objects.get().besluit == "deels"


def test_a_planner_writes_drafts_and_neither_moderates_nor_publishes(als, huis, inbreng, planner):
    client = als(planner)
    for pad in ("", "inbreng/", f"inbreng/{inbreng.pk}/", *(pad.format(inbreng.pk) for pad in PADEN)):
        assert client.get(f"/participatie/beheer/{pad}").status_code in (200, 302), pad
    post = {"besluit": "niet", "reden": "Nee.", "versie": 0, "bewaar": "1"}
    client.post(f"/participatie/beheer/inbreng/{inbreng.pk}/antwoord/", post)
    antwoord = Antwoord.objects.get()
    assert (antwoord.staat, antwoord.door) == ("concept", planner)
    assert client.post("/participatie/beheer/rondes/gesloten/publiceer/", {"wat": "antwoorden"}).status_code == 403
    assert client.post(f"/participatie/beheer/inbreng/{inbreng.pk}/", {"doe": "toon"}).status_code == 403


@pytest.mark.parametrize("wie", ["loket_ocmw", "team_ocmw", "beheer", "toezicht", "voedselbank", "superuser"])
def test_who_does_not_work_on_rounds_finds_nothing(request, als, huis, inbreng, wie):
    client = als(request.getfixturevalue(wie))
    for pad in ("inbreng/", f"inbreng/{inbreng.pk}/", *(pad.format(inbreng.pk) for pad in PADEN)):
        assert client.get(f"/participatie/beheer/{pad}").status_code == 404, pad


def test_an_answer_without_a_reason_is_refused(als, huis, inbreng, coordinator):
    pad = f"/participatie/beheer/inbreng/{inbreng.pk}/antwoord/"
    form = als(coordinator).post(pad, {"besluit": "niet", "reden": " ", "versie": 0}).context["form"]
    assert form.errors == {"reden": ["Schrijf waarom. Een antwoord zonder reden is geen antwoord."]}
    form = als(coordinator).post(pad, {"besluit": "niet", "reden": "x", "wijziging": "y", "versie": 0}).context["form"]
    assert list(form.errors) == ["wijziging"]
    assert not Antwoord.objects.exists()


def test_two_people_at_once_lose_nothing(als, huis, inbreng, antwoord, coordinator):
    with pytest.raises(Ondertussen):
        beantwoord(inbreng=inbreng, besluit="niet", reden="Anders.", door=coordinator, versie=0)
    pad = f"/participatie/beheer/inbreng/{inbreng.pk}/antwoord/"
    client, post = als(coordinator), {"besluit": "niet", "reden": "Mijn eigen reden.", "wijziging": "", "versie": 0}
    scherm = client.post(pad, post)
    inhoud = scherm.content.decode()
    assert "Mijn eigen reden.</textarea>" in inhoud
    assert "Er is weinig plaats." in inhoud
    assert Antwoord.objects.get().reden == "Er is weinig plaats."
    client.post(pad, {**post, "versie": scherm.context["form"]["versie"].value()})
    assert Antwoord.objects.get().reden == "Mijn eigen reden."


def test_input_that_nobody_has_read_gets_no_answer(gesloten_ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(gesloten_ronde, "Nog niet gelezen")
    with pytest.raises(MagNiet, match="eerst na"):
        beantwoord(inbreng=inbreng, besluit="niet", reden="Nee.", door=coordinator)


# --- publishing -----------------------------------------------------------------------------------


def test_answers_are_on_no_page_before_they_are_published(
    bewoner, als, huis, gesloten_ronde, maak_inbreng, mandaat, coordinator, inbreng, antwoord
):
    eigen = maak_inbreng(gesloten_ronde, "Van ons", organisatie=mandaat.organisatie)
    beantwoord(inbreng=eigen, besluit="deels", reden="Er is weinig plaats.", wijziging="Twee banken.", door=coordinator)
    for client, pad in (
        (bewoner, PAD),
        (bewoner, "/participatie/"),
        (bewoner, "/"),
        (bewoner, inbreng.bewijs_url),
        (als(mandaat.gebruiker), "/participatie/mijn/"),
        (als(mandaat.gebruiker), f"/participatie/mijn/inbreng/{eigen.referentie}/"),
    ):
        inhoud = client.get(pad).content.decode()
        for geheim in ("Er is weinig plaats.", "Twee banken.", "Deels overgenomen"):
            assert geheim not in inhoud, pad


def test_an_open_round_cannot_publish_answers(ronde, coordinator):
    with pytest.raises(MagNiet, match="als de ronde gesloten is"):
        publiceer_antwoorden(ronde=ronde, door=coordinator)


def test_a_round_with_unread_input_cannot_publish_answers(gesloten_ronde, antwoord, maak_inbreng, coordinator):
    maak_inbreng(gesloten_ronde, "Nog niet gelezen")
    with pytest.raises(MagNiet, match="Nog te lezen: 1"):
        publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)


def test_a_round_with_input_without_answer_cannot_publish_answers(gesloten_ronde, inbreng, coordinator):
    with pytest.raises(MagNiet, match="Nog zonder antwoord: 1"):
        publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)


def test_all_answers_come_out_at_once_and_everyone_is_told(
    bewoner, als, huis, gesloten_ronde, inbreng, antwoord, maak_inbreng, mandaat, coordinator, planner
):
    raad = maak_inbreng(gesloten_ronde, "Van ons", organisatie=mandaat.organisatie)
    verborgen = maak_inbreng(gesloten_ronde, "Een naam", email="ander@voorbeeld.example")
    verberg(inbreng=verborgen, door=coordinator, reden="Er stond een naam in.")
    lees_na(
        antwoord=beantwoord(
            inbreng=raad, besluit="overgenomen", reden="Goed idee.", wijziging="Actie G1.1.b.", door=coordinator
        ),
        door=planner,
    )
    UitgaandeMail.objects.all().delete()
    als(coordinator).post("/participatie/beheer/rondes/gesloten/publiceer/", {"wat": "antwoorden"})
    inhoud = bewoner.get(PAD).content.decode()
    for tekst in ("Er is weinig plaats.", "Twee banken.", "Goed idee.", "Dit zeiden jullie, dit deden we"):
        assert tekst in inhoud
    assert "Een naam" not in inhoud
    assert "Er stond een naam in." in inhoud
    mails = UitgaandeMail.objects.order_by("aan")
    assert [mail.adres for mail in mails] == ["inwoner@voorbeeld.example", "voedselbank@proefdorp.example"]
    assert {mail.onderwerp for mail in mails} == {
        f"Er is een antwoord ({inbreng.referentie})",
        f"Er is een antwoord ({raad.referentie})",
    }
    assert not any("Goed idee" in mail.tekst or "bankjes" in mail.tekst for mail in mails)


def test_publishing_twice_mails_once(gesloten_ronde, antwoord, coordinator):
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    with pytest.raises(MagNiet, match="staan al online"):
        publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    assert UitgaandeMail.objects.filter(onderwerp__startswith="Er is een antwoord").count() == 1


def test_hidden_input_comes_back_after_publishing_only_with_an_answer(
    gesloten_ronde, inbreng, antwoord, maak_inbreng, coordinator, planner
):
    laat = verberg(inbreng=maak_inbreng(gesloten_ronde, "Laat"), door=coordinator, reden="Dubbel.")
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    with pytest.raises(MagNiet, match="eerst een antwoord"):
        toon(inbreng=laat, door=coordinator)
    concept = beantwoord(inbreng=laat, besluit="niet", reden="Dat kan niet.", door=coordinator)
    with pytest.raises(MagNiet, match="laat het nalezen"):
        toon(inbreng=laat, door=coordinator)
    lees_na(antwoord=concept, door=planner)
    assert toon(inbreng=laat, door=coordinator).staat == "zichtbaar"


def test_the_decisions_are_counted_beside_a_table(bewoner, huis, gesloten_ronde, antwoord, coordinator):
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    assert bewoner.get(PAD).context["tellingen"] == [
        ["Overgenomen", 0],
        ["Deels overgenomen", 1],
        ["Niet overgenomen", 0],
        ["Buiten dit plan", 0],
    ]


# --- moderating -----------------------------------------------------------------------------------


def test_hiding_needs_a_reason(als, huis, ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(ronde, "Iets")
    pad = f"/participatie/beheer/inbreng/{inbreng.pk}/"
    assert list(als(coordinator).post(pad, {"doe": "verberg", "reden": ""}).context["form"].errors) == ["reden"]
    with pytest.raises(MagNiet):
        verberg(inbreng=inbreng, door=coordinator, reden=" ")
    als(coordinator).post(pad, {"doe": "onbekend", "reden": "x"})
    inbreng.refresh_from_db()
    assert inbreng.staat == "ingediend"


def test_hidden_input_leaves_its_reason_and_not_its_words(bewoner, als, huis, ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(ronde, "De naam van mijn buur", email="inwoner@voorbeeld.example")
    pad = f"/participatie/beheer/inbreng/{inbreng.pk}/"
    als(coordinator).post(pad, {"doe": "verberg", "reden": "Er stond een naam in."})
    inhoud = bewoner.get("/participatie/rondes/open/").content.decode()
    assert "De naam van mijn buur" not in inhoud
    assert "Er stond een naam in." in inhoud
    mail = UitgaandeMail.objects.get()
    assert mail.onderwerp == f"Er is nieuws over je inbreng ({inbreng.referentie})"
    assert "naam in" not in mail.tekst


def test_a_colleague_who_comes_second_is_told(als, huis, ronde, maak_inbreng, coordinator):
    inbreng = maak_inbreng(ronde, "Iets", door=coordinator)
    scherm = als(coordinator).post(f"/participatie/beheer/inbreng/{inbreng.pk}/", {"doe": "toon"}, follow=True)
    assert "Dit kan niet meer: de toestand is intussen “zichtbaar”" in scherm.content.decode()


# --- a round ----------------------------------------------------------------------------------------


def test_a_round_about_a_hidden_plan_cannot_go_public(maak_ronde, plan, coordinator):
    ronde = maak_ronde("nieuw", staat="concept")
    plan.staat, plan.gepubliceerd_op = "voorbereiding", None
    plan.save()
    with pytest.raises(MagNiet, match="nog niet openbaar"):
        publiceer(ronde=ronde, door=coordinator)


def test_a_round_goes_public_and_back_as_long_as_nobody_spoke(als, huis, maak_ronde, maak_inbreng, coordinator):
    ronde = maak_ronde("nieuw", staat="concept")
    als(coordinator).post("/participatie/beheer/rondes/nieuw/publiceer/", {"wat": "ronde"})
    ronde.refresh_from_db()
    assert ronde.staat == "gepubliceerd"
    maak_inbreng(ronde, "Iets")
    with pytest.raises(MagNiet, match="Er is al inbreng"):
        haal_terug(ronde=ronde, door=coordinator)
    Inbreng.objects.all().delete()
    assert haal_terug(ronde=ronde, door=coordinator).staat == "concept"


def test_an_unknown_order_to_publish_does_nothing(als, huis, maak_ronde, coordinator):
    maak_ronde("nieuw", staat="concept")
    als(coordinator).post("/participatie/beheer/rondes/nieuw/publiceer/", {"wat": "alles"})
    assert Ronde.objects.get().staat == "concept"


def test_the_history_of_an_answer_is_kept(inbreng, antwoord, coordinator):
    beantwoord(inbreng=inbreng, besluit="niet", reden="Toch niet.", door=coordinator)
    redenen = antwoord.events.order_by("pgh_id").values_list("reden", flat=True)
    assert list(redenen) == ["Er is weinig plaats.", "Er is weinig plaats.", "Toch niet."]  # written, read, changed
    assert Antwoord.objects.get().versie == 2
    assert Antwoord.objects.get().gewijzigd_op <= timezone.now()
