"""Coming to a meeting: not allowed, too late, twice, the last place; the waiting list, reminders, the own calendar."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from icalendar import Calendar

from participatie.acties import agendalink, bewaren, uitnodigen
from participatie.acties import inschrijving as verbs
from participatie.acties import overleg as overleg_verbs
from participatie.models import Agendalink, Inschrijving, Overleguitnodiging
from participatie.staat import MagNiet
from sociaalhuis.models import UitgaandeMail
from tests.participatie.overleggen import maak_overleg

PAD = "/participatie/overleg/buurtgesprek/inschrijven/"
NUL = "\x00"


def tekst(response):
    return response.content.decode()


def kom(overleg, nummer, **velden):
    """A registration by a verb; `nummer` is the number of the post."""
    return verbs.schrijf_in(overleg=overleg, naam=f"Naam {nummer}", inzending=f"{nummer:032x}", **velden)


def mails(woord):
    rijen = UitgaandeMail.objects.filter(onderwerp__startswith=woord).select_related("dossiersleutel")
    return sorted(mail.adres for mail in rijen)


@pytest.fixture
def overleg(huis, planner):
    return maak_overleg(planner, plaatsen=3)


@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        ({"naam": ""}, "Schrijf hoe we je mogen noemen."),
        ({"naam": "\u202e \u200b"}, "Schrijf hoe we je mogen noemen."),
        ({"naam": "x" * 5000}, "Maak je naam korter: hoogstens 80 tekens."),
        ({"naam": f"a{NUL}"}, "Hier staat een teken in dat we niet kunnen bewaren."),
        ({"email": "sam"}, "Dit e-mailadres klopt niet."),
        ({"aantal": ""}, "Vul in met hoeveel jullie komen."),
        ({"aantal": "0"}, "Vul minstens 1 in."),
        ({"aantal": "7"}, "Schrijf hoogstens 6 mensen samen in."),
        ({"nodig": "vleugels"}, "Deze keuze bestaat niet. Kies opnieuw."),
        ({"nodig_tekst": "x" * 5000}, "Je tekst is te lang: hoogstens 300 tekens."),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(bewoner, overleg, bewijs, fout, zin):
    velden = {"bewijs": bewijs(), "naam": "<script>Sam", "aantal": "1", "email": "", "nodig_tekst": "Een kruk", **fout}
    response = bewoner.post(PAD, velden)
    assert response.status_code == 200 and zin in tekst(response)
    assert "naam" in fout or 'value="&lt;script&gt;Sam"' in tekst(response)
    assert not Inschrijving.objects.exists()


def test_who_may_not_come(bewoner, als, overleg, planner, voedselbank, mandaat, organisatie, ouderenraad, loket_ocmw):
    with pytest.raises(PermissionDenied):  # in the name of somebody else's organisation
        kom(overleg, 1, door=voedselbank, organisatie=ouderenraad)
    besloten = maak_overleg(planner, "Besloten", openbaar=False)
    for wie in ({"door": loket_ocmw}, {}, {"door": voedselbank, "organisatie": organisatie}):
        with pytest.raises(PermissionDenied):
            kom(besloten, 2, **wie)
    ander = uitnodigen.nodig_persoon_uit(overleg=overleg, door=planner, naam="Sam", email="sam@proefdorp.example")
    with pytest.raises(PermissionDenied):  # an invitation to another meeting
        kom(besloten, 3, uitnodiging=ander)
    eigen = kom(overleg, 4, door=voedselbank, organisatie=organisatie)
    with pytest.raises(MagNiet, match="al ingeschreven"):
        kom(overleg, 5, door=voedselbank, organisatie=organisatie)
    with pytest.raises(PermissionDenied):
        verbs.meld_af(inschrijving=eigen, door=loket_ocmw)
    assert (
        als(loket_ocmw).post("/participatie/mijn/overleg/", {"doe": "meld_af", "inschrijving": eigen.pk}).status_code
        == 404
    )
    assert (
        als(loket_ocmw).post("/participatie/mijn/overleg/", {"doe": "meld_af", "inschrijving": "x"}).status_code == 404
    )
    assert als(loket_ocmw).post("/participatie/mijn/overleg/", {"doe": "toveren"}).status_code == 404
    assert bewoner.get(f"/participatie/overleg/inschrijving/{eigen.referentie}/{'0' * 32}/").status_code == 404
    assert bewoner.get(f"/participatie/overleg/uitnodiging/{ander.referentie}/{'0' * 32}/").status_code == 404
    assert als(voedselbank).post(PAD, {"organisatie": ouderenraad.pk, "aantal": "1"}).status_code == 200
    assert Inschrijving.objects.get() == eigen


def test_too_late_is_said_and_keeps_nothing(bewoner, overleg, bewijs, planner):
    rij = kom(overleg, 1)
    type(overleg).objects.update(begin=timezone.now() - timedelta(minutes=1))
    overleg.refresh_from_db()
    response = bewoner.post(PAD, {"bewijs": bewijs(), "naam": "Sam", "aantal": "1"})
    assert response.status_code == 200 and "Inschrijven kan niet meer" in tekst(response)
    with pytest.raises(MagNiet, match="Afmelden kan niet meer"):
        verbs.meld_af(inschrijving=rij)
    assert "Afmelden kan niet meer" in tekst(bewoner.post(rij.bewijs_url, follow=True))
    assert kom(overleg, 1) == rij  # what was acknowledged, stays so
    assert Inschrijving.objects.count() == 1


def test_a_citizen_comes_waits_moves_up_and_cancels(bewoner, andere_bewoner, overleg, bewijs, planner):
    velden = {
        "bewijs": bewijs(),
        "naam": "Sam",
        "email": "sam@proefdorp.example",
        "aantal": "2",
        "nodig": ["tolk"],
        "nodig_tekst": "Arabisch",
    }
    eerste = bewoner.post(PAD, velden)
    assert bewoner.post(PAD, velden).url == eerste.url  # a double tap
    sam = Inschrijving.objects.get()
    assert (sam.staat, sam.aantal, sam.noden, sam.met_noden) == ("ingeschreven", 2, ["Een tolk", "Arabisch"], True)
    bon = tekst(bewoner.get(eerste.url))
    assert "Je bent ingeschreven" in bon and sam.referentie in bon and "sam@" not in bon and "Arabisch" not in bon
    assert "Nog 1 plaats vrij" in tekst(andere_bewoner.get("/participatie/overleg/buurtgesprek/"))
    groep = kom(overleg, 2, aantal=2, email="groep@proefdorp.example")
    alleen = kom(overleg, 3, email="alleen@proefdorp.example")  # fits where a group does not
    laatste = kom(overleg, 4, email="laatste@proefdorp.example")
    assert [rij.staat for rij in (groep, alleen, laatste)] == ["wachtlijst", "ingeschreven", "wachtlijst"]
    assert "Zet me op de wachtlijst" in tekst(andere_bewoner.get("/participatie/overleg/buurtgesprek/"))
    assert "Je staat op de wachtlijst" in tekst(andere_bewoner.get(laatste.bewijs_url))
    assert bewoner.post(eerste.url).status_code == 302
    assert bewoner.post(eerste.url).status_code == 302  # a second tap changes nothing
    assert "Je bent afgemeld" in tekst(bewoner.get(eerste.url))
    staten = {rij.pk: rij.staat for rij in Inschrijving.objects.all()}
    assert [staten[rij.pk] for rij in (sam, groep, alleen, laatste)] == [
        "afgemeld",
        "ingeschreven",
        "ingeschreven",
        "wachtlijst",
    ]
    assert mails("Er is een plaats vrij") == ["groep@proefdorp.example"]
    assert mails("Je inschrijving (") == [f"{n}@proefdorp.example" for n in ("alleen", "groep", "laatste", "sam")]
    # fewer places than people is refused; more places let who waits in
    with pytest.raises(MagNiet, match="Er zijn al 3 mensen ingeschreven"):
        overleg_verbs.wijzig_overleg(overleg=overleg, door=planner, plaatsen=2)
    overleg_verbs.wijzig_overleg(overleg=overleg, door=planner, plaatsen=None)
    laatste.refresh_from_db()
    assert laatste.staat == "ingeschreven"
    with pytest.raises(IntegrityError, match="inschrijving_past_in_de_zaal"), transaction.atomic():
        type(overleg).objects.filter(pk=overleg.pk).update(plaatsen=1)
        Inschrijving.objects.filter(pk=alleen.pk).update(aantal=2)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_taken_by_two_at_once_goes_to_one(overleg):
    type(overleg).objects.update(plaatsen=1)
    samen, fouten = threading.Barrier(4), []

    def doe(nummer):
        try:
            samen.wait(10)
            kom(overleg, nummer)
        except Exception as fout:  # told below
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(nummer,)) for nummer in (1, 2, 3, 3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert fouten == []
    assert sorted(Inschrijving.objects.values_list("staat", flat=True)) == ["ingeschreven", "wachtlijst", "wachtlijst"]


def test_an_invited_person_sees_the_meeting_and_comes_without_an_account(bewoner, overleg, bewijs, planner):
    besloten = maak_overleg(planner, "Stuurgroep", openbaar=False, link="https://video.proefdorp.example/kamer")
    uitnodiging = uitnodigen.nodig_persoon_uit(
        overleg=besloten, door=planner, naam="Sam", email="sam@proefdorp.example"
    )
    pagina = tekst(bewoner.get(uitnodiging.url))
    assert "Je bent uitgenodigd: Stuurgroep" in pagina and "video.proefdorp.example" in pagina and "sam@" not in pagina
    assert bewoner.post(uitnodiging.url, {"bewijs": bewijs(), "aantal": "9"}).status_code == 200
    bon = bewoner.post(uitnodiging.url, {"bewijs": bewijs(), "aantal": "1"})
    assert bon.status_code == 302 and "Online meedoen" in tekst(bewoner.get(bon.url))
    assert "We weten dat je komt" in tekst(bewoner.get(uitnodiging.url))
    assert b"video.proefdorp.example" in bewoner.get(f"{bon.url}overleg.ics").content
    rij = Inschrijving.objects.get()
    assert (rij.naam, rij.email, rij.uitnodiging) == ("Sam", "sam@proefdorp.example", uitnodiging)
    with pytest.raises(MagNiet, match="Meld de inschrijving af"):
        uitnodigen.trek_uitnodiging_in(uitnodiging=uitnodiging, door=planner)
    # three months after the meeting nobody knows who it was
    type(besloten).objects.filter(pk=besloten.pk).update(
        begin=timezone.now() - timedelta(days=93), einde=timezone.now() - timedelta(days=92, hours=1)
    )
    assert [bewaren.wis_na_overleg(model)(timezone.now()).aantal for model in (Inschrijving, Overleguitnodiging)] == [
        1,
        1,
    ]
    rij = Inschrijving.objects.get()
    assert (rij.naam, rij.noden, rij.aantal) == ("[gewist]", [], 1)
    assert not UitgaandeMail.objects.exists()


def test_reminders_go_a_week_and_a_day_before_and_once(overleg, planner, voedselbank, mandaat, organisatie):
    begin = datetime(2030, 7, 10, 19, tzinfo=ZoneInfo("Europe/Brussels"))
    type(overleg).objects.update(begin=begin, einde=begin + timedelta(hours=2))
    overleg.refresh_from_db()
    kom(overleg, 1, email="sam@proefdorp.example")
    af = kom(overleg, 2, email="af@proefdorp.example")
    verbs.meld_af(inschrijving=af)
    uitnodigen.nodig_uit(overleg=overleg, door=planner, organisaties=[organisatie])
    assert verbs.herinner(begin - timedelta(days=8)) == 0
    assert verbs.herinner(begin - timedelta(days=6, hours=16)) == 0  # three in the night
    assert verbs.herinner(begin - timedelta(days=6)) == 2
    assert verbs.herinner(begin - timedelta(days=6)) == 0
    assert mails("Binnenkort is er overleg") == ["sam@proefdorp.example"]
    assert mails("Kom je naar het overleg?") == ["voedselbank@proefdorp.example"]
    assert verbs.herinner(begin - timedelta(days=1, hours=5)) == 1
    assert verbs.herinner(begin - timedelta(hours=5)) == 0
    assert mails("Morgen is er overleg") == ["sam@proefdorp.example"]
    overleg_verbs.wijzig_overleg(  # moved: reminded again
        overleg=overleg,
        door=planner,
        reden="Zaal",
        begin=begin + timedelta(days=7),
        einde=begin + timedelta(days=7, hours=2),
    )
    assert verbs.herinner(begin + timedelta(days=6)) == 1
    assert len(mails("Morgen is er overleg")) == 2


def test_the_calendar_of_an_organisation_has_a_secret_address_that_ends_with_the_mandate(
    bewoner, als, overleg, planner, voedselbank, mandaat, organisatie, ouderenraad
):
    stuur = maak_overleg(planner, "Stuurgroep", openbaar=False, link="https://video.proefdorp.example/kamer")
    uitnodigen.nodig_uit(overleg=stuur, door=planner, organisaties=[organisatie])
    browser = als(voedselbank)
    pagina = tekst(browser.post("/participatie/mijn/overleg/", {"doe": "adres", "mandaat": mandaat.pk}))
    pad = pagina.split('<code class="lang-adres">http://testserver')[1].split("</code>")[0]
    (rij,) = Calendar.from_ical(bewoner.get(pad).content).walk("VEVENT")
    assert str(rij["SUMMARY"]) == "Stuurgroep" and "https://video.proefdorp.example/kamer" in str(rij["DESCRIPTION"])
    assert "lang-adres" not in tekst(browser.get("/participatie/mijn/overleg/"))
    browser.post("/participatie/mijn/overleg/", {"doe": "adres", "mandaat": mandaat.pk})
    assert bewoner.get(pad).status_code == 404  # the old one
    geheim = agendalink.vernieuw(mandaat=mandaat, door=voedselbank)
    nieuw = f"/participatie/overleg/agenda/{geheim}.ics"
    assert bewoner.get(nieuw).status_code == 200 and geheim not in Agendalink.objects.get().hash
    with pytest.raises(PermissionDenied):
        agendalink.vernieuw(mandaat=mandaat, door=planner)
    mandaat.tot = timezone.now()
    mandaat.save()
    assert bewoner.get(nieuw).status_code == 404
    assert browser.post("/participatie/mijn/overleg/", {"doe": "adres_weg", "mandaat": mandaat.pk}).status_code == 404


def test_an_organisation_comes_from_its_corner_and_cancels_there(
    als, overleg, planner, voedselbank, mandaat, organisatie, bewijs
):
    uitnodigen.nodig_uit(overleg=overleg, door=planner, organisaties=[organisatie])
    browser = als(voedselbank)
    assert "Je zei nog niet of je komt" in tekst(browser.get("/participatie/mijn/overleg/"))
    assert browser.post(PAD, {"bewijs": bewijs(), "organisatie": organisatie.pk, "aantal": "2"}).status_code == 302
    rij = Inschrijving.objects.get()
    assert (rij.organisatie, rij.gebruiker, rij.aantal, rij.email) == (organisatie, voedselbank, 2, None)
    assert "Je komt" in tekst(browser.get("/participatie/mijn/overleg/"))
    assert "Je bent al ingeschreven" in tekst(browser.get(PAD))
    browser.post("/participatie/mijn/overleg/", {"doe": "meld_af", "inschrijving": rij.pk})
    rij.refresh_from_db()
    assert rij.staat == "afgemeld"


def test_who_is_invited_and_cannot_come_says_so(
    bewoner, als, overleg, planner, voedselbank, mandaat, organisatie, loket_ocmw, bewijs
):
    sam = uitnodigen.nodig_persoon_uit(overleg=overleg, door=planner, naam="Sam", email="sam@proefdorp.example")
    mijn = "/participatie/mijn/overleg/"
    niet = {"doe": "komt_niet", "overleg": overleg.pk}
    for wie in ({}, {"door": voedselbank}):  # nobody; a public meeting, but not invited
        with pytest.raises(PermissionDenied):
            verbs.verontschuldig(overleg=overleg, **wie)
    assert als(voedselbank).post(mijn, niet).status_code == 404
    uitnodigen.nodig_uit(overleg=overleg, door=planner, organisaties=[organisatie])
    browser = als(voedselbank)
    for _ in range(2):  # twice the same click
        browser.post(mijn, niet)
    pagina = tekst(browser.get(mijn))
    assert "Je komt niet" in pagina and "Ik kom toch" in pagina and "Ik kan niet" not in pagina
    for _ in range(2):
        assert bewoner.post(sam.url, {"doe": "komt_niet"}).url == sam.url
    assert "Je liet weten dat je niet komt" in tekst(bewoner.get(sam.url))
    rijen = Inschrijving.objects.order_by("pk")
    assert [(rij.organisatie, rij.gebruiker, rij.naam, rij.staat) for rij in rijen] == [
        (organisatie, voedselbank, None, "afgemeld"),
        (None, None, "Sam", "afgemeld"),
    ]
    lijst = tekst(als(planner).get(f"/participatie/beheer/overleg/{overleg.slug}/aanwezig/"))
    assert "Verontschuldigd" in lijst and f"{voedselbank.naam}, {organisatie.naam}" in lijst and "<li id=" in lijst
    begin = timezone.now() + timedelta(days=5)
    type(overleg).objects.update(begin=begin, einde=begin + timedelta(hours=1))
    Overleguitnodiging.objects.update(verstuurd_op=timezone.now() - timedelta(days=4))
    verbs.herinner(begin.replace(hour=12) - timedelta(days=4))
    assert mails("Kom je naar het overleg?") == []  # they answered
    assert bewoner.post(sam.url, {"bewijs": bewijs(), "aantal": "1"}).status_code == 302  # after all
    with pytest.raises(MagNiet, match="Meld je af"):
        verbs.verontschuldig(overleg=overleg, uitnodiging=sam)
    type(overleg).objects.update(begin=timezone.now() - timedelta(minutes=1))
    overleg.refresh_from_db()
    with pytest.raises(MagNiet, match="al begonnen"):
        verbs.verontschuldig(overleg=overleg, door=voedselbank)


# --- at the door ------------------------------------------------------------------------------


def test_who_is_there_is_ticked_and_counted_per_organisation(
    als, overleg, planner, voedselbank, mandaat, organisatie, loket_ocmw, bewijs
):
    browser, pad = als(planner), "/participatie/beheer/overleg/buurtgesprek/aanwezig/"
    sam = kom(overleg, 1, nodig=["rolstoel"])
    mand = kom(overleg, 2, door=voedselbank, organisatie=organisatie)
    balie = kom(overleg, 3, door=loket_ocmw)
    wacht = kom(overleg, 4)
    assert "Aanvinken kan vanaf de dag" in tekst(browser.post(f"{pad}{sam.pk}/", {"doe": "er"}, follow=True))
    type(overleg).objects.update(begin=timezone.now() - timedelta(minutes=5))
    lijst = tekst(browser.get(pad))
    assert "Naam 1" in lijst and "Plaats voor een rolstoel" in lijst
    for rij, doe in ((sam, "er"), (sam, "er"), (mand, "er"), (balie, "er"), (balie, "leeg"), (balie, "niet")):
        assert browser.post(f"{pad}{rij.pk}/", {"doe": doe}).status_code == 302
    assert "heeft geen plaats" in tekst(browser.post(f"{pad}{wacht.pk}/", {"doe": "er"}, follow=True))
    assert browser.post(f"{pad}{sam.pk}/", {"doe": "dansen"}).status_code == 404
    bij = {"bij": "1", "bewijs": bewijs(), "organisatie": organisatie.pk, "aantal": "4"}
    browser.post(pad, bij)
    browser.post(pad, bij)  # a double tap
    browser.post(pad, {"bij": "1", "bewijs": bewijs(2), "organisatie": "", "aantal": "3"})
    assert "Vul hoogstens 200 in." in tekst(browser.post(pad, {"bij": "1", "bewijs": bewijs(3), "aantal": "201"}))
    lijst = tekst(browser.get(pad))
    assert "Er zijn er 9" in lijst and "<li>Voedselbank De Mand: 5</li><li>Inwoners: 4</li>" in lijst
    erbij = Inschrijving.objects.get(onaangekondigd=True, organisatie=None)
    browser.post(f"{pad}{erbij.pk}/", {"doe": "schrap"})
    assert "Er zijn er 6" in tekst(browser.get(pad))
    assert als(loket_ocmw).get(pad).status_code == 404
    assert als(loket_ocmw).post(f"{pad}{sam.pk}/", {"doe": "er"}).status_code == 404
