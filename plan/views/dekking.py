"""Whom we reach: the coverage matrix, one cell of it, its files, and for staff the gaps and who accepted them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from plan.acties.leemten import aanvaard, trek_in
from plan.dekking import Dekking
from plan.dekkingsblad import als_verslag
from plan.forms.leemte import LeemteForm
from plan.meten import gemeten
from plan.models import Actie, Indicator
from plan.views.deur import plan_of_404
from sociaalhuis.download import download
from sociaalhuis.models import Doelgroep, Gebied, Thema
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER
from sociaalhuis.toegang import alleen_rol
from sociaalhuis.verslag.rekenblad import SOORT_CSV, SOORT_XLSX, als_csv, als_xlsx


@require_safe
def matrix(request, plan):
    """Per theme and group what there is, in one area or anywhere; the empty cells are the gaps."""
    dekking = Dekking(plan_of_404(request, plan))
    gekozen = dekking.gebied(request.GET.get("gebied"))
    rijen = dekking.vakken(gekozen)
    vakken = [vak for _, rij in rijen for vak in rij]
    return render(
        request,
        "plan/matrix.html",
        {
            "plan": dekking.plan,
            "dekking": dekking,
            "rijen": rijen,
            "gekozen": gekozen,
            "gaten": sum(vak.is_gat for vak in vakken),
            "aanvaard": sum(vak.is_aanvaard for vak in vakken),
        },
    )


def vak_of_404(dekking, thema, doelgroep, gebied):
    """One cell by the codes in an address; an unknown area counts as no choice."""
    for een, vakken in dekking.vakken(dekking.gebied(gebied)):
        for vak in vakken:
            if (een.code, vak.doelgroep.code) == (thema, doelgroep):
                return vak
    raise Http404


@require_safe
def vak(request, plan, thema, doelgroep):
    """The actions of one cell, their money and their indicators; of an empty one why it is empty."""
    dekking = Dekking(plan_of_404(request, plan))
    vak = vak_of_404(dekking, thema, doelgroep, request.GET.get("gebied"))
    sleutels = {sleutel for actie in dekking.acties if actie.pk in set(vak.acties) for sleutel in actie.indicatoren}
    return render(
        request,
        "plan/vak.html",
        {
            "plan": dekking.plan,
            "vak": vak,
            "acties": Actie.objects.filter(pk__in=vak.acties).voor_lijst().in_volgorde(),
            "stukken": gemeten(Indicator.objects.filter(pk__in=sleutels).select_related("plan")),
        },
    )


def _bestand(request, plan, soort):
    dekking = Dekking(plan_of_404(request, plan))
    verslag = als_verslag(dekking, dekking.gebied(request.GET.get("gebied")))
    inhoud, mime = (als_xlsx(verslag), SOORT_XLSX) if soort == "xlsx" else (als_csv(verslag.tabellen[0]), SOORT_CSV)
    return download(inhoud, mime, f"{verslag.naam}.{soort}")


@require_safe
def xlsx(request, plan):
    return _bestand(request, plan, "xlsx")


@require_safe
def csv(request, plan):
    return _bestand(request, plan, "csv")


# --- for who works on the plan ---------------------------------------------------------------------

werkt_aan_plan = alleen_rol(PLANMEDEWERKER, COORDINATOR)


@require_safe
@never_cache
@werkt_aan_plan
def leemten(request, plan):
    """The work list: every gap, what was accepted, and what is accepted no more."""
    dekking = Dekking(plan_of_404(request, plan))
    gebied = dekking.gebied(request.GET.get("gebied"))
    vakken = [vak for _, rij in dekking.vakken(gebied) for vak in rij]
    gaten = [vak for vak in vakken if vak.is_gat]
    return render(
        request,
        "plan/leemten.html",
        {
            "plan": dekking.plan,
            "dekking": dekking,
            "gekozen": gebied,
            "verlopen": [vak for vak in gaten if vak.leemte],
            "per_thema": [(thema, open_) for thema in dekking.themas if (open_ := [v for v in gaten if v.thema == thema and not v.leemte])],
            "aanvaard": [vak for vak in vakken if vak.is_aanvaard],
            "gaten": len(gaten),
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@werkt_aan_plan
def leemte(request, plan, thema, doelgroep):
    """Accepting one empty cell, or taking that back. Only the coordinator."""
    if not request.user.has_perm("plan.add_leemte"):
        raise PermissionDenied
    dekking = Dekking(plan_of_404(request, plan))
    vak = vak_of_404(dekking, thema, doelgroep, request.GET.get("gebied"))
    eigen = vak.leemte if vak.leemte and vak.leemte.gebied_id == (vak.gebied.pk if vak.gebied else None) else None
    begin = {"reden": eigen.reden, "namens": eigen.namens, "tot": eigen.tot} if eigen else None
    weg = request.POST.get("stap") == "trek_in"
    form = LeemteForm(request.POST if request.method == "POST" and not weg else None, initial=begin)
    if weg and eigen:
        trek_in(leemte=eigen, door=request.user)
        messages.success(request, f"{vak.thema}, {vak.doelgroep}: dit staat weer bij de gaten.")
        return redirect("plan:leemten", plan)
    if request.method == "POST" and form.is_valid():
        if not vak.is_leeg:
            form.add_error(None, "Dit vak is ondertussen niet meer leeg. Er is niets te aanvaarden.")
        elif _aanvaard(request, dekking.plan, vak, form):
            return redirect("plan:leemten", plan)
    inhoud = {"plan": dekking.plan, "vak": vak, "eigen": eigen, "form": form}
    return render(request, "plan/leemte.html", inhoud, status=422 if request.method == "POST" else 200)


def _aanvaard(request, plan, vak, form):
    """Accepts; False when that is refused."""
    try:
        aanvaard(
            plan=plan, door=request.user, thema=Thema.objects.get(pk=vak.thema.pk),
            doelgroep=Doelgroep.objects.get(pk=vak.doelgroep.pk),
            gebied=Gebied.objects.get(pk=vak.gebied.pk) if vak.gebied else None, **form.cleaned_data,
        )  # fmt: skip
    except ValidationError as fout:
        form.add_error(None, fout)
        return False
    messages.success(request, f"Aanvaard: {vak.thema}, {vak.doelgroep}.")
    return True
