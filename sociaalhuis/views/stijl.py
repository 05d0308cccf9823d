"""The colours of the town as a stylesheet, so that Huis changes them without a build."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from sociaalhuis import kleuren, versie
from sociaalhuis.context import het_huis

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
