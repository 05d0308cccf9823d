"""What a clerk does with a contact at the desk, in one go: register it and, mostly, close it at once."""

from django.db import transaction
from django.utils import timezone

from loket.acties import behandeling
from loket.acties.verdeling import bestemming
from loket.acties.vraag import stel_vraag
from loket.models import Gebeurtenis, MagNiet, Vraag
from loket.models.staat import Stap


@transaction.atomic
def neem_op(*, door, resultaat="", zelf=False, met_bewijs=True, verbetert=None, team=None, **inhoud):
    """Registers a contact; gives the `Ontvangst`. The same post again changes nothing.

    With `resultaat` it was handled at once by `door` and stays with a team of `door`; with `zelf` `door` follows it up.
    Otherwise it is open for `team`, or for the team that the rules say. `verbetert` is a contact of today that this one
    replaces. Raises MagNiet when that one cannot be replaced.
    """
    eigen = list(door.teams.filter(bestuur=door.bestuur_id).order_by("pk"))
    houdt_zelf = bool(resultaat or zelf)
    if houdt_zelf and team is None:
        volgens = bestemming(**{veld: inhoud.get(veld) for veld in ("thema", "doelgroep", "gebied", "dienst", "tekst")}, kanaal=inhoud["kanaal"]).team  # fmt: skip
        team = volgens if volgens in eigen else next(iter(eigen), volgens)
    if verbetert:
        _vervang(verbetert, door)
    ontvangst = stel_vraag(door=door, team=team, met_code=met_bewijs, bij_zichzelf=houdt_zelf, **inhoud)
    if ontvangst.nieuw and houdt_zelf:
        op = inhoud.get("geregistreerd_op")
        behandeling.neem(vraag=ontvangst.vraag, door=door, op=op)
        if resultaat:
            behandeling.sluit_af(vraag=ontvangst.vraag, resultaat=resultaat, door=door, op=op)
    return ontvangst


def _vervang(referentie, door):
    vraag = Vraag.objects.zichtbaar_voor(door).filter(referentie=referentie.upper()).first()
    if vraag is None:
        raise MagNiet("Het contact dat je verbetert, is er niet meer. Tel het als een nieuw contact.")
    behandeling.schrap(vraag=vraag, door=door)


def van_vandaag(gebruiker, meest=5):
    """The newest contacts that this clerk registered today and may still see, newest first, without their content."""
    vandaag = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    stappen = Gebeurtenis.objects.filter(door=gebruiker, stap=Stap.GESTELD, op__gte=vandaag).order_by("-op")
    vragen = Vraag.objects.zichtbaar_voor(gebruiker).filter(
        pk__in=list(stappen.values_list("vraag_id", flat=True)[:50])
    )
    return list(vragen.exclude(staat=Vraag.Staat.INGETROKKEN).zonder_inhoud().nieuwste()[:meest])
