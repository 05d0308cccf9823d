from participatie.models.aanmelding import Aanmelding
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
from participatie.models.mandaat import Mandaat
from participatie.models.mandaatuitnodiging import Mandaatuitnodiging
from participatie.models.melding import Melding
from participatie.models.ronde import Ronde
from participatie.models.rondefase import Rondefase
from participatie.models.steun import Steun, Steunverklaring

__all__ = [
    "Aanmelding",
    "Antwoord",
    "Formulier",
    "Formulierantwoord",
    "Formulierbestand",
    "Formulierconcept",
    "Formuliervraag",
    "Genodigde",
    "Groepsgesprek",
    "Inbreng",
    "Mandaat",
    "Mandaatuitnodiging",
    "Melding",
    "Ronde",
    "Rondefase",
    "Steun",
    "Steunverklaring",
]
