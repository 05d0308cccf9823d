from loket.models.dienst import Dienst
from loket.models.invoer import LpdcInvoer
from loket.models.onderdelen import Contactpunt, Kost, Procedure, Voordeel, Voorwaarde, Website, Wetgeving
from loket.models.zoeken import Nulzoekopdracht, Synoniem, Woord, Zoekrij

__all__ = [
    "Contactpunt",
    "Dienst",
    "Kost",
    "LpdcInvoer",
    "Nulzoekopdracht",
    "Procedure",
    "Synoniem",
    "Voordeel",
    "Voorwaarde",
    "Website",
    "Wetgeving",
    "Woord",
    "Zoekrij",
]
