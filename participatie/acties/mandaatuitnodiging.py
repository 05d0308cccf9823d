"""Asking a colleague to speak for the organisation as well, taking that back, and saying yes."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties.gebruiker import maak_vertegenwoordiger
from participatie.acties.mandaat import eigen_mandaat, mag_leiden
from participatie.models import Mandaat, Mandaatuitnodiging
from participatie.models.mandaatuitnodiging import GELDIG
from participatie.staat import MagNiet, ga_naar
from sociaalhuis import begrenzing
from sociaalhuis.models import Dossiersleutel
from sociaalhuis.post.brief import stuur_brief

PER_DAG = 20  # nobody fills mailboxes in the name of an organisation
VOORBIJ = "Deze uitnodiging geldt niet meer. Vraag je collega om een nieuwe."
SPREEKT_AL = "Deze persoon spreekt al voor jullie organisatie."
AFGESLOTEN = "Je account is afgesloten. Bel of mail ons."


@transaction.atomic
def nodig_uit(*, organisatie, naam, email, inzending, door, rol=Mandaat.Rol.VERTEGENWOORDIGER, van=None, tot=None):
    """Asks somebody by mail; the same `inzending` again gives the same one. Returns the Mandaatuitnodiging.

    Any representative may ask; only an aanspreekpunt or staff make an aanspreekpunt. An earlier open one for the same
    address is taken back, so that one link works. Raises PermissionDenied, or MagNiet.
    """
    if bestaand := Mandaatuitnodiging.objects.filter(inzending=inzending).first():
        return bestaand
    if not (eigen_mandaat(organisatie, door) or door.has_perm("participatie.change_mandaat")):
        raise PermissionDenied
    if rol == Mandaat.Rol.AANSPREEKPUNT and not mag_leiden(organisatie, door):
        raise PermissionDenied
    email, nu = email.strip().lower(), timezone.now()
    if tot and tot <= (van or nu):
        raise MagNiet("Het einde van een mandaat ligt na het begin.")
    if Mandaat.objects.lopend_of_gepland(nu).filter(organisatie=organisatie, gebruiker__email=email).exists():
        raise MagNiet(SPREEKT_AL)
    if not begrenzing.telt(f"mandaatuitnodiging:{organisatie.pk}", timedelta(days=1), PER_DAG):
        raise MagNiet(f"Jullie nodigden vandaag al {PER_DAG} mensen uit. Probeer morgen opnieuw.")
    for vorige in (
        Mandaatuitnodiging.objects.wachtend(nu).filter(organisatie=organisatie).select_for_update(of=("self",))
    ):
        if vorige.email == email:
            _trek_in(vorige, door, nu)
    try:
        with transaction.atomic():
            uitnodiging = Mandaatuitnodiging.objects.create(
                organisatie=organisatie,
                naam=naam.strip(),
                email=email,
                rol=rol,
                van=van,
                tot=tot,
                door=door,
                inzending=inzending,
                dossiersleutel=Dossiersleutel.objects.create(),
                uitgenodigd_op=nu,
                vervalt_op=nu + GELDIG,
            )
    except IntegrityError:  # the same form, sent twice at the same moment
        return Mandaatuitnodiging.objects.get(inzending=inzending)
    stuur_brief(
        sleutel=f"mandaatuitnodiging-{uitnodiging.pk}",
        aan=email,
        dossiersleutel=uitnodiging.dossiersleutel,
        onderwerp="Een collega nodigt je uit",
        tekst="Een collega vraagt of jij ook mee wil spreken voor je organisatie. Je leest en antwoordt hier:",
        pad=uitnodiging.url,
        referentie=uitnodiging.referentie,
    )
    return uitnodiging


@transaction.atomic
def trek_uitnodiging_in(*, uitnodiging, door):
    """Takes an open one back; its link stops. By who asked, an aanspreekpunt or staff."""
    uitnodiging = (
        Mandaatuitnodiging.objects.zichtbaar_voor(door)
        .select_related("organisatie")
        .select_for_update(of=("self",))
        .get(pk=uitnodiging.pk)
    )
    if uitnodiging.door_id != door.pk and not mag_leiden(uitnodiging.organisatie, door):
        raise PermissionDenied
    return _trek_in(uitnodiging, door, timezone.now())


def _trek_in(uitnodiging, door, nu):
    return ga_naar(uitnodiging, Mandaatuitnodiging.Staat.INGETROKKEN, afgehandeld_op=nu, afgehandeld_door=door)


@transaction.atomic
def aanvaard(*, uitnodiging, naam):
    """Whoever holds the link says yes, under this name: a mandate for the address it was sent to. Returns the Mandaat.

    A second click gives the mandate of the first. Raises MagNiet when it was taken back or is over, when nobody who may
    ask stands behind it any more, or when the account of this address is closed.
    """
    uitnodiging = (
        Mandaatuitnodiging.objects.select_related("organisatie", "dossiersleutel", "mandaat", "door")
        .select_for_update(of=("self",))
        .get(pk=uitnodiging.pk)
    )
    if uitnodiging.mandaat_id:
        return uitnodiging.mandaat
    if not uitnodiging.is_open or not staat_erachter(uitnodiging):
        raise MagNiet(VOORBIJ)
    nu = timezone.now()
    if uitnodiging.tot and uitnodiging.tot <= nu:
        raise MagNiet(VOORBIJ)
    gebruiker = maak_vertegenwoordiger(uitnodiging.email, naam, AFGESLOTEN)
    bestaand = Mandaat.objects.lopend_of_gepland(nu).filter(organisatie=uitnodiging.organisatie, gebruiker=gebruiker)
    mandaat = bestaand.first() or Mandaat.objects.create(
        gebruiker=gebruiker,
        organisatie=uitnodiging.organisatie,
        rol=uitnodiging.rol,
        van=max(uitnodiging.van or nu, nu),
        tot=uitnodiging.tot,
    )
    ga_naar(
        uitnodiging,
        Mandaatuitnodiging.Staat.AANVAARD,
        afgehandeld_op=nu,
        afgehandeld_door=gebruiker,
        mandaat=mandaat,
    )
    return mandaat


def staat_erachter(uitnodiging):
    """Whether who asked may still ask: an ended mandate takes its open invitations along."""
    if not uitnodiging.organisatie.erkend_op:
        return False
    door = uitnodiging.door
    if uitnodiging.rol == Mandaat.Rol.AANSPREEKPUNT:
        return mag_leiden(uitnodiging.organisatie, door)
    return bool(eigen_mandaat(uitnodiging.organisatie, door)) or door.has_perm("participatie.change_mandaat")
