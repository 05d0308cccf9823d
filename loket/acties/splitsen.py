"""A part of a question goes to another team as a question of its own, with its own term. The person keeps one code."""

from django.db import transaction
from django.utils import timezone

from loket.acties.slot import log, op_slot
from loket.acties.vraag import termijn_van_het_huis
from loket.models import MagNiet, Vraag
from loket.models.staat import Stap
from sociaalhuis import termijn
from sociaalhuis.models import Dossiersleutel

MEE = (
    "naam", "email", "telefoon", "adres", "antwoordwijze", "anoniem", "gebied", "doelgroep", "kanaal",
)  # fmt: skip


@transaction.atomic
def splits(*, vraag, team, tekst, door, versie=None, op=None):
    """Makes a second question for `team` with the text chosen by staff and the contact details. Raises MagNiet.

    The new team gets that text, how to reach the person, and nothing else of the case. Gives the first question.
    """
    vraag = op_slot(vraag, door, versie)
    if team.pk == vraag.team_id:
        raise MagNiet("Dit team behandelt de vraag al. Kies een ander team.")
    if vraag.afgesplitst_van_id:
        raise MagNiet("Deze vraag is zelf een deel. Draag ze over als een ander team ze moet behandelen.")
    nu = op or timezone.now()
    vraag.zet_stap(Stap.SPLITS, op=nu)
    werkdagen = termijn_van_het_huis()
    deel = Vraag(
        afgesplitst_van=vraag,
        team=team,
        bestuur_id=team.bestuur_id,
        tekst=tekst,
        geregistreerd_op=nu,
        werkdagen=werkdagen,
        uiterlijk_op=termijn.uiterlijk(nu, werkdagen),
        **{veld: getattr(vraag, veld) for veld in MEE},
    )
    deel.dossiersleutel = Dossiersleutel.objects.create()
    deel.save(force_insert=True)
    log(deel, Stap.GESTELD, door, nu)
    log(vraag, Stap.SPLITS, door, nu)
    return vraag
