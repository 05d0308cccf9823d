"""Meetings for tests."""

from datetime import timedelta

from django.utils import timezone

from participatie.models import Overleg


def maak_overleg(door, titel="Buurtgesprek", dagen=14, staat="aangekondigd", **velden):
    """A meeting so many days from now, of two hours, open for everyone unless told otherwise."""
    begin = velden.pop("begin", None) or timezone.now() + timedelta(days=dagen)
    vast = {"soort": "buurtgesprek", "adres": "Zaal De Kade, Kade 2, Proefdorp", "openbaar": True}
    return Overleg.objects.create(
        **{**vast, **velden}, titel=titel, slug=f"{titel.lower().replace(' ', '-')}", begin=begin,
        einde=begin + timedelta(hours=2), door=door, staat=staat,
    )  # fmt: skip


def velden(**anders):
    """The form of a meeting, filled in."""
    return {
        "soort": "buurtgesprek", "titel": "Buurtgesprek Kade", "inleiding": "Wat kan beter in de buurt?", "dag": "2030-07-02",
        "van": "19:00", "tot": "21:00", "adres": "Zaal De Kade", "link": "", "openbaar": "on", "plaatsen": "2", **anders,
    }  # fmt: skip
