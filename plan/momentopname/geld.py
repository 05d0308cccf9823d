"""The granted money: per part, Bestuur and year what is spent and what comes in."""

from decimal import Decimal

from django.db.models import Sum

from plan.models import Projectaanvraag, Raming

MODELLEN = (Projectaanvraag, Raming)


def neem(plan, binnen=None):
    """Of the whole plan, or of what stands below one part: list of {"onderdeel", "bestuur", "jaar", "uitgave", "ontvangst"}: key of the part, code, year, euro as text."""
    rijen = {}
    sommen = (
        (
            Raming.objects.filter(projectaanvraag__actie__pad__contains=[binnen.pk])
            if binnen
            else Raming.objects.van_plan(plan)
        )
        .toegekend()
        .order_by()
        .values_list("projectaanvraag__actie_id", "bestuur__code", "jaar", "richting")
        .annotate(som=Sum("bedrag"))
    )
    for sleutel, bestuur, jaar, richting, som in sommen:
        rijen.setdefault((sleutel, bestuur, jaar), {})[richting] = som
    return [
        {
            "onderdeel": sleutel,
            "bestuur": bestuur,
            "jaar": jaar,
            **{richting: str(vak.get(richting, Decimal("0.00"))) for richting in ("uitgave", "ontvangst")},
        }
        for (sleutel, bestuur, jaar), vak in sorted(rijen.items())
    ]
