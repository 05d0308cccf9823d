"""The work list of the catalogue: which texts to check, and one button to say that they are still right."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loket.acties.dienst import kijk_na
from loket.acties.versheid import straks
from loket.models import Dienst
from sociaalhuis.rollen import BEHEERDER, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE
from sociaalhuis.toegang import alleen_rol

PER_PAGINA = 25
MEEST = 100  # services in one go
# list -> (name, which of the services)
LIJSTEN = {
    "mij": ("Van mij", lambda gebruiker: Q(eigenaar=gebruiker)),
    "team": ("Van mijn teams", lambda gebruiker: Q(team__in=gebruiker.teams.values("pk"))),
    "alle": ("Allemaal", lambda gebruiker: Q()),
    "niemand": ("Van niemand", lambda gebruiker: Q(eigenaar=None, team=None)),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@alleen_rol(LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, BEHEERDER)
def nakijken(request):
    """One list, the latest overdue first, with what is due within a month; a POST says which texts are still right."""
    naam = request.GET.get("lijst", "")
    tellingen = _tellingen(request.user)
    if naam not in LIJSTEN:
        naam = next((code for code in ("mij", "team") if tellingen[code]), "alle")
    if request.method == "POST":
        _klopt_nog(request)
        return redirect(f"{reverse('loket:versheid')}?lijst={naam}")
    diensten = Dienst.objects.na_te_kijken(straks()).filter(LIJSTEN[naam][1](request.user))
    pagina = Paginator(diensten.select_related("eigenaar", "team__bestuur", "bestuur"), PER_PAGINA).get_page(
        request.GET.get("pagina")
    )
    return render(
        request,
        "loket/versheid.html",
        {
            "pagina": pagina,
            "lijst": naam,
            "titel": LIJSTEN[naam][0],
            "lijsten": [(code, wat, tellingen[code]) for code, (wat, _) in LIJSTEN.items()],
        },
    )


def _tellingen(gebruiker):
    """How many are overdue in each list: one query."""
    per_lijst = {f"aantal_{code}": Count("pk", filter=van(gebruiker)) for code, (_, van) in LIJSTEN.items()}
    gevonden = Dienst.objects.na_te_kijken(timezone.localdate()).order_by().aggregate(**per_lijst)
    return {code: gevonden[f"aantal_{code}"] for code in LIJSTEN}


def _klopt_nog(request):
    """The row whose button was pressed, or all that are ticked."""
    gekozen = [request.POST["een"]] if "een" in request.POST else request.POST.getlist("dienst")[:MEEST]
    pks = [int(pk) for pk in gekozen if pk.isascii() and pk.isdecimal() and len(pk) < 10]
    aantal = kijk_na(diensten=Dienst.objects.gepubliceerd().filter(pk__in=pks), door=request.user)
    if aantal:
        wat = "1 dienst is" if aantal == 1 else f"{aantal} diensten zijn"
        messages.success(request, f"{wat} nagekeken.")
    else:
        messages.warning(request, "Kruis eerst aan welke teksten nog kloppen.")
