"""The routing rules: their order, editing one, and trying a change out before it counts."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.acties.verdeling import GeenTeam, zet_volgorde
from loket.forms.verdeelontwerp import Ontwerp
from loket.forms.verdeling import RegelForm
from loket.models import Verdeelregel
from loket.views.werkbank import zijkant
from loket.werkbank.verdeelproef import HOEVEEL, bezwaren, proef
from sociaalhuis.rollen import BEHEERDER, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, heeft_rol
from sociaalhuis.toegang import alleen_rol

mag_verdelen = alleen_rol(TEAMVERANTWOORDELIJKE, BEHEERDER)


def naast(request):
    """The lists on the left, for who also works at the desk."""
    aan_de_balie = heeft_rol(request.user, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE)
    return {"hier": "verdeling", **(zijkant(request.user) if aan_de_balie else {})}


@require_safe
@never_cache
@mag_verdelen
def verdeling(request):
    regels = Verdeelregel.objects.op_volgorde()
    waarom = bezwaren(regels)
    rijen = [(regel, waarom.get(regel.pk, "")) for regel in regels]
    rest = next((regel for regel in regels if regel.is_rest), None)
    return render(request, "loket/verdeling.html", {"rijen": rijen, "rest": rest, **naast(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag_verdelen
def regel(request, pk=None):
    """One rule, or a new one. "Probeer eerst" shows what would go elsewhere and changes nothing."""
    bestaand = get_object_or_404(Verdeelregel, pk=pk) if pk else None
    form = RegelForm(request.POST or None, instance=bestaand or Verdeelregel())
    uitslag = None
    if request.method == "POST" and form.is_valid():
        if "probeer" in request.POST:
            uitslag = probeer(form.instance, request.user)
        else:
            nieuw = form.save()
            if bestaand is None and not nieuw.is_rest:
                zet_volgorde(regel=nieuw, plaats=Verdeelregel.objects.count())
            messages.success(request, f"De regel is bewaard: {nieuw}.")
            return redirect("loket:verdeling")
    context = {"form": form, "regel": bestaand, "uitslag": uitslag, "hoeveel": HOEVEEL, **naast(request)}
    return render(request, "loket/verdeling_regel.html", context)


@transaction.atomic
def probeer(gewijzigd, door):
    """The try-out of all rules with this one as it is in the form; see `vergelijk`."""
    nu = Verdeelregel.objects.op_volgorde()
    straks = [regel for regel in nu if regel.pk != gewijzigd.pk]
    plaats = next((n for n, regel in enumerate(nu) if regel.pk == gewijzigd.pk), None)
    if plaats is None:
        plaats = sum(not regel.is_rest for regel in nu)
    straks.insert(plaats, gewijzigd)
    return vergelijk(straks, door)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag_verdelen
def ontwerp(request):
    """Several rules at once: try the draft on past questions, then apply all of it or leave."""
    formulieren = Ontwerp(request.POST or None)
    uitslag = None
    if request.method == "POST" and formulieren.is_valid():
        if "probeer" in request.POST:
            uitslag = vergelijk(formulieren.straks(), request.user)
        elif formulieren.pas_toe():
            messages.success(request, "De regels zijn veranderd, allemaal samen.")
            return redirect("loket:verdeling")
    context = {"formulieren": formulieren, "uitslag": uitslag, "hoeveel": HOEVEEL, **naast(request)}
    status = 409 if formulieren.is_bound and formulieren.non_form_errors() else 200
    return render(request, "loket/verdeling_ontwerp.html", context, status=status)


@transaction.atomic
def vergelijk(straks, door):
    """The try-out of a whole set beside the rules of now. None when no team could answer anything."""
    nu = Verdeelregel.objects.op_volgorde()
    try:
        return proef(nu=[r for r in nu if r.actief], straks=[r for r in straks if r.actief], door=door)
    except GeenTeam:
        return None


@require_POST
@never_cache
@mag_verdelen
def verplaats(request, pk, kant):
    """One place up or down."""
    regels = [regel for regel in Verdeelregel.objects.op_volgorde() if not regel.is_rest]
    plaats = next((n for n, regel in enumerate(regels, start=1) if regel.pk == pk), None)
    if plaats is None or kant not in ("op", "neer"):
        raise Http404
    zet_volgorde(regel=regels[plaats - 1], plaats=plaats + (1 if kant == "neer" else -1))
    messages.success(request, "De volgorde is veranderd.")
    return redirect("loket:verdeling")


@require_POST
@never_cache
@mag_verdelen
def wis(request, pk):
    """Throws a rule away. The one for the rest stays: nothing falls through."""
    regel = get_object_or_404(Verdeelregel, pk=pk)
    if regel.is_rest:
        messages.error(request, "De regel voor alle andere vragen blijft. Geef hem een ander team als dat nodig is.")
    else:
        regel.delete()
        messages.success(request, "De regel is weg.")
    return redirect("loket:verdeling")
