"""Appointments of the demo town: kinds, sessions, and who comes in the next weeks and came in the last ones."""

import uuid
from datetime import time, timedelta
from pathlib import Path

from django.utils import timezone

from loket.acties.afspraak import boek
from loket.models import Afspraak, Afspraaksoort, AfspraakSpoor, Dienst, Spreekuur
from loket.models.afspraak import Stap
from loket.rooster import agenda
from sociaalhuis.inzending import Bewijs
from sociaalhuis.models import Dossiersleutel, Gebruiker, Locatie, Team, Thema
from sociaalhuis.uren import DAGEN, reeks
from sociaalhuis.wilgenbeke.laad_huis import DOMEIN
from sociaalhuis.wilgenbeke.lezen import lees

BEREIK = {
    "mail": {"email": "kennis@voorbeeld.example"},
    "telefoon": {"telefoon": "0470 00 01 23"},
    "geen": {},
}


def laad(bron: Path) -> None:
    """Fills the agenda of an empty database; the house, the catalogue and the places must be there already."""
    inhoud = lees(bron / "afspraken.toml")
    for volgorde, rij in enumerate(inhoud["soort"]):
        laad_soort(volgorde, dict(rij))
    rooster, (wie,) = agenda.rooster(0), inhoud["afspraak"]
    for soort, locatie, wijze, overslaan, naam, contact, *noden in wie["wie"]:
        neem_op(rooster, soort, locatie, wijze, overslaan, naam, contact, *noden)
    for rij in wie["voorbij"]:
        laad_voorbij(rooster, *rij)


def laad_soort(volgorde, rij):
    spreekuren, themas, diensten = rij.pop("spreekuren"), rij.pop("themas"), rij.pop("diensten")
    soort = Afspraaksoort.objects.create(
        volgorde=volgorde,
        team=Team.objects.get(code=rij.pop("team")),
        meebrengen=rij.pop("meebrengen").strip(),
        **rij,
    )
    soort.themas.set(Thema.objects.filter(code__in=themas))
    soort.diensten.set(Dienst.objects.filter(slug__in=diensten))
    for dag, van, tot, locatie, wijze, plekken, *medewerker in spreekuren:
        Spreekuur.objects.create(
            soort=soort,
            locatie=Locatie.objects.get(slug=locatie),
            wijze=wijze,
            weekdag=DAGEN.index(dag),
            van=time.fromisoformat(van),
            tot=time.fromisoformat(tot),
            plekken=plekken,
            medewerker=Gebruiker.objects.get(email=f"{medewerker[0]}@{DOMEIN}") if medewerker else None,
            geldig_van=timezone.localdate() - timedelta(days=60),
        )


def neem_op(rooster, soort, locatie, wijze, overslaan, naam, contact, nodig=(), taal=""):
    """Books the free moment after so many others, as someone at the counter would."""
    soort, locatie = Afspraaksoort.objects.get(slug=soort), Locatie.objects.get(slug=locatie)
    vrij = agenda.vrije_momenten(rooster=rooster, soort=soort, locatie=locatie, wijze=wijze)
    bereik = {**BEREIK[contact], **({"adres": "Lindelaan 99, Wilgenbeke"} if wijze == "thuis" else {})}
    boek(
        door=None,
        bewijs=Bewijs(uuid.uuid4(), timezone.now() - timedelta(minutes=1)),
        soort=soort,
        locatie=locatie,
        wijze=wijze,
        begin=vrij[overslaan].begin,
        naam=naam,
        contactwijze=contact,
        nodig=nodig,
        taal=taal,
        **bereik,
    )


def laad_voorbij(rooster, soort, locatie, wijze, terug, naam, staat):
    """One that is over: no verb books in the past, so the row is written as it would stand there now."""
    soort, locatie = Afspraaksoort.objects.get(slug=soort), Locatie.objects.get(slug=locatie)
    vandaag = timezone.localdate()
    dagen = reeks(vandaag - timedelta(days=28), vandaag - timedelta(days=1))
    geweest = [
        (begin, einde, spreekuur)
        for dag in dagen
        for spreekuur in rooster.voor(soort, locatie, wijze)
        for begin, einde, _ in rooster.momenten(spreekuur, dag)
    ]
    begin, einde, spreekuur = sorted(geweest, key=lambda moment: moment[0])[-1 - terug]
    gemaakt = begin - timedelta(days=3)
    afspraak = Afspraak.objects.create(
        soort=soort, team=soort.team, bestuur_id=soort.team.bestuur_id, locatie=locatie, wijze=wijze, spreekuur=spreekuur,
        plek=spreekuur.plekken, begin=begin, einde=einde, medewerker_id=spreekuur.medewerker_id, staat=staat,
        dossiersleutel=Dossiersleutel.objects.create(), naam=naam, contactwijze="geen", gemaakt_op=gemaakt,
        adres="Lindelaan 98, Wilgenbeke" if wijze == "thuis" else "",
    )  # fmt: skip
    AfspraakSpoor.objects.create(afspraak=afspraak, stap=Stap.BOEK, op=gemaakt)
    AfspraakSpoor.objects.create(afspraak=afspraak, stap=staat, op=begin)
