"""Mails say nothing (V18), as they leave: every place in the source that writes one has an example here that really does.

`plekken()` reads the places from the source, `geschreven` records from which place each mail came. A new place without an
example fails, and so does a mail with anything but a reference, a link and whom to contact.
"""

import ast
import sys
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from loket.acties import behandeling, noodtoegang, sluiten, vernietiging, versheid
from loket.acties import verwijzing as verbs
from loket.acties.afspraak import zeg_af
from loket.acties.eigen import geef_oordeel
from loket.acties.opvolgen import volg_op
from loket.acties.wissen import wis
from loket.acties.wiswens import vraag_om_wissen, weiger_wens
from loket.models import Bewaarregel, Dienst, Postbus, Vraag
from participatie.acties import aflopend, antwoordplicht, wisverzoek
from participatie.acties.aanmelding import meld_aan
from participatie.acties.advies import beantwoord_advies, vraag_advies
from participatie.acties.agendapunt import zet_op_agenda
from participatie.acties.genodigden import mail_genodigden, zet_genodigden
from participatie.acties.inbreng import verberg
from participatie.acties.inschrijving import herinner, schrijf_in
from participatie.acties.mandaatuitnodiging import nodig_uit
from participatie.acties.overleg import kondig_aan, maak_overleg, wijzig_overleg
from participatie.acties.overlegtaak import herinner_aan_taken
from participatie.acties.uitnodigen import nodig_persoon_uit
from participatie.acties.verslag import voeg_regel_toe
from participatie.models import Advies, Adviesraad, Inbreng, Mandaatherinnering, Overleg, Ronde, Wisverzoek
from plan.acties import herinneren, redactie, volgen
from plan.acties.bestelling import bestel, handel_af
from plan.models import Garantie, Plan, Planbericht, Wijzigingsvoorstel
from sociaalhuis.acties.gebruiker import verwittig
from sociaalhuis.models import Bestuur, Bestuursorgaan, Dossiersleutel, Organisatie, Team, Thema, UitgaandeMail
from tests.loket import mails
from tests.loket.afspraken import boeking, spreekuur
from tests.loket.conftest import gesprek, kade, mandaat, partner  # noqa: F401 (fixtures)
from tests.loket.diensten import maak_dienst
from tests.loket.verwijzingen import VELDEN, voorstel
from tests.loket.vragen import vraag_van

ROOT = Path(__file__).resolve().parent.parent
SCHRIJVERS = {"stuur_brief", "zet_klaar", "stuur_over"}  # a place inside one of these is not a place of its own
VERBODEN = ["ocmw", "kanarie", "schuld", "leefloon", "geweld", "budget", "beslag", "sociale dienst", "voedsel"]
BRUSSEL = ZoneInfo("Europe/Brussels")
MAANDAG = datetime(2027, 3, 1, 10, tzinfo=BRUSSEL)

pytestmark = pytest.mark.django_db


def plekken():
    """{(file, first line): last line} of every call that writes a mail."""
    gevonden = {}
    for pakket in ("sociaalhuis", "plan", "loket", "participatie"):
        for pad in sorted((ROOT / pakket).rglob("*.py")):
            if "migrations" in pad.parts:
                continue
            for functie in ast.walk(ast.parse(pad.read_text())):
                if isinstance(functie, ast.FunctionDef) and functie.name not in SCHRIJVERS:
                    for knoop in ast.walk(functie):
                        if isinstance(knoop, ast.Call) and getattr(knoop.func, "id", "") in SCHRIJVERS:
                            gevonden[pad.relative_to(ROOT).as_posix(), knoop.lineno] = knoop.end_lineno
    return gevonden


@pytest.fixture
def geschreven(monkeypatch):
    """The places that wrote a mail in this test."""
    gezien, alle = set(), plekken()
    rijen = UitgaandeMail._meta.managers_map["objects"]
    echt = rijen.get_or_create

    def get_or_create(*args, **kwargs):
        frame = sys._getframe(1)
        while frame and (frame.f_code.co_name in SCHRIJVERS or not _van_ons(frame)):
            frame = frame.f_back
        pad = Path(frame.f_code.co_filename).relative_to(ROOT).as_posix()
        gezien.update(plek for plek in alle if plek[0] == pad and plek[1] <= frame.f_lineno <= alle[plek])
        return echt(*args, **kwargs)

    monkeypatch.setattr(rijen, "get_or_create", get_or_create)
    return gezien


def _van_ons(frame):
    return any(frame.f_code.co_filename.startswith(f"{ROOT}/{pakket}/") for pakket in ("sociaalhuis", "plan", "loket", "participatie"))  # fmt: skip


@pytest.fixture
def stad(huis, ocmw, team_sociale_dienst, thema, organisatie):
    """Everything that must not be said has a canary for a name."""
    Bestuur.objects.filter(pk=ocmw.pk).update(naam="OCMW Kanariebestuur")
    Team.objects.filter(pk=team_sociale_dienst.pk).update(naam="OCMW Kanarieteam")
    Thema.objects.filter(pk=thema.pk).update(naam="Kanarieschuld")
    Organisatie.objects.filter(pk=organisatie.pk).update(naam="Kanarie-voedselbank")
    return huis


def zaak(team, thema=None, **velden):
    standaard = {"tekst": "Kanarie", "naam": "Kanarie", "email": "ik@voorbeeld.example", "antwoordwijze": "mail"}
    return vraag_van(team, thema=thema, **{**standaard, **velden})


def de_balie(team, thema, door, hoofd, toezicht):
    """Answering, asking back, closing by itself, judging, wishes, naming a colleague, an emergency, reminders, lists."""
    vraag = zaak(team, thema, geregistreerd_op=MAANDAG)
    behandeling.noteer(vraag=vraag, tekst="Kanarie", door=door, vermeld=[hoofd])
    noodtoegang.vraag_toegang(referentie=vraag.referentie, grond="gevaar", reden="Kanarie", door=door)
    behandeling.neem(vraag=vraag, door=door, op=MAANDAG)
    volg_op(MAANDAG + timedelta(days=8))
    behandeling.beantwoord(vraag=vraag, tekst="Kanarie", door=door, op=MAANDAG)
    sluiten.loop_na(MAANDAG + timedelta(days=56))
    geef_oordeel(vraag=vraag, keuze="niet_tevreden", tekst="Kanarie")
    vraag_om_wissen(vraag=vraag, tekst="Kanarie")
    weiger_wens(vraag=vraag, grond="steun", antwoord="Kanarie", door=hoofd)
    behandeling.sluit_af(vraag=vraag, resultaat="geholpen", door=door)
    Vraag.objects.filter(pk=vraag.pk).update(afgesloten_op="2020-01-01T12:00Z")
    Bewaarregel.objects.create(naam="Kanarie", maanden=1, grond="Kanarie")
    vernietiging.elke_dag(timezone.now())


def de_mail(team):
    Postbus.objects.create(adres=mails.POSTBUS, team=team)
    mails.neem_aan(mails.mail(tekst="Kanarie", onderwerp="Kanarie"))


def de_partner(team, organisatie, partner, door):  # noqa: F811
    """To the client, to the desk and to the partner; and a case that is erased meanwhile."""
    een, twee = zaak(team), zaak(team)
    behandeling.neem(vraag=een, door=door)
    verwijzing = voorstel(een, organisatie, door)
    verbs.geef_akkoord(verwijzing=verwijzing, velden=VELDEN)
    verbs.weiger(verwijzing=verwijzing, reden="vol", tekst="Kanarie", door=partner)
    tweede = voorstel(twee, organisatie, door)
    verbs.geef_akkoord(verwijzing=tweede, velden=VELDEN)
    wis(vraag=twee)


def de_afspraak(kade, gesprek, door):  # noqa: F811
    vandaag = timezone.localdate()
    rij = spreekuur(kade, gesprek, geldig_van=vandaag, weekdag=(vandaag + timedelta(days=7)).weekday())
    begin = f"{vandaag + timedelta(days=7)}T09:00"
    bon = boeking(rij, begin, naam="Kanarie", contactwijze="mail", email="ik@voorbeeld.example")
    zeg_af(afspraak=bon.afspraak, reden="Kanarie", door=door)


def de_diensten(ocmw, eigenaar):
    maak_dienst("Kanarieleefloon", bestuur=ocmw, eigenaar=eigenaar)
    Dienst.objects.update(nakijken_voor="2020-01-01")
    versheid.herinner(MAANDAG)


def het_plan_en_de_inbreng(coordinator):
    plan = Plan.objects.create(slug="p", titel="Kanarie", beginjaar=2026, eindjaar=2031, missie="x")
    rij = bestel(plan=plan, inzending=uuid.uuid4(), vorm="mail", naam="Kanarie", email="ik@voorbeeld.example")
    handel_af(bestelling=rij, door=coordinator)
    Garantie.objects.create(plan=plan, code="K", titel="Kanarie")
    Plan.objects.update(staat="openbaar", gepubliceerd_op="2026-01-01")
    herinneren.herinner(MAANDAG)
    meld_aan(
        gegevens={"naam": "Kanarie vzw", "soort": "vzw", "omschrijving": "Kanarie"},
        contact_naam="Kanarie",
        contact_email="ik@voorbeeld.example",
        inzending=uuid.uuid4(),
    )
    nu = timezone.now()
    ronde = Ronde.objects.create(
        slug="r", plan=plan, titel="Kanarie", vraag="x", wie="x", staat="gepubliceerd", opent_op=nu - timedelta(days=9),
        sluit_op=nu - timedelta(days=1), antwoord_tegen=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    inbreng = Inbreng.objects.create(
        ronde=ronde, tekst="Kanarie", staat="ingediend", dossiersleutel=Dossiersleutel.objects.create(),
        email="ik@voorbeeld.example",
    )  # fmt: skip
    verberg(inbreng=inbreng, door=coordinator, reden="Kanarie")
    Inbreng.objects.create(
        ronde=ronde, tekst="Kanarie", staat="zichtbaar", beoordeeld_door=coordinator, beoordeeld_op=nu
    )  # fmt: skip
    antwoordplicht.herinner(MAANDAG)


def wie_gevraagd_wordt(coordinator, planner, organisatie):
    """An organisation is asked into a round; who proposed a text hears that there is a decision."""
    ronde = Ronde.objects.get(slug="r")
    Ronde.objects.update(sluit_op=timezone.now() + timedelta(days=1))
    Organisatie.objects.filter(pk=organisatie.pk).update(email="info@voorbeeld.example")
    zet_genodigden(ronde=ronde, organisaties=[organisatie], uit_lijst=[organisatie.pk], door=coordinator)
    mail_genodigden(ronde=ronde, door=coordinator)
    voorstel = Wijzigingsvoorstel(pk=1, door=planner, beslist_door=coordinator)
    redactie._laat_weten(voorstel)


def wie_mee_spreekt(coordinator, organisatie):
    nodig_uit(
        organisatie=organisatie, naam="Kanarie", email="ik@voorbeeld.example", inzending=uuid.uuid4(), door=coordinator
    )  # fmt: skip
    aflopend._mail(Mandaatherinnering(pk=1), coordinator)
    verzoek = Wisverzoek(pk=1, organisatie=organisatie)
    wisverzoek._mail(verzoek, "gevraagd", "Er is iets gevraagd", wisverzoek.ER_IS_IETS_GEVRAAGD)


def wie_advies_geeft(coordinator, organisatie, partner, gemeente):  # noqa: F811
    gemeenteraad = Bestuursorgaan.objects.create(soort="gemeenteraad", bestuur=gemeente)
    raad = Adviesraad.objects.create(
        organisatie=organisatie, soort="lok", opgericht_door=gemeenteraad, opgericht_op="2025-01-01", besluit_nummer="1"
    )  # fmt: skip
    rij = vraag_advies(
        adviesraad=raad, plan=Plan.objects.first(), titel="Kanarie", gevraagd_door=gemeenteraad,
        tegen=timezone.localdate(), inzending=uuid.uuid4(), door=coordinator,
    )  # fmt: skip
    heel = {"zitting_op": timezone.localdate(), "tekst": "Kanarie", "uitslag": "gunstig", "stemgerechtigd": 3}
    heel |= {"aanwezig": 3, "stemmen_voor": 3, "stemmen_tegen": 0, "onthoudingen": 0, "van_een_geslacht": 2}
    Advies.objects.update(staat="verzonden", verzonden_op=timezone.now(), **heel)
    beantwoord_advies(advies=rij, antwoord="Kanarie", door=coordinator)


def wie_naar_een_overleg_komt(coordinator):
    """Invited and registered, moved, reminded; and whose task it is afterwards."""
    nu = timezone.now()
    begin = nu.replace(hour=12) + timedelta(days=30)
    overleg = maak_overleg(
        door=coordinator, soort="lok", titel="Kanarie", adres="Kanarie", openbaar=True, begin=begin,
        einde=begin + timedelta(hours=1),
    )  # fmt: skip
    kondig_aan(overleg=overleg, door=coordinator)
    nodig_persoon_uit(overleg=overleg, door=coordinator, naam="Kanarie", email="genodigd@voorbeeld.example")
    schrijf_in(overleg=overleg, naam="Kanarie", email="ik@voorbeeld.example", inzending=uuid.uuid4())
    overleg = wijzig_overleg(overleg=overleg, door=coordinator, reden="Kanarie", adres="Elders")
    herinner(begin - timedelta(days=6))
    punt = zet_op_agenda(overleg=overleg, door=coordinator, titel="Kanarie")
    Overleg.objects.update(begin=nu - timedelta(hours=1))
    voeg_regel_toe(
        punt=punt, door=coordinator, soort="taak", tekst="Kanarie", wie_gebruiker=coordinator, tegen=MAANDAG.date()
    )
    herinner_aan_taken(MAANDAG)


def wie_het_plan_volgt():
    """What changed in a public plan is told, as that is what was asked for; not of which town, part or person."""
    plan = Plan.objects.create(
        slug="q",
        titel="Kanarie",
        beginjaar=2026,
        eindjaar=2031,
        missie="x",
        staat="openbaar",
        gepubliceerd_op="2026-01-01",
    )
    volgen.bevestig(abonnement=volgen.abonneer(plan=plan, onderdeel=None, email="ik@voorbeeld.example", elke="dag"))
    Planbericht.objects.create(plan=plan, titel="Kanarie", tekst="De tekst is aangepast.", op=MAANDAG)
    volgen.verstuur_nieuws(MAANDAG)


def test_every_place_that_writes_a_mail_has_an_example_and_none_says_anything(
    stad, geschreven, ocmw, team_sociale_dienst, thema, loket_ocmw, team_ocmw, toezicht, coordinator, organisatie, partner,  # noqa: F811
    kade, gesprek, voedselbank, gemeente, planner,  # noqa: F811
):  # fmt: skip
    de_balie(team_sociale_dienst, thema, loket_ocmw, team_ocmw, toezicht)
    de_mail(team_sociale_dienst)
    de_partner(team_sociale_dienst, organisatie, partner, loket_ocmw)
    de_afspraak(kade, gesprek, loket_ocmw)
    de_diensten(ocmw, loket_ocmw)
    het_plan_en_de_inbreng(coordinator)
    wie_gevraagd_wordt(coordinator, planner, organisatie)
    wie_mee_spreekt(coordinator, organisatie)
    wie_advies_geeft(coordinator, organisatie, partner, gemeente)
    wie_naar_een_overleg_komt(coordinator)
    wie_het_plan_volgt()
    verwittig("ik@voorbeeld.example", "Een beheerder gaf je account een ander e-mailadres.")
    Client().post("/account/login/code/", {"email": voedselbank.email})

    assert sorted(set(plekken()) - geschreven) == []
    assert len(plekken()) >= 18
    alle = list(UitgaandeMail.objects.order_by("pk"))
    assert len(alle) >= 20
    for mail in alle:
        gezegd = f"{mail.onderwerp}\n{mail.tekst}".lower()
        # the address of an administrator's page may hold the word of a model, never of a person
        assert [woord for woord in VERBODEN if woord in gezegd.replace("gemeente en ocmw", "")] == [], gezegd
        assert stad.telefoon in mail.tekst or stad.email in mail.tekst or stad.naam in mail.tekst, gezegd
        assert mail.sleutel.startswith("account-") or "http" in mail.tekst or mail.sleutel.startswith("aanmelden-"), (
            gezegd
        )


def test_a_new_place_without_an_example_is_seen(monkeypatch, tmp_path):
    (tmp_path / "loket").mkdir()
    (tmp_path / "loket" / "nieuw.py").write_text("def f(v):\n    stuur_brief(\n        aan=v.email,\n    )\n")
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert plekken() == {("loket/nieuw.py", 2): 4}
