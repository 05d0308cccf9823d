"""What happens to services of the catalogue."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from loket.models import Dienst
from loket.zoek.index import indexeer


def vrije_slug(titel, anders="dienst"):
    """A slug that no service has yet, made of a title."""
    basis = slugify(titel)[:100].strip("-") or slugify(anders)[:100] or "dienst"
    bezet = set(Dienst.objects.filter(slug__startswith=basis).values_list("slug", flat=True))
    if basis not in bezet:
        return basis
    return next(f"{basis}-{n}" for n in range(2, len(bezet) + 3) if f"{basis}-{n}" not in bezet)


@transaction.atomic
def publiceer(*, diensten, door):
    """Shows services to everyone. Gives (published, refused): refused say too little for a citizen."""
    gelukt, geweigerd = [], []
    for dienst in diensten.select_for_update(of=["self"]).exclude(status=Dienst.Status.GEPUBLICEERD):
        if dienst.titel and (dienst.kort or dienst.beschrijving):
            dienst.status = Dienst.Status.GEPUBLICEERD
            dienst.save(update_fields=["status", "gewijzigd_op"])
            gelukt.append(dienst)
        else:
            geweigerd.append(dienst)
    indexeer(gelukt)
    return gelukt, geweigerd


@transaction.atomic
def haal_offline(*, diensten, door):
    """Hides services from citizens; gives those that were shown."""
    verborgen = list(diensten.select_for_update(of=["self"]).filter(status=Dienst.Status.GEPUBLICEERD))
    for dienst in verborgen:
        dienst.status = Dienst.Status.ONTWERP
        dienst.save(update_fields=["status", "gewijzigd_op"])
    indexeer(verborgen)
    return verborgen


@transaction.atomic
def kijk_na(*, diensten, door):
    """Notes that someone checked today that the text is still right; gives how many."""
    nagekeken = list(diensten.select_for_update(of=["self"]))
    for dienst in nagekeken:
        dienst.nagekeken_op = timezone.localdate()
        dienst.save(update_fields=["nagekeken_op", "gewijzigd_op"])
    return len(nagekeken)
