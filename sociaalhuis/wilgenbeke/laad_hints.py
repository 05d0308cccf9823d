"""The questions of the hint in the invented town, each at the rule that it is about."""

from pathlib import Path

from loket.models import Voorwaarde
from loket.models.onderdelen import Betekenis
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Writes the questions of the folder `bron` at the rules of the catalogue. Raises DoesNotExist on an unknown rule."""
    for hint in lees(bron / "hints.toml")["hint"]:
        regel = Voorwaarde.objects.get(dienst__slug=hint["dienst"], titel=hint["regel"])
        regel.vraag = hint["vraag"]
        regel.bij_ja = Betekenis(hint.get("ja", Betekenis.PAST))
        regel.bij_nee = Betekenis(hint.get("nee", Betekenis.NIET))
        regel.full_clean()
        regel.save(update_fields=["vraag", "bij_ja", "bij_nee"])
