"""Five numbers about a round beside each other, with their floor; who was not heard; what objections stand."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.utils import timezone

from participatie import draagvlak as rekenen
from participatie.models import Advies, Adviesraad, Antwoord, Doorwerking, Genodigde, Inbreng, Ronde, Steun
from sociaalhuis.models import Bestuursorgaan, Doelgroep, Organisatie


@pytest.fixture
def klaar(gesloten_ronde, coordinator, planner, maak_inbreng):
    """Twelve organisations were invited; eight took part; two of six standpoints object; one answer changed the plan."""
    ouderen, jongeren = (
        Doelgroep.objects.create(code="oud", naam="Ouderen"),
        Doelgroep.objects.create(code="jong", naam="Jongeren"),
    )
    Doelgroep.objects.create(code="thuis", naam="Mensen zonder thuis")
    ronde, rijen = gesloten_ronde, []
    for n in range(12):
        vereniging = Organisatie.objects.create(
            code=f"v{n}", naam=f"Vereniging {n}", soort="vzw" if n < 6 else "school", erkend_op=timezone.now()
        )
        vereniging.doelgroepen.add(ouderen if n < 7 else jongeren)
        Genodigde.objects.create(ronde=ronde, organisatie=vereniging, door=coordinator)
        standpunt = {0: "bezwaar", 1: "bezwaar", 7: "onthouding"}.get(n, "akkoord")
        if n < 6 or n in (7, 8):
            rijen.append(maak_inbreng(ronde, f"Woorden van {n}", organisatie=vereniging, standpunt=standpunt))
    rijen.append(maak_inbreng(ronde, "Van een inwoner", door=coordinator))
    for rij in rijen:
        besluit = "overgenomen" if rij.tekst == "Woorden van 1" else "niet"
        antwoord = Antwoord.objects.create(inbreng=rij, besluit=besluit, reden="Daarom.", door=coordinator)
        Antwoord.objects.filter(pk=antwoord.pk).update(
            staat="nagelezen", nagelezen_door=planner, nagelezen_op=timezone.now()
        )
        Antwoord.objects.filter(pk=antwoord.pk).update(staat="gepubliceerd")
        if besluit == "overgenomen":
            Doorwerking.objects.create(
                antwoord=antwoord, soort="tekst", veld="visie", oud="Oud.", nieuw="Nieuw.", door=coordinator
            )
    Ronde.objects.filter(pk=ronde.pk).update(antwoorden_gepubliceerd_op=timezone.now())
    return Ronde.objects.get(pk=ronde.pk)


def test_nothing_is_counted_where_nothing_came(gesloten_ronde):
    leeg = rekenen.van_ronde(gesloten_ronde)
    assert [(cijfer.code, cijfer.procent) for cijfer in leeg.cijfers] == [
        ("bereik", None), ("spreiding", None), ("instemming", None), ("verwerking", None), ("doorwerking", None),
    ]  # fmt: skip
    assert leeg.cijfers[0].zin == "Voor deze ronde nodigden we geen organisaties uit."
    assert (leeg.stille_groepen, leeg.niet_genodigd, leeg.bezwaren) == ([], [], [])


def test_under_five_no_share_is_shown(ronde, gesloten_ronde, coordinator, organisatie, ouderenraad, maak_inbreng):
    for wie in (organisatie, ouderenraad):
        Genodigde.objects.create(ronde=gesloten_ronde, organisatie=wie, door=coordinator)
    maak_inbreng(gesloten_ronde, "Neen", organisatie=organisatie, standpunt="bezwaar")
    weinig = rekenen.van_ronde(gesloten_ronde)
    assert [cijfer.procent for cijfer in weinig.cijfers] == [None] * 5
    assert weinig.cijfers[0].zin == weinig.cijfers[2].zin == rekenen.TE_WEINIG
    assert [rij.tekst for rij in weinig.bezwaren] == ["Neen"]


def test_five_numbers_with_how_many(klaar):
    beeld = rekenen.van_ronde(klaar)
    assert [(cijfer.code, cijfer.procent, cijfer.teller, cijfer.noemer) for cijfer in beeld.cijfers] == [
        ("bereik", 67, 8, 12),
        ("spreiding", 33, 33, 100),  # schools 2 of 6 against associations 6 of 6
        ("instemming", 71, 5, 7),  # the abstention is left out
        ("verwerking", 100, 9, 9),
        ("doorwerking", 11, 1, 9),
    ]
    assert beeld.cijfers[1].zin.startswith("Het minst: School (33 %). Het meest: Vzw (100 %).")
    assert beeld.stille_groepen == []
    assert "Mensen zonder thuis" in beeld.niet_genodigd
    assert [rij.tekst for rij in beeld.bezwaren] == ["Woorden van 0"]  # that of 1 was taken over
    assert beeld.wegen.rijen == [["Website", 8, "< 5"]]


def test_who_was_asked_and_kept_silent_is_named(klaar):
    Inbreng.objects.filter(organisatie__code__in=["v7", "v8"]).update(staat="ingetrokken")
    assert rekenen.van_ronde(klaar).stille_groepen == ["Jongeren"]


def test_who_supports_an_input_or_gave_advice_let_hear_too(klaar, planner, coordinator, ouderenraad, gemeente):
    adviesraad = Adviesraad.objects.create(
        organisatie=ouderenraad, soort="ouderenraad", opgericht_door=Bestuursorgaan.objects.create(soort="gemeenteraad", bestuur=gemeente), opgericht_op=date(2025, 3, 20),
        besluit_nummer="2025-GR-0041",
    )  # fmt: skip
    een = klaar.inbrengen.get(tekst="Woorden van 1")
    vereniging = {lid.code: lid for lid in Organisatie.objects.filter(code__in=["v9", "v10"])}
    Steun.objects.create(inbreng=een, organisatie=vereniging["v9"], door=planner)
    Steun.objects.create(inbreng=een, organisatie=vereniging["v10"], door=planner, ingetrokken_op=timezone.now())
    Genodigde.objects.create(ronde=klaar, organisatie=adviesraad.organisatie, door=coordinator)
    bereik = rekenen.van_ronde(klaar).cijfers[0]
    assert (bereik.teller, bereik.noemer) == (9, 13)
    nu, vandaag = timezone.now(), timezone.localdate()
    Advies.objects.create(
        adviesraad=adviesraad, plan=klaar.plan, ronde=klaar, inzending="1" * 32, titel="Advies", tekst="Goed zo.",
        uitslag="gunstig", staat="verzonden", zitting_op=vandaag, aanwezig=3, stemmen_voor=3, stemmen_tegen=0,
        onthoudingen=0, stemgerechtigd=4, van_een_geslacht=2, vastgesteld_door=planner,
        verzonden_door=planner, verzonden_op=nu,
    )  # fmt: skip
    bereik = rekenen.van_ronde(klaar).cijfers[0]
    assert (bereik.teller, bereik.noemer) == (10, 13)


def test_answers_after_the_promised_day_are_not_in_time(klaar):
    Ronde.objects.filter(pk=klaar.pk).update(antwoord_tegen=timezone.localdate(klaar.sluit_op))
    Ronde.objects.filter(pk=klaar.pk).update(antwoorden_gepubliceerd_op=timezone.now() + timedelta(days=3))
    assert rekenen.van_ronde(Ronde.objects.get(pk=klaar.pk)).cijfers[3].teller == 0


def test_the_page_is_for_everyone_once_the_round_is_closed(bewoner, ronde, klaar, als, coordinator):
    adres = f"/participatie/rondes/{ronde.slug}/draagvlak/"
    assert bewoner.get(adres).status_code == 404  # still open: counts could sway people
    assert als(coordinator).get(adres).status_code == 200
    pagina = bewoner.get(f"/participatie/rondes/{klaar.slug}/draagvlak/").content.decode()
    assert "67 %" in pagina and "Woorden van 0" in pagina and "Mensen zonder thuis" in pagina
    antwoord = bewoner.get(f"/participatie/rondes/{klaar.slug}/draagvlak.xlsx")
    blad = openpyxl.load_workbook(io.BytesIO(antwoord.content)).worksheets[1]
    assert [cel.value for cel in blad[4]][:4] == ["Bereik", 67, 8, 12]


def test_the_number_of_queries_does_not_grow(klaar, django_assert_num_queries):
    with django_assert_num_queries(8):
        rekenen.van_ronde(klaar)
    Inbreng.objects.filter(standpunt="akkoord").update(staat="ingetrokken")
    with django_assert_num_queries(8):
        rekenen.van_ronde(klaar)


def test_open_data_hold_no_person(bewoner, klaar, coordinator, maak_inbreng):
    Inbreng.objects.filter(organisatie=None).update(naam_publiek="Kanarie van de Stationswijk")
    data = bewoner.get(f"/participatie/rondes/{klaar.slug}/inbreng.json")
    assert "Kanarie" not in data.content.decode()
    rij = next(rij for rij in data.json()["inbreng"] if rij["van"] == "inwoner")
    assert (rij["tekst"], rij["organisatie"], rij["besluit"], rij["langs"]) == ("Van een inwoner", "", "Niet overgenomen", "Website")  # fmt: skip
    csv = bewoner.get(f"/participatie/rondes/{klaar.slug}/inbreng.csv").content.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("referentie;adres;dag;over;alinea;van;organisatie") and "Kanarie" not in csv
    assert [ronde["titel"] for ronde in bewoner.get("/participatie/rondes.json").json()["rondes"]] == [klaar.titel]


def test_what_is_hidden_is_in_no_open_data(bewoner, klaar):
    Inbreng.objects.filter(tekst="Woorden van 0").update(staat="verborgen", reden_verborgen="Beledigend.")
    assert "Woorden van 0" not in bewoner.get(f"/participatie/rondes/{klaar.slug}/inbreng.json").content.decode()
