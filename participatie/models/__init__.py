from participatie.models.aanmelding import Aanmelding
from participatie.models.agendapunt import Agendapunt, Overlegdocument
from participatie.models.antwoord import Antwoord
from participatie.models.formulier import (
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
from participatie.models.mandaatuitnodiging import Mandaatuitnodiging
from participatie.models.melding import Melding
from participatie.models.overleg import Overleg
from participatie.models.ronde import Ronde
from participatie.models.rondefase import Rondefase
from participatie.models.steun import Steun, Steunverklaring
from participatie.models.verslag import Verslag, Verslagpunt, Verslagregel

__all__ = [
    "Aanmelding",
    "Agendalink",
    "Agendapunt",
    "Antwoord",
    "Formulier",
    "Formulierantwoord",
    "Formulierbestand",
    "Formulierconcept",
    "Formuliervraag",
    "Genodigde",
    "Groepsgesprek",
    "Inbreng",
    "Inschrijving",
    "Mandaat",
    "Mandaatuitnodiging",
    "Melding",
    "Overleg",
    "Overlegdocument",
    "Overleguitnodiging",
    "Ronde",
    "Rondefase",
    "Steun",
    "Steunverklaring",
    "Verslag",
    "Verslagpunt",
    "Verslagregel",
]
