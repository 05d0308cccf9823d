from loket.admin import afspraken, bewaren, dienst, invoer, vragen, wegwijzer, zoeken

__all__ = ["bewaren", "afspraken", "dienst", "invoer", "vragen", "wegwijzer", "zoeken"]
