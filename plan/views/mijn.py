"""What an organisation does in the plan, for who speaks for it: confirm, change, or withdraw."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plan.acties.partners import bevestig, trek_terug
from plan.forms.partners import BevestigForm, StopForm
from plan.models import Partnerschap
from sociaalhuis.toegang import als_vertegenwoordiger, kies_organisatie

VOLGORDE = [Partnerschap.Staat.GEVRAAGD, Partnerschap.Staat.BEVESTIGD, Partnerschap.Staat.TERUGGETROKKEN]


@require_safe
@als_vertegenwoordiger
def overzicht(request, organisaties):
    """Every action that names this organisation: what waits for an answer first. A choice when there are more."""
    if len(organisaties) > 1:
        return kies_organisatie(request, organisaties, "plan")
    rijen = (
        Partnerschap.objects.filter(organisatie__in=organisaties, onderdeel__plan__staat__in=["ontwerp", "openbaar"])
        .select_related("onderdeel__plan", "organisatie")
        .order_by("onderdeel__plan", "onderdeel__volgorde", "onderdeel__code")
    )
    rijen = sorted(rijen, key=lambda rij: VOLGORDE.index(rij.staat))
    return render(
        request,
        "plan/mijn/overzicht.html",
        {
            "organisaties": organisaties,
            "gevraagd": [rij for rij in rijen if rij.staat == Partnerschap.Staat.GEVRAAGD],
            "andere": [rij for rij in rijen if rij.staat != Partnerschap.Staat.GEVRAAGD],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@als_vertegenwoordiger
def deel(request, organisaties, nummer):
    """One part in one action, with a form to confirm it and one to withdraw; the button says which was sent."""
    rij = get_object_or_404(
        Partnerschap.objects.filter(organisatie__in=organisaties).select_related("onderdeel__plan", "organisatie"),
        pk=nummer,
    )
    stopt = request.POST.get("stap") == "stop"
    begin = {"wat": rij.wat, "tot": rij.tot}
    form = BevestigForm(request.POST if request.method == "POST" and not stopt else None, initial=begin)
    stopform = StopForm(request.POST if stopt else None)
    gestuurd = stopform if stopt else form
    if request.method == "POST" and gestuurd.is_valid():
        try:
            if stopt:
                trek_terug(partnerschap=rij, door=request.user, **stopform.cleaned_data)
                messages.success(request, "Jullie doen niet meer mee aan deze actie. De coördinator ziet waarom.")
            else:
                bevestig(partnerschap=rij, door=request.user, **form.cleaned_data)
                messages.success(request, "Bedankt. Jullie deel staat in het plan.")
            return redirect("plan:mijn_voor", rij.organisatie.code)
        except ValidationError as fout:
            gestuurd.add_error(None, fout)
    status = 422 if request.method == "POST" else 200
    inhoud = {"rij": rij, "form": form, "stopform": stopform, "gestuurd": gestuurd}
    return render(request, "plan/mijn/deel.html", inhoud, status=status)
