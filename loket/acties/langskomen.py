"""Writing down who came without an appointment, now or in the days before: a fact, so no desk can be too few for it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from loket.acties.afspraak import _houd, _log
from loket.models import Afspraak, MagNiet, Spreekuur
from loket.models.afspraak import INHOUD, Stap
from sociaalhuis.inzending import Bewijs, inzending_van
from sociaalhuis.models import Dossiersleutel

TERUG = timedelta(days=14)
AFLOPEN = (Stap.AANGEKOMEN, Stap.AFGEROND)
NIET_IN_DE_TOEKOMST = "Kies een uur dat al begonnen is. Voor later maak je een gewone afspraak."
TE_LANG_GELEDEN = f"Dat is meer dan {TERUG.days} dagen geleden. Schrijf het als notitie bij de vraag."


@transaction.atomic
def schrijf_op(*, door, bewijs: Bewijs, soort, locatie, wijze, begin, naam="", afloop=Stap.AANGEKOMEN, nodig=(), taal="", vraag=None):  # fmt: skip
    """Keeps that somebody came at `begin` (aware, not in the future, at most `TERUG` ago); gives the `Afspraak`.

    The same form again gives the same one. Nobody gets a code: who came has nothing left to move. It takes the first
    desk of the session that is free, or one more when all are taken. Raises MagNiet.
    """
    if begin > timezone.now():
        raise MagNiet(NIET_IN_DE_TOEKOMST)
    if timezone.localdate(begin) < timezone.localdate() - TERUG:
        raise MagNiet(TE_LANG_GELEDEN)
    _houd(soort, locatie, wijze)
    inzending = inzending_van(bewijs.formulier, naam, begin.isoformat(), wijze, str(soort.pk), str(locatie.pk), afloop)
    if eerder := Afspraak.objects.defer(*INHOUD).filter(inzending=inzending).first():
        return eerder
    einde = begin + timedelta(minutes=soort.duur)
    spreekuur = _spreekuur(soort, locatie, wijze, timezone.localdate(begin))
    afspraak = Afspraak.objects.create(
        soort=soort,
        locatie=locatie,
        wijze=wijze,
        team_id=soort.team_id,
        bestuur_id=soort.team.bestuur_id,
        dienst=vraag and vraag.dienst,
        vraag=vraag,
        spreekuur=spreekuur,
        plek=_plek(spreekuur, begin, einde),
        begin=begin,
        einde=einde,
        dossiersleutel=Dossiersleutel.objects.create(),
        naam=naam,
        contactwijze=Afspraak.Contactwijze.GEEN,
        nodig=" ".join(nodig),
        taal=taal,
        met_noden=bool(nodig or taal),
        inzending=inzending,
        formulier=bewijs.formulier,
    )
    _log(afspraak, Stap.BOEK, door)
    afspraak.zet_stap(afloop)
    return _log(afspraak, afloop, door)


def _spreekuur(soort, locatie, wijze, dag):
    """A session of this kind, place and way: of that weekday when there is one. Raises MagNiet when there is none."""
    rijen = list(Spreekuur.objects.filter(soort=soort, locatie=locatie, wijze=wijze).order_by("pk"))
    if not rijen:
        raise MagNiet("Dit wordt daar niet gegeven. Kies iets anders.")
    return next((rij for rij in rijen if rij.weekdag == dag.weekday()), rijen[0])


def _plek(spreekuur, begin, einde):
    """The first number of a desk that nobody has at that time, also beyond those of the session."""
    bezet = Afspraak.objects.bezet().filter(spreekuur=spreekuur, begin__lt=einde, einde__gt=begin)
    genomen = set(bezet.values_list("plek", flat=True))
    return next(nummer for nummer in range(1, 1000) if nummer not in genomen)
