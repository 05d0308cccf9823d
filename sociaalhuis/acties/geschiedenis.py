"""Erasing what the history keeps of rows that are erased."""

import pgtrigger
from pghistory.models import Context


def wis_geschiedenis(model, pks):
    """Deletes the copies of these rows that the history keeps, and the address (with its reference) of who made them.

    The history is closed by triggers: call it within `pgtrigger.ignore()`.
    """
    tabel = getattr(model, "pgh_event_model", None)
    if tabel is None or not pks:
        return
    over = "pgh_obj_id__in" if "pgh_obj" in {veld.name for veld in tabel._meta.fields} else "id__in"
    events = tabel.objects.filter(**{over: pks})
    contexten = set(events.values_list("pgh_context_id", flat=True)) - {None}
    events.delete()
    vergeet_adressen(Context.objects.filter(pk__in=contexten))


def verwijder_met_geschiedenis(rijen):
    """Deletes these rows (a queryset) and then their history, which deleting wrote in once more."""
    pks = list(rijen.values_list("pk", flat=True))
    rijen.model.objects.filter(pk__in=pks).delete()
    with pgtrigger.ignore():
        wis_geschiedenis(rijen.model, pks)


def vergeet_adressen(contexten):
    """Takes the address of the page from these contexts: it may name what was erased."""
    for context in contexten:
        context.metadata.pop("url", None)
        context.save(update_fields=["metadata"])
