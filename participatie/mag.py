"""What may be done in a round: one table of phase x role x action, that every page and verb asks.

A round is at one `Moment`: a draft, or the kind of phase that its clock tells (`Ronde.soort_fase`). Who asks has one or
more `Rol`len: everybody is a visitor, some speak for an organisation or an advisory council, some work here. A cell of
`TABEL` names the roles that may do an action at a moment; what is not there, nobody may. Whose row it is (an own input,
a round that is visible) is told by `zichtbaar_voor` of that model, and comes on top of this.
"""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from participatie.models.mandaat import Mandaat
from sociaalhuis.models import Organisatie
from sociaalhuis.rollen import COORDINATOR, LOKETMEDEWERKER, PLANMEDEWERKER, rollen_van


class Moment(models.TextChoices):
    CONCEPT = "concept", "Concept"
    INFORMEREN = "informeren", "Informeren"
    INBRENGEN = "inbrengen", "Inbrengen"
    WEGEN = "wegen", "Wegen"
    ANTWOORDEN = "antwoorden", "Antwoorden"
    RESULTAAT = "resultaat", "Resultaat"


class Rol(models.TextChoices):
    BEZOEKER = "bezoeker", "bezoeker"
    ORGANISATIE = "organisatie", "organisatie"
    ADVIESRAAD = "adviesraad", "lid van een adviesraad"
    LOKETMEDEWERKER = "loketmedewerker", "loketmedewerker"
    PLANMEDEWERKER = "planmedewerker", "planmedewerker"
    COORDINATOR = "coordinator", "coördinator"


class Handeling(models.TextChoices):
    LEZEN = "lezen", "de ronde lezen"
    INBRENGEN = "inbrengen", "inbreng geven"
    INVULLEN = "invullen", "de vragen invullen"
    AMENDEREN = "amenderen", "een andere tekst voorstellen"
    STANDPUNT = "standpunt", "een standpunt geven"
    OPMERKEN = "opmerken", "een persoonlijke opmerking schrijven"
    STEUNEN = "steunen", "inbreng van een ander steunen"
    WEGEN = "wegen", "punten geven"
    ADVISEREN = "adviseren", "advies geven"
    MELDEN = "melden", "misbruik melden"
    INTREKKEN = "intrekken", "eigen inbreng intrekken"
    NAMENS = "namens", "inbreng namens iemand intypen"
    LATE_INBRENG = "late_inbreng", "late inbreng aanvaarden"
    NAKIJKEN = "nakijken", "inbreng nakijken"
    SAMENVOEGEN = "samenvoegen", "inbreng samenvoegen of splitsen"
    ANTWOORDEN = "antwoorden", "antwoorden schrijven en nalezen"
    PUBLICEREN = "publiceren", "alle antwoorden publiceren"
    TELLINGEN = "tellingen", "tellingen van vragen zien"
    INRICHTEN = "inrichten", "de ronde en haar vragen wijzigen"
    UITNODIGEN = "uitnodigen", "organisaties uitnodigen"
    OPENZETTEN = "openzetten", "de ronde online zetten"


H, M, R = Handeling, Moment, Rol
IEDEREEN = frozenset(R)
NAMENS_ORGANISATIE = frozenset({R.ORGANISATIE, R.ADVIESRAAD})
DEELNEMERS = NAMENS_ORGANISATIE | {R.BEZOEKER}
WERKERS = frozenset({R.PLANMEDEWERKER, R.COORDINATOR})
INTYPERS = WERKERS | {R.LOKETMEDEWERKER}
BESLIST = frozenset({R.COORDINATOR})

NA_DE_START = {
    H.LEZEN: IEDEREEN,
    H.MELDEN: IEDEREEN,
    H.INTREKKEN: DEELNEMERS,
    H.NAKIJKEN: BESLIST,
    H.ANTWOORDEN: WERKERS,
    H.SAMENVOEGEN: WERKERS,
}
MEEDOEN = {
    **NA_DE_START,
    H.STANDPUNT: NAMENS_ORGANISATIE,
    H.OPMERKEN: NAMENS_ORGANISATIE,
    H.STEUNEN: DEELNEMERS,
    H.ADVISEREN: frozenset({R.ADVIESRAAD}),
    H.NAMENS: INTYPERS,
    H.TELLINGEN: WERKERS,
    H.INRICHTEN: BESLIST,
    H.UITNODIGEN: BESLIST,
}
TABEL = {
    M.CONCEPT: {H.LEZEN: WERKERS, H.INRICHTEN: BESLIST, H.UITNODIGEN: BESLIST, H.OPENZETTEN: BESLIST},
    M.INFORMEREN: {**NA_DE_START, H.INRICHTEN: BESLIST, H.UITNODIGEN: BESLIST, H.TELLINGEN: WERKERS},
    M.INBRENGEN: {**MEEDOEN, H.INBRENGEN: DEELNEMERS, H.INVULLEN: DEELNEMERS, H.AMENDEREN: DEELNEMERS},
    M.WEGEN: {**MEEDOEN, H.WEGEN: DEELNEMERS},
    M.ANTWOORDEN: {
        **NA_DE_START,
        H.NAMENS: INTYPERS,
        H.LATE_INBRENG: BESLIST,
        H.PUBLICEREN: BESLIST,
        H.TELLINGEN: IEDEREEN,
    },
    M.RESULTAAT: {**NA_DE_START, H.TELLINGEN: IEDEREEN, H.LATE_INBRENG: BESLIST},
}

VAN_HET_HUIS = {
    LOKETMEDEWERKER: Rol.LOKETMEDEWERKER,
    PLANMEDEWERKER: Rol.PLANMEDEWERKER,
    COORDINATOR: Rol.COORDINATOR,
}


def moment_van(ronde, nu=None):
    """Where the round is at `nu` (default now): a `Moment`."""
    return Moment.CONCEPT if ronde.staat == ronde.Staat.CONCEPT else Moment(ronde.soort_fase(nu))


def wie_mag(handeling, moment):
    """The roles that may do this action at this moment: a frozenset of `Rol`."""
    return TABEL[moment].get(handeling, frozenset())


def mag(handeling, *, ronde, gebruiker=None, nu=None):
    """Whether this user (None: a visitor) may do this action in this round at `nu` (default now).

    What a round does not ask (`Ronde.zonder`) nobody may. Looks at mandates only where the answer depends on them.
    """
    if handeling in ronde.zonder:
        return False
    rollen = wie_mag(handeling, moment_van(ronde, nu))
    if Rol.BEZOEKER in rollen:
        return True
    if not rollen or gebruiker is None or not gebruiker.is_authenticated:
        return False
    if rollen & {VAN_HET_HUIS.get(rol) for rol in rollen_van(gebruiker)}:
        return True
    return bool(rollen & NAMENS_ORGANISATIE and rollen & _als_organisatie(gebruiker, nu))


def _als_organisatie(gebruiker, nu):
    """The roles that the mandates of this moment give."""
    soorten = set(Mandaat.objects.van_gebruiker(gebruiker, nu).values_list("organisatie__soort", flat=True))
    rollen = {Rol.ORGANISATIE} if soorten else set()
    return rollen | {Rol.ADVIESRAAD} if Organisatie.Soort.ADVIESRAAD in soorten else rollen


def waarom_niet(handeling, ronde, nu=None):
    """Why nobody, or not this visitor, may do it now: one plain sentence."""
    moment = moment_van(ronde, nu)
    if moment == Moment.CONCEPT:
        return "Deze ronde staat nog niet online."
    if moment in (Moment.ANTWOORDEN, Moment.RESULTAAT) and not wie_mag(handeling, moment):
        return "Deze ronde is gesloten."
    wanneer = [fase for fase in ronde.tijdlijn if wie_mag(handeling, Moment(fase.soort))]
    if wanneer and not wie_mag(handeling, moment):
        if fase := next((fase for fase in wanneer if fase.van > (nu or timezone.now())), None):
            return f"Dat kan vanaf {date_format(timezone.localtime(fase.van), 'j F')}."
        return "Dat kon in een vorige stap van deze ronde. Nu niet meer."
    return "Dit kan niet in deze ronde, of niet met jouw rol."
