"""The colours and the logo of the town, so that Huis changes them without a build."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from sociaalhuis import kleuren, versie
from sociaalhuis.context import het_huis
from sociaalhuis.models.huis import LOGOSOORTEN

DONKER_OPPERVLAK = "#16201f"


@require_safe
def huis_css(request):
    huis = het_huis(versie.van(request))
    regels = {
        "stad-accent": huis.accent,
        "stad-warm": huis.accent_warm,
        "stad-accent-inkt": "#ffffff",
        "stad-accent-donker": kleuren.lichter_tot(huis.accent, DONKER_OPPERVLAK),
        "stad-warm-donker": kleuren.lichter_tot(huis.accent_warm, DONKER_OPPERVLAK),
    }
    css = ":root{" + "".join(f"--{naam}:{waarde};" for naam, waarde in regels.items()) + "}"
    return HttpResponse(css, content_type="text/css; charset=utf-8")


@require_safe
def huis_logo(request):
    """The logo, at one address; only as the kind of picture that Huis accepts."""
    logo = het_huis(versie.van(request)).logo
    soort = LOGOSOORTEN.get(Path(logo.name or "").suffix.lower())
    if not soort:
        raise Http404
    try:
        return FileResponse(logo.storage.open(logo.name, "rb"), content_type=soort)
    except FileNotFoundError as fout:
        raise Http404 from fout
