"""You see only what is yours: every address x role x method x owner, against the table in matrix.tsv.

A line of the table is an address, whose object it is about, a method, and the status per role. An address without
lines fails. `MATRIX=schrijf pytest tests/test_matrix.py` writes what the portal answers now, `MATRIX=nieuw` only what
has no line yet (much faster); read every changed line before you keep it, because the table is the promise, not the code.
`ROLLEN=bezoeker,coordinator` compares only these roles: enough to send the queries of every address to another PostgreSQL.
"""

import os
from pathlib import Path
from unittest import mock

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLResolver
from django.utils import timezone

from hulpmiddelen.sjabloon import kopie_van_stad
from loket.models import (
    Afspraak,
    Bijlage,
    Dienst,
    Doorverwijzing,
    Ingekomenmail,
    Levensgebeurtenis,
    Noodtoegang,
    Signaal,
    Standaardantwoord,
    Verdeelregel,
    Vraag,
)
from participatie.models import (
    Aanmelding,
    Advies,
    Formulierbestand,
    Inbreng,
    Mandaat,
    Mandaatuitnodiging,
    Melding,
    Opmerking,
    Overleg,
    Overlegdocument,
    Ronde,
    Verslagregel,
)
from plan.models import (
    Actie,
    Besluit,
    Document,
    Indicator,
    Jaaractie,
    Jaaractieplan,
    Meting,
    Onderdeel,
    Partnerschap,
    Plan,
    Projectaanvraag,
    Raadspad,
    Taak,
    Wijzigingsvoorstel,
)
from sociaalhuis import versie
from sociaalhuis.inzending import sleutel_bij
from sociaalhuis.middleware import sessie
from sociaalhuis.models import Gebruiker
from tests.vlug import alleen_de_status, eenmaal_ingelezen

TABEL = Path(__file__).parent / "matrix.tsv"
SCHRIJF = os.environ.get("MATRIX", "")
ROLLEN = ["bezoeker", "voedselbank", "loket.ocmw", "loket.gemeente", "team.ocmw", "planner", "coordinator", "beheer",
          "toezicht", "techniek"]  # fmt: skip
NU = os.environ["ROLLEN"].split(",") if "ROLLEN" in os.environ and not SCHRIJF else ROLLEN

# The corner of the food bank, which its own account opens, and of another organisation.
HOEKEN = {"eigen": {"organisatie": "voedselbank"}, "andere": {"organisatie": "lok"}}

pytestmark = [pytest.mark.django_db, pytest.mark.databank]


def patronen():
    """The names of all addresses of the portal, in order."""

    def loop(resolver, ruimte=""):
        for patroon in resolver.url_patterns:
            if isinstance(patroon, URLResolver):
                yield from loop(patroon, ruimte + (f"{patroon.namespace}:" if patroon.namespace else ""))
            elif patroon.name:
                yield ruimte + patroon.name

    return sorted(set(loop(get_resolver())))


def test_every_address_has_a_name():
    def naamloos(resolver):
        for patroon in resolver.url_patterns:
            if isinstance(patroon, URLResolver):
                yield from naamloos(patroon)
            elif not patroon.name and "catch_all" not in str(patroon.callback) and "final_catch" not in str(patroon):
                yield str(patroon)

    rest = [p for p in naamloos(get_resolver()) if "object_id" not in p]  # the admin's old change address redirects
    assert rest == []


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database with the whole demo town, and a superuser; gone after this module. Gives its public version."""
    gewoon, naam, map_ = connection.settings_dict["NAME"], f"test_stad_{os.getpid()}", tmp_path_factory.mktemp("stad")
    with django_db_blocker.unblock(), kopie_van_stad(connection.settings_dict, naam, map_):
        connection.close()
        connection.settings_dict["NAME"] = naam
        try:
            with override_settings(DATAMAP=map_, MEDIA_ROOT=map_ / "bestanden", POSTMAP=map_ / "post"):
                Gebruiker.objects.create_superuser("techniek@wilgenbeke.example", naam="Techniek")
                yield versie.huidige_versie()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = gewoon


def keuze(*delen):
    """What stands in the address of a kind of appointment."""
    alles = {"soort": "onthaal", "locatie": "wilgenplein", "wijze": "hier"}
    return {naam: alles[naam] for naam in delen} if delen else alles


def verwijzingen(zaken):
    """The objects of the addresses about referrals: of the case of the OCMW, of the food bank and of another partner."""
    rijen = Doorverwijzing.objects.select_related("vraag", "organisatie")
    bij_loket = rijen.get(staat="voorgesteld", organisatie__code="voedselbank")
    eigen, andere = (rijen.get(staat="verzonden", organisatie__code=code) for code in ("voedselbank", "caw"))
    zaak = {"referentie": bij_loket.vraag.referentie, "verwijzing": bij_loket.referentie}
    partner = {"eigen": {"referentie": eigen.referentie}, "andere": {"referentie": andere.referentie}}
    return {
        "loket:werkbank_doorverwijzen": zaken,
        "loket:werkbank_stel_voor": {wie: {**kwargs, "organisatie": "caw"} for wie, kwargs in zaken.items()},
        "loket:werkbank_verwijzing": {"ocmw": zaak},
        "loket:werkbank_toestemming": {"ocmw": zaak},
        "loket:werkbank_verwijsstap": {"ocmw": {**zaak, "stap": "stop"}},
        "loket:balie_partner": {naam: {"organisatie": naam} for naam in ("voedselbank", "geen")},
        "loket:partner_bestand": {"": {"soort": "csv"}},
        "loket:partner_bestand_voor": {wie: {**kwargs, "soort": "csv"} for wie, kwargs in HOEKEN.items()},
        **{f"loket:partner{naam}_voor": HOEKEN for naam in ("", "_capaciteit", "_breng")},
        "loket:partner_verwijzing": partner,
        "loket:partner_stap": {wie: {**kwargs, "stap": "aanvaard"} for wie, kwargs in partner.items()},
        "loket:opvolgen_verwijzing": {"": {"verwijzing": eigen.referentie}},
        "loket:opvolgen_verwijsstap": {"": {"verwijzing": eigen.referentie, "stap": "trek_in"}},
    }


def voorwerpen():
    """Per address (or its first word) the objects to try: {what: kwargs}."""
    ocmw, gemeente = (Vraag.objects.filter(team__code=t, quarantaine="").first() for t in ("sociale-dienst", "wonen"))
    zaken = {"ocmw": {"referentie": ocmw.referentie}, "gemeente": {"referentie": gemeente.referentie}}
    return {
        **van_diensten(),
        **wegwijzer(),
        **afspraken(),
        **van_zaken(zaken),
        **verwijzingen(zaken),
        **van_mails(),
        **van_de_werkbank(),
        **van_het_plan(),
        **van_rondes(),
        **van_hoekjes(),
        **van_overleg(),
    }


def van_diensten():
    return {
        "loket:dienst": {"leefloon": {"slug": Dienst.objects.get(slug="leefloon").slug}, "geen": {"slug": "geen"}},
        "loket:locatie": {"": {"slug": "wilgenplein"}, "geen": {"slug": "geen"}},
        "loket:misschien": {naam: {"slug": naam} for naam in ("leefloon", "rouw-en-verlies", "geen")},
        "loket:lpdc_dienst": {"": {"slug": "leefloon"}, "geen": {"slug": "geen"}},
        "loket:ldes_blad": {"": {"nummer": 0}},
        "loket:ldes_vorm": {"": {"vorm": "ttl"}},
        "loket:ldes_blad_vorm": {"": {"nummer": "0", "vorm": "ttl"}},
    }


def afspraken():
    komt = Afspraak.objects.filter(begin__gt=timezone.now())
    afspraken = {
        "ocmw": {"referentie": komt.filter(team__code="sociale-dienst").first().referentie.lower()},
        "gemeente": {"referentie": komt.filter(team__code="onthaal").first().referentie.lower()},
    }
    return {
        "loket:afspraak_waar": {"": keuze("soort"), "geen": {"soort": "geen"}},
        "loket:afspraak_wanneer": {"": keuze()},
        "loket:afspraak_wie": {"": {**keuze(), "code": "20200101-0900"}},
        "loket:balie_wanneer": {"ocmw": {**keuze(), "soort": "schulden"}, "gemeente": keuze()},
        "loket:balie_wie": {"ocmw": {**keuze(), "soort": "schulden", "code": "20300103-0900"}},
        "loket:balie_afspraak": afspraken,
        "loket:balie_verzetten": afspraken,
        "loket:balie_stap": {wie: {**kwargs, "stap": "afgerond"} for wie, kwargs in afspraken.items()},
        "loket:agendafeed": {"geraden": {"sleutel": "geraden"}},
    }


def van_zaken(zaken):
    """The addresses of one case."""
    met_bijlage = Bijlage.objects.first()
    return {
        "loket:werkbank_dossier": zaken,
        "loket:werkbank_spoor": zaken,
        "loket:werkbank_schrap": zaken,
        "loket:werkbank_bewijs": zaken,
        "loket:werkbank_gegevens": zaken,
        "loket:werkbank_gegevens_daad": {wie: {**kwargs, "daad": "wis"} for wie, kwargs in zaken.items()},
        "loket:werkbank_stap": {wie: {**kwargs, "stap": "noteer"} for wie, kwargs in zaken.items()},
        "loket:zoek_antwoord": zaken,
        "loket:werkbank_bijlage": {
            met_bijlage.vraag.bestuur.code: {"referentie": met_bijlage.vraag.referentie, "bijlage": met_bijlage.pk}
        },
        "loket:opvolgen_bijlage": {"": {"bijlage": 1}},
    }


def van_mails():
    los = {"ocmw": {"pk": Ingekomenmail.objects.get(staat="mislukt").pk}}
    return {
        "loket:werkbank_mail": los,
        "loket:werkbank_mail_opnieuw": los,
        "loket:werkbank_mail_maak_vraag": los,
    }


def van_de_werkbank():
    """What staff keep beside the cases, and the addresses that only a guess can reach."""
    regel = Verdeelregel.objects.exclude(woorden="").first()
    return {
        "loket:verdeling_regel": {"": {"pk": regel.pk}},
        "loket:verdeling_verplaats": {"": {"pk": regel.pk, "kant": "op"}},
        "loket:verdeling_wis": {"": {"pk": regel.pk}},
        "loket:werkbank_filter_wis": {"van-een-ander": {"pk": 999_999}},
        "loket:vernietigingslijst": {"geen": {"pk": 999_999}},
        "loket:noodtoegang_beslis": {
            "": {"pk": Noodtoegang.objects.filter(toegekend=None).get().pk, "daad": "ken-toe"}
        },
        "loket:antwoord": {"huis": {"pk": Standaardantwoord.objects.filter(eigenaar=None, team=None).first().pk}},
        "loket:antwoord_weg": {"huis": {"pk": Standaardantwoord.objects.filter(eigenaar=None, team=None).first().pk}},
        "loket:antwoord_nieuw": {"": {}},
        "loket:signaal": {"": {"pk": Signaal.objects.order_by("pk").first().pk}},
        "loket:cijfers_csv": {"eerste": {"tabel": 1}, "geen": {"tabel": 99}},
        "account_reset_password_from_key": {"": {"uidb36": "1", "key": "geraden"}},
        "demobericht": {"": {"nummer": "00000000-0000-4000-8000-000000000000"}},
    }


def van_het_plan():
    plan = {"plan": Plan.objects.get().slug}
    volgt = {"referentie": "2027-AAAAAA", "sleutel": sleutel_bij("abonnement", "2027-AAAAAA")}  # stopped already
    document = Document.objects.first()
    besluit = Besluit.objects.filter(stap="vaststelling-ocmw").first()
    raadspad = Raadspad.objects.latest("nummer")
    gezet = raadspad.stappen()[-1].pk
    vast, ontwerp = Jaaractieplan.objects.order_by("jaar").values_list("pk", flat=True)
    delen = Partnerschap.objects.order_by("pk")
    partnerschappen = {
        "eigen": {"nummer": delen.filter(organisatie__code="voedselbank").first().pk},
        "andere": {"nummer": delen.exclude(organisatie__code="voedselbank").first().pk},
    }
    return {
        **van_redacteurs(),
        "plan:mijn_deel": partnerschappen,
        "plan:mijn_voor": HOEKEN,
        "plan:werk_actie": {"": {"pk": Actie.objects.get(code="G1.1.a").pk}, "geen": {"pk": 999_999}},
        "plan:werk_taak": {"": {"pk": Taak.objects.order_by("pk").first().pk}, "geen": {"pk": 999_999}},
        "plan:garantie": {"": {**plan, "code": "G1"}},
        "plan:actie": {"": {**plan, "code": "G1.1.a"}},
        "plan:jaar": {"": {**plan, "jaar": 2026}},
        **{
            f"plan:jaarverslag{vorm}": {
                "": {**plan, "jaar": 2026, "moment": "halfjaar"},
                "geen": {**plan, "jaar": 2026, "moment": "jaar"},
            }
            for vorm in ("", "_pdf", "_xlsx")
        },
        "admin:plan_jaaractieplan_voorstel": {"": {"pk": ontwerp}, "geen": {"pk": 999_999}},
        "admin:plan_jaaractieplan_stap": {"": {"pk": ontwerp, "staat": "vastgesteld"}},
        "admin:plan_jaaractieplan_opvolging": {"": {"pk": vast, "moment": "jaar"}},
        "admin:plan_jaaractieplan_volg_actie": {
            "": {"pk": vast, "moment": "jaar", "regel": Jaaractie.objects.filter(jaaractieplan=vast).first().pk},
            "geen": {"pk": vast, "moment": "jaar", "regel": 999_999},
        },
        "plan:pijler": {"": {**plan, "code": "samenwerking"}},
        "plan:document": {"": {**plan, "slug": document.slug}},
        "plan:document_bestand": {"": {**plan, "slug": document.slug}},
        "plan:besluit": {"": {**plan, "besluit": besluit.pk}, "geen": {**plan, "besluit": 999_999}},
        "plan:deelplan": {"": {**plan, "slug": "ouderenplan"}, "geen": {**plan, "slug": "geen"}},
        "plan:deelplan_versie": {"": {**plan, "nummer": 1, "slug": "ouderenplan"}},
        "admin:plan_raadspad_advies": {"": {"pk": raadspad.pk, "stap": "advies"}},
        "admin:plan_raadspad_stap": {"": {"pk": raadspad.pk, "stap": "vaststelling-gemeente", "soort": "gemeenteraad"}},
        "admin:plan_raadspad_verbeter": {
            "": {"pk": raadspad.pk, "besluit": gezet},
            "geen": {"pk": raadspad.pk, "besluit": 999_999},
        },
        "admin:plan_raadspad_trek_in": {"": {"pk": raadspad.pk, "besluit": gezet}},
        "admin:plan_versie_nu": {"": {"plan": raadspad.plan_id}, "geen": {"plan": 999_999}},
        "admin:plan_plan_niveaus": {"": {"pk": raadspad.plan_id}, "geen": {"pk": 999_999}},
        "admin:plan_plan_standen": {"": {"pk": raadspad.plan_id}},
        "admin:plan_projectaanvraag_stap": {
            "": {"pk": Projectaanvraag.objects.filter(staat="ingediend").first().pk, "staat": "geadviseerd"},
            "beslissing": {"pk": Projectaanvraag.objects.get(staat="geadviseerd").pk, "staat": "goedgekeurd"},
            "geen": {"pk": 999_999, "staat": "geadviseerd"},
        },
        "admin:plan_mjpinvoer_daad": {"geen": {"pk": 999_999, "daad": "kies"}},
        "admin:plan_plan_periode": {"": {"pk": raadspad.plan_id}, "geen": {"pk": 999_999}},
        "plan:indicator": {naam: {**plan, "code": naam} for naam in ("I4.1", "geen")},
        "plan:kaart": {naam: {**plan, "code": naam} for naam in ("G1", "geen")},
        "plan:kaart_pdf": {naam: {**plan, "code": naam} for naam in ("G1", "geen")},
        "plan:vak": {naam: {**plan, "thema": "energie", "doelgroep": naam} for naam in ("ouderen", "geen")},
        "plan:leemte": {naam: {**plan, "thema": "energie", "doelgroep": naam} for naam in ("mantelzorgers", "geen")},
        "plan:meten_invoer": {"": {"indicator": Indicator.objects.get(code="I4.1").pk}, "geen": {"indicator": 999_999}},
        "plan:meting": {
            **{rij.staat: {"meting": rij.pk} for rij in Meting.objects.exclude(staat="goedgekeurd")},
            "goedgekeurd": {"meting": Meting.objects.goedgekeurd().first().pk},
            "geen": {"meting": 999_999},
        },
        "plan:versie": {"": {**plan, "nummer": 1}, "geen": {**plan, "nummer": 999}},
        "plan:verschil": {"": {**plan, "van": 1, "naar": 2}},
        "plan:veranderd": {"": {**plan, "van": 1, "naar": 2}},
        "plan:verschil_xlsx": {"": {**plan, "van": 1, "naar": 2}},
        "admin:plan_bladinvoer_haal": {"": {"plan": raadspad.plan_id, "soort": "acties"}},
        "plan:nieuws_deel": {"": {**plan, "code": "G1"}},
        "plan:atom_deel": {"": {**plan, "code": "G1"}},
        "plan:volgen_bevestig": {"": volgt},
        "plan:volgen_stop": {"": volgt},
        "plan:uitvoer": {"": {**plan, "vorm": "pdf"}},
        "plan:uitvoer_versie": {
            "": {**plan, "vorm": "pdf", "nummer": 1},
            "geen": {**plan, "vorm": "pdf", "nummer": 999},
        },
        "plan:": {"": plan},
    }


def van_redacteurs():
    """The parts and proposals of the house (which no role here edits) and of the team of the OCMW."""
    delen = {
        wie: {"nummer": Onderdeel.objects.get(code=code).pk} for wie, code in (("gemeente", "G1"), ("ocmw", "G2.1"))
    }
    voorstellen = {
        wie: {"nummer": Wijzigingsvoorstel.objects.get(onderdeel__code=code).pk}
        for wie, code in (("gemeente", "G1"), ("ocmw", "G2.1.b"))
    }
    return {
        "admin:filter_weg": {"van-een-ander": {"pk": 999_999}},
        "admin:plan_onderdeel_boom": {"": {"plan": Plan.objects.get().pk}, "geen": {"plan": 999_999}},
        "admin:plan_onderdeel_verplaats": {"": {"pk": delen["ocmw"]["nummer"]}, "geen": {"pk": 999_999}},
        "admin:plan_onderdeel_reeks": {"geen": {"nummer": 999_999}},
        "plan:redactie": {"": {}},
        "plan:voorstellen": {"": {}},
        "plan:redactie_deel": delen,
        "plan:redactie_geschiedenis": delen,
        "plan:voorstel": voorstellen,
        "plan:voorstel_trek_in": voorstellen,
    }


def van_vragen(open_, dicht):
    """The addresses about the making and the questions of a round."""
    ronde, fase = {"slug": open_.slug}, {"slug": open_.slug, "fase": "inbrengen"}
    stam = open_.formulieren.get().vragen.first().stam
    beide = {"dicht": {"slug": dicht.slug}, "open": ronde}
    return {
        "participatie:vragen": beide,
        "participatie:tellingen": beide,
        **{f"participatie:beheer_{naam}": {"": ronde} for naam in ("inrichten", "genodigden", "tellingen")},
        **{f"participatie:beheer_{naam}": {"": fase} for naam in ("vragen", "vraag_nieuw", "vragen_proef")},
        "participatie:beheer_vraag": {"": {**fase, "stam": stam}},
    }


def van_rondes():
    dicht = Ronde.objects.get(slug="ontwerp-2026-2031")
    open_ = Ronde.objects.openbaar().exclude(pk=dicht.pk).get()
    concept = Ronde.objects.get(staat="concept")
    inbreng = Inbreng.objects.filter(ronde=open_, organisatie__isnull=True, staat="ingediend").first()
    bestand = Formulierbestand.objects.get().antwoord
    eigen = Inbreng.objects.filter(organisatie__code="voedselbank").first()
    andere = Inbreng.objects.filter(organisatie__isnull=False).exclude(organisatie__code="voedselbank").first()
    aanmelding = Aanmelding.objects.first()
    return {
        "participatie:ronde": {"dicht": {"slug": dicht.slug}, "open": {"slug": open_.slug}},
        **{
            f"participatie:{naam}": {"dicht": {"slug": dicht.slug}, "open": {"slug": open_.slug}}
            for naam in ("draagvlak", "draagvlak_xlsx", "inbreng_json", "inbreng_csv")
        },
        **{
            f"participatie:volg_{naam}": {"verzonnen": {"referentie": "a", "sleutel": "b"}}
            for naam in ("bevestig", "stop")
        },
        "participatie:geef": {"dicht": {"slug": dicht.slug}, "open": {"slug": open_.slug}},
        "participatie:ontvangen": {"verzonnen": {"referentie": eigen.referentie, "sleutel": "geraden"}},
        "participatie:volgen": {"verzonnen": {"referentie": "a-geraden", "sleutel": "geraden"}},
        "participatie:mijn_inbreng": {
            "eigen": {"referentie": eigen.referentie},
            "andere": {"referentie": andere.referentie},
        },
        "participatie:beheer_aanmelding": {"": {"pk": aanmelding.pk if aanmelding else 1}},
        "participatie:beheer_inbreng": {"": {"pk": inbreng.pk}},
        "participatie:beheer_bestand": {"": {"pk": bestand.inbreng_id, "antwoord": bestand.pk}},
        "participatie:beheer_blad": {"": {"slug": open_.slug}},
        "participatie:beheer_vragenblad": {"": {"slug": open_.slug}},
        "participatie:ronde_agenda": {"": {"slug": open_.slug}},
        "participatie:beheer_voorbeeld": {
            "concept": {"slug": concept.slug},
            "loopt": {"slug": open_.slug},
        },
        "participatie:inbreng_nummer": {"getoond": {"pk": eigen.pk}, "ongelezen": {"pk": inbreng.pk}},
        **{
            f"participatie:beheer_{naam}": {"": {"pk": inbreng.pk}}
            for naam in ("antwoord", "doorwerking", "punten", "rechtzetting", "samen")
        },
        **{
            f"participatie:{naam}": {"dicht": {"slug": dicht.slug}}
            for naam in ("reactienota", "reactienota_pdf", "reactienota_xlsx")
        },
        "participatie:reactienota_nummer": {"geen": {"slug": dicht.slug, "nummer": 99}},
        **{f"participatie:beheer_{naam}": {"": {"slug": open_.slug}} for naam in ("ronde", "antwoorden", "delen")},
        "participatie:papier": {"": {"slug": open_.slug}},
        "participatie:papier_pdf": {"": {"slug": open_.slug}},
        "participatie:tekst": {"": {"slug": open_.slug}},
        "participatie:tekst_deel": {"": {"slug": open_.slug, "code": "G1"}},
        **{
            f"participatie:{naam}": {
                "getoond": {"referentie": eigen.referentie},
                "ongelezen": {"referentie": inbreng.referentie},
            }
            for naam in ("inbreng", "steunen", "melden")
        },
        "participatie:beheer_invoeren": {"": {"slug": open_.slug}},
        "participatie:beheer_gesprek": {"": {"slug": open_.slug}},
        "participatie:beheer_melding": {"": {"pk": Melding.objects.get().pk}},
        "participatie:beheer_opmerking": {"": {"pk": Opmerking.objects.first().pk}, "geen": {"pk": 999_999}},
        "participatie:mijn_opmerking": {
            naam: {"pk": Opmerking.objects.get(door__email__startswith=begin).pk}
            for naam, begin in (("eigen", "voedselbank@"), ("van-een-collega", "winkel@"))
        },
        "participatie:beheer_antwoord": {"": {"pk": inbreng.pk}},
        "participatie:beheer_ronde": {"": {"slug": open_.slug}},
        "participatie:beheer_publiceer": {"": {"slug": open_.slug}},
        **van_vragen(open_, dicht),
    }


def van_overleg():
    """A public meeting that comes, one that was, and one to which the food bank and two teams are invited."""
    soorten = {"komend": "inspraakmoment", "voorbij": "buurtgesprek", "besloten": "stuurgroep"}
    rijen = {naam: Overleg.objects.get(soort=soort) for naam, soort in soorten.items()}
    slugs = {naam: {"slug": rij.slug} for naam, rij in rijen.items()}
    was, document = rijen["voorbij"], Overlegdocument.objects.get()
    geraden = {"verzonnen": {"referentie": "a-geraden", "sleutel": "geraden"}}
    beheer = ("overleg", "overleg_wijzig", "overleg_agenda", "overleg_uitnodigen", "overleg_documenten",
              "overleg_aanwezig", "verslag")  # fmt: skip
    punt = {"slug": was.slug, "pk": was.agenda.last().pk}
    return {
        **{
            f"participatie:{naam}": slugs
            for naam in ("overleg", "overleg_inschrijven", "overleg_in_agenda", "overleg_verslag_pdf")
        },
        "participatie:overleg_document": {"": {"slug": document.overleg.slug, "pk": document.pk}},
        "participatie:overleg_agenda_organisatie": {"verzonnen": {"sleutel": "geraden"}},
        **{f"participatie:overleg_{naam}": geraden for naam in ("inschrijving", "inschrijving_agenda", "genodigd")},
        "participatie:overleg_genodigd_document": {"verzonnen": {**geraden["verzonnen"], "pk": document.pk}},
        **{f"participatie:beheer_{naam}": {"": {"slug": was.slug}} for naam in beheer},
        "participatie:beheer_overleg_punt": {"": punt},
        "participatie:beheer_verslagpunt": {"": punt},
        "participatie:beheer_overleg_uitnodiging_weg": {"": {"slug": was.slug, "pk": was.uitnodigingen.first().pk}},
        "participatie:beheer_overleg_vink": {"": {"slug": was.slug, "pk": was.inschrijvingen.first().pk}},
        "participatie:beheer_verslagregel": {"": {"slug": was.slug, "pk": Verslagregel.objects.first().pk}},
    }


def van_hoekjes():
    """The corners: of the food bank, which its own account opens, and of another organisation."""
    codes = HOEKEN
    mandaten = {
        wie: Mandaat.objects.filter(organisatie__code=k["organisatie"]).order_by("pk").last()
        for wie, k in codes.items()
    }
    gevraagd = Mandaatuitnodiging.objects.get()
    return {
        **{
            f"participatie:mijn_{naam}": codes
            for naam in (
                "van",
                "inbrengen",
                "steun",
                "gegevens",
                "alles",
                "mensen",
                "nodig_uit",
                "geschiedenis",
                "opmerkingen",
                "wissen",
            )
        },
        "participatie:mijn_mandaat": {wie: {**k, "pk": mandaten[wie].pk} for wie, k in codes.items()},
        "participatie:mijn_uitnodiging": {wie: {**k, "pk": gevraagd.pk} for wie, k in codes.items()},
        "participatie:uitgenodigd": {"verzonnen": {"referentie": gevraagd.referentie, "sleutel": "geraden"}},
        "participatie:opnieuw": {"verzonnen": {"referentie": "a-geraden", "sleutel": "geraden"}},
        "participatie:beheer_organisatie": {"": {"code": "voedselbank"}},
        **van_adviesraden(),
    }


def van_adviesraden():
    advies = Advies.objects.openbaar().first()
    van_raad = {"organisatie": "lok", "pk": advies.pk}
    return {
        "participatie:adviesraad": {"": {"code": "lok"}, "geen": {"code": "voedselbank"}},
        "participatie:advies": {"": {"referentie": advies.referentie}, "geen": {"referentie": "2026-000000"}},
        "participatie:advies_bestand": {"geen": {"referentie": advies.referentie}},
        "participatie:mijn_adviezen": {"eigen": {"organisatie": "voedselbank"}, "andere": {"organisatie": "lok"}},
        "participatie:mijn_advies": {"andere": van_raad, "vreemd": {**van_raad, "organisatie": "voedselbank"}},
        "participatie:beheer_adviesraad": {"": {"code": "lok"}},
        "participatie:beheer_advies": {"": {"pk": advies.pk}},
    }


def wegwijzer():
    """The first answer of a life event, one that no longer fits, and an event that does not exist."""
    weg = Levensgebeurtenis.objects.get(slug="rekeningen")
    code = weg.boom["punten"][weg.boom["begin"]]["antwoorden"][0]["code"]
    begin = {"rekeningen": {"slug": weg.slug}, "geen": {"slug": "geen"}}
    stappen = {"": {"slug": weg.slug, "pad": [code]}, "oud": {"slug": weg.slug, "pad": ["zzzz"]}}
    return {"loket:wegwijzer_begin": begin, "loket:wegwijzer_stap": stappen}


def adressen():
    """List of (name, what, address) for every address of the portal."""
    per_naam, gevonden = voorwerpen(), []
    for naam in patronen():
        pogingen = per_naam.get(naam) or {"": {}}
        if naam.startswith("plan:") and naam not in per_naam:
            pogingen = per_naam["plan:"] | {}
        for wat, kwargs in pogingen.items():
            gevonden.append((naam, wat, _adres(naam, kwargs)))
    return gevonden


def _adres(naam, kwargs):
    for poging in (
        kwargs,
        {},
        {"object_id": _eerste(naam)},
        {"app_label": "plan"},
        {"content_type_id": 1, "object_id": 1},
    ):
        try:
            return reverse(naam, kwargs=poging)
        except NoReverseMatch:
            continue
    raise AssertionError(f"{naam}: say in voorwerpen() which object this address is about")


def _eerste(naam):
    for model in admin.site._registry:
        if naam.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            return model._default_manager.order_by("pk").values_list("pk", flat=True).first() or 999_999
    return 999_999


@pytest.fixture(scope="module")
def bezoekers(stad):
    """A browser per role, that was seen a moment ago: otherwise each request, undone as it is, writes that down again."""
    browsers = {}
    with mock.patch.object(sessie, "AANRAKEN", 3600), alleen_de_status(), eenmaal_ingelezen():
        for rol in ROLLEN:
            browsers[rol] = Client(raise_request_exception=False)
            if rol != "bezoeker":
                browsers[rol].force_login(Gebruiker.objects.get(email=f"{rol}@wilgenbeke.example"))
                browsers[rol].get("/aangemeld/")
        yield browsers


def antwoord(browser, methode, adres, nummer):
    """The status of one request, whose changes are undone. A reading gets the public version, as the front cache gives
    it, so that what every page shares is made once; after a writing it would no longer be true."""
    koekjes = browser.cookies.copy()
    met = {"sociaalhuis.versie": nummer} if methode == "GET" else {}
    with transaction.atomic():
        status = getattr(browser, methode.lower())(adres, **met).status_code
        transaction.set_rollback(True)
    browser.cookies = koekjes
    return status


def lees_tabel():
    regels = [regel.split("\t") for regel in TABEL.read_text().splitlines() if regel and not regel.startswith("#")]
    return {(naam, wat, methode): [int(c) for c in codes] for naam, wat, methode, *codes in regels}


def test_every_address_answers_each_role_as_the_table_says(bezoekers, stad):
    bekend = lees_tabel() if SCHRIJF == "nieuw" else {}
    gezien = {
        (naam, wat, methode): bekend.get((naam, wat, methode))
        or [antwoord(bezoekers[rol], methode, adres, stad) for rol in NU]
        for naam, wat, adres in adressen()
        for methode in ("GET", "POST")
    }
    if SCHRIJF:
        kop = "# " + "\t".join(["address", "object", "method", *ROLLEN])
        TABEL.write_text("\n".join([kop, *("\t".join(map(str, (*k, *v))) for k, v in gezien.items())]) + "\n")
    tabel = lees_tabel()
    assert gezien.keys() - tabel.keys() == set(), "an address without a line in matrix.tsv"
    assert tabel.keys() - gezien.keys() == set(), "a line in matrix.tsv without an address"
    beloofd = {k: [codes[ROLLEN.index(rol)] for rol in NU] for k, codes in tabel.items()}
    anders = {k: {r: (s, t) for r, s, t in zip(NU, gezien[k], beloofd[k], strict=True) if s != t} for k in gezien}
    assert {k: v for k, v in anders.items() if v} == {}, "(answer, table) per role"


def test_other_methods_are_refused_everywhere(bezoekers, stad):
    gezien = {
        antwoord(bezoekers["team.ocmw"], methode, adres, stad)
        for _, _, adres in adressen()
        for methode in ("PUT", "DELETE", "PATCH", "OPTIONS")
    }
    assert gezien == {405}


def test_nobody_outside_the_two_teams_gets_a_case(bezoekers):
    """The table itself keeps the promise: a case opens for its own Bestuur and for nobody else, superuser included."""
    tabel = lees_tabel()
    mag = {"ocmw": {"loket.ocmw", "team.ocmw"}, "gemeente": {"loket.gemeente"}}
    for (naam, wat, methode), codes in tabel.items():
        if naam.startswith("loket:werkbank_") and wat and naam != "loket:werkbank_partner":  # about an organisation
            open_ = {rol for rol, code in zip(ROLLEN, codes, strict=True) if code in {200, 302} and rol != "bezoeker"}
            assert open_ <= mag.get(wat, set()), (naam, wat, methode)
