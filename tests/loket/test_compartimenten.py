"""Two compartments, attacked: no page of anybody outside the team names a case, its reference or its words.

Walks every address of the portal that needs no object, every table of the admin with a search, and what stands in the
way of a deletion; as a clerk of the other Bestuur, as people with other roles, and as a superuser.
"""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from loket.acties import behandeling
from loket.forms.reeks import DADEN
from loket.models import Inzage, Vraag
from tests.loket.vragen import gewone_dag, vraag_van
from tests.test_matrix import patronen
from tests.vlug import alleen_de_status, eenmaal_ingelezen, zonder_context

BUITEN = ["loket_gemeente", "loket_thuiszorg", "planner", "coordinator", "beheer", "superuser"]


@pytest.fixture
def zaak(huis, team_sociale_dienst, team_onthaal, thema, gebied, loket_ocmw, als):
    """A case of the OCMW with a mail, a note, a reading and an answer."""
    vraag = vraag_van(
        team_sociale_dienst, tekst="Kanarie-tekst", naam="Kanarie-naam", thema=thema, gebied=gebied,
        antwoordwijze="mail", email="kanarie@voorbeeld.example",
    )  # fmt: skip
    behandeling.noteer(vraag=vraag, tekst="Kanarie-notitie", door=loket_ocmw)
    behandeling.beantwoord(vraag=vraag, tekst="Kanarie-antwoord", door=loket_ocmw)
    als(loket_ocmw).get(vraag.get_absolute_url())
    return vraag


def adressen():
    """Every address that needs nothing: lists, counts, searches, reports, forms."""
    gevonden = []
    for naam in patronen():
        try:
            gevonden.append(reverse(naam))
        except NoReverseMatch:
            continue
    return gevonden


def verraadt(antwoord, vraag):
    """What a page tells of the case: words of it, or its reference where nobody typed it."""
    inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
    tekst = inhoud.decode(errors="replace").lower()
    return [woord for woord in ("kanarie", vraag.referentie.lower()) if woord in tekst]


@pytest.mark.parametrize("wie", BUITEN)
def test_no_page_outside_names_the_case(wie, zaak, als, request):
    client = als(request.getfixturevalue(wie))
    with zonder_context(), eenmaal_ingelezen():
        gelezen = {pad: verraadt(client.get(pad), zaak) for pad in adressen()}
    lekken = {pad: lek for pad, lek in gelezen.items() if lek}
    assert lekken == {}


@pytest.mark.parametrize("wie", [*BUITEN, "toezicht"])
def test_a_search_answers_the_same_for_a_case_elsewhere_and_for_none(wie, zaak, als, request):
    """On every list of the desk and every table of the admin; what is typed is taken out of the answer first."""
    client = als(request.getfixturevalue(wie))
    tabellen = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry]
    if wie == "toezicht":  # sees who read which case, and nothing else of it
        tabellen.remove(reverse("admin:loket_inzage_changelist"))
    anders = []
    paden = ["/loket/werkbank/", "/loket/werkbank/antwoorden/", "/loket/noodtoegang/", "/loket/zoeken/", *tabellen]
    with alleen_de_status(), eenmaal_ingelezen():
        for pad in paden:
            een, ander = (client.get(pad, {"q": q}) for q in (zaak.referentie, "2020-ZZZZZZ"))
            if een.status_code != ander.status_code or (
                een.status_code == 200 and _kaal(een, zaak.referentie) != _kaal(ander, "2020-ZZZZZZ")
            ):
                anders.append(pad)
    assert anders == []


def _kaal(antwoord, getypt):
    """Only how many rows and references there are: times and tokens differ from page to page."""
    tekst = antwoord.content.decode(errors="replace")
    for vorm in (getypt, getypt.lower(), getypt.split("-")[1], getypt.split("-")[1].lower()):
        tekst = tekst.replace(vorm, "")
    return tekst.count("<tr"), tekst.count("<li"), tekst.count("2026-")


@pytest.mark.parametrize("wie", ["beheer", "superuser"])
@pytest.mark.parametrize("wat", ["thema", "gebied", "team"])
def test_what_stands_in_the_way_of_a_deletion_is_told_by_kind_only(wie, wat, zaak, als, request):
    ding = getattr(zaak, wat)
    pad = reverse(f"admin:sociaalhuis_{wat}_delete", args=[ding.pk])
    antwoord = als(request.getfixturevalue(wie)).get(pad)
    assert antwoord.status_code == 200 and verraadt(antwoord, zaak) == []
    assert "Vraag" in antwoord.content.decode()


def test_elsewhere_costs_the_same_work_as_missing(zaak, als, loket_gemeente):
    """The same number of questions to the database, and never the words of the case."""
    client, dag, werk = als(loket_gemeente), gewone_dag(), {}
    for referentie in ("2020-ZZZZZZ", zaak.referentie.lower()):
        for rest in ("", "spoor/", "noteer/"):
            pad = f"/loket/werkbank/{referentie}/{rest}"
            client.get(pad, **dag)
            with CaptureQueriesContext(connection) as vragen:
                antwoord = client.post(pad, **dag) if rest == "noteer/" else client.get(pad, **dag)
            werk.setdefault(rest, []).append((antwoord.status_code, len(vragen), len(antwoord.content)))
    assert all(een == ander for een, ander in werk.values()), werk
    assert {een[0] for een, _ in werk.values()} == {404}


@pytest.mark.parametrize("daad", DADEN)
def test_bulk_actions_touch_only_what_is_yours(daad, zaak, als, loket_gemeente):
    voor = Vraag.objects.get()
    velden = {"vraag": [f"{zaak.referentie}:{voor.versie}"], "daad": daad, "resultaat": "geholpen", "prioriteit": "1"}
    antwoord = als(loket_gemeente).post("/loket/werkbank/reeks/", velden)
    assert antwoord.status_code in (200, 302, 404, 409)
    na = Vraag.objects.get()
    assert (na.versie, na.staat, na.behandelaar) == (voor.versie, voor.staat, voor.behandelaar)


def test_the_log_of_readings_is_for_oversight_only(zaak, als, superuser, beheer, toezicht):
    pad = reverse("admin:loket_inzage_changelist")
    assert Inzage.objects.count() == 1
    assert als(superuser).get(pad).status_code == als(beheer).get(pad).status_code == 403
    pagina = als(toezicht).get(pad)
    assert pagina.status_code == 200 and "kanarie" not in pagina.content.decode().lower()
