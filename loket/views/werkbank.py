"""The desk: lists of questions, and taking one down at the counter or on the phone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket import werklijst
from loket.acties import behandeling
from loket.acties.vraag import stel_vraag
from loket.forms.vraag import IntakeForm
from loket.models import Vraag
from loket.views.vraag import toon_ontvangst
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE
from sociaalhuis.toegang import alleen_rol

PER_PAGINA = 25
aan_de_balie = alleen_rol(LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE)


@require_safe
@never_cache
@aan_de_balie
def werkbank(request):
    """One list of the desk, filtered; or what a search by reference finds."""
    vragen = Vraag.objects.zichtbaar_voor(request.user)
    naam = request.GET.get("lijst", "")
    naam = naam if naam in werklijst.LIJSTEN else werklijst.STANDAARD
    referentie = request.GET.get("q", "")[:20].replace("\x00", "").strip()
    gekozen = (
        werklijst.zoek_referentie(vragen, referentie) if referentie else werklijst.lijst(vragen, naam, request.user)
    )
    filter_ = werklijst.VraagFilter(request.GET, queryset=gekozen.zonder_inhoud())
    pagina = Paginator(filter_.qs, PER_PAGINA).get_page(request.GET.get("pagina"))
    pagina.bladwijzers = pagina.paginator.get_elided_page_range(pagina.number)
    tellingen = vragen.tellingen(request.user)
    return render(
        request,
        "loket/werkbank.html",
        {
            "pagina": pagina,
            "filter": filter_,
            "lijst": "" if referentie else naam,
            "titel": f"Referentie {referentie}" if referentie else werklijst.LIJSTEN[naam][0],
            "q": referentie,
            "lijsten": lijsten_met(tellingen),
        },
    )


def lijsten_met(tellingen):
    """The lists for the left side, grouped: [(title of the group, [(code, name, number)])]."""
    groepen = {}
    for code, (naam, groep, _) in werklijst.LIJSTEN.items():
        groepen.setdefault(groep, []).append((code, naam, tellingen[code]))
    return list(groepen.items())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@aan_de_balie
def intake(request):
    """Takes down a question that came in another way; shows its receipt, to print and hand over."""
    form = IntakeForm(request.POST or None, request.FILES or None, door=request.user)
    if request.method == "POST" and form.is_valid():
        ontvangst = neem_op(form, request.user)
        messages.success(request, f"Vraag {ontvangst.vraag.referentie} is bewaard.")
        return toon_ontvangst(request, ontvangst, form.cleaned_data["tekst"], medewerker=True)
    return render(request, "loket/werkbank_intake.html", {"form": form})


@transaction.atomic
def neem_op(form, door):
    """Registers what the form holds and does at once what was chosen. The same post again changes nothing."""
    ontvangst = stel_vraag(door=door, **form.inhoud())
    if ontvangst.nieuw and form.cleaned_data["daarna"] != IntakeForm.TEAM:
        behandeling.neem(vraag=ontvangst.vraag, door=door)
        if form.cleaned_data["daarna"] == IntakeForm.KLAAR:
            behandeling.sluit_af(vraag=ontvangst.vraag, resultaat=form.cleaned_data["resultaat"], door=door)
    return ontvangst


def naar_lijst(naam=werklijst.STANDAARD):
    return redirect(f"{reverse('loket:werkbank')}?lijst={naam}")
