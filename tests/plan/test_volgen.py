"""What changes in a plan: told once, in plain words, on a page, in a feed and by mail to who confirmed."""

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core import mail as djangomail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from plan.acties import bewaren
from plan.acties import volgen as verbs
from plan.acties.versies import zet_reden
from plan.models import Abonnement, Actie, Garantie, Indicator, Indicatorkoppeling, Plan, Planbericht, Streefwaarde
from sociaalhuis.inzending import sleutel_bij
from sociaalhuis.models import Dossiersleutel, PubliekeVersie, UitgaandeMail
from sociaalhuis.post.werker import Post

MAIL = "kanarie@voorbeeld.example"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def gevolgd(plan, actie, huis):
    """A plan whose state was looked at once."""
    assert verbs.schrijf_berichten(plan, timezone.now()) == 0  # the first time there is nothing to tell
    return plan


@pytest.fixture
def ander(gevolgd):
    """A second guarantee came, and the action moved on and ends later."""
    Garantie.objects.create(plan=gevolgd, code="G2", titel="Samen spelen", korte_omschrijving="Elk kind speelt mee.")
    Actie.objects.update(stand="in-uitvoering", voortgang=40, stand_toelichting="Twee van de vijf.", einde=date(2028, 6, 30))  # fmt: skip
    verbs.schrijf_berichten(gevolgd, timezone.now())
    return gevolgd


@pytest.fixture
def formulier(bewoner, gevolgd, monkeypatch):
    """formulier(email=...) -> answer to the posted form, as from a page that was read for a while."""
    monkeypatch.setattr("sociaalhuis.inzending.MINIMUM", timedelta(0))
    adres = reverse("plan:volgen", args=[gevolgd.slug])
    bewijs = bewoner.get(adres).context["form"]["bewijs"].value()

    def vul(**velden):
        return bewoner.post(
            adres, {"bewijs": bewijs, "onderdeel": "alles", "email": MAIL, "elke": "dag", "webadres": "", **velden}
        )

    return vul


@pytest.fixture
def abonnement(gevolgd, actie):
    rij = verbs.abonneer(plan=gevolgd, onderdeel=actie, email=MAIL, elke="dag")
    UitgaandeMail.objects.all().delete()
    return verbs.bevestig(abonnement=rij)


def adres(naam, rij):
    return reverse(f"plan:{naam}", args=[rij.referentie, rij.sleutel])


def om(uur=9, dagen=0):
    nu = timezone.localtime().replace(hour=uur, minute=0) + timedelta(days=dagen)
    return nu if isinstance(nu, datetime) else None


# --- messages ---------------------------------------------------------------------------------


def test_a_change_is_told_once_per_part_in_plain_words(ander, actie):
    assert list(Planbericht.objects.order_by("code").values_list("code", "tekst", "onderdeel")) == [
        (
            "G1.1.a",
            "“Actie a” is later klaar: niet in december 2027, maar in juni 2028.\n“Actie a” is nu: in uitvoering. Twee van de vijf.",
            actie.pk,
        ),
        ("G2", "Nieuw is “Samen spelen”: Elk kind speelt mee.", Garantie.objects.get(code="G2").pk),
    ]
    assert verbs.schrijf_berichten(ander, timezone.now()) == 0  # again, as after a worker that was killed
    assert Planbericht.objects.get(code="G1.1.a").pad == [actie.ouder.ouder_id, actie.ouder_id, actie.pk]


def test_texts_goals_the_plan_itself_and_what_goes_are_told_too(gevolgd, actie, doelstelling, maak_actie):
    maak_actie("b")
    verbs.schrijf_berichten(gevolgd, timezone.now())
    Planbericht.objects.all().delete()
    Actie.objects.filter(code="G1.1.b").delete()
    Actie.objects.filter(pk=actie.pk).update(trekker="Dienst Wonen", voortgang=10)
    type(doelstelling).objects.filter(pk=doelstelling.pk).update(titel="Niemand op straat")
    Garantie.objects.update(stand_toelichting="Drie woningen klaar.")
    Plan.objects.filter(pk=gevolgd.pk).update(missie="Samen.")
    verbs.schrijf_berichten(gevolgd, timezone.now())
    assert {(b.code, b.tekst) for b in Planbericht.objects.all()} == {
        ("G1.1.a", "“Actie a” staat nu op 10 %."),
        ("G1.1.b", "Dit doen we niet meer: “Actie b”."),
        ("G1.1", "De tekst van “Niemand op straat” is aangepast."),
        ("G1", "Waar staan we met “Een dak”? Drie woningen klaar."),
        ("", "De tekst van het plan zelf is aangepast: missie."),
    }


def test_what_is_measured_otherwise_is_told_to_who_follows_the_part(gevolgd, actie, maak_actie):
    maak_actie("b")
    indicator = Indicator.objects.create(
        plan=gevolgd, code="I1", titel="Gezinnen met hulp", definitie="x", eenheid="gezinnen", richting="omhoog", bron="x",
        eigenaar="x",
    )  # fmt: skip
    Indicatorkoppeling.objects.create(indicator=indicator, onderdeel=actie)
    verbs.schrijf_berichten(gevolgd, timezone.now())
    Streefwaarde.objects.create(indicator=indicator, jaar=2027, waarde=30)
    verbs.schrijf_berichten(gevolgd, timezone.now())
    rijen = Planbericht.objects.over(actie).order_by("pk")
    assert [(rij.code, rij.tekst, rij.onderdeel) for rij in rijen if rij.code == "I1"] == [
        ("I1", "We meten nu ook “Gezinnen met hulp”.", None),
        ("I1", "“Gezinnen met hulp”: we mikken eind 2027 op 30 gezinnen.", None),
    ]
    assert not Planbericht.objects.over(Actie.objects.get(code="G1.1.b")).filter(code="I1").exists()


def test_a_change_is_told_after_a_quiet_minute_and_gets_its_reason_when_that_comes_later(
    gevolgd, garantie, planner, bewoner, huis
):
    maker, nu = verbs.Berichtenmaker(), timezone.now()
    PubliekeVersie.objects.update_or_create(pk=1, defaults={"nummer": 1})
    maker(nu)
    aantal = Planbericht.objects.count()

    def verander(titel, minuut):
        type(garantie).objects.filter(pk=garantie.pk).update(titel=titel)
        PubliekeVersie.objects.update(nummer=minuut + 1)  # within a test nothing commits, so nothing raises it
        maker(nu + timedelta(minutes=minuut))
        return Planbericht.objects.count() - aantal

    assert [verander("Een dak boven", 1), verander("Een dak boven je hoofd", 2)] == [0, 0]  # still typing
    maker(nu + timedelta(minutes=3))
    bericht = Planbericht.objects.latest("pk")
    assert (Planbericht.objects.count(), "boven je hoofd" in bericht.tekst, bericht.waarom) == (aantal + 1, True, "")
    PubliekeVersie.objects.update(nummer=9)  # its own message raised the number: there is nothing to tell about that
    for minuut in (4, 5):
        maker(nu + timedelta(minutes=minuut))
    assert Planbericht.objects.count() == aantal + 1
    assert [verander(f"Dak {minuut}", minuut) for minuut in range(20, 31)] == [1] * 10 + [2]  # ten minutes on end
    zet_reden(plan=gevolgd, onderdeel=garantie.pk, code="G1", voor_burger="Korter en klaarder.", door=planner)
    assert set(
        Planbericht.objects.filter(onderdeel=garantie.pk, pk__gte=bericht.pk).values_list("waarom", flat=True)
    ) == {"Korter en klaarder."}
    feed = bewoner.get(reverse("plan:atom", args=[gevolgd.slug])).content.decode()
    assert feed.count("Waarom? Korter en klaarder.") >= 2
    zet_reden(plan=gevolgd, onderdeel=garantie.pk, code="G1", door=planner)  # taken away again
    assert not Planbericht.objects.filter(waarom="Korter en klaarder.").exists()


def test_a_plan_in_preparation_is_not_followed(geheim_plan, gevolgd, bewoner, als, planner):
    verbs.Berichtenmaker()(timezone.now())
    Actie.objects.filter(plan=geheim_plan).update(titel="Nog geheimer")
    verbs.Berichtenmaker()(timezone.now())
    assert not Planbericht.objects.filter(plan=geheim_plan).exists()
    for naam in ("nieuws", "atom", "volgen", "volgen_gevraagd"):
        assert bewoner.get(reverse(f"plan:{naam}", args=[geheim_plan.slug])).status_code == 404
    assert als(planner).get(reverse("plan:volgen", args=[geheim_plan.slug])).status_code == 404


def test_page_and_feed_of_the_plan_and_of_a_part(ander, actie, bewoner, django_assert_num_queries):
    Planbericht.objects.filter(code="G2").update(waarom="Jullie <b>vroegen</b> het.")
    for naam, codes in (("nieuws", []), ("nieuws_deel", ["G1"]), ("nieuws_deel", ["G1.1.a"])):
        antwoord = bewoner.get(reverse(f"plan:{naam}", args=[ander.slug, *codes]))
        tekst = antwoord.content.decode()
        assert not antwoord.cookies and "Twee van de vijf." in tekst
        assert ("Samen spelen" in tekst) is (not codes) and "<b>vroegen" not in tekst
    antwoord = bewoner.get(reverse("plan:atom", args=[ander.slug]))
    assert antwoord["Content-Type"].startswith("application/atom+xml") and not antwoord.cookies
    feed = ElementTree.fromstring(antwoord.content)
    posten = feed.findall(f"{ATOM}entry")
    assert {post.find(f"{ATOM}title").text for post in posten} == {"G1.1.a Actie a", "G2 Samen spelen"}
    assert len({post.find(f"{ATOM}id").text for post in posten}) == 2
    deel = ElementTree.fromstring(bewoner.get(reverse("plan:atom_deel", args=[ander.slug, "G1"])).content)
    [post] = deel.findall(f"{ATOM}entry")
    assert post.find(f"{ATOM}link").attrib["href"] == f"http://testserver{actie.get_absolute_url()}"
    assert bewoner.get(reverse("plan:nieuws_deel", args=[ander.slug, "G1.1"])).status_code == 404  # a goal has no page
    for _ in range(2):  # the same for two rows and for more
        with django_assert_num_queries(8):
            bewoner.get(reverse("plan:nieuws", args=[ander.slug]))
        Planbericht.objects.bulk_create(
            Planbericht(plan=ander, onderdeel=actie.pk, titel=f"T{n}", tekst="x", op=timezone.now()) for n in range(3)
        )


# --- asking for it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"email": ""}, "email"),
        ({"email": "geen adres"}, "email"),
        ({"email": f"{'x' * 300}@voorbeeld.example"}, "email"),
        ({"email": "a\x00@voorbeeld.example"}, "email"),
        ({"email": "<script>alert(1)</script>@x.example"}, "email"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email"),
        ({"elke": "uur"}, "elke"),
        ({"elke": ""}, "elke"),
        ({"onderdeel": "G9"}, "onderdeel"),
        ({"onderdeel": ""}, "onderdeel"),
        ({"onderdeel": "x" * 5000}, "onderdeel"),
        ({"webadres": "http://robot.example"}, "__all__"),
        ({"bewijs": "vals"}, "__all__"),
    ],
)
def test_bad_input_and_machines_keep_nothing(formulier, velden, veld):
    antwoord = formulier(**velden)
    assert antwoord.status_code == 422 and list(antwoord.context["form"].errors) == [veld]
    assert b"<script>alert" not in antwoord.content
    assert not Abonnement.objects.exists() and not UitgaandeMail.objects.exists()


def test_too_fast_is_asked_to_press_again(formulier, monkeypatch):
    monkeypatch.setattr("sociaalhuis.inzending.MINIMUM", timedelta(hours=1))
    antwoord = formulier()
    assert antwoord.status_code == 422 and "druk dan opnieuw" in antwoord.content.decode()
    assert MAIL in antwoord.content.decode()


def test_the_form_sets_no_cookie_and_knows_the_part(gevolgd, actie, bewoner):
    antwoord = bewoner.get(reverse("plan:volgen", args=[gevolgd.slug]), {"deel": "G1.1.a"})
    assert not antwoord.cookies and "csrf" not in antwoord.content.decode()
    assert antwoord.context["form"]["onderdeel"].value() == "G1.1.a"


def test_the_same_address_is_kept_once_as_ciphertext_and_gets_three_links_a_day(formulier, gevolgd, actie):
    for _ in range(5):
        assert formulier(onderdeel="G1.1.a")["Location"] == reverse("plan:volgen_gevraagd", args=[gevolgd.slug])
    formulier(onderdeel="G1.1.a", email=MAIL.upper(), elke="week")
    rij = Abonnement.objects.get()
    assert (rij.onderdeel_id, rij.elke, rij.email, rij.bevestigd_op) == (actie.pk, "week", MAIL, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT plan_abonnement::text FROM plan_abonnement")
        assert MAIL not in cursor.fetchone()[0]
    assert UitgaandeMail.objects.count() <= 3
    mail = UitgaandeMail.objects.first()
    assert (mail.aan, mail.adres, mail.onderwerp) == ("", MAIL, "Bevestig je e-mailadres")
    assert adres("volgen_bevestig", rij) in mail.tekst and "Actie a" not in mail.tekst


def test_after_twenty_from_one_place_it_is_enough_for_a_day(formulier):
    for n in range(20):
        assert formulier(email=f"a{n}@voorbeeld.example").status_code == 302
    assert formulier(email="nog@voorbeeld.example").status_code == 429


# --- confirming and stopping ------------------------------------------------------------------


def test_links_that_are_not_ours_do_not_exist(abonnement, bewoner):
    for naam in ("volgen_bevestig", "volgen_stop"):
        for sleutel in ("0" * 32, sleutel_bij("inbreng", abonnement.referentie)):
            assert bewoner.post(reverse(f"plan:{naam}", args=[abonnement.referentie, sleutel])).status_code == 404
    assert Abonnement.objects.exists()


def test_only_a_press_confirms_and_only_what_comes_after_is_told(ander, actie, bewoner):
    rij = verbs.abonneer(plan=ander, onderdeel=None, email=MAIL, elke="dag")
    UitgaandeMail.objects.all().delete()
    hier = adres("volgen_bevestig", rij)
    assert not bewoner.get(hier).cookies
    assert Abonnement.objects.get().bevestigd_op is None  # a program that opens links confirms nothing
    verbs.verstuur_nieuws(om(dagen=1))
    assert bewoner.post(hier)["Location"] == hier
    assert "Je volgt het plan" in bewoner.get(hier).content.decode()
    toen = Abonnement.objects.get().bevestigd_op
    bewoner.post(hier)
    assert Abonnement.objects.get().bevestigd_op == toen
    verbs.verstuur_nieuws(om(dagen=2))
    assert not UitgaandeMail.objects.exists()  # what changed before is not news


def test_stopping_takes_one_click_and_leaves_nothing(abonnement, gevolgd, bewoner):
    Actie.objects.update(voortgang=50)
    verbs.schrijf_berichten(gevolgd, timezone.now())
    verbs.verstuur_nieuws(om())
    hier = adres("volgen_stop", abonnement)
    assert "wissen je adres" in bewoner.get(hier).content.decode() and Abonnement.objects.exists()
    assert bewoner.post(hier, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (
        not Abonnement.objects.exists() and not UitgaandeMail.objects.exists() and not Dossiersleutel.objects.exists()
    )
    for _ in range(2):  # again, and the link to confirm
        assert "Je krijgt geen mail meer" in bewoner.post(hier).content.decode()
    assert "Je krijgt geen mail meer" in bewoner.get(adres("volgen_bevestig", abonnement)).content.decode()


def test_who_does_not_confirm_and_who_follows_what_ended_is_forgotten(abonnement, gevolgd):
    ander = verbs.abonneer(plan=gevolgd, onderdeel=None, email="a@voorbeeld.example", elke="dag")
    nu = ander.gemaakt_op
    assert bewaren.wis_abonnementen(nu + timedelta(days=6)).aantal == 0
    assert bewaren.wis_abonnementen(nu + timedelta(days=7)).aantal == 1
    assert Abonnement.objects.get() == abonnement and Dossiersleutel.objects.count() == 1
    Plan.objects.filter(pk=gevolgd.pk).update(staat="afgelopen")
    assert bewaren.wis_abonnementen(nu).aantal == 1
    assert not Dossiersleutel.objects.exists()


# --- the mails --------------------------------------------------------------------------------


def test_a_mail_tells_what_changed_at_most_once_a_day_and_once(abonnement, gevolgd, actie, maak_actie, huis):
    maak_actie("b")
    Actie.objects.filter(pk=actie.pk).update(voortgang=50)
    verbs.schrijf_berichten(gevolgd, timezone.now())
    verbs.verstuur_nieuws(om(6))
    assert not UitgaandeMail.objects.exists()  # not in the night
    for _ in range(2):  # again, as after a worker that was killed
        verbs.verstuur_nieuws(om())
    mail = UitgaandeMail.objects.get()
    assert mail.onderwerp == "Nieuws over het plan" and mail.aan == "" and mail.adres == MAIL
    assert (
        "- “Actie a” staat nu op 50 %.\n" in mail.tekst and "Actie b" not in mail.tekst
    )  # the part, not the whole plan
    assert adres("volgen_stop", abonnement) in mail.tekst and huis.telefoon in mail.tekst
    Actie.objects.filter(pk=actie.pk).update(voortgang=60)
    verbs.schrijf_berichten(gevolgd, timezone.now())
    verbs.verstuur_nieuws(om(23))
    assert UitgaandeMail.objects.count() == 1  # not again today
    verbs.verstuur_nieuws(om(dagen=1))
    assert "60 %" in UitgaandeMail.objects.latest("pk").tekst and "50 %" not in UitgaandeMail.objects.latest("pk").tekst
    verbs.verstuur_nieuws(om(dagen=9))
    assert UitgaandeMail.objects.count() == 2  # nothing changed, so nothing to say


def test_once_a_week_is_seven_days_later_and_long_news_is_counted(gevolgd, actie, huis):
    rij = verbs.bevestig(abonnement=verbs.abonneer(plan=gevolgd, onderdeel=None, email=MAIL, elke="week"))
    UitgaandeMail.objects.all().delete()
    for dagen, aantal in ((0, 1), (6, 1), (7, 2)):
        Planbericht.objects.bulk_create(
            Planbericht(
                plan=gevolgd, onderdeel=1, titel="T", tekst=f"Zin {n}\nen nog.", waarom="Daarom.", op=timezone.now()
            )
            for n in range(30)
        )
        verbs.verstuur_nieuws(om(dagen=dagen))
        assert UitgaandeMail.objects.count() == aantal
    tekst = UitgaandeMail.objects.earliest("pk").tekst
    assert "- Zin 24 en nog. Waarom? Daarom.\n- En nog 5 andere.\n" in tekst and "Zin 25" not in tekst
    assert Abonnement.objects.get() == rij


def test_the_mail_leaves_with_the_header_that_stops_it_and_keeps_no_link(abonnement, gevolgd):
    Actie.objects.update(voortgang=50)
    verbs.schrijf_berichten(gevolgd, timezone.now())
    verbs.verstuur_nieuws(om())
    assert Post().volgende() is True
    [bericht] = djangomail.outbox
    assert bericht.extra_headers["List-Unsubscribe"].endswith(f"{adres('volgen_stop', abonnement)}>")
    assert bericht.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    weg = UitgaandeMail.objects.get()
    assert (weg.tekst, weg.afmelden, weg.staat) == ("", "", "verzonden")


# --- what the database keeps ------------------------------------------------------------------


def test_rules_of_a_subscription(abonnement):
    with pytest.raises(IntegrityError, match="abonnement_mail_na_bevestigen"), transaction.atomic():
        Abonnement.objects.update(bevestigd_op=None, laatst_op=timezone.localdate())
    rij = Abonnement.objects.get()
    rij.pk, rij.referentie, rij.dossiersleutel = None, "X", Dossiersleutel.objects.create()
    with pytest.raises(IntegrityError, match="abonnement_een_per_adres"), transaction.atomic():
        Abonnement.objects.filter(pk=rij.pk)
        rij.email = "x"
        rij.save(force_insert=True)
