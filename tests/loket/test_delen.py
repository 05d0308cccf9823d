"""Two compartments: what is shared, with whom, how long, and that nothing else opens."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from loket.acties import behandeling, delen
from loket.models import Deling, Inzage, MagNiet, Vraag
from loket.models.staat import Stap
from loket.werkbank import werklijst
from loket.zaak import gesprek, lezers
from sociaalhuis.models import Gebruiker
from tests.loket.vragen import ontvang, vraag_van

MORGEN = timedelta(days=1)


@pytest.fixture
def vraag(huis, team_sociale_dienst):
    return vraag_van(team_sociale_dienst, tekst="Kanarie-inhoud", naam="Kanarie-naam")


def deel(vraag, team, door, recht="lees", dagen=3, **velden):
    tot = timezone.localdate() + timedelta(days=dagen)
    return delen.deel(vraag=vraag, met_team=team, recht=recht, reden="Jullie kennen dit gezin", tot=tot, door=door, **velden)  # fmt: skip


def adres(vraag, rest=""):
    return vraag.get_absolute_url() + rest


# --- what must not be -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wie", ["planner", "coordinator", "beheer", "toezicht", "voedselbank", "superuser", "loket_thuiszorg"]
)
def test_sharing_opens_for_the_named_team_and_nobody_else(wie, vraag, loket_ocmw, team_onthaal, als, request):
    deel(vraag, team_onthaal, loket_ocmw, recht="help")
    client = als(request.getfixturevalue(wie))
    assert client.get(adres(vraag)).status_code == 404
    assert client.post(adres(vraag, "noteer/"), {"tekst": "x"}).status_code == 404
    assert Vraag.objects.leesbaar_voor(request.getfixturevalue(wie)).count() == 0


def test_a_member_of_that_team_from_the_other_bestuur_stays_outside(
    vraag, loket_ocmw, team_onthaal, maak_gebruiker, ocmw
):
    deel(vraag, team_onthaal, loket_ocmw)
    vreemd = maak_gebruiker("vreemd", "loketmedewerker", bestuur=ocmw, teams=[team_onthaal])
    assert Vraag.objects.leesbaar_voor(vreemd).count() == 0


def test_only_the_own_team_shares(vraag, loket_ocmw, loket_gemeente, team_onthaal, team_thuiszorg, als):
    with pytest.raises(MagNiet):
        deel(vraag, team_onthaal, loket_gemeente)
    deel(vraag, team_onthaal, loket_ocmw, recht="help")
    with pytest.raises(MagNiet):  # who helps does not share on
        deel(vraag, team_thuiszorg, loket_gemeente)
    assert als(loket_gemeente).post(adres(vraag, "deel/"), {}).status_code == 403


@pytest.mark.parametrize("dagen", [-1, 184])
def test_the_last_day_lies_between_today_and_half_a_year(dagen, vraag, loket_ocmw, team_onthaal):
    with pytest.raises(MagNiet):
        deel(vraag, team_onthaal, loket_ocmw, dagen=dagen)


def test_not_with_itself_and_not_twice(vraag, loket_ocmw, team_onthaal, team_sociale_dienst):
    with pytest.raises(MagNiet):
        deel(vraag, team_sociale_dienst, loket_ocmw)
    deel(vraag, team_onthaal, loket_ocmw)
    with pytest.raises(MagNiet):
        deel(vraag, team_onthaal, loket_ocmw)
    eerste = Deling.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Deling.objects.create(vraag=vraag, met_team=team_onthaal, recht="lees", tekst="x", tot=eerste.tot, door=loket_ocmw)  # fmt: skip


@pytest.mark.parametrize("verb", [behandeling.sluit_af, behandeling.trek_in])
def test_a_closed_question_is_not_shared(verb, vraag, loket_ocmw, loket_gemeente, team_onthaal):
    deel(vraag, team_onthaal, loket_ocmw)
    if verb is behandeling.trek_in:
        verb(vraag=vraag)
    else:
        verb(vraag=vraag, resultaat="geholpen", door=loket_ocmw)
    assert Vraag.objects.leesbaar_voor(loket_gemeente).count() == 0
    assert Vraag.objects.gedeeld_met(loket_gemeente).count() == 0
    with pytest.raises(MagNiet):
        deel(vraag, team_onthaal, loket_ocmw)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE loket_deling SET tot = tot + 100",
        "UPDATE loket_deling SET recht = 'help'",
        "UPDATE loket_deling SET met_team_id = (SELECT id FROM sociaalhuis_team WHERE code = 'thuiszorg')",
        "UPDATE loket_deling SET gestopt_door_id = door_id",
    ],
)
def test_the_database_refuses(sql, vraag, loket_ocmw, team_onthaal, team_thuiszorg):
    deel(vraag, team_onthaal, loket_ocmw)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_reading_along_is_reading_only(vraag, loket_ocmw, loket_gemeente, team_onthaal, als):
    deel(vraag, team_onthaal, loket_ocmw)
    client = als(loket_gemeente)
    assert "Kanarie-inhoud" in client.get(adres(vraag)).content.decode()
    for stap in ("neem", "noteer", "beantwoord", "sluit_af", "draag_over", "deel", "stop_delen", "wijs_toe"):
        assert client.post(adres(vraag, f"{stap}/"), {"tekst": "x", "versie": 1}).status_code == 403, stap
    with pytest.raises(MagNiet):
        behandeling.noteer(vraag=vraag, tekst="x", door=loket_gemeente)
    assert client.get(adres(vraag, "spoor/")).status_code == 404
    assert Vraag.objects.get().versie == vraag.versie


def test_lists_and_counts_stay_inside(vraag, loket_ocmw, loket_gemeente, team_onthaal, als):
    deel(vraag, team_onthaal, loket_ocmw, recht="help")
    assert Vraag.objects.zichtbaar_voor(loket_gemeente).count() == 0
    assert {code for code, aantal in werklijst.tellingen(loket_gemeente).items() if aantal} == {"gedeeld"}
    client = als(loket_gemeente)
    for zoek in ("", "?lijst=mij", "?lijst=nieuw", f"?q={vraag.referentie}"):
        assert list(client.get("/loket/werkbank/" + zoek).context["pagina"]) == []
    assert list(client.get("/loket/werkbank/?lijst=gedeeld").context["pagina"]) == [vraag]
    assert list(Vraag.objects.gedeeld_met(loket_gemeente)) == [vraag]
    assert list(Vraag.objects.gedeeld_met(loket_ocmw)) == []


# --- what may be ------------------------------------------------------------------------------


def test_helping_writes_and_the_question_stays_with_its_team(vraag, loket_ocmw, loket_gemeente, team_onthaal, als):
    deel(vraag, team_onthaal, loket_ocmw, recht="help")
    client = als(loket_gemeente)
    assert client.post(adres(vraag, "noteer/"), {"tekst": "Onze notitie"}).status_code == 302
    assert client.post(adres(vraag, "stuur_bericht/"), {"tekst": "Van onthaal", "versie": 1}).status_code == 302
    na = Vraag.objects.get()
    assert (na.team.code, na.behandelaar, na.staat) == ("sociale-dienst", None, "nieuw")
    assert [b.door for b in na.berichten.all()] == [loket_gemeente]
    assert client.post(adres(vraag, "draag_over/"), {}).status_code == 403


def test_the_day_after_the_last_day_it_is_over(vraag, loket_ocmw, loket_gemeente, team_onthaal, als):
    gisteren = timezone.now() - MORGEN
    deel(vraag, team_onthaal, loket_ocmw, dagen=-1, op=gisteren)
    assert Vraag.objects.leesbaar_voor(loket_gemeente).count() == 0
    assert als(loket_gemeente).get(adres(vraag)).status_code == 404
    delen.sluit_verlopen(timezone.now())
    assert Deling.objects.get().gestopt_op is not None
    assert sorted(g.stap for g in vraag.gebeurtenissen.all()) == [Stap.DEEL, Stap.GESTELD, Stap.STOP_DELEN]
    deel(vraag, team_onthaal, loket_ocmw, dagen=0)  # today included
    assert Vraag.objects.leesbaar_voor(loket_gemeente).count() == 1


def test_an_expired_sharing_does_not_block_a_new_one_before_the_job_ran(vraag, loket_ocmw, team_onthaal):
    deel(vraag, team_onthaal, loket_ocmw, dagen=-1, op=timezone.now() - MORGEN)
    deel(vraag, team_onthaal, loket_ocmw)
    assert [d.gestopt_op is None for d in Deling.objects.order_by("pk")] == [False, True]


def test_stopping_ends_it_at_once(vraag, loket_ocmw, loket_gemeente, team_onthaal, als):
    deling = deel(vraag, team_onthaal, loket_ocmw)
    client = als(loket_ocmw)
    assert "Onthaal</strong> leest mee" in client.get(adres(vraag)).content.decode()
    assert client.post(adres(vraag, "stop_delen/"), {"deling": deling.pk}).status_code == 302
    assert als(loket_gemeente).get(adres(vraag)).status_code == 404
    again = client.post(adres(vraag, "stop_delen/"), {"deling": deling.pk})
    assert again.status_code == 409 and "was al niet meer gedeeld" in again.content.decode()


def test_a_sharing_of_another_question_cannot_be_stopped_here(
    vraag, loket_ocmw, team_onthaal, team_sociale_dienst, als
):
    andere = vraag_van(team_sociale_dienst, tekst="Andere")
    deling = deel(andere, team_onthaal, loket_ocmw)
    als(loket_ocmw).post(adres(vraag, "stop_delen/"), {"deling": deling.pk})
    assert Deling.objects.get().gestopt_op is None


def test_handing_over_ends_every_sharing(vraag, loket_ocmw, loket_gemeente, team_onthaal, team_thuiszorg):
    deel(vraag, team_onthaal, loket_ocmw)
    behandeling.draag_over(vraag=vraag, team=team_thuiszorg, reden="Daar hoort het", door=loket_ocmw)
    assert Deling.objects.get().gestopt_door == loket_ocmw
    assert Vraag.objects.leesbaar_voor(loket_gemeente).count() == 0


def test_reading_along_leaves_its_own_trace(vraag, loket_ocmw, loket_gemeente, team_onthaal, als):
    deel(vraag, team_onthaal, loket_ocmw)
    als(loket_gemeente).get(adres(vraag))
    assert list(Inzage.objects.values_list("door__naam", "reden")) == [("loket.gemeente", "gedeeld")]
    assert Vraag.objects.get().eerst_geopend_op is None  # the own team has still to open it
    assert gesprek.wie_keek(vraag)[0][1] == lezers.IN_WOORDEN["gedeeld"]


def test_the_one_who_asked_sees_with_whom_why_and_until_when(
    huis, team_sociale_dienst, loket_ocmw, team_onthaal, bewoner
):
    bon = ontvang(team_sociale_dienst, tekst="Mijn vraag")
    deling = deel(bon.vraag, team_onthaal, loket_ocmw)
    bewoner.post("/loket/opvolgen/", {"code": bon.code})
    pagina = bewoner.get("/loket/opvolgen/dossier/").content.decode()
    assert "Het team Onthaal leest mee" in pagina and "Jullie kennen dit gezin" in pagina
    assert "loket.ocmw" not in pagina
    delen.stop(vraag=bon.vraag, deling=deling, door=loket_ocmw)
    na = bewoner.get("/loket/opvolgen/dossier/").content.decode()
    assert (
        "Het team Onthaal kan je vraag niet meer lezen" in na
        and "leest mee, tot en met" not in na.split("Wie kan je vraag lezen?")[1]
    )


def test_the_facts_about_readers_are_what_the_door_does(vraag, loket_ocmw, loket_gemeente, team_onthaal):
    """Every team named as a reader can read, and who can read is in a team that is named."""
    deel(vraag, team_onthaal, loket_ocmw, recht="help")
    genoemd = {lezer.wie for lezer in lezers.van(Vraag.objects.select_related("team", "bestuur").get())}
    lezen = {
        team.naam
        for wie in Gebruiker.objects.all()
        if Vraag.objects.leesbaar_voor(wie).exists()
        for team in wie.teams.all()
    }
    assert genoemd == lezen == {"Sociale dienst", "Onthaal"}


# --- the form ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("met_team", "", "Kies een team."),
        ("met_team", "999999", "Kies een team uit de lijst."),
        ("recht", "alles", "Kies wat het team mag."),
        ("tot", "", "Kies tot wanneer."),
        ("tot", "geen dag", "Kies een dag."),
        ("reden", "", "Schrijf waarom je de vraag deelt."),
        ("reden", "x" * 501, "Je tekst is te lang: hoogstens 500 tekens. Maak hem korter, of bel ons."),
        ("reden", "a\x00b", "In je tekst staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(veld, waarde, fout, vraag, loket_ocmw, team_onthaal, als):
    goed = {
        "met_team": team_onthaal.pk, "recht": "lees", "tot": str(timezone.localdate() + MORGEN), "reden": "Blijft <b>staan</b>", "versie": 1,
    }  # fmt: skip
    antwoord = als(loket_ocmw).post(adres(vraag, "deel/"), {**goed, veld: waarde})
    assert antwoord.status_code == 200 and antwoord.context["form"].errors[veld] == [fout]
    assert veld == "reden" or "Blijft &lt;b&gt;staan&lt;/b&gt;" in antwoord.content.decode()
    assert Deling.objects.count() == 0


def test_two_colleagues_share_at_once(vraag, loket_ocmw, team_ocmw, team_onthaal, als):
    velden = {"met_team": team_onthaal.pk, "recht": "lees", "tot": str(timezone.localdate() + MORGEN), "reden": "Samen", "versie": 1}  # fmt: skip
    assert als(loket_ocmw).post(adres(vraag, "deel/"), velden).status_code == 302
    tweede = als(team_ocmw).post(adres(vraag, "deel/"), velden)
    assert tweede.status_code == 409 and "al gedeeld met dit team" in tweede.content.decode()
    assert Deling.objects.count() == 1
