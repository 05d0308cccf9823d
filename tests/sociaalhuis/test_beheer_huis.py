"""The house, the besturen, areas, organisations and the outbox in the admin."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from sociaalhuis.models import Bestuur, Gebied, Huis, Organisatie, UitgaandeMail

HUIS = "/beheer/sociaalhuis/huis/1/change/"


def velden(obj):
    """What the form of an object would send."""
    form_velden = obj._meta.fields
    return {v.name: v.value_from_object(obj) or "" for v in form_velden if v.editable and v.name not in {"id", "logo"}}


def fouten(response):
    return response.context["adminform"].form.errors


def test_lijst_van_huizen_is_meteen_het_formulier(als, beheer, huis):
    assert als(beheer).get("/beheer/sociaalhuis/huis/").url == HUIS


def test_zonder_huis_maak_je_het(als, beheer):
    assert als(beheer).get("/beheer/sociaalhuis/huis/").url == "/beheer/sociaalhuis/huis/add/"


def test_tweede_huis_en_verwijderen_kan_niet(als, superuser, huis):
    client = als(superuser)
    assert client.get("/beheer/sociaalhuis/huis/add/").status_code == 403
    assert client.post("/beheer/sociaalhuis/huis/1/delete/", {"post": "yes"}).status_code == 403


def test_onleesbare_kleur_wordt_geweigerd_met_de_reden(als, beheer, huis):
    response = als(beheer).post(HUIS, {**velden(huis), "accent": "#f5d90a"})
    assert fouten(response) == {
        "accent": [
            "Witte tekst is op deze kleur niet leesbaar (contrast 1,4, nodig is 4,5). Kies een donkerdere kleur."
        ]
    }
    assert "niet leesbaar" in response.content.decode()
    assert Huis.objects.get().accent == "#1d5c56"


def test_leesbare_kleur_wordt_bewaard(als, beheer, huis):
    assert als(beheer).post(HUIS, {**velden(huis), "accent": "#7a1f3d"}).status_code == 302
    assert Huis.objects.get().accent == "#7a1f3d"


def beeld(naam, zijde=40, soort="PNG"):
    """A real picture, as a file to upload."""
    uit = BytesIO()
    Image.effect_noise((zijde, zijde), 80).save(uit, soort)
    return SimpleUploadedFile(naam, uit.getvalue())


@pytest.mark.parametrize(
    ("bestand", "reden"),
    [
        (beeld("logo.gif", soort="GIF"), "Kies een PNG of een JPEG."),
        (beeld("logo.png", zijde=600), "Dit logo is te zwaar. Maak het kleiner: hoogstens 200 kB."),
        (
            SimpleUploadedFile("logo.png", b"<script>alert(1)</script>"),
            "Dit bestand is geen afbeelding, of het is beschadigd. Kies een ander bestand.",
        ),
    ],
)
def test_logo_dat_niet_kan(als, beheer, huis, bestand, reden):
    response = als(beheer).post(HUIS, {**velden(huis), "logo": bestand})
    assert fouten(response) == {"logo": [reden]}
    assert not Huis.objects.get().logo


def test_zonder_logo_is_er_geen(client, huis):
    assert client.get("/huis/logo/").status_code == 404


def test_logo_staat_meteen_op_de_site(als, client, beheer, huis, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bestand = beeld("logo.png")
    assert als(beheer).post(HUIS, {**velden(huis), "logo": bestand}).status_code == 302
    response = client.get("/huis/logo/")
    bestand.seek(0)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert b"".join(response.streaming_content) == bestand.read()
    assert '<img class="merk-beeld" src="/huis/logo/"' in client.get("/").content.decode()


def test_logo_waarvan_het_bestand_weg_is(client, huis):
    Huis.objects.update(logo="huis/weg.png")
    assert client.get("/huis/logo/").status_code == 404


def test_er_zijn_twee_besturen_en_dat_blijft_zo(als, superuser, gemeente, ocmw):
    client = als(superuser)
    assert client.get("/beheer/sociaalhuis/bestuur/add/").status_code == 403
    url = reverse("admin:sociaalhuis_bestuur_change", args=[ocmw.pk])
    assert client.post(url, {"naam": "OCMW", "code": "gemeente", "ondernemingsnummer": ""}).status_code == 302
    assert [b.code for b in Bestuur.objects.all()] == ["gemeente", "ocmw"]
    assert client.post(reverse("admin:sociaalhuis_bestuur_delete", args=[ocmw.pk])).status_code == 403


def test_gebieden_staan_als_boom(als, beheer):
    gemeente = Gebied.objects.create(code="g", naam="Zandrode", soort="gemeente")
    noord = Gebied.objects.create(code="n", naam="Noord", soort="deelgemeente", ouder=gemeente, volgorde=2)
    Gebied.objects.create(code="z", naam="Zuid", soort="deelgemeente", ouder=gemeente, volgorde=1)
    Gebied.objects.create(code="a", naam="Akker", soort="wijk", ouder=noord)
    rijen = als(beheer).get("/beheer/sociaalhuis/gebied/").context["cl"].result_list
    assert [(g.naam, g.diepte) for g in rijen] == [("Zandrode", 0), ("Zuid", 1), ("Noord", 1), ("Akker", 2)]


@pytest.fixture
def vzw():
    return {"naam": "De Mand", "code": "de-mand", "soort": "vzw", "ondernemingsnummer": ""}


NIEUW = "/beheer/sociaalhuis/organisatie/add/"


@pytest.mark.parametrize("nummer", ["0999.100.098", "123", "BE 09991000"])
def test_fout_ondernemingsnummer(als, beheer, vzw, nummer):
    response = als(beheer).post(NIEUW, {**vzw, "ondernemingsnummer": nummer})
    assert fouten(response) == {
        "ondernemingsnummer": ["Dit ondernemingsnummer klopt niet. Kijk de tien cijfers na, bijvoorbeeld 0123.456.749."]
    }


@pytest.mark.parametrize("nummer", ["BE 0999.100.097", "0999100097", " 0999 100 097 "])
def test_ondernemingsnummer_in_elke_schrijfwijze(als, beheer, vzw, nummer):
    assert als(beheer).post(NIEUW, {**vzw, "ondernemingsnummer": nummer}).status_code == 302
    assert Organisatie.objects.get().ondernemingsnummer == "0999100097"


def test_nummer_dat_al_bestaat(als, beheer, vzw, organisatie):
    response = als(beheer).post(NIEUW, {**vzw, "ondernemingsnummer": "0999.100.097"})
    assert fouten(response) == {
        "ondernemingsnummer": ["Dit nummer hoort al bij Voedselbank De Mand. Werk die organisatie bij."]
    }


def test_feitelijke_vereniging_heeft_geen_nummer(als, beheer, vzw):
    response = als(beheer).post(NIEUW, {**vzw, "soort": "feitelijke-vereniging", "ondernemingsnummer": "0999100097"})
    assert "Een feitelijke vereniging heeft geen ondernemingsnummer" in str(fouten(response))


@pytest.mark.parametrize("rol", ["beheer", "toezicht", "superuser"])
def test_uitgaande_mail_toont_geen_tekst_en_geen_adres(als, request, rol):
    mail = UitgaandeMail.objects.create(
        sleutel="s", message_id="<1@x>", aan="kanarie@proefdorp.example", onderwerp="Er is nieuws", tekst="kanarietekst"
    )
    client = als(request.getfixturevalue(rol))
    url = reverse("admin:sociaalhuis_uitgaandemail_change", args=[mail.pk])
    for pagina in ("/beheer/sociaalhuis/uitgaandemail/", url):
        inhoud = client.get(pagina).content.decode()
        assert "k…@proefdorp.example" in inhoud
        assert "kanarie" not in inhoud
    assert client.post(url, {"onderwerp": "x"}).status_code == 403
