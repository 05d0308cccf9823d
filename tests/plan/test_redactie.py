"""Many people edit one plan: who may edit what, and nobody's words are overwritten unseen."""

import threading
from datetime import date

import pghistory
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from plan.acties.redactie import Besluit, Ondertussen, beslis, bewaar, merk_van, trek_in
from plan.acties.versies import bevries
from plan.models import Actie, Alinea, Onderdeel, Partnerschap, Plan, Redacteur, Voorstelveld, Wijzigingsvoorstel
from plan.models.redactie import delen_van
from plan.redactie.versie import merk, waarden_toen
from plan.redactie.waarden import waarden
from sociaalhuis import rollen
from sociaalhuis.models import Organisatie, UitgaandeMail

LIJST, VOORSTELLEN = reverse("plan:redactie"), reverse("plan:voorstellen")


@pytest.fixture
def an(maak_gebruiker, gemeente, garantie):
    """The head of a department, with the whole guarantee."""
    an = maak_gebruiker("An", rollen.REDACTEUR, bestuur=gemeente)
    Redacteur.objects.create(onderdeel=garantie, gebruiker=an)
    return an


@pytest.fixture
def bob(maak_gebruiker, ocmw, team_sociale_dienst, actie):
    """Edits one action, because of the team."""
    Redacteur.objects.create(onderdeel=actie, team=team_sociale_dienst)
    return maak_gebruiker("Bob", rollen.LOKETMEDEWERKER, bestuur=ocmw, teams=[team_sociale_dienst])


def adres(deel):
    return reverse("plan:redactie_deel", args=[deel.pk])


def tekst(antwoord):
    return antwoord.content.decode()


def velden_van(pagina):
    """The form of a page as a browser would send it back."""
    uit = {}
    for veld in pagina.context["form"]:
        waarde = veld.value()
        if waarde not in (None, False, ""):
            uit[veld.html_name] = waarde.isoformat() if isinstance(waarde, date) else waarde
    return uit


def schrijf(client, deel, pagina=None, **anders):
    """Opens a part (or takes the page that was opened before) and sends its form with these changes."""
    velden = velden_van(pagina or client.get(adres(deel)))
    return client.post(adres(deel), {**velden, **anders})


def stel_voor(deel, door, waarom="Het wordt anders.", **nieuw):
    deel = Onderdeel.objects.get(pk=deel.pk)
    return bewaar(
        onderdeel=deel, nieuw={**waarden(deel), **nieuw}, waarom=waarom, gezien=merk(deel), door=door
    ).voorstel


# --- who may ----------------------------------------------------------------------------------


def test_an_editor_reaches_the_own_parts_with_all_below_and_nothing_else(
    als,
    huis,
    an,
    bob,
    plan,
    garantie,
    doelstelling,
    actie,
    maak_actie,
    geheim_plan,
    planner,
    voedselbank,
    loket_gemeente,
):
    los = maak_actie("b")
    assert set(delen_van(an).values_list("code", flat=True)) == {"G1", "G1.1", "G1.1.a", "G1.1.b"}
    assert set(delen_van(bob).values_list("code", flat=True)) == {"G1.1.a"}
    assert set(delen_van(loket_gemeente)) == set() and delen_van(planner).count() == 7
    assert als(bob).get(adres(los)).status_code == 404
    assert schrijf(als(an), los, titel="x").status_code == 422  # may, but says not why
    assert als(bob).post(adres(los), {"titel": "x"}).status_code == 404
    assert als(voedselbank).get(LIJST).status_code == 404
    for gebruiker in (an, bob, loket_gemeente):
        assert als(gebruiker).get(VOORSTELLEN).status_code == 404
    with pytest.raises(PermissionDenied):
        stel_voor(los, bob, titel="x")
    plan.staat = "afgelopen"
    plan.save()
    assert als(an).get(adres(actie)).status_code == 404 and not delen_van(planner).filter(plan=plan).exists()
    with pytest.raises(ValidationError, match="afgelopen"):
        stel_voor(actie, planner, titel="x")


def test_a_team_of_the_other_bestuur_opens_nothing(bob, loket_gemeente, team_sociale_dienst, actie):
    loket_gemeente.teams.add(team_sociale_dienst)
    assert not delen_van(loket_gemeente).exists()


def test_who_moves_comes_along(an, plan, actie, doelstelling, planner):
    ander = Onderdeel.objects.create(plan=plan, soort="garantie", code="G2", titel="Nog een")
    doelstelling.ouder = ander
    doelstelling.save()
    assert list(delen_van(an).values_list("code", flat=True)) == ["G1"]


@pytest.mark.parametrize(
    ("naam", "rij"),
    [
        ("redacteur_persoon_of_team", {}),
        ("redacteur_persoon_of_team", {"gebruiker": True, "team": True}),
        ("redacteur_persoon_een_keer", {"gebruiker": True}),
    ],
)
def test_the_database_keeps_editors_whole(an, garantie, team_onthaal, naam, rij):
    wie = {"gebruiker": an, "team": team_onthaal}
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Redacteur.objects.create(onderdeel=garantie, **{veld: wie[veld] for veld in rij})


def test_only_staff_edits(garantie, voedselbank):
    with pytest.raises(ValidationError, match="medewerker"):
        Redacteur(onderdeel=garantie, gebruiker=voedselbank).full_clean()


def test_the_database_keeps_proposals_whole(an, actie, coordinator):
    voorstel = stel_voor(actie, an, titel="Anders")
    veld = voorstel.velden.get()
    for naam, wijziging in [
        ("wijzigingsvoorstel_een_open", lambda: Wijzigingsvoorstel.objects.create(onderdeel=actie, door=an, waarom="x", op_versie="1-0")),
        ("wijzigingsvoorstel_zegt_waarom", lambda: Wijzigingsvoorstel.objects.update(waarom="")),
        ("wijzigingsvoorstel_staat_heel_of_niet", lambda: Wijzigingsvoorstel.objects.update(staat="beslist")),
        ("voorstelveld_een_keer", lambda: Voorstelveld.objects.create(voorstel=voorstel, veld="titel", oud="a", nieuw="b")),
        ("voorstelveld_verandert_iets", lambda: Voorstelveld.objects.filter(pk=veld.pk).update(nieuw=veld.oud)),
        ("voorstelveld_geweigerd_heeft_nota", lambda: Voorstelveld.objects.update(uitkomst="geweigerd")),
        ("voorstelveld_tekst_aangepast", lambda: Voorstelveld.objects.update(tekst="x")),
    ]:  # fmt: skip
        with pytest.raises(IntegrityError, match=naam), transaction.atomic():
            wijziging()


# --- bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"titel": ""}, "Vul dit in."),
        ({"titel": "x" * 5000}, "Hou het kort: hoogstens 200 tekens. Nu zijn het er 5000."),
        ({"titel": "a\x00b"}, "Hier staat een teken in dat we niet kunnen bewaren."),
        ({"begin": "morgen"}, "Schrijf de datum als dag, maand en jaar, zoals 31/12/2027."),
        ({"einde": "2040-01-01"}, "Kies een datum in de periode van het plan (2026-2031)."),
        ({"einde": "2026-01-01"}, "Het einde ligt voor het begin. Kies een latere datum."),
        ({"trekker_organisatie": "geen"}, "Kies een organisatie uit de lijst."),
        ({"partners": ["geen"]}, "Deze organisatie staat niet in de lijst."),
        ({"partner_erbij": "Niemand vzw"}, "We kennen geen organisatie met die naam. Kies er een uit de lijst."),
        ({"waarom": ""}, "Schrijf waarom je dit verandert. De coördinator leest het."),
        ({"gezien": "[]"}, "Laad deze pagina opnieuw en kijk na wat er staat."),
        ({"gezien": "99999999999999999999-1"}, "Laad deze pagina opnieuw en kijk na wat er staat."),
    ],
)
def test_what_does_not_fit_is_told_at_the_field_and_kept(als, huis, an, actie, velden, zin):
    antwoord = schrijf(als(an), actie, contact="Bel onze balie", **{"waarom": "Nieuw", **velden})
    assert antwoord.status_code == 422
    assert zin in tekst(antwoord) and 'value="Bel onze balie"' in tekst(antwoord)
    assert not Wijzigingsvoorstel.objects.exists()


def test_script_and_turned_text_come_in_harmless(als, huis, planner, actie):
    client = als(planner)
    lang = "Eerst <script>alert(1)</script>\n\n- een\n- **twee**\u202e"
    assert schrijf(client, actie, titel="Plan \u202eB", lange_omschrijving=lang).status_code == 302
    actie.refresh_from_db()
    assert actie.titel == "Plan B"
    assert actie.lange_omschrijving == (
        "<p>Eerst &lt;script&gt;alert(1)&lt;/script&gt;</p><ul><li>een</li><li><strong>twee</strong></li></ul>"
    )


def test_a_lead_that_is_not_checked_any_more_stays(als, huis, planner, actie, organisatie):
    Organisatie.objects.filter(pk=organisatie.pk).update(erkend_op=None)
    Onderdeel.objects.filter(pk=actie.pk).update(trekker_organisatie=organisatie)
    assert schrijf(als(planner), actie, contact="Balie").status_code == 302
    actie.refresh_from_db()
    assert (actie.trekker_organisatie, actie.contact) == (organisatie, "Balie")


# --- a proposal, from beginning to end --------------------------------------------------------


def test_a_proposal_waits_is_decided_per_field_and_leaves_a_history(
    als, huis, plan, an, actie, coordinator, planner, bob, organisatie, bewoner
):
    Onderdeel.objects.filter(pk=actie.pk).update(lange_omschrijving="<p>We bellen aan.</p>")
    bevries(plan=plan, door=coordinator)
    client = als(an)
    pagina = schrijf(
        client, actie, titel="Iedereen een dak", lange_omschrijving="We bellen twee keer aan.", einde="2028-06-30",
        partner_erbij=organisatie.naam, waarom="Eén keer bellen lukt niet.",
    )  # fmt: skip
    assert (pagina.status_code, pagina.url) == (302, LIJST)
    voorstel = Wijzigingsvoorstel.objects.get()
    assert list(voorstel.velden.values_list("veld", "oud", "nieuw")) == [
        ("titel", "Actie a", "Iedereen een dak"),
        ("lange_omschrijving", "<p>We bellen aan.</p>", "<p>We bellen twee keer aan.</p>"),
        ("einde", "2027-12-31", "2028-06-30"),
        ("partners", "", "voedselbank"),
    ]
    actie.refresh_from_db()
    assert (actie.titel, actie.einde) == ("Actie a", date(2027, 12, 31))  # nothing on the site yet
    # a double click, and a second thought: still one proposal, with what is proposed now
    assert schrijf(client, actie, waarom="Eén keer bellen lukt niet.").status_code == 302
    schrijf(client, actie, einde="2028-09-30", waarom="Eén keer bellen lukt niet.")
    assert list(voorstel.velden.values_list("veld", "nieuw"))[2] == ("einde", "2028-09-30")
    assert Wijzigingsvoorstel.objects.count() == 1
    # only the coordinator decides; a colleague on the same action reads
    deur = reverse("plan:voorstel", args=[voorstel.pk])
    assert [als(wie).get(deur).status_code for wie in (planner, bob)] == [200, 200]
    goed = {f"{veld}-uitkomst": "overgenomen" for veld in ("titel", "lange_omschrijving", "einde", "partners")}
    for wie in (planner, bob, an):
        assert als(wie).post(deur, goed).status_code == 403
    baas = als(coordinator)
    assert "Eén keer bellen lukt niet." in tekst(baas.get(VOORSTELLEN))
    gezien = baas.get(deur).context["gezien"]
    half = baas.post(deur, {"gezien": gezien, "titel-uitkomst": "geweigerd", "einde-uitkomst": "zomaar"})
    assert half.status_code == 422
    for zin in ("Schrijf waarom je dit niet overneemt.", "Kies een van deze.", "Kies wat je doet met ‘Partners’."):
        assert zin in tekst(half)
    keuzes = {
        **goed, "gezien": gezien, "titel-uitkomst": "geweigerd", "titel-nota": "De titel staat in het besluit.",
        "lange_omschrijving-uitkomst": "aangepast", "lange_omschrijving-tekst": "We bellen drie keer aan.",
    }  # fmt: skip
    assert baas.post(deur, keuzes).url == VOORSTELLEN
    assert baas.post(deur, keuzes).url == VOORSTELLEN  # twice is once
    actie.refresh_from_db()
    assert (actie.titel, actie.lange_omschrijving, actie.einde) == (
        "Actie a", "<p>We bellen drie keer aan.</p>", date(2028, 9, 30),
    )  # fmt: skip
    assert list(actie.partners.all()) == [organisatie]
    assert [alinea.html for alinea in Alinea.objects.filter(onderdeel=actie).geldig()] == [
        "<p>We bellen drie keer aan.</p>"
    ]
    voorstel.refresh_from_db()
    assert (voorstel.staat, voorstel.beslist_door) == ("beslist", coordinator)
    mijn = tekst(client.get(deur))
    assert "De titel staat in het besluit." in mijn and "Overgenomen met een andere tekst" in mijn
    # what was frozen reads as it was, what is public reads as it is, and the history tells who and why
    oud = next(deel for deel in plan.versies.get().inhoud["onderdelen"] if deel["code"] == "G1.1.a")
    assert (oud["lange_omschrijving"], oud["einde"]) == ("<p>We bellen aan.</p>", "2027-12-31")
    assert "We bellen drie keer aan." in tekst(bewoner.get(actie.get_absolute_url()))


@pytest.mark.django_db(transaction=True)
def test_who_proposed_hears_by_mail_that_there_is_a_decision_and_not_which(an, actie, coordinator, settings):
    voorstel = stel_voor(actie, an, titel="Geheime titel")
    besluit = {"titel": Besluit("geweigerd", nota="Te duur")}
    for _ in range(2):  # a double click
        beslis(voorstel=voorstel, besluiten=besluit, gezien=merk_van(voorstel), door=coordinator)
    (mail,) = UitgaandeMail.objects.filter(onderwerp="Er is beslist over je voorstel")
    assert mail.aan == an.email
    assert f"{settings.SITE_URL}{reverse('plan:voorstel', args=[voorstel.pk])}" in mail.tekst
    assert "Geheime" not in mail.tekst and "Te duur" not in mail.tekst
    weg = stel_voor(actie, an, titel="Nog iets")
    an.is_active = False
    an.save()
    beslis(voorstel=weg, besluiten=besluit, gezien=merk_van(weg), door=coordinator)
    assert UitgaandeMail.objects.filter(onderwerp__startswith="Er is beslist").count() == 1


def test_an_editor_looks_first_and_nothing_is_kept(als, huis, an, actie, plan, coordinator, garantie, loket_ocmw):
    client = als(an)
    pagina = schrijf(client, actie, voorbeeld="1", titel="Zo zou het zijn", lange_omschrijving="Wij **bellen** aan.")
    assert pagina.status_code == 200  # no reason is asked for, to look
    assert "Zo zou het zijn" in tekst(pagina) and "<strong>bellen</strong>" in tekst(pagina)
    assert "Dit is een voorbeeld. Er is niets bewaard." in tekst(pagina)
    fout = schrijf(client, actie, voorbeeld="1", einde="2040-01-01")
    assert fout.status_code == 422 and "Kies een datum in de periode van het plan" in tekst(fout)
    actie.refresh_from_db()
    assert (actie.titel, Wijzigingsvoorstel.objects.count(), Alinea.objects.count()) == ("Actie a", 0, 0)
    # while the plan is being made who edits a part reads the whole of it; others do not
    plan.staat, plan.gepubliceerd_op = Plan.Staat.VOORBEREIDING, None
    plan.save()
    assert client.get(garantie.get_absolute_url()).status_code == 200
    assert "Zo zou het zijn" in tekst(schrijf(client, actie, voorbeeld="1", titel="Zo zou het zijn"))
    assert als(loket_ocmw).get(garantie.get_absolute_url()).status_code == 404
    assert als(loket_ocmw).post(adres(actie), {"voorbeeld": "1", "titel": "x"}).status_code == 404
    Redacteur.objects.all().delete()
    assert als(an).get(garantie.get_absolute_url()).status_code == 404


def test_the_history_tells_who_why_and_word_by_word(als, huis, an, actie, coordinator):
    lang = "<p>We bellen aan bij wie al drie maanden de huur niet kan betalen.</p>"
    Onderdeel.objects.filter(pk=actie.pk).update(lange_omschrijving=lang)
    voorstel = stel_voor(actie, an, waarom="Sneller", lange_omschrijving=lang.replace("drie", "twee"))
    als(coordinator).post(
        reverse("plan:voorstel", args=[voorstel.pk]),
        {"gezien": merk_van(voorstel), "lange_omschrijving-uitkomst": "overgenomen"},
    )
    pagina = als(an).get(reverse("plan:redactie_geschiedenis", args=[actie.pk]))
    laatste = pagina.context["wijzigingen"][0]
    assert (laatste.wie, laatste.namens, laatste.waarom) == ("coordinator", "An", "Sneller")
    assert [(s.soort, s.tekst) for s in laatste.velden[0].stukken if s.soort in ("weg", "erbij")] == [
        ("weg", "drie"), ("erbij", "twee"),
    ]  # fmt: skip
    assert "voorgesteld door An" in tekst(pagina)
    beheer = als(coordinator).get(reverse("admin:plan_actie_history", args=[actie.pk]))
    assert "voorgesteld door An" in tekst(beheer) and "<ins>" in tekst(beheer)


def test_who_wrote_it_takes_it_back_and_nobody_else(als, huis, an, bob, actie, coordinator):
    voorstel = stel_voor(actie, an, titel="Anders")
    weg = reverse("plan:voorstel_trek_in", args=[voorstel.pk])
    assert [als(wie).post(weg).status_code for wie in (bob, coordinator)] == [403, 403]
    assert als(an).get(weg).status_code == 405
    assert [als(an).post(weg).status_code for _ in range(2)] == [302, 302]
    voorstel.refresh_from_db()
    assert voorstel.staat == "ingetrokken"
    assert beslis(voorstel=voorstel, besluiten={}, gezien=merk_van(voorstel), door=coordinator).staat == "ingetrokken"
    assert als(coordinator).post(reverse("plan:voorstel", args=[voorstel.pk])).status_code == 302
    actie.refresh_from_db()
    assert actie.titel == "Actie a"
    with pytest.raises(PermissionDenied):
        trek_in(voorstel=voorstel, door=coordinator)


def test_an_editor_of_another_part_finds_no_proposal(als, huis, an, bob, maak_actie):
    voorstel = stel_voor(maak_actie("b"), an, titel="Anders")
    assert als(bob).get(reverse("plan:voorstel", args=[voorstel.pk])).status_code == 404
    assert als(bob).post(reverse("plan:voorstel_trek_in", args=[voorstel.pk])).status_code == 404


# --- two at once ------------------------------------------------------------------------------


def test_what_others_changed_in_other_fields_stays(als, huis, actie, planner, coordinator, organisatie):
    een, twee = als(planner), als(coordinator)
    geopend = een.get(adres(actie))
    schrijf(twee, actie, titel="Van de coördinator", partner_erbij=organisatie.naam)
    antwoord = schrijf(een, actie, geopend, contact="Balie", trekker="Wonen")
    assert antwoord.status_code == 302
    actie.refresh_from_db()
    assert (actie.titel, actie.contact, actie.trekker) == ("Van de coördinator", "Balie", "Wonen")
    assert list(actie.partners.all()) == [organisatie]
    assert "coordinator veranderde intussen ook ‘Titel’. Dat blijft." in tekst(een.get(LIJST))


@pytest.mark.django_db(transaction=True)
def test_the_same_field_twice_shows_both_and_asks(als, huis, actie, planner, coordinator):
    een, twee = als(planner), als(coordinator)
    geopend = een.get(adres(actie))
    schrijf(twee, actie, titel="Die van Cora", contact="Onthaal", lange_omschrijving="Nieuw")
    botst = schrijf(een, actie, geopend, titel="Die van Piet", trekker="Wonen")
    assert botst.status_code == 409
    inhoud = tekst(botst)
    assert "Die van coordinator van " in inhoud and "Die van Cora" in inhoud and 'value="Die van Piet"' in inhoud
    assert "Kies bij ‘Titel’ wat er blijft." in inhoud
    assert botst.context["form"]["contact"].value() == "Onthaal"  # what only the other touched, is theirs
    assert botst.context["form"]["lange_omschrijving"].value() == "Nieuw"
    actie.refresh_from_db()
    assert (actie.titel, actie.trekker) == ("Die van Cora", "Sociale dienst")
    assert schrijf(een, actie, botst).status_code == 422  # not chosen yet
    # a third change in between is not overwritten either
    schrijf(twee, actie, titel="Nog eens Cora")
    weer = schrijf(een, actie, botst, keuze_titel="mijn")
    assert weer.status_code == 409 and "Nog eens Cora" in tekst(weer)
    assert schrijf(een, actie, weer, keuze_titel="nu").status_code == 302
    actie.refresh_from_db()
    assert (actie.titel, actie.trekker, actie.contact) == ("Nog eens Cora", "Wonen", "Onthaal")


def test_my_text_stays_when_i_say_so(als, huis, actie, planner, coordinator):
    een = als(planner)
    geopend = een.get(adres(actie))
    schrijf(als(coordinator), actie, titel="Die van Cora")
    botst = schrijf(een, actie, geopend, titel="Die van Piet")
    assert schrijf(een, actie, botst, keuze_titel="mijn").status_code == 302
    actie.refresh_from_db()
    assert actie.titel == "Die van Piet"


def test_a_part_that_changed_after_the_proposal_shows_three_texts(als, huis, an, actie, coordinator, planner):
    voorstel = stel_voor(actie, an, titel="Voorstel van An", contact="Balie 1")
    baas, deur = als(coordinator), reverse("plan:voorstel", args=[voorstel.pk])
    oude_pagina = baas.get(deur).context["gezien"]
    schrijf(als(planner), actie, titel="Titel van Piet")
    keuzes = {"titel-uitkomst": "overgenomen", "contact-uitkomst": "geweigerd", "contact-nota": "Past niet."}
    botst = baas.post(deur, {**keuzes, "gezien": oude_pagina})
    assert botst.status_code == 409 and "Er veranderde iets" in tekst(botst) and "Past niet." in tekst(botst)
    for woorden in ("Actie a", "Voorstel van An", "Titel van Piet", "Staat er nu"):
        assert woorden in tekst(botst)
    assert [veld["botst"] for veld in botst.context["velden"]] == [True, False]
    assert baas.post(deur, {**keuzes, "gezien": botst.context["gezien"]}).status_code == 302
    actie.refresh_from_db()
    assert (actie.titel, actie.contact) == ("Voorstel van An", "")


def test_the_editor_who_changed_it_meanwhile_is_seen(als, huis, an, actie, coordinator):
    voorstel = stel_voor(actie, an, titel="Eerst")
    gezien = merk_van(voorstel)
    stel_voor(actie, an, titel="Daarna")
    with pytest.raises(Ondertussen):
        beslis(voorstel=voorstel, besluiten={"titel": Besluit("overgenomen")}, gezien=gezien, door=coordinator)
    voorstel.refresh_from_db()
    assert voorstel.staat == "wacht"


def test_an_unrelated_change_stops_no_decision(an, actie, coordinator):
    voorstel = stel_voor(actie, an, titel="Eerst")
    gezien = merk_van(voorstel)
    Actie.objects.filter(pk=actie.pk).update(volgorde=9, contact="Elders")
    with pytest.raises(ValidationError):
        beslis(voorstel=voorstel, besluiten={}, gezien=gezien, door=coordinator)
    beslis(voorstel=voorstel, besluiten={"titel": Besluit("overgenomen")}, gezien=gezien, door=coordinator)
    actie.refresh_from_db()
    assert (actie.titel, actie.volgorde, actie.contact) == ("Eerst", 9, "Elders")


@pytest.mark.django_db(transaction=True)
def test_two_threads_save_one_field_and_one_of_them_hears_it(actie, planner, coordinator):
    deel = Onderdeel.objects.get(pk=actie.pk)
    gezien, begin, uit = merk(deel), waarden(deel), []
    klaar = threading.Barrier(2)

    def bewaart(wie, titel):
        klaar.wait()
        try:
            bewaar(onderdeel=deel, nieuw={**begin, "titel": titel}, waarom="", gezien=gezien, door=wie)
            uit.append(titel)
        except Ondertussen as fout:
            uit.append(fout.botst)
        finally:
            connection.close()

    draden = [threading.Thread(target=bewaart, args=rij) for rij in ((planner, "Piet"), (coordinator, "Cora"))]
    [draad.start() for draad in draden]
    [draad.join() for draad in draden]
    assert sorted(map(str, uit))[1] == "['titel']" or ["titel"] in uit
    actie.refresh_from_db()
    assert actie.titel in uit and len(uit) == 2


def test_what_stood_there_then_is_known_from_the_log(actie, organisatie, coordinator):
    toen, begin = merk(actie), waarden(actie)
    with pghistory.context(user=coordinator.pk):
        ander = Organisatie.objects.create(code="caw", naam="CAW", soort="andere", erkend_op="2026-01-05T09:00:00Z")
        Partnerschap.objects.create(onderdeel=actie, organisatie=ander)
        actie.titel, actie.trekker_organisatie, actie.einde = "Nu", ander, None
        actie.save()
    midden, nu = merk(actie), waarden(actie)
    assert (nu["titel"], nu["trekker_organisatie"], nu["partners"], nu["einde"]) == ("Nu", "caw", "caw", "")
    actie.partnerschappen.all().delete()
    assert waarden_toen(actie, toen) == begin and waarden_toen(actie, midden) == nu
    assert waarden_toen(actie, merk(actie)) == {**nu, "partners": ""}


# --- the lists --------------------------------------------------------------------------------


def test_lists_ask_the_same_for_one_row_and_for_three(
    als, huis, an, maak_actie, coordinator, django_assert_num_queries, garantie, doelstelling
):
    def stel(letter):
        stel_voor(maak_actie(letter), an, titel=f"Nieuw {letter}")

    stel("a")
    paren = [(als(an), LIJST), (als(coordinator), LIJST), (als(coordinator), VOORSTELLEN)]
    aantallen = []
    for client, pad in paren:
        client.get(pad)
        with django_assert_num_queries(17, exact=False) as eerst:
            assert client.get(pad).status_code == 200
        aantallen.append(len(eerst.captured_queries))
    stel("b")
    stel("c")
    for (client, pad), aantal in zip(paren, aantallen, strict=True):
        with django_assert_num_queries(aantal):
            client.get(pad)


def test_the_list_stands_in_the_order_of_the_tree_and_finds(
    als, huis, an, bob, maak_actie, doelstelling, plan, garantie
):
    maak_actie("b", volgorde=1)
    rijen = als(an).get(LIJST).context["rijen"]
    assert [(deel.code, diepte) for deel, diepte, _ in rijen] == [("G1", 0), ("G1.1", 1), ("G1.1.a", 2), ("G1.1.b", 2)]
    assert [deel.code for deel, *_ in als(an).get(LIJST, {"q": "g1.1.B\x00"}).context["rijen"]] == ["G1.1.b"]
    assert "Niets gevonden" in tekst(als(an).get(LIJST, {"q": "xqz"}))
    leeg = maak_actie("c")
    assert "G1.1.c" not in tekst(als(bob).get(LIJST)) and leeg.titel not in tekst(als(bob).get(LIJST))


def test_an_editor_comes_home_at_the_own_part(als, huis, an, bob, planner):
    thuis = reverse("start_na_aanmelden")
    assert als(an).get(thuis).url == LIJST
    assert als(bob).get(thuis).url == "/loket/werkbank/" and als(planner).get(thuis).url == reverse("admin:index")


def test_without_a_part_the_page_says_whom_to_ask(als, huis, loket_gemeente):
    assert "Je hebt nog geen deel van het plan" in tekst(als(loket_gemeente).get(LIJST))
