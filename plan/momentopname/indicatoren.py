"""What is measured, with its targets and what was approved, as anyone may read it: small numbers of people stay hidden."""

from django.db.models import Prefetch

from plan.models import Indicator, Indicatorkoppeling, Meting, Streefwaarde
from plan.momentopname.velden import kolommen, plat_maken

MODELLEN = (Indicator, Indicatorkoppeling, Meting, Streefwaarde)


def neem(plan):
    """List of dicts. `onderdelen` holds keys of parts in the same snapshot, `metingen` values as text, as shown."""
    rijen = Indicator.objects.filter(plan=plan).prefetch_related(
        "streefwaarden", "koppelingen", Prefetch("metingen", Meting.objects.goedgekeurd(), "goedgekeurde")
    )
    return [
        {
            "sleutel": rij.pk,
            **kolommen(rij, {"id", "plan"}),
            "onderdelen": sorted(koppeling.onderdeel_id for koppeling in rij.koppelingen.all()),
            "streefwaarden": [
                {"jaar": doel.jaar, "waarde": plat_maken(doel.waarde)} for doel in rij.streefwaarden.all()
            ],
            "metingen": [
                {"datum": plat_maken(meting.datum), "waarde": _getoond(rij, meting.waarde)}
                for meting in rij.goedgekeurde
            ],
        }
        for rij in rijen
    ]


def _getoond(indicator, waarde):
    return indicator.zeg_kaal(waarde) if indicator.is_klein(waarde) else plat_maken(waarde)
