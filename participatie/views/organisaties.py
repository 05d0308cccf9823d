"""Organisations: who is recognised, how to apply, and how far an application is."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.aanmelding import meld_aan
from participatie.forms.aanmelding import AanmeldingFormulier
from participatie.models import Aanmelding
from participatie.staat import MagNiet
from sociaalhuis.inzending import sleutel_klopt
from sociaalhuis.models import Organisatie


@require_safe
def lijst(request):
    organisaties = Organisatie.objects.erkend().prefetch_related("themas")
    return render(request, "participatie/organisaties.html", {"organisaties": organisaties})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def aanmelden(request):
    return _formulier(request)


def _formulier(request, vorige=None):
    """The form of an application, or of the one that corrects `vorige`."""
    form = AanmeldingFormulier(request.POST or None, vorige=vorige)
    if request.method == "POST":
        eerder = Aanmelding.objects.filter(inzending=form.inzending).first()
        if eerder:
            return redirect(eerder.url)
        if form.is_valid():
            try:
                return redirect(meld_aan(**form.gegevens, inzending=form.inzending, teken=form.teken).url)
            except MagNiet as fout:
                form.add_error("ondernemingsnummer", str(fout))
    return render(request, "participatie/aanmelden.html", {"form": form, "vorige": vorige})


@never_cache
@require_safe
def volgen(request, referentie, sleutel):
    return render(request, "participatie/volgen.html", {"aanmelding": _eigen_aanmelding(referentie, sleutel)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opnieuw(request, referentie, sleutel):
    """A refused application, to correct and send again. What was corrected already leads to the newer one."""
    aanmelding = _eigen_aanmelding(referentie, sleutel)
    if not aanmelding.mag_opnieuw:
        return redirect(aanmelding.verbeterd.url if hasattr(aanmelding, "verbeterd") else aanmelding.url)
    return _formulier(request, aanmelding)


def _eigen_aanmelding(referentie, sleutel):
    """The application of this unguessable link, without its contact person."""
    if not sleutel_klopt("aanmelding", referentie, sleutel):
        raise Http404
    rijen = Aanmelding.objects.defer("contact_naam", "contact_email", "contact_telefoon")
    return get_object_or_404(rijen.select_related("dossiersleutel", "verbeterd"), referentie=referentie)
