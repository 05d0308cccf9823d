from loket.admin import afspraken, bewaren, dienst, invoer, mail, verwijzen, vragen, wegwijzer, zoeken

__all__ = ["afspraken", "bewaren", "dienst", "invoer", "mail", "verwijzen", "vragen", "wegwijzer", "zoeken"]
