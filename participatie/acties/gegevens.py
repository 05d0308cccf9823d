"""What an organisation has with us: changing its own data, and taking along everything it gave."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participatie.acties.geschiedenis import wie_sprak
from participatie.acties.mandaat import eigen_mandaat, mag_leiden
from participatie.models import Advies, Inbreng
from sociaalhuis.models import Organisatie

VELDEN = ("omschrijving", "email", "telefoon", "website", "straat", "huisnummer", "postcode", "gemeente")


@transaction.atomic
def wijzig_gegevens(*, organisatie, door, **velden):
    """Changes what stands on the website about an organisation; an aanspreekpunt may. Name, kind and number stay staff's.

    Raises PermissionDenied for who does not lead, and for a field that is not its own to change.
    """
    if not mag_leiden(organisatie, door) or set(velden) - set(VELDEN):
        raise PermissionDenied
    organisatie = Organisatie.objects.select_for_update().get(pk=organisatie.pk)
    for naam, waarde in velden.items():
        setattr(organisatie, naam, waarde)
    organisatie.save(update_fields=list(velden))
    return organisatie


def alles_van(organisatie, door):
    """Everything this organisation gave, as plain data for JSON. Raises PermissionDenied for who does not speak for it.

    Names of colleagues come along, as they see each other in the corner; answers only where they are public.
    """
    if not eigen_mandaat(organisatie, door):
        raise PermissionDenied
    inbrengen = Inbreng.objects.filter(organisatie=organisatie).voor_lijst().order_by("ingediend_op", "pk")
    adviezen = Advies.objects.filter(adviesraad__organisatie=organisatie).order_by("begonnen_op", "pk")
    return {
        "gemaakt_op": timezone.now().isoformat(),
        "organisatie": {naam: getattr(organisatie, naam) for naam in ("naam", "soort", "ondernemingsnummer", *VELDEN)},
        "sprekers": [
            {
                "naam": str(spreker.mandaat.gebruiker),
                "rol": spreker.mandaat.rol,
                "van": spreker.mandaat.van.isoformat(),
                "tot": spreker.mandaat.tot and spreker.mandaat.tot.isoformat(),
            }
            for spreker in wie_sprak(organisatie)
        ],
        "inbreng": [_inbreng(inbreng) for inbreng in inbrengen],
        "adviezen": [
            {
                "referentie": advies.referentie,
                "titel": advies.titel,
                "staat": advies.staat,
                "tekst": advies.tekst,
                "uitslag": advies.uitslag,
                "minderheid": advies.minderheid,
                "vergadering": advies.zitting_op and advies.zitting_op.isoformat(),
                "stemming": [advies.stemmen_voor, advies.stemmen_tegen, advies.onthoudingen],
                "antwoord": advies.antwoord,
            }
            for advies in adviezen
        ],
    }


def _inbreng(inbreng):
    antwoord = inbreng.antwoord_of_niets if inbreng.ronde.antwoorden_zichtbaar else None
    return {
        "referentie": inbreng.referentie,
        "ronde": inbreng.ronde.titel,
        "over": inbreng.over,
        "tekst": inbreng.tekst,
        "gegeven_op": inbreng.ingediend_op.isoformat(),
        "staat": inbreng.staat,
        "antwoord": {"besluit": antwoord.besluit, "reden": antwoord.reden} if antwoord else None,
    }
