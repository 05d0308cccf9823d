"""What is measured about a round, and its open data. Read by everyone, without a cookie."""

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participatie import draagvlak as rekenen
from participatie import opendata
from participatie.mag import Handeling, mag
from participatie.models import Ronde
from sociaalhuis.download import download
from sociaalhuis.verslag.rekenblad import SOORT_CSV, SOORT_XLSX, als_csv, als_xlsx


def ronde_of_404(request, slug, handeling=Handeling.LEZEN):
    """A round that this visitor may see, when the action may be done in it now; else Http404."""
    bezoeker = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    rondes = Ronde.objects.zichtbaar_voor(bezoeker) if bezoeker else Ronde.objects.openbaar()
    ronde = get_object_or_404(rondes.select_related("plan"), slug=slug)
    if not mag(handeling, ronde=ronde, gebruiker=bezoeker):
        raise Http404
    return ronde


@require_safe
def draagvlak(request, slug):
    """The five numbers beside each other, who was not heard and which objections stand."""
    ronde = ronde_of_404(request, slug, Handeling.TELLINGEN)
    return render(request, "participatie/draagvlak.html", {"ronde": ronde, "draagvlak": rekenen.van_ronde(ronde)})


@require_safe
def draagvlak_xlsx(request, slug):
    ronde = ronde_of_404(request, slug, Handeling.TELLINGEN)
    verslag = rekenen.als_verslag(ronde, rekenen.van_ronde(ronde))
    return download(als_xlsx(verslag), SOORT_XLSX, f"{verslag.naam}.xlsx")


@require_safe
def inbreng_json(request, slug):
    ronde = ronde_of_404(request, slug)
    rij = opendata.rondes([Ronde.objects.met_tellingen().select_related("plan").get(pk=ronde.pk)], settings.SITE_URL)[0]
    return JsonResponse({**rij, "inbreng": opendata.inbreng(ronde)}, json_dumps_params={"ensure_ascii": False})


@require_safe
def inbreng_csv(request, slug):
    ronde = ronde_of_404(request, slug)
    return download(als_csv(opendata.als_tabel(ronde)), SOORT_CSV, f"inbreng-{ronde.slug}.csv")


@require_safe
def rondes_json(request):
    """Every round that is public."""
    rijen = Ronde.objects.openbaar().met_tellingen().select_related("plan")
    return JsonResponse(
        {"rondes": opendata.rondes(rijen, settings.SITE_URL)}, json_dumps_params={"ensure_ascii": False}
    )
