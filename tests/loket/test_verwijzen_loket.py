"""Referring at the desk and on the client's own page: who comes in, what is shown, what goes wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loket.acties import verwijzing as verbs
from loket.models import Capaciteit, Doorverwijzing, Inzage, Vraag
from loket.views.opvolgen import SLEUTEL
from sociaalhuis.models import Organisatie
from tests.loket.verwijzingen import VELDEN, vraag_nu, zaak_van

BUITEN = [
    "loket_thuiszorg",
    "loket_gemeente",
    "planner",
    "beheer",
    "toezicht",
    "superuser",
    "partner",
    "andere_partner",
]
NAAR = "/loket/werkbank/doorverwijzingen/"


def adres(verwijzing, rest=""):
    return f"{verwijzing.get_absolute_url()}{rest}"


def kies(vraag, rest=""):
    return f"{vraag.get_absolute_url()}doorverwijzen/{rest}"


@pytest.fixture
def eigen():
    """eigen(client, vraag): this browser showed the receipt code of the case."""

    def open_(client, vraag):
        client.get("/loket/opvolgen/")
        sessie = client.session
        sessie[SLEUTEL] = vraag.pk
        sessie.save()
        client.cookies["sessionid"] = sessie.session_key
        return client

    return open_


def mijn(verwijzing, stap=""):
    return f"/loket/opvolgen/doorverwijzing/{verwijzing.referentie.lower()}/{stap}"


# --- who comes in -----------------------------------------------------------------------------


@pytest.mark.parametrize("wie", BUITEN)
def test_nobody_else_sees_or_does_anything(wie, verwijs, als, request, organisatie):
    verwijzing = verwijs("verzonden")
    vraag = verwijzing.vraag
    client = als(request.getfixturevalue(wie))
    paden = [kies(vraag), kies(vraag, f"{organisatie.code}/"), adres(verwijzing), adres(verwijzing, "toestemming/")]
    for pad in paden:
        antwoord = client.get(pad)
        assert antwoord.status_code == 404 and "anarie-" not in antwoord.content.decode(), pad
    for stap in ("stop", "aanvaard", "trek_in", "gezien", "bestaat_niet"):
        assert client.post(adres(verwijzing, f"{stap}/"), {"tekst": "x", "zeker": "on"}).status_code == 404
    assert Doorverwijzing.objects.get().staat == "verzonden"


@pytest.mark.parametrize("wie", ["planner", "beheer", "toezicht", "superuser", "partner"])
def test_the_list_is_for_the_desk(wie, huis, als, request):
    assert als(request.getfixturevalue(wie)).get(NAAR).status_code == 404


def test_without_login_to_the_door(verwijs, bewoner):
    verwijzing = verwijs()
    for pad in (NAAR, kies(verwijzing.vraag), adres(verwijzing)):
        assert bewoner.get(pad)["Location"].startswith("/account/")


def test_a_referral_belongs_to_its_own_case(verwijs, als, loket_ocmw, team_sociale_dienst):
    verwijzing = verwijs()
    andere = zaak_van(team_sociale_dienst, tekst="Een andere zaak")
    pad = f"{andere.get_absolute_url()}doorverwijzing/{verwijzing.referentie.lower()}/"
    assert als(loket_ocmw).get(pad).status_code == 404


def test_the_list_holds_own_referrals_and_nothing_of_anybody(verwijs, als, loket_ocmw, loket_thuiszorg):
    verwijzing = verwijs("verzonden")
    pagina = als(loket_ocmw).get(NAAR).content.decode()
    assert verwijzing.vraag.referentie in pagina and "Voedselbank De Mand" in pagina and "anarie-" not in pagina
    assert verwijzing.vraag.referentie not in als(loket_thuiszorg).get(NAAR).content.decode()
    assert Inzage.objects.count() == 0


@pytest.mark.parametrize("zoek", ["?lijst=x", "?pagina=x", "?lijst=%00", "?pagina=99999999999999999999"])
def test_odd_addresses_break_nothing(zoek, verwijs, als, loket_ocmw):
    verwijs()
    assert als(loket_ocmw).get(NAAR + zoek).status_code == 200


def test_the_lists_of_referrals(verwijs, als, loket_ocmw, partner):
    verwijzing = verwijs("verzonden")
    client = als(loket_ocmw)

    def lijst(naam):
        return list(client.get(f"{NAAR}?lijst={naam}").context["pagina"])

    assert [lijst(n) for n in ("lopend", "laat", "aandacht", "afgelopen")] == [[verwijzing], [], [], []]
    Doorverwijzing.objects.update(uiterlijk_op=timezone.localdate() - timedelta(days=1))
    assert lijst("laat") == [verwijzing]
    verbs.weiger(verwijzing=verwijzing, door=partner, reden="vol")
    assert [lijst(n) for n in ("lopend", "laat", "aandacht", "afgelopen")] == [[], [], [verwijzing], [verwijzing]]


# --- choosing ---------------------------------------------------------------------------------


@pytest.fixture
def drie(thema, doelgroep, gebied, organisatie):
    """The food bank fits by theme and area; two more fit by theme; one fits nothing."""
    organisatie.themas.add(thema)
    organisatie.gebieden.add(gebied)
    anderen = []
    for code, past in (("vol", True), ("traag", True), ("vreemd", False)):
        rij = Organisatie.objects.create(code=code, naam=f"Org {code}", soort="vzw", erkend_op=timezone.now())
        if past:
            rij.themas.add(thema)
        anderen.append(rij)
    Capaciteit.objects.create(organisatie=anderen[0], vrije_plaatsen=0, wachttijd=10)
    Capaciteit.objects.create(organisatie=anderen[1], vrije_plaatsen=2, wachttijd=30)
    return [organisatie, *anderen]


def test_who_fits_comes_first_and_who_is_full_last(zaak, thema, gebied, drie, als, loket_ocmw):
    Vraag.objects.update(thema=thema, gebied=gebied)
    antwoord = als(loket_ocmw).get(kies(zaak))
    assert [k.organisatie.code for k in antwoord.context["keuzes"]] == ["voedselbank", "traag", "vol"]
    pagina = antwoord.content.decode()
    assert "Volzet" in pagina and "2 vrije plaatsen" in pagina and "Wachttijd 4 weken" in pagina
    assert "Plaats en wachttijd niet bekend" in pagina and "anarie-" not in pagina
    assert Inzage.objects.count() == 0


def test_what_was_said_long_ago_is_called_old_and_does_not_count_as_full(zaak, thema, drie, als, loket_ocmw):
    Capaciteit.objects.update(bijgewerkt_op=timezone.now() - timedelta(days=15))
    antwoord = als(loket_ocmw).get(kies(zaak, "?thema=geld"))
    assert not any(keuze.is_vol for keuze in antwoord.context["keuzes"])
    assert antwoord.content.decode().count("Oud: ") == 2


def test_a_choice_can_be_made_wider_or_by_name(zaak, drie, als, loket_ocmw):
    client = als(loket_ocmw)

    def namen(zoek):
        return [k.organisatie.code for k in client.get(kies(zaak, zoek)).context["keuzes"]]

    assert namen("?thema=geld&alle=1") == ["traag", "voedselbank", "vol", "vreemd"]
    assert namen("?thema=&q=vreemd") == ["vreemd"]
    assert namen("?thema=bestaat-niet&q=%00") == namen("")
    assert namen(f"?thema=&q={'x' * 5000}") == namen("")


def test_an_organisation_that_was_not_checked_is_not_there(zaak, drie, als, loket_ocmw):
    Organisatie.objects.filter(code="traag").update(erkend_op=None)
    client = als(loket_ocmw)
    assert "Org traag" not in client.get(kies(zaak, "?alle=1")).content.decode()
    assert client.get(kies(zaak, "traag/")).status_code == 404


def test_choosing_costs_the_same_with_more_organisations(zaak, drie, als, loket_ocmw, django_assert_max_num_queries):
    client = als(loket_ocmw)
    client.get(kies(zaak, "?thema=geld&alle=1"))
    for aantal in (0, 5):
        for nummer in range(aantal):
            Organisatie.objects.create(code=f"o{nummer}", naam=f"O{nummer}", soort="vzw", erkend_op=timezone.now())
        with django_assert_max_num_queries(20):
            client.get(kies(zaak, "?thema=geld&alle=1"))


# --- proposing --------------------------------------------------------------------------------


def voorstel(**velden):
    tot = timezone.localdate() + timedelta(days=30)
    return {"velden": ["naam", "telefoon"], "toelichting": "", "geldig_tot": f"{tot:%Y-%m-%d}", **velden}


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"velden": []}, "velden"),
        ({"velden": ["dossiersleutel"]}, "velden"),
        ({"geldig_tot": ""}, "geldig_tot"),
        ({"geldig_tot": "31/31/2031"}, "geldig_tot"),
        ({"geldig_tot": "2020-01-01"}, "geldig_tot"),
        ({"geldig_tot": "9999-12-31"}, "geldig_tot"),
        ({"toelichting": "x" * 2001}, "toelichting"),
        ({"toelichting": "a\x00b"}, "toelichting"),
        ({"doelgroep": "bestaat-niet"}, "doelgroep"),
    ],
)
def test_a_bad_proposal_is_said_and_kept(velden, fout, zaak, organisatie, als, loket_ocmw):
    antwoord = als(loket_ocmw).post(kies(zaak, f"{organisatie.code}/"), voorstel(**velden))
    assert antwoord.status_code == 200 and list(antwoord.context["form"].errors) == [fout]
    assert not Doorverwijzing.objects.exists()


@pytest.mark.parametrize("tekst", ["<script>alert(1)</script>", "\u202egewist", "é" * 2000, "{{ 7*7 }}"])
def test_odd_text_is_shown_as_text(tekst, zaak, organisatie, als, loket_ocmw, eigen, bewoner):
    client = als(loket_ocmw)
    pad = client.post(kies(zaak, f"{organisatie.code}/"), voorstel(toelichting=tekst))["Location"]
    for pagina in (
        client.get(pad),
        client.get(pad + "toestemming/"),
        eigen(bewoner, zaak).get(mijn(Doorverwijzing.objects.get())),
    ):
        assert pagina.status_code == 200
        assert "<script>alert" not in pagina.content.decode() and "{{ 7" in pagina.content.decode() or "{{" not in tekst


def test_a_second_proposal_to_the_same_partner_is_refused_with_what_was_typed(
    verwijs, zaak, organisatie, als, loket_ocmw
):
    verwijs()
    antwoord = als(loket_ocmw).post(kies(zaak, f"{organisatie.code}/"), voorstel(toelichting="Lang getypt"))
    assert antwoord.status_code == 409
    assert "loopt al" in antwoord.content.decode() and "Lang getypt" in antwoord.content.decode()


def test_the_desk_walks_the_loop_on_paper(zaak, organisatie, partner, als, loket_ocmw):
    client = als(loket_ocmw)
    Capaciteit.objects.create(organisatie=organisatie, wachttijd=9)
    pad = client.post(kies(zaak, f"{organisatie.code}/"), voorstel(toelichting="Kom samen"))["Location"]

    def doe(stap, **velden):
        versie = Doorverwijzing.objects.get().versie
        antwoord = client.post(f"{pad}{stap}/", {"versie": versie, **velden})
        assert antwoord.status_code == 302, antwoord.context["form"].errors
        return Doorverwijzing.objects.get()

    vandaag = f"{timezone.localdate():%Y-%m-%d}"
    papier = {"velden": ["naam", "toelichting"], "getekend_op": vandaag, "bewaard": "on"}
    te_vroeg = client.post(f"{pad}geef_akkoord/", papier)
    assert te_vroeg.status_code == 409 and "Druk eerst" in te_vroeg.content.decode()
    blad = client.get(f"{pad}toestemming/").content.decode()
    assert "Mogen we dit over jou delen?" in blad and "Kanarie-naam" in blad and "Kanarie-tekst" not in blad
    assert doe("geef_akkoord", **papier).akkoord_velden == ["naam", "toelichting"]
    assert doe("verzend").wachttijd_vooraf == 9
    assert doe("vraag_terug", tekst="Sinds wanneer?").aandacht == "vraagt_terug"
    assert doe("antwoord", tekst="Sinds mei").staat == "verzonden"
    assert doe("aanvaard").staat == "aanvaard"
    dag = f"{timezone.localdate() + timedelta(days=4):%Y-%m-%d}"
    assert doe("maak_afspraak", dag=dag, uur="14:30", plaats="Aan de deur").staat == "afspraak"
    assert doe("meld_aankomst").staat == "aangekomen"
    assert doe("help", tekst="Een pakket").staat == "geholpen"
    assert doe("bevestig").staat == "bevestigd"
    dossier = client.get(zaak.get_absolute_url()).content.decode()
    assert "Doorverwijzing naar Voedselbank De Mand: aanvaard" in dossier
    spoor = client.get(zaak.get_absolute_url() + "spoor/").content.decode()
    assert "Doorverwijzing naar Voedselbank De Mand: de vrager bevestigt de hulp" in spoor


@pytest.mark.parametrize(
    ("staat", "stap", "velden", "fout"),
    [
        ("verzonden", "weiger", {"reden": ""}, "reden"),
        ("verzonden", "weiger", {"reden": "anders"}, "tekst"),
        ("verzonden", "weiger", {"reden": "geen_akkoord"}, "reden"),
        ("verzonden", "vraag_terug", {"tekst": " \u200b "}, "tekst"),
        ("vraagt_terug", "antwoord", {"tekst": "x" * 2001}, "tekst"),
        ("aanvaard", "maak_afspraak", {"dag": "2020-01-01", "uur": "10:00", "plaats": "x"}, "dag"),
        ("aanvaard", "maak_afspraak", {"dag": "2999-01-01", "uur": "10:00", "plaats": "x"}, "dag"),
        ("aanvaard", "maak_afspraak", {"dag": "", "uur": "25:99", "plaats": "x\x00"}, "dag uur plaats"),
        ("aanvaard", "help", {"tekst": ""}, "tekst"),
        ("aanvaard", "help_niet", {"reden": "x"}, "reden"),
        ("verzonden", "stop", {"tekst": ""}, "tekst"),
        ("verzonden", "trek_in", {}, "zeker"),
    ],
)
def test_a_bad_step_is_said_and_changes_nothing(staat, stap, velden, fout, verwijs, als, loket_ocmw):
    verwijzing = verwijs(staat)
    antwoord = als(loket_ocmw).post(adres(verwijzing, f"{stap}/"), {"versie": verwijzing.versie, **velden})
    assert antwoord.status_code == 200 and list(antwoord.context["form"].errors) == fout.split()
    assert Doorverwijzing.objects.get().staat == staat


def test_a_paper_of_before_the_proposal_or_of_tomorrow_is_refused(verwijs, als, loket_ocmw):
    verwijzing = verwijs()
    verbs.maak_blad(verwijzing=verwijzing, door=loket_ocmw)
    for dagen in (-1, 1):
        dag = f"{timezone.localdate() + timedelta(days=dagen):%Y-%m-%d}"
        velden = {"velden": VELDEN, "getekend_op": dag, "bewaard": "on"}
        antwoord = als(loket_ocmw).post(adres(verwijzing, "geef_akkoord/"), velden)
        assert list(antwoord.context["form"].errors) == ["getekend_op"]


def test_an_old_page_says_so_and_keeps_what_was_typed(verwijs, als, loket_ocmw, partner):
    verwijzing = verwijs("verzonden")
    verbs.aanvaard(verwijzing=verwijzing, door=partner)
    velden = {"versie": verwijzing.versie, "tekst": "Lang getypte reden"}
    antwoord = als(loket_ocmw).post(adres(verwijzing, "stop/"), velden)
    assert antwoord.status_code == 409
    assert "Ondertussen" in antwoord.content.decode() and "Lang getypte reden" in antwoord.content.decode()


def test_no_sheet_once_there_is_consent(verwijs, als, loket_ocmw):
    verwijzing = verwijs("akkoord")
    assert als(loket_ocmw).get(adres(verwijzing, "toestemming/"))["Location"] == adres(verwijzing)


def test_what_came_back_is_marked_in_the_lists_and_on_the_case(verwijs, als, loket_ocmw, partner):
    verwijzing = verwijs("verzonden")
    verbs.weiger(verwijzing=verwijzing, door=partner, reden="vol", tekst="Kanarie-weigering")
    client = als(loket_ocmw)
    lijst = client.get("/loket/werkbank/").content.decode()
    assert "De partner weigerde" in lijst and "anarie-" not in lijst
    assert (
        "De partner weigerde: er is geen plaats" in client.get(vraag_nu(verwijzing).get_absolute_url()).content.decode()
    )
    assert "Kanarie-weigering" in client.get(adres(verwijzing)).content.decode()
    client.post(adres(verwijzing, "gezien/"))
    assert "De partner weigerde" not in client.get("/loket/werkbank/").content.decode()


def test_reading_a_referral_at_the_desk_is_a_reading(verwijs, als, loket_ocmw):
    verwijzing = verwijs()
    assert "Kanarie-naam" in als(loket_ocmw).get(adres(verwijzing)).content.decode()
    assert list(Inzage.objects.values_list("door", "pagina")) == [(loket_ocmw.pk, "verwijzing")]


def test_the_list_costs_the_same_with_more_rows(
    verwijs, team_sociale_dienst, organisatie, als, loket_ocmw, django_assert_num_queries
):
    verwijs()
    client = als(loket_ocmw)
    for aantal in (1, 3):
        while Doorverwijzing.objects.count() < aantal:
            zaak = zaak_van(team_sociale_dienst, tekst=f"Zaak {Doorverwijzing.objects.count()}")
            verbs.stel_voor(
                vraag=zaak, organisatie=organisatie, velden=["naam"], door=loket_ocmw,
                geldig_tot=timezone.localdate() + timedelta(days=9),
            )  # fmt: skip
        client.get(NAAR)
        with django_assert_num_queries(10):
            client.get(NAAR)


# --- the client's own page --------------------------------------------------------------------


def test_without_the_code_there_is_no_page(verwijs, bewoner):
    verwijzing = verwijs()
    assert bewoner.get(mijn(verwijzing))["Location"] == "/loket/opvolgen/"
    assert bewoner.post(mijn(verwijzing, "geef_akkoord/"))["Location"] == "/loket/opvolgen/"


def test_a_referral_of_someone_else_is_not_there(verwijs, bewoner, eigen, team_sociale_dienst):
    verwijzing = verwijs()
    client = eigen(bewoner, zaak_van(team_sociale_dienst, tekst="Van iemand anders"))
    assert client.get(mijn(verwijzing)).status_code == 404
    assert client.post(mijn(verwijzing, "trek_in/")).status_code == 404


@pytest.mark.parametrize("stap", ["aanvaard", "verzend", "weiger", "stop", "help", "bestaat_niet"])
def test_the_client_has_only_their_own_steps(stap, verwijs, bewoner, eigen):
    verwijzing = verwijs("verzonden")
    assert eigen(bewoner, verwijzing.vraag).post(mijn(verwijzing, f"{stap}/"), {"tekst": "x"}).status_code == 404


def test_yes_and_no_per_field(verwijs, bewoner, eigen):
    verwijzing = verwijs()
    client = eigen(bewoner, verwijzing.vraag)
    pagina = client.get(mijn(verwijzing)).content.decode()
    assert "Kanarie-uitleg" in pagina and "checked" not in pagina
    leeg = client.post(mijn(verwijzing, "geef_akkoord/"), {"deel_naam": "ja"})
    assert sorted(leeg.context["form"].errors) == ["deel_tekst", "deel_telefoon", "deel_toelichting"]
    keuze = {"deel_naam": "ja", "deel_telefoon": "nee", "deel_tekst": "nee", "deel_toelichting": "ja"}
    assert client.post(mijn(verwijzing, "geef_akkoord/"), keuze).status_code == 302
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.staat, verwijzing.akkoord_velden, verwijzing.akkoord_hoe) == (
        "akkoord",
        ["naam", "toelichting"],
        "code",
    )


def test_no_to_everything_is_no(verwijs, bewoner, eigen):
    verwijzing = verwijs()
    keuze = {f"deel_{veld}": "nee" for veld in VELDEN}
    eigen(bewoner, verwijzing.vraag).post(mijn(verwijzing, "geef_akkoord/"), keuze)
    assert (Doorverwijzing.objects.get().staat, Doorverwijzing.objects.get().verzonden_op) == ("ingetrokken", None)


def test_the_client_follows_answers_stops_and_confirms(verwijs, bewoner, eigen, partner):
    verwijzing = verwijs("vraagt_terug")
    client = eigen(bewoner, verwijzing.vraag)
    assert "Kanarie-terugvraag" in client.get(mijn(verwijzing)).content.decode()
    client.post(mijn(verwijzing, "antwoord/"), {"tekst": "Sinds mei"})
    assert Doorverwijzing.objects.get().staat == "verzonden"
    for verb, velden in [(verbs.aanvaard, {}), (verbs.help, {"tekst": "Een pakket"})]:
        verb(verwijzing=verwijzing, door=partner, **velden)
    overzicht = client.get("/loket/opvolgen/dossier/").content.decode()
    assert "Voedselbank De Mand zegt dat je geholpen bent. Klopt dat?" in overzicht
    client.post(mijn(verwijzing, "bevestig/"))
    assert Doorverwijzing.objects.get().staat == "bevestigd"
    assert "Niets meer. De kopie is vernietigd." in client.get(mijn(verwijzing)).content.decode()


def test_stopping_twice_is_said(verwijs, bewoner, eigen):
    verwijzing = verwijs("aanvaard")
    client = eigen(bewoner, verwijzing.vraag)
    assert client.post(mijn(verwijzing, "trek_in/")).status_code == 302
    assert client.post(mijn(verwijzing, "trek_in/")).status_code == 409


def test_the_client_sees_who_read(verwijs, bewoner, eigen, als, partner):
    verwijzing = verwijs("verzonden")
    als(partner).get(f"/loket/partner/{verwijzing.referentie.lower()}/")
    client = eigen(bewoner, verwijzing.vraag)
    assert "Een medewerker van Voedselbank De Mand" in client.get("/loket/opvolgen/dossier/").content.decode()
    assert "voedselbank" not in client.get(mijn(verwijzing)).content.decode()  # no names of people
    assert "Een medewerker," in client.get(mijn(verwijzing)).content.decode()
