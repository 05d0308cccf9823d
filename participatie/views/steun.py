"""Organisations that stand behind a plan: the public list, and writing or taking back in the corner."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.steun import trek_verklaring_in, verklaar_steun
from participatie.forms.steun import VerklaringFormulier
from participatie.models import Steunverklaring
from participatie.staat import MagNiet
from participatie.views.hoekje import toon, voor_organisatie
from plan.models import Plan


@require_safe
def steun(request):
    """Who stands behind a public plan, in their own words."""
    rijen = Steunverklaring.objects.nu().filter(plan__in=Plan.objects.openbaar(), organisatie__erkend_op__isnull=False)
    rijen = rijen.select_related("plan", "organisatie").order_by("-plan__beginjaar", "organisatie__naam")
    return render(request, "participatie/steun.html", {"verklaringen": rijen})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_organisatie
def mijn_steun(request, hoek):
    """The statement of this organisation about the plan of now: written, read, or taken back."""
    plan = Plan.objects.openbaar().order_by("-beginjaar").first()
    verklaring = Steunverklaring.objects.nu().filter(plan=plan, organisatie=hoek.organisatie).first()
    gestuurd = request.method == "POST" and request.POST.get("doe") != "terug"
    form = VerklaringFormulier(request.POST if gestuurd else None)
    hier = redirect("participatie:mijn_steun", hoek.organisatie.code)
    if request.POST.get("doe") == "terug":
        try:
            rijen = Steunverklaring.objects.zichtbaar_voor(request.user).filter(organisatie=hoek.organisatie)
            nummer = request.POST.get("verklaring", "")
            gekozen = get_object_or_404(rijen, pk=nummer if nummer.isdecimal() and len(nummer) < 10 else 0)
            trek_verklaring_in(verklaring=gekozen, door=request.user)
        except MagNiet as fout:
            messages.error(request, str(fout))
        else:
            messages.success(request, "Jullie steunverklaring staat niet meer online.")
        return hier
    if gestuurd and plan and form.is_valid():
        try:
            verklaar_steun(plan=plan, organisatie=hoek.organisatie, tekst=form.cleaned_data["tekst"], door=request.user)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "Dank je. Jullie steunverklaring staat online.")
            return hier
    return toon(request, "steun", hoek, "steun", plan=plan, verklaring=verklaring, form=form)
