"""The citizen's side: another way of contact, a file alone, helped or not, the card, who looked, a copy of everything."""

import json
import re
import threading
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from loket.acties import behandeling
from loket.acties.code import geef_nieuwe_code
from loket.acties.eigen import geef_oordeel, wijzig_contact
from loket.models import Bewaarregel, Contactspoor, Inzage, MagNiet, Notitie, Oordeel, Vraag
from loket.zaak import contactspoor, lezers, qr, uitvoer
from sociaalhuis import rollen
from sociaalhuis.models import UitgaandeMail
from tests.loket.dossiers import kanarie, modellen_van_het_dossier, persoonlijke_velden, vol_dossier
from tests.loket.vragen import ontvang, vraag_van

DOSSIER = "/loket/opvolgen/dossier/"


@pytest.fixture
def ontvangst(huis, team_sociale_dienst):
    return ontvang(team_sociale_dienst, tekst="Mijn eigen vraag", email="oud@voorbeeld.example", antwoordwijze="mail")


@pytest.fixture
def vrager(ontvangst):
    client = Client()
    client.post("/loket/opvolgen/", {"code": ontvangst.getoonde_code})
    return client


@pytest.fixture
def vraag(ontvangst):
    return ontvangst.vraag


# --- without a code ---------------------------------------------------------------------------


@pytest.mark.parametrize("pad", ["contact", "kopie", "wie-keek", "wissen", "oordeel"])
def test_without_a_code_there_is_nothing(pad, ontvangst, bewoner):
    methode = bewoner.post if pad == "oordeel" else bewoner.get
    assert methode(f"/loket/opvolgen/{pad}/")["Location"] == "/loket/opvolgen/"
    assert Inzage.objects.count() == 0


# --- contact ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({}, {"antwoordwijze"}),
        ({"antwoordwijze": "mail"}, {"email"}),
        ({"antwoordwijze": "mail", "email": "geen adres"}, {"email"}),
        ({"antwoordwijze": "telefoon", "telefoon": "bel\x00mij"}, {"telefoon"}),
        ({"antwoordwijze": "brief", "adres": "x" * 5000}, {"adres"}),
        ({"antwoordwijze": "duif"}, {"antwoordwijze"}),
    ],
)
def test_another_way_needs_what_it_takes(velden, fout, vrager, vraag):
    antwoord = vrager.post("/loket/opvolgen/contact/", velden)
    assert (antwoord.status_code, set(antwoord.context["form"].errors)) == (200, fout)
    assert Vraag.objects.get().email == "oud@voorbeeld.example"


def test_the_old_address_gets_no_mail_any_more(vrager, vraag, loket_ocmw):
    behandeling.beantwoord(vraag=vraag, tekst="Antwoord", door=loket_ocmw)
    assert UitgaandeMail.objects.get().adres == "oud@voorbeeld.example"
    pagina = vrager.get("/loket/opvolgen/contact/").content.decode()
    assert "oud@voorbeeld.example" not in pagina
    vrager.post("/loket/opvolgen/contact/", {"antwoordwijze": "telefoon", "telefoon": "0470 12 34 56"})
    vraag = Vraag.objects.get()
    assert (vraag.antwoordwijze, vraag.email, vraag.telefoon) == ("telefoon", "", "0470 12 34 56")
    assert UitgaandeMail.objects.count() == 0
    behandeling.beantwoord(vraag=vraag, tekst="Nog een antwoord", door=loket_ocmw)
    assert UitgaandeMail.objects.count() == 0
    assert not Contactspoor.objects.filter(**contactspoor.zoekt("oud@voorbeeld.example", bestuur="ocmw")).exists()
    assert Contactspoor.objects.filter(**contactspoor.zoekt("+32 470 12.34.56", bestuur="ocmw")).exists()
    assert "Je koos een andere manier van contact" in vrager.get(DOSSIER).content.decode()


def test_after_withdrawing_there_is_no_contact_to_choose(vrager, vraag):
    behandeling.trek_in(vraag=vraag)
    with pytest.raises(MagNiet):
        wijzig_contact(vraag=vraag, antwoordwijze="hier")
    assert vrager.post("/loket/opvolgen/contact/", {"antwoordwijze": "hier"}).status_code == 302


# --- a file alone -----------------------------------------------------------------------------


def test_a_file_alone_is_enough_and_nothing_is_not(vrager, vraag, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    leeg = vrager.post(DOSSIER, {"tekst": ""})
    assert leeg.context["form"].errors["tekst"] == ["Schrijf hier je bericht, of kies een bestand."]
    brief = SimpleUploadedFile("brief.txt", b"Beste")
    assert vrager.post(DOSSIER, {"tekst": "", "bestanden": brief}).status_code == 302
    bericht = Vraag.objects.get().berichten.get()
    assert (bericht.tekst, bericht.bijlagen.get().naam) == ("", "brief.txt")
    assert "brief.txt" in vrager.get(DOSSIER).content.decode()


# --- helped or not ----------------------------------------------------------------------------


def test_nothing_to_judge_before_an_answer(vrager, vraag, loket_ocmw):
    assert "Ben je geholpen?" not in vrager.get(DOSSIER).content.decode()
    with pytest.raises(MagNiet):
        geef_oordeel(vraag=vraag, keuze="tevreden")
    behandeling.vraag_terug(vraag=vraag, tekst="Hoeveel?", door=loket_ocmw)
    assert "Ben je geholpen?" not in vrager.get(DOSSIER).content.decode()


@pytest.mark.parametrize("velden", [{}, {"keuze": "x"}, {"keuze": "tevreden", "zin": "x" * 5000}])
def test_a_wrong_judgement_is_said_and_kept_nowhere(velden, vrager, vraag, loket_ocmw):
    behandeling.beantwoord(vraag=vraag, tekst="Antwoord", door=loket_ocmw)
    assert vrager.post("/loket/opvolgen/oordeel/", velden).status_code == 302
    assert Oordeel.objects.count() == 0


def test_helped_is_asked_once_per_answer(vrager, vraag, loket_ocmw):
    behandeling.beantwoord(vraag=vraag, tekst="Antwoord", door=loket_ocmw)
    assert "Ben je geholpen?" in vrager.get(DOSSIER).content.decode()
    for _ in range(2):  # a double click
        vrager.post("/loket/opvolgen/oordeel/", {"keuze": "tevreden", "zin": "Dank je wel"})
    assert Oordeel.objects.get().keuze == "tevreden" and Vraag.objects.get().staat == "beantwoord"
    assert [b.tekst for b in vraag.berichten.all()] == ["Antwoord", "Dank je wel"]
    assert "Ben je geholpen?" not in vrager.get(DOSSIER).content.decode()
    behandeling.beantwoord(vraag=vraag, tekst="Tweede antwoord", door=loket_ocmw)
    assert "Ben je geholpen?" in vrager.get(DOSSIER).content.decode()


@pytest.mark.parametrize("keuze", ["niet_tevreden", "niet_beantwoord"])
def test_not_helped_opens_it_again_with_a_fresh_term_and_the_head_sees_it(
    keuze, vrager, vraag, loket_ocmw, team_ocmw, als
):
    behandeling.beantwoord(vraag=vraag, tekst="Antwoord", door=loket_ocmw)
    behandeling.sluit_af(vraag=vraag, resultaat="geholpen", door=loket_ocmw)
    Vraag.objects.update(uiterlijk_op="2026-01-01")
    UitgaandeMail.objects.all().delete()
    vrager.post("/loket/opvolgen/oordeel/", {"keuze": keuze, "zin": "Ik vroeg iets anders"})
    vraag = Vraag.objects.get()
    assert (vraag.staat, vraag.resultaat, vraag.is_te_laat) == ("in_behandeling", "", False)
    assert list(Vraag.objects.ontevreden()) == [vraag]
    mail = UitgaandeMail.objects.get()
    assert mail.aan == team_ocmw.email and "iets anders" not in mail.tekst
    assert vraag.referentie in als(team_ocmw).get("/loket/werkbank/wensen/").content.decode()
    assert "Ik vroeg iets anders" in als(loket_ocmw).get(vraag.get_absolute_url()).content.decode()
    behandeling.beantwoord(vraag=vraag, tekst="Beter", door=loket_ocmw)
    assert list(Vraag.objects.ontevreden()) == []


def test_closed_at_the_counter_is_judged_once_and_a_double_not_at_all(vrager, vraag, loket_ocmw):
    behandeling.sluit_af(vraag=vraag, resultaat="informatie", door=loket_ocmw)
    geef_oordeel(vraag=vraag, keuze="tevreden")
    with pytest.raises(MagNiet):
        geef_oordeel(vraag=vraag, keuze="niet_tevreden")
    ander = vraag_van(vraag.team)
    behandeling.sluit_af(vraag=ander, resultaat="dubbel", door=loket_ocmw)
    with pytest.raises(MagNiet):
        geef_oordeel(vraag=ander, keuze="tevreden")


@pytest.mark.django_db(transaction=True)
def test_two_judgements_at_once_are_one(vraag, loket_ocmw):
    behandeling.beantwoord(vraag=vraag, tekst="Antwoord", door=loket_ocmw)
    uitkomst, start = [], threading.Barrier(4)

    def klik():
        start.wait()
        try:
            geef_oordeel(vraag=vraag, keuze="niet_tevreden")
            uitkomst.append("goed")
        except MagNiet:
            uitkomst.append("al gezegd")
        finally:
            connection.close()

    draden = [threading.Thread(target=klik) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomst) == ["al gezegd"] * 3 + ["goed"] and Oordeel.objects.count() == 1


# --- the card ---------------------------------------------------------------------------------


def test_the_card_holds_an_address_and_nothing_about_anybody(huis, ocmw, thema, team_sociale_dienst, bewoner, settings):
    kaart = bewoner.get("/loket/opvolgen/kaartje/")
    pas = re.search(r'<div class="pas">.*?</div>\s*</div>', kaart.content.decode(), re.S)[0]
    assert qr.adres() in pas and "<svg" in pas and huis.telefoon in pas
    assert "OCMW" not in pas and thema.naam not in pas and huis.naam not in pas
    assert kaart.cookies == {} or not kaart.cookies
    assert qr.adres() == f"{settings.SITE_URL}/loket/opvolgen/"


def test_the_receipt_has_the_card_with_the_code_and_the_qr_never(huis, team_sociale_dienst, loket_ocmw, als):
    vraag = vraag_van(team_sociale_dienst, naam="Kanarie Naam", thema=None)
    formulier = {"wijze": "Ik zag een identiteitskaart"}
    antwoord = als(loket_ocmw).post(f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/code/", formulier)
    tekst = antwoord.content.decode()
    [code] = re.findall(r'class="pas-code">([0-9A-Z-]{19})<', tekst)
    assert code.replace("-", "") not in re.sub(r"<svg.*?</svg>", "", tekst, flags=re.S).replace(code, "")
    pas = re.search(r'<div class="pas">.*', tekst, re.S)[0].split("</div>\n</div>")[0]
    assert "Kanarie Naam" not in pas and vraag.referentie not in pas
    assert qr.svg() in tekst and 'class="pas-qr"' in qr.svg()
    assert "no-store" in antwoord["Cache-Control"]


# --- a new code -------------------------------------------------------------------------------


def test_a_new_code_ends_the_old_one_and_open_browsers(vrager, ontvangst, loket_ocmw, loket_thuiszorg):
    vraag = ontvangst.vraag
    with pytest.raises(MagNiet):
        geef_nieuwe_code(vraag=vraag, wijze="Kaart", door=loket_thuiszorg)
    code = geef_nieuwe_code(vraag=vraag, wijze="Ik zag een identiteitskaart", door=loket_ocmw)
    assert vrager.get(DOSSIER).status_code == 302
    oud, nieuw = Client(), Client()
    assert oud.post("/loket/opvolgen/", {"code": ontvangst.getoonde_code}).status_code == 200
    assert nieuw.post("/loket/opvolgen/", {"code": code}).status_code == 302
    assert "Je kreeg een nieuwe code" in nieuw.get(DOSSIER).content.decode()
    assert Notitie.objects.get().tekst == "Nieuwe code gegeven. Ik zag een identiteitskaart."
    bewaard = Vraag.objects.get()
    assert code not in (bewaard.code_hash, bewaard.code_zoekdeel) and bewaard.code_zoekdeel == code[:4]


@pytest.mark.parametrize("wijze", ["", "Zomaar", "\x00"])
def test_no_new_code_without_saying_how_the_person_was_recognised(wijze, vraag, loket_ocmw, als):
    voor = Vraag.objects.get().code_hash
    antwoord = als(loket_ocmw).post(f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/code/", {"wijze": wijze})
    assert antwoord.context["form"].errors["wijze"] and Vraag.objects.get().code_hash == voor


# --- who looked -------------------------------------------------------------------------------


def test_every_reason_of_a_reading_has_plain_words():
    assert set(lezers.IN_WOORDEN) == set(Inzage.Reden)


def test_the_page_about_who_can_read_says_what_the_code_does(
    huis, ocmw, team_sociale_dienst, thema, maak_gebruiker, bewoner, superuser
):
    vraag = vraag_van(team_sociale_dienst)
    Bewaarregel.objects.create(naam="Korte vragen", maanden=12, grond="Lijst <4>")
    assert {rol for rol, _, _ in lezers.PER_ROL} == set(rollen.RECHTEN)
    for rol, wie, mag in lezers.PER_ROL:
        gebruiker = maak_gebruiker(
            f"proef-{wie[:3]}-{mag}-{rol[:4]}".replace(" ", ""), rol, bestuur=ocmw, teams=[team_sociale_dienst]
        )
        assert Vraag.objects.leesbaar_voor(gebruiker).filter(pk=vraag.pk).exists() is mag, rol
    assert not Vraag.objects.leesbaar_voor(superuser).exists()
    antwoord = bewoner.get("/loket/wie-leest/")
    pagina = antwoord.content.decode()
    for _, wie, _ in lezers.PER_ROL:
        assert wie in pagina
    assert (
        pagina.count(">Nee<") + pagina.count("Nee</span>") >= 5 and "1 jaar" in pagina and "Lijst &lt;4&gt;" in pagina
    )
    assert not antwoord.cookies
    assert "De hele mail blijft 30 dagen." in pagina and "na een antwoord 30 werkdagen niets meer" in pagina
    assert "niet meer te lezen zodra de volgende reservekopie gemaakt is" in pagina
    Bewaarregel.objects.update(maanden=24)
    assert "2 jaar" in bewoner.get("/loket/wie-leest/").content.decode()


def test_who_looked_tells_each_reading_by_function(vrager, vraag, loket_ocmw, als):
    als(loket_ocmw).get(vraag.get_absolute_url())
    als(loket_ocmw).get(f"/loket/werkbank/{vraag.referentie.lower()}/gegevens/")
    pagina = vrager.get("/loket/opvolgen/wie-keek/").content.decode()
    assert pagina.count("Een medewerker, voor iemand je vraag behandelde") == 2
    assert loket_ocmw.naam not in pagina and "Bewaren en wissen" in pagina


# --- a copy of everything ---------------------------------------------------------------------


def inhoud(antwoord):
    archief = zipfile.ZipFile(BytesIO(b"".join(antwoord.streaming_content)))
    return {naam: archief.read(naam) for naam in archief.namelist()}


def test_the_copy_holds_everything_of_this_person_and_nothing_of_another(
    huis, team_sociale_dienst, team_thuiszorg, thema, gebied, doelgroep, loket_ocmw, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    ander = vraag_van(team_sociale_dienst, tekst="KANARIE-ANDER", naam="Ander")
    vraag = vol_dossier(team_sociale_dienst, loket_ocmw, thema=thema, gebied=gebied)
    code = geef_nieuwe_code(vraag=vraag, wijze="Kaart", door=loket_ocmw)
    vrager = Client()
    vrager.post("/loket/opvolgen/", {"code": code})
    assert vrager.get("/loket/opvolgen/kopie/").status_code == 200
    antwoord = vrager.post("/loket/opvolgen/kopie/")
    assert (antwoord["Content-Type"], antwoord["Content-Disposition"]) == (
        "application/zip", 'attachment; filename="kopie.zip"',
    )  # fmt: skip
    assert "no-store" in antwoord["Cache-Control"] and antwoord["X-Content-Type-Options"] == "nosniff"
    delen = inhoud(antwoord)
    tekst, pagina = delen["mijn-gegevens.json"].decode(), delen["mijn-gegevens.html"].decode()
    for model in modellen_van_het_dossier():
        label = model._meta.label_lower
        for veld in persoonlijke_velden(model):
            if (label, veld) in {("loket.vraag", "telefoon"), ("loket.bericht", "tekst")} or label in uitvoer.ANDERS:
                continue
            woord = kanarie(model, veld)
            assert (woord in tekst, woord in pagina) == ((label not in uitvoer.INTERN),) * 2, (label, veld)
    assert "0400 98 76 54" in tekst and vraag.referentie in tekst
    assert kanarie(Vraag._meta.get_field("bijlagen").related_model, "inhoud").encode() in b"".join(delen.values())
    for geheim in (
        "KANARIE-ANDER",
        ander.referentie,
        loket_ocmw.naam,
        loket_ocmw.email,
        vraag.inzending.hex,
        vraag.code_hash,
    ):
        assert geheim not in tekst and geheim not in pagina
    niet = json.loads(tekst)[vraag.referentie]["Niet in deze kopie: vraag het ons aan de balie"]
    assert {rij["Soort"] for rij in niet} == {"Notities", "Overdrachten", "Bewaarstops"}
    assert Inzage.objects.filter(pagina="uitvoer", reden="eigen").count() == 1
    assert code not in tekst


def test_the_desk_makes_a_copy_of_own_questions_only_and_it_is_logged(
    huis, team_sociale_dienst, team_thuiszorg, team_onthaal, loket_ocmw, als
):
    zelfde = {"email": "Ik@Voorbeeld.example", "antwoordwijze": "mail"}
    eigen = vraag_van(team_sociale_dienst, **zelfde)
    behandeling.noteer(vraag=eigen, tekst="KANARIE-NOTITIE", door=loket_ocmw)
    collega, gemeente = vraag_van(team_thuiszorg, **zelfde), vraag_van(team_onthaal, **zelfde)
    niemand = vraag_van(team_sociale_dienst, email="ander@voorbeeld.example", antwoordwijze="mail")
    browser = als(loket_ocmw)
    antwoord = browser.post("/loket/werkbank/persoon/", {"zoek": " ik@voorbeeld.EXAMPLE "})
    assert [v.pk for v in antwoord.context["gevonden"]] == [eigen.pk]
    assert antwoord.context["elders"] == [(team_thuiszorg.naam, 1)]
    tekst = antwoord.content.decode()
    assert not any(v.referentie in tekst for v in (collega, gemeente, niemand)) and Inzage.objects.count() == 0
    op_referentie = browser.post(
        "/loket/werkbank/persoon/", {"zoek": f"{eigen.referentie} {collega.referentie.lower()}"}
    )
    assert [v.pk for v in op_referentie.context["gevonden"]] == [eigen.pk]

    kopie = {"referentie": [eigen.referentie], "wijze": "Ik zag een identiteitskaart"}
    assert (
        "KANARIE-NOTITIE"
        not in inhoud(browser.post("/loket/werkbank/persoon/kopie/", kopie))["mijn-gegevens.json"].decode()
    )
    met = browser.post("/loket/werkbank/persoon/kopie/", {**kopie, "met_intern": "on"})
    assert "KANARIE-NOTITIE" in inhoud(met)["mijn-gegevens.json"].decode()
    assert list(Inzage.objects.values_list("pagina", "reden", "door").order_by().distinct()) == [
        ("uitvoer", "inzagerecht", loket_ocmw.pk)
    ]
    assert "Kopie van alle gegevens gegeven aan de vrager" in Notitie.objects.last().tekst


def test_the_desk_gets_no_copy_of_what_is_not_theirs_or_without_a_check(
    huis, team_sociale_dienst, team_onthaal, loket_ocmw, als
):
    eigen, ander = vraag_van(team_sociale_dienst), vraag_van(team_onthaal)
    browser = als(loket_ocmw)
    pad = "/loket/werkbank/persoon/kopie/"
    goed = {"wijze": "Ik zag een identiteitskaart"}
    assert browser.post(pad, {**goed, "referentie": [eigen.referentie, ander.referentie]}).status_code == 404
    assert browser.post(pad, {**goed, "referentie": ["\x00"]}).status_code == 404
    assert browser.post(pad, {"referentie": [eigen.referentie], "wijze": "zomaar"}).status_code == 302
    assert browser.post(pad, goed).status_code == 302
    assert Inzage.objects.count() == 0


@pytest.mark.parametrize("zoek", ["", "\x00", "x" * 500, "<script>", "' OR 1=1", "@", "12"])
def test_a_strange_search_finds_nobody(zoek, vraag, loket_ocmw, als):
    antwoord = als(loket_ocmw).post("/loket/werkbank/persoon/", {"zoek": zoek})
    assert antwoord.status_code == 200 and not antwoord.context["gevonden"]
