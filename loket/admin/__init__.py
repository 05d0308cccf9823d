from loket.admin import dienst, invoer, vragen, zoeken

__all__ = ["dienst", "invoer", "vragen", "zoeken"]
