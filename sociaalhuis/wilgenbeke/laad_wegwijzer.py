"""The signpost of the invented town: life events with their questions, published by the real verb."""

from pathlib import Path

from loket.acties.wegwijzer import publiceer
from loket.models import Dienst, Levensgebeurtenis, Wegantwoord, Wegdienst, Wegpunt
from sociaalhuis.models import Thema
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Makes and publishes the life events of the folder `bron`; the catalogue must be there already."""
    diensten, themas = Dienst.objects.in_bulk(field_name="slug"), Thema.objects.in_bulk(field_name="code")
    for volgorde, inhoud in enumerate(lees(bron / "wegwijzer.toml")["gebeurtenis"]):
        punten = inhoud.pop("punt")
        thema = themas[inhoud.pop("thema")]
        gebeurtenis = Levensgebeurtenis.objects.create(thema=thema, volgorde=volgorde, **inhoud)
        laad_boom(gebeurtenis, punten, diensten)
        publiceer(gebeurtenis=gebeurtenis, door=None)


def laad_boom(gebeurtenis: Levensgebeurtenis, punten: dict, diensten: dict) -> None:
    """Makes the points and what hangs on them. Raises KeyError on a point or a service that does not exist."""
    gemaakt = {}
    for naam, punt in punten.items():
        soort = Wegpunt.Soort.VRAAG if "vraag" in punt else Wegpunt.Soort.UITKOMST
        gemaakt[naam] = Wegpunt.objects.create(
            gebeurtenis=gebeurtenis,
            soort=soort,
            titel=punt[soort],
            uitleg=punt.get("uitleg", ""),
            nood=punt.get("nood", False),
        )
    for naam, punt in punten.items():
        Wegantwoord.objects.bulk_create(
            Wegantwoord(punt=gemaakt[naam], tekst=tekst, naar=gemaakt[naar], volgorde=nummer)
            for nummer, (tekst, naar) in enumerate(punt.get("antwoorden", []))
        )
        Wegdienst.objects.bulk_create(
            Wegdienst(punt=gemaakt[naam], dienst=diensten[slug], volgorde=nummer)
            for nummer, slug in enumerate(punt.get("diensten", []))
        )
    gebeurtenis.begin = gemaakt["begin"]
    gebeurtenis.save(update_fields=["begin"])
