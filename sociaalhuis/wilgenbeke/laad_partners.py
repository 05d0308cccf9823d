"""What partners of the demo town said of their part in the plan, through their own verbs."""

from pathlib import Path

from plan.acties.partners import bevestig, trek_terug
from plan.models import Partnerschap
from sociaalhuis.vertegenwoordiging import vertegenwoordigers_van
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Loads roles and answers of partners in the folder `bron`, after the plan and the mandates."""
    for rij in lees(bron / "partners.toml")["partner"]:
        deel = Partnerschap.objects.select_related("organisatie").get(
            onderdeel__code=rij["actie"], organisatie__code=rij["organisatie"]
        )
        deel.rol = rij["rol"]
        deel.save(update_fields=["rol"])
        door = vertegenwoordigers_van(deel.organisatie).first()
        if door and "wat" in rij:
            bevestig(partnerschap=deel, wat=rij["wat"], tot=rij.get("tot"), door=door)
        elif door and "stopt" in rij:
            trek_terug(partnerschap=deel, reden=rij["stopt"], door=door)
