"""Erasing a case with a referral that runs: the partner hears it, the copy goes, a figure without a person stays."""

import pytest

from loket.acties import wissen
from loket.acties.vernietiging import wis_dossier
from loket.models import Doorverwijzing, GedeeldeKopie, IngetrokkenVerwijzing, Verwijscijfer, Vraag
from sociaalhuis.models import Dossiersleutel, UitgaandeMail
from tests.loket.verwijzingen import zaak_van

START = "/loket/partner/"
LOPEND_BIJ_PARTNER = ["verzonden", "vraagt_terug", "aanvaard", "afspraak", "aangekomen", "geholpen"]


def adres(referentie, rest=""):
    return f"{START}{referentie.lower()}/{rest}"


# --- unhappy ----------------------------------------------------------------------------------


def test_another_partner_does_not_see_that_there_was_one(verwijs, team_ocmw, als, andere_partner, loket_ocmw):
    verwijzing = verwijs("verzonden")
    wis_dossier(vraag=verwijzing.vraag, aanleiding="wens", door=team_ocmw)
    browser = als(andere_partner)
    assert browser.get(adres(verwijzing.referentie)).status_code == 404
    assert verwijzing.referentie not in browser.get(START).content.decode()
    assert als(loket_ocmw).get(adres(verwijzing.referentie)).status_code == 404


@pytest.mark.parametrize("staat", ["voorgesteld", "akkoord"])
def test_a_partner_that_never_knew_hears_nothing(staat, verwijs, team_ocmw, partner):
    verwijzing = verwijs(staat)
    UitgaandeMail.objects.all().delete()
    wis_dossier(vraag=verwijzing.vraag, aanleiding="wens", door=team_ocmw)
    assert (UitgaandeMail.objects.count(), IngetrokkenVerwijzing.objects.count()) == (0, 0)
    assert Verwijscijfer.objects.get().uitkomst == "ingetrokken"


def test_one_that_had_ended_is_not_counted_twice(verwijs, team_ocmw, partner):
    verwijzing = verwijs("verzonden")
    wissen.beeindig_voor_wissen(vraag=verwijzing.vraag, wens=False)
    assert Verwijscijfer.objects.count() == 1
    wis_dossier(vraag=verwijzing.vraag, aanleiding="wens", door=team_ocmw)
    assert Verwijscijfer.objects.count() == 1


def test_an_erasure_that_fails_leaves_the_referral_running(verwijs, team_ocmw, monkeypatch):
    verwijzing = verwijs("aanvaard")
    UitgaandeMail.objects.all().delete()
    monkeypatch.setattr(wissen, "restgegeven", lambda vraag: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        wis_dossier(vraag=verwijzing.vraag, aanleiding="wens", door=team_ocmw)
    assert (Doorverwijzing.objects.get().staat, GedeeldeKopie.objects.get().vernietigd_op) == ("aanvaard", None)
    assert (UitgaandeMail.objects.count(), Verwijscijfer.objects.count()) == (0, 0)


def test_a_form_that_was_open_at_the_partner_says_that_it_was_withdrawn(verwijs, team_ocmw, als, partner):
    verwijzing = verwijs("verzonden")
    browser = als(partner)
    browser.get(adres(verwijzing.referentie))
    wis_dossier(vraag=verwijzing.vraag, aanleiding="fout", door=team_ocmw)
    antwoord = browser.post(adres(verwijzing.referentie, "aanvaard/"), {})
    assert (antwoord.status_code, "is ingetrokken" in antwoord.content.decode()) == (409, True)


# --- what stays and who hears it --------------------------------------------------------------


@pytest.mark.parametrize("staat", LOPEND_BIJ_PARTNER)
def test_the_partner_hears_it_reads_nothing_any_more_and_a_figure_stays(staat, verwijs, team_ocmw, partner, als):
    verwijzing = verwijs(staat)
    sleutel = verwijzing.kopie.sleutel_id
    zaak = verwijzing.vraag.referentie
    UitgaandeMail.objects.all().delete()
    wis_dossier(vraag=verwijzing.vraag, aanleiding="wens", door=team_ocmw)

    mail = UitgaandeMail.objects.get()
    assert (mail.aan, mail.dossiersleutel) == (partner.email, None)
    assert mail.onderwerp == f"Er is iets voor je organisatie ({verwijzing.referentie})"
    assert "ingetrokken" in mail.tekst and zaak not in mail.tekst and "anarie" not in mail.tekst

    assert (Vraag.objects.count(), Doorverwijzing.objects.count(), GedeeldeKopie.objects.count()) == (0, 0, 0)
    assert Dossiersleutel.objects.get(pk=sleutel).ingepakt is None
    cijfer = Verwijscijfer.objects.get()
    assert (cijfer.uitkomst, cijfer.reden, cijfer.organisatie) == (
        "ingetrokken",
        "geen_akkoord",
        verwijzing.organisatie,
    )

    browser = als(partner)
    pagina = browser.get(adres(verwijzing.referentie))
    assert pagina.status_code == 200 and "Deze doorverwijzing is ingetrokken" in pagina.content.decode()
    overzicht = browser.get(START).content.decode()
    assert verwijzing.referentie in overzicht and "Ingetrokken" in overzicht
    assert "anarie" not in pagina.content.decode() + overzicht and zaak not in pagina.content.decode() + overzicht


def test_when_the_house_erases_the_figure_does_not_say_that_the_client_refused(verwijs, team_ocmw):
    wis_dossier(vraag=verwijs("verzonden").vraag, aanleiding="fout", door=team_ocmw)
    cijfer = Verwijscijfer.objects.get()
    assert (cijfer.uitkomst, cijfer.reden) == ("gestopt", "loket")


def test_a_referral_of_a_question_that_was_merged_into_it_ends_too(
    verwijs, zaak, team_sociale_dienst, team_ocmw, loket_ocmw, partner
):
    verwijzing = verwijs("verzonden")
    hoofd = zaak_van(team_sociale_dienst)
    Vraag.objects.filter(pk=zaak.pk).update(
        samengevoegd_met=hoofd, samengevoegd_op=hoofd.geregistreerd_op, afgesloten_op=hoofd.geregistreerd_op,
        staat="afgesloten", resultaat="dubbel",
    )  # fmt: skip
    wis_dossier(vraag=hoofd, aanleiding="wens", door=team_ocmw)
    assert IngetrokkenVerwijzing.objects.get().referentie == verwijzing.referentie
    assert (Vraag.objects.count(), Verwijscijfer.objects.count()) == (0, 1)
