"""The agenda of a meeting and the papers with it. Points go up and down one place at a time, by a button."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from participatie.acties.overleg import op_slot
from participatie.models import Agendapunt, Overlegdocument
from participatie.staat import MagNiet
from sociaalhuis.keuring.opnieuw import scan_wachtende

MEEST_PUNTEN, MEEST_DOCUMENTEN = 40, 20


@transaction.atomic
def zet_op_agenda(*, overleg, door, **velden):
    """A new point at the end. A part or an input must be of the plan of the meeting; the database refuses another."""
    overleg = op_slot(overleg, door)
    if overleg.agenda.count() >= MEEST_PUNTEN:
        raise MagNiet(f"Op een agenda staan hoogstens {MEEST_PUNTEN} punten.")
    laatste = overleg.agenda.aggregate(n=Max("volgorde"))["n"] or 0
    return Agendapunt.objects.create(overleg=overleg, volgorde=laatste + 1, **velden)


@transaction.atomic
def wijzig_agendapunt(*, punt, door, **velden):
    """Changes the fields of one point of the agenda, and returns it as it is now."""
    punt = _op_slot(punt, door)
    for naam, waarde in velden.items():
        setattr(punt, naam, waarde)
    punt.save()
    return punt


@transaction.atomic
def verplaats_agendapunt(*, punt, door, omhoog):
    """One place up or down; at the end of the list nothing happens."""
    punt = _op_slot(punt, door)
    rijen = Agendapunt.objects.filter(overleg=punt.overleg_id)
    if omhoog:
        buur = rijen.filter(volgorde__lt=punt.volgorde).order_by("-volgorde").first()
    else:
        buur = rijen.filter(volgorde__gt=punt.volgorde).order_by("volgorde").first()
    if buur:
        punt.volgorde, buur.volgorde = buur.volgorde, punt.volgorde
        punt.save(update_fields=["volgorde"])
        buur.save(update_fields=["volgorde"])


@transaction.atomic
def haal_van_agenda(*, punt, door):
    """Takes a point away. One with minutes under it stays: then it was spoken of."""
    punt = _op_slot(punt, door)
    if hasattr(punt, "verslagpunt") or punt.regels.exists():
        raise MagNiet("Over dit punt staat al iets in het verslag. Het blijft op de agenda.")
    punt.delete()


def _op_slot(punt, door):
    op_slot(punt.overleg, door)
    return Agendapunt.objects.select_related("verslagpunt").select_for_update(of=("self",)).get(pk=punt.pk)


# --- papers -------------------------------------------------------------------------------------


@transaction.atomic
def voeg_document_toe(*, overleg, door, titel, schoon):
    """Keeps a file that passed the gate (`keuring.bijlagen.Schoon`)."""
    overleg = op_slot(overleg, door)
    if overleg.documenten.count() >= MEEST_DOCUMENTEN:
        raise MagNiet(f"Bij een overleg staan hoogstens {MEEST_DOCUMENTEN} documenten.")
    keuring = Overlegdocument.Keuring.van(schoon)
    document = Overlegdocument(overleg=overleg, titel=titel, naam=schoon.naam, soort=schoon.soort, keuring=keuring)
    document.bewaar(schoon.inhoud)
    return document


@transaction.atomic
def verwijder_document(*, document, door):
    """Takes a paper away, and its file once that is certain."""
    op_slot(document.overleg, door)
    document = Overlegdocument.objects.select_for_update().get(pk=document.pk)
    document.delete()
    transaction.on_commit(lambda: default_storage.delete(document.bestand))


def kijk_na(nu):
    """Job: has the scanner look at papers that waited because it was away. What has a virus goes; away again: all wait."""
    scan_wachtende(Overlegdocument.objects.all())
