"""Keeping the paragraphs of a text in step with the text. Called by every verb that writes one."""

from django.db import transaction
from django.utils import timezone

from plan.blokken import knip, koppel
from plan.models import Alinea, Onderdeel


@transaction.atomic
def volg(rij):
    """Brings the paragraphs of a `Plan` or an `Onderdeel` in step with its texts, as they are in the database.

    A paragraph that was rewritten keeps its key, a new one gets one, one that is gone is closed. Returns the number of
    paragraphs that were made, changed or closed; 0 when nothing moved.
    """
    is_deel = isinstance(rij, Onderdeel)
    plan_id, onderdeel_id = (rij.plan_id, rij.pk) if is_deel else (rij.pk, None)
    eigen = Alinea.objects.filter(plan_id=plan_id, onderdeel_id=onderdeel_id).select_for_update()
    aantal = 0
    for veld in Alinea.VAN_ONDERDEEL if is_deel else Alinea.VAN_PLAN:
        oud = [alinea for alinea in eigen.geldig() if alinea.veld == veld]
        nieuw = knip(getattr(rij, veld))
        wie = koppel([alinea.html for alinea in oud], nieuw)
        for volgorde, (html, nummer) in enumerate(zip(nieuw, wie, strict=True)):
            if nummer is None:
                Alinea.objects.create(
                    plan_id=plan_id, onderdeel_id=onderdeel_id, veld=veld, volgorde=volgorde, html=html
                )
                aantal += 1
            elif (oud[nummer].html, oud[nummer].volgorde) != (html, volgorde):
                oud[nummer].html, oud[nummer].volgorde = html, volgorde
                oud[nummer].save(update_fields=["html", "volgorde"])
                aantal += 1
        weg = [alinea.pk for nummer, alinea in enumerate(oud) if nummer not in wie]
        aantal += Alinea.objects.filter(pk__in=weg).update(vervallen_op=timezone.now()) if weg else 0
    return aantal


def volg_plan(plan):
    """The same for a plan and all its parts: after an import, a load or a copy."""
    return volg(plan) + sum(volg(deel) for deel in plan.onderdelen.all())
