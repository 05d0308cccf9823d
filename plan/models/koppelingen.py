"""The link tables of a part, each as a proxy: a trigger on an automatic link table needs a model that migrations know."""

import pghistory

from plan.models.onderdeel import Onderdeel
from sociaalhuis.versie import publiek


def koppeling(model):
    """Class decorator: shows on public pages, and its history is kept."""
    log = pghistory.track(pghistory.InsertEvent("erbij"), pghistory.DeleteEvent("weg"), obj_field=None)
    return publiek(log(model))


@koppeling
class OnderdeelThema(Onderdeel.themas.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "thema"


@koppeling
class OnderdeelDoelgroep(Onderdeel.doelgroepen.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "doelgroep"


@koppeling
class OnderdeelGebied(Onderdeel.gebieden.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "gebied"


@koppeling
class OnderdeelBbcCode(Onderdeel.bbc_codes.through):
    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "BBC-code"


KOPPELINGEN = (OnderdeelThema, OnderdeelDoelgroep, OnderdeelGebied, OnderdeelBbcCode)
