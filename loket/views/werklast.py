"""What the head of a team sees: who has how much in hand, and what nobody opened."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.forms.werkbank import collegas_van
from loket.models import Vraag
from loket.views.werkbank import zijkant
from loket.werkbank.werklast import werklast
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE
from sociaalhuis.toegang import alleen_rol


@require_safe
@never_cache
@alleen_rol(TEAMVERANTWOORDELIJKE)
def toon(request):
    teams = request.user.eigen_teams
    rijen = werklast(Vraag.objects.in_de_bak_van(request.user), collegas_van(teams))
    context = {"rijen": rijen, "teams": teams, "hier": "werklast", **zijkant(request.user)}
    return render(request, "loket/werkbank_werklast.html", context)
