"""One input on a page of its own, supporting it, and reporting it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.melding import meld
from participatie.acties.steun import neem_steun_terug, steun
from participatie.forms.melding import MeldingFormulier
from participatie.models import Inbreng, Mandaat, Steun
from participatie.staat import MagNiet
from participatie.views.rondes import toestanden
from sociaalhuis import begrenzing


def openbaar_of_404(pk):
    """An input that anyone may know of, hidden ones too, in a round that anyone may read."""
    inbreng = get_object_or_404(Inbreng.objects.in_de_lijst().voor_lijst(), pk=pk)
    if not type(inbreng.ronde).objects.openbaar().filter(pk=inbreng.ronde_id).exists():
        raise Http404
    return inbreng


@require_safe
def inbreng(request, pk):
    """The words, what they were about, who stands behind them, the answer, and the standpoints that went before."""
    inbreng = openbaar_of_404(pk)
    vroeger = Inbreng.objects.none()
    if inbreng.standpunt:
        vroeger = Inbreng.objects.filter(
            ronde=inbreng.ronde_id,
            organisatie=inbreng.organisatie_id,
            onderdeel=inbreng.onderdeel_id,
            staat=Inbreng.Staat.VERVANGEN,
        ).order_by("-ingediend_op", "-pk")
    return render(
        request,
        "participatie/inbreng.html",
        {
            "inbreng": toestanden([inbreng])[0],
            "ronde": inbreng.ronde,
            "vroeger": vroeger.defer("email"),
            "aanvullingen": toestanden(
                inbreng.aanvullingen.openbaar().voor_lijst().order_by("ingediend_op") if inbreng.is_zichtbaar else []
            ),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def steunen(request, pk):
    """Stand behind this input: an organisation by name, and takes it back here too; anyone else as a number."""
    inbreng = openbaar_of_404(pk)
    if not inbreng.is_zichtbaar:
        raise Http404
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
        return redirect("participatie:steunen", pk)
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
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def melden(request, pk):
    """Say that this input should not stand there. Without an account, and nothing is kept of who says it."""
    inbreng = openbaar_of_404(pk)
    if not inbreng.is_zichtbaar:
        raise Http404
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
