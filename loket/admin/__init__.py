from loket.admin import afspraken, bewaren, dienst, invoer, mail, vragen, wegwijzer, zoeken

__all__ = ["afspraken", "bewaren", "dienst", "invoer", "mail", "vragen", "wegwijzer", "zoeken"]
