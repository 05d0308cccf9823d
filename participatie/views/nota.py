"""The reactienota of a round: to read, as PDF and as xlsx. Read by everyone, without a cookie."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from participatie.models import Reactienota, Ronde
from participatie.reactienota import als_verslag
from sociaalhuis import versie
from sociaalhuis.download import download
from sociaalhuis.verslag.pdf import SOORT_PDF
from sociaalhuis.verslag.rekenblad import SOORT_XLSX, als_xlsx


def ronde_of_404(slug):
    """A round that everyone may read, with its answers out."""
    rondes = Ronde.objects.openbaar().exclude(antwoorden_gepubliceerd_op=None).select_related("plan")
    return get_object_or_404(rondes, slug=slug)


@require_safe
def nota(request, slug):
    ronde = ronde_of_404(slug)
    notas = list(Reactienota.objects.filter(ronde=ronde))
    return render(
        request, "participatie/reactienota.html", {"ronde": ronde, "verslag": als_verslag(ronde), "notas": notas}
    )


@require_safe
def xlsx(request, slug):
    """The same as a table, made once for as long as nothing public changes."""
    naam, inhoud = _blad(versie.van(request), ronde_of_404(slug).pk)
    return download(inhoud, SOORT_XLSX, f"{naam}.xlsx")


@versie.bij_versie
def _blad(nummer, ronde):
    verslag = als_verslag(Ronde.objects.select_related("plan").get(pk=ronde))
    return verslag.naam, als_xlsx(verslag)


@require_safe
def pdf(request, slug, nummer=None):
    """A PDF that the worker made, the last one or that of a number; a page that says so while it is not there."""
    ronde = ronde_of_404(slug)
    notas = Reactienota.objects.filter(ronde=ronde)
    rij = get_object_or_404(notas, nummer=nummer) if nummer else notas.first()
    if rij is None:
        antwoord = render(request, "participatie/reactienota_straks.html", {"ronde": ronde}, status=202)
        antwoord["Cache-Control"] = "no-store"
        return antwoord
    etag = f'"{rij.van}"'
    if zelfde := get_conditional_response(request, etag=etag):
        return zelfde
    antwoord = FileResponse(
        rij.bestand.open("rb"),
        as_attachment=True,
        filename=f"reactienota-{ronde.slug}-{rij.nummer}.pdf",
        content_type=SOORT_PDF,
    )
    antwoord["ETag"], antwoord["Cache-Control"] = etag, "no-cache"
    return antwoord
