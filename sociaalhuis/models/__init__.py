from sociaalhuis.models.bestuur import Bestuur, Bestuursorgaan, Team
from sociaalhuis.models.bewaren import Vernietigingsbewijs
from sociaalhuis.models.filter import Beheerfilter, BewaardFilter
from sociaalhuis.models.gebruiker import Gebruiker, GebruikerRol, GebruikerTeam
from sociaalhuis.models.huis import Huis, Pagina
from sociaalhuis.models.indeling import Doelgroep, Gebied, Thema
from sociaalhuis.models.locatie import AndereUren, Locatie, Sluitingsdag
from sociaalhuis.models.organisatie import Organisatie, OrganisatieDoelgroep, OrganisatieGebied, OrganisatieThema
from sociaalhuis.models.post import UitgaandeMail
from sociaalhuis.models.sleutel import Dossiersleutel, VersleuteldTekstVeld
from sociaalhuis.models.werking import Hartslag, Periodiek, Poging, PubliekeVersie, Voorraad

__all__ = [
    "Beheerfilter",
    "BewaardFilter",
    "AndereUren",
    "Bestuur",
    "Bestuursorgaan",
    "Doelgroep",
    "Dossiersleutel",
    "Gebied",
    "Gebruiker",
    "GebruikerRol",
    "GebruikerTeam",
    "Hartslag",
    "Huis",
    "Locatie",
    "Organisatie",
    "OrganisatieDoelgroep",
    "OrganisatieGebied",
    "OrganisatieThema",
    "Pagina",
    "Periodiek",
    "Poging",
    "PubliekeVersie",
    "Sluitingsdag",
    "Team",
    "Thema",
    "UitgaandeMail",
    "VersleuteldTekstVeld",
    "Vernietigingsbewijs",
    "Voorraad",
]
