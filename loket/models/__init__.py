from loket.models.afspraak import Afspraak, AfspraakSpoor, Agendasleutel
from loket.models.bericht import Bericht, Notitie
from loket.models.bewaren import (
    Bewaarregel,
    Bewaarstop,
    Vernietigingslijst,
    Vernietigingsregel,
    Vernietigingszaak,
)
from loket.models.bijlage import Bijlage
from loket.models.contactspoor import Contactspoor
from loket.models.deling import Deling
from loket.models.dienst import Dienst
from loket.models.gedeeld import GedeeldeKopie, Verwijsbericht
from loket.models.hint import Hinttelling
from loket.models.invoer import LpdcInvoer
from loket.models.inzage import Gebeurtenis, Inzage, Overdracht
from loket.models.kenmerk import Kenmerk
from loket.models.koppeling import Koppeling
from loket.models.lpdcversie import Lpdcversie
from loket.models.mail import Antwoordadres, Ingekomenmail, Mailinzage, Mailspoor, Postbus
from loket.models.nood import Nood, Signaal
from loket.models.noodtoegang import Noodtoegang
from loket.models.onderdelen import Contactpunt, Kost, Procedure, Voordeel, Voorwaarde, Website, Wetgeving
from loket.models.oordeel import Oordeel
from loket.models.partner import Capaciteit, IngetrokkenVerwijzing, Toeleiding, Verwijscijfer, Verwijstermijnen
from loket.models.rooster import Afspraaksoort, Spreekuur, Uitzondering
from loket.models.staat import MagNiet
from loket.models.standaardantwoord import Standaardantwoord
from loket.models.verdeling import Verdeelregel
from loket.models.vermelding import Vermelding
from loket.models.verwijzing import Doorverwijzing
from loket.models.vraag import Vraag
from loket.models.wegwijzer import Levensgebeurtenis, Wegantwoord, Wegdienst, Wegpunt
from loket.models.werkbank import OpgeslagenFilter
from loket.models.wissen import Restgegeven, TeWissenBestand, Wiswens
from loket.models.zoeken import Betekenis, Nulzoekopdracht, Synoniem, Woord, Zoekrij

__all__ = [
    "Afspraak",
    "AfspraakSpoor",
    "Afspraaksoort",
    "Agendasleutel",
    "Bewaarregel",
    "Bewaarstop",
    "Oordeel",
    "Restgegeven",
    "TeWissenBestand",
    "Vernietigingslijst",
    "Vernietigingsregel",
    "Vernietigingszaak",
    "Wiswens",
    "Antwoordadres",
    "Bericht",
    "Betekenis",
    "Bijlage",
    "Capaciteit",
    "Contactpunt",
    "Contactspoor",
    "Deling",
    "Dienst",
    "Doorverwijzing",
    "Gebeurtenis",
    "Koppeling",
    "Hinttelling",
    "Ingekomenmail",
    "IngetrokkenVerwijzing",
    "GedeeldeKopie",
    "Inzage",
    "Kost",
    "Levensgebeurtenis",
    "Kenmerk",
    "LpdcInvoer",
    "Lpdcversie",
    "MagNiet",
    "Noodtoegang",
    "Nood",
    "Mailinzage",
    "Mailspoor",
    "Notitie",
    "Nulzoekopdracht",
    "OpgeslagenFilter",
    "Overdracht",
    "Postbus",
    "Procedure",
    "Spreekuur",
    "Signaal",
    "Standaardantwoord",
    "Synoniem",
    "Uitzondering",
    "Toeleiding",
    "Verdeelregel",
    "Vermelding",
    "Verwijsbericht",
    "Verwijscijfer",
    "Verwijstermijnen",
    "Voordeel",
    "Voorwaarde",
    "Vraag",
    "Website",
    "Wegantwoord",
    "Wegdienst",
    "Wegpunt",
    "Wetgeving",
    "Woord",
    "Zoekrij",
]
