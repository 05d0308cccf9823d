"""Which roles do what on the desk of participation."""

from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER, TEAMVERANTWOORDELIJKE

NAKIJKERS = (COORDINATOR, TEAMVERANTWOORDELIJKE)  # check organisations
RONDEWERKERS = (COORDINATOR, PLANMEDEWERKER)  # see rounds and input; only the coordinator decides
