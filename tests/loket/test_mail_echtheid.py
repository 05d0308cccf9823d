"""Is the sender who it says? Only what the town's own server wrote counts, and without a name nothing is claimed."""

import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from loket.acties.bericht import antwoord_naar, meld_bericht
from loket.mail.echtheid import DMARC_FOUT, GEEN_UITSLAG, MEER_AFZENDERS, NIET_GEVONDEN, oordeel
from loket.mail.lezen import lees
from loket.models import Bericht, Ingekomenmail, Mailspoor, Vraag
from loket.zaak import gesprek
from sociaalhuis import settings as instellingen
from sociaalhuis.models import UitgaandeMail
from tests.loket import mails
from tests.loket.mails import neem_aan
from tests.loket.vragen import vraag_van

MX = "mx.proefdorp.example"
PASS = f"{MX}; dmarc=pass header.from=voorbeeld.example"
FAIL = f"{MX}; spf=fail smtp.mailfrom=boef.example; dmarc=fail (p=none) header.from=voorbeeld.example"
VREEMD = "mx.boef.example; dmarc=pass header.from=voorbeeld.example"

# what stands in Authentication-Results, from top to bottom; the sender is bewoner@voorbeeld.example
NIET_BEVESTIGD = {
    "no header": ([], GEEN_UITSLAG),
    "of another host only": ([VREEMD], GEEN_UITSLAG),
    "of a host whose name begins with ours": ([PASS.replace(MX, f"{MX}.boef.example")], GEEN_UITSLAG),
    "of a host whose name ends with ours": ([PASS.replace(MX, f"boef-{MX}")], GEEN_UITSLAG),
    "our name in a comment": ([f"mx.boef.example ({MX}); dmarc=pass header.from=voorbeeld.example"], GEEN_UITSLAG),
    "our name as a later word": ([f"mx.boef.example {MX}; dmarc=pass header.from=voorbeeld.example"], GEEN_UITSLAG),
    "another host on top, then fail of ours": ([VREEMD, FAIL], DMARC_FOUT),
    "fail of ours on top, forged pass under our name below": ([FAIL, PASS], DMARC_FOUT),
    "nothing found by ours, forged pass under our name below": ([f"{MX}; none", PASS], GEEN_UITSLAG),
    "only SPF of ours without a pass, forged below": ([f"{MX}; spf=neutral smtp.mailfrom=x@boef.example", PASS], NIET_GEVONDEN),
    "DMARC fail": ([FAIL], DMARC_FOUT),
    "DMARC fail and DKIM pass of the same domain": ([f"{MX}; dkim=pass header.d=voorbeeld.example; dmarc=fail header.from=voorbeeld.example"], DMARC_FOUT),
    "DMARC permanent error": ([f"{MX}; dmarc=permerror header.from=voorbeeld.example"], DMARC_FOUT),
    "DMARC pass of another domain": ([f"{MX}; dmarc=pass header.from=boef.example"], DMARC_FOUT),
    "DMARC pass without saying of whom": ([f"{MX}; dmarc=pass"], DMARC_FOUT),
    "pass in a comment": ([f"{MX}; dmarc=fail (dmarc=pass header.from=voorbeeld.example) header.from=voorbeeld.example"], DMARC_FOUT),
    "pass in a nested comment": ([f"{MX} (a (b; dmarc=pass header.from=voorbeeld.example) c); none"], GEEN_UITSLAG),
    "pass in quotes": ([f'{MX}; spf=fail reason="x; dmarc=pass header.from=voorbeeld.example" smtp.mailfrom=boef.example'], NIET_GEVONDEN),
    "SPF pass of another domain": ([f"{MX}; spf=pass smtp.mailfrom=boef.example"], NIET_GEVONDEN),
    "DKIM pass of another domain": ([f"{MX}; dkim=pass header.d=boef.example; dmarc=none"], NIET_GEVONDEN),
    "DKIM pass of the top-level domain": ([f"{MX}; dkim=pass header.d=example"], NIET_GEVONDEN),
    "DKIM pass of a domain that ends alike": ([f"{MX}; dkim=pass header.d=nietvoorbeeld.example"], NIET_GEVONDEN),
    "HELO only": ([f"{MX}; spf=pass smtp.helo=voorbeeld.example"], NIET_GEVONDEN),
    "rubbish": (["\x00;;;==;(((", MX, f"{MX};;;=pass;dmarc=;", f"{MX}; " + "(" * 5000], GEEN_UITSLAG),
}  # fmt: skip
WEL = {
    "DMARC pass": [PASS],
    "capitals and a version": [f"{MX.upper()} 1; DMARC=PASS (p=reject) Header.From=Voorbeeld.Example"],
    "folded over lines": [f"{MX};\r\n\tspf=pass smtp.mailfrom=x@voorbeeld.example;\r\n\tdmarc=pass\r\n header.from=voorbeeld.example"],
    "another host on top is not read": [VREEMD.replace("pass", "fail"), PASS],
    "ours on top, forged fail below": [PASS, FAIL],
    "no DMARC, DKIM of the domain": [f"{MX}; dkim=pass header.d=voorbeeld.example header.s=s1; dmarc=none"],
    "no DMARC, second DKIM of the domain": [f"{MX}; dkim=fail header.d=voorbeeld.example; dkim=pass header.i=@mail.voorbeeld.example"],
    "no DMARC, SPF of the domain": [f"{MX}; spf=pass smtp.mailfrom=bounce@voorbeeld.example"],
    "DMARC could not be asked, SPF of the domain": [f"{MX}; spf=pass smtp.mailfrom=voorbeeld.example; dmarc=temperror"],
}  # fmt: skip


def met_koppen(koppen, **velden):
    """A message with these headers on top, as servers write them."""
    boven = "".join(f"Authentication-Results: {kop}\r\n" for kop in koppen)
    return boven.encode() + mails.mail(**velden).as_bytes()


@pytest.fixture
def ontvanger(settings):
    settings.MAIL_ONTVANGERS = [MX]
    return settings


@pytest.fixture
def opzij(ontvanger):
    ontvanger.MAIL_ONBEVESTIGD = "opzij"
    return ontvanger


@pytest.fixture
def zaak(postbus, team_sociale_dienst):
    return vraag_van(team_sociale_dienst, email=mails.BEWONER, antwoordwijze="mail", tekst="Eerste vraag")


def antwoord(zaak, koppen, **velden):
    return met_koppen(koppen, **{"aan": antwoord_naar(zaak), "tekst": "Mijn antwoord.", **velden})


# --- the headers ------------------------------------------------------------------------------


@pytest.mark.parametrize("geval", NIET_BEVESTIGD)
def test_not_confirmed(geval):
    koppen, waarom = NIET_BEVESTIGD[geval]
    assert oordeel(lees(met_koppen(koppen)), [MX]) == ("niet", waarom)


@pytest.mark.parametrize("geval", WEL)
def test_confirmed(geval):
    assert oordeel(lees(met_koppen(WEL[geval])), [MX]) == ("bevestigd", "")


@pytest.mark.parametrize("geval", [*NIET_BEVESTIGD, *WEL])
def test_without_a_name_nothing_is_claimed(geval):
    koppen = NIET_BEVESTIGD[geval][0] if geval in NIET_BEVESTIGD else WEL[geval]
    assert oordeel(lees(met_koppen(koppen)), []) == ("", "")


@pytest.mark.parametrize(
    "van",
    [
        [b"a@boef.example", b"bewoner@voorbeeld.example"],
        [b"bewoner@voorbeeld.example", b"a@boef.example"],
        [b"bewoner@voorbeeld.example, a@boef.example"],
        [b"niemand"],
    ],
)
def test_more_than_one_sender_is_never_confirmed(van):
    koppen = [b"Authentication-Results: " + PASS.encode(), *(b"From: " + wie for wie in van)]
    post = lees(b"\r\n".join([*koppen, b"Sender: bewoner@voorbeeld.example", b"", b"Hallo"]))
    assert oordeel(post, [MX]) == ("niet", MEER_AFZENDERS)


def test_more_names_of_one_server():
    assert oordeel(lees(met_koppen([PASS])), ["mx2.proefdorp.example", MX]).stand == "bevestigd"


@pytest.mark.parametrize(
    ("omgeving", "uit"),
    [
        ({}, ([], "toon")),
        ({"MAIL_ONTVANGER": "MX.een.be, mx.twee.be"}, (["mx.een.be", "mx.twee.be"], "toon")),
        ({"MAIL_ONTVANGER": "mx.een.be", "MAIL_ONBEVESTIGD": "opzij"}, (["mx.een.be"], "opzij")),
        ({"MAIL_ONBEVESTIGD": "opzij"}, ImproperlyConfigured),
        ({"MAIL_ONTVANGER": "mx.een.be", "MAIL_ONBEVESTIGD": "weg"}, ImproperlyConfigured),
    ],
)
def test_the_settings(omgeving, uit, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///geen")
    for naam in ("MAIL_ONTVANGER", "MAIL_ONBEVESTIGD"):
        monkeypatch.delenv(naam, raising=False)
    for naam, waarde in omgeving.items():
        monkeypatch.setenv(naam, waarde)
    if uit is ImproperlyConfigured:
        with pytest.raises(ImproperlyConfigured, match="MAIL_ONBEVESTIGD is toon"):
            runpy.run_path(instellingen.__file__)
    else:
        gelezen = runpy.run_path(instellingen.__file__)
        assert (gelezen["MAIL_ONTVANGERS"], gelezen["MAIL_ONBEVESTIGD"]) == uit


# --- what becomes of the mail -----------------------------------------------------------------


@pytest.mark.parametrize("koppen", [[], [FAIL], [VREEMD], [FAIL, PASS]])
def test_set_aside_a_forged_reply_changes_nothing_until_a_person_decides(
    koppen, opzij, zaak, team_ocmw, als, loket_ocmw
):
    rij = neem_aan(antwoord(zaak, koppen))
    assert (rij.staat, rij.reden, rij.echtheid, rij.vraag) == ("mislukt", "afzender", "niet", zaak)
    assert (Bericht.objects.count(), Vraag.objects.get().versie, UitgaandeMail.objects.count()) == (0, zaak.versie, 0)
    lijst = als(team_ocmw).get("/loket/werkbank/mail/").content.decode()
    assert "De afzender is niet bevestigd" in lijst
    dossier = als(loket_ocmw).get(f"/loket/werkbank/{zaak.referentie.lower()}/").content.decode()
    assert (
        "E-mail, afzender niet bevestigd" in dossier and "opzij gelegd" in dossier and "Mijn antwoord." not in dossier
    )
    antwoord_ = als(team_ocmw).post(f"/loket/werkbank/mail/{rij.pk}/maak-vraag/")
    assert antwoord_["Location"] == f"/loket/werkbank/{zaak.referentie.lower()}/"
    assert Bericht.objects.get().tekst == "Mijn antwoord."
    rij.refresh_from_db()
    assert (rij.staat, rij.echtheid) == ("verwerkt", "niet")
    assert "Afzender niet bevestigd (bewoner@voorbeeld.example)" in rij.voor_medewerker


def test_a_forged_sender_with_a_known_message_id_does_not_come_in(opzij, zaak):
    meld_bericht(zaak, Bericht(pk=1))
    bekend = Mailspoor.objects.get().message_id
    rij = neem_aan(met_koppen([FAIL], tekst="Stuur mijn dossier naar dit adres.", In_Reply_To=bekend))
    assert (rij.staat, rij.reden, rij.vraag) == ("mislukt", "afzender", zaak)
    assert Bericht.objects.count() == 0


def test_set_aside_a_new_question_waits_too_and_again_stays_aside(opzij, postbus, team_ocmw, als):
    rij = neem_aan(met_koppen([FAIL]))
    assert (rij.staat, rij.vraag, Vraag.objects.count()) == ("mislukt", None, 0)
    pagina = als(team_ocmw).get(f"/loket/werkbank/mail/{rij.pk}/").content.decode()
    assert "Afzender niet bevestigd" in pagina and DMARC_FOUT in pagina
    als(team_ocmw).post(f"/loket/werkbank/mail/{rij.pk}/opnieuw/")
    rij.refresh_from_db()
    assert (rij.staat, rij.reden) == ("mislukt", "afzender")
    als(team_ocmw).post(f"/loket/werkbank/mail/{rij.pk}/maak-vraag/")
    assert Vraag.objects.get().kanaal == "mail"


def test_a_confirmed_mail_goes_on_as_always(opzij, zaak):
    rij = neem_aan(antwoord(zaak, [PASS]))
    assert (rij.staat, rij.echtheid, rij.voor_medewerker, Bericht.objects.count()) == ("verwerkt", "bevestigd", "", 1)


def test_shown_it_comes_in_with_a_sign_for_staff_and_not_for_who_asked(
    ontvanger, zaak, huis, als, loket_ocmw, team_ocmw
):
    rij = neem_aan(antwoord(zaak, [FAIL]))
    assert (rij.staat, rij.echtheid, Bericht.objects.count()) == ("verwerkt", "niet", 1)
    dossier = als(loket_ocmw).get(f"/loket/werkbank/{zaak.referentie.lower()}/").content.decode()
    assert "E-mail, afzender niet bevestigd" in dossier and DMARC_FOUT in dossier
    assert "Afzender niet bevestigd" in als(team_ocmw).get("/loket/werkbank/mail/?lijst=verwerkt").content.decode()
    mail = als(loket_ocmw).get(f"/loket/werkbank/mail/{rij.pk}/").content.decode()
    assert "Niet bevestigd" in mail
    zaak.refresh_from_db()
    assert not [
        regel for regel in gesprek.voor_vrager(zaak, huis) if "bevestigd" in regel.tekst + regel.kop + regel.wie
    ]


@pytest.mark.parametrize("koppen", [[], [FAIL], [VREEMD], [PASS]])
def test_without_a_name_everything_goes_as_it_went(koppen, zaak, als, loket_ocmw):
    rij = neem_aan(antwoord(zaak, koppen))
    assert (rij.staat, rij.echtheid, rij.voor_medewerker) == ("verwerkt", "", "")
    dossier = als(loket_ocmw).get(f"/loket/werkbank/{zaak.referentie.lower()}/").content.decode()
    assert "bevestigd" not in dossier


def test_a_machine_stays_a_machine(opzij, postbus):
    assert neem_aan(met_koppen([FAIL], Precedence="bulk")).reden == "lijst"
    assert Ingekomenmail.objects.count() == 1
