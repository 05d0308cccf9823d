from participatie.models.aanmelding import Aanmelding
from participatie.models.antwoord import Antwoord
from participatie.models.inbreng import Inbreng
from participatie.models.mandaat import Mandaat
from participatie.models.ronde import Ronde

__all__ = ["Aanmelding", "Antwoord", "Inbreng", "Mandaat", "Ronde"]
