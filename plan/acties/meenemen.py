"""What the plan has of one organisation: its part in actions. What the councils fixed stays as it is."""

from plan.models import Actie, Partnerschap
from sociaalhuis.acties.geschiedenis import verwijder_met_geschiedenis
from sociaalhuis.meenemen import Bezit, Lot, registreer, tel


def partnerschappen(organisatie):
    rijen = Partnerschap.objects.filter(organisatie=organisatie).select_related("onderdeel__plan")
    return rijen.order_by("onderdeel__plan", "onderdeel__code")


def getrokken(organisatie):
    """The actions that it leads."""
    return Actie.objects.filter(trekker_organisatie=organisatie).select_related("plan").order_by("plan", "code")


def beletsel(organisatie):
    codes = [actie.code for actie in getrokken(organisatie)]
    if not codes:
        return ""
    return f"Jullie trekken {'deze actie' if len(codes) == 1 else 'deze acties'} van het plan: {', '.join(codes)}. Vraag ons eerst om een andere trekker."


registreer(
    Bezit(
        naam="plan",
        rang=200,
        titel="Jullie deel in het plan",
        rijen=lambda organisatie: [
            {
                "plan": rij.onderdeel.plan.titel,
                "actie": str(rij.onderdeel),
                "rol": rij.get_rol_display(),
                "wat jullie doen": rij.wat,
                "tot": rij.tot,
                "toestand": rij.get_staat_display(),
                "sinds": rij.staat_op,
                "waarom gestopt": rij.reden,
            }
            for rij in partnerschappen(organisatie)
        ]
        + [{"plan": actie.plan.titel, "actie": str(actie), "rol": "Trekker"} for actie in getrokken(organisatie)],
        lot=lambda organisatie: Lot(
            tel(partnerschappen(organisatie).count(), "keer jullie deel in een actie van het plan", "keer jullie deel in een actie van het plan"),
            ["Versies van het plan die de raden vaststelden: die blijven zoals ze zijn, ook met jullie naam als partner."],
        ),
        beletsel=beletsel,
        wis=lambda organisatie: verwijder_met_geschiedenis(partnerschappen(organisatie)),
    )
)  # fmt: skip
