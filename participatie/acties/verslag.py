"""The minutes: written point by point, approved by somebody else, published; and what comes of them."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties.overleg import ONDERTUSSEN, op_slot
from participatie.mag import Handeling, mag
from participatie.models import Agendapunt, Inbreng, Verslag, Verslagpunt, Verslagregel
from participatie.staat import MagNiet, ga_naar

Staat = Verslag.Staat


@transaction.atomic
def schrijf_verslag(*, overleg, door, samenvatting, teksten, versie=None):
    """Keeps the text of the minutes: `teksten` is {pk of an agenda point: text}. Makes them a draft again.

    `versie` is what the writer saw (0: none yet). Raises MagNiet when a colleague saved another meanwhile, or when the
    meeting has not begun.
    """
    verslag = _open_verslag(overleg, door)
    if versie is not None and versie != verslag.versie - (verslag._state.adding and 1):
        raise MagNiet(ONDERTUSSEN)
    if verslag.is_gepubliceerd:
        raise MagNiet("Dit verslag staat online. Haal het eerst terug als er iets niet klopt.")
    punten = {punt.pk: punt for punt in Agendapunt.objects.filter(overleg=verslag.overleg_id)}
    for pk, tekst in teksten.items():
        if pk in punten:
            Verslagpunt.objects.update_or_create(agendapunt=punten[pk], defaults={"tekst": tekst})
    verslag.samenvatting = samenvatting
    return _bewaar_als_concept(verslag, door)


@transaction.atomic
def voeg_regel_toe(*, punt, door, soort, tekst, wie="", wie_gebruiker=None, wie_organisatie=None, tegen=None):
    """A line under an agenda point: something said, a decision, or a task."""
    verslag = _open_verslag(punt.overleg, door)
    if verslag.is_gepubliceerd:
        raise MagNiet("Dit verslag staat online. Haal het eerst terug als er iets niet klopt.")
    _bewaar_als_concept(verslag, door)
    return Verslagregel.objects.create(
        agendapunt=punt,
        soort=soort,
        tekst=tekst,
        wie=wie,
        wie_gebruiker=wie_gebruiker,
        wie_organisatie=wie_organisatie,
        tegen=tegen,
    )


@transaction.atomic
def verwijder_regel(*, regel, door):
    """Takes a line away; one that became an input stays."""
    verslag = _open_verslag(regel.agendapunt.overleg, door)
    regel = Verslagregel.objects.select_for_update().get(pk=regel.pk)
    if verslag.is_gepubliceerd or regel.inbreng_id:
        raise MagNiet("Deze regel staat online of is al inbreng. Ze blijft staan.")
    regel.delete()
    _bewaar_als_concept(verslag, door)


def _open_verslag(overleg, door):
    """The minutes of a meeting that has begun, held; new ones when there are none."""
    overleg = op_slot(overleg, door)
    if overleg.staat != overleg.Staat.AANGEKONDIGD or not overleg.is_begonnen:
        raise MagNiet("Een verslag maak je als het overleg begonnen is.")
    verslag = Verslag.objects.select_for_update().filter(overleg=overleg).first()
    return verslag or Verslag(overleg=overleg, opgesteld_door=door)


def _bewaar_als_concept(verslag, door):
    """Who wrote last is who may not approve."""
    verslag.staat, verslag.opgesteld_door = Staat.CONCEPT, door
    verslag.goedgekeurd_door = verslag.goedgekeurd_op = None
    verslag.versie += 0 if verslag._state.adding else 1
    verslag.save()
    return verslag


@transaction.atomic
def keur_goed(*, verslag, door, versie):
    """Approved by somebody else than who wrote last, and as that person read it. Raises MagNiet."""
    verslag = _op_slot(verslag, door)
    if versie != verslag.versie:
        raise MagNiet("Het verslag is intussen veranderd. Lees het opnieuw, en keur het dan goed.")
    if verslag.opgesteld_door_id == door.pk:
        raise MagNiet("Jij schreef het laatst aan dit verslag. Een collega keurt het goed.")
    return ga_naar(verslag, Staat.GOEDGEKEURD, goedgekeurd_door=door, goedgekeurd_op=timezone.now())


@transaction.atomic
def publiceer_verslag(*, verslag, door):
    """Shows approved minutes to everyone who may see the meeting."""
    return ga_naar(_op_slot(verslag, door), Staat.GEPUBLICEERD, gepubliceerd_op=timezone.now())


@transaction.atomic
def haal_verslag_terug(*, verslag, door):
    """Makes minutes a draft again; they must be approved again."""
    verslag = _op_slot(verslag, door)
    return ga_naar(
        verslag,
        Staat.CONCEPT,
        goedgekeurd_door=None,
        goedgekeurd_op=None,
        gepubliceerd_op=None,
        versie=verslag.versie + 1,
    )


def _op_slot(verslag, door):
    op_slot(verslag.overleg, door)
    return Verslag.objects.select_for_update(of=("self",)).get(pk=verslag.pk)


# --- what comes of it ---------------------------------------------------------------------------


@transaction.atomic
def maak_inbreng(*, regel, door):
    """What was said becomes an input of the round of the meeting, once; the same click again gives the same input.

    It comes from the meeting, with how many were there, and is about the part of the agenda point. When who clicks may
    check input it shows at once. Raises MagNiet when the round does not take input (any more).
    """
    overleg = op_slot(regel.agendapunt.overleg, door)
    regel = (
        Verslagregel.objects.select_for_update(of=("self",)).select_related("agendapunt", "inbreng").get(pk=regel.pk)
    )
    if regel.inbreng_id:
        return regel.inbreng
    if regel.soort != Verslagregel.Soort.GEZEGD:
        raise MagNiet("Enkel wat gezegd werd, kan inbreng worden.")
    if not overleg.ronde_id:
        raise MagNiet("Dit overleg hoort bij geen ronde. Kies eerst een ronde bij het overleg.")
    if not mag(Handeling.NAMENS, ronde=overleg.ronde, gebruiker=door):
        raise MagNiet("De ronde van dit overleg neemt nu geen inbreng aan.")
    kijkt_na = mag(Handeling.NAKIJKEN, ronde=overleg.ronde, gebruiker=door)
    aantal = aanwezigen(overleg)
    try:
        regel.inbreng = Inbreng.objects.create(
            ronde=overleg.ronde,
            onderdeel=regel.agendapunt.onderdeel,
            kanaal=Inbreng.Kanaal.OVERLEG,
            groepsgrootte=aantal if aantal >= 2 else None,
            ingevoerd_door=door,
            naam_publiek=f"{overleg.get_soort_display()[:40]} van {timezone.localdate(overleg.begin):%d/%m/%Y}",
            tekst=regel.tekst,
            staat=Inbreng.Staat.ZICHTBAAR if kijkt_na else Inbreng.Staat.INGEDIEND,
            beoordeeld_door=door if kijkt_na else None,
            beoordeeld_op=timezone.now() if kijkt_na else None,
        )
    except IntegrityError as fout:
        raise MagNiet("Deze inbreng kon niet bewaard worden. Hoort het agendapunt bij het plan van de ronde?") from fout
    regel.save(update_fields=["inbreng"])
    return regel.inbreng


def aanwezigen(overleg):
    """How many people were there."""
    return sum(overleg.inschrijvingen.filter(aanwezig=True).values_list("aantal", flat=True))
