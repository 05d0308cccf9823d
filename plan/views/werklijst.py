"""The work list of the plan: what asks for attention, and what one wants to follow."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plan import werklijst
from plan.acties.herinneren import kies_opvolging
from plan.acties.stand import rond_af
from plan.forms.opvolgen import KiesForm, OpvolgForm
from plan.models import Herinnering, Opvolgkeuze, Plan, Taak
from plan.models.redactie import delen_van, schrijft_zelf
from sociaalhuis.rollen import COORDINATOR, LOKETMEDEWERKER, PLANMEDEWERKER, REDACTEUR, TEAMVERANTWOORDELIJKE
from sociaalhuis.toegang import alleen_rol

PER_PAGINA = 25
LAATSTE = 20
Soort = Herinnering.Soort
# list -> its name
LIJSTEN = {
    "alles": "Wat aandacht vraagt",
    Soort.TE_LAAT: "Te laat",
    Soort.STRAKS: "Binnenkort",
    Soort.METING: "Meting nodig",
    Soort.OUD: "Niet bijgewerkt",
    Soort.ONVOLLEDIG: "Niet volledig",
    Soort.ZONDER_FEIT: "Zonder verantwoording",
}


def werkers(view):
    """View decorator: for who works on the plan or keeps a part of it up to date, and never kept. Else 404."""

    @wraps(view)
    @never_cache
    @alleen_rol(COORDINATOR, LOKETMEDEWERKER, PLANMEDEWERKER, REDACTEUR, TEAMVERANTWOORDELIJKE)
    def met_deel(request, *args, **kwargs):
        if not schrijft_zelf(request.user) and not delen_van(request.user).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return met_deel


@require_http_methods(["GET", "HEAD", "POST"])
@werkers
def lijst(request):
    """The parts of one plan that ask for something. A POST finishes the task whose button was pressed."""
    plannen = list(plannen_van(request.user))
    plan = next((plan for plan in plannen if plan.slug == request.GET.get("plan")), None)
    plan = plan or next(
        (plan for plan in plannen if plan.staat == Plan.Staat.OPENBAAR), plannen[0] if plannen else None
    )
    naam = request.GET.get("lijst") if request.GET.get("lijst") in LIJSTEN else "alles"
    keuze = Opvolgkeuze.objects.filter(gebruiker=request.user).first()
    eigen = keuze.trekkers if keuze else []
    form = KiesForm(request.GET, trekkers=werklijst.trekkers([plan]) if plan else [], eigen=eigen)
    if request.method == "POST":
        klaar(request)
        vraag = {"lijst": naam, "trekker": form.gekozen, "plan": plan.slug if plan else ""}
        return redirect(f"{reverse('plan:werklijst')}?{urlencode(vraag)}")
    kiest = {"": None, "mijn": set(eigen)}.get(form.gekozen, {form.gekozen})
    eigen_delen = eigen_van(request.user)
    alle = [
        rij
        for rij in (werklijst.rijen(plan) if plan else [])
        if (kiest is None or rij.deel.trekker in kiest) and (eigen_delen is None or rij.deel.pk in eigen_delen)
    ]
    tellingen = {code: len(van_lijst(alle, code)) for code in LIJSTEN}
    rijen = sorted(van_lijst(alle, naam), key=eerst)
    return render(
        request,
        "plan/werk/lijst.html",
        {
            "plan": plan,
            "plannen": plannen,
            "lijst": naam,
            "titel": LIJSTEN[naam],
            "lijsten": [
                (code, wat, tellingen[code]) for code, wat in LIJSTEN.items() if tellingen[code] or code != Soort.METING
            ],
            "form": form,
            "schrijft_zelf": eigen_delen is None,
            "pagina": Paginator(rijen, PER_PAGINA).get_page(request.GET.get("pagina")),
            "volledig": round(sum(rij.volledigheid.score for rij in alle) / len(alle)) if alle else None,
        },
    )


def van_lijst(rijen, naam):
    return [rij for rij in rijen if (rij.punten if naam == "alles" else rij.heeft(naam))]


def eerst(rij):
    """Late before soon before stale before the rest; the longest late first."""
    soorten = list(Soort)
    punt = min(rij.punten, key=lambda punt: soorten.index(punt.soort))
    return soorten.index(punt.soort), punt.dag or rij.deel.stand_op or LANG_GELEDEN


LANG_GELEDEN = Taak._meta.get_field("tegen").to_python("1900-01-01")


def plannen_van(gebruiker):
    """The plans that run or are prepared, of which this user keeps something up to date."""
    plannen = Plan.objects.exclude(staat=Plan.Staat.AFGELOPEN)
    return plannen if schrijft_zelf(gebruiker) else plannen.filter(pk__in=delen_van(gebruiker).values("plan"))


def eigen_van(gebruiker):
    """The keys of the parts that an editor keeps; None is all."""
    return None if schrijft_zelf(gebruiker) else set(delen_van(gebruiker).values_list("pk", flat=True))


def klaar(request):
    """Finishes the task that the button names; one that is not there (any more) says so."""
    pk = request.POST.get("klaar", "")
    taken = Taak.objects.filter(actie__in=delen_van(request.user))
    taak = taken.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() and len(pk) < 10 else None
    if taak is None:
        messages.warning(request, "Die taak is er niet meer.")
        return
    rond_af(taak=taak, door=request.user)
    messages.success(request, f"Klaar: {taak.titel}")


@require_http_methods(["GET", "HEAD", "POST"])
@werkers
def opvolgen(request):
    """What I follow, whether the weekly mail may come, and what I was reminded of."""
    keuze = Opvolgkeuze.objects.filter(gebruiker=request.user).first() or Opvolgkeuze()
    plannen = plannen_van(request.user)
    trekkers = sorted({*werklijst.trekkers(plannen), *keuze.trekkers}, key=str.lower)
    begin = {"trekkers": keuze.trekkers, "mail": keuze.mail}
    form = OpvolgForm(request.POST if request.method == "POST" else None, initial=begin, trekkers=trekkers)
    if request.method == "POST" and form.is_valid():
        kies_opvolging(door=request.user, **form.cleaned_data)
        messages.success(request, "Je keuze is bewaard.")
        return redirect("plan:werklijst")
    herinneringen = Herinnering.objects.filter(gebruiker=request.user).select_related("onderdeel")[:LAATSTE]
    status = 422 if form.errors else 200
    return render(request, "plan/werk/opvolgen.html", {"form": form, "herinneringen": herinneringen}, status=status)
