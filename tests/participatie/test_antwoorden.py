"""The desk of the answers: a second reader, points, merging, putting right, the list. Wrong turns first."""

from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participatie.acties.antwoord import (
    Ondertussen,
    beantwoord,
    beletsel_voor_antwoorden,
    keur_rechtzetting,
    lees_na,
    publiceer_antwoorden,
    splits,
    stuur_terug,
    trek_rechtzetting_in,
    wis_concept,
    zet_recht,
)
from participatie.acties.samenvoegen import maak_los, voeg_samen
from participatie.gelijkend import gelijkende
from participatie.models import Antwoord, Antwoordrechtzetting, Reactierecht, Ronde, Samenvoeging
from participatie.staat import MagNiet
from plan.models import Alinea
from sociaalhuis.models import UitgaandeMail

BEHEER = "/participatie/beheer/inbreng/{}/{}/"
LIJST = "/participatie/beheer/rondes/gesloten/antwoorden/"


@pytest.fixture
def bankjes(gesloten_ronde, maak_inbreng, coordinator):
    return maak_inbreng(gesloten_ronde, "Meer bankjes op het plein.", door=coordinator, email="een@voorbeeld.example")


@pytest.fixture
def banken(gesloten_ronde, maak_inbreng, coordinator):
    return maak_inbreng(
        gesloten_ronde, "Er moeten meer bankjes op het plein komen.", door=coordinator, email="twee@voorbeeld.example"
    )


# --- the list -------------------------------------------------------------------------------------


def test_the_list_asks_no_answer_to_what_was_replaced_or_taken_back_and_says_what_came_late(
    als, huis, gesloten_ronde, maak_inbreng, bankjes, organisatie, coordinator
):
    laat = maak_inbreng(gesloten_ronde, "x" * 500, staat="te_laat")
    maak_inbreng(gesloten_ronde, "Vroeger", organisatie, standpunt="bezwaar", staat="vervangen")
    maak_inbreng(gesloten_ronde, "Spijt", staat="ingetrokken")
    client = als(coordinator)
    pagina = client.get(LIJST)
    assert [rij.pk for rij in pagina.context["pagina"]] == [bankjes.pk, laat.pk]
    inhoud = pagina.content.decode()
    assert "Kwam te laat: telt dit mee?" in inhoud and f'href="/participatie/beheer/inbreng/{laat.pk}/"' in inhoud
    assert "x" * 130 not in inhoud
    assert [rij.pk for rij in client.get(LIJST, {"staat": "te-laat"}).context["pagina"]] == [laat.pk]
    assert "Beslis of dit nog meetelt" in client.get("/participatie/beheer/inbreng/").content.decode()


# --- the second reader ----------------------------------------------------------------------------


def test_nobody_reads_own_words_and_the_database_knows(bankjes, gesloten_ronde, coordinator, planner):
    antwoord = beantwoord(inbreng=bankjes, besluit="niet", reden="Nee.", door=coordinator)
    with pytest.raises(MagNiet, match="Jij schreef dit antwoord"):
        lees_na(antwoord=antwoord, door=coordinator)
    with pytest.raises(MagNiet, match="Pas het zelf aan"):
        stuur_terug(antwoord=antwoord, nota="Hm.", door=coordinator)
    for velden in (
        {"staat": "nagelezen", "nagelezen_door": coordinator, "nagelezen_op": timezone.now()},
        {"staat": "gepubliceerd"},
    ):
        with pytest.raises(IntegrityError, match="antwoord_nagelezen_door_een_ander"), transaction.atomic():
            Antwoord.objects.update(**velden)
    assert beletsel_voor_antwoorden(gesloten_ronde) == "Een tweede lezer kijkt elk antwoord na. Nog na te lezen: 1."
    with pytest.raises(Ondertussen):
        lees_na(antwoord=antwoord, door=planner, versie=7)
    assert lees_na(antwoord=antwoord, door=planner).staat == "nagelezen"
    with pytest.raises(MagNiet, match="Dit kan niet meer"):
        lees_na(antwoord=antwoord, door=planner)
    assert beletsel_voor_antwoorden(gesloten_ronde) == ""


def test_a_draft_goes_back_with_a_note_and_is_read_again(als, huis, bankjes, coordinator, planner):
    beantwoord(inbreng=bankjes, besluit="niet", reden="Nee.", door=coordinator)
    client, pad = als(planner), BEHEER.format(bankjes.pk, "antwoord")
    scherm = client.post(pad, {"doe": "terug", "nota": "", "versie": 1})
    assert "Schrijf wat er anders moet" in scherm.content.decode()
    client.post(pad, {"doe": "terug", "nota": "Te kort. <b>Waarom</b> niet?", "versie": 1})
    assert "Te kort. &lt;b&gt;Waarom&lt;/b&gt; niet?" in als(coordinator).get(pad).content.decode()
    post = {"besluit": "niet", "reden": "Er is geen plaats.", "wijziging": "", "waarheen": "", "versie": 1, "bewaar": 1}
    als(coordinator).post(pad, post)
    antwoord = Antwoord.objects.get()
    assert (antwoord.nota, antwoord.versie, antwoord.staat) == ("", 2, "concept")
    scherm = client.post(pad, {"doe": "nagelezen", "versie": 1}, follow=True)
    assert "Dit antwoord is intussen gewijzigd" in scherm.content.decode()
    client.post(pad, {"doe": "nagelezen", "versie": 2})
    antwoord.refresh_from_db()
    assert (antwoord.staat, antwoord.nagelezen_door) == ("nagelezen", planner)
    assert stuur_terug(antwoord=antwoord, nota="Toch niet.", door=planner).staat == "concept"
    lees_na(antwoord=antwoord, door=planner)
    als(coordinator).post(pad, {**post, "reden": "Nog eens.", "versie": 2})
    antwoord.refresh_from_db()
    assert (antwoord.staat, antwoord.nagelezen_door) == ("concept", None)
    als(coordinator).post(pad, {"doe": "wis", "versie": 3})
    assert not Antwoord.objects.exists()
    client.post(pad, {"doe": "nagelezen", "versie": 3})
    assert list(antwoord.events.values_list("pgh_label", flat=True))[-1] == "delete"


def test_bad_input_keeps_what_was_typed(als, huis, bankjes, coordinator):
    client, pad = als(coordinator), BEHEER.format(bankjes.pk, "antwoord")
    for velden, fouten in (
        ({"reden": "a" * 5000}, {"reden": ["Dit is te lang: 5000 tekens. Maak er hoogstens 2000 tekens van."]}),
        ({"besluit": "buiten"}, {"waarheen": ["Zeg wie hier wel mee verder gaat. Zo blijft niemand met lege handen."]}),
        ({"waarheen": "De Lijn"}, {"waarheen": ["Dit vul je alleen in bij “Buiten dit plan”. Maak het leeg."]}),
        ({"besluit": ""}, {"besluit": ["Kies wat jullie beslisten."]}),
        ({"reden": "x\x00y"}, ["reden"]),
        ({"besluit": "misschien"}, ["besluit"]),
        ({"versie": "abc"}, ["versie"]),
    ):
        post = {"besluit": "niet", "reden": "<script>alert(1)</script>", "wijziging": "", "waarheen": "", "versie": 0}
        scherm = client.post(pad, {**post, **velden})
        errors = scherm.context["form"].errors
        assert (errors == fouten) if isinstance(fouten, dict) else (list(errors) == fouten), fouten
        assert b"<script>alert(1)" not in scherm.content
        assert not Antwoord.objects.exists()
    client.post(
        pad, {"besluit": "buiten", "reden": "Zie \u202ehier.", "waarheen": " De dienst Mobiliteit ", "versie": 0}
    )
    antwoord = Antwoord.objects.get()
    assert (antwoord.reden, antwoord.waarheen) == ("Zie hier.", "De dienst Mobiliteit")
    with pytest.raises(IntegrityError, match="antwoord_buiten_zegt_waarheen"), transaction.atomic():
        Antwoord.objects.update(waarheen="")


def test_save_and_next_walks_the_list(als, huis, bankjes, banken, maak_inbreng, gesloten_ronde, coordinator):
    derde = maak_inbreng(gesloten_ronde, "Iets over de bus", door=coordinator)
    client = als(coordinator)
    post = {"besluit": "niet", "reden": "Nee.", "wijziging": "", "waarheen": "", "versie": 0, "volgende": 1}
    stap = client.post(BEHEER.format(banken.pk, "antwoord") + "?staat=zonder", post)
    assert stap.url == BEHEER.format(derde.pk, "antwoord") + "?staat=zonder&begin=1"
    assert b"autofocus" in client.get(stap.url).content
    stap = client.post(stap.url, post)
    assert stap.url == BEHEER.format(bankjes.pk, "antwoord") + "?staat=zonder&begin=1"
    assert client.post(stap.url, post).url == LIJST + "?staat=zonder"


# --- points ---------------------------------------------------------------------------------------


def test_an_input_in_points(als, huis, gesloten_ronde, maak_inbreng, actie, coordinator, planner, bewoner):
    tekst = "Meer bankjes op het plein.  En laat de bus later rijden."
    inbreng = maak_inbreng(gesloten_ronde, tekst, door=coordinator)
    client, pad = als(coordinator), BEHEER.format(inbreng.pk, "punten")
    leeg = {"citaat": "", "onderdeel": "", "besluit": "", "reden": "", "wijziging": "", "waarheen": ""}

    def post(*punten, versie=0, eerste=()):
        velden = {"form-TOTAL_FORMS": len(punten), "form-INITIAL_FORMS": len(eerste), "versie": versie}
        for nummer, punt in enumerate(punten):
            velden |= {f"form-{nummer}-{naam}": waarde for naam, waarde in {**leeg, **punt}.items()}
        velden |= {f"form-{nummer}-id": pk for nummer, pk in enumerate(eerste)}
        return client.post(pad, velden)

    een = {"citaat": "Meer bankjes op het plein.", "onderdeel": "G1.1.a", "besluit": "overgenomen", "reden": "Goed."}
    twee = {"citaat": "laat de bus later rijden"}
    assert "deze woorden staan niet in de inbreng" in post(een, {"citaat": "Iets anders"}).content.decode()
    assert "Maak minstens twee punten" in post(een).content.decode()
    assert "Een antwoord zonder reden" in post(een, {**twee, "besluit": "niet"}).content.decode()
    assert not inbreng.punten.exists()
    post(een, twee)
    antwoord = Antwoord.objects.get()
    assert (antwoord.besluit, antwoord.reden) == ("overgenomen", "We antwoorden punt per punt.")
    with pytest.raises(MagNiet, match="Nog niet elk punt heeft een antwoord. Te doen: 1"):
        lees_na(antwoord=antwoord, door=planner)
    twee |= {"besluit": "buiten", "reden": "De Lijn beslist.", "waarheen": "De Lijn"}
    post(een, twee, versie=1, eerste=inbreng.punten.values_list("pk", flat=True))
    antwoord.refresh_from_db()
    assert (antwoord.besluit, antwoord.versie) == ("deels", 2)
    assert [(punt.citaat, punt.onderdeel_id, punt.besluit) for punt in inbreng.punten.all()] == [
        (een["citaat"], actie.pk, "overgenomen"),
        (twee["citaat"], None, "buiten"),
    ]
    client.post(BEHEER.format(inbreng.pk, "antwoord"), {"reden": "Twee zaken.", "versie": 2, "bewaar": 1})
    antwoord.refresh_from_db()
    assert (antwoord.besluit, antwoord.reden) == ("deels", "Twee zaken.")
    inbreng.refresh_from_db()
    assert inbreng.tekst == tekst
    lees_na(antwoord=antwoord, door=planner)
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    inhoud = bewoner.get(inbreng.get_absolute_url()).content.decode()
    for woorden in ("Twee zaken.", "laat de bus later rijden", "De Lijn beslist.", "Buiten dit plan"):
        assert woorden in inhoud
    with pytest.raises(MagNiet, match="online"):
        splits(inbreng=inbreng, punten=[], door=coordinator)


def test_points_go_away_again(bankjes, coordinator):
    punten = [{"citaat": "Meer bankjes"}, {"citaat": "op het plein."}]
    assert splits(inbreng=bankjes, punten=[], door=coordinator) is None
    antwoord = splits(inbreng=bankjes, punten=punten, door=coordinator)
    assert antwoord.besluit == "deels"
    with pytest.raises(Ondertussen):
        splits(inbreng=bankjes, punten=[], door=coordinator, versie=0)
    assert splits(inbreng=bankjes, punten=[], door=coordinator).versie == 2
    assert not bankjes.punten.exists()
    wis_concept(antwoord=antwoord, door=coordinator)
    with pytest.raises(Ondertussen):
        wis_concept(antwoord=antwoord, door=coordinator)


# --- merging --------------------------------------------------------------------------------------


def test_merging_refuses_what_would_lose_words(
    bankjes, banken, maak_ronde, maak_inbreng, gesloten_ronde, organisatie, planner, loket_ocmw, coordinator
):
    elders = maak_inbreng(maak_ronde("elders", van=-30, tot=-1), "Meer bankjes", door=coordinator)
    ongelezen = maak_inbreng(gesloten_ronde, "Nog te lezen")
    van_recht = maak_inbreng(gesloten_ronde, "Van de raad", organisatie=organisatie)
    Reactierecht.objects.create(organisatie=organisatie, grond="Besluit over het lokaal overleg")
    beantwoord(inbreng=banken, besluit="niet", reden="Nee.", door=coordinator)
    for ander, waarom in (
        (elders, "andere ronde"),
        (ongelezen, "nog niet nagekeken"),
        (van_recht, "recht op een eigen reactie"),
        (banken, "heeft al een eigen antwoord"),
    ):
        with pytest.raises(MagNiet, match=waarom):
            voeg_samen(leidend=bankjes, inbrengen=[ander], door=planner)
    for ander, regel in (
        (elders, "samenvoeging_een_ronde"),
        (van_recht, "samenvoeging_zonder_reactierecht"),
        (banken, "samenvoeging_zonder_eigen_antwoord"),
        (bankjes, "samenvoeging_van_twee"),
    ):
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            Samenvoeging.objects.create(inbreng=ander, leidend=bankjes, door=coordinator)
    with pytest.raises(PermissionDenied):
        voeg_samen(leidend=bankjes, inbrengen=[van_recht], door=loket_ocmw)
    assert not Samenvoeging.objects.exists()


def test_who_checks_reads_the_proposed_wording_and_looks_twice_at_a_name(als, huis, ronde, maak_inbreng, coordinator):
    alinea = Alinea.objects.create(plan=ronde.plan, veld="visie", volgorde=0, html="<p>Een plein.</p>")
    rij = maak_inbreng(ronde, "", alinea=alinea, alinea_tekst="Een plein.", voorstel="Een plein voor Jan Peeters.")
    client, lijst, een = als(coordinator), "/participatie/beheer/inbreng/", f"/participatie/beheer/inbreng/{rij.pk}/"
    pagina = client.get(lijst).content.decode()
    assert "Peeters" in pagina and "Kijk dit na" in pagina and 'value="toon"' not in pagina
    kort = client.post(een, {"doe": "verberg", "reden": "x"})
    assert kort.context["form"].errors == {"reden": ["Schrijf een hele zin. Wie dit stuurde, moet begrijpen waarom."]}
    rij.refresh_from_db()
    assert rij.staat == "ingediend"


def test_what_is_about_the_same_paragraph_is_shown_first(gesloten_ronde, maak_inbreng, bankjes, coordinator):
    alinea = Alinea.objects.create(plan=gesloten_ronde.plan, veld="visie", volgorde=0, html="<p>Een plein.</p>")
    op_alinea = {"alinea": alinea, "alinea_tekst": "Een plein.", "door": coordinator}
    eerste = maak_inbreng(gesloten_ronde, "Meer bankjes op het plein!", voorstel="Een plein met banken.", **op_alinea)
    tweede = maak_inbreng(gesloten_ronde, "", voorstel="Een groen plein.", **op_alinea)
    maak_inbreng(gesloten_ronde, "De bus rijdt niet na zes uur.", door=coordinator)
    assert gelijkende(eerste) == [tweede, bankjes]
    assert gelijkende(tweede) == [eerste]
    assert gelijkende(bankjes) == [eerste]


def test_merged_inputs_inherit_the_answer_and_every_author_is_told(
    als, huis, bewoner, bankjes, banken, maak_inbreng, gesloten_ronde, mandaat, coordinator, klaar, planner
):
    derde = maak_inbreng(gesloten_ronde, "Bankjes op het plein, meer bankjes!", organisatie=mandaat.organisatie)
    client, pad = als(coordinator), BEHEER.format(banken.pk, "antwoord")
    scherm = client.get(pad)
    assert [rij.pk for rij in scherm.context["gelijkend"]] == [bankjes.pk, derde.pk]
    samen = BEHEER.format(banken.pk, "samen")
    for post in ({}, {"inbreng": ["abc", "999999"]}, {"referentie": "2020-XXXXXX"}, {"referentie": "\x00"}):
        client.post(samen, post)
        assert not Samenvoeging.objects.exists()
    client.post(samen, {"inbreng": [bankjes.pk], "referentie": derde.referentie.lower()})
    assert set(banken.gevolgd.values_list("inbreng", flat=True)) == {bankjes.pk, derde.pk}
    with pytest.raises(IntegrityError, match="samenvoeging_geen_ketting"), transaction.atomic():
        Samenvoeging.objects.create(inbreng=banken, leidend=bankjes, door=coordinator)
    with pytest.raises(MagNiet, match=f"krijgt het antwoord van {banken.referentie}"):
        beantwoord(inbreng=bankjes, besluit="niet", reden="Nee.", door=coordinator)
    klaar(banken, "overgenomen", wijziging="Twintig bankjes.")
    client.post(BEHEER.format(derde.pk, "samen"), {"doe": "los"})
    assert beletsel_voor_antwoorden(gesloten_ronde) == "Elke inbreng heeft een antwoord nodig. Nog zonder antwoord: 1."
    client.post(BEHEER.format(derde.pk, "samen"), {"inbreng": [banken.pk]})  # the one with an answer leads
    assert beletsel_voor_antwoorden(gesloten_ronde) == ""
    UitgaandeMail.objects.all().delete()
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    assert sorted(mail.adres for mail in UitgaandeMail.objects.all()) == [
        "een@voorbeeld.example",
        "twee@voorbeeld.example",
        "voedselbank@proefdorp.example",
    ]
    for inbreng in (bankjes, banken, derde):
        inhoud = bewoner.get(inbreng.get_absolute_url()).content.decode()
        assert "Twintig bankjes." in inhoud
        assert "2 andere inbrengen vragen hetzelfde." in inhoud
    with pytest.raises(MagNiet, match="staan online"):
        maak_los(inbreng=bankjes, door=coordinator)
    assert bewoner.get("/participatie/rondes/gesloten/").context["tellingen"][0] == ["Overgenomen", 3]


def test_groups_grow_and_fall_apart(bankjes, banken, maak_inbreng, gesloten_ronde, coordinator):
    derde = maak_inbreng(gesloten_ronde, "Bankjes", door=coordinator)
    voeg_samen(leidend=bankjes, inbrengen=[banken], door=coordinator)
    voeg_samen(leidend=derde, inbrengen=[bankjes], door=coordinator)  # what followed follows along
    assert set(Samenvoeging.objects.values_list("inbreng", "leidend")) == {
        (bankjes.pk, derde.pk),
        (banken.pk, derde.pk),
    }
    assert voeg_samen(leidend=banken, inbrengen=[bankjes], door=coordinator) == 0  # are together already
    maak_los(inbreng=banken, door=coordinator)
    with pytest.raises(MagNiet, match="niet meer samengevoegd"):
        maak_los(inbreng=banken, door=coordinator)


# --- putting right --------------------------------------------------------------------------------


def test_a_mistake_is_put_right_by_two_and_stays_visible(
    als, huis, bewoner, bankjes, gesloten_ronde, coordinator, klaar, planner
):
    antwoord = klaar(bankjes)
    with pytest.raises(MagNiet, match="nog niet online"):
        zet_recht(antwoord=antwoord, uitleg="x", door=coordinator)
    publiceer_antwoorden(ronde=gesloten_ronde, door=coordinator)
    with pytest.raises(MagNiet, match="alleen met een rechtzetting"):
        beantwoord(inbreng=bankjes, besluit="deels", reden="Toch.", door=coordinator)
    UitgaandeMail.objects.all().delete()
    pad, post = (
        BEHEER.format(bankjes.pk, "rechtzetting"),
        {"uitleg": "", "besluit": "deels", "reden": "Er is wél plaats."},
    )
    assert "Schrijf wat er fout was." in als(coordinator).post(pad, post).content.decode()
    als(coordinator).post(pad, {**post, "uitleg": "We telden verkeerd."})
    with pytest.raises(MagNiet, match="wacht al een rechtzetting"):
        zet_recht(antwoord=antwoord, uitleg="Nog een", door=planner)
    rij = Antwoordrechtzetting.objects.get()
    with pytest.raises(MagNiet, match="Jij stelde deze rechtzetting voor"):
        keur_rechtzetting(rechtzetting=rij, door=coordinator)
    with pytest.raises(IntegrityError, match="antwoordrechtzetting_door_twee"), transaction.atomic():
        Antwoordrechtzetting.objects.update(akkoord_door=coordinator, akkoord_op=timezone.now())
    assert "Er is wél plaats." not in bewoner.get(bankjes.get_absolute_url()).content.decode()
    als(planner).post(pad, {"doe": "keur"})
    inhoud = bewoner.get(bankjes.get_absolute_url()).content.decode()
    for woorden in ("Er is wél plaats.", "Rechtgezet op", "We telden verkeerd.", "Niet overgenomen. Daarom."):
        assert woorden in inhoud
    assert "Rechtgezet op" in bewoner.get("/participatie/rondes/gesloten/").content.decode()
    assert [mail.adres for mail in UitgaandeMail.objects.all()] == ["een@voorbeeld.example"]
    als(planner).post(pad, {"doe": "keur"})
    antwoord.refresh_from_db()
    assert (antwoord.versie, antwoord.staat) == (2, "gepubliceerd")
    tweede = zet_recht(antwoord=antwoord, uitleg="Toch niet", door=planner)
    trek_rechtzetting_in(rechtzetting=tweede, door=planner)
    with pytest.raises(MagNiet, match="wacht niet meer"):
        keur_rechtzetting(rechtzetting=tweede, door=coordinator)
    assert Antwoordrechtzetting.objects.count() == 1


def test_who_has_a_right_to_a_reaction_is_not_skipped_when_hidden(
    gesloten_ronde, maak_inbreng, organisatie, coordinator, planner
):
    inbreng = maak_inbreng(
        gesloten_ronde, "Met een naam erin", organisatie=organisatie, staat="verborgen", reden_verborgen="Een naam."
    )
    assert beletsel_voor_antwoorden(gesloten_ronde) == ""
    Reactierecht.objects.create(organisatie=organisatie, grond="Besluit over het lokaal overleg")
    assert "Nog zonder antwoord: 1" in beletsel_voor_antwoorden(gesloten_ronde)
    beantwoord(inbreng=inbreng, besluit="niet", reden="Nee.", door=coordinator)
    assert "Nog na te lezen: 1" in beletsel_voor_antwoorden(gesloten_ronde)


# --- the list -------------------------------------------------------------------------------------


def test_the_list_filters_and_asks_as_much_for_three_as_for_one(
    als, huis, bankjes, maak_inbreng, gesloten_ronde, actie, coordinator, klaar, planner
):
    client = als(coordinator)

    def gevonden(**vraag):
        return [rij.pk for rij in client.get(LIJST, vraag).context["pagina"]]

    gevonden()
    with CaptureQueriesContext(
        connection,
    ) as een:
        client.get(LIJST)
    over_actie = maak_inbreng(gesloten_ronde, "Over wonen", door=coordinator, onderdeel=actie)
    ongelezen = maak_inbreng(gesloten_ronde, "Nog te lezen")
    with CaptureQueriesContext(connection) as drie:
        client.get(LIJST)
    assert len(drie) == len(een)
    klaar(bankjes)
    concept = maak_inbreng(gesloten_ronde, "Nog iets", door=coordinator)
    beantwoord(inbreng=concept, besluit="deels", reden="Half.", door=coordinator)
    for vraag, verwacht in (
        ({}, [bankjes.pk, ongelezen.pk, concept.pk, over_actie.pk]),
        ({"staat": "zonder"}, [over_actie.pk]),
        ({"staat": "concept"}, [concept.pk]),
        ({"staat": "nagelezen"}, [bankjes.pk]),
        ({"staat": "ongelezen"}, [ongelezen.pk]),
        ({"besluit": "deels"}, [concept.pk]),
        ({"deel": "G1"}, [over_actie.pk]),
        ({"deel": "plan", "staat": "nagelezen"}, [bankjes.pk]),
        ({"wie": "ik"}, []),
        ({"recht": "on"}, []),
        (
            {"staat": "onzin", "deel": "\x00", "wie": "999", "pagina": "abc"},
            [bankjes.pk, ongelezen.pk, concept.pk, over_actie.pk],
        ),
    ):
        assert gevonden(**vraag) == verwacht, vraag
    client.post(LIJST, {"doe": "samen", "inbreng": [over_actie.pk]})
    assert not Samenvoeging.objects.exists()
    client.post(LIJST, {"doe": "samen", "inbreng": [over_actie.pk, concept.pk]})
    assert Samenvoeging.objects.get().leidend == concept


def test_what_was_published_before_there_was_a_second_reader_stays_online(
    gesloten_ronde, organisatie, coordinator, maak_inbreng
):
    inbreng = maak_inbreng(gesloten_ronde, "Lang geleden gezegd", organisatie=organisatie)
    antwoord = Antwoord.objects.create(inbreng=inbreng, besluit="niet", reden="Daarom.", door=coordinator)
    rij = Antwoord.objects.filter(pk=antwoord.pk)
    with pytest.raises(IntegrityError, match="antwoord_nagelezen_door_een_ander"), transaction.atomic():
        rij.update(staat="gepubliceerd")  # without that mark it needs its second reader
    Ronde.objects.filter(pk=gesloten_ronde.pk).update(antwoorden_gepubliceerd_op=timezone.now())
    assert not Antwoord.objects.openbaar().exists()
    with connection.cursor() as cursor:
        cursor.execute(import_module("participatie.migrations.0012_antwoorden_blijven_online").BLIJFT)
    assert Antwoord.objects.openbaar().get().zonder_nalezing
