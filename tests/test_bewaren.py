"""On time (V16), for every kind that is registered with a term: at T-1 all stays, at T and T+1 exactly what is due goes.

A kind without an example here fails the first test. The cases of the desk have their own: tests/loket/test_bewaren.py.
"""

import subprocess
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from loket.acties import mailin
from loket.models import Afspraak, Ingekomenmail, IngetrokkenVerwijzing, Noodtoegang
from participatie.models import (
    Aanmelding,
    Adviesraad,
    Formulier,
    Formulierantwoord,
    Formulierbestand,
    Formulierconcept,
    Formuliervraag,
    Inbreng,
    Inschrijving,
    Mandaatuitnodiging,
    Opmerking,
    Overleguitnodiging,
    Raadslid,
    Ronde,
    Volger,
)
from plan.acties.bestelling import bestel, handel_af
from plan.models import Abonnement, Bestelling, Garantie, Herinnering, Plan
from sociaalhuis import bewaren, reservekopie
from sociaalhuis.bewaren import SOORTEN, Bewaarsoort, Gewist, registreer, ruim_op
from sociaalhuis.models import Bestuursorgaan, Dossiersleutel, UitgaandeMail, Vernietigingsbewijs
from sociaalhuis.periodiek import Elke
from sociaalhuis.post.uit import zet_klaar
from tests.loket import mails
from tests.loket.afspraken import boeking, spreekuur
from tests.loket.conftest import gesprek, kade, nu  # noqa: F401 (fixtures)
from tests.participatie.overleggen import maak_overleg

BEGIN = datetime(2026, 3, 30, 9, tzinfo=UTC)
DAG = timedelta(days=1)
KANARIE = "kanarie@voorbeeld.example"

pytestmark = pytest.mark.django_db


class Wereld:
    """What the examples need, asked of pytest when it is needed. `maak(begin)` gives a function: is it still there?"""

    def __init__(self, request):
        self.huis, self.coordinator = request.getfixturevalue("huis"), request.getfixturevalue("coordinator")
        self.team, self.kijker = request.getfixturevalue("team_sociale_dienst"), request.getfixturevalue("loket_ocmw")
        self.vraag_op = request.getfixturevalue

    def plan(self):
        standaard = {"titel": "Plan", "beginjaar": 2026, "eindjaar": 2031, "missie": "x"}
        return Plan.objects.get_or_create(slug="2026-2031", defaults=standaard)[0]

    def bestelling(self):
        return bestel(plan=self.plan(), inzending=uuid.uuid4(), vorm="mail", naam="Kanarie", email=KANARIE)

    def bestelling_verstuurd(self, begin):
        rij = handel_af(bestelling=self.bestelling(), door=self.coordinator)
        Bestelling.objects.filter(pk=rij.pk).update(afgehandeld_op=begin)
        return leesbaar(Bestelling, rij.pk, "email")

    def bestelling_vergeten(self, begin):
        rij = self.bestelling()
        Bestelling.objects.filter(pk=rij.pk).update(besteld_op=begin)
        return leesbaar(Bestelling, rij.pk, "email")

    def herinnering(self, begin):
        deel, _ = Garantie.objects.get_or_create(plan=self.plan(), code="G1", defaults={"titel": "Wonen"})
        velden = {"gebruiker": self.coordinator, "onderdeel": deel, "soort": "te-laat", "week": begin.date()}
        rij = Herinnering.objects.create(wat=uuid.uuid4().hex, op=begin, **velden)
        return Herinnering.objects.filter(pk=rij.pk).exists

    def aanmelding(self, begin, **velden):
        rij = Aanmelding(
            naam="Fietsatelier",
            soort="vzw",
            inzending=uuid.uuid4(),
            aangemeld_op=begin,
            dossiersleutel=Dossiersleutel.objects.create(),
            contact_naam="Kanarie",
            contact_email=KANARIE,
            **velden,
        )
        rij.save()
        post_van(rij)
        return leesbaar(Aanmelding, rij.pk, "contact_email")

    def aanmelding_beslist(self, begin):
        geweigerd = {"staat": "geweigerd", "geweigerd_op": begin, "geweigerd_door": self.coordinator, "reden": "Nee."}
        return self.aanmelding(begin - 40 * DAG, **geweigerd)

    def inbreng(self, begin, **velden):
        ronde = Ronde.objects.create(
            slug=uuid.uuid4().hex,
            plan=self.plan(),
            titel="Ronde",
            vraag="Wat eerst?",
            wie="Iedereen",
            staat="gepubliceerd",
            opent_op=begin - 40 * DAG,
            antwoord_tegen=begin.date() + 30 * DAG,
            **velden,
        )
        rij = Inbreng.objects.create(
            ronde=ronde, tekst="Bankjes.", staat="ingediend", dossiersleutel=Dossiersleutel.objects.create(), email=KANARIE
        )  # fmt: skip
        post_van(rij)
        return leesbaar(Inbreng, rij.pk, "email")

    def abonnement(self, begin):
        rij = Abonnement.objects.create(
            plan=self.plan(), wie=uuid.uuid4().hex, referentie=uuid.uuid4().hex[:20],
            dossiersleutel=Dossiersleutel.objects.create(), email=KANARIE,
        )  # fmt: skip
        Abonnement.objects.filter(pk=rij.pk).update(gemaakt_op=begin)
        post_van(rij)
        return lambda: Abonnement.objects.filter(pk=rij.pk).exists()

    def volger(self, begin):
        rij = Volger.objects.create(
            wie=uuid.uuid4().hex, referentie=uuid.uuid4().hex[:20], dossiersleutel=Dossiersleutel.objects.create(), email=KANARIE,
        )  # fmt: skip
        Volger.objects.filter(pk=rij.pk).update(gemaakt_op=begin)
        post_van(rij)
        return lambda: Volger.objects.filter(pk=rij.pk).exists()

    def inbreng_beantwoord(self, begin):
        return self.inbreng(begin, sluit_op=begin - DAG, antwoorden_gepubliceerd_op=begin)

    def inbreng_vergeten(self, begin):
        return self.inbreng(begin, sluit_op=begin)

    def inbreng_niet_getoond(self, begin):
        self.inbreng(begin, sluit_op=begin - DAG, antwoorden_gepubliceerd_op=begin)
        rij = Inbreng.objects.latest("pk")
        return lambda: Inbreng.objects.get(pk=rij.pk).tekst == "Bankjes."

    def inbreng_naam(self, begin):
        self.inbreng(begin, sluit_op=begin - DAG, antwoorden_gepubliceerd_op=begin)
        rij = Inbreng.objects.latest("pk")
        gelezen = {"staat": "zichtbaar", "beoordeeld_op": begin, "beoordeeld_door": self.coordinator}
        Inbreng.objects.filter(pk=rij.pk).update(naam_publiek="Een buur", **gelezen)
        return lambda: Inbreng.objects.get(pk=rij.pk).naam_publiek == "Een buur"

    def inbreng_bestand(self, begin):
        self.inbreng(begin, sluit_op=begin - DAG, antwoorden_gepubliceerd_op=begin)
        inbreng = Inbreng.objects.latest("pk")
        gelezen = {"staat": "zichtbaar", "beoordeeld_op": begin, "beoordeeld_door": self.coordinator}
        Inbreng.objects.filter(pk=inbreng.pk).update(**gelezen)
        vraag = Formuliervraag.objects.create(
            formulier=Formulier.objects.create(ronde=inbreng.ronde), nummer=1, soort="bestand", vraag="Een foto?"
        )
        antwoord = Formulierantwoord.objects.create(inbreng=inbreng, vraag=vraag, waarde={"bestand": True})
        rij = Formulierbestand(
            antwoord=antwoord, naam="kanarie.jpg", soort="image/jpeg", dossiersleutel=Dossiersleutel.objects.create()
        )
        rij.bewaar(b"kanarie")
        weg = leesbaar(Formulierbestand, rij.pk, "naam")

        def er_nog():
            assert (Formulierbestand.objects.get(pk=rij.pk).lees() is None) is not weg()
            return weg()

        return er_nog

    def formulierconcept(self, begin):
        self.inbreng(begin, sluit_op=begin)
        organisatie, door = self.vraag_op("organisatie"), self.coordinator
        rij = Formulierconcept.objects.create(
            ronde=Ronde.objects.latest("pk"),
            fase="inbrengen",
            organisatie=organisatie,
            gegevens={"v1": ["Bus"]},
            door=door,
        )
        return Formulierconcept.objects.filter(pk=rij.pk).exists

    def opmerking(self, begin):
        self.inbreng(begin, sluit_op=begin - DAG, antwoorden_gepubliceerd_op=begin)
        velden = {"ronde": Ronde.objects.latest("pk"), "organisatie": self.vraag_op("organisatie")}
        stil, openbaar = (
            Opmerking.objects.create(
                **velden, tekst="Zelf.", openbaar=keuze, door=self.coordinator, inzending=uuid.uuid4()
            )
            for keuze in (False, True)
        )
        assert openbaar.is_te_zien
        return Opmerking.objects.filter(pk=stil.pk).exists

    def mandaatuitnodiging(self, begin):
        rij = Mandaatuitnodiging.objects.create(
            organisatie=self.vraag_op("organisatie"), door=self.coordinator, naam="Kanarie", email=KANARIE,
            inzending=uuid.uuid4(), vervalt_op=begin, dossiersleutel=Dossiersleutel.objects.create(),
        )  # fmt: skip
        post_van(rij)
        return leesbaar(Mandaatuitnodiging, rij.pk, "email")

    def raadslid(self, begin):
        soort, _ = Bestuursorgaan.objects.get_or_create(soort="gemeenteraad", bestuur=self.vraag_op("gemeente"))
        raad, _ = Adviesraad.objects.get_or_create(
            organisatie=self.vraag_op("organisatie"), soort="lok", opgericht_door=soort, opgericht_op="2025-01-01", besluit_nummer="1"
        )  # fmt: skip
        rij = Raadslid.objects.create(
            adviesraad=raad, naam="Kanarie", geslacht="x", van="2025-01-01", tot=begin.date(),
            dossiersleutel=Dossiersleutel.objects.create(),
        )  # fmt: skip
        post_van(rij)
        return leesbaar(Raadslid, rij.pk, "naam")

    def overleg(self, begin):
        return maak_overleg(self.coordinator, f"Overleg {uuid.uuid4().hex[:6]}", begin=begin - timedelta(hours=2))

    def overleg_inschrijving(self, begin):
        rij = Inschrijving.objects.create(
            overleg=self.overleg(begin), staat="ingeschreven", naam="Kanarie", email=KANARIE,
            dossiersleutel=Dossiersleutel.objects.create(),
        )  # fmt: skip
        post_van(rij)
        return leesbaar(Inschrijving, rij.pk, "email")

    def overleg_uitnodiging(self, begin):
        rij = Overleguitnodiging.objects.create(
            overleg=self.overleg(begin), naam="Kanarie", email=KANARIE, dossiersleutel=Dossiersleutel.objects.create()
        )
        post_van(rij)
        return leesbaar(Overleguitnodiging, rij.pk, "email")

    def afspraak(self, begin):
        if not hasattr(self, "dinsdag"):
            self.dinsdag = spreekuur(self.vraag_op("kade"), self.vraag_op("gesprek"))
        afspraak = boeking(self.dinsdag).afspraak
        Afspraak.objects.filter(pk=afspraak.pk).update(begin=begin - timedelta(minutes=30), einde=begin)
        post_van(afspraak)
        return leesbaar(Afspraak, afspraak.pk, "naam")

    def mail_in(self, begin, **koppen):
        rij = mailin.bewaar(inhoud=mails.mail(**koppen).as_bytes())
        mailin.verwerk(pk=rij.pk)
        return rij.pk

    def mail_verwerkt(self, begin):
        pk = self.mail_in(begin, Precedence="bulk")
        Ingekomenmail.objects.filter(pk=pk).update(verwerkt_op=begin)
        return lambda: Ingekomenmail.objects.get(pk=pk).lees() is not None

    def mail_vergeten(self, begin):
        pk = self.mail_in(begin, From="niemand")
        Ingekomenmail.objects.filter(pk=pk).update(ontvangen_op=begin)
        assert Ingekomenmail.objects.get(pk=pk).staat == "mislukt"
        return lambda: Ingekomenmail.objects.get(pk=pk).lees() is not None

    def noodvraag(self, begin):
        rij = Noodtoegang.objects.create(
            referentie="2026-ZZZZZZ", grond="gevaar", reden="Kanarie", door=self.kijker, gevraagd_op=begin,
            dossiersleutel=Dossiersleutel.objects.create(),
        )  # fmt: skip
        return leesbaar(Noodtoegang, rij.pk, "reden")

    def ingetrokken(self, begin):
        organisatie = self.vraag_op("organisatie")
        rij = IngetrokkenVerwijzing.objects.create(referentie=f"2026-{begin:%H%M%d}", organisatie=organisatie, op=begin)
        return IngetrokkenVerwijzing.objects.filter(pk=rij.pk).exists

    def post(self, **velden):
        sleutel = str(uuid.uuid4())
        zet_klaar(sleutel=sleutel, aan=KANARIE, onderwerp="Nieuws", tekst="Kijk hier.")
        UitgaandeMail.objects.filter(sleutel=sleutel).update(**velden)
        return UitgaandeMail.objects.filter(sleutel=sleutel).exists

    def post_verzonden(self, begin):
        return self.post(staat="verzonden", tekst="", verzonden_op=begin)

    def post_opgegeven(self, begin):
        return self.post(staat="opgegeven", gemaakt_op=begin)


def post_van(rij):
    zet_klaar(
        sleutel=str(uuid.uuid4()), aan=KANARIE, dossiersleutel=rij.dossiersleutel, onderwerp="Nieuws", tekst="Kijk hier."
    )  # fmt: skip


def leesbaar(model, pk, veld):
    """Whether the text can be read, or a mail was addressed with its key."""

    def er_nog():
        rij = model.objects.filter(pk=pk).first()
        if rij is None or rij.dossiersleutel is None:  # another kind took the whole row, or its words
            return False
        mail = UitgaandeMail.objects.filter(dossiersleutel=rij.dossiersleutel_id).exists()
        assert (getattr(rij, veld) == "[gewist]") is (rij.dossiersleutel.ingepakt is None)
        return getattr(rij, veld) != "[gewist]" or mail

    return er_nog


VOORBEELDEN = {
    "plan-herinnering": Wereld.herinnering,
    "bestelling-verstuurd": Wereld.bestelling_verstuurd,
    "bestelling-vergeten": Wereld.bestelling_vergeten,
    "abonnement-plan": Wereld.abonnement,
    "volger": Wereld.volger,
    "aanmelding-beslist": Wereld.aanmelding_beslist,
    "aanmelding-vergeten": Wereld.aanmelding,
    "inbreng-beantwoord": Wereld.inbreng_beantwoord,
    "inbreng-vergeten": Wereld.inbreng_vergeten,
    "inbreng-niet-getoond": Wereld.inbreng_niet_getoond,
    "inbreng-naam": Wereld.inbreng_naam,
    "inbreng-bestand": Wereld.inbreng_bestand,
    "formulierconcept": Wereld.formulierconcept,
    "opmerking": Wereld.opmerking,
    "raadslid": Wereld.raadslid,
    "mandaatuitnodiging": Wereld.mandaatuitnodiging,
    "overleg-inschrijving": Wereld.overleg_inschrijving,
    "overleg-uitnodiging": Wereld.overleg_uitnodiging,
    "afspraak": Wereld.afspraak,
    "mail-in": Wereld.mail_verwerkt,
    "mail-in-vergeten": Wereld.mail_vergeten,
    "verwijzing-ingetrokken": Wereld.ingetrokken,
    "noodvraag": Wereld.noodvraag,
    "post-verzonden": Wereld.post_verzonden,
    "post-opgegeven": Wereld.post_opgegeven,
}


@pytest.fixture
def wereld(request, nu):  # noqa: F811 (the fixture)
    nu("2027-03-01T08:00")
    return Wereld(request)


@pytest.fixture
def alleen(monkeypatch):
    """alleen("afspraak"): only this kind is asked."""
    return lambda *codes: monkeypatch.setattr(bewaren, "SOORTEN", {code: SOORTEN[code] for code in codes})


# --- unhappy ----------------------------------------------------------------------------------


def test_every_kind_with_a_term_has_an_example():
    assert SOORTEN.keys() == VOORBEELDEN.keys()


def test_one_kind_that_fails_stops_no_other_and_is_reported(wereld, monkeypatch, caplog, als, toezicht):
    over = {code: wereld_maak(wereld, code) for code in ("bestelling-verstuurd", "noodvraag")}

    def kapot(dan):
        Dossiersleutel.objects.update(ingepakt=None, gewist_op=dan)  # nothing of this may stay
        raise ValueError("kanarie in de fout")

    soorten = {"kapot": Bewaarsoort("kapot", "Wat stuk is", DAG, "na vandaag", "Lijst", kapot)}
    monkeypatch.setattr(bewaren, "SOORTEN", soorten | {code: SOORTEN[code] for code in over})
    moment = BEGIN + 400 * DAG
    assert ruim_op(moment) == 2
    assert not any(er_nog() for er_nog in over.values())
    assert "ValueError" in caplog.text and "kanarie" not in caplog.text
    rij = Vernietigingsbewijs.objects.get(soort="kapot")
    assert (rij.fout, rij.aantal) == ("ValueError", 0)
    assert "Lukte niet, we proberen opnieuw" in als(toezicht).get("/loket/vernietiging/").content.decode()
    soorten["kapot"] = Bewaarsoort("kapot", "Wat stuk was", DAG, "na vandaag", "Lijst", lambda dan: Gewist(1, dan, dan))
    monkeypatch.setattr(bewaren, "SOORTEN", soorten)
    assert ruim_op(moment) == 1
    rij.refresh_from_db()
    assert (rij.fout, rij.aantal, rij.naam) == ("", 1, "Wat stuk was")


def test_the_same_code_twice_is_refused():
    with pytest.raises(ValueError, match="afspraak"):
        registreer(Bewaarsoort("afspraak", "x", DAG, "x", "x", lambda nu: Gewist()))


def test_a_proof_holds_no_day():
    for velden in ({"maand": date(2027, 3, 2)}, {"maand": date(2027, 3, 1), "aantal": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vernietigingsbewijs.objects.create(soort="x", naam="x", grond="x", termijn="x", **velden)


# --- on its day -------------------------------------------------------------------------------


def wereld_maak(wereld, code, begin=BEGIN):
    return VOORBEELDEN[code](wereld, begin)


@pytest.mark.parametrize("code", VOORBEELDEN)
@pytest.mark.parametrize(("verschil", "weg"), [(-DAG, False), (timedelta(0), True), (DAG, True)])
def test_exactly_what_is_due_goes_with_a_line_of_proof(code, verschil, weg, wereld, alleen):
    soort = SOORTEN[code]
    oud, nieuw = wereld_maak(wereld, code), wereld_maak(wereld, code, BEGIN + 3 * DAG)
    alleen(code)
    moment = BEGIN + soort.termijn + verschil
    assert (oud(), nieuw()) == (True, True)
    assert ruim_op(moment) == int(weg)
    assert (oud(), nieuw()) == (not weg, True)
    assert ruim_op(moment) == 0  # once more changes nothing
    bewijzen = Vernietigingsbewijs.objects.values_list(
        "soort", "naam", "grond", "termijn", "maand", "van", "tot", "aantal"
    )
    maart, maand = date(2026, 3, 1), timezone.localdate(moment).replace(day=1)
    verwacht = (code, soort.naam, soort.grond, soort.termijn_in_woorden, maand, maart, maart, 1)
    assert list(bewijzen) == ([verwacht] if weg else [])


def test_more_of_one_month_is_one_line(wereld, alleen):
    begin = datetime(2026, 1, 30, 9, tzinfo=UTC)
    for dagen in (0, 1, 3):
        wereld.noodvraag(begin + dagen * DAG)
    alleen("noodvraag")
    moment = begin + SOORTEN["noodvraag"].termijn  # the first of August
    assert [ruim_op(moment + n * DAG) for n in (0, 1, 2, 3)] == [1, 1, 0, 1]
    rij = Vernietigingsbewijs.objects.get()
    assert (rij.maand, rij.van, rij.tot, rij.aantal) == (date(2026, 8, 1), date(2026, 1, 1), date(2026, 2, 1), 3)


def test_the_worker_asks_them_all(wereld):
    over = [wereld_maak(wereld, code) for code in VOORBEELDEN]
    Elke(DAG, "wat-een-termijn-heeft", bewaren.ruim_op)(BEGIN + 1000 * DAG)
    assert not any(er_nog() for er_nog in over)
    assert set(Vernietigingsbewijs.objects.filter(aantal__gte=1).values_list("soort", flat=True)) == VOORBEELDEN.keys()


# --- who may see it ---------------------------------------------------------------------------


def test_the_one_who_watches_over_it_sees_the_terms_and_the_proof(wereld, als, toezicht, team_ocmw):
    wereld.noodvraag(BEGIN)
    ruim_op(BEGIN + 183 * DAG)
    pagina = als(toezicht).get("/loket/vernietiging/").content.decode()
    publiek = Client().get("/loket/wie-leest/").content.decode()
    for soort in SOORTEN.values():
        assert escape(soort.naam) in pagina and soort.termijn_in_woorden in pagina
        assert escape(soort.naam) in publiek and soort.termijn_in_woorden in publiek
    assert "september 2026" in pagina and "Kanarie" not in pagina
    assert als(team_ocmw).get("/loket/vernietiging/").status_code == 404


# --- erased is erased, for what hangs on no case (V17) ----------------------------------------


def hele_dump():
    argumenten, omgeving = reservekopie.doel()
    opties = ["--inserts", "--exclude-table-data=public.django_session"]
    return subprocess.run(
        [reservekopie.programma("pg_dump"), *argumenten, *opties], capture_output=True, check=True, env=omgeving
    ).stdout.lower()


@pytest.mark.django_db(transaction=True)
def test_a_canary_of_every_kind_is_nowhere_in_a_dump_before_and_after(wereld, caplog):
    """Before: only as ciphertext. Addresses of accounts in the outbox stand in the table of users too."""
    codes = [code for code in VOORBEELDEN if not code.startswith("post-")]
    over = [wereld_maak(wereld, code) for code in codes]
    woorden = (b"kanarie", b"kanarie".hex().encode(), b"bewoner@voorbeeld", b"bewoner@voorbeeld".hex().encode())
    voor = hele_dump()
    assert b"2026-zzzzzz" in voor and not any(woord in voor for woord in woorden)
    sleutels = set(Dossiersleutel.objects.filter(gewist_op=None).values_list("pk", flat=True))
    assert ruim_op(BEGIN + 1000 * DAG) >= len(codes)
    assert not any(er_nog() for er_nog in over)
    assert not Dossiersleutel.objects.filter(gewist_op=None, pk__in=sleutels).exists()
    assert not any(woord in hele_dump() for woord in woorden)
    assert "kanarie" not in caplog.text.lower()
