from loket.admin import afspraken, dienst, invoer, vragen, wegwijzer, zoeken

__all__ = ["afspraken", "dienst", "invoer", "vragen", "wegwijzer", "zoeken"]
