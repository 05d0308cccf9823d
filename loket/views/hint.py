"""Is this something for you? A few questions about the rules of a service, and an honest hint.

The answers may tell about someone's health or money, so they are in no address and are not kept: they come in a POST
and the answer is a page that nothing stores. There is no token against forged posts, because there is nothing to
forge: nothing changes but a number per service and day, and a token would need a cookie. See docs/besluiten/0011.
"""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loket.acties.hint import tel_vraag_het_ons
from loket.catalogus import hint
from loket.forms.hint import HintForm
from loket.rooster.plek import dichtbij
from loket.views.diensten import blad_voor
from sociaalhuis import versie


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def misschien(request, slug):
    blad = blad_voor(request, slug)
    if not blad.hintvragen:
        raise Http404
    form = HintForm(request.POST if request.method == "POST" else None, vragen=blad.hintvragen)
    gebieden = {gebied["code"] for gebied in blad.gebieden}
    plekken = dichtbij(versie.van(request), [slug], gebieden)
    context = {"dienst": blad, "form": form, "plekken": plekken, "snel_weg": True}
    if form.is_valid():
        gezegd = list(form.gezegd())
        uitkomst = hint.weeg([rij["betekenis"] for rij in gezegd])
        if uitkomst == hint.Uitkomst.VRAAG_HET_ONS and not blad.is_ontwerp:
            tel_vraag_het_ons(slug)
        context |= {"uitkomst": uitkomst.value, "gezegd": gezegd}
    return render(request, "loket/misschien.html", context)
