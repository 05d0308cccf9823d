"""Every input has one page, and from wherever somebody stands it is at most two clicks to "what was done with my words"."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from participatie.acties.antwoord import publiceer_antwoorden
from participatie.acties.doorwerking import kijk_na, leg_vast
from participatie.acties.inbreng import toon, verberg
from participatie.acties.namens import noteer_gesprek
from participatie.acties.samenvoegen import voeg_samen
from participatie.acties.steun import steun
from participatie.models import Inbreng, Ronde
from plan.acties.alineas import volg
from plan.acties.versies import bevries
from plan.models import Actie, Garantie
from sociaalhuis.models import UitgaandeMail
from sociaalhuis.tekst import plat

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
KLIKKEN = 2


class Lezer:
    """Somebody with a browser, who clicks: `pad` is where they stand, `klikken` how often they clicked."""

    def __init__(self, client):
        self.client, self.pad, self.klikken = client, "", 0

    def open(self, pad):
        self.pad, self.klikken = pad, 0
        self.pagina = self.client.get(pad)
        assert self.pagina.status_code == 200, pad
        return self

    def klik(self, woorden):
        """Follows the first link on this page whose words hold these."""
        links = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', self.pagina.content.decode(), re.S)
        adressen = [adres.replace("&amp;", "&") for adres, tekst in links if woorden in plat(tekst)]
        assert adressen, f"no link {woorden!r} on {self.pad}"
        klikken = self.klikken + 1
        self.open(urljoin(self.pad, adressen[0].split("#")[0]))
        self.klikken = klikken
        return self

    def vul_in(self, pad, **velden):
        """Posts a form of this page, which is a click as well."""
        self.pagina = self.client.post(pad, velden, follow=True)
        self.pad, self.klikken = self.pagina.redirect_chain[-1][0], self.klikken + 1
        return self


@pytest.fixture
def verteld(huis, ronde, actie, plan, mandaat, ouderenraad, geef, bewoner, coordinator, klaar):
    """A round that ran, was answered and carried out: what each person holds afterwards."""
    Garantie.objects.update(korte_omschrijving="Je woont veilig.")
    Actie.objects.update(lange_omschrijving="<p>Er komt één noodwoning bij.</p>")
    volg(Actie.objects.get(pk=actie.pk))
    bevries(plan=plan, door=coordinator, op=timezone.now() - timedelta(days=40))
    velden = {"onderdeel": "G1.1.a", "tekst": "Maak er twee", "email": "mia@voorbeeld.example"}
    bon = geef(bewoner, ronde, **velden)
    mia = toon(inbreng=Inbreng.objects.get(), door=coordinator)
    raad = Inbreng.objects.create(
        ronde=ronde, organisatie=ouderenraad, tekst="Twee woningen graag", onderdeel=actie, staat="zichtbaar"
    )
    eigen = Inbreng.objects.create(
        ronde=ronde, organisatie=mandaat.organisatie, tekst="Ook twee", onderdeel=actie, staat="zichtbaar"
    )
    steun(inbreng=raad, organisatie=mandaat.organisatie, door=mandaat.gebruiker)
    gesprek = {"plaats": "Buurthuis", "aantal": 20, "geleid_door": "Opbouwwerk", "datum": timezone.localdate()}
    noteer_gesprek(ronde=ronde, punten=[(actie, None, "Een tweede woning")], door=coordinator, **gesprek)
    groep = Inbreng.objects.get(kanaal="groep")
    Ronde.objects.update(sluit_op=timezone.now() - timedelta(hours=1))
    ronde.refresh_from_db()
    voeg_samen(leidend=mia, inbrengen=[raad, eigen, groep], door=coordinator)
    antwoord = klaar(mia, "overgenomen", reden="Eén is te weinig.", wijziging="Er komen er twee.")
    nieuw = {
        "soort": "tekst",
        "onderdeel": actie.pk,
        "veld": "lange_omschrijving",
        "nieuw": "Er komen twee woningen bij.",
    }
    leg_vast(antwoord=antwoord, door=coordinator, aangekondigd=nieuw)
    UitgaandeMail.objects.all().delete()
    publiceer_antwoorden(ronde=ronde, door=coordinator)
    Actie.objects.update(lange_omschrijving="<p>Er komen twee woningen bij.</p>")
    volg(Actie.objects.get(pk=actie.pk))
    bevries(plan=plan, door=coordinator, stap="bekendmaking")
    assert kijk_na(timezone.now()) == 1
    return {"mia": mia, "raad": raad, "eigen": eigen, "groep": groep, "code": CODE.search(bon.content.decode())[0]}


def aangekomen(lezer, inbreng):
    """Whether they read the whole story of these words, on the one page, in at most two clicks."""
    tekst = plat(lezer.pagina.content.decode())
    return (
        lezer.klikken <= KLIKKEN
        and lezer.pad == f"/participatie/inbreng/{inbreng.referentie}/"
        and inbreng.tekst in tekst
        and "Eén is te weinig." in tekst
        and "Er komen twee woningen bij." in tekst
        and "3 andere inbrengen vragen hetzelfde." in tekst
        and "Staat in het plan" in tekst
    )


def test_everyone_finds_in_two_clicks_what_was_done_with_their_words(
    verteld, bewoner, andere_bewoner, als, mandaat, ronde, plan, actie
):
    doel = "Wat gebeurde er met "
    # a citizen: from the page of the round, with the code of the receipt, and from the mail
    lezer = Lezer(bewoner)
    assert aangekomen(lezer.open(ronde.get_absolute_url()).klik(f"{doel}deze woorden? G1.1.a Noodwoning, Een inw"), verteld["mia"])  # fmt: skip
    lezer.open("/participatie/opvolgen/").vul_in("/participatie/opvolgen/", code=verteld["code"])
    assert aangekomen(lezer.klik(f"{doel}mijn woorden?"), verteld["mia"])
    mail = UitgaandeMail.objects.filter(tekst__contains=verteld["mia"].referentie).first()
    assert aangekomen(lezer.open(re.search(r"http://[^/]+(/\S+)", mail.tekst)[1]), verteld["mia"])
    # an organisation: from its corner, its list with the answers; what it supported stands there too
    spreker = Lezer(als(mandaat.gebruiker))
    spreker.open("/participatie/mijn/").klik("Onze inbreng").klik(f"{doel}onze woorden?")
    assert aangekomen(spreker, verteld["eigen"])
    spreker.open("/participatie/mijn/").klik("Onze inbreng").klik(f"{doel}deze woorden? {verteld['raad'].van}")
    assert aangekomen(spreker, verteld["raad"])
    # a supporter without an account: from the page where they supported, and through the search of the round
    steuner = Lezer(andere_bewoner)
    assert aangekomen(steuner.open(f"/participatie/inbreng/{verteld['raad'].referentie}/steunen/").klik("Volg wat er met"), verteld["raad"])  # fmt: skip
    steuner.open(f"{ronde.get_absolute_url()}?q=graag").klik(f"{doel}deze woorden?")
    assert aangekomen(steuner, verteld["raad"])
    # who sat in the group: the round shows conversations apart
    steuner.open(f"{ronde.get_absolute_url()}?wie=groepen").klik(f"{doel}deze woorden?")
    assert aangekomen(steuner, verteld["groep"])
    # who reads the plan: its part, the difference between two versions; and the reactienota
    assert aangekomen(steuner.open(actie.get_absolute_url()).klik("Een tweede woning"), verteld["groep"])
    assert aangekomen(steuner.open(f"/plan/{plan.slug}/versies/1/2/").klik("Ook twee"), verteld["eigen"])
    nota = steuner.open(f"{ronde.get_absolute_url()}reactienota/")
    assert aangekomen(nota.klik(verteld["groep"].referentie), verteld["groep"])


def test_the_story_stands_in_order_and_every_other_address_leads_to_it(verteld, bewoner, ronde, tmp_path, settings):
    mia, adres = verteld["mia"], f"/participatie/inbreng/{verteld['mia'].referentie}/"
    oud = bewoner.get(f"/participatie/inbreng/{mia.pk}/")
    assert (oud.status_code, oud["Location"]) == (301, adres)
    pagina = bewoner.get(adres)
    assert not pagina.cookies
    inhoud = pagina.content.decode()
    koppen = re.findall(r'</span><h2 class="kop-4">(.*?)</h2>', inhoud.replace('<li class="klaar"><h2', "</span><h2"))
    assert ">Inbreng van een inwoner</h1>" in inhoud
    assert koppen == ["Gezegd", "Nagelezen", "Samengevoegd", "Beantwoord", "Veranderd in het plan"]
    assert "Steun deze inbreng" not in inhoud and "Meld deze inbreng" in inhoud
    assert "Deze ronde is gesloten." in plat(bewoner.get(f"{adres}steunen/").content.decode())
    # open data and the sheet of the reactienota name the same address
    rijen = bewoner.get(f"{ronde.get_absolute_url()}inbreng.json").json()["inbreng"]
    assert {rij["adres"] for rij in rijen} == {
        f"{settings.SITE_URL}/participatie/inbreng/{rij.referentie}/" for rij in Inbreng.objects.all()
    }
    blad = tmp_path / "nota.xlsx"
    blad.write_bytes(bewoner.get(f"{ronde.get_absolute_url()}reactienota.xlsx").content)
    cellen = [cel for vel in load_workbook(blad) for rij in vel.iter_rows() for cel in rij if cel.hyperlink]
    assert {(cel.value, cel.hyperlink.target) for cel in cellen} == {
        (rij.referentie, f"{settings.SITE_URL}/participatie/inbreng/{rij.referentie}/") for rij in Inbreng.objects.all()
    }


def test_a_hidden_input_keeps_its_page_with_the_reason_and_a_replaced_standpoint_leads_on(
    huis, ronde, actie, mandaat, bewoner, als, coordinator, geef, maak_inbreng
):
    slecht = maak_inbreng(ronde, "Mijn buurman steelt", door=coordinator, naam_publiek="Jan")
    verberg(inbreng=slecht, door=coordinator, reden="Dit gaat over iemand die zich niet kan verdedigen.")
    pagina = bewoner.get(slecht.get_absolute_url())
    inhoud = pagina.content.decode()
    assert "zich niet kan verdedigen" in inhoud and "buurman" not in inhoud and "Jan" not in inhoud
    assert "Niet getoond" in inhoud and "Nog geen antwoord" not in inhoud and "Meld deze inbreng" not in inhoud
    client, velden = als(mandaat.gebruiker), {"organisatie": mandaat.organisatie.pk, "onderdeel": "G1.1.a"}
    geef(client, ronde, nummer=2, tekst="Te klein.", standpunt="bezwaar", **velden)
    geef(client, ronde, nummer=3, tekst="Goed zo.", standpunt="akkoord", **velden)
    oud, nieuw = Inbreng.objects.exclude(standpunt="").order_by("pk")
    door = bewoner.get(oud.get_absolute_url())
    assert (door.status_code, door["Location"]) == (302, nieuw.get_absolute_url())
    was = maak_inbreng(ronde, "", organisatie=mandaat.organisatie, met_formulier=True, staat="vervangen")
    assert bewoner.get(was.get_absolute_url()).status_code == 404  # nothing took its place
    nu = maak_inbreng(ronde, "", organisatie=mandaat.organisatie, met_formulier=True)
    assert bewoner.get(was.get_absolute_url())["Location"] == nu.get_absolute_url()
    inhoud = plat(bewoner.get(nieuw.get_absolute_url()).content.decode())
    assert "Eerder standpunt" in inhoud and "Te klein." in inhoud and "Steun deze inbreng" in inhoud
    # nothing of what nobody may see, by number nor by reference
    wacht = maak_inbreng(ronde, "Nog te lezen")
    for adres in (f"/participatie/inbreng/{wacht.pk}/", wacht.get_absolute_url(), "/participatie/inbreng/9999999/"):
        assert bewoner.get(adres).status_code == 404
    for rest in ("steunen/", "melden/"):
        assert bewoner.get(slecht.get_absolute_url() + rest).status_code == 404
