from loket.admin import dienst, invoer, zoeken

__all__ = ["dienst", "invoer", "zoeken"]
