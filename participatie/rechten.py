"""Which roles do what on the desk of participation."""

from sociaalhuis.rollen import COORDINATOR, LOKETMEDEWERKER, PLANMEDEWERKER, TEAMVERANTWOORDELIJKE

NAKIJKERS = (COORDINATOR, TEAMVERANTWOORDELIJKE)  # check organisations
RONDEWERKERS = (COORDINATOR, PLANMEDEWERKER)  # see rounds and input; only the coordinator decides
INVOERDERS = (*RONDEWERKERS, LOKETMEDEWERKER)  # type in what came on paper, by phone or at the counter
OVERLEGMAKERS = (COORDINATOR, PLANMEDEWERKER)  # make meetings, their invitations and their minutes
