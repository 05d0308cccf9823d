"""What staff take along of what came in: the file that answers a question, and the sheet of a round."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participatie.acties.bestand import open_bestand
from participatie.models import Formulierbestand, Inbreng, Ronde
from participatie.rechten import RONDEWERKERS
from participatie.uitvoer import als_verslag
from sociaalhuis.download import download
from sociaalhuis.keuring.bijlagen import als_download
from sociaalhuis.toegang import alleen_rol
from sociaalhuis.verslag.rekenblad import SOORT_XLSX, als_xlsx


@never_cache
@require_safe
@alleen_rol(*RONDEWERKERS)
def bestand(request, pk, antwoord):
    """The file; that it was taken is written down first."""
    inbreng = get_object_or_404(Inbreng.objects.zichtbaar_voor(request.user).defer("email"), pk=pk)
    try:
        return als_download(open_bestand(inbreng=inbreng, antwoord=antwoord, door=request.user))
    except Formulierbestand.DoesNotExist as fout:
        raise Http404 from fout


@never_cache
@require_safe
@alleen_rol(*RONDEWERKERS)
def blad(request, slug):
    """Everything of a round, with the answers on its questions, as xlsx."""
    ronde = get_object_or_404(Ronde.objects.zichtbaar_voor(request.user).select_related("plan"), slug=slug)
    verslag = als_verslag(ronde)
    return download(als_xlsx(verslag), SOORT_XLSX, f"{verslag.naam}.xlsx")
