"""What the desk has of one organisation: the people it sent there, as numbers and references, and its places.

Nothing of those people goes along: that is theirs. A partner takes it from its own pages, where every reading leaves a
trace. A referral belongs to the case of who asked, so it stays until that case is erased.
"""

from loket.models import Capaciteit, Dienst, Doorverwijzing, Toeleiding
from sociaalhuis.acties.geschiedenis import verwijder_met_geschiedenis
from sociaalhuis.meenemen import Bezit, Lot, registreer, tel


def verwijzingen(organisatie):
    """Those that this organisation ever got."""
    rijen = Doorverwijzing.objects.filter(organisatie=organisatie, verzonden_op__isnull=False)
    return rijen.select_related("dienst").order_by("verzonden_op", "pk")


def toeleidingen(organisatie):
    return Toeleiding.objects.filter(organisatie=organisatie).order_by("op", "pk")


def capaciteiten(organisatie):
    return Capaciteit.objects.filter(organisatie=organisatie).select_related("dienst").order_by("pk")


def beletsel_van_verwijzingen(organisatie):
    lopend = Doorverwijzing.objects.filter(organisatie=organisatie).lopend().count()
    if not lopend:
        return ""
    zin = "loopt nog 1 doorverwijzing" if lopend == 1 else f"lopen nog {lopend} doorverwijzingen"
    return f"Er {zin} naar jullie. Rond eerst af wat jullie met die mensen afspraken."


def beletsel_van_diensten(organisatie):
    aantal = Dienst.objects.filter(aanbieder=organisatie).count()
    if not aantal:
        return ""
    waar = "bij 1 hulp of dienst" if aantal == 1 else f"bij {aantal} soorten hulp"
    return f"Jullie staan {waar} op de website. Vraag ons eerst om dat aan te passen."


registreer(
    Bezit(
        naam="doorverwijzingen",
        rang=300,
        titel="Doorverwijzingen (zonder gegevens van mensen)",
        rijen=lambda organisatie: (
            [
                {
                    "referentie": rij.referentie,
                    "dienst": str(rij.dienst or ""),
                    "verzonden op": rij.verzonden_op,
                    "toestand": rij.get_staat_display(),
                    "afgelopen op": rij.beeindigd_op,
                }
                for rij in verwijzingen(organisatie)
            ]
            + [
                {"door jullie gebracht op": op, "referentie": referentie}
                for op, referentie in toeleidingen(organisatie).values_list("op", "vraag__referentie")
            ]
        ),
        lot=lambda organisatie: Lot(
            blijft=["Doorverwijzingen horen bij het dossier van de persoon. Ze gaan weg samen met dat dossier."]
            if verwijzingen(organisatie).exists() or toeleidingen(organisatie).exists()
            else []
        ),
        beletsel=beletsel_van_verwijzingen,
    )
)
registreer(
    Bezit(
        naam="plaatsen",
        rang=310,
        titel="Jullie plaats en wachttijd",
        rijen=lambda organisatie: [
            {
                "dienst": str(rij.dienst or ""),
                "vrije plaatsen": rij.vrije_plaatsen,
                "wachttijd": rij.wachttijd,
                "opmerking": rij.opmerking,
                "bijgewerkt op": rij.bijgewerkt_op,
            }
            for rij in capaciteiten(organisatie)
        ],
        lot=lambda organisatie: Lot(tel(capaciteiten(organisatie).count(), "keer jullie plaats en wachttijd", "keer jullie plaats en wachttijd")),
        beletsel=beletsel_van_diensten,
        wis=lambda organisatie: verwijder_met_geschiedenis(capaciteiten(organisatie)),
    )
)  # fmt: skip
