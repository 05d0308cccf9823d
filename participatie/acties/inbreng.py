"""Giving input, and reading it after."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.mag import Handeling, mag
from participatie.models import Inbreng, Mandaat
from participatie.staat import MagNiet, ga_naar
from sociaalhuis import begrenzing
from sociaalhuis.models import Dossiersleutel
from sociaalhuis.post.brief import stuur_brief

# Nobody's mailbox is filled with receipts by somebody else.
BEWIJZEN_PER_DAG = 10


class RondeGesloten(MagNiet):
    """The round is not open (any more). What was typed is still in the hands of the caller."""


def geef_inbreng(
    *,
    ronde,
    tekst,
    onderdeel=None,
    organisatie=None,
    naam_publiek="",
    email="",
    kanaal=Inbreng.Kanaal.WEB,
    inzending,
    teken="",
    door=None,
):
    """Keeps one input and sends its receipt; the same `inzending` again gives the same input, also after closing.

    For an organisation `door` must have a mandate at this moment (else PermissionDenied). Raises RondeGesloten.
    """
    bestaand = Inbreng.objects.filter(inzending=inzending).first()
    if bestaand:
        return bestaand
    if not mag(Handeling.INBRENGEN, ronde=ronde, gebruiker=door):
        raise RondeGesloten("Deze ronde is gesloten. Je inbreng is niet verstuurd.")
    if organisatie and not (door and Mandaat.objects.van_gebruiker(door).filter(organisatie=organisatie).exists()):
        raise PermissionDenied
    try:
        with transaction.atomic():
            return _bewaar(
                Inbreng(
                    ronde=ronde,
                    onderdeel=onderdeel,
                    organisatie=organisatie,
                    ingediend_door=door if organisatie else None,
                    naam_publiek="" if organisatie else naam_publiek,
                    tekst=tekst,
                    kanaal=kanaal,
                    inzending=inzending,
                    teken="" if organisatie else teken,
                    staat=Inbreng.Staat.ZICHTBAAR if organisatie else Inbreng.Staat.INGEDIEND,
                ),
                "" if organisatie else email,
                door.email if organisatie else email,
            )
    except IntegrityError:
        bestaand = Inbreng.objects.filter(inzending=inzending).first()  # posted twice at the same moment
        if bestaand is None:
            raise
        return bestaand


def _bewaar(inbreng, email, bewijs_naar):
    if email:
        inbreng.dossiersleutel = Dossiersleutel.objects.create()
        inbreng.email = email
    inbreng.save()
    if bewijs_naar and not inbreng.teken and _mag_mailen(bewijs_naar):
        _mail(inbreng, bewijs_naar, "ontvangen", "We kregen je inbreng", "We kregen je inbreng. Je bewijs staat hier:")
    return inbreng


def _mag_mailen(adres):
    return begrenzing.telt(f"inbreng-bewijs:{adres.lower()}", timedelta(days=1), BEWIJZEN_PER_DAG)


def _mail(inbreng, aan, gebeurtenis, onderwerp, tekst, pad=""):
    if inbreng.dossiersleutel and inbreng.dossiersleutel.gewist_op:
        return  # nobody knows the address any more
    stuur_brief(
        sleutel=f"inbreng-{inbreng.pk}-{gebeurtenis}",
        aan=aan,
        dossiersleutel=inbreng.dossiersleutel,
        onderwerp=onderwerp,
        tekst=tekst,
        pad=pad or inbreng.bewijs_url,
        referentie=inbreng.referentie,
    )


@transaction.atomic
def toon(*, inbreng, door):
    """Shows an input to everyone. Once the answers of its round are out, only together with an answer."""
    inbreng = _op_slot(inbreng, door)
    if inbreng.ronde.antwoorden_zichtbaar and inbreng.antwoord_of_niets is None:
        raise MagNiet("De antwoorden van deze ronde staan online. Geef deze inbreng eerst een antwoord.")
    return ga_naar(
        inbreng, Inbreng.Staat.ZICHTBAAR, reden_verborgen="", beoordeeld_door=door, beoordeeld_op=timezone.now()
    )


@transaction.atomic
def verberg(*, inbreng, door, reden):
    """Keeps an input from the page, with a reason that everyone may read and a mail to who gave it."""
    inbreng = _op_slot(inbreng, door)
    if not reden.strip():
        raise MagNiet("Schrijf waarom we deze inbreng niet tonen.")
    ga_naar(
        inbreng,
        Inbreng.Staat.VERBORGEN,
        reden_verborgen=reden.strip(),
        beoordeeld_door=door,
        beoordeeld_op=timezone.now(),
    )
    if inbreng.email and not inbreng.teken:
        _mail(
            inbreng,
            inbreng.email,
            f"verborgen-{inbreng.beoordeeld_op:%Y%m%d%H%M%S}",
            "Je inbreng staat niet online",
            "We lazen je inbreng en tonen hem niet op de website. Bel of mail ons: we leggen uit waarom.",
        )
    return inbreng


def _op_slot(inbreng, door):
    """The row through the door, held until the end of the transaction."""
    if not door.has_perm("participatie.change_inbreng"):
        raise PermissionDenied
    return (
        Inbreng.objects.zichtbaar_voor(door).select_related("ronde").select_for_update(of=("self",)).get(pk=inbreng.pk)
    )


def meld_antwoord(inbreng):
    """Tells who gave an input that there is an answer: the citizen, or who speaks for the organisation now."""
    if inbreng.organisatie_id:
        adressen = [
            mandaat.gebruiker.email
            for mandaat in inbreng.organisatie.mandaten.all()
            if mandaat.is_actief and mandaat.gebruiker.is_active
        ]
    else:
        adressen = [inbreng.email] if inbreng.email else []
    for nummer, adres in enumerate(adressen):
        _mail(
            inbreng,
            adres,
            f"antwoord-{nummer}",
            "Er is een antwoord",
            "Er is een antwoord op je inbreng. Je leest het hier:",
            inbreng.ronde.get_absolute_url(),
        )
