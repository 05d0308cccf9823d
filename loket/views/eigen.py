"""What the one who asked may do with the own data, next to reading and writing (see `loket.views.opvolgen`)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from loket.acties.inzage import lees_eigen
from loket.acties.wiswens import vraag_om_wissen
from loket.forms.eigen import WiswensForm
from loket.models import Vraag
from loket.views.opvolgen import met_dossier


@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier
def wissen(request, pk):
    """The wish to be erased: asking it, and what was decided."""
    form = WiswensForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        vraag_om_wissen(vraag=Vraag(pk=pk), tekst=form.cleaned_data["tekst"])
        messages.success(request, "We kregen je wens. Een mens kijkt ernaar.")
        return redirect("loket:opvolgen_wissen")
    vraag = lees_eigen(pk=pk)
    wensen = list(vraag.wiswensen.all())
    return render(
        request,
        "loket/opvolgen_wissen.html",
        {
            "vraag": vraag,
            "form": form,
            "wens": next((wens for wens in wensen if wens.besloten_op is None), None),
            "geweigerd": next((wens for wens in reversed(wensen) if wens.besloten_op), None),
            "snel_weg": True,
        },
    )
