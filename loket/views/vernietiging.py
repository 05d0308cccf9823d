"""Destroying on time, for the one who watches over it: the rules at work, the lists, approving one. No case content."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket.acties.vernietiging import keur_goed
from loket.models import Bewaarregel, Bewaarstop, MagNiet, Vernietigingslijst, Vernietigingszaak, Vraag
from loket.models.staat import DICHT, WACHT_OP_REACTIE, WEG
from sociaalhuis.bewaren import SOORTEN
from sociaalhuis.models import Vernietigingsbewijs
from sociaalhuis.rollen import TOEZICHTHOUDER
from sociaalhuis.toegang import alleen_rol

MEEST = 100


@require_safe
@never_cache
@alleen_rol(TOEZICHTHOUDER)
def lijsten(request):
    """The lists, newest first, with what goes wrong or is forgotten on top."""
    regels = list(Bewaarregel.objects.select_related("thema"))
    past = Q(pk__in=[])
    for regel in regels:
        past |= regel.past()
    return render(
        request,
        "loket/vernietiging.html",
        {
            "lijsten": met_tellingen(Vernietigingslijst.objects.all())[:MEEST],
            "regels": regels,
            "zonder_regel": Vraag.objects.filter(staat__in=[DICHT, WEG]).exclude(past).count(),
            "nooit_gesloten": Vraag.objects.filter(staat__in=WACHT_OP_REACTIE).count(),
            "stops": Bewaarstop.objects.geldig().count(),
            "soorten": SOORTEN.values(),
            "bewijzen": Vernietigingsbewijs.objects.all()[:MEEST],
            "mislukt": Vernietigingszaak.objects.exclude(fout="").count(),
        },
    )


def met_tellingen(lijsten):
    """With how many cases still have to go, per list."""
    return lijsten.select_related("bestuur", "goedgekeurd_door").annotate(
        over=Count("regels__zaken"), mislukt=Count("regels__zaken", filter=~Q(regels__zaken__fout=""))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@alleen_rol(TOEZICHTHOUDER)
def lijst(request, pk):
    """One list: what will go or went, per category; a post approves it."""
    gekozen = get_object_or_404(met_tellingen(Vernietigingslijst.objects.all()), pk=pk)
    if request.method == "POST":
        try:
            keur_goed(lijst=gekozen, door=request.user)
        except MagNiet as fout:
            messages.warning(request, str(fout))
        else:
            messages.success(request, "De lijst is goedgekeurd. Wat erop staat, wordt nu gewist.")
        return redirect("loket:vernietigingslijst", pk=pk)
    zaken = Vernietigingszaak.objects.filter(regel__lijst=gekozen).select_related("regel", "vraag__team")
    return render(
        request,
        "loket/vernietigingslijst.html",
        {
            "lijst": gekozen,
            "regels": gekozen.regels.all(),
            "zaken": zaken.defer(*(f"vraag__{veld}" for veld in ("tekst", "naam", "email", "telefoon", "adres")))[
                :MEEST
            ],
        },
    )
