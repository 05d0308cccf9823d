"""The advisory councils of the demo town with their members, and advice in every state."""

import uuid
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from participatie.acties import advies as verbs
from participatie.acties.adviesraad import voeg_lid_toe
from participatie.models import Advies, Adviesraad, Mandaat, Ronde
from plan.models import Plan
from sociaalhuis.models import Bestuursorgaan, Gebruiker, Organisatie
from sociaalhuis.rollen import COORDINATOR
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Makes the councils of `adviesraden.toml` in the folder `bron`; needs who speaks for them."""
    gegevens = lees(bron / "adviesraden.toml")
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    raden = {rij["organisatie"]: laad_raad(rij, coordinator) for rij in gegevens["raad"]}
    plan = Plan.objects.huidig()
    for rij in gegevens["advies"]:
        laad_advies(rij, raden[rij["raad"]], plan, coordinator)


def laad_raad(rij, door):
    raad = Adviesraad.objects.create(
        organisatie=Organisatie.objects.get(code=rij["organisatie"]),
        opgericht_door=Bestuursorgaan.objects.get(soort=Bestuursorgaan.Soort.GEMEENTERAAD),
        **{naam: rij[naam] for naam in ("soort", "opgericht_op", "besluit_nummer", "quorum")},
    )
    leden = [
        *((naam, geslacht, "effectief", functie, False) for functie, naam, geslacht in rij["ambten"]),
        *((f"Lid {n}", g, "effectief", "lid", False) for n, g in enumerate(rij["leden"], start=1)),
        *(
            (f"Plaatsvervanger {n}", g, "plaatsvervanger", "lid", False)
            for n, g in enumerate(rij["plaatsvervangers"], start=1)
        ),
        *((f"Raadslid {n}", g, "effectief", "lid", True) for n, g in enumerate(rij["mandatarissen"], start=1)),
    ]
    for naam, geslacht, soort, functie, mandataris in leden:
        voeg_lid_toe(
            adviesraad=raad, naam=naam, geslacht=geslacht, soort=soort, functie=functie, mandataris=mandataris,
            van=rij["opgericht_op"], door=door,
        )  # fmt: skip
    return raad


def laad_advies(rij, raad, plan, coordinator):
    """One advice, as far as the row tells: asked, written, adopted and sent, answered."""
    ronde = Ronde.objects.open().order_by("sluit_op").first() if "ronde" in rij else None
    vast = {"adviesraad": raad, "plan": plan, "ronde": ronde, "titel": rij["titel"], "inzending": uuid.uuid4()}
    mandaat = Mandaat.objects.actief().filter(organisatie=raad.organisatie).order_by("-rol", "pk").first()
    if "gevraagd_door" in rij:
        advies = verbs.vraag_advies(
            **vast,
            gevraagd_door=Bestuursorgaan.objects.get(soort=rij["gevraagd_door"]),
            tegen=timezone.localdate() + timedelta(days=rij["tegen_over_dagen"]),
            door=coordinator,
        )
    else:
        advies = Advies.objects.create(**vast)
    advies.tekst, advies.uitslag, advies.minderheid = rij["tekst"].strip(), rij["uitslag"], rij.get("minderheid", "")
    advies.save()
    if "stemmen" not in rij:
        return
    dag = timezone.localdate() - timedelta(days=rij["zitting_dagen_geleden"])
    voor, tegen, onthouding = rij["stemmen"]
    stand = raad.samenstelling(dag)
    advies.zitting_op, advies.aanwezig = dag, rij["aanwezig"]
    advies.stemmen_voor, advies.stemmen_tegen, advies.onthoudingen = voor, tegen, onthouding
    advies.stemgerechtigd, advies.van_een_geslacht = stand.stemmen, stand.grootste
    advies.staat, advies.verzonden_op = (
        Advies.Staat.VERZONDEN,
        timezone.now() - timedelta(days=rij["zitting_dagen_geleden"] - 1),
    )
    advies.vastgesteld_door = advies.verzonden_door = mandaat.gebruiker if mandaat else None
    advies.save()
    if "antwoord" in rij:
        op = timezone.now() - timedelta(days=rij["zitting_dagen_geleden"] - 20)
        verbs.beantwoord_advies(advies=advies, antwoord=rij["antwoord"], door=coordinator, op=op)
