"""Which organisations are asked to take part: choosing them, mailing them, and reminding who was not heard."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participatie.mag import Handeling, mag
from participatie.models import Genodigde, Mandaat, Ronde
from participatie.staat import MagNiet
from sociaalhuis.models import Organisatie
from sociaalhuis.post.brief import stuur_brief


def gekozen(*, soorten=(), themas=(), doelgroepen=(), gebieden=()):
    """Recognised organisations that fit every kind of choice that was made: any of the kinds and any of the themes ..."""
    rijen = Organisatie.objects.erkend()
    if soorten:
        rijen = rijen.filter(soort__in=soorten)
    for naam, waarden in (("themas", themas), ("doelgroepen", doelgroepen), ("gebieden", gebieden)):
        if waarden:
            rijen = rijen.filter(pk__in=Organisatie.objects.filter(**{f"{naam}__in": waarden}).values("pk"))
    return rijen.order_by("naam")


def _op_slot(ronde, door):
    ronde = Ronde.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=ronde.pk)
    if not door.has_perm("participatie.change_genodigde"):
        raise PermissionDenied
    if not mag(Handeling.UITNODIGEN, ronde=ronde, gebruiker=door):
        raise MagNiet("Deze ronde is gesloten. Uitnodigen kan niet meer.")
    return ronde


@transaction.atomic
def zet_genodigden(*, ronde, organisaties, uit_lijst, door):
    """Of the organisations in `uit_lijst`, exactly `organisaties` are on the list; who had a mail stays on it.

    Gives how many came and how many went.
    """
    ronde = _op_slot(ronde, door)
    gewenst = {organisatie.pk for organisatie in organisaties}
    er_zijn = set(ronde.genodigden.values_list("organisatie", flat=True))
    nieuw = Genodigde.objects.bulk_create(
        Genodigde(ronde=ronde, organisatie=organisatie, door=door)
        for organisatie in organisaties
        if organisatie.pk not in er_zijn
    )
    weg = ronde.genodigden.filter(gemaild_op=None, organisatie__in=uit_lijst).exclude(organisatie__in=gewenst)
    return len(nieuw), weg.delete()[1].get("participatie.Genodigde", 0)


@transaction.atomic
def mail_genodigden(*, ronde, door, op=None):
    """Mails every invited organisation that had no mail yet; gives how many have no address.

    A round that is not online cannot be read, so nobody is asked to.
    """
    ronde = _op_slot(ronde, door)
    if ronde.staat == Ronde.Staat.CONCEPT:
        raise MagNiet("Zet de ronde eerst online. Anders kan niemand de link openen.")
    return _mail(
        ronde.genodigden.filter(gemaild_op=None),
        ronde,
        "gemaild_op",
        op or timezone.now(),
        "We vragen wat jullie ervan vinden",
        "Je organisatie is uitgenodigd om mee te praten. Je leest hier waarover, en tot wanneer:",
    )


@transaction.atomic
def herinner_genodigden(*, ronde, door, op=None):
    """Mails once more those who were invited and of whom nothing was received. One reminder each."""
    ronde = _op_slot(ronde, door)
    if not ronde.is_open:
        raise MagNiet("Herinneren kan als de ronde open is.")
    stil = ronde.genodigden.filter(gemaild_op__isnull=False, herinnerd_op=None).zonder_inbreng()
    return _mail(
        stil,
        ronde,
        "herinnerd_op",
        op or timezone.now(),
        "Praat je nog mee?",
        "We hoorden jullie nog niet in deze ronde. Meedoen kan nog:",
    )


def _mail(genodigden, ronde, veld, op, onderwerp, tekst):
    """One mail to each voice of each organisation, or to its own address; gives (mailed, without address)."""
    rijen = list(genodigden.select_related("organisatie"))
    stemmen = {}
    for mandaat in Mandaat.objects.actief().filter(organisatie__in=[rij.organisatie_id for rij in rijen]).select_related("gebruiker"):  # fmt: skip
        stemmen.setdefault(mandaat.organisatie_id, []).append(mandaat.gebruiker.email)
    bereikt = []
    for rij in rijen:
        adressen = stemmen.get(rij.organisatie_id) or list(filter(None, [rij.organisatie.email]))
        for nummer, adres in enumerate(adressen):
            stuur_brief(
                sleutel=f"ronde-{veld}-{rij.pk}-{nummer}",
                aan=adres,
                onderwerp=onderwerp,
                tekst=tekst,
                pad=ronde.get_absolute_url(),
            )
        if adressen:
            bereikt.append(rij.pk)
    Genodigde.objects.filter(pk__in=bereikt).update(**{veld: op})
    return len(bereikt), len(rijen) - len(bereikt)
