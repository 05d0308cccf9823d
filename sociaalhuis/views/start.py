"""The home page and where a login leads."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loket.catalogus.populair import populaire_diensten
from loket.wegwijzer.lezen import gebeurtenissen
from participatie import nieuws as participatie
from plan import nieuws as plan
from sociaalhuis import versie
from sociaalhuis.models import Thema
from sociaalhuis.rollen import (
    LOKETMEDEWERKER,
    ORGANISATIELID,
    REDACTEUR,
    TEAMVERANTWOORDELIJKE,
    heeft_rol,
    rollen_van,
)


@versie.bij_versie
def voorpagina(nummer):
    """What the home page shows, under this version."""
    return {
        "themas": list(Thema.objects.all()),
        "rondes": participatie.rondes(),
        "voorbeeld": participatie.voorbeeld(),
        "bewogen": plan.nieuws(),
    }


@require_safe
def startpagina(request):
    nummer = versie.van(request)
    inhoud = voorpagina(nummer)
    nieuws = participatie.nieuws(inhoud["rondes"]) + inhoud["bewogen"]
    populair = populaire_diensten(nummer)
    context = {**inhoud, "nieuws": nieuws, "populair": populair, "gebeurtenissen": gebeurtenissen(nummer)}
    return render(request, "startpagina.html", context)


@require_safe
@login_required
def na_aanmelden(request):
    """Everyone to their own work."""
    if heeft_rol(request.user, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE):
        return redirect("/loket/werkbank/")
    if rollen_van(request.user) == {REDACTEUR}:
        return redirect("plan:redactie")
    if request.user.is_staff:
        return redirect("admin:index")
    return redirect("participatie:mijn" if heeft_rol(request.user, ORGANISATIELID) else "participatie:overzicht")
