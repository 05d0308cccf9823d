from plan.models.besluit import Besluit, Document, Processtap
from plan.models.bestelling import Bestelling
from plan.models.geld import Projectaanvraag, Raming
from plan.models.jaar import Jaaractie, Jaaractieplan
from plan.models.onderdeel import Actie, BbcCode, Doelstelling, Garantie, Onderdeel
from plan.models.plan import Pijler, Plan

__all__ = [
    "Actie",
    "BbcCode",
    "Besluit",
    "Bestelling",
    "Doelstelling",
    "Document",
    "Garantie",
    "Jaaractie",
    "Jaaractieplan",
    "Onderdeel",
    "Pijler",
    "Plan",
    "Processtap",
    "Projectaanvraag",
    "Raming",
]
