"""Two people on one tree of the signpost: nobody publishes or overwrites what somebody else did unseen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from loket.acties.wegwijzer import publiceer
from loket.models import Levensgebeurtenis, Wegpunt
from tests.loket.diensten import maak_dienst
from tests.loket.test_wegwijzer import antwoord_velden, beheer_van, gezien, velden_van
from tests.loket.wegen import maak_weg

pytestmark = pytest.mark.django_db


@pytest.fixture
def dienst(ocmw):
    return maak_dienst("Leefloon", bestuur=ocmw, kort="Een inkomen.", gratis=True)


def boom(naam, dienst):
    gebeurtenis, _ = maak_weg(naam, {"begin": ("Heb je eten?", {"Ja": "rond", "Nee": "rond"}), "rond": [dienst]})
    return publiceer(gebeurtenis=gebeurtenis, door=None)


@pytest.fixture
def weg(huis, dienst):
    return boom("geen-geld", dienst)


def punt_van(weg):
    return reverse("admin:loket_wegpunt_change", args=[weg.begin_id])


def wijzig(als, wie, weg, titel):
    """A colleague saves another question on the first point."""
    velden = antwoord_velden(titel=titel) | {"_gezien": gezien(weg.begin)}
    assert als(wie).post(punt_van(weg), velden).status_code == 302


def op_de_site(weg):
    return Levensgebeurtenis.objects.get(pk=weg.pk).boom["punten"][str(weg.begin_id)]["titel"]


def test_publishing_after_somebody_else_changed_the_tree_is_refused_with_who(als, weg, loket_ocmw, team_ocmw):
    open_pagina = gezien(weg)
    wijzig(als, team_ocmw, weg, "Nog niet af?")
    client = als(loket_ocmw)
    antwoord = client.post(beheer_van(weg), velden_van(weg, _gezien=open_pagina, titel="Mijn titel", _publiceer=""))
    html = antwoord.content.decode()
    assert antwoord.status_code == 200 and f"Gewijzigd door {team_ocmw.naam} op" in html
    assert 'value="Mijn titel"' in html and op_de_site(weg) == "Heb je eten?"
    assert client.post(beheer_van(weg), velden_van(weg, _publiceer="")).status_code == 302  # seen, and pressed again
    assert op_de_site(weg) == "Nog niet af?"


@pytest.mark.parametrize("merk", ["", "x", "1-2", "9" * 400, "1-1-1-1-1-1-1-1", "-1--1"])
def test_without_a_mark_nothing_is_published(als, weg, loket_ocmw, merk):
    Wegpunt.objects.filter(pk=weg.begin_id).update(titel="Anders?")
    antwoord = als(loket_ocmw).post(beheer_van(weg), velden_van(weg, _gezien=merk, _publiceer=""))
    assert antwoord.status_code == 200 and op_de_site(weg) == "Heb je eten?"


def test_of_two_who_edit_one_point_the_second_sees_the_first(als, weg, loket_ocmw, team_ocmw):
    open_pagina = gezien(weg.begin)
    wijzig(als, team_ocmw, weg, "Van een collega?")
    velden = antwoord_velden(titel="Van mij?") | {"_gezien": open_pagina}
    antwoord = als(loket_ocmw).post(punt_van(weg), velden)
    html = antwoord.content.decode()
    assert f"Gewijzigd door {team_ocmw.naam} op" in html and "Van mij?" in html
    assert Wegpunt.objects.get(pk=weg.begin_id).titel == "Van een collega?"
    antwoord = als(loket_ocmw).post(punt_van(weg), antwoord_velden(titel="Van mij?") | {"_gezien": gezien(weg.begin)})
    assert antwoord.status_code == 302 and Wegpunt.objects.get(pk=weg.begin_id).titel == "Van mij?"


def test_publishing_one_tree_leaves_the_drafts_of_another(als, weg, dienst, loket_ocmw, team_ocmw):
    ander = boom("geen-huis", dienst)
    wijzig(als, team_ocmw, ander, "Niet af?")
    als(loket_ocmw).post(beheer_van(weg), velden_van(weg, _publiceer=""))
    assert op_de_site(ander) == "Heb je eten?"


def test_the_page_says_whose_changes_go_along(als, weg, loket_ocmw, team_ocmw):
    assert "Dit komt mee op de site" not in als(loket_ocmw).get(beheer_van(weg)).content.decode()
    # the log of a whole test has the moment at which its transaction began
    Levensgebeurtenis.objects.update(gepubliceerd_op=timezone.now() - timedelta(hours=1))
    wijzig(als, team_ocmw, weg, "Nog niet af?")
    html = als(loket_ocmw).get(beheer_van(weg)).content.decode()
    deel = html.split("Dit komt mee op de site als je publiceert")[1].split("</ul>")[0]
    assert team_ocmw.naam in deel and "Nog niet af?" in deel
    als(loket_ocmw).post(beheer_van(weg), velden_van(weg, _publiceer=""))
    assert "Dit komt mee op de site" not in als(loket_ocmw).get(beheer_van(weg)).content.decode()


def test_a_page_that_was_opened_carries_the_mark(als, weg, loket_ocmw):
    for pad, rij in ((beheer_van(weg), weg), (punt_van(weg), weg.begin)):
        html = als(loket_ocmw).get(pad).content.decode()
        assert f'name="_gezien" value="{gezien(rij)}"' in html
