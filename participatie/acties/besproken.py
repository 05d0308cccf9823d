"""Which public meetings have a part of the plan on their agenda: what participation tells the plan."""

from participatie.models import Agendapunt, Overleg
from plan.besproken import MEEST, Gesprek, registreer


@registreer
def op_de_agenda(sleutel):
    """List of `Gesprek`, newest first; each leads to the point on the page of the meeting."""
    overleggen = Overleg.objects.openbaar().filter(staat=Overleg.Staat.AANGEKONDIGD)
    punten = Agendapunt.objects.filter(onderdeel=sleutel, overleg__in=overleggen).select_related("overleg__verslag")
    eerste = {}
    for punt in punten.order_by("-overleg__begin", "overleg", "volgorde")[: MEEST * 2]:
        eerste.setdefault(punt.overleg_id, punt)
    return [
        Gesprek(
            punt.overleg.begin,
            punt.overleg.titel,
            f"{punt.overleg.get_absolute_url()}#punt-{punt.pk}",
            punt.overleg.verslag_online,
        )
        for punt in eerste.values()
    ]
