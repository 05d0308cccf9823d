from loket.admin import dienst, invoer, vragen, wegwijzer, zoeken

__all__ = ["dienst", "invoer", "vragen", "wegwijzer", "zoeken"]
