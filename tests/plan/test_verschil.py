"""The difference of two snapshots, in the words of the council and in those of a citizen. No database."""

import copy
import random
from decimal import Decimal

import pytest

from plan.burgertaal import geteld, vertel
from plan.verschil import Stuk, tekst_per_blok, vergelijk, woorden


def deel(sleutel, soort, code, ouder=None, **velden):
    return {
        "sleutel": sleutel, "soort": soort, "code": code, "ouder": ouder, "niveaunaam": soort, "titel": f"Titel {code}",
        "korte_omschrijving": "", "lange_omschrijving": "", "termijn": "", "begin": None, "einde": None, "stand": "",
        "koppelingen": {}, "alineas": [], "volgorde": 0, **velden,
    }  # fmt: skip


@pytest.fixture
def oud():
    return {
        "plan": {"titel": "Plan", "missie": "Niemand staat er alleen voor.", "alineas": []},
        "onderdelen": [
            deel(1, "garantie", "G1", korte_omschrijving="Je woont veilig."),
            deel(2, "doelstelling", "G1.1", 1),
            deel(3, "actie", "G1.1.a", 2, termijn="kort", einde="2027-12-31", stand="in-uitvoering",
                 koppelingen={"themas": [{"code": "wonen", "naam": "Wonen"}]}),
            deel(4, "actie", "G1.1.b", 2, termijn="kort", stand="nog-niet-gestart"),
            deel(5, "doelstelling", "G1.2", 1),
        ],
        "geld": [{"onderdeel": 3, "bestuur": "ocmw", "jaar": 2027, "uitgave": "1000.10", "ontvangst": "0.00"}],
        "redenen": [],
    }  # fmt: skip


@pytest.fixture
def nieuw(oud):
    return copy.deepcopy(oud)


def rij(inhoud, code):
    return next(deel for deel in inhoud["onderdelen"] if deel["code"] == code)


def test_the_same_content_has_no_difference(oud, nieuw):
    verschil = vergelijk(oud, nieuw)
    assert not verschil
    assert (verschil.delen, verschil.plan, verschil.geld, vertel(verschil)) == ([], None, [], [])


def test_words_are_compared_one_by_one():
    assert woorden("De buurt krijgt een huis", "De wijk krijgt een groot huis") == [
        Stuk("gelijk", "De"), Stuk("weg", "buurt"), Stuk("erbij", "wijk"), Stuk("gelijk", "krijgt een"),
        Stuk("erbij", "groot"), Stuk("gelijk", "huis"),
    ]  # fmt: skip
    assert woorden("", "Nieuw") == [Stuk("erbij", "Nieuw")]
    assert woorden("Weg", "") == [Stuk("weg", "Weg")]
    assert woorden("", "") == []


def test_paragraphs_are_matched_by_their_key_though_no_word_is_the_same():
    oud = {"x": "", "alineas": [{"veld": "x", "sleutel": "a", "html": "<p>een</p>"}, {"veld": "x", "sleutel": "b", "html": "<p>twee</p>"}]}  # fmt: skip
    nieuw = {"x": "", "alineas": [{"veld": "x", "sleutel": "b", "html": "<p>twee</p>"}, {"veld": "x", "sleutel": "c", "html": "<p>drie</p>"}]}  # fmt: skip
    assert tekst_per_blok(oud, nieuw, "x") == [Stuk("weg", "een"), Stuk("gelijk", "twee"), Stuk("erbij", "drie")]


def test_a_block_in_the_middle_that_goes_stands_where_it_stood():
    stukken = tekst_per_blok({"x": "<p>a</p><p>b</p><p>c</p>"}, {"x": "<p>a</p><p>c</p>"}, "x")
    assert stukken == [Stuk("gelijk", "a"), Stuk("weg", "b"), Stuk("gelijk", "c")]
    assert tekst_per_blok({"x": "<p>a</p><p>b</p>"}, {"x": "<p>a</p>"}, "x") == [Stuk("gelijk", "a"), Stuk("weg", "b")]


def test_every_kind_of_change_of_a_part_is_told(oud, nieuw):
    nieuw["onderdelen"].remove(rij(nieuw, "G1.1.b"))
    nieuw["onderdelen"].append(deel(6, "actie", "G1.2.a", 5))
    rij(nieuw, "G1.1.a").update(ouder=5, einde="2028-06-30", code="G1.2.b", termijn="middellang")
    rij(nieuw, "G1.2.b")["koppelingen"] = {"themas": [{"code": "geld", "naam": "Geld"}]}
    verschil = vergelijk(oud, nieuw)
    assert [(deel.code, deel.wat) for deel in verschil.delen] == [
        ("G1.2.b", "anders"), ("G1.2.a", "nieuw"), ("G1.1.b", "weg"),
    ]  # fmt: skip
    anders = verschil.delen[0]
    assert (anders.van, anders.naar) == ("G1.1 Titel G1.1", "G1.2 Titel G1.2")
    assert [(veld.label, veld.oud, veld.nieuw) for veld in anders.velden] == [
        ("Termijn", "Korte termijn", "Middellange termijn"),
        ("Einde", "31 dec 2027", "30 jun 2028"),
        ("Code", "G1.1.a", "G1.2.b"),
        ("Thema's", "Wonen", "Geld"),
    ]
    assert verschil.verplaatst == [anders]


def test_a_column_of_later_is_compared_though_the_old_version_has_none(oud, nieuw):
    rij(nieuw, "G1")["regisseur"] = "ja"
    nieuw["nog_iets"] = [1]
    (veld,) = vergelijk(oud, nieuw).delen[0].velden
    assert (veld.label, veld.oud, veld.nieuw) == ("Regisseur", "", "ja")


def test_another_order_alone_is_no_change(oud, nieuw):
    rij(nieuw, "G1")["volgorde"] = 7
    assert not vergelijk(oud, nieuw)


def test_tasks_findings_and_what_waits_are_compared_where_both_versions_keep_them(oud, nieuw):
    def taak(sleutel, titel, tegen, klaar_op=None):
        return {"sleutel": sleutel, "onderdeel": 3, "soort": "mijlpaal", "titel": titel, "wie": "Wonen", "tegen": tegen,
                "klaar_op": klaar_op}  # fmt: skip

    feit = {
        "onderdeel": 2,
        "sleutel": 9,
        "zin": "1 op 8 is arm.",
        "uitleg": "",
        "bron": "Opgroeien",
        "datum": "2024-05-01",
    }
    nieuw.update(
        taken=[taak(1, "Eerste gezin", "2027-03-01", "2027-02-01")],
        samenhang=[{"onderdeel": 4, "wacht_op": 3, "reden": "eerst mensen"}],
        verantwoording=[feit],
    )
    assert not vergelijk(oud, nieuw)  # what an older version did not keep, is no difference
    assert not vergelijk(nieuw, oud)
    oud.update(taken=[taak(1, "Eerste gezin", "2026-12-31"), taak(2, "Fonds", None)], samenhang=[], verantwoording=[])
    nieuw["taken"].append(taak(2, "Fonds", None))
    verschil = vergelijk(oud, nieuw)
    assert [(deel.code, [(veld.label, veld.oud, veld.nieuw) for veld in deel.velden]) for deel in verschil.delen] == [
        ("G1.1", [("Waarom dit in het plan staat", "", "1 op 8 is arm. (bron: Opgroeien, 1 mei 2024)")]),
        ("G1.1.a", [
            ("Taken en mijlpalen", "Eerste gezin (Wonen), tegen 31 dec 2026; Fonds (Wonen)",
             "Eerste gezin (Wonen), tegen 1 mrt 2027; Fonds (Wonen)"),
            ("Taken die klaar zijn", "", "Eerste gezin"),
        ]),
        ("G1.1.b", [("Wacht op", "", "G1.1.a Titel G1.1.a: eerst mensen")]),
    ]  # fmt: skip
    oud["taken"], oud["samenhang"], oud["verantwoording"] = (
        [*nieuw["taken"][1:], taak(1, "Eerste gezin", "2027-03-01")], nieuw["samenhang"], nieuw["verantwoording"],
    )  # fmt: skip
    gevolgd = vergelijk(oud, nieuw)  # the order alone is nothing; that one is done is no decision
    assert [deel.code for deel in gevolgd.opgevolgd()] == ["G1.1.a"] and not gevolgd.anders()


def test_what_a_partner_does_is_compared_where_both_versions_tell_it(oud, nieuw):
    rij(oud, "G1.1.a")["koppelingen"] = {"partners": [{"code": "caw", "naam": "CAW", "wat": "Opvang"}]}
    rij(nieuw, "G1.1.a")["koppelingen"] = {"partners": [{"code": "caw", "naam": "CAW", "wat": "Opvang en begeleiding"}]}
    (deel,) = vergelijk(oud, nieuw).delen
    assert [(v.label, v.oud, v.nieuw) for v in deel.velden] == [
        ("Partners", "CAW: Opvang", "CAW: Opvang en begeleiding")
    ]
    del rij(oud, "G1.1.a")["koppelingen"]["partners"][0]["wat"]
    assert not vergelijk(oud, nieuw)


def test_money_is_told_per_part_and_in_total_to_the_cent(oud, nieuw):
    nieuw["geld"] = [
        {"onderdeel": 3, "bestuur": "ocmw", "jaar": 2027, "uitgave": "1500.00", "ontvangst": "0.00"},
        {"onderdeel": 4, "bestuur": "ocmw", "jaar": 2027, "uitgave": "0.10", "ontvangst": "20.00"},
        {"onderdeel": 4, "bestuur": "gemeente", "jaar": 2028, "uitgave": "9.99", "ontvangst": "0.00"},
    ]
    verschil = vergelijk(oud, nieuw)
    assert [(r.bestuur, r.jaar, r.richting, r.oud, r.nieuw, r.verschil) for r in verschil.geld] == [
        ("gemeente", 2028, "uitgave", Decimal(0), Decimal("9.99"), Decimal("9.99")),
        ("ocmw", 2027, "ontvangst", Decimal("0.00"), Decimal("20.00"), Decimal("20.00")),
        ("ocmw", 2027, "uitgave", Decimal("1000.10"), Decimal("1500.10"), Decimal("500.00")),
    ]
    assert {deel.code: deel.geld_verschil for deel in verschil.delen} == {
        "G1.1.a": Decimal("499.90"), "G1.1.b": Decimal("10.09"),
    }  # fmt: skip
    assert verschil.geld_verschil == Decimal("509.99")


def test_the_last_reason_counts(oud, nieuw):
    rij(nieuw, "G1")["titel"] = rij(nieuw, "G1.1")["titel"] = "Anders"
    nieuw["plan"]["missie"] = "Samen."
    nieuw["redenen"] = [{"onderdeel": 1, "code": "G1", "voor_raad": "nu", "voor_burger": ""}]
    eerder = [
        {"onderdeel": 1, "code": "G1", "voor_raad": "toen", "voor_burger": ""},
        {"onderdeel": None, "code": "", "voor_raad": "missie", "voor_burger": ""},
    ]
    verschil = vergelijk(oud, nieuw, eerder)
    assert [deel.reden and deel.reden["voor_raad"] for deel in (*verschil.delen, verschil.plan)] == [
        "nu",
        None,
        "missie",
    ]


# --- in plain words --------------------------------------------------------------------------------


def zinnen(verschil):
    return {groep.kop: [zin.tekst for zin in groep.zinnen] for groep in vertel(verschil)}


def test_the_most_important_comes_first_in_plain_sentences(oud, nieuw):
    nieuw["onderdelen"].append(deel(7, "garantie", "G2", korte_omschrijving="Je kind speelt mee."))
    nieuw["onderdelen"].append(deel(8, "actie", "G1.1.c", 2, einde="2029-06-30"))
    nieuw["onderdelen"].remove(rij(nieuw, "G1.2"))
    rij(nieuw, "G1")["korte_omschrijving"] = "Je woont veilig en warm."
    rij(nieuw, "G1.1.b")["stand"] = "stopgezet"
    rij(nieuw, "G1.1.a")["einde"] = "2028-06-30"
    nieuw["geld"][0]["uitgave"] = "800.10"
    nieuw["redenen"] = [{"onderdeel": 3, "code": "G1.1.a", "voor_raad": "", "voor_burger": "De aannemer is laat."}]
    verschil = vergelijk(oud, nieuw)
    assert zinnen(verschil) == {
        "Nieuwe beloften": ["Nieuw is “Titel G2”: Je kind speelt mee."],
        "Beloften die anders zijn": ["De belofte bij “Titel G1” luidt nu: Je woont veilig en warm."],
        "Wat we erbij doen": ["We gaan ook dit doen: “Titel G1.1.c”. Dat moet klaar zijn in juni 2029."],
        "Wat we niet meer doen": ["Dit doen we niet meer: “Titel G1.1.b”."],
        "Meer of minder geld": ["Voor “Titel G1.1.a” trekken we €\u00a0200 minder uit."],
        "Vroeger of later": ["“Titel G1.1.a” is later klaar: niet in december 2027, maar in juni 2028."],
    }
    assert vertel(verschil)[-1].zinnen[0].waarom == "De aannemer is laat."
    assert geteld(verschil) == (1, 1, 0)


def test_a_dropped_promise_is_said(oud, nieuw):
    nieuw["onderdelen"] = []
    nieuw["geld"] = []
    gezegd = zinnen(vergelijk(oud, nieuw))
    assert gezegd["Beloften die wegvallen"] == ["We beloven niet meer “Titel G1”: Je woont veilig."]
    assert len(gezegd["Wat we niet meer doen"]) == 2


def test_a_term_without_days_tells_earlier_or_later(oud, nieuw):
    rij(nieuw, "G1.1.b")["termijn"] = "lang"
    assert zinnen(vergelijk(oud, nieuw)) == {"Vroeger of later": ["“Titel G1.1.b” is later klaar."]}
    assert zinnen(vergelijk(nieuw, oud)) == {"Vroeger of later": ["“Titel G1.1.b” is vroeger klaar."]}


def test_more_than_eight_of_a_kind_are_counted(oud, nieuw):
    nieuw["onderdelen"] += [deel(100 + n, "actie", f"G1.1.x{n}", 2) for n in range(11)]
    (groep,) = vertel(vergelijk(oud, nieuw))
    assert (len(groep.zinnen), groep.verder) == (8, 3)


def test_whatever_the_way_all_words_of_both_texts_come_back():
    loting = random.Random(11)
    for _ in range(300):
        oud = [loting.choice("abcdefg") for _ in range(loting.randrange(12))]
        nieuw = [woord if loting.random() < 0.8 else loting.choice("xyz") for woord in oud]
        if loting.random() < 0.5:
            nieuw.insert(loting.randrange(len(nieuw) + 1), "extra")
        stukken = woorden(" ".join(oud), " ".join(nieuw))
        for kant, verwacht in (("weg", oud), ("erbij", nieuw)):
            tekst = " ".join(stuk.tekst for stuk in stukken if stuk.soort in ("gelijk", kant))
            assert tekst.split() == verwacht, stukken
        assert all(een.soort != twee.soort for een, twee in zip(stukken, stukken[1:], strict=False)), stukken
