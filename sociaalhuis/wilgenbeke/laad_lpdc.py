"""LPDC in the demo town: services that came from there, changed here and there since, and a first set of versions."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.utils import timezone
from rdflib import Graph

from loket.acties.invoer import voer_in
from loket.acties.lpdcuit import publiceer_versies
from loket.lpdc.uit import LBLOD, als_jsonld, instantie_uri, lid
from loket.lpdc.vergelijk import onze_waarden
from loket.models import Dienst
from sociaalhuis.models import Bestuur, Huis
from sociaalhuis.wilgenbeke.lezen import lees

ID = "https://data.wilgenbeke.example/id"
BESTUUR, ORGANISATIE, GEBIED = f"{ID}/bestuurseenheid/{{}}", f"{ID}/organisatie/{{}}", f"{ID}/gebied/{{}}"


def laad(bron: Path) -> None:
    """Needs the house and the catalogue; reads `lpdc.toml` in the folder `bron`."""
    for bestuur in Bestuur.objects.all():
        bestuur.uri = BESTUUR.format(bestuur.code)
        bestuur.save(update_fields=["uri"])
    vul_aan()
    nis = Huis.objects.values_list("nis_code", flat=True).get()
    for nummer, rij in enumerate(lees(bron / "lpdc.toml")["dienst"]):
        wijzig(rij, nummer, nis)
    publiceer_versies()


def vul_aan():
    """Who answers for a service that an organisation gives, and the area of one that is not for the whole town."""
    diensten = Dienst.objects.select_related("bestuur", "aanbieder").prefetch_related("gebieden")
    anders = [dienst for dienst in diensten if dienst.aanbieder_id or dienst.gebieden.all()]
    for dienst in anders:
        if dienst.aanbieder:
            dienst.bevoegde_overheden = [dienst.bestuur.uri]
            dienst.uitvoerende_overheden = [ORGANISATIE.format(dienst.aanbieder.code)]
        dienst.lpdc_gebieden = [GEBIED.format(gebied.code) for gebied in dienst.gebieden.all()]
    Dienst.objects.bulk_update(anders, ["bevoegde_overheden", "uitvoerende_overheden", "lpdc_gebieden"])


def wijzig(rij, nummer, nis):
    """One service as if it came from LPDC: changed here, then changed there, then imported again."""
    dienst = Dienst.objects.select_related("bestuur").get(slug=rij["slug"])
    dienst.lpdc_uri, dienst.productnummer = instantie_uri(dienst), f"WB{1001 + nummer}"
    dienst.bron_basis = onze_waarden(dienst)
    dienst.save()
    hun = {
        "@id": f"{LBLOD}public-service-snapshot/wilgenbeke-{nummer}",
        "generatedAtTime": (timezone.now() - timedelta(days=nummer + 2)).isoformat(),
        **lid(dienst, nis),
    }
    for sleutel, tekst in rij["hun"].items():
        hun[sleutel] = {"nl-be-x-informal": tekst}
    for veld, tekst in rij["ons"].items():
        setattr(dienst, veld, tekst)
    dienst.save()
    zinnen = Graph().parse(data=als_jsonld(hun), format="json-ld").serialize(format="nt")
    voer_in(bestand=BytesIO(zinnen.encode()), bestuur=dienst.bestuur)
