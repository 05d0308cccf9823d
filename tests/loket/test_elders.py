"""What else is found: only what anyone may read, only what has the words, five lines at most, two queries more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loket.models import Levensgebeurtenis
from loket.zoek import vind
from loket.zoek.elders import vind_elders
from plan.models import Actie, Doelstelling, Garantie, Plan
from sociaalhuis.models import Locatie, Organisatie
from tests.loket.diensten import maak_dienst

pytestmark = pytest.mark.django_db
ZOEKEN = "/loket/zoeken/"


def maak_plan(staat, slug="2026-2031"):
    dag = None if staat == "voorbereiding" else timezone.localdate()
    return Plan.objects.create(
        slug=slug, titel="Samen", beginjaar=2026, eindjaar=2031, missie="Samen.", staat=staat, gepubliceerd_op=dag
    )


def maak_delen(plan, titel, code="G1"):
    garantie = Garantie.objects.create(plan=plan, code=code, titel=f"{titel} voor iedereen", korte_omschrijving="Kort.")
    doel = Doelstelling.objects.create(plan=plan, code=f"{code}.1", titel=f"{titel} als doel", ouder=garantie)
    return Actie.objects.create(
        plan=plan, code=f"{code}.1.a", titel=f"{titel} op school", ouder=doel, termijn="kort", bestuur="ocmw"
    )


def maak_locatie(naam="De Fietsenstal", **velden):
    velden = {"slug": "stal", "straat": "Kade", "huisnummer": "2", "gemeente": "Proefdorp", **velden}
    return Locatie.objects.create(naam=naam, **velden)


def maak_organisatie(naam="Fietsen voor allen", **velden):
    velden = {"code": "fietsen", "soort": "feitelijke-vereniging", "erkend_op": timezone.now(), **velden}
    return Organisatie.objects.create(naam=naam, **velden)


def maak_weg(**velden):
    velden = {"slug": "fiets", "titel": "Mijn fiets is stuk", "kort": "Herstel of leen.", "boom": {}, **velden}
    op = None if velden["boom"] is None else timezone.now()
    return Levensgebeurtenis.objects.create(gepubliceerd_op=op, **velden)


def gevonden(q):
    return [(vondst.soort, vondst.naam) for vondst in vind_elders(0, vind(q, nummer=0).groepen)]


def bladzijde(client, **vraag):
    response = client.get(ZOEKEN, vraag)
    assert response.status_code == 200
    return response


# --- what stays out -------------------------------------------------------------------------------


def test_of_a_plan_that_is_not_public_nothing_is_shown(bewoner):
    maak_delen(maak_plan("voorbereiding"), "Fietsen")
    response = bladzijde(bewoner, q="fietsen")
    assert response.context["elders"] == []
    assert "Ook gevonden" not in response.content.decode()
    assert "Fietsen voor iedereen" not in response.content.decode()


def test_beside_the_plan_that_counts_no_other_is_shown(bewoner):
    maak_delen(maak_plan("openbaar"), "Wandelen")
    maak_delen(maak_plan("voorbereiding", slug="2032-2037"), "Fietsen")
    maak_delen(maak_plan("afgelopen", slug="2020-2025"), "Fietsen")
    assert gevonden("fietsen") == []


def test_what_is_hidden_not_recognised_or_not_published_is_not_shown():
    maak_locatie(zichtbaar=False)
    maak_organisatie(erkend_op=None)
    maak_weg(boom=None)
    assert gevonden("fiets") == []


@pytest.mark.parametrize(
    "q", ["leefloon", "fiets leefloon", "fietspomp", "\x00", "<script>", "& | !", "x" * 5000, "لا"]
)
def test_nothing_when_not_every_word_is_there(bewoner, q):
    maak_locatie()
    assert bladzijde(bewoner, q=q).context["elders"] == []


def test_what_is_in_another_language_is_not_looked_for_by_its_words(bewoner):
    maak_locatie(naam="Aide")
    response = bladzijde(bewoner, q="je cherche de l'aide pour payer mon loyer")
    assert response.context["taal"].code == "fr"
    assert response.context["elders"] == []


def test_without_a_question_with_a_choice_and_on_a_next_page_it_is_not_there(bewoner, ocmw, thema):
    maak_locatie()
    for nummer in range(11):
        maak_dienst(f"Fiets {nummer}", bestuur=ocmw, themas=[thema])
    assert len(bladzijde(bewoner, q="fiets").context["elders"]) == 1
    assert bladzijde(bewoner).context["elders"] == []
    assert bladzijde(bewoner, q="fiets", thema=thema.code).context["elders"] == []
    assert bladzijde(bewoner, q="fiets", pagina="2").context["elders"] == []


# --- what is found --------------------------------------------------------------------------------


def test_every_kind_is_named_and_leads_to_its_page(bewoner):
    maak_delen(maak_plan("openbaar"), "Fiets")
    maak_locatie(naam="De Kade", wat="Hier leen je een fiets.")
    maak_organisatie(naam="Fietsclub fiets", omschrijving="Samen <b>rijden</b>.")
    maak_weg()
    response = bladzijde(bewoner, q="fiets")
    assert {(v.soort, v.naam, v.zin, v.url) for v in response.context["elders"]} == {
        ("Actie in het plan", "Fiets op school", "", "/plan/2026-2031/acties/G1.1.a/"),
        ("Belofte in het plan", "Fiets voor iedereen", "Kort.", "/plan/2026-2031/garanties/G1/"),
        ("Plek", "De Kade", "Hier leen je een fiets.", "/loket/locaties/stal/"),
        ("Organisatie", "Fietsclub fiets", "Samen <b>rijden</b>.", "/participatie/organisaties/#organisatie-fietsen"),
        ("Wegwijzer", "Mijn fiets is stuk", "Herstel of leen.", "/loket/wegwijzer/fiets/"),
    }
    html = response.content.decode()
    assert '<a href="/loket/locaties/stal/">De Kade</a>' in html
    assert "Samen &lt;b&gt;rijden&lt;/b&gt;." in html
    assert 'id="organisatie-fietsen"' in bewoner.get("/participatie/organisaties/").content.decode()


def test_it_stands_there_also_when_no_service_was_found(bewoner):
    maak_locatie()
    response = bladzijde(bewoner, q="fietsenstal")
    assert response.context["niets"]
    assert "De Fietsenstal" in response.content.decode()


def test_at_most_two_of_a_kind_and_five_lines_the_name_before_the_sentence():
    plan = maak_plan("ontwerp")
    for nummer in range(3):
        maak_delen(plan, f"Fiets {nummer}", code=f"G{nummer}")
        maak_locatie(naam=f"Plek {nummer}", slug=f"plek-{nummer}", wat="Met een fiets.")
        maak_weg(slug=f"fiets-{nummer}", titel=f"Een fiets {nummer}")
    assert gevonden("fiets") == [
        ("Actie in het plan", "Fiets 0 op school"),
        ("Actie in het plan", "Fiets 1 op school"),
        ("Belofte in het plan", "Fiets 0 voor iedereen"),
        ("Belofte in het plan", "Fiets 1 voor iedereen"),
        ("Wegwijzer", "Een fiets 0"),
    ]


def test_two_queries_more_for_one_as_for_three():
    plan = maak_plan("openbaar")
    groepen = vind("fiets", nummer=0).groepen
    aantallen = []
    for nummer in range(3):
        maak_delen(plan, f"Fiets {nummer}", code=f"G{nummer}")
        maak_locatie(slug=f"stal-{nummer}", naam=f"Fiets {nummer}")
        maak_organisatie(code=f"fiets-{nummer}", naam=f"Fiets {nummer}")
        with CaptureQueriesContext(connection) as gesteld:
            vind_elders(0, groepen)
        aantallen.append(len(gesteld))
    assert aantallen == [2, 2, 2]
