"""Making a meeting: without rights, with rubbish, too late; then from draft to the calendar of who comes."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from PIL import Image

from participatie.acties import agendapunt, uitnodigen
from participatie.acties import overleg as verbs
from participatie.acties.verslag import keur_goed, publiceer_verslag, schrijf_verslag
from participatie.models import Agendapunt, Overleg, Overlegdocument, Overleguitnodiging
from participatie.staat import MagNiet
from plan.besproken import van_deel
from plan.models import Onderdeel, Plan
from sociaalhuis.models import UitgaandeMail
from tests.participatie.overleggen import maak_overleg, velden

BEHEER = "/participatie/beheer/overleg/"
RLO, NUL = "\u202e", "\x00"


def tekst(response):
    return response.content.decode()


def mails():
    return sorted((mail.adres, mail.onderwerp) for mail in UitgaandeMail.objects.select_related("dossiersleutel"))


# --- who may not ------------------------------------------------------------------------------


def test_a_meeting_for_guests_only_is_not_there_for_anyone_else(
    bewoner, als, huis, voedselbank, mandaat, loket_ocmw, planner, organisatie, team_sociale_dienst
):
    overleg = maak_overleg(planner, "Stuurgroep", openbaar=False, link="https://video.proefdorp.example/kamer")
    document = Overlegdocument(overleg=overleg, titel="Nota", naam="nota.txt", soort="text/plain")
    document.bewaar(b"Geheim")
    paden = ["", "inschrijven/", "overleg.ics", f"documenten/{document.pk}/", "verslag.pdf"]
    for browser in (bewoner, als(voedselbank), als(loket_ocmw)):
        assert [browser.get(f"/participatie/overleg/stuurgroep/{pad}").status_code for pad in paden] == [404] * 5
        assert "Stuurgroep" not in tekst(browser.get("/participatie/overleg/"))
    uitnodigen.nodig_uit(overleg=overleg, door=planner, organisaties=[organisatie], teams=[team_sociale_dienst])
    for browser in (als(voedselbank), als(loket_ocmw)):
        assert [browser.get(f"/participatie/overleg/stuurgroep/{pad}").status_code for pad in paden] == [200] * 4 + [
            404
        ]
        assert "Stuurgroep" in tekst(browser.get("/participatie/mijn/overleg/"))
        assert browser.get(f"{BEHEER}stuurgroep/").status_code == 404
        assert b"video.proefdorp.example" in browser.get("/participatie/overleg/stuurgroep/overleg.ics").content
    assert mails() == [
        ("loket.ocmw@proefdorp.example", "Uitnodiging voor een overleg"),
        ("voedselbank@proefdorp.example", "Uitnodiging voor een overleg"),
    ]
    mandaat.tot = timezone.now()
    mandaat.save()
    assert als(voedselbank).get("/participatie/overleg/stuurgroep/").status_code == 404
    assert bewoner.get("/participatie/overleg/stuurgroep/").status_code == 404
    with pytest.raises(PermissionDenied):
        verbs.kondig_aan(overleg=overleg, door=loket_ocmw)
    with pytest.raises(PermissionDenied):
        uitnodigen.nodig_uit(overleg=overleg, door=loket_ocmw)


def test_a_draft_and_a_meeting_about_a_secret_plan_are_not_public(bewoner, huis, planner):
    geheim = Plan.objects.create(slug="2032-2037", titel="Geheim", beginjaar=2032, eindjaar=2037, missie="Geheim")
    maak_overleg(planner, "Concept", staat="concept")
    over = maak_overleg(planner, "Over geheim", plan=geheim, staat="concept")
    with pytest.raises(MagNiet, match="plan van dit overleg is nog niet openbaar"):
        verbs.kondig_aan(overleg=over, door=planner)
    Overleg.objects.filter(pk=over.pk).update(staat="aangekondigd")
    assert bewoner.get("/participatie/overleg/concept/").status_code == 404
    assert bewoner.get("/participatie/overleg/over-geheim/").status_code == 404
    lijst = tekst(bewoner.get("/participatie/overleg/"))
    assert "Er is nu geen overleg gepland" in lijst and "Over geheim" not in lijst
    assert Calendar.from_ical(bewoner.get("/participatie/overleg/agenda.ics").content).walk("VEVENT") == []


# --- rubbish ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        ({"titel": ""}, "Vul dit in."),
        ({"titel": "x" * 121}, "Maak dit korter: hoogstens 120 tekens."),
        ({"titel": f"a{NUL}"}, "Hier staat een teken in dat we niet kunnen bewaren."),
        ({"inleiding": "x" * 5000}, "Je tekst is te lang: hoogstens 3000 tekens."),
        ({"inleiding": f"a{NUL}"}, "In je tekst staat een teken dat we niet kunnen bewaren."),
        ({"soort": "feest"}, "Kies wat voor overleg het is."),
        ({"soort": ""}, "Kies wat voor overleg het is."),
        ({"dag": "morgen"}, "Deze dag klopt niet."),
        ({"van": "zeven"}, "Dit uur klopt niet."),
        ({"tot": "19:00"}, "Het overleg eindigt voor het begint."),
        ({"adres": ""}, "Kies een plaats, schrijf een adres of geef een link"),
        ({"link": "javascript:alert(1)"}, "Deze link klopt niet."),
        ({"plaatsen": "0"}, "Vul minstens 1 in, of laat leeg."),
        ({"plaatsen": "999999"}, "Vul hoogstens 2000 in."),
    ],
)
def test_a_mistake_in_the_form_is_said_and_the_rest_stays(als, huis, planner, fout, zin):
    response = als(planner).post(f"{BEHEER}nieuw/", velden(**{"inleiding": f"Blijft {RLO}<script>staan", **fout}))
    assert response.status_code == 200 and zin in tekst(response)
    assert "inleiding" in fout or "&lt;script&gt;staan</textarea>" in tekst(response)
    assert not Overleg.objects.exists()


def test_the_database_refuses_what_does_not_agree(planner, ronde, plan, maak_inbreng):
    ander = Plan.objects.create(slug="2032-2037", titel="Ander", beginjaar=2032, eindjaar=2037, missie="Ander")
    overleg = maak_overleg(planner, plan=ander)
    deel, inbreng = Onderdeel.objects.get(code="G1", plan=plan), maak_inbreng(ronde, "Tekst")
    fouten = [
        ("overleg_eindigt_na_begin", lambda: Overleg.objects.filter(pk=overleg.pk).update(einde=overleg.begin)),
        ("overleg_heeft_een_plaats", lambda: Overleg.objects.filter(pk=overleg.pk).update(adres="")),
        ("overleg_afgelast_heeft_reden", lambda: Overleg.objects.filter(pk=overleg.pk).update(staat="afgelast")),
        ("overleg_minstens_een_plaats", lambda: Overleg.objects.filter(pk=overleg.pk).update(plaatsen=0)),
        ("overleg_ronde_van_plan", lambda: Overleg.objects.filter(pk=overleg.pk).update(ronde=ronde)),
        ("agendapunt_van_plan", lambda: Agendapunt.objects.create(overleg=overleg, volgorde=1, onderdeel=deel)),
        ("agendapunt_van_plan", lambda: Agendapunt.objects.create(overleg=overleg, volgorde=1, inbreng=inbreng)),
        ("agendapunt_heeft_onderwerp", lambda: Agendapunt.objects.create(overleg=overleg, volgorde=1)),
        ("agendapunt_minuten", lambda: Agendapunt.objects.create(overleg=overleg, volgorde=1, titel="x", minuten=0)),
        ("overleguitnodiging_een_genodigde", lambda: Overleguitnodiging.objects.create(overleg=overleg)),
    ]
    for naam, doe in fouten:
        with pytest.raises(IntegrityError, match=naam), transaction.atomic():
            doe()


# --- from draft to calendar -------------------------------------------------------------------


def test_a_meeting_is_made_told_about_moved_and_called_off(
    bewoner, als, huis, planner, coordinator, ronde, organisatie, voedselbank, mandaat
):
    browser = als(planner)
    response = browser.post(f"{BEHEER}nieuw/", velden(ronde=ronde.pk))
    assert response.url == f"{BEHEER}2030-07-02-buurtgesprek-kade/"
    overleg = Overleg.objects.get()
    assert (overleg.plan, overleg.staat, overleg.plaatsen) == (ronde.plan, "concept", 2)
    assert overleg.begin == datetime(2030, 7, 2, 19, tzinfo=ZoneInfo("Europe/Brussels"))
    uitnodigen.nodig_uit(overleg=overleg, door=planner, organisaties=[organisatie])
    uitnodigen.nodig_persoon_uit(overleg=overleg, door=planner, naam="Sam", email="Sam@Proefdorp.example")
    with pytest.raises(MagNiet, match="al uitgenodigd"):
        uitnodigen.nodig_persoon_uit(overleg=overleg, door=planner, naam="Sam", email="sam@proefdorp.example")
    assert mails() == []
    browser.post(response.url, {"doe": "kondig_aan"})
    browser.post(response.url, {"doe": "kondig_aan"})  # a double click
    wie = ["sam@proefdorp.example", "voedselbank@proefdorp.example"]
    assert mails() == [(adres, "Uitnodiging voor een overleg") for adres in wie]
    brief = UitgaandeMail.objects.exclude(dossiersleutel=None).get()
    assert "Buurtgesprek" not in brief.tekst and Overleguitnodiging.objects.get(organisatie=None).url in brief.tekst
    (rij,) = Calendar.from_ical(bewoner.get("/participatie/overleg/agenda.ics").content).walk("VEVENT")
    uid = f"overleg-{overleg.referentie.lower()}@127.0.0.1"
    assert (str(rij["UID"]), rij["SEQUENCE"], str(rij["STATUS"]), rij.decoded("DTSTART")) == (
        uid,
        0,
        "CONFIRMED",
        overleg.begin,
    )

    wijzig = f"{response.url}wijzig/"
    zonder = tekst(browser.post(wijzig, velden(ronde=ronde.pk, van="20:00", tot="22:00", versie="2")))
    assert "Een collega bewaarde intussen iets anders" in zonder
    zonder = tekst(browser.post(wijzig, velden(ronde=ronde.pk, van="20:00", tot="22:00", versie="1")))
    assert "Schrijf waarom het uur of de plaats verandert" in zonder and 'value="20:00"' in zonder
    goed = velden(ronde=ronde.pk, van="20:00", tot="22:00", versie="1", reden="De zaal is bezet.")
    assert browser.post(wijzig, goed).status_code == 302
    assert [paar for paar in mails() if "veranderd" in paar[1]] == [
        (adres, "Een overleg is veranderd") for adres in wie
    ]
    pagina = tekst(bewoner.get("/participatie/overleg/2030-07-02-buurtgesprek-kade/"))
    assert "De zaal is bezet." in pagina and "20.00 tot 22.00 uur" in pagina and ronde.titel in pagina
    assert (
        browser.post(
            wijzig, velden(ronde=ronde.pk, van="20:00", tot="22:00", versie="2", inleiding="Nieuw")
        ).status_code
        == 302
    )
    (rij,) = Calendar.from_ical(bewoner.get("/participatie/overleg/agenda.ics").content).walk("VEVENT")
    assert (str(rij["UID"]), rij["SEQUENCE"]) == (uid, 1)

    assert "Schrijf een reden" in tekst(browser.post(response.url, {"doe": "gelast_af", "reden": " "}))
    browser.post(response.url, {"doe": "gelast_af", "reden": "Te weinig volk."})
    (rij,) = Calendar.from_ical(bewoner.get("/participatie/overleg/agenda.ics").content).walk("VEVENT")
    assert (str(rij["UID"]), rij["SEQUENCE"], str(rij["STATUS"])) == (uid, 2, "CANCELLED")
    assert str(rij["DESCRIPTION"]).startswith("Gaat niet door: Te weinig volk.")
    assert "Te weinig volk." in tekst(bewoner.get("/participatie/overleg/2030-07-02-buurtgesprek-kade/"))
    assert [paar for paar in mails() if "door" in paar[1]] == [(adres, "Een overleg gaat niet door") for adres in wie]
    for doe in (
        lambda: verbs.wijzig_overleg(overleg=overleg, door=planner, titel="x"),
        lambda: verbs.kondig_aan(overleg=overleg, door=planner),
        lambda: verbs.verwijder_overleg(overleg=overleg, door=planner),
        lambda: uitnodigen.nodig_uit(overleg=overleg, door=planner),
    ):
        with pytest.raises(MagNiet):
            doe()


def test_what_cannot_be_told_about(planner, huis):
    leeg = maak_overleg(planner, "Leeg", openbaar=False, staat="concept")
    with pytest.raises(MagNiet, match="Nodig eerst iemand uit"):
        verbs.kondig_aan(overleg=leeg, door=planner)
    laat = maak_overleg(planner, "Laat", dagen=-1, staat="concept")
    with pytest.raises(MagNiet, match="al begonnen"):
        verbs.kondig_aan(overleg=laat, door=planner)
    bezig = maak_overleg(planner, "Bezig", begin=timezone.now() - timedelta(minutes=5))
    assert (bezig.toestand, bezig.is_open) == (Overleg.Toestand.BEZIG, False)
    with pytest.raises(MagNiet, match="al begonnen"):
        verbs.gelast_af(overleg=bezig, door=planner, reden="Te laat")
    verbs.verwijder_overleg(overleg=leeg, door=planner)
    assert not Overleg.objects.filter(pk=leeg.pk).exists()


# --- agenda and papers ------------------------------------------------------------------------


def test_the_agenda_takes_parts_inputs_and_own_points_and_moves_without_dragging(
    bewoner, als, huis, planner, coordinator, ronde, plan, maak_inbreng, organisatie
):
    overleg, browser = maak_overleg(planner, plan=plan), als(planner)
    inbreng = maak_inbreng(ronde, "Meer bankjes", organisatie=organisatie)
    pad = f"{BEHEER}buurtgesprek/agenda/"
    leeg = tekst(browser.post(pad, {"titel": ""}))
    assert "Kies een onderwerp of schrijf een titel." in leeg
    assert "hoort niet bij het plan van dit overleg" in tekst(browser.post(pad, {"onderwerp": "d0"}))
    deel = Onderdeel.objects.get(plan=plan, code="G1.1.a")
    for velden_ in (
        {"titel": "Welkom", "minuten": "5"},
        {"onderwerp": f"d{deel.pk}", "minuten": "30"},
        {"onderwerp": f"i{inbreng.pk}"},
    ):
        assert browser.post(pad, velden_).status_code == 302
    een, twee, drie = overleg.agenda.all()
    assert [punt.naam for punt in (een, twee, drie)] == ["Welkom", str(deel), "Inbreng van Voedselbank De Mand"]
    browser.post(f"{pad}{drie.pk}/", {"doe": "omhoog"})
    browser.post(f"{pad}{een.pk}/", {"doe": "omhoog"})  # it is the first already
    browser.post(f"{pad}{een.pk}/", {"doe": "omlaag"})
    assert list(overleg.agenda.values_list("pk", flat=True)) == [drie.pk, een.pk, twee.pk]
    browser.post(f"{pad}{een.pk}/", {"titel": "Onthaal", "minuten": "10", "wie": "De coördinator"})
    browser.post(f"{pad}{drie.pk}/", {"doe": "weg"})
    pagina = tekst(bewoner.get("/participatie/overleg/buurtgesprek/"))
    assert "Onthaal" in pagina and "10 minuten, door De coördinator" in pagina and deel.get_absolute_url() in pagina
    assert "Meer bankjes" not in pagina
    with pytest.raises(MagNiet, match="delen van het vorige plan"):
        verbs.wijzig_overleg(overleg=overleg, door=planner, plan=None)
    Agendapunt.objects.bulk_create(Agendapunt(overleg=overleg, volgorde=n, titel="x") for n in range(10, 48))
    with pytest.raises(MagNiet, match="hoogstens 40 punten"):
        agendapunt.zet_op_agenda(overleg=overleg, door=planner, titel="te veel")


def test_a_paper_passes_the_gate_and_leaves_as_a_download(bewoner, als, huis, planner, settings):
    maak_overleg(planner)
    browser = als(planner)
    pad = f"{BEHEER}buurtgesprek/documenten/"
    slecht = SimpleUploadedFile("kat.jpg", b"<script>alert(1)</script>", "image/jpeg")
    assert browser.post(pad, {"titel": "Kat", "bestand": slecht}).status_code == 200
    assert "Kies een bestand." in tekst(browser.post(pad, {"titel": "Niets"}))
    assert not Overlegdocument.objects.exists()
    beeld = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(beeld, "JPEG", comment=b"geheim-commentaar")
    assert (
        browser.post(
            pad, {"titel": "Plattegrond", "bestand": SimpleUploadedFile("../plan.exe", beeld.getvalue())}
        ).status_code
        == 302
    )
    rij = Overlegdocument.objects.get()
    assert "Plattegrond" in tekst(bewoner.get("/participatie/overleg/buurtgesprek/"))
    adres = f"/participatie/overleg/buurtgesprek/documenten/{rij.pk}/"
    response = bewoner.get(adres)
    assert (response["Content-Type"], response["Content-Disposition"], response["X-Content-Type-Options"]) == (
        "image/jpeg", 'attachment; filename="plan.jpg"', "nosniff",
    )  # fmt: skip
    assert b"geheim-commentaar" not in response.content and response.content[:3] == b"\xff\xd8\xff"
    # a file that waits for the scanner is not handed out, and opens when it looked
    Overlegdocument.objects.update(keuring="wacht")
    assert bewoner.get(adres).status_code == 404
    settings.SCANNER = "tcp://127.0.0.1:9"
    agendapunt.kijk_na(timezone.now())
    assert bewoner.get(adres).status_code == 404
    settings.SCANNER = ""
    agendapunt.kijk_na(timezone.now())
    assert bewoner.get(adres).status_code == 200
    browser.post(pad, {"weg": rij.pk})
    assert bewoner.get(adres).status_code == 404 and not Overlegdocument.objects.exists()
    assert browser.post(pad, {"weg": "x"}).status_code == 404


# --- how many questions a list asks -----------------------------------------------------------


def test_lists_ask_the_same_number_of_questions_for_one_and_three(
    bewoner, als, huis, planner, organisatie, voedselbank, mandaat
):
    een = maak_overleg(planner, "Een")
    uitnodigen.nodig_uit(overleg=een, door=planner, organisaties=[organisatie])
    paden = [
        (bewoner, "/participatie/overleg/"),
        (als(planner), BEHEER),
        (als(voedselbank), "/participatie/mijn/overleg/"),
    ]

    def vragen():
        geteld = []
        for browser, pad in paden:
            with CaptureQueriesContext(connection) as gezien:
                geteld.append((browser.get(pad).status_code, len(gezien)))
        return geteld

    vragen()
    met_een = vragen()
    for nummer in range(2):
        meer = maak_overleg(planner, f"Meer {nummer}", dagen=20 + nummer)
        uitnodigen.nodig_uit(overleg=meer, door=planner, organisaties=[organisatie])
    assert vragen() == met_een
    assert all(status == 200 and aantal <= 14 for status, aantal in met_een), met_een
    assert all("Meer 1" in tekst(browser.get(pad)) for browser, pad in paden)


def test_a_part_of_the_plan_says_which_meetings_are_about_it(
    huis, plan, actie, bewoner, coordinator, planner, django_assert_num_queries
):
    over_actie = {"plan": plan, "door": planner}
    straks, was = maak_overleg(titel="Wooncafe", **over_actie), maak_overleg(titel="Woontafel", dagen=-9, **over_actie)
    besloten = maak_overleg(titel="Stuurgroep wonen", openbaar=False, **over_actie)
    af = maak_overleg(titel="Ging niet door", staat="afgelast", reden="Zaal stuk.", **over_actie)
    concept = maak_overleg(titel="Nog te beslissen", staat="concept", **over_actie)
    leeg = maak_overleg(titel="Over iets anders", **over_actie)
    for overleg in (straks, was, besloten, af, concept):
        Agendapunt.objects.create(overleg=overleg, volgorde=1, onderdeel_id=actie.pk)
    tweede = Agendapunt.objects.create(overleg=straks, volgorde=2, onderdeel_id=actie.pk)
    Agendapunt.objects.create(overleg=leeg, volgorde=1, titel="Varia")
    verslag = schrijf_verslag(overleg=was, samenvatting="Zes woningen.", teksten={}, door=planner)
    keur_goed(verslag=verslag, door=coordinator, versie=verslag.versie)
    with django_assert_num_queries(1):
        rijen = van_deel(actie.pk)
    assert [(rij.titel, rij.met_verslag) for rij in rijen] == [("Wooncafe", False), ("Woontafel", False)]
    publiceer_verslag(verslag=verslag, door=coordinator)
    pagina = bewoner.get(actie.get_absolute_url()).content.decode()
    assert re.search(
        r'<a href="/participatie/overleg/woontafel/#punt-\d+">Woontafel</a> <span class="stil">met verslag', pagina
    )
    assert pagina.count("/participatie/overleg/wooncafe/") == 1 and f"#punt-{tweede.pk}" not in pagina
    for titel in ("Stuurgroep wonen", "Ging niet door", "Nog te beslissen", "Over iets anders"):
        assert titel not in pagina
    assert van_deel(actie.garantie_id) == []
    assert "Waar praten we hierover?" not in bewoner.get(actie.garantie.get_absolute_url()).content.decode()
