"""The portal of a partner: its own referrals and nothing else, only while the mandate runs, every reading written."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.utils import timezone

from loket.acties import verwijzing as verbs
from loket.acties.capaciteit import zeg_capaciteit
from loket.models import Capaciteit, Dienst, Doorverwijzing, Inzage, Toeleiding, Vraag
from loket.models.verwijzing import VOOR_PARTNER
from participatie.models import Mandaat
from sociaalhuis import rollen
from tests.loket.verwijzingen import mandaat_van, voorstel, zaak_van
from tests.loket.vragen import getekend

START = "/loket/partner/"
HIER = f"{START}voor/voedselbank/"
PADEN = ["", "capaciteit/", "breng/"]


def adres(verwijzing, rest=""):
    return f"{START}{verwijzing.referentie.lower()}/{rest}"


# --- who comes in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wie", ["loket_ocmw", "team_ocmw", "loket_gemeente", "beheer", "toezicht", "superuser", "andere_partner"]
)
def test_nobody_else_reads_a_copy(wie, verwijs, als, request):
    verwijzing = verwijs("verzonden")
    client = als(request.getfixturevalue(wie))
    antwoord = client.get(adres(verwijzing))
    assert antwoord.status_code == 404 and "anarie-" not in antwoord.content.decode()
    assert client.post(adres(verwijzing, "aanvaard/")).status_code == 404
    assert (Doorverwijzing.objects.get().staat, Inzage.objects.count()) == ("verzonden", 0)


@pytest.mark.parametrize("pad", PADEN)
@pytest.mark.parametrize("wie", ["loket_ocmw", "superuser", "toezicht", "voedselbank"])
def test_the_portal_is_for_who_speaks_for_a_partner(wie, pad, huis, als, request):
    """Also a representative without a mandate: the food bank's voice has none here."""
    client = als(request.getfixturevalue(wie))
    assert client.get(START + pad).status_code == 404
    assert client.post(START + pad).status_code in (404, 405)


@pytest.mark.parametrize("pad", [*PADEN, "2026-000000/"])
def test_without_login_to_the_door(pad, huis, bewoner):
    assert bewoner.get(START + pad)["Location"].startswith("/account/")


@pytest.mark.parametrize(
    "einde",
    [
        lambda m: Mandaat.objects.update(tot=timezone.now()),
        lambda m: Mandaat.objects.update(van=timezone.now() + timedelta(days=1)),
        lambda m: m.gebruiker.groups.clear(),
        lambda m: type(m.organisatie).objects.update(erkend_op=None),
    ],
)
def test_an_ended_mandate_ends_the_access_that_minute(einde, verwijs, als, partner, mandaat):
    verwijzing = verwijs("verzonden")
    client = als(partner)
    assert client.get(adres(verwijzing)).status_code == 200
    einde(mandaat)
    client = als(partner)
    for pad in (START, adres(verwijzing)):
        assert client.get(pad).status_code == 404
    assert client.post(adres(verwijzing, "aanvaard/")).status_code == 404
    with pytest.raises(Exception, match="niet meer voor jou"):
        verbs.aanvaard(verwijzing=verwijzing, door=type(partner).objects.get(pk=partner.pk))


def test_staff_of_the_desk_with_a_mandate_reads_it_as_a_partner(verwijs, als, maak_gebruiker, organisatie):
    """Two hats: the role of the partner opens the copy, and the trace says for whom."""
    wie = maak_gebruiker("twee.petten", rollen.ORGANISATIELID, medewerker=False)
    mandaat_van(wie, organisatie)
    verwijzing = verwijs("verzonden")
    als(wie).get(adres(verwijzing))
    assert Inzage.objects.get().organisatie == organisatie


def test_what_was_never_sent_is_not_there(verwijs, als, partner):
    verwijzing = verwijs("akkoord")
    client = als(partner)
    assert client.get(adres(verwijzing)).status_code == 404
    assert verwijzing.referentie not in client.get(START).content.decode()


def test_the_case_itself_stays_closed(verwijs, als, partner):
    verwijzing = verwijs("verzonden")
    client = als(partner)
    for pad in ("", "spoor/", f"doorverwijzing/{verwijzing.referentie.lower()}/"):
        assert client.get(verwijzing.vraag.get_absolute_url() + pad).status_code == 404
    assert list(Vraag.objects.zichtbaar_voor(partner)) == []


# --- reading ----------------------------------------------------------------------------------


def test_the_copy_holds_what_was_agreed_and_nothing_else(verwijs, als, partner):
    pagina = als(partner).get(adres(verwijs("verzonden"))).content.decode()
    for woord in ("Kanarie-naam", "0400 00 00 01", "Kanarie-tekst", "Kanarie-uitleg", "Wat mag je hiermee?"):
        assert woord in pagina
    for woord in ("kanarie@proefdorp.example", "Kanarie-adres", "loket.ocmw"):
        assert woord not in pagina


def test_the_case_reference_stays_inside(verwijs, als, partner):
    verwijzing = verwijs("verzonden")
    client = als(partner)
    assert (
        verwijzing.vraag.referentie
        not in client.get(adres(verwijzing)).content.decode() + client.get(START).content.decode()
    )


def test_every_reading_is_written_with_who_for_whom_and_when(verwijs, als, partner, organisatie, loket_ocmw):
    verwijzing = verwijs("verzonden")
    client = als(partner)
    for _ in range(2):
        client.get(adres(verwijzing))
    inzages = Inzage.objects.filter(reden="partner")
    assert list(inzages.values_list("door", "organisatie", "pagina")) == [(partner.pk, organisatie.pk, "gedeeld")] * 2
    assert "voedselbank, " in als(loket_ocmw).get(verwijzing.get_absolute_url()).content.decode()


def test_no_trace_means_no_copy(verwijs, als, partner):
    verwijzing = verwijs("verzonden")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE loket_inzage ADD CONSTRAINT vol CHECK (false) NOT VALID")
    with pytest.raises(DatabaseError):
        als(partner).get(adres(verwijzing))


def test_the_list_shows_nobody_and_leaves_no_trace(verwijs, als, partner):
    verwijzing = verwijs("afspraak")
    pagina = als(partner).get(START).content.decode()
    assert verwijzing.referentie in pagina and "anarie-" not in pagina
    assert Inzage.objects.count() == 0


@pytest.mark.parametrize("staat", [s.value for s in VOOR_PARTNER])
@pytest.mark.parametrize("einde", ["ingetrokken", "datum"])
def test_after_the_end_the_page_holds_nothing_and_does_nothing(einde, staat, verwijs, als, partner):
    verwijzing = verwijs(staat)
    client = als(partner)
    if einde == "datum":
        Doorverwijzing.objects.update(geldig_tot=timezone.localdate() - timedelta(days=1))
    else:
        verbs.trek_in(verwijzing=verwijzing)
    stand = Doorverwijzing.objects.get().staat
    antwoord = client.get(adres(verwijzing))
    assert antwoord.status_code == 200 and "is voorbij" in antwoord.content.decode()
    for stap in ("aanvaard", "help", "weiger", "vraag_terug"):
        antwoord = client.post(adres(verwijzing, f"{stap}/"), {"tekst": "x", "reden": "vol"})
        assert "anarie-" not in antwoord.content.decode()
    assert (Doorverwijzing.objects.get().staat, Inzage.objects.count()) == (stand, 0)


# --- doing ------------------------------------------------------------------------------------


def test_the_partner_walks_its_part(verwijs, als, partner):
    verwijzing = verwijs("verzonden")
    client = als(partner)

    def doe(stap, **velden):
        antwoord = client.post(adres(verwijzing, f"{stap}/"), {"versie": Doorverwijzing.objects.get().versie, **velden})
        assert antwoord["Location"] == adres(verwijzing)
        return Doorverwijzing.objects.get().staat

    assert doe("vraag_terug", tekst="Hoe oud?") == "vraagt_terug"
    assert doe("aanvaard") == "aanvaard"
    dag = f"{timezone.localdate() + timedelta(days=4):%Y-%m-%d}"
    assert doe("maak_afspraak", dag=dag, uur="09:15", plaats="Kouterstraat") == "afspraak"
    assert doe("meld_aankomst") == "aangekomen"
    assert doe("help", tekst="Een pakket") == "geholpen"
    assert "aan de vrager om te bevestigen" in client.get(adres(verwijzing)).content.decode()


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(verwijs, als, partner):
    verwijzing = verwijs("verzonden")
    antwoord = als(partner).post(adres(verwijzing, "weiger/"), {"reden": "", "tekst": "Lang getypt"})
    assert list(antwoord.context["form"].errors) == ["reden"] and "Lang getypt" in antwoord.content.decode()
    als(partner).post(adres(verwijzing, "weiger/"), {"reden": "doelgroep", "tekst": "Lang getypt"})
    assert Doorverwijzing.objects.get().reden == "doelgroep"


def test_a_second_tap_is_said(verwijs, als, partner):
    verwijzing = verwijs("verzonden")
    client, velden = als(partner), {"versie": verwijzing.versie}
    assert client.post(adres(verwijzing, "aanvaard/"), velden).status_code == 302
    tweede = client.post(adres(verwijzing, "aanvaard/"), velden)
    assert tweede.status_code == 409 and "Ondertussen" in tweede.content.decode()


@pytest.mark.parametrize("stap", ["verzend", "trek_in", "stop", "bevestig", "geef_akkoord", "gezien", "bestaat_niet"])
def test_what_is_not_of_the_partner_is_not_there(stap, verwijs, als, partner):
    assert als(partner).post(adres(verwijs("verzonden"), f"{stap}/")).status_code == 404
    assert als(partner).get(adres(Doorverwijzing.objects.get(), f"{stap}/")).status_code == 405


def test_the_portal_costs_the_same_with_more_rows(
    verwijs, als, partner, organisatie, loket_ocmw, team_sociale_dienst, django_assert_num_queries
):
    verwijs("verzonden")
    client = als(partner)
    for aantal in (1, 3):
        while Doorverwijzing.objects.count() < aantal:
            zaak = zaak_van(team_sociale_dienst, tekst=f"Zaak {Doorverwijzing.objects.count()}")
            verbs.geef_akkoord(
                verwijzing=voorstel(zaak, organisatie, loket_ocmw), velden=["naam", "telefoon", "tekst", "toelichting"]
            )
        client.get(START)
        with django_assert_num_queries(14):
            client.get(START)


# --- places and waiting time ------------------------------------------------------------------


@pytest.fixture
def dienst(organisatie, gemeente):
    return Dienst.objects.create(
        slug="pakket",
        titel="Voedselpakket",
        kort="Eten.",
        status="gepubliceerd",
        bestuur=gemeente,
        aanbieder=organisatie,
    )


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"rij0-vrije_plaatsen": "-1"}, "vrije_plaatsen"),
        ({"rij0-vrije_plaatsen": "10000"}, "vrije_plaatsen"),
        ({"rij0-vrije_plaatsen": "veel"}, "vrije_plaatsen"),
        ({"rij0-wachttijd": "9" * 40}, "wachttijd"),
        ({"rij0-opmerking": "x" * 161}, "opmerking"),
        ({"rij0-opmerking": "a\x00b"}, "opmerking"),
    ],
)
def test_odd_places_are_refused(velden, fout, huis, als, partner):
    antwoord = als(partner).post(START + "capaciteit/", velden)
    assert antwoord.status_code == 200
    assert list(antwoord.context["formulieren"].formulieren[0].errors) == [fout]
    assert not Capaciteit.objects.exists()


def test_places_are_kept_per_organisation_and_service(huis, als, partner, dienst, organisatie):
    velden = {
        "rij0-vrije_plaatsen": "3",
        "rij0-opmerking": "Op donderdag",
        "rij1-vrije_plaatsen": "0",
        "rij1-wachttijd": "14",
    }
    assert als(partner).post(START + "capaciteit/", velden)["Location"] == HIER
    rijen = Capaciteit.objects.order_by("pk").values_list(
        "dienst__slug", "vrije_plaatsen", "wachttijd", "bijgewerkt_door"
    )
    assert list(rijen) == [(None, 3, None, partner.pk), ("pakket", 0, 14, partner.pk)]
    Capaciteit.objects.update(bijgewerkt_op=timezone.now() - timedelta(days=40))
    als(partner).post(START + "capaciteit/", velden)
    assert not any(rij.is_oud for rij in Capaciteit.objects.all())


def test_nobody_speaks_of_the_places_of_another(huis, partner, loket_ocmw, andere_organisatie, dienst):
    velden = {"vrije_plaatsen": 1, "wachttijd": None, "opmerking": ""}
    for organisatie, dienst_, door in [
        (andere_organisatie, None, partner),
        (andere_organisatie, dienst, partner),
        (dienst.aanbieder, None, loket_ocmw),
    ]:
        with pytest.raises(PermissionDenied):
            zeg_capaciteit(organisatie=organisatie, dienst=dienst_, door=door, **velden)


# --- bringing someone to the house ------------------------------------------------------------


def ingevuld(van, **velden):
    return {
        "bewijs": getekend(), "organisatie": van.code, "tekst": "Kanarie-vraag", "antwoordwijze": "telefoon",
        "telefoon": "0400 00 00 09", "naam": "Kanarie-naam", "toestemming": "erbij", "akkoord": "on", **velden,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"toestemming": ""}, "toestemming"),
        ({"akkoord": ""}, "akkoord"),
        ({"tekst": ""}, "tekst"),
        ({"tekst": "x" * 5001}, "tekst"),
        ({"tekst": "a\x00b"}, "tekst"),
        ({"telefoon": ""}, "telefoon"),
        ({"organisatie": "caw"}, "organisatie"),
    ],
)
def test_bringing_needs_consent_and_a_question(
    velden, fout, huis, als, partner, organisatie, andere_organisatie, team_sociale_dienst
):
    antwoord = als(partner).post(START + "breng/", ingevuld(organisatie, **velden))
    assert antwoord.status_code == 200 and list(antwoord.context["form"].errors) == [fout]
    assert not Vraag.objects.exists()


def test_who_speaks_for_one_organisation_is_not_asked_for_which(huis, als, partner, organisatie, team_sociale_dienst):
    """The page shows no field for it, so the browser sends nothing."""
    velden = ingevuld(organisatie)
    del velden["organisatie"]
    assert 'name="organisatie"' not in als(partner).get(START + "breng/").content.decode()
    assert als(partner).post(START + "breng/", velden)["Location"] == HIER
    assert Toeleiding.objects.get().organisatie == organisatie


def test_who_speaks_for_two_organisations_chooses_one(
    huis, als, partner, organisatie, andere_organisatie, team_sociale_dienst
):
    mandaat_van(partner, andere_organisatie)
    velden = ingevuld(organisatie)
    del velden["organisatie"]
    assert 'name="organisatie"' in als(partner).get(START + "breng/").content.decode()
    antwoord = als(partner).post(START + "breng/", velden)
    assert antwoord.context["form"].errors == {"organisatie": ["Kies een organisatie."]}
    antwoord = als(partner).post(START + "breng/", velden | {"organisatie": andere_organisatie.code})
    assert antwoord["Location"] == f"{START}voor/caw/"
    assert Toeleiding.objects.get().organisatie == andere_organisatie


def test_who_was_brought_is_followed_by_stand_only(huis, als, partner, organisatie, team_sociale_dienst, loket_ocmw):
    client, velden = als(partner), ingevuld(organisatie)
    assert client.post(START + "breng/", velden)["Location"] == HIER
    client.post(START + "breng/", velden)
    toeleiding = Toeleiding.objects.get()
    vraag = toeleiding.vraag
    assert (vraag.kanaal, vraag.quarantaine, toeleiding.toestemming) == ("partner", "", "erbij")
    pagina = client.get(START).content.decode()
    assert vraag.referentie in pagina and "Ontvangen" in pagina and "anarie-" not in pagina
    assert client.get(vraag.get_absolute_url()).status_code == 404
    assert "Via een partner" in als(loket_ocmw).get(vraag.get_absolute_url()).content.decode()


def test_the_stand_of_who_was_brought_has_three_words(huis, als, partner, organisatie, team_sociale_dienst, loket_ocmw):
    als(partner).post(START + "breng/", ingevuld(organisatie))
    woorden = []
    for staat in Vraag.Staat.values:
        toeleiding = Toeleiding.objects.select_related("vraag").get()
        toeleiding.vraag.staat = staat
        woorden.append(toeleiding.stand.woord)
    assert set(woorden) == {"Ontvangen", "In behandeling", "Afgerond"}


def test_another_partner_does_not_see_who_was_brought(
    huis, als, partner, andere_partner, organisatie, team_sociale_dienst
):
    als(partner).post(START + "breng/", ingevuld(organisatie))
    assert Toeleiding.objects.get().vraag.referentie not in als(andere_partner).get(START).content.decode()


def test_each_organisation_has_its_own_pages_for_who_speaks_for_two(
    verwijs, als, partner, andere_partner, andere_organisatie
):
    """The chosen one only: its referrals, its places, its file; another's address is not there."""
    verwijzing = verwijs("verzonden")
    een = als(partner).get(START).content.decode()
    assert verwijzing.referentie in een and "Voor welke kom je nu?" not in een  # one organisation: all there is
    assert [als(andere_partner).get(HIER + pad).status_code for pad in PADEN] == [404] * 3
    mandaat_van(partner, andere_organisatie)
    client = als(partner)
    keuze = client.get(START).content.decode()
    assert "Voor welke kom je nu?" in keuze and HIER in keuze and f"{START}voor/caw/" in keuze
    assert "1 doorverwijzing wacht op jullie antwoord" in keuze and verwijzing.referentie not in keuze
    assert verwijzing.referentie in client.get(HIER).content.decode()
    ander = client.get(f"{START}voor/caw/").content.decode()
    assert verwijzing.referentie not in ander and "Voedselbank De Mand" not in ander
    assert "Voedselbank De Mand" not in client.get(f"{START}voor/caw/capaciteit/").content.decode()
    assert 'name="organisatie"' not in client.get(f"{START}voor/caw/breng/").content.decode()
    bladen = [
        client.post(f"{START}voor/{code}/doorverwijzingen.csv").content.decode() for code in ("caw", "voedselbank")
    ]
    assert [verwijzing.referentie in blad for blad in bladen] == [False, True]
    assert Inzage.objects.filter(pagina=Inzage.Pagina.LIJST).count() == 1  # only what was in the file was read
    Mandaat.objects.filter(organisatie=andere_organisatie, gebruiker=partner).update(tot=timezone.now())
    over = client.post(f"{START}voor/caw/breng/", {"tekst": "Wat ik typte"})
    assert over.status_code == 403 and "Wat ik typte" in over.content.decode()
