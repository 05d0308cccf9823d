"""Organisations: who is recognised, how to apply, how far an application is, and the corner of a representative."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.aanmelding import meld_aan
from participatie.forms.aanmelding import AanmeldingFormulier
from participatie.models import Aanmelding, Inbreng, Mandaat, Ronde
from participatie.staat import MagNiet
from sociaalhuis.inzending import sleutel_klopt
from sociaalhuis.models import Organisatie
from sociaalhuis.rollen import ORGANISATIELID, heeft_rol


@require_safe
def lijst(request):
    organisaties = Organisatie.objects.erkend().prefetch_related("themas")
    return render(request, "participatie/organisaties.html", {"organisaties": organisaties})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def aanmelden(request):
    form = AanmeldingFormulier(request.POST or None)
    if request.method == "POST":
        eerder = Aanmelding.objects.filter(inzending=form.inzending).first()
        if eerder:
            return redirect(eerder.url)
        if form.is_valid():
            try:
                return redirect(meld_aan(**form.gegevens, inzending=form.inzending, teken=form.teken).url)
            except MagNiet as fout:
                form.add_error("ondernemingsnummer", str(fout))
    return render(request, "participatie/aanmelden.html", {"form": form})


@never_cache
@require_safe
def volgen(request, referentie, sleutel):
    if not sleutel_klopt("aanmelding", referentie, sleutel):
        raise Http404
    aanmelding = get_object_or_404(
        Aanmelding.objects.defer("contact_naam", "contact_email", "contact_telefoon"), referentie=referentie
    )
    return render(request, "participatie/volgen.html", {"aanmelding": aanmelding})


@never_cache
@require_safe
@login_required
def mijn(request):
    if not heeft_rol(request.user, ORGANISATIELID):
        raise Http404
    mandaten = list(Mandaat.objects.van_gebruiker(request.user))
    organisaties = [mandaat.organisatie for mandaat in mandaten]
    inbrengen = (
        Inbreng.objects.zichtbaar_voor(request.user)
        .filter(organisatie__in=organisaties)
        .voor_lijst()
        .order_by("-ingediend_op")
    )
    return render(
        request,
        "participatie/mijn.html",
        {
            "mandaten": mandaten,
            "rondes": Ronde.objects.open().order_by("sluit_op") if mandaten else [],
            "inbrengen": inbrengen,
        },
    )


@never_cache
@require_safe
@login_required
def mijn_inbreng(request, referentie):
    """One input of an own organisation. Somebody else's is not there."""
    inbreng = get_object_or_404(
        Inbreng.objects.zichtbaar_voor(request.user).exclude(organisatie=None).voor_lijst(), referentie=referentie
    )
    return render(request, "participatie/mijn_inbreng.html", {"inbreng": inbreng})
