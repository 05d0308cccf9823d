"""Personal remarks: in the corner of an organisation, those of the writer alone, and hiding by staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties import opmerking as acties
from participatie.forms.beheer import RedenFormulier
from participatie.forms.opmerking import OpmerkingFormulier
from participatie.models import Opmerking
from participatie.rechten import RONDEWERKERS
from participatie.staat import MagNiet
from participatie.views.beheer import probeer
from participatie.views.beheer import toon as toon_beheer
from participatie.views.hoekje import PER_PAGINA, toon, voor_organisatie
from sociaalhuis.rollen import ORGANISATIELID, heeft_rol
from sociaalhuis.toegang import alleen_rol


@require_http_methods(["GET", "HEAD", "POST"])
@voor_organisatie
def van_organisatie(request, hoek):
    """What those who speak for this organisation said in their own name, and the form to say something."""
    keuzes = acties.waarover(hoek.organisatie)
    form = OpmerkingFormulier(
        request.POST or None, keuzes=keuzes, naam=request.user.get_full_name(), over=request.GET.get("over", "")
    )
    if request.method == "POST" and form.is_valid():
        try:
            acties.schrijf(organisatie=hoek.organisatie, **form.inhoud, inzending=form.inzending, door=request.user)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "Je opmerking is bewaard.")
            return redirect("participatie:mijn_opmerkingen", hoek.organisatie.code)
    rijen = Opmerking.objects.zichtbaar_voor(request.user).filter(organisatie=hoek.organisatie).voor_lijst()
    pagina = Paginator(rijen.order_by("-op", "-pk"), PER_PAGINA).get_page(request.GET.get("pagina"))
    status = 422 if request.method == "POST" else 200
    return toon(
        request,
        "opmerkingen",
        hoek,
        "opmerkingen",
        status,
        pagina=pagina,
        form=form,
        kan=bool(keuzes) or status == 422,
        fout_in=form if form.errors else None,
    )


@never_cache
@require_safe
@login_required
def eigen(request):
    """All remarks of this user, for whichever organisation, also when the mandate is over."""
    if not heeft_rol(request.user, ORGANISATIELID):
        raise Http404
    rijen = Opmerking.objects.filter(door=request.user).voor_lijst().order_by("-op", "-pk")
    pagina = Paginator(rijen, PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "participatie/mijn_opmerkingen.html", {"pagina": pagina})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def een(request, pk):
    """One remark of this user: off the website, or erased. Somebody else's is not there."""
    opmerking = get_object_or_404(Opmerking.objects.filter(door=request.user).voor_lijst(), pk=pk)
    doe = request.POST.get("doe")
    if doe == "terug":
        acties.haal_van_website(opmerking=opmerking, door=request.user)
        messages.success(request, "Je opmerking staat niet meer op de website.")
        return redirect("participatie:mijn_opmerking", pk)
    if doe == "wis":
        acties.wis(opmerking=opmerking, door=request.user)
        messages.success(request, "Je opmerking is gewist.")
        return redirect("participatie:mijn_eigen_opmerkingen")
    return render(request, "participatie/mijn_opmerking.html", {"opmerking": opmerking})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def beheer(request, pk):
    """One remark for staff: where it belongs, and hiding or showing it for who may."""
    opmerking = get_object_or_404(Opmerking.objects.zichtbaar_voor(request.user).voor_lijst(), pk=pk)
    doe = request.POST.get("doe")
    form = RedenFormulier(
        request.POST if doe == "verberg" else None,
        label="Waarom tonen we dit niet?",
        uitleg="Wie dit schreef, leest deze reden, en ook de collega's.",
    )
    if doe == "toon":
        probeer(request, "De opmerking mag weer op de website.", acties.toon, opmerking=opmerking)
        return redirect("participatie:beheer_opmerking", pk)
    if doe == "verberg" and form.is_valid():
        reden = form.cleaned_data["reden"]
        probeer(request, "De opmerking staat niet op de website.", acties.verberg, opmerking=opmerking, reden=reden)
        return redirect("participatie:beheer_opmerking", pk)
    return toon_beheer(request, "opmerking", opmerking=opmerking, form=form)
