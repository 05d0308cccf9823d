"""Emergency access: asking, deciding by a second person, stopping, and the list of all of it for oversight."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from loket.acties import noodtoegang as verbs
from loket.forms.noodtoegang import NoodtoegangForm
from loket.models import MagNiet, Noodtoegang, Vraag
from loket.models.vraagset import Toegang
from sociaalhuis import begrenzing
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, TOEZICHTHOUDER, heeft_rol
from sociaalhuis.toegang import alleen_rol

PER_PAGINA = 25
HOOGSTENS, PER = 5, timedelta(hours=1)
TE_VAAK = "Je vroeg dit al vijf keer in een uur. Bel de verantwoordelijke van het team."
AL_VAN_JOU = "Deze vraag kan je al lezen: ze is van jouw team of ze is met jouw team gedeeld."
GEVRAAGD = "Je aanvraag is verstuurd. Zodra een tweede persoon beslist, zie je het hier."
DADEN = {
    "ken-toe": (verbs.ken_toe, "De toegang is gegeven, voor een uur."),
    "weiger": (verbs.weiger, "De aanvraag is geweigerd."),
    "stop": (verbs.stop, "De toegang is gestopt."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@alleen_rol(LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, TOEZICHTHOUDER)
def noodtoegang(request):
    """Own requests and the form for one; what waits for a decision; what was decided."""
    mag_vragen = heeft_rol(request.user, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE)
    if request.method == "POST" and not mag_vragen:
        raise Http404
    form = NoodtoegangForm(request.POST or None) if mag_vragen else None
    if request.method == "POST" and form.is_valid() and vraag_aan(form, request.user):
        messages.success(request, GEVRAAGD)
        return redirect("loket:noodtoegang")
    alles = Noodtoegang.objects.zichtbaar_voor(request.user).met_lezingen()
    te_beslissen = list(alles.filter(pk__in=Noodtoegang.objects.te_beslissen_door(request.user).values("pk")))
    pagina = Paginator(alles.exclude(pk__in=[a.pk for a in te_beslissen]), PER_PAGINA).get_page(
        request.GET.get("pagina")
    )
    pagina.bladwijzers = pagina.paginator.get_elided_page_range(pagina.number)
    inhoud = {"form": form, "te_beslissen": te_beslissen, "pagina": pagina}
    return render(request, "loket/noodtoegang.html", inhoud)


def vraag_aan(form, door):
    """Keeps the request; False with an error on the form when it cannot be asked."""
    eigen = Vraag.objects.leesbaar_voor(door).exclude(toegang=Toegang.NOOD)
    if eigen.filter(referentie=form.cleaned_data["referentie"]).exists():
        form.add_error("referentie", AL_VAN_JOU)
    elif not begrenzing.telt(f"noodtoegang:{door.pk}", per=PER, hoogstens=HOOGSTENS):
        form.add_error(None, TE_VAAK)
    else:
        verbs.vraag_toegang(door=door, **form.cleaned_data)
    return not form.errors


@require_POST
@never_cache
@alleen_rol(LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, TOEZICHTHOUDER)
def beslis(request, pk, daad):
    """One decision. What is not yours to see is the same 404 as what does not exist."""
    aanvraag = get_object_or_404(Noodtoegang.objects.zichtbaar_voor(request.user), pk=pk)
    if daad not in DADEN:
        raise Http404
    verb, gelukt = DADEN[daad]
    try:
        verb(aanvraag=aanvraag, door=request.user)
    except MagNiet as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(request, gelukt)
    return redirect("loket:noodtoegang")
