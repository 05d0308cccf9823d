"""The mail that left in the demo, readable on a page. Does not exist outside the demo."""

from email import message_from_bytes
from email.policy import default

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

MEEST = 200


def lees(pad):
    """A mail as a dict of plain text, from its file."""
    bericht = message_from_bytes(pad.read_bytes(), policy=default)
    platte_tekst = bericht.get_body(("plain",))
    return {
        "id": pad.name.split("_")[0],
        "aan": str(bericht["To"] or ""),
        "van": str(bericht["From"] or ""),
        "onderwerp": str(bericht["Subject"] or ""),
        "datum": bericht["Date"].datetime if bericht["Date"] else None,
        "tekst": platte_tekst.get_content() if platte_tekst else "",
    }


def in_demo():
    if not settings.DEMO:
        raise Http404


@require_safe
@never_cache
def lijst(request):
    in_demo()
    paden = sorted(settings.POSTMAP.glob("*.eml"), key=lambda pad: pad.stat().st_mtime, reverse=True)
    return render(request, "huis/demopost.html", {"berichten": [lees(pad) for pad in paden[:MEEST]]})


@require_safe
@never_cache
def bericht(request, nummer):
    """One mail, by the unique number in its Message-ID."""
    in_demo()
    pad = next(settings.POSTMAP.glob(f"{nummer}_*.eml"), None)
    if not pad:
        raise Http404
    stappen = [("Verstuurde mails", reverse("demopost"))]
    return render(request, "huis/demobericht.html", {"bericht": lees(pad), "stappen": stappen})
