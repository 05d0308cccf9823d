from plan.models.alinea import Alinea
from plan.models.bbc import BbcCode, Mjplijn, Mjpversie
from plan.models.besluit import Besluit, Document, Processtap
from plan.models.bestelling import Bestelling
from plan.models.geld import Projectaanvraag, Raming
from plan.models.jaar import Jaaractie, Jaaractieplan
from plan.models.niveau import Niveau
from plan.models.onderdeel import Onderdeel
from plan.models.plan import Pijler, Plan
from plan.models.soorten import Actie, Doelstelling, Garantie

__all__ = [
    "Actie",
    "Alinea",
    "BbcCode",
    "Besluit",
    "Bestelling",
    "Doelstelling",
    "Document",
    "Garantie",
    "Jaaractie",
    "Jaaractieplan",
    "Mjplijn",
    "Mjpversie",
    "Niveau",
    "Onderdeel",
    "Pijler",
    "Plan",
    "Processtap",
    "Projectaanvraag",
    "Raming",
]
