"""The page of one input, supporting it, and reporting it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.melding import meld
from participatie.acties.steun import neem_steun_terug, steun
from participatie.forms.melding import MeldingFormulier
from participatie.mag import Handeling, mag, waarom_niet
from participatie.models import Inbreng, Mandaat, Ronde, Steun
from participatie.staat import MagNiet
from participatie.verhaal import opvolger, toestanden, verhaal_van
from sociaalhuis import begrenzing


def openbaar():
    """The inputs that anyone may know of, hidden ones too, in rounds that anyone may read."""
    return Inbreng.objects.in_de_lijst().filter(ronde__in=Ronde.objects.openbaar())


def zichtbaar_of_404(referentie):
    return get_object_or_404(openbaar().openbaar().voor_lijst(), referentie=referentie)


@require_safe
def inbreng(request, referentie):
    """The one page of an input: what was said, what became of it, the answer, and what it changed in the plan.

    The address of what was replaced leads to what took its place.
    """
    inbreng = openbaar().voor_lijst().select_related("ronde__plan").filter(referentie=referentie).first()
    if inbreng is None:
        nieuw = opvolger(referentie)
        return redirect(get_object_or_404(openbaar(), pk=nieuw.pk if nieuw else None))
    kan_steunen = mag(Handeling.STEUNEN, ronde=inbreng.ronde)
    return render(request, "participatie/inbreng.html", {**verhaal_van(inbreng), "kan_steunen": kan_steunen})


@require_safe
def nummer(request, pk):
    """The address with a number, from before every input had one page."""
    return redirect(get_object_or_404(openbaar().only("referentie"), pk=pk), permanent=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def steunen(request, referentie):
    """Stand behind this input: an organisation by name, and takes it back here too; anyone else as a number."""
    inbreng = zichtbaar_of_404(referentie)
    organisaties = {
        str(mandaat.organisatie_id): mandaat.organisatie for mandaat in Mandaat.objects.van_gebruiker(request.user)
    }
    if request.method == "POST":
        organisatie = organisaties.get(request.POST.get("organisatie", ""))
        wie = {"organisatie": organisatie, "door": request.user} if organisatie else {}
        if organisaties and not organisatie:
            raise Http404
        try:
            if request.POST.get("doe") == "terug" and organisatie:
                neem_steun_terug(inbreng=inbreng, **wie)
                messages.success(request, "Jullie steun staat er niet meer bij.")
            else:
                steun(inbreng=inbreng, bezoeker=begrenzing.adres(request), **wie)
                messages.success(request, "Dank je. Je steun is geteld.")
        except MagNiet as fout:
            messages.error(request, str(fout))
        return redirect("participatie:steunen", referentie)
    gaven = set(
        Steun.objects.nu().filter(inbreng=inbreng, organisatie__in=organisaties).values_list("organisatie", flat=True)
    )
    return render(
        request,
        "participatie/steunen.html",
        {
            "inbreng": toestanden([inbreng])[0],
            "ronde": inbreng.ronde,
            "organisaties": [
                (organisatie, organisatie.pk in gaven)
                for organisatie in organisaties.values()
                if organisatie.pk != inbreng.organisatie_id
            ],
            "eigen": str(inbreng.organisatie_id) in organisaties,
            "als_inwoner": not organisaties,
            "kan_steunen": mag(Handeling.STEUNEN, ronde=inbreng.ronde, gebruiker=request.user),
            "waarom_niet": waarom_niet(Handeling.STEUNEN, inbreng.ronde),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def melden(request, referentie):
    """Say that this input should not stand there. Without an account, and nothing is kept of who says it."""
    inbreng = zichtbaar_of_404(referentie)
    form = MeldingFormulier(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meld(
                inbreng=inbreng,
                waarom=form.cleaned_data["waarom"],
                toelichting=form.cleaned_data["toelichting"],
                bezoeker=begrenzing.adres(request),
                inzending=form.inzending,
                teken=form.teken,
            )
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            return render(request, "participatie/gemeld.html", {"inbreng": inbreng, "ronde": inbreng.ronde})
    return render(request, "participatie/melden.html", {"inbreng": inbreng, "ronde": inbreng.ronde, "form": form})
