"""What happens in participation is told once, on a page, in a feed and by mail to who confirmed."""

from datetime import timedelta

import pytest
from django.core import mail as djangomail
from django.urls import reverse
from django.utils import timezone

from participatie.acties import bewaren
from participatie.acties import volgen as verbs
from participatie.models import Bericht, Ronde, Volger
from sociaalhuis.models import Dossiersleutel, UitgaandeMail
from sociaalhuis.post.werker import Post

MAIL = "kanarie@voorbeeld.example"


def om(uur=9, dagen=0):
    return timezone.localtime().replace(hour=uur, minute=0) + timedelta(days=dagen)


@pytest.fixture
def volger(ronde, huis):
    """Confirmed, and nothing was told yet."""
    rij = verbs.volg(ronde=ronde, email=MAIL, elke="dag")
    UitgaandeMail.objects.all().delete()
    return verbs.bevestig(volger=rij)


@pytest.fixture
def formulier(bewoner, ronde, huis, monkeypatch):
    monkeypatch.setattr("sociaalhuis.inzending.MINIMUM", timedelta(0))
    adres = reverse("participatie:volg")
    bewijs = bewoner.get(adres).context["form"]["bewijs"].value()

    def vul(**velden):
        return bewoner.post(
            adres, {"bewijs": bewijs, "ronde": "alles", "email": MAIL, "elke": "dag", "webadres": "", **velden}
        )

    return vul


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"email": ""}, "Vul je e-mailadres in."),
        ({"email": "geen adres"}, "Dit e-mailadres klopt niet."),
        ({"ronde": "bestaat-niet"}, "Kies iets uit de lijst."),
        ({"elke": "uur"}, "uur"),
        ({"webadres": "https://spam.example"}, "Kijk je adres nog even na"),
    ],
)
def test_a_mistake_is_told_and_kept(formulier, velden, zin):
    antwoord = formulier(**velden)
    assert antwoord.status_code == 422 and zin in antwoord.content.decode()
    assert not Volger.objects.exists()


def test_nothing_is_sent_before_it_is_confirmed(formulier, bewoner, huis):
    assert formulier().status_code == 302
    rij = Volger.objects.get()
    verbs.schrijf_berichten(timezone.now())
    verbs.verstuur_nieuws(om())
    assert [mail.onderwerp for mail in UitgaandeMail.objects.all()] == ["Bevestig je e-mailadres"]
    hier = reverse("participatie:volg_bevestig", args=[rij.referentie, rij.sleutel])
    assert bewoner.get(hier).status_code == 200 and Volger.objects.get().bevestigd_op is None
    assert bewoner.post(hier).status_code == 302 and Volger.objects.get().bevestigd_op
    assert bewoner.get(hier.replace(rij.sleutel, "a" * len(rij.sleutel))).status_code == 404
    assert formulier().status_code == 302 and Volger.objects.count() == 1  # the same again is the same


def test_each_occasion_is_told_once(ronde, gesloten_ronde):
    assert verbs.schrijf_berichten(timezone.now()) == 3
    assert verbs.schrijf_berichten(timezone.now()) == 0
    assert set(Bericht.objects.values_list("sleutel", flat=True)) == {  # that the other opened is too long ago to tell
        f"ronde-{ronde.pk}-open", f"ronde-{gesloten_ronde.pk}-bijna", f"ronde-{gesloten_ronde.pk}-dicht",
    }  # fmt: skip


def test_a_round_that_goes_back_to_draft_tells_nothing(ronde, bewoner):
    verbs.schrijf_berichten(timezone.now())
    Ronde.objects.filter(pk=ronde.pk).update(staat="concept")
    assert ronde.titel not in bewoner.get("/participatie/nieuws/").content.decode()
    assert ronde.titel not in bewoner.get("/participatie/nieuws/atom/").content.decode()


def test_the_mail_says_what_is_public_and_stops_with_one_click(volger, bewoner, ronde):
    verbs.schrijf_berichten(timezone.now())
    verbs.verstuur_nieuws(om(6))
    assert not UitgaandeMail.objects.exists()  # nobody gets news in the night
    verbs.verstuur_nieuws(om())
    verbs.verstuur_nieuws(om())
    post = Post()
    while post.volgende():
        pass
    [brief] = djangomail.outbox
    assert (brief.to, brief.subject) == ([MAIL], "Nieuws over meepraten")
    assert f"- {ronde.titel}: Je kan meepraten tot" in brief.body
    stop = reverse("participatie:volg_stop", args=[volger.referentie, volger.sleutel])
    assert stop in brief.extra_headers["List-Unsubscribe"]
    assert bewoner.post(stop).status_code == 200
    assert not Volger.objects.exists() and not Dossiersleutel.objects.filter(pk=volger.dossiersleutel_id).exists()
    assert "Je krijgt geen mail meer" in bewoner.get(stop).content.decode()


def test_an_address_that_nobody_confirmed_goes_after_a_week(ronde, huis):
    verbs.volg(ronde=None, email=MAIL, elke="week")
    assert bewaren.wis_volgers(timezone.now() + timedelta(days=6)).aantal == 0
    assert bewaren.wis_volgers(timezone.now() + timedelta(days=8)).aantal == 1
    assert not Volger.objects.exists()


def test_the_pages_ask_few_queries(bewoner, ronde, gesloten_ronde, maak_ronde, django_assert_num_queries):
    verbs.schrijf_berichten(timezone.now())
    with django_assert_num_queries(6):
        bewoner.get("/participatie/nieuws/")
    for n in range(3):
        maak_ronde(f"r{n}")
    verbs.schrijf_berichten(timezone.now())
    with django_assert_num_queries(6):
        bewoner.get("/participatie/nieuws/")
