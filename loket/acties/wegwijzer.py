"""Putting a life event on the site, and taking it off."""

from django.db import transaction
from django.utils import timezone

from loket.models import Dienst, Levensgebeurtenis, MagNiet
from loket.wegwijzer.boom import boom_van
from loket.wegwijzer.gebreken import gebreken


def gebreken_van(gebeurtenis):
    """What is wrong with the tree as it is now; see `loket.wegwijzer.gebreken`."""
    return gebreken_in({gebeurtenis.pk: boom_van(gebeurtenis)})[gebeurtenis.pk]


def gebreken_in(bomen):
    """The same for many trees, {key: list}, with one query for all their services."""
    pks = {pk for boom in bomen.values() for punt in boom["punten"].values() for pk in punt["diensten"]}
    op_de_site = dict(Dienst.objects.gepubliceerd().filter(pk__in=pks).values_list("pk", "titel"))
    return {sleutel: gebreken(boom, op_de_site) for sleutel, boom in bomen.items()}


@transaction.atomic
def publiceer(*, gebeurtenis, door):
    """Puts the tree as it is now on the site. Raises MagNiet, with what to mend, when someone would get stuck on it."""
    gebeurtenis = Levensgebeurtenis.objects.select_for_update().get(pk=gebeurtenis.pk)
    ernstig = [gebrek.tekst for gebrek in gebreken_van(gebeurtenis) if gebrek.ernstig]
    if ernstig:
        raise MagNiet(f"‘{gebeurtenis}’ kan nog niet op de site. {' '.join(ernstig)}")
    gebeurtenis.boom, gebeurtenis.gepubliceerd_op = boom_van(gebeurtenis), timezone.now()
    gebeurtenis.save(update_fields=["boom", "gepubliceerd_op"])
    return gebeurtenis


@transaction.atomic
def haal_offline(*, gebeurtenis, door):
    """Takes it off the site; what staff wrote stays."""
    gebeurtenis = Levensgebeurtenis.objects.select_for_update().get(pk=gebeurtenis.pk)
    gebeurtenis.boom, gebeurtenis.gepubliceerd_op = None, None
    gebeurtenis.save(update_fields=["boom", "gepubliceerd_op"])
    return gebeurtenis
