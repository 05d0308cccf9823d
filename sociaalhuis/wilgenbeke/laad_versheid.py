"""Who keeps which text of the catalogue fresh in the invented town."""

from pathlib import Path

from loket.models import Dienst
from sociaalhuis.models import Gebruiker
from sociaalhuis.wilgenbeke.laad_huis import DOMEIN
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Gives services their owner. Raises ValueError on a service that the catalogue does not have."""
    for naam, slugs in lees(bron / "versheid.toml")["eigenaar"].items():
        diensten = Dienst.objects.filter(slug__in=slugs)
        if diensten.count() != len(slugs):
            raise ValueError(f"versheid.toml: {naam} heeft een dienst die er niet is")
        diensten.update(eigenaar=Gebruiker.objects.get_by_natural_key(f"{naam}@{DOMEIN}"))
