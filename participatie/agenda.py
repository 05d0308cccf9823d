"""Meetings and the days of rounds as events of a calendar, and the places meetings are held at in words.

A round has three days: the first, the last, and that of the answers. Its number of changes and what it was when people
could read it last come from its history, so nothing has to be kept for the calendar: a round that went back to a draft
stays in calendars as called off, with the words that were public.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from participatie.models import Overleg, Ronde
from sociaalhuis import ical
from sociaalhuis.templatetags.huis import moment


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


def kalender_van_rondes(overleggen, huis, *, naam="", **welke):
    """Bytes of a calendar with the days of the public rounds (`welke` filters them) and these public meetings."""
    rijen = [_gebeurtenis(overleg, huis, met_link=False) for overleg in overleggen]
    return ical.kalender([*dagen_van_rondes(**welke), *rijen], wat="praat mee", naam=naam)


def dagen_van_rondes(**welke):
    """The days of the rounds that people can read, or could read before; two queries, whatever their number."""
    rondes = Ronde.objects.filter(antwoord_tegen__gte=timezone.localdate(sinds()), **welke)
    openbaar = set(Ronde.objects.openbaar().filter(pk__in=rondes).values_list("pk", flat=True))
    per_ronde = {}
    for rij in Ronde.pgh_event_model.objects.filter(pgh_obj__in=rondes).order_by("pgh_obj", "pgh_id"):
        per_ronde.setdefault(rij.pgh_obj_id, []).append(rij)
    for pk, rijen in per_ronde.items():
        bekend = [rij for rij in rijen if rij.staat == Ronde.Staat.GEPUBLICEERD]
        if bekend:
            yield from _dagen(bekend[-1], len(rijen), rijen[-1].pgh_created_at, weg=pk not in openbaar)


def _dagen(ronde, volgnummer, gemaakt_op, weg):
    """The three days of what a round was at one moment of its history."""
    adres = f"{settings.SITE_URL}{reverse('participatie:ronde', args=[ronde.slug])}"
    uit = ronde.antwoorden_gepubliceerd_op
    antwoord = "De antwoorden staan online." if uit else "Ten laatste vandaag lees je ons antwoord."
    for wat, dag, titel, uitleg in (
        ("opent", timezone.localdate(ronde.opent_op), "Je kan meepraten", f"Vanaf {moment(ronde.opent_op)}."),
        ("sluit", timezone.localdate(ronde.sluit_op), "Laatste dag om mee te praten", f"Tot {moment(ronde.sluit_op)}."),
        ("antwoord", timezone.localdate(uit) if uit else ronde.antwoord_tegen, "Onze antwoorden", antwoord),
    ):
        yield ical.Gebeurtenis(
            merk=f"ronde-{ronde.pgh_obj_id}-{wat}",
            volgnummer=volgnummer,
            gemaakt_op=gemaakt_op,
            begin=dag,
            einde=None,
            titel=f"{titel}: {ronde.titel}",
            uitleg="Deze ronde gaat niet door." if weg else f"{ronde.vraag}\n{uitleg}\n{adres}",
            url=adres,
            weg=weg,
        )


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
