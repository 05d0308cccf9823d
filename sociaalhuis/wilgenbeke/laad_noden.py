"""What the invented town needed and did not get, and the signals that went to its plan."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from loket.acties.nood import maak_signaal, noteer_nood, reageer
from loket.acties.nulzoek import tel_nul
from loket.cijfers.periode import Periode
from loket.models import Nood
from plan.models import Onderdeel, Plan
from sociaalhuis.models import Doelgroep, Gebied, Gebruiker, Thema
from sociaalhuis.wilgenbeke.lezen import lees

INDELING = {"thema": Thema, "doelgroep": Doelgroep, "gebied": Gebied}


def laad(bron: Path) -> None:
    """Needs the house, its accounts and its plan."""
    inhoud = lees(bron / "noden.toml")
    per_code = {naam: model.objects.in_bulk(field_name="code") for naam, model in INDELING.items()}
    clerk = Gebruiker.objects.get(email="loket.ocmw@wilgenbeke.example")
    coordinator = Gebruiker.objects.get(email="coordinator@wilgenbeke.example")
    for rij in inhoud["nood"]:
        waar = {naam: per_code[naam].get(rij.get(naam)) for naam in INDELING}
        nood = noteer_nood(**waar, wat=rij["wat"], aantal=rij["aantal"], door=clerk)
        Nood.objects.filter(pk=nood.pk).update(op=timezone.now() - timedelta(days=rij["dagen"]))
    for rij in inhoud["gezocht"]:
        for _ in range(rij["keer"]):
            tel_nul(rij["woorden"], zwak=rij.get("zwak", False), thema=_pk(per_code["thema"].get(rij.get("thema"))))
    for rij in inhoud["signaal"]:
        sleutel = _sleutel(rij, per_code)
        onderdeel = Onderdeel.objects.get(plan=Plan.objects.huidig(), code=rij["onderdeel"])
        signaal = maak_signaal(
            onderdeel=onderdeel,
            sleutel=sleutel,
            periode=_jaar_van(sleutel),
            toelichting=rij["toelichting"],
            door=clerk,
        )
        if "reactie" in rij:
            reageer(signaal=signaal, reactie=rij["reactie"], openbaar=True, door=coordinator)


def _pk(rij):
    return getattr(rij, "pk", None)


def _sleutel(rij, per_code):
    return tuple(_pk(per_code[naam].get(rij.get(naam))) for naam in INDELING)


def _jaar_van(sleutel) -> Periode:
    """The year in which that need was written down: in January it may be the one before."""
    thema, doelgroep, gebied = sleutel
    nood = Nood.objects.filter(thema=thema, doelgroep=doelgroep, gebied=gebied).latest("op")
    return Periode.van_code(str(timezone.localdate(nood.op).year))
