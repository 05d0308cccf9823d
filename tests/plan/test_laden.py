"""The plan of the invented town comes in whole, and all of it is on paper."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from plan.acties.stand import berekend
from plan.acties.versies import wat_niet_klopt
from plan.bbc.lezen import lees
from plan.models import (
    Actie,
    Afhankelijkheid,
    Besluit,
    Document,
    Feit,
    Garantie,
    Jaaractie,
    Mjpinvoer,
    Mjpversie,
    Onderdeel,
    Plan,
    Projectaanvraag,
    Raming,
    Taak,
)
from plan.vertaalblad import als_verslag
from plan.vertaling import vertaal
from sociaalhuis import wilgenbeke
from sociaalhuis.verslag.rekenblad import als_xlsx
from sociaalhuis.wilgenbeke import laad_huis, laad_meerjarenplan, laad_plan
from sociaalhuis.wilgenbeke.lezen import lees as lees_toml

BRON = Path(wilgenbeke.__file__).parent
GEGEVENS, OPVOLGING = lees_toml(BRON / "plan.toml"), lees_toml(BRON / "opvolging.toml")


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stad(eenmaal):
    laad_huis.laad(BRON)
    laad_plan.laad(BRON)
    laad_meerjarenplan.laad(BRON)
    return Plan.objects.get()


def codes_van(actie):
    """The codes of the requests that were taken up for an action."""
    opgenomen = [rij for rij in GEGEVENS["projectaanvraag"] if rij["actie"] == actie and rij["status"] == "opgenomen"]
    return [raming["bbc_code"] for rij in opgenomen for raming in rij["raming"]]


def test_everything_of_the_file_is_in_the_database(stad):
    assert Counter(Onderdeel.objects.values_list("soort", flat=True)) == {
        soort: len(GEGEVENS[soort]) for soort in ("garantie", "doelstelling", "actie")
    }
    for rij in GEGEVENS["actie"]:
        actie = Actie.objects.get(code=rij["code"])
        assert actie.ouder.code == rij["doelstelling"]
        for veld, kolom in [("termijn", "termijn"), ("bestuur", "bestuur"), ("begin", "begin"), ("einde", "einde"),
                            ("stand", "stand"), ("voortgang", "voortgang"), ("trekker", "trekker"),
                            ("externe_code", "externe_code"), ("resultaat_verwacht", "resultaat_verwacht")]:  # fmt: skip
            assert getattr(actie, veld) == rij[kolom], (rij["code"], veld)
        for veld in ("themas", "doelgroepen", "gebieden", "partners"):
            assert sorted(getattr(actie, veld).values_list("code", flat=True)) == sorted(rij[veld])
        van_aanvragen = {code for code in codes_van(actie.code) if code}
        assert set(actie.bbc_codes.values_list("code", flat=True)) == {rij["bbc_code"], *van_aanvragen} - {""}
    assert Besluit.objects.count() == len(GEGEVENS["besluit"]) + len(lees_toml(BRON / "besluiten.toml")["aanpassing"])
    assert Document.objects.count() == len(GEGEVENS["document"])
    assert Jaaractie.objects.count() == sum(len(jaar["regel"]) for jaar in GEGEVENS["jaaractieplan"])
    assert Counter(Projectaanvraag.objects.values_list("staat", flat=True)) == Counter(
        rij["status"] for rij in GEGEVENS["projectaanvraag"]
    )


def test_what_follows_the_plan_up_is_in_and_the_states_agree_with_it(stad):
    assert Taak.objects.count() == sum(len(rij.get("taak", [])) for rij in OPVOLGING["actie"])
    assert Feit.objects.count() == len(OPVOLGING["feit"])
    assert Afhankelijkheid.objects.count() == sum(len(rij.get("wacht_op", [])) for rij in OPVOLGING["actie"])
    for actie in Actie.objects.filter(taken__isnull=False).distinct():
        volgt = berekend(actie, op=date(2026, 11, 22))
        assert (volgt == (actie.stand, actie.voortgang)) is not bool(actie.stand_reden), actie.code
    zonder = Onderdeel.objects.filter(soort="doelstelling", verantwoordingen=None)
    assert sorted(zonder.values_list("code", flat=True)) == ["G3.3", "G6.2", "G8.1", "G8.3"]
    assert Garantie.objects.filter(verantwoordingen=None).count() == 0


def test_the_sums_are_those_of_the_file_to_the_cent(stad):
    verwacht = Counter()
    for aanvraag in GEGEVENS["projectaanvraag"]:
        if aanvraag["status"] in {"goedgekeurd", "opgenomen"}:
            for raming in aanvraag["raming"]:
                verwacht[raming["bestuur"], raming["jaar"], raming["richting"]] += Decimal(raming["bedrag"])
    geld = Raming.objects.van_plan(stad).toegekend().geld_per_bestuur_en_jaar()
    assert {
        (bestuur, jaar, richting): vak[richting]
        for bestuur, jaren in geld.items()
        for jaar, vak in jaren.items()
        for richting in ("uitgave", "ontvangst")
        if vak[richting]
    } == dict(verwacht)


def test_the_multi_year_plan_came_in_and_what_it_lacks_is_told(stad):
    assert list(Mjpversie.objects.values_list("nummer", "naam")) == [
        (1, "Meerjarenplan 2026-2031"),
        (2, "Aanpassing 1 van 2026"),
    ]
    vertaling = vertaal(stad)
    assert sorted({regel.project[:3] for regel in vertaling.regels}) == ["P09", "P10"]  # not in the adjustment yet
    assert not any(zin.startswith("BBC-code") for zin in wat_niet_klopt(stad))
    upload = Mjpinvoer.objects.get()
    assert (upload.staat, upload.resultaat["versie"], upload.resultaat["geweigerd_aantal"]) == (
        "nagekeken",
        "Aanpassing 1 van 2027",
        1,
    )
    terug = lees(als_xlsx(als_verslag(stad, vertaling)), "terug.xlsx", stad.jaren)
    som = {(jaar, richting): Decimal("0.00") for jaar in stad.jaren for richting in ("uitgave", "ontvangst")}
    for rijen in (vertaling.nu, vertaling.erbij):
        for (_, jaar, richting), bedrag in rijen.items():
            som[jaar, richting] += bedrag
    assert (terug.per_jaar_en_richting(), terug.geweigerd) == (som, [])


def test_the_years_are_adopted_and_followed_up(stad, bewoner):
    dit, volgend = stad.jaaractieplannen.all()
    assert (dit.staat, dit.vastgesteld_op.isoformat(), volgend.staat) == ("vastgesteld", "2025-12-15", "ontwerp")
    assert dit.regels.filter(opvolgingen__moment="halfjaar").count() == dit.regels.count() == len(dit.inhoud["acties"])
    assert bewoner.get(reverse("plan:jaarverslag", args=[stad.slug, 2026, "halfjaar"])).status_code == 200


def test_the_print_holds_every_action_and_every_page_opens(stad, bewoner):
    druk = bewoner.get(reverse("plan:afdrukken", args=[stad.slug])).content.decode()
    for actie in Actie.objects.all():
        assert f'id="{actie.anker}"' in druk, actie.code
    for garantie in Garantie.objects.all():
        antwoord = bewoner.get(garantie.get_absolute_url())
        assert antwoord.status_code == 200
        acties = [rij["code"] for rij in GEGEVENS["actie"] if rij["code"].startswith(f"{garantie.code}.")]
        assert [actie.code for actie in antwoord.context["acties"]] == acties
    for document in Document.objects.all():
        assert bewoner.get(document.get_absolute_url()).status_code == 200
    for pijler in stad.pijlers.all():
        assert bewoner.get(pijler.get_absolute_url()).status_code == 200
