"""LPDC for who keeps the catalogue: which services differ, what differs per field, and what cannot go out yet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Func, IntegerField
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket.acties.lpdcuit import laatste_versies, uitgaand
from loket.acties.lpdcverschil import Verschoven, beslis
from loket.forms.lpdc import VerschilForm
from loket.lpdc.leesbaar import in_woorden, naam_van, verschil
from loket.lpdc.vergelijk import onze_waarden
from loket.models import Dienst, MagNiet
from sociaalhuis.rollen import BEHEERDER, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE
from sociaalhuis.toegang import alleen_rol

PER_PAGINA = 25
wie_de_catalogus_bijhoudt = alleen_rol(LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, BEHEERDER)


def met_verschil():
    """Services on which LPDC and we differ, the most fields first."""
    aantal = Func(
        F("bron_verschil"),
        template="(SELECT count(*) FROM jsonb_object_keys(%(expressions)s))",
        output_field=IntegerField(),
    )
    return Dienst.objects.exclude(bron_verschil={}).annotate(velden=aantal).order_by("-velden", "titel", "pk")


@require_safe
@never_cache
@wie_de_catalogus_bijhoudt
def verschillen(request):
    pagina = Paginator(met_verschil().select_related("bestuur"), PER_PAGINA).get_page(request.GET.get("pagina"))
    pagina.bladwijzers = pagina.paginator.get_elided_page_range(pagina.number)
    for dienst in pagina.object_list:
        dienst.namen = [naam_van(veld).lower() for veld in dienst.bron_verschil]
    return render(request, "loket/lpdc.html", {"pagina": pagina})


@require_safe
@never_cache
@wie_de_catalogus_bijhoudt
def naar_lpdc(request):
    """What goes out to LPDC, and what each of the others lacks."""
    tekort = [(dienst, mist) for dienst, _, mist in uitgaand() if mist]
    uit = [versie for versie in laatste_versies().values() if not versie.gearchiveerd]
    laatste = max((versie.gemaakt_op for versie in uit), default=None)
    return render(
        request,
        "loket/lpdc_uit.html",
        {"tekort": tekort, "aantal": len(uit), "laatste": laatste, "adres": reverse("loket:ldes")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@wie_de_catalogus_bijhoudt
def dienst_verschil(request, slug):
    """Per field: ours, theirs and what theirs was when we took it over. A post decides."""
    dienst = get_object_or_404(Dienst.objects.select_related("bestuur"), slug=slug)
    form = VerschilForm(request.POST or None, dienst=dienst)
    if request.method == "POST" and form.is_valid():
        try:
            dienst = beslis(dienst=dienst, keuzes=form.keuzes, stand=form.cleaned_data["stand"], door=request.user)
        except (Verschoven, MagNiet) as fout:
            dienst.refresh_from_db()
            form = VerschilForm(dienst=dienst)
            return toon(request, dienst, form, fout=str(fout), status=409)
        messages.success(request, f"Bewaard: {len(form.keuzes)} {'veld' if len(form.keuzes) == 1 else 'velden'}.")
        return redirect(request.path if dienst.bron_verschil else "loket:lpdc")
    return toon(request, dienst, form, status=422 if form.is_bound else 200)


def toon(request, dienst, form, *, fout="", status=200):
    ons = onze_waarden(dienst)
    velden = []
    for naam, hun in dienst.bron_verschil.items():
        onze, hunne = in_woorden(naam, ons[naam]), in_woorden(naam, hun)
        basis = in_woorden(naam, dienst.bron_basis[naam]) if naam in dienst.bron_basis else ""
        velden.append(
            {
                "code": naam,
                "naam": naam_van(naam),
                "ons": onze,
                "basis": basis,
                "verschil": verschil(onze, hunne),
                "keuze": form[f"veld_{naam}"],
            }
        )
    return render(
        request,
        "loket/lpdc_dienst.html",
        {"dienst": dienst, "form": form, "velden": velden, "fout": fout},
        status=status,
    )
