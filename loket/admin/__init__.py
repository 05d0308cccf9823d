from loket.admin import afspraken, bewaren, dienst, invoer, vragen, wegwijzer, zoeken

__all__ = ["bewaren", "afspraken", "dienst", "invoer", "vragen", "wegwijzer", "zoeken"]
from loket.admin import afspraken, dienst, invoer, mail, vragen, wegwijzer, zoeken

__all__ = ["afspraken", "dienst", "invoer", "mail", "vragen", "wegwijzer", "zoeken"]
