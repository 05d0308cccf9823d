"""A long row of steps in the story of the one who asked: the older ones in a fold, and never a word of anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from loket.zaak.gesprek import GEBEURTENIS, HUIS, Regel, vouw
from tests.loket.verwijzingen import tot, voorstel
from tests.loket.vragen import ontvang

BEGIN = datetime(2027, 3, 1, 9, tzinfo=UTC)


def regels(vorm):
    """'s' is a step, 't' a step with a text, 'w' a word of the house."""
    return [
        Regel(
            HUIS if teken == "w" else GEBEURTENIS, "", BEGIN + timedelta(hours=n), "x" if teken in "tw" else "", str(n)
        )
        for n, teken in enumerate(vorm)
    ]


@pytest.mark.parametrize("vorm", ["", "s", "ssss", "sswss", "sstss", "wwwwwww", "sssswssss"])
def test_short_rows_and_words_stay_as_they_are(vorm):
    assert vouw(regels(vorm)) == regels(vorm)


def test_of_a_long_row_the_last_two_stay():
    alles = regels("wssssswt")
    assert [(regel.van, [stap.kop for stap in regel.regels]) for regel in vouw(alles)] == [
        ("huis", []), ("vouw", ["1", "2", "3"]), ("gebeurtenis", []), ("gebeurtenis", []), ("huis", []), ("gebeurtenis", []),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_referral_that_went_far_is_short_to_read(huis, team_sociale_dienst, loket_ocmw, partner, organisatie):
    bon = ontvang(team_sociale_dienst, naam="Sam")
    verwijzing = voorstel(bon.vraag, organisatie, loket_ocmw)
    tot(verwijzing, "geholpen", door=loket_ocmw, partner=partner)
    browser = Client()
    browser.post("/loket/opvolgen/", {"code": bon.getoonde_code})
    pagina = browser.get("/loket/opvolgen/dossier/").content.decode()
    vouwen = pagina.split("<summary>Wat er eerder gebeurde (")[1:]
    assert len(vouwen) == 1
    binnen, buiten = vouwen[0].split("</details>")
    assert "Je gaf je akkoord" in binnen and "zegt dat je geholpen bent" in buiten
