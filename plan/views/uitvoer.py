"""The whole plan as a file: PDF, xlsx, CSV and JSON. The worker makes them; an address only hands out what is there."""

from django.http import FileResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from plan.models import Uitvoer
from plan.views.deur import plan_of_404
from plan.views.versies import van_plan, versie_of_404
from sociaalhuis.verslag.pdf import SOORT_PDF
from sociaalhuis.verslag.rekenblad import SOORT_CSV, SOORT_XLSX

SOORTEN = {
    Uitvoer.Vorm.PDF: SOORT_PDF,
    Uitvoer.Vorm.XLSX: SOORT_XLSX,
    Uitvoer.Vorm.CSV: SOORT_CSV,
    Uitvoer.Vorm.JSON: "application/json",
}


@require_safe
def bestand(request, plan, vorm, nummer=None):
    """The file of a plan, or of the version with this number, as a download; a page that says so while it is not made."""
    plan = plan_of_404(request, plan)
    versie = versie_of_404(van_plan(request, plan), nummer) if nummer is not None else None
    rij = Uitvoer.objects.filter(plan=plan, versie=versie, vorm=vorm).first()
    if rij is None:
        inhoud = {"plan": plan, "versie": versie, "vorm": Uitvoer.Vorm(vorm).label}
        antwoord = render(request, "plan/uitvoer_straks.html", inhoud, status=202)
        antwoord["Cache-Control"] = "no-store"
        return antwoord
    rij.plan, rij.versie = plan, versie
    etag = f'"{rij.van}-{vorm}"'
    if zelfde := get_conditional_response(request, etag=etag):
        return zelfde
    antwoord = FileResponse(rij.bestand.open("rb"), as_attachment=True, filename=rij.naam, content_type=SOORTEN[vorm])
    antwoord["ETag"], antwoord["Cache-Control"] = etag, "no-cache"
    return antwoord
