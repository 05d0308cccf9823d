"""What an organisation has with us: changing its own data, and taking along everything it gave."""

import json
from datetime import date, datetime
from tempfile import TemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import get_valid_filename

from participatie.acties.mandaat import eigen_mandaat, mag_leiden
from sociaalhuis.meenemen import in_volgorde
from sociaalhuis.models import Organisatie
from sociaalhuis.templatetags.huis import datum, moment

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
    """Everything that every wing has of this organisation, as plain data: {name of the kind: list of rows}.

    Raises PermissionDenied for who does not speak for it. Names of colleagues come along, as they see each other in the
    corner; answers only where they are public.
    """
    if not eigen_mandaat(organisatie, door):
        raise PermissionDenied
    return {bezit.naam: bezit.rijen(organisatie) for bezit in in_volgorde()}


def te_lezen(rij):
    """A row as people read it: list of (name, list of lines), without what is empty."""
    return [(naam, in_regels(waarde)) for naam, waarde in rij.items() if waarde not in ("", None, [])]


def in_regels(waarde):
    """A value as lines of text."""
    if isinstance(waarde, list):
        return [": ".join(map(str, een.values())) if isinstance(een, dict) else str(een) for een in waarde]
    if isinstance(waarde, datetime):
        return [moment(waarde)]
    return [datum(waarde)] if isinstance(waarde, date) else str(waarde).splitlines()


def als_zip(organisatie, door):
    """A zip as an open file: `alles.json`, the same to read as `overzicht.html`, and the files that were given."""
    alles, nu = alles_van(organisatie, door), timezone.now()
    inhoud = {
        "organisatie": organisatie,
        "op": nu,
        "delen": [(bezit.titel, [te_lezen(rij) for rij in alles[bezit.naam]]) for bezit in in_volgorde()],
    }
    uit = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    with ZipFile(uit, "w", ZIP_DEFLATED) as zip_:
        zip_.writestr(
            "alles.json", json.dumps({"gemaakt op": nu, **alles}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        )
        zip_.writestr("overzicht.html", render_to_string("participatie/mijn/meegenomen.html", inhoud))
        gezien = set()
        for bezit in in_volgorde():
            for naam, bytes_ in bezit.bestanden(organisatie):
                veilig = get_valid_filename(naam)
                plaats = f"bestanden/{veilig}" if veilig not in gezien else f"bestanden/{len(gezien)}-{veilig}"
                gezien.add(veilig)
                zip_.writestr(plaats, bytes_)
    uit.seek(0)
    return uit
