"""Importing the multi-year plan: codes, lines, links and versions; twice, as a trial, and from the command line."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from plan.acties.bbc import voer_in
from plan.bbc.tabel import Onleesbaar
from plan.models import BbcCode, Mjplijn, Mjpversie
from tests.plan.bbc.tabellen import INDELINGEN, PER_JAAR, als_csv, breed_belgisch, breed_met_punten

pytestmark = pytest.mark.usefixtures("gemeente", "ocmw")
UITGAVEN = {(jaar, "uitgave"): Decimal(bedrag) for jaar, bedrag in PER_JAAR.items()}


def invoer(plan, bestand, bestuur="gemeente", **meer):
    inhoud, naam = bestand
    return voer_in(inhoud=inhoud, naam=naam, plan=plan, bestuur=bestuur, **meer)


def csv_van(*rijen, kop=("Actieplan", "Actie", "Omschrijving", "2026")):
    return als_csv([kop, *rijen]), "proef.csv"


def test_a_file_without_a_table_leaves_nothing(plan):
    with pytest.raises(Onleesbaar):
        invoer(plan, (b"zomaar", "x.csv"))
    assert not BbcCode.objects.exists()


@pytest.mark.parametrize("indeling", INDELINGEN, ids=lambda functie: functie.__name__)
def test_every_layout_gives_the_same_version_to_the_cent(plan, indeling):
    verslag = invoer(plan, indeling())
    assert verslag.per_jaar == UITGAVEN
    assert (verslag.geweigerd, verslag.codes_nieuw, verslag.gelijkblijvend > 0) == ([], 11, True)
    assert verslag.niet_gekoppeld == ["AC-1", "AC-2", "AC-3", "AC-4", "AC-9"]
    assert sum(Mjplijn.objects.van_nu(plan).values_list("bedrag", flat=True)) == sum(UITGAVEN.values())


def test_the_same_again_changes_nothing_even_in_another_layout(plan):
    invoer(plan, breed_belgisch())
    versies, codes = list(Mjpversie.objects.values()), list(BbcCode.objects.values())
    for bestand in (breed_belgisch(), breed_met_punten()):
        verslag = invoer(plan, bestand)
        assert (verslag.versie, verslag.codes_nieuw, verslag.codes_bijgewerkt) == ("", 0, 0)
    assert (list(Mjpversie.objects.values()), list(BbcCode.objects.values())) == (versies, codes)


def test_a_trial_tells_the_same_and_keeps_nothing(plan):
    proef = invoer(plan, breed_belgisch(), proef=True)
    assert not (BbcCode.objects.exists() or Mjpversie.objects.exists())
    assert proef == invoer(plan, breed_belgisch())


def test_a_code_used_for_two_things_is_told_and_keeps_its_first_text(plan):
    rijen = [["AP-1", "AC-1", 'Wonen, "klein"', "5,00"], ["AP-1", "AC-1", "Iets anders", "1,00"], ["AP-1", "AC-2", "", "2"],
             ["AP-1", "AC-2", "Later", "2"]]  # fmt: skip
    verslag = invoer(plan, csv_van(*rijen))
    assert verslag.opmerkingen == [
        "Code AC-1 staat er met twee omschrijvingen: 'Wonen, \"klein\"' en 'Iets anders'. We houden de eerste."
    ]
    assert list(Mjplijn.objects.order_by("rij").values_list("omschrijving", "dienst", "bedrag", "gelijkblijvend")) == [
        ('Wonen, "klein"', "", Decimal("5.00"), True), ("Iets anders", "", Decimal("1.00"), True),
        ("", "", Decimal("2.00"), True), ("Later", "", Decimal("2.00"), True),
    ]  # fmt: skip
    assert set(BbcCode.objects.values_list("code", "korte_omschrijving")) == {
        ("AP-1", ""), ("AC-1", 'Wonen, "klein"'), ("AC-2", "Later"),
    }  # fmt: skip
    weer = invoer(plan, csv_van(*rijen))  # the same file changes nothing, also when it contradicts itself
    assert (weer.codes_bijgewerkt, weer.versie, weer.opmerkingen) == (0, "", verslag.opmerkingen)
    veel = invoer(plan, csv_van(*(["AP-1", "AC-1", f"Tekst {nummer}", "1"] for nummer in range(30))))
    assert len(veel.opmerkingen) == 21 and veel.opmerkingen[-1].startswith("Zo zijn er 29 codes")


def test_codes_are_written_together_whatever_their_number(plan, django_assert_max_num_queries):
    rijen = [[f"AP-{nummer // 3}", f"AC-{nummer}", f"Actie {nummer}", "5,00"] for nummer in range(40)]
    with django_assert_max_num_queries(20):
        assert invoer(plan, csv_van(*rijen)).codes_nieuw == 54
    assert BbcCode.objects.get(code="AC-39").ouder.code == "AP-13"
    for rij in rijen:
        rij[2] += ", anders"
    rijen[39][0] = "AP-1"  # moves below another plan
    with django_assert_max_num_queries(20):
        assert invoer(plan, csv_van(*rijen)).codes_bijgewerkt == 40
    laatste = BbcCode.objects.get(code="AC-39")
    assert (laatste.korte_omschrijving, laatste.ouder.code) == ("Actie 39, anders", "AP-1")


def test_codes_that_stand_above_each_other_or_themselves_do_not_hang(plan):
    verslag = invoer(
        plan, csv_van(["A-1", "A-1", "Zelf", "5"], ["A-2", "A-3", "Boven", "1"], ["A-3", "A-2", "Onder", "1"])
    )
    assert (verslag.codes_nieuw, sum(verslag.per_jaar.values())) == (3, Decimal("7.00"))
    assert not BbcCode.objects.filter(code="A-1").exclude(ouder=None).exists()


def test_a_change_is_a_new_version_and_the_old_one_stays(plan, coordinator):
    invoer(plan, csv_van(["AP-1", "AC-1", "Wonen", "5,00"]), door=coordinator)
    verslag = invoer(plan, csv_van(["AP-1", "AC-1", "Wonen", "7,00"]))
    assert verslag.versie == "Aanpassing 1"
    assert list(Mjpversie.objects.values_list("nummer", "naam", "ingevoerd_door")) == [
        (1, "Meerjarenplan 2026-2031", coordinator.pk),
        (2, "Aanpassing 1", None),
    ]
    assert [lijn.bedrag for lijn in Mjplijn.objects.van_nu(plan)] == [Decimal("7.00")]
    assert Mjplijn.objects.count() == 2
    assert invoer(plan, csv_van(["AP-1", "AC-1", "Wonen", "8,00"]), versienaam="Najaar 2027").versie == "Najaar 2027"


def test_gemeente_and_ocmw_have_codes_and_versions_of_their_own(plan, gemeente, ocmw):
    invoer(plan, csv_van(["AP-1", "AC-1", "Wegen", "5,00"]), "gemeente")
    invoer(plan, csv_van(["AP-1", "AC-1", "Zorg", "7,00"]), "ocmw")
    assert list(
        BbcCode.objects.filter(code="AC-1").order_by("bestuur__code").values_list("bestuur__code", "korte_omschrijving")
    ) == [
        ("gemeente", "Wegen"),
        ("ocmw", "Zorg"),
    ]
    assert {lijn.bestuur: lijn.bedrag for lijn in Mjplijn.objects.van_nu(plan)} == {gemeente: 5, ocmw: 7}


def test_both_together_follow_the_entity_of_each_line(plan, gemeente, ocmw):
    kop = ("Entiteit", "Actie", "Omschrijving", "2026")
    invoer(
        plan,
        csv_van(["Gemeente", "AC-1", "Wegen", "5"], ["OCMW", "AC-1", "Zorg", "7"], ["", "AC-2", "Samen", "1"], kop=kop),
        "beide",
    )
    assert {(lijn.bestuur, lijn.bedrag) for lijn in Mjplijn.objects.van_nu(plan)} == {
        (gemeente, 5),
        (ocmw, 7),
        (None, 1),
    }
    assert BbcCode.objects.filter(code="AC-2").count() == 2


def test_lines_of_the_other_entity_are_left_out_and_told(plan):
    kop = ("Entiteit", "Actie", "Omschrijving", "2026")
    verslag = invoer(plan, csv_van(["Gemeente", "AC-1", "Wegen", "5"], ["OCMW", "AC-1", "Zorg", "7"], kop=kop), "ocmw")
    assert verslag.per_jaar == {(2026, "uitgave"): Decimal("7.00")}
    assert verslag.opmerkingen == ["De regels van Gemeente zijn niet gelezen: je vroeg alleen ocmw."]


def test_codes_hang_below_each_other_with_their_texts(plan, ocmw):
    invoer(plan, INDELINGEN[4](), "ocmw")
    actie = BbcCode.objects.select_related("ouder__ouder").get(code="AC-1")
    assert [actie.soort, actie.ouder.soort, actie.ouder.ouder.soort] == ["ac", "ap", "bd"]
    assert (actie.korte_omschrijving, actie.lange_omschrijving) == (
        "Tien woningen, samen gebouwd",
        "Eén zin.\nNog één.",
    )


def test_the_same_code_in_another_period_is_another_code(plan, geheim_plan):
    invoer(plan, csv_van(["AP-1", "AC-1", "Nu", "5,00"]))
    invoer(geheim_plan, csv_van(["AP-1", "AC-1", "Later", "5,00"], kop=("Actieplan", "Actie", "Omschrijving", "2032")))
    assert set(BbcCode.objects.filter(code="AC-1").values_list("plan", "korte_omschrijving")) == {
        (plan.pk, "Nu"),
        (geheim_plan.pk, "Later"),
    }


def test_actions_are_linked_by_code_and_by_hand_links_stay(plan, maak_actie, ocmw):
    eigen, extern, met_hand = maak_actie("a"), maak_actie("b", externe_code="EXT-2"), maak_actie("c")
    bestand = csv_van(["AP", "G1.1.a", "Eerste", "1"], ["AP", "EXT-2", "Tweede", "2"], ["AP", "AC-3", "Derde", "3"])
    assert invoer(plan, bestand, "ocmw").niet_gekoppeld == ["AC-3"]
    met_hand.bbc_codes.add(BbcCode.objects.get(code="AC-3"))
    verslag = invoer(plan, bestand, "ocmw")
    assert (verslag.gekoppeld, verslag.niet_gekoppeld) == (3, [])
    assert [actie.bbc_codes.get().code for actie in (eigen, extern, met_hand)] == ["G1.1.a", "EXT-2", "AC-3"]


def test_a_line_never_points_at_a_code_of_another_plan(plan, geheim_plan):
    invoer(plan, csv_van(["AP-1", "AC-1", "Nu", "5,00"]))
    ander = BbcCode.objects.create(plan=geheim_plan, bestuur_id=BbcCode.objects.first().bestuur_id, code="X")
    with pytest.raises(IntegrityError, match="mjplijn_code_van_dit_plan"), transaction.atomic():
        Mjplijn.objects.update(bbc_code=ander)
    with pytest.raises(IntegrityError, match="bbccode_ouder_past"), transaction.atomic():
        BbcCode.objects.filter(code="AC-1").update(ouder=ander)


def test_a_parent_that_does_not_fit_is_told_beside_its_field(plan, geheim_plan, als, coordinator):
    invoer(plan, csv_van(["AP-1", "AC-1", "Nu", "5,00"]))
    code = BbcCode.objects.get(code="AC-1")
    ander = BbcCode.objects.create(plan=geheim_plan, bestuur_id=code.bestuur_id, code="X")
    onder = BbcCode.objects.create(plan=plan, bestuur_id=code.bestuur_id, code="AC-1-1", ouder=code)
    adres = f"/beheer/plan/bbccode/{code.pk}/change/"
    velden = {"plan": plan.pk, "bestuur": code.bestuur_id, "code": "AC-1", "soort": "ac"}
    fout = {
        ander: "Kies een code van hetzelfde plan en hetzelfde bestuur.",
        onder: "Deze code staat zelf onder de code die je koos. Kies een andere.",
        code: "Deze code staat zelf onder de code die je koos. Kies een andere.",
    }
    for ouder, zin in fout.items():
        antwoord = als(coordinator).post(adres, {**velden, "ouder": ouder.pk})
        assert antwoord.context["adminform"].form.errors == {"ouder": [zin]}
    assert als(coordinator).post(adres, {**velden, "ouder": code.ouder_id or ""}).status_code == 302


# --- the command ------------------------------------------------------------------------------------


@pytest.fixture
def bestand(tmp_path):
    pad = tmp_path / "mjp 2026.csv"
    pad.write_bytes(breed_belgisch()[0])
    return str(pad)


def commando(*args, **opties):
    call_command("importeer_bbc", *args, **{"periode": "2026-2031", "bestuur": "gemeente", **opties})


def test_the_command_prints_the_sum_per_year(plan, bestand, capsys):
    commando(bestand, proef=True)
    uit = capsys.readouterr().out
    assert "Proef: er is niets bewaard." in uit and "Dit zou bewaard worden als: Meerjarenplan 2026-2031" in uit
    assert "2026  uitgave" in uit and "1.012,50" in uit and "12.412,67" in uit
    commando(bestand)
    commando(bestand)
    assert capsys.readouterr().out.endswith("Er is niets veranderd.\n")
    assert Mjpversie.objects.count() == 1


@pytest.mark.parametrize(
    ("periode", "waarom"), [("2020-2025", "geen plan voor 2020-2025"), ("volgend jaar", "Schrijf de periode als")]
)
def test_a_period_without_a_plan_is_refused(plan, bestand, periode, waarom):
    with pytest.raises(CommandError, match=waarom):
        commando(bestand, periode=periode)


def test_the_exit_code_says_what_happened(plan, tmp_path, capsys):
    slecht = tmp_path / "slecht.csv"
    slecht.write_bytes(csv_van(["AP-1", "AC-1", "Wonen", "veel"], ["AP-1", "AC-2", "Goed", "3,00"])[0])
    with pytest.raises(SystemExit, match="1"):
        commando(str(slecht))
    assert "slecht.csv, rij 2: in kolom '2026' staat geen bedrag: 'veel'" in capsys.readouterr().out
    assert [lijn.bedrag for lijn in Mjplijn.objects.all()] == [Decimal("3.00")]
    for naam, waarom in (("weg.csv", "Kan"), ("leeg.csv", "leeg")):
        (tmp_path / "leeg.csv").write_bytes(b"")
        with pytest.raises(SystemExit, match="2"):
            commando(str(tmp_path / naam))
        assert waarom in capsys.readouterr().err
