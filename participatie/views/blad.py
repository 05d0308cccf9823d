"""The desk types in a sheet with the questions of a round, in the version that is on the paper."""

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participatie import kortcode
from participatie.acties.namens import voer_blad_in
from participatie.acties.vragen import VragenVeranderd
from participatie.forms.blad import BladCode, BladFormulier
from participatie.forms.vragen import GEWIJZIGD
from participatie.models import Ronde
from participatie.rechten import INVOERDERS
from participatie.staat import MagNiet
from participatie.views.beheer import toon
from sociaalhuis.toegang import alleen_rol


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*INVOERDERS)
def blad(request, slug):
    """Asks the code of the sheet (in the address, so the next sheet needs none), and then what is written on it."""
    ronde = get_object_or_404(Ronde.objects.openbaar().select_related("plan"), slug=slug)
    zoek = BladCode(request.GET if "code" in request.GET else None, ronde=ronde)
    if not zoek.is_valid():
        bladen = [
            (kortcode.van_blad(formulier), formulier)
            for formulier in ronde.formulieren.in_gebruik().filter(vragen__isnull=False).distinct()
        ]
        return toon(request, "blad_code", "invoeren", ronde=ronde, form=zoek, bladen=bladen)
    formulier, veranderd = zoek.cleaned_data["code"]
    form = BladFormulier(request.POST or None, request.FILES or None, formulier=formulier, door=request.user)
    bewaard, niet_ingevuld = None, []
    if request.method == "POST" and form.is_valid():
        try:
            bewaard = voer_blad_in(
                formulier=formulier,
                antwoorden=form.antwoorden,
                bestanden=form.bestanden,
                inzending=form.inzending,
                door=request.user,
                **form.hoe,
            )
        except VragenVeranderd:
            form.add_error(None, GEWIJZIGD)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            niet_ingevuld = form.niet_ingevuld
            form = BladFormulier(formulier=formulier, door=request.user, initial=form.blijft)
    return toon(
        request,
        "blad",
        "invoeren",
        ronde=ronde,
        form=form,
        formulier=formulier,
        code=kortcode.van_blad(formulier),
        veranderd=veranderd,
        nieuwer=ronde.formulieren.in_gebruik().filter(fase=formulier.fase, nummer__gt=formulier.nummer).exists(),
        bewaard=bewaard,
        niet_ingevuld=niet_ingevuld,
    )
