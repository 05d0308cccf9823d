from participatie.models.aanmelding import Aanmelding
from participatie.models.advies import Advies
from participatie.models.adviesraad import Adviesraad, Raadslid
from participatie.models.agendapunt import Agendapunt, Overlegdocument
from participatie.models.antwoord import Antwoord, Antwoordrechtzetting, Besluit, Inbrengdeel
from participatie.models.bericht import Bericht, Volger
from participatie.models.doorwerking import Doorwerking
from participatie.models.formulier import (
    Bestandinzage,
    Formulier,
    Formulierantwoord,
    Formulierbestand,
    Formulierconcept,
    Formuliervraag,
)
from participatie.models.genodigde import Genodigde
from participatie.models.groepsgesprek import Groepsgesprek
from participatie.models.inbreng import Inbreng
from participatie.models.inschrijving import Agendalink, Inschrijving, Overleguitnodiging
from participatie.models.mandaat import Mandaat
from participatie.models.mandaatherinnering import Mandaatherinnering
from participatie.models.mandaatuitnodiging import Mandaatuitnodiging
from participatie.models.melding import Melding
from participatie.models.opmerking import Opmerking
from participatie.models.overleg import Overleg
from participatie.models.reactienota import Reactienota
from participatie.models.ronde import Ronde
from participatie.models.rondefase import Rondefase
from participatie.models.samenvoeging import Reactierecht, Samenvoeging
from participatie.models.steun import Steun, Steunverklaring
from participatie.models.toewijzing import Toewijzing
from participatie.models.verslag import Verslag, Verslagpunt, Verslagregel
from participatie.models.wisverzoek import Wisverzoek

__all__ = [
    "Aanmelding",
    "Advies",
    "Adviesraad",
    "Agendalink",
    "Agendapunt",
    "Antwoord",
    "Antwoordrechtzetting",
    "Besluit",
    "Doorwerking",
    "Bericht",
    "Formulier",
    "Formulierantwoord",
    "Bestandinzage",
    "Formulierbestand",
    "Formulierconcept",
    "Formuliervraag",
    "Genodigde",
    "Groepsgesprek",
    "Inbreng",
    "Inbrengdeel",
    "Inschrijving",
    "Mandaat",
    "Mandaatherinnering",
    "Mandaatuitnodiging",
    "Melding",
    "Opmerking",
    "Overleg",
    "Overlegdocument",
    "Overleguitnodiging",
    "Raadslid",
    "Reactienota",
    "Reactierecht",
    "Ronde",
    "Rondefase",
    "Samenvoeging",
    "Steun",
    "Steunverklaring",
    "Toewijzing",
    "Verslag",
    "Verslagpunt",
    "Verslagregel",
    "Volger",
    "Wisverzoek",
]
