"""A measurement from draft to approved: the one place where its state changes.

Who works on the plan enters and hands in; the coordinator approves, or sends back with a note. Who wrote the figures
approves them only with a reason. Every verb holds the row, and refuses when it is not what the page showed (`gezien`).
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plan.acties.stand import volg
from plan.models import Actie, Indicator, Meting, Onderdeel, Uitsplitsing
from sociaalhuis.tekst import zonder_onzichtbare

Staat = Meting.Staat
ANDERS = "Iemand veranderde deze meting terwijl jij ze bekeek. Kijk ze nog eens na."
NIET_NU = "Dat kan niet bij een meting die nu '{}' is."


def _mag(door, wat):
    if not door.has_perm(f"plan.{wat}_meting"):
        raise PermissionDenied


def _houd(meting, gezien):
    """The row, held until the end of the transaction; ValidationError when it is not what was seen (None: do not look)."""
    meting = Meting.objects.select_for_update(of=("self",)).select_related("indicator__plan").get(pk=meting.pk)
    if gezien is not None and meting.merk != gezien:
        raise ValidationError(ANDERS)
    return meting


def _ga_naar(meting, staat):
    if staat not in Meting.OVERGANGEN[meting.staat]:
        raise ValidationError(NIET_NU.format(meting.get_staat_display().lower()))
    meting.staat = staat
    meting.gekeurd_op = meting.gekeurd_door = None
    meting.alleen_reden = ""


def _bewaar(meting):
    meting.full_clean(exclude=["indicator"])
    meting.save()
    return meting


@transaction.atomic
def bewaar(*, indicator, datum, waarde, door, toelichting="", delen=(), meting=None, gezien=None):
    """Writes the figures of one period and returns the `Meting`: a new draft, or one that is still open.

    `datum` is the day they hold for, `waarde` a Decimal, `delen` the breakdown as unsaved `Uitsplitsing`en.
    Raises PermissionDenied, or ValidationError per field: not in the years of the indicator, in the future, a period
    that has its measurement already, areas that are more than the whole.
    """
    _mag(door, "add")
    Indicator.objects.select_for_update().get(pk=indicator.pk)  # two people at once: one after the other
    periode = indicator.periode_van(datum)
    if meting:
        meting = _houd(meting, gezien)
        if not meting.is_open:
            raise ValidationError(NIET_NU.format(meting.get_staat_display().lower()))
    dubbel = Meting.objects.filter(indicator=indicator, periode_begin=periode.begin).exclude(pk=meting and meting.pk)
    if ander := dubbel.select_related("ingevoerd_door").first():
        wie = "jou" if ander.ingevoerd_door_id == door.pk else str(ander.ingevoerd_door)
        raise ValidationError(
            {"datum": f"Voor {periode.naam} is er al een meting, van {wie} ({ander.get_staat_display().lower()})."}
        )
    oud = meting and _cijfers(meting.datum, meting.waarde, meting.uitsplitsingen.all())
    meting = meting or Meting(indicator=indicator)
    if oud != _cijfers(datum, waarde, delen):
        meting.ingevoerd_door = door
    meting.datum, meting.periode_begin, meting.waarde = datum, periode.begin, waarde
    meting.toelichting = zonder_onzichtbare(toelichting).strip()
    _bewaar(meting)
    _kijk_na(indicator, waarde, delen)
    meting.uitsplitsingen.all().delete()
    for deel in delen:
        deel.meting = meting
        deel.full_clean(exclude=["meting", "doelgroep", "gebied"])
    Uitsplitsing.objects.bulk_create(delen)
    return meting


def _cijfers(datum, waarde, delen):
    """What makes figures the same, to know who wrote them."""
    return datum, waarde, {(deel.doelgroep_id, deel.gebied_id, deel.waarde, deel.aantal) for deel in delen}


def _kijk_na(indicator, waarde, delen):
    """A breakdown that cannot be true is refused."""
    if indicator.over == Indicator.Over.MENSEN:
        if any(deel.waarde > waarde for deel in delen):
            raise ValidationError({"waarde": "Een groep of gebied is groter dan het geheel. Kijk de getallen na."})
        if sum(deel.waarde for deel in delen if deel.gebied_id) > waarde:
            raise ValidationError({"waarde": "De gebieden zijn samen meer dan het geheel. Kijk de getallen na."})
    if indicator.over == Indicator.Over.AANDEEL and any(deel.aantal is None for deel in delen):
        raise ValidationError(
            "Schrijf bij elk deel over hoeveel mensen het gaat. Anders weten we niet of het er genoeg zijn."
        )


@transaction.atomic
def dien_in(*, meting, door, gezien=None):
    """Hands a draft, or what was returned, to the coordinator; returns the row."""
    _mag(door, "add")
    meting = _houd(meting, gezien)
    _ga_naar(meting, Staat.INGEDIEND)
    meting.ingediend_op = timezone.now()
    return _bewaar(meting)


@transaction.atomic
def bewaar_en_dien_in(*, door, **gegevens):
    """Both in one go, so that nothing is kept of what cannot be handed in; see `bewaar`."""
    return dien_in(meting=bewaar(door=door, **gegevens), door=door)


@transaction.atomic
def keur_goed(*, meting, door, gezien=None, reden=""):
    """Makes a measurement public and count; the state of its actions follows. Returns the row.

    `reden` is needed from who wrote the figures: why no second person looks.
    """
    _mag(door, "keur")
    meting = _houd(meting, gezien)
    _ga_naar(meting, Staat.GOEDGEKEURD)
    eigen = meting.ingevoerd_door_id == door.pk
    reden = zonder_onzichtbare(reden).strip()
    if eigen and not reden:
        raise ValidationError({"reden": "Jij voerde dit cijfer in. Schrijf waarom er geen tweede persoon naar kijkt."})
    meting.gekeurd_op, meting.gekeurd_door = timezone.now(), door
    meting.alleen_reden = reden if eigen else ""
    _bewaar(meting)
    _laat_volgen(meting)
    return meting


@transaction.atomic
def stuur_terug(*, meting, reden, door, gezien=None):
    """Sends back what was handed in, or takes back what was approved, with a note for who measures; returns the row."""
    _mag(door, "keur")
    meting = _houd(meting, gezien)
    reden = zonder_onzichtbare(reden).strip()
    if not reden:
        raise ValidationError({"reden": "Schrijf wat er moet veranderen. Wie meet, leest het."})
    was_openbaar = meting.staat == Staat.GOEDGEKEURD
    _ga_naar(meting, Staat.TERUGGESTUURD)
    meting.terug_reden = reden
    _bewaar(meting)
    if was_openbaar:
        _laat_volgen(meting)
    return meting


@transaction.atomic
def gooi_weg(*, meting, door, gezien=None):
    """Deletes a draft; the history keeps it. What was handed in once stays."""
    _mag(door, "add")
    meting = _houd(meting, gezien)
    if meting.staat != Staat.CONCEPT:
        raise ValidationError(NIET_NU.format(meting.get_staat_display().lower()))
    meting.delete()


def _laat_volgen(meting):
    """Actions of which this indicator says how far they are."""
    gemeten = Actie.objects.filter(
        soort=Onderdeel.Soort.ACTIE, indicatorkoppelingen__indicator=meting.indicator_id,
        indicatorkoppelingen__meet_voortgang=True,
    )  # fmt: skip
    for actie in gemeten:
        volg(actie=actie)
