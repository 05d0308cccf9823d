"""The places of the demo town, the days on which they are closed and the days with other hours."""

from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from loket.models import Dienst
from sociaalhuis.models import AndereUren, Gebied, Locatie, Sluitingsdag
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Fills the places of an empty database; the house and the catalogue must be there already."""
    inhoud = lees(bron / "locaties.toml")
    for volgorde, rij in enumerate(inhoud["locatie"]):
        diensten, gebied = rij.pop("diensten"), rij.pop("gebied")
        locatie = Locatie.objects.create(
            volgorde=volgorde,
            gebied=Gebied.objects.get(code=gebied),
            **{veld: waarde.strip() if isinstance(waarde, str) else waarde for veld, waarde in rij.items()},
        )
        locatie.diensten.set(Dienst.objects.filter(slug__in=diensten))
    for rij in inhoud["sluitingsdag"]:
        van = _dag(rij.get("van"), rij.get("over"))
        tot = van + timedelta(days=rij["dagen"] - 1)
        Sluitingsdag.objects.create(naam=rij["naam"], van=van, tot=tot, locatie=_locatie(rij))
    for rij in inhoud["andere_uren"]:
        dag = _dag(rij.get("dag"), rij.get("over"))
        AndereUren.objects.create(naam=rij["naam"], dag=dag, uren=rij["uren"], locatie=_locatie(rij))


def _locatie(rij):
    return Locatie.objects.get(slug=rij["locatie"]) if "locatie" in rij else None


def _dag(maand_dag, over) -> date:
    """The next day with this month and day, or a day so many days from now."""
    vandaag = timezone.localdate()
    if over is not None:
        return vandaag + timedelta(days=over)
    dit_jaar = date.fromisoformat(f"{vandaag.year}-{maand_dag}")
    return dit_jaar if dit_jaar >= vandaag else date.fromisoformat(f"{vandaag.year + 1}-{maand_dag}")
