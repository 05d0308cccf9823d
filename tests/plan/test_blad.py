"""A sheet goes out, is changed and comes back: every change is shown first, then all of it or nothing."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plan.acties import blad as verbs
from plan.acties.alineas import volg
from plan.blad.kolommen import DATUM, GETAL, Celfout, Kolom, als_html, als_tekst, is_gewoon
from plan.blad.schrijf import als_werkboek
from plan.blad.soorten import SOORTEN
from plan.models import Actie, Alinea, Bladinvoer, Indicator, Streefwaarde, Taak
from sociaalhuis.models import Organisatie, Thema

OP, LIJST = "admin:plan_bladinvoer_add", "admin:plan_bladinvoer_changelist"


@pytest.fixture
def acties(plan, maak_actie, thema, doelgroep, organisatie, huis):
    """G1.1.a with something in every column; G1.1.b with a text that a cell cannot hold and one that looks like a formula."""
    Thema.objects.create(code="wonen", naam="Wonen", volgorde=1)
    a = maak_actie(
        "a", volgorde=1, trekker="Sociale dienst", begin=date(2026, 2, 1), einde=date(2027, 12, 31), themas=[thema],
        doelgroepen=[doelgroep], lange_omschrijving="<p>Wij bellen iedereen thuis op.</p><ul><li>een</li><li>twee &amp; drie</li></ul>",
        voortgang=40, stand="in-uitvoering", stand_toelichting="Twee van de vijf.", trekker_organisatie=organisatie,
    )  # fmt: skip
    b = maak_actie("b", volgorde=2, titel="=1+1", lange_omschrijving="<p>Met <strong>vet</strong> en<br>regel.</p>")
    for actie in (a, b):
        volg(actie)
    return a, b


class Blad:
    """The workbook of a plan, to change and to upload."""

    def __init__(self, plan, soort="acties"):
        soort = SOORTEN[soort](plan)
        self.boek = openpyxl.load_workbook(io.BytesIO(als_werkboek(soort, soort.rijen())))
        self.blad = self.boek.worksheets[0]

    def letter(self, kop):
        return next(cel.column_letter for cel in self.blad[1] if cel.value == kop)

    def zet(self, kop, waarde, rij=2):
        self.blad[f"{self.letter(kop)}{rij}"] = waarde
        return self

    def bytes(self):
        uit = io.BytesIO()
        self.boek.save(uit)
        return uit.getvalue()

    def kijk_na(self, door):
        return verbs.kijk_na(inhoud=self.bytes(), naam="acties.xlsx", door=door)


def cellen(rijen, *namen):
    return [tuple(rij[naam] for naam in namen) for rij in rijen]


# --- files that cannot be read ----------------------------------------------------------------


def zonder_basis(plan):
    boek = Blad(plan).boek
    del boek["Basis"]
    return boek


def met_anders(plan, plek, waarde):
    boek = Blad(plan).boek
    boek["Basis"][plek] = waarde
    return boek


def zonder_koppen(plan):
    boek = Blad(plan).boek
    boek.worksheets[0].delete_rows(1)
    return boek


@pytest.mark.parametrize(
    ("maak", "zin"),
    [
        (lambda plan: b"", "Excel-bestand"),
        (lambda plan: b"Code;Titel\r\n", "Excel-bestand"),
        (lambda plan: b"PK\x03\x04 kapot", "beschadigd"),
        (zonder_basis, "verborgen blad 'Basis' is weg"),
        (lambda plan: met_anders(plan, "A1", "iets"), "komt niet van hier"),
        (lambda plan: met_anders(plan, "B1", "gebruikers"), "plan dat er niet is"),
        (lambda plan: met_anders(plan, "C1", "1999-2004"), "plan dat er niet is"),
        (lambda plan: met_anders(plan, "A30000", "ver weg"), "meer dan 20000 rijen"),
        (zonder_koppen, "kolom 'Sleutel' niet meer"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(acties, plan, planner, als, maak, zin):
    inhoud = maak(plan)
    if not isinstance(inhoud, bytes):
        uit = io.BytesIO()
        inhoud.save(uit)
        inhoud = uit.getvalue()
    antwoord = als(planner).post(reverse(OP), {"bestand": SimpleUploadedFile("acties.xlsx", inhoud)})
    assert antwoord.status_code == 422
    tekst = antwoord.content.decode()
    assert zin in tekst.replace("&#x27;", "'") or (inhoud == b"" and "Dit bestand is leeg" in tekst)
    assert not Bladinvoer.objects.exists()


def test_who_may_not_edit_gets_no_sheet_and_brings_none_back(acties, plan, als, beheer, toezicht, planner, bewoner):
    haal = reverse("admin:plan_bladinvoer_haal", args=[plan.pk, "acties"])
    for gebruiker in (beheer, toezicht):
        for adres in (haal, reverse(OP), reverse(LIJST)):
            assert als(gebruiker).get(adres).status_code == 403
        with pytest.raises(PermissionDenied):
            Blad(plan).kijk_na(gebruiker)
    assert bewoner.get(haal).status_code == 302
    invoer = Blad(plan).zet("Titel", "Nieuw").kijk_na(planner)
    with pytest.raises(PermissionDenied):
        verbs.voer_door(invoer=invoer, door=beheer, reden="x")
    assert als(planner).get(reverse("admin:plan_bladinvoer_haal", args=[plan.pk, "geen"])).status_code == 404
    assert als(planner).get(haal)["Content-Type"].endswith("sheet")


# --- mistakes at their place ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kop", "waarde", "zin"),
    [
        ("Titel", "", "niet leeg"),
        ("Titel", "x" * 201, "200"),
        ("Titel", "=A1", "formule"),
        ("Titel", True, "WAAR of ONWAAR"),
        ("Trekker", datetime(2027, 3, 1), "maakte hier een datum van"),
        ("Einde", "31/02/2027", "bestaat niet"),
        ("Einde", "12/31/2027", "bestaat niet"),
        ("Einde", "eind 2027", "is geen datum"),
        ("Einde", "31/12/2040", "periode van het plan"),
        ("Begin", "01/01/2029", "voor het begin"),
        ("Termijn", "ooit", "Kies uit: Korte termijn, Middellange termijn, Lange termijn."),
        ("Thema's", "Wonen; Vissen", "'Vissen' kennen we niet"),
        ("Voortgang in %", "veel", "is geen getal"),
        ("Voortgang in %", "1e309", "is geen getal"),
        ("Voortgang in %", 40.5, "geheel getal"),
        ("Voortgang in %", 101, "100"),
        ("Voortgang in %", date(2027, 1, 1), "Hier staat een datum"),
        ("Gewicht in %", "1,234", "hoogstens 2 cijfers"),
        ("Stand", "Uitgevoerd", "100 %"),
        ("Sleutel", 999999, "kennen we niet"),
        ("Sleutel", None, "geen sleutel"),
        ("Code", "G9", "dient om te lezen"),
        ("Staat onder", "Elders", "dient om te lezen"),
    ],
)
def test_a_mistake_is_told_at_its_cell_and_stops_everything(acties, plan, planner, kop, waarde, zin):
    blad = Blad(plan).zet("Waar kan je terecht", "Dienst Wonen", rij=3).zet(kop, waarde)
    invoer = blad.kijk_na(planner)
    [fout] = invoer.fouten
    assert zin in fout["tekst"]
    assert fout["rij"] == 2 and (fout["kolom"] == blad.letter(kop) or kop in ("Begin", "Stand"))
    with pytest.raises(ValidationError, match="fouten"):
        verbs.voer_door(invoer=invoer, door=planner, reden="x")
    assert not Actie.objects.filter(contact="Dienst Wonen").exists()


def test_merged_cells_double_keys_and_markup_are_told(acties, plan, planner):
    blad = Blad(plan).zet("Sleutel", acties[0].pk, rij=3)
    blad.blad.merge_cells("L2:L3")
    assert [(fout["rij"], fout["kolom"], fout["tekst"]) for fout in blad.kijk_na(planner).fouten] == [
        (2, "L", "De cellen L2:L3 zijn samengevoegd. Splits ze, met in elke rij een eigen waarde."),
        (3, "A", f"De sleutel {acties[0].pk} staat ook in rij 2. Hou een van de twee rijen."),
    ]
    [fout] = Blad(plan).zet("Wat doen we", "Zonder vet", rij=3).kijk_na(planner).fouten
    assert "opmaak" in fout["tekst"] and (fout["rij"], fout["code"]) == (3, "G1.1.b")


def test_a_state_against_the_tasks_needs_a_reason_in_the_sheet(acties, plan, planner):
    Taak.objects.create(actie=acties[0], titel="Bellen")
    [fout] = Blad(plan).zet("Stand", "Uitgevoerd").zet("Voortgang in %", 100).kijk_na(planner).fouten
    assert "Schrijf waarom jij er anders over denkt" in fout["tekst"] and "Waarom met de hand" in fout["tekst"]
    blad = Blad(plan).zet("Stand", "Uitgevoerd").zet("Voortgang in %", 100).zet("Waarom met de hand", "Klaar zonder.")
    verbs.voer_door(invoer=blad.kijk_na(planner), door=planner, reden="Gemeld op het overleg.")
    actie = Actie.objects.get(code="G1.1.a")
    assert (actie.stand, actie.voortgang, actie.stand_reden) == ("uitgevoerd", 100, "Klaar zonder.")
    assert actie.stand_op is not None


# --- what does not change ---------------------------------------------------------------------


def test_a_sheet_that_nobody_touched_changes_nothing(acties, plan, planner):
    invoer = Blad(plan).kijk_na(planner)
    assert (invoer.wijzigingen, invoer.botsingen, invoer.fouten, invoer.meldingen) == ([], [], [], [])
    assert not invoer.kan_door


def test_other_ways_to_write_the_same_are_no_change(acties, plan, planner):
    """As spreadsheets give it back: floats, days with an hour, Windows lines, keys for labels, spaces."""
    blad = Blad(plan).zet("Sleutel", float(acties[0].pk)).zet("Voortgang in %", "40 %").zet("Einde", "31-12-2027")
    blad.zet("Begin", datetime(2026, 2, 1)).zet("Termijn", " KORT ").zet("Thema's", "geld;").zet("Titel", "Actie a ")
    blad.zet("Wat doen we", "Wij bellen iedereen thuis op.\r\n\r\n- een\r\n- twee & drie\r\n").zet(
        "Organisatie die trekt", "voedselbank"
    )
    assert blad.kijk_na(planner).wijzigingen == []
    blad.zet("Voortgang in %", 0.4).blad[f"{blad.letter('Voortgang in %')}2"].number_format = "0%"
    assert blad.kijk_na(planner).wijzigingen == []


def test_a_program_that_writes_the_file_in_its_own_way_is_understood(acties, plan, planner):
    """Texts inside the cells, one sheet more in front, other widths, formats of its own, a row of totals that says nothing."""
    bron, anders = Blad(plan), openpyxl.Workbook(write_only=True)
    anders.create_sheet("Voorblad").append(["Gemaakt met een ander programma"])
    for blad in bron.boek.worksheets:
        kopie = anders.create_sheet(blad.title)
        kopie.sheet_state = blad.sheet_state
        for rij in blad.iter_rows(values_only=True):
            kopie.append(rij)
        kopie.append([None, "   ", ""])
    bron.boek = anders
    invoer = bron.kijk_na(planner)
    assert (invoer.wijzigingen, invoer.botsingen) == ([], [])
    [fout] = invoer.fouten  # this program made a formula of the title '=1+1': told, and nothing is changed
    assert (fout["code"], fout["kop"]) == ("G1.1.b", "Titel")


def test_columns_and_rows_that_come_and_go_are_told_and_change_nothing(acties, plan, planner):
    blad = Blad(plan)
    blad.blad.delete_cols(openpyxl.utils.column_index_from_string(blad.letter("Trekker")))
    blad.blad.cell(1, 40, "Nota van Jan")
    blad.blad.cell(2, 40, "bellen")
    blad.blad.delete_rows(3)
    blad.blad.insert_rows(1, 2)  # a title above the headings
    invoer = blad.kijk_na(planner)
    assert (invoer.wijzigingen, invoer.fouten) == ([], [])
    assert invoer.meldingen == [
        "De kolom 'Nota van Jan' kennen we niet. We slaan ze over.",
        "De kolom 'Trekker' ontbreekt. Daar verandert niets aan.",
        "1 rijen van het plan staan niet in dit bestand. Daar verandert niets aan: wissen doe je in het beheer.",
    ]


# --- something new ----------------------------------------------------------------------------

NIEUW = {
    "Code": "G1.1.n",
    "Titel": "Nieuwe actie",
    "Staat onder": "G1.1",
    "Termijn": "Korte termijn",
    "Wie bestuurt": "OCMW",
}


def met_nieuw(plan, rij=9, **anders):
    """The workbook with a row without a key; `anders` by a name of NIEUW without spaces, or another heading."""
    blad = Blad(plan)
    for kop, waarde in {**NIEUW, **{kop.replace("_", " "): waarde for kop, waarde in anders.items()}}.items():
        blad.zet(kop, waarde, rij=rij)
    return blad


@pytest.mark.parametrize(("anders", "kop", "zin"), [
    ({"Code": None}, "Code", "Schrijf een code"),
    ({"Code": "G1.1.a"}, "Sleutel", "geen sleutel meer"),
    ({"Code": "G1"}, "Code", "Deze code bestaat al in dit plan"),
    ({"Titel": None}, "Titel", "niet leeg"),
    ({"Titel": "x" * 5000}, "Titel", "200"),
    ({"Staat_onder": None}, "Staat onder", "Schrijf de code van de doelstelling waar dit onder staat, zoals G1.1."),
    ({"Staat_onder": "G1 Een dak"}, "Staat onder", "kennen we niet"),
    ({"Termijn": "ooit"}, "Termijn", "Kies uit"),
    ({"Einde": "31/12/2040"}, "Einde", "periode van het plan"),
    ({"Trekker": "=A1"}, "Trekker", "formule"),
])  # fmt: skip
def test_a_new_row_that_does_not_fit_is_told_at_its_cell(acties, plan, planner, anders, kop, zin):
    blad = met_nieuw(plan, **anders)
    [fout] = blad.kijk_na(planner).fouten
    assert zin in fout["tekst"] and (fout["rij"], fout["kolom"]) == (9, blad.letter(kop))
    assert Actie.objects.count() == 2


def test_two_new_rows_with_one_code_and_a_sheet_without_the_goal_are_told(acties, plan, planner):
    blad = met_nieuw(plan)
    for kop, waarde in NIEUW.items():
        blad.zet(kop, waarde, rij=10)
    [fout] = blad.kijk_na(planner).fouten
    assert (fout["rij"], fout["tekst"]) == (10, "Deze code staat ook in rij 9. Kies een andere.")
    blad = met_nieuw(plan)
    blad.blad.delete_cols(openpyxl.utils.column_index_from_string(blad.letter("Staat onder")))
    [fout] = blad.kijk_na(planner).fouten
    assert fout["tekst"] == "Voor iets nieuws zijn deze kolommen nodig: Staat onder."
    blad = Blad(plan, "indicatoren").zet("Code", "I9", rij=5)
    assert "in het beheer, niet in dit blad" in blad.kijk_na(planner).fouten[0]["tekst"]


def test_a_new_row_is_shown_first_and_becomes_an_action_when_carried_out(acties, plan, planner, als, coordinator):
    blad = met_nieuw(plan, **{"Staat_onder": "G1.1 Minder uithuiszettingen", "Stand": "In uitvoering", "Voortgang_in_%": 20,
                              "Thema's": "Wonen", "Wat_doen_we": "Een zin.\n\n- punt", "Einde": "30/06/2028"})  # fmt: skip
    blad.zet("Trekker", "Nieuwe dienst")
    invoer = blad.kijk_na(planner)
    assert (invoer.fouten, len(invoer.wijzigingen), Actie.objects.count()) == ([], 1, 2)
    adres = reverse("admin:plan_bladinvoer_change", args=[invoer.pk])
    pagina = als(planner).get(adres).content.decode()
    for zin in (
        "Wat komt erbij",
        "1 nieuwe actie.",
        "Ze staat meteen op de site",
        "G1.1.n Nieuwe actie",
        "30 jun 2028",
    ):
        assert zin in pagina
    planner.groups.first().permissions.remove(Permission.objects.get(codename="add_actie"))
    kan_niet = type(planner).objects.get(pk=planner.pk)
    assert "Je mag geen nieuwe acties maken." in met_nieuw(plan).kijk_na(kan_niet).fouten[0]["tekst"]
    with pytest.raises(ValidationError, match="Je mag geen nieuwe acties maken"):
        verbs.voer_door(invoer=invoer, door=kan_niet, reden="x")
    assert Actie.objects.count() == 2 and not Actie.objects.filter(trekker="Nieuwe dienst").exists()
    for status in (302, 422):  # the second is a double click
        assert als(coordinator).post(adres, {"_door": "1", "reden": "Uit de werkgroep."}).status_code in (status, 302)
    nieuw = Actie.objects.get(code="G1.1.n")
    assert (nieuw.ouder.code, nieuw.volgorde, nieuw.termijn, nieuw.stand, nieuw.voortgang, nieuw.lange_omschrijving) == (
        "G1.1", 3, "kort", "in-uitvoering", 20, "<p>Een zin.</p><ul><li>punt</li></ul>",
    )  # fmt: skip
    assert [thema.code for thema in nieuw.themas.all()] == ["wonen"] and Alinea.objects.filter(onderdeel=nieuw).exists()
    assert Actie.objects.filter(trekker="Nieuwe dienst").count() == 1
    # the same file again: its code is there now
    [fout] = blad.kijk_na(planner).fouten
    assert "Deze code bestaat al in dit plan" in fout["tekst"]


# --- what does --------------------------------------------------------------------------------


def test_the_whole_way_through_the_admin(acties, plan, planner, als):
    a, b = acties
    sleutel = Alinea.objects.get(onderdeel=a, volgorde=0).sleutel
    client = als(planner)
    boek = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("admin:plan_bladinvoer_haal", args=[plan.pk, "acties"])).content)
    )
    assert boek["Basis"].sheet_state == "hidden" and boek.worksheets[0]["C3"].data_type == "s"
    blad = Blad(plan)
    blad.zet("Einde", "30/06/2028").zet("Thema's", "Wonen; Geld en schulden").zet("Trekker", None)
    blad.zet("Wat doen we", "Wij bellen iedereen altijd thuis op.\n\n- een").zet("Voortgang in %", "1.000", rij=3).zet(
        "Voortgang in %", 60
    )
    antwoord = client.post(reverse(OP), {"bestand": SimpleUploadedFile("acties.xlsx", blad.bytes())})
    invoer = Bladinvoer.objects.get()
    assert (
        invoer.fouten[0]["tekst"]
        and invoer.fouten[0]["kolom"] + str(invoer.fouten[0]["rij"]) == f"{blad.letter('Voortgang in %')}3"
    )
    blad.zet("Voortgang in %", 0, rij=3)
    antwoord = client.post(reverse(OP), {"bestand": SimpleUploadedFile("acties.xlsx", blad.bytes())})
    invoer = Bladinvoer.objects.latest("pk")
    adres = reverse("admin:plan_bladinvoer_change", args=[invoer.pk])
    assert antwoord["Location"] == adres
    assert cellen(invoer.wijzigingen, "code", "kop", "oud_tekst", "nieuw_tekst") == [
        (
            "G1.1.a",
            "Wat doen we",
            "Wij bellen iedereen thuis op.\n\n- een\n- twee & drie",
            "Wij bellen iedereen altijd thuis op.\n\n- een",
        ),
        ("G1.1.a", "Einde", "31 dec 2027", "30 jun 2028"),
        ("G1.1.a", "Trekker", "Sociale dienst", "leeg"),
        ("G1.1.a", "Thema's", "Geld en schulden", "Geld en schulden; Wonen"),
        ("G1.1.a", "Voortgang in %", "40", "60"),
    ]
    pagina = client.get(adres).content.decode()
    assert "31 dec 2027" in pagina and "30 jun 2028" in pagina and "5 cellen veranderen in 1 rij" in pagina
    assert Actie.objects.get(pk=a.pk).trekker == "Sociale dienst"  # nothing yet
    assert client.post(adres, {"_door": "1", "reden": " "}).status_code == 422
    assert client.post(adres, {"_door": "1", "reden": "Na het overleg van juni."}).status_code == 302
    nu = Actie.objects.get(pk=a.pk)
    assert (nu.einde, nu.trekker, nu.voortgang, nu.stand) == (date(2028, 6, 30), "", 60, "in-uitvoering")
    assert nu.lange_omschrijving == "<p>Wij bellen iedereen altijd thuis op.</p><ul><li>een</li></ul>"
    assert sorted(nu.themas.values_list("code", flat=True)) == ["geld", "wonen"]
    assert Alinea.objects.get(onderdeel=a, volgorde=0, vervallen_op=None).sleutel == sleutel
    laatste = Actie.pgh_event_model.objects.filter(pgh_obj_id=a.pk).latest("pgh_id").pgh_context.metadata
    assert (laatste["user"], laatste["reden"], laatste["bron"]) == (planner.pk, "Na het overleg van juni.", "Rekenblad")
    invoer.refresh_from_db()
    assert (invoer.staat, invoer.reden, invoer.beslist_door) == ("doorgevoerd", "Na het overleg van juni.", planner)
    with pytest.raises(ValidationError, match="al beslist"):  # a double click, a second person
        verbs.voer_door(invoer=invoer, door=planner, reden="x")
    assert client.get(reverse(LIJST)).status_code == 200


def test_what_somebody_else_changed_is_named_and_only_overwritten_when_asked(acties, plan, planner, als):
    a, _ = acties
    blad = Blad(plan).zet("Trekker", "Mijn dienst").zet("Waar kan je terecht", "Balie 3")
    Actie.objects.filter(pk=a.pk).update(trekker="Hun dienst", stand_toelichting="Drie van de vijf.")
    invoer = blad.kijk_na(planner)
    assert cellen(invoer.botsingen, "kop", "toen_tekst", "oud_tekst", "nieuw_tekst") == [
        ("Trekker", "Sociale dienst", "Hun dienst", "Mijn dienst")
    ]
    adres = reverse("admin:plan_bladinvoer_change", args=[invoer.pk])
    assert "Hun dienst" in als(planner).get(adres).content.decode()
    assert als(planner).post(adres, {"_door": "1", "reden": "x"}).status_code == 422  # a choice must be made
    als(planner).post(adres, {"_door": "1", "reden": "x", "botsingen": "houden"})
    nu = Actie.objects.get(pk=a.pk)
    assert (nu.trekker, nu.contact, nu.stand_toelichting) == ("Hun dienst", "Balie 3", "Drie van de vijf.")
    verbs.voer_door(invoer=blad.kijk_na(planner), door=planner, reden="Toch wij.", botsingen="bestand")
    assert Actie.objects.get(pk=a.pk).trekker == "Mijn dienst"


def test_a_plan_that_ended_changes_no_more(acties, plan, planner):
    blad = Blad(plan).zet("Trekker", "Wij")
    invoer = blad.kijk_na(planner)
    type(plan).objects.filter(pk=plan.pk).update(staat="afgelopen")
    with pytest.raises(ValidationError, match="afgelopen"):
        blad.kijk_na(planner)
    with pytest.raises(ValidationError, match="afgelopen"):
        verbs.voer_door(invoer=invoer, door=planner, reden="x")
    assert Actie.objects.get(code="G1.1.a").trekker == "Sociale dienst"


def test_a_change_after_the_report_stops_everything(acties, plan, planner):
    a, b = acties
    invoer = Blad(plan).zet("Trekker", "Wij").zet("Trekker", "Zij", rij=3).kijk_na(planner)
    Actie.objects.filter(pk=b.pk).update(trekker="Iemand")
    with pytest.raises(ValidationError, match="G1.1.b, Trekker: hier veranderde iemand iets"):
        verbs.voer_door(invoer=invoer, door=planner, reden="x")
    assert Actie.objects.get(pk=a.pk).trekker == "Sociale dienst"
    assert verbs.verlaat(invoer=invoer, door=planner).staat == "verlaten"


def test_indicators_go_out_and_come_back_with_their_targets(plan, planner, huis):
    indicator = Indicator.objects.create(
        plan=plan, code="I1", titel="Gezinnen", definitie="Wie hulp kreeg", eenheid="gezinnen", richting="omhoog",
        bron="Register", eigenaar="Sociale dienst", nulmeting=12, nulmeting_op=date(2025, 12, 31),
    )  # fmt: skip
    Streefwaarde.objects.create(indicator=indicator, jaar=2026, waarde=Decimal("20.50"))
    Streefwaarde.objects.create(indicator=indicator, jaar=2027, waarde=30)
    assert Blad(plan, "indicatoren").kijk_na(planner).wijzigingen == []
    [fout] = Blad(plan, "indicatoren").zet("Nulmeting van", None).kijk_na(planner).fouten
    assert "in, of geen van beide" in fout["tekst"]
    blad = Blad(plan, "indicatoren").zet("Streef 2026", "1.234,5").zet("Streef 2027", None).zet("Streef 2031", 50)
    invoer = blad.zet("Wie meet", "Dienst Wonen").kijk_na(planner)
    assert cellen(invoer.wijzigingen, "kop", "oud_tekst", "nieuw_tekst") == [
        ("Streef 2026", "20,5", "1.234,5"), ("Streef 2027", "30", "leeg"), ("Streef 2031", "leeg", "50"),
        ("Wie meet", "Sociale dienst", "Dienst Wonen"),
    ]  # fmt: skip
    verbs.voer_door(invoer=invoer, door=planner, reden="Nieuwe doelen.")
    assert list(Streefwaarde.objects.values_list("jaar", "waarde")) == [(2026, Decimal("1234.50")), (2031, Decimal(50))]
    assert Indicator.objects.get().eigenaar == "Dienst Wonen"


# --- one cell ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "kern"),
    [("1.234,50", "1234.5"), ("1 234,5", "1234.5"), ("12.5", "12.5"), ("1.234", "1234"), ("-3", "-3"), ("0,00", "0"),
     ("1.23.4", None), ("abc", None), ("12,3,4", None), ("9" * 13, None)],
)  # fmt: skip
def test_belgian_numbers(tekst, kern):
    kolom = Kolom("x", "X", GETAL, cijfers=2)
    if kern is None:
        with pytest.raises(Celfout):
            kolom.kern(tekst)
    else:
        assert kolom.kern(tekst) == kern


def test_a_number_is_no_day():
    with pytest.raises(Celfout, match="geen datum"):
        Kolom("x", "X", DATUM).kern(46387)


@pytest.mark.parametrize(
    ("html", "gewoon"),
    [
        ("", True),
        ("<p>a &amp; b</p><p>c</p>", True),
        ("<ul><li>a</li><li>b</li></ul>", True),
        ("<p>a<br>b</p>", False),
        ("<p><b>a</b></p>", False),
        ("<ol><li>a</li></ol>", False),
        ("<h3>a</h3>", False),
        ("<p>- a</p>", False),
    ],
)
def test_only_a_plain_text_goes_through_a_cell(html, gewoon):
    assert is_gewoon(html) is gewoon
    if gewoon:
        assert als_html(als_tekst(html)) == html


def test_many_organisations_do_not_make_a_message_endless(acties, plan, planner):
    for n in range(20):
        Organisatie.objects.create(code=f"o{n}", naam=f"Organisatie {n}", soort=Organisatie.Soort.VZW)
    [fout] = Blad(plan).zet("Organisatie die trekt", "Niemand").kijk_na(planner).fouten
    assert fout["tekst"].endswith("en nog 9 andere.")
