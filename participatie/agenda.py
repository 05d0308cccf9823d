"""Meetings as events of a calendar, and the places they are held at in words."""

from django.conf import settings
from django.utils import timezone

from participatie.models import Overleg
from sociaalhuis import ical


def waar_precies(overleg, huis):
    """The address in one line, or 'Online'. The place that is the house itself has the address of the house."""
    plaats = overleg.locatie
    if plaats is None:
        return overleg.adres or "Online"
    bron = huis if plaats.is_huis else plaats
    straat = " ".join(filter(None, (bron.straat, bron.huisnummer)))
    gemeente = " ".join(filter(None, (bron.postcode, bron.gemeente)))
    return ", ".join(filter(None, (plaats.naam, straat, gemeente)))


def kalender(overleggen, huis, *, met_link, naam=""):
    """Bytes of a calendar. The link to take part online stands in it only for who comes or is invited (`met_link`)."""
    return ical.kalender((_gebeurtenis(overleg, huis, met_link) for overleg in overleggen), wat="overleg", naam=naam)


def _gebeurtenis(overleg, huis, met_link):
    adres = settings.SITE_URL + overleg.get_absolute_url()
    regels = [f"Gaat niet door: {overleg.reden}" if overleg.staat == Overleg.Staat.AFGELAST else ""]
    regels += [f"Online meedoen: {overleg.link}" if met_link and overleg.link else "", f"Agenda en documenten: {adres}"]
    return ical.Gebeurtenis(
        merk=f"overleg-{overleg.referentie.lower()}",
        volgnummer=overleg.volgnummer,
        gemaakt_op=overleg.gewijzigd_op,
        begin=overleg.begin,
        einde=overleg.einde,
        titel=overleg.titel,
        waar=waar_precies(overleg, huis),
        uitleg="\n".join(filter(None, regels)),
        url=adres,
        weg=overleg.staat == Overleg.Staat.AFGELAST,
        besloten=not overleg.openbaar,
    )


def sinds():
    """From when on a feed tells: what was longer ago nobody looks up in a calendar."""
    return timezone.now() - timezone.timedelta(days=183)
