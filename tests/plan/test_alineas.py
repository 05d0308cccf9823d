"""Paragraphs keep their identity while their words change."""

import pytest
from django.urls import reverse

from plan.acties.alineas import volg, volg_plan
from plan.blokken import knip, koppel
from plan.models import Alinea, Garantie, Onderdeel
from tests.plan.test_beheer import formulier


@pytest.mark.parametrize(
    ("html", "blokken"),
    [
        ("", []),
        (None, []),
        ("<p> </p><p><br></p>", []),
        ("losse woorden", ["<p>losse woorden</p>"]),
        ("los <b>vet</b><p>een</p>ook los", ["<p>los <b>vet</b></p>", "<p>een</p>", "<p>ook los</p>"]),
        ("<h3>Kop</h3><p>a &amp; b<br>c</p>", ["<h3>Kop</h3>", "<p>a &amp; b<br>c</p>"]),
        ("<ul><li><p>x</p></li><li>y</li></ul><p>z</p>", ["<ul><li><p>x</p></li><li>y</li></ul>", "<p>z</p>"]),
        ("<p>niet gesloten", ["<p>niet gesloten"]),
        ("</p><p>a</p></ul>", ["<p>a</p>"]),
    ],
)
def test_a_text_is_cut_at_its_top_level(html, blokken):
    assert knip(html) == blokken


@pytest.mark.parametrize(
    ("oud", "nieuw", "wie"),
    [
        ([], ["<p>a</p>"], [None]),
        (["<p>a</p>"], [], []),
        (["<p>een twee</p>", "<p>drie vier</p>"], ["<p>drie vier</p>", "<p>een twee</p>"], [1, 0]),
        (["<p>wij helpen elk gezin</p>"], ["<p>wij helpen elk jong gezin</p>"], [0]),
        (["<p>wij helpen elk gezin</p>"], ["<p>nieuwe bussen rijden door</p>"], [None]),
        (["<p>a b c d</p>"], ["<p>a b c e</p>", "<p>a b c d</p>"], [None, 0]),
        (["<p>a b c d</p>"], ["<p>a b x y</p>", "<p>a b c x</p>"], [None, 0]),
        (["<p>dag</p>", "<p>dag</p>"], ["<p>dag</p>", "<p>dag</p>", "<p>dag</p>"], [0, 1, None]),
        (["<p>Kop</p>"], ["<h3>Kop</h3>"], [0]),
    ],
)
def test_a_block_is_the_old_one_rewritten_or_new(oud, nieuw, wie):
    assert koppel(oud, nieuw) == wie


def tekst(garantie, html):
    Garantie.objects.filter(pk=garantie.pk).update(lange_omschrijving=html)
    garantie.refresh_from_db()
    return volg(garantie)


def staat(garantie):
    return list(garantie.alineas.geldig().values_list("sleutel", "html"))


def test_a_rewritten_paragraph_keeps_its_key_and_a_lost_one_is_closed(garantie):
    assert tekst(garantie, "<p>Wij zoeken een dak voor elk gezin.</p><p>Gratis.</p>") == 2
    (dak, _), (gratis, _) = staat(garantie)
    assert tekst(garantie, "<p>Nieuw vooraan.</p><p>Wij zoeken een warm dak voor elk gezin.</p>") == 3
    (nieuw, _), (nog, html) = staat(garantie)
    assert (nog, html) == (dak, "<p>Wij zoeken een warm dak voor elk gezin.</p>")
    assert nieuw not in {dak, gratis}
    assert Alinea.objects.get(sleutel=gratis).vervallen_op is not None


def test_nothing_moves_without_a_change(garantie):
    tekst(garantie, "<p>Een.</p><p>Twee.</p>")
    voor = staat(garantie)
    assert (volg(garantie), staat(garantie)) == (0, voor)


def test_the_texts_of_the_plan_itself_have_paragraphs_too(plan, garantie):
    assert volg_plan(plan) == 1
    (visie,) = plan.alineas.geldig()
    assert (visie.veld, visie.onderdeel, visie.html) == ("visie", None, "<p>Een open deur.</p>")


def test_a_paragraph_goes_with_its_part(garantie):
    tekst(garantie, "<p>Een.</p>")
    Onderdeel.objects.filter(pk=garantie.pk).delete()
    assert not Alinea.objects.exists()


@pytest.mark.parametrize("soort", ["garantie", "plan"])
def test_saving_in_the_admin_keeps_the_keys(huis, als, planner, plan, garantie, soort):
    rij, veld = (garantie, "lange_omschrijving") if soort == "garantie" else (plan, "visie")
    adres = reverse(f"admin:plan_{soort}_change", args=[rij.pk])
    sleutels = []
    for html in (
        "<p>Wij zoeken een dak voor elk gezin.</p>",
        "<p>Nieuw.</p><p>Wij zoeken een warm dak voor elk gezin.</p>",
    ):
        client = als(planner)
        velden = formulier(client.get(adres)) | {veld: html}
        assert client.post(adres, velden).status_code == 302
        sleutels.append(list(rij.alineas.filter(veld=veld).geldig().values_list("sleutel", flat=True)))
    assert sleutels[1][1:] == sleutels[0] and len(sleutels[1]) == 2
