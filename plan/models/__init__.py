from plan.models.aanvraagstap import Aanvraagstap
from plan.models.afhankelijk import Afhankelijkheid
from plan.models.alinea import Alinea
from plan.models.bbc import BbcCode, Mjplijn, Mjpversie
from plan.models.besluit import Besluit, Document, Processtap
from plan.models.besteding import Besteding
from plan.models.bestelling import Bestelling
from plan.models.bladinvoer import Bladinvoer
from plan.models.deelplan import Deelplan, Deelplankeuze
from plan.models.feit import Feit, Verantwoording
from plan.models.geld import Projectaanvraag, Raming
from plan.models.herinnering import Herinnering, Opvolgkeuze
from plan.models.indicator import Indicator, Indicatorkoppeling, Streefwaarde
from plan.models.jaar import Jaaractie, Jaaractieplan
from plan.models.jaaropvolging import Jaaropvolging, Jaarverslag
from plan.models.leemte import Leemte
from plan.models.meting import Meting, Uitsplitsing
from plan.models.mjpinvoer import Mjpinvoer
from plan.models.niveau import Niveau
from plan.models.onderdeel import Onderdeel
from plan.models.opvolging import Opvolging
from plan.models.partnerschap import Partnerschap
from plan.models.plan import Pijler, Plan
from plan.models.raadspad import Raadspad
from plan.models.rechtzetting import Rechtzetting
from plan.models.redactie import Redacteur, Voorstelveld, Wijzigingsvoorstel
from plan.models.reeks import Reekswijziging
from plan.models.soorten import Actie, Doelstelling, Garantie
from plan.models.standwoord import Standwoord
from plan.models.taak import Taak
from plan.models.uitvoer import Uitvoer
from plan.models.versie import Versie, Wijzigingsreden
from plan.models.volgen import Abonnement, Planbericht, Volgstand

__all__ = [
    "Abonnement",
    "Aanvraagstap",
    "Actie",
    "Afhankelijkheid",
    "Alinea",
    "BbcCode",
    "Besluit",
    "Besteding",
    "Bestelling",
    "Bladinvoer",
    "Deelplan",
    "Deelplankeuze",
    "Document",
    "Doelstelling",
    "Feit",
    "Garantie",
    "Indicator",
    "Indicatorkoppeling",
    "Herinnering",
    "Jaaractie",
    "Jaaractieplan",
    "Jaaropvolging",
    "Jaarverslag",
    "Leemte",
    "Meting",
    "Mjpinvoer",
    "Mjplijn",
    "Mjpversie",
    "Niveau",
    "Onderdeel",
    "Opvolging",
    "Opvolgkeuze",
    "Partnerschap",
    "Pijler",
    "Plan",
    "Planbericht",
    "Processtap",
    "Projectaanvraag",
    "Raadspad",
    "Raming",
    "Rechtzetting",
    "Redacteur",
    "Reekswijziging",
    "Standwoord",
    "Streefwaarde",
    "Taak",
    "Uitsplitsing",
    "Uitvoer",
    "Verantwoording",
    "Versie",
    "Volgstand",
    "Voorstelveld",
    "Wijzigingsreden",
    "Wijzigingsvoorstel",
]
