"""Which partner fits a case: theme, group, area and service first, with room and waiting time beside each."""

from dataclasses import dataclass, field

from loket.models import Capaciteit, Dienst
from sociaalhuis.models import Organisatie

GEWICHT = {"dienst": 8, "thema": 4, "doelgroep": 2, "gebied": 1}


@dataclass
class Keuze:
    """One organisation: what of it fits, and what it said of its places."""

    organisatie: Organisatie
    past: list = field(default_factory=list)
    punten: int = 0
    capaciteit: Capaciteit | None = None
    per_dienst: list = field(default_factory=list)
    loopt: bool = False
    in_portaal: bool = False

    @property
    def is_vol(self):
        """Said to be full, and said not too long ago."""
        return bool(self.capaciteit and self.capaciteit.is_vol and not self.capaciteit.is_oud)

    @property
    def wachttijd(self):
        return self.capaciteit.wachttijd if self.capaciteit else None


def keuzes(*, thema=None, doelgroep=None, gebied=None, dienst=None, q="", bezig=()):
    """Every checked organisation as a `Keuze`: those that fit best first, full ones after the others that fit as well.

    `bezig` holds the ids of organisations where a referral of this case runs. Some fixed number of queries.
    """
    gebieden = {g.pk for g in gebied.met_ouders()} if gebied else set()
    aanbieders = _aanbieders(dienst, thema)
    rijen = []
    organisaties = Organisatie.objects.erkend().prefetch_related(
        "themas", "doelgroepen", "gebieden", "capaciteiten__dienst", "mandaten"
    )
    for organisatie in organisaties:
        if q and q.lower() not in f"{organisatie.naam} {organisatie.omschrijving}".lower():
            continue
        keuze = Keuze(organisatie, loopt=organisatie.pk in bezig)
        keuze.in_portaal = any(mandaat.is_actief for mandaat in organisatie.mandaten.all())
        _weeg(keuze, thema, doelgroep, gebieden, aanbieders)
        _zet_capaciteit(keuze, dienst)
        rijen.append(keuze)
    return sorted(rijen, key=_volgorde)


def _aanbieders(dienst, thema):
    """Organisation id to the title of a published service of it that fits: the service itself, else one of the theme."""
    if dienst and dienst.aanbieder_id:
        return {dienst.aanbieder_id: dienst.titel}
    if thema is None:
        return {}
    van_thema = Dienst.objects.gepubliceerd().filter(themas=thema, aanbieder__isnull=False)
    return dict(van_thema.order_by("-titel").values_list("aanbieder_id", "titel"))


def _weeg(keuze, thema, doelgroep, gebieden, aanbieders):
    organisatie = keuze.organisatie
    themas, groepen = ({rij.pk for rij in veld.all()} for veld in (organisatie.themas, organisatie.doelgroepen))
    treffers = {
        "dienst": (organisatie.pk in aanbieders, aanbieders.get(organisatie.pk)),
        "thema": (bool(thema) and thema.pk in themas, thema and thema.naam),
        "doelgroep": (bool(doelgroep) and doelgroep.pk in groepen, doelgroep and doelgroep.naam),
        "gebied": (
            bool(gebieden & {rij.pk for rij in organisatie.gebieden.all()}),
            "Werkt in deze buurt",
        ),
    }
    for wat, (treft, woord) in treffers.items():
        if treft:
            keuze.past.append(woord)
            keuze.punten += GEWICHT[wat]


def _zet_capaciteit(keuze, dienst):
    """What holds for this case: of the service when it was said for it, else of the whole organisation."""
    rijen = {rij.dienst_id: rij for rij in keuze.organisatie.capaciteiten.all() if rij.is_gezegd}
    keuze.capaciteit = rijen.get(dienst.pk if dienst else None) or rijen.get(None)
    keuze.per_dienst = [rij for rij in rijen.values() if rij.dienst_id and rij is not keuze.capaciteit]


def _volgorde(keuze):
    """Best fit first; a full one moves behind those that fit almost as well; then the shortest wait."""
    past = keuze.punten - (GEWICHT["thema"] if keuze.is_vol else 0)
    wacht = keuze.wachttijd if keuze.wachttijd is not None else 10_000
    return (not keuze.punten, -past, keuze.is_vol, wacht, keuze.organisatie.naam.lower())
