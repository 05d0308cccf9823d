"""The honest hint: always the rule beside it, never a promise, and of the answers nothing stays anywhere."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loket.acties.hint import tel_vraag_het_ons
from loket.acties.lpdcverschil import HUN, beslis_alles, stand_van
from loket.catalogus import hint
from loket.forms.hint import regel_van
from loket.lpdc.vergelijk import onze_waarden
from loket.models import Dienst, Hinttelling, Voorwaarde
from loket.models.onderdelen import Betekenis
from loket.wegwijzer.lezen import diensten_van
from tests.loket.diensten import maak_dienst
from tests.loket.test_catalogusbeheer import leeg_formulier

pytestmark = pytest.mark.django_db
PAD = "/loket/diensten/huurpremie/misschien/"


@pytest.fixture
def dienst(huis, ocmw):
    """Two rules that ask something and one that does not."""
    d = maak_dienst("Huurpremie", bestuur=ocmw, kort="Geld bij je huur.")
    d.voorwaarden.create(titel="Je huurt", beschrijving="<p>Met een contract.</p>", vraag="Huur je?", volgorde=0)
    d.voorwaarden.create(
        titel="Je inkomen is klein.", vraag="Is je inkomen klein?", bij_nee=Betekenis.VRAAG, volgorde=1
    )
    d.voorwaarden.create(titel="Je woning is veilig", volgorde=2)
    return d


def antwoord(dienst, *antwoorden):
    """What a browser posts for the questions in their order."""
    pks = dienst.voorwaarden.exclude(vraag="").values_list("pk", flat=True)
    return {f"regel{pk}": gekozen for pk, gekozen in zip(pks, antwoorden, strict=False)}


# --- what may not be ------------------------------------------------------------------------------


def test_a_service_without_questions_a_draft_and_nothing_have_no_hint(bewoner, dienst, ocmw):
    maak_dienst("Kaal", bestuur=ocmw)
    assert bewoner.get("/loket/diensten/kaal/misschien/").status_code == 404
    assert bewoner.get("/loket/diensten/bestaat-niet/misschien/").status_code == 404
    Dienst.objects.filter(slug="huurpremie").update(status=Dienst.Status.ONTWERP)
    assert bewoner.get(PAD).status_code == 404
    assert bewoner.post(PAD, antwoord(dienst, "ja", "ja")).status_code == 404
    assert not Hinttelling.objects.exists()


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"titel": "Regel", "vraag": "Zonder teken"}, "voorwaarde_vraag_eindigt_op_vraagteken"),
        ({"titel": "", "vraag": "Zonder regel?"}, "voorwaarde_vraag_heeft_een_regel"),
        ({"titel": "Regel", "vraag": "Zelfde?", "bij_nee": "past"}, "voorwaarde_vraag_maakt_verschil"),
    ],
)
def test_the_database_keeps_no_question_that_cannot_help(dienst, velden, naam):
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        dienst.voorwaarden.create(**velden)


@pytest.mark.parametrize("waarde", ["", "x" * 5000, "misschien", "\x00", "\u202eja", "<script>alert(1)</script>"])
def test_an_answer_that_is_none_of_the_three_is_asked_again_and_the_other_stays(bewoner, dienst, waarde):
    response = bewoner.post(PAD, antwoord(dienst, waarde, "nee"))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Past dit bij jou?</h1>" in html
    assert ("Kies een antwoord." if not waarde else "Kies ja, nee of weet ik niet.") in html
    assert "<script>alert" not in html
    tweede = dienst.voorwaarden.get(vraag="Is je inkomen klein?").pk
    gekozen = [tag for tag in re.findall("<input[^>]*>", html) if "checked" in tag]
    assert len(gekozen) == 1
    assert f'name="regel{tweede}"' in gekozen[0]
    assert 'value="nee"' in gekozen[0]
    assert not Hinttelling.objects.exists()


def test_an_answer_to_a_rule_that_is_gone_lands_on_no_other(bewoner, dienst):
    gestuurd = antwoord(dienst, "nee", "ja")
    dienst.voorwaarden.get(vraag="Huur je?").delete()
    html = bewoner.post(PAD, gestuurd).content.decode()
    assert "Misschien is dit iets voor jou" in html
    assert "Je huurt" not in html


# --- what an answer means -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("betekenissen", "uitkomst"),
    [
        ([], "vraag"),
        (["past"], "misschien"),
        (["past", "past", "past"], "misschien"),
        (["past", "vraag"], "vraag"),
        (["past", "niet"], "niet"),
        (["vraag", "niet"], "niet"),
    ],
)
def test_one_that_does_not_fit_weighs_most_then_one_that_is_not_known(betekenissen, uitkomst):
    assert hint.weeg(betekenissen) == uitkomst


@pytest.mark.parametrize(
    ("antwoorden", "kop"),
    [
        (("ja", "ja"), "Misschien is dit iets voor jou"),
        (("nee", "ja"), "Waarschijnlijk is dit niets voor jou"),
        (("ja", "nee"), "Vraag het ons, we kijken het samen na"),
        (("weet_niet", "weet_niet"), "Vraag het ons, we kijken het samen na"),
    ],
)
def test_every_outcome_shows_each_rule_and_a_person_and_promises_nothing(bewoner, dienst, antwoorden, kop):
    html = bewoner.post(PAD, antwoord(dienst, *antwoorden)).content.decode()
    assert f"<h1>{kop}</h1>" in html
    assert "<strong>De regel:</strong> Je huurt. Met een contract." in html
    assert "<strong>De regel:</strong> Je inkomen is klein." in html
    assert "Dit is geen beslissing" in html
    assert 'href="tel:+3259990000"' in html
    assert 'href="/loket/vraag/?dienst=huurpremie"' in html
    for belofte in ("je krijgt", "je hebt recht", "je bent in orde"):
        assert belofte not in html.lower().replace("je krijgt een eerste idee", ""), belofte


def test_more_than_three_questions_are_never_asked(bewoner, dienst):
    for nummer in (3, 4):
        dienst.voorwaarden.create(titel=f"Regel {nummer}", vraag=f"Vraag {nummer}?", volgorde=nummer)
    html = bewoner.get(PAD).content.decode()
    assert "Vraag 3?" in html
    assert "Vraag 4?" not in html
    assert "Drie vragen" in html


def test_the_sentence_of_a_rule_is_its_title_and_its_text():
    assert (
        regel_van({"titel": "Je woont hier", "beschrijving": "<p>Met een <b>adres</b>.</p>"})
        == "Je woont hier. Met een adres."
    )
    assert regel_van({"titel": "", "beschrijving": "<p>Tekst.</p>"}) == "Tekst."
    assert regel_van({"titel": "Alleen dit", "beschrijving": ""}) == "Alleen dit"


# --- nothing stays --------------------------------------------------------------------------------


def test_the_page_sets_no_cookie_and_its_answer_is_stored_nowhere(dienst):
    browser = Client(enforce_csrf_checks=True)  # a browser that has no cookie at all
    begin = browser.get(PAD)
    assert not begin.cookies
    assert "no-store" not in begin["Cache-Control"]
    assert "csrf" not in begin.content.decode()
    assert 'autocomplete="off"' in begin.content.decode()
    response = browser.post(PAD, antwoord(dienst, "ja", "weet_niet"))
    assert (response.status_code, "no-store" in response["Cache-Control"], dict(response.cookies)) == (200, True, {})


def test_only_ask_us_is_counted_per_service_and_day(bewoner, andere_bewoner, dienst):
    for antwoorden in (("ja", "ja"), ("nee", "nee")):
        bewoner.post(PAD, antwoord(dienst, *antwoorden))
    bewoner.get(PAD)
    assert not Hinttelling.objects.exists()
    for browser in (bewoner, andere_bewoner, bewoner):
        browser.post(PAD, antwoord(dienst, "ja", "weet_niet"))
    assert list(Hinttelling.objects.values_list("dienst__slug", "dag", "aantal")) == [
        ("huurpremie", timezone.localdate(), 3)
    ]
    assert [veld.name for veld in Hinttelling._meta.fields] == ["id", "dienst", "dag", "aantal"]


@pytest.mark.django_db(transaction=True)
def test_people_who_ask_at_the_same_moment_are_all_counted(dienst):
    def doe(_):
        try:
            tel_vraag_het_ons("huurpremie")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as mensen:
        list(mensen.map(doe, range(24)))
    assert [telling.aantal for telling in Hinttelling.objects.all()] == [24]


def test_nothing_of_the_answers_is_written(bewoner, dienst):
    """Every statement of a post that ends in ask us: one write, without an answer in it."""
    with CaptureQueriesContext(connection) as gesteld:
        bewoner.post(PAD, antwoord(dienst, "ja", "weet_niet"))
    schrijft = [q["sql"] for q in gesteld if re.search(r"\b(INSERT|UPDATE|DELETE)\b", q["sql"])]
    assert len(schrijft) == 1
    assert "loket_hinttelling" in schrijft[0]
    assert "weet_niet" not in schrijft[0]


def test_a_draft_is_previewed_by_staff_and_not_counted(als, loket_ocmw, dienst):
    Dienst.objects.filter(slug="huurpremie").update(status=Dienst.Status.ONTWERP)
    client = als(loket_ocmw)
    assert client.get(PAD).status_code == 200
    assert "Vraag het ons" in client.post(PAD, antwoord(dienst, "ja", "weet_niet")).content.decode()
    assert not Hinttelling.objects.exists()


# --- where it is found and made -------------------------------------------------------------------


def test_the_service_and_the_signpost_lead_to_it(bewoner, dienst, ocmw):
    html = bewoner.get("/loket/diensten/huurpremie/").content.decode()
    assert f'href="{PAD}"' in html
    assert "Twee korte vragen: past dit bij jou?" in html
    kaal = maak_dienst("Kaal", bestuur=ocmw)
    assert "/misschien/" not in bewoner.get("/loket/diensten/kaal/").content.decode()
    assert [d.heeft_hint for d in diensten_van(0, (dienst.pk, kaal.pk))] == [True, False]


def in_beheer(*rijen, **velden):
    beheer = leeg_formulier(titel="Huurpremie", slug="huurpremie", kort="Geld.", **velden)
    for nummer, rij in enumerate(rijen):
        standaard = {"titel": f"Regel {nummer}", "bij_ja": "past", "bij_nee": "niet", "volgorde": nummer}
        beheer |= {f"voorwaarden-{nummer}-{naam}": w for naam, w in {**standaard, **rij}.items()}
    return {**beheer, "voorwaarden-TOTAL_FORMS": len(rijen)}


def test_staff_write_the_questions_with_the_service(als, loket_ocmw, ocmw):
    client, pad = als(loket_ocmw), reverse("admin:loket_dienst_add")
    vier = [{"vraag": f"Vraag {nummer}?"} for nummer in range(4)]
    html = client.post(pad, in_beheer(*vier, bestuur=ocmw.pk)).content.decode()
    assert "Er zijn al 3 vragen bij deze dienst. Laat er een weg." in html
    response = client.post(pad, in_beheer(*vier[:3], {"vraag": ""}, bestuur=ocmw.pk))
    assert response.status_code == 302, response.context["errors"]
    assert Voorwaarde.objects.exclude(vraag="").count() == 3


@pytest.mark.parametrize(
    ("rij", "melding"),
    [
        ({"vraag": "Zonder teken"}, "De vraag eindigt op een vraagteken."),
        ({"titel": "", "vraag": "Zonder regel?"}, "Schrijf eerst de regel zelf"),
        ({"vraag": "Zelfde?", "bij_nee": "past"}, "Ja en nee betekenen hier hetzelfde."),
        ({"vraag": "x" * 5000 + "?"}, "Dit mag hoogstens 160 tekens lang zijn."),
        ({"vraag": "Nul\x00?"}, "Hier staat een teken in dat we niet kunnen bewaren."),
    ],
)
def test_a_question_that_cannot_help_is_refused_in_words(als, loket_ocmw, ocmw, rij, melding):
    response = als(loket_ocmw).post(reverse("admin:loket_dienst_add"), in_beheer(rij, bestuur=ocmw.pk))
    assert response.status_code == 200
    assert melding in response.content.decode()
    assert not Dienst.objects.exists()


def test_what_lpdc_says_takes_a_question_along_while_the_words_of_its_rule_stay(dienst):
    hun = [{**deel, "lpdc_uri": "http://a.example/1"} for deel in onze_waarden(dienst)["voorwaarden"]]
    hun[1]["titel"] = "Je inkomen ligt onder de grens."
    Dienst.objects.filter(pk=dienst.pk).update(bron_verschil={"voorwaarden": hun})
    dienst.refresh_from_db()
    standen = {dienst.pk: stand_van(dienst)}
    beslis_alles(diensten=Dienst.objects.filter(pk=dienst.pk), keuze=HUN, standen=standen, door=None)
    assert list(dienst.voorwaarden.values_list("titel", "vraag", "bij_nee")) == [
        ("Je huurt", "Huur je?", "niet"),
        ("Je inkomen ligt onder de grens.", "", "niet"),
        ("Je woning is veilig", "", "niet"),
    ]


def test_the_counts_are_read_by_who_steers_and_written_by_nobody(als, team_ocmw, loket_ocmw, bewoner, dienst):
    bewoner.post(PAD, antwoord(dienst, "ja", "weet_niet"))
    lijst = reverse("admin:loket_hinttelling_changelist")
    assert "Huurpremie" in als(team_ocmw).get(lijst).content.decode()
    assert als(team_ocmw).get(reverse("admin:loket_hinttelling_add")).status_code == 403
    assert als(loket_ocmw).get(lijst).status_code == 403
