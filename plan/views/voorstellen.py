"""What editors propose: the list of what waits, and the page where the coordinator decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plan.acties.redactie import Ondertussen, beslis, merk_van, trek_in
from plan.forms.redactie import BesluitForm
from plan.models import Wijzigingsvoorstel
from plan.redactie.versie import wie_sinds
from plan.redactie.waarden import VELDEN, waarden
from plan.views.redactie import velden_van, wie_schrijft
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER
from sociaalhuis.toegang import alleen_rol

PER_BLAD = 25
KEUR = "plan.keur_wijzigingsvoorstel"


@require_safe
@never_cache
@alleen_rol(COORDINATOR, PLANMEDEWERKER)
def lijst(request):
    """What waits for the coordinator, the oldest first; or what was decided, the newest first."""
    klaar = request.GET.get("lijst") == "klaar"
    rijen = Wijzigingsvoorstel.objects.zichtbaar_voor(request.user)
    rijen = rijen.exclude(staat="wacht").order_by("-staat_op") if klaar else rijen.wachtend().order_by("gemaakt_op")
    rijen = rijen.select_related("onderdeel__plan", "onderdeel__niveau", "door", "beslist_door").prefetch_related(
        "velden"
    )
    blad = Paginator(rijen, PER_BLAD).get_page(request.GET.get("pagina"))
    for voorstel in blad:
        labels = VELDEN[voorstel.onderdeel.soort]
        voorstel.labels = [labels.get(rij.veld, rij.veld) for rij in voorstel.velden.all()]
    return render(request, "plan/redactie/voorstellen.html", {"pagina": blad, "klaar": klaar})


def _voorstel(request, nummer):
    voorstellen = Wijzigingsvoorstel.objects.zichtbaar_voor(request.user)
    return get_object_or_404(
        voorstellen.select_related("onderdeel__plan", "onderdeel__trekker_organisatie", "door", "beslist_door"),
        pk=nummer,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@wie_schrijft
def voorstel(request, nummer):
    """One proposal, field by field; with a choice per field for who decides."""
    voorstel = _voorstel(request, nummer)
    mag = request.user.has_perm(KEUR)
    if request.method == "POST":
        if not mag:
            raise PermissionDenied
        if voorstel.staat != Wijzigingsvoorstel.Staat.WACHT:
            messages.info(request, "Over dit voorstel is al beslist.")
            return redirect("plan:voorstellen")
    data = request.POST if request.method == "POST" else None
    velden, fout, status = _met_formulieren(voorstel, data), None, 200
    if data is not None:
        geldig = [deel["form"].is_valid() for deel in velden]  # all of them, so that each shows its errors
        status = 422
        if not all(geldig):
            fout = "Er is nog niets bewaard. Kijk na wat er bij de velden staat."
        else:
            try:
                return _beslist(request, voorstel, velden)
            except Ondertussen:
                voorstel = _voorstel(request, nummer)
                velden, status = _met_formulieren(voorstel, data), 409
                fout = (
                    "Er veranderde iets sinds jij deze pagina opende. Er is niets bewaard. Kijk na en beslis opnieuw."
                )
            except ValidationError as gevonden:
                fout = " ".join(gevonden.messages)
    inhoud = {"voorstel": voorstel, "deel": voorstel.onderdeel, "velden": velden, "fout": fout, "mag": mag}
    inhoud["gezien"] = merk_van(voorstel)
    inhoud["beslissen"] = mag and voorstel.staat == Wijzigingsvoorstel.Staat.WACHT
    inhoud["is_van_mij"] = voorstel.door_id == request.user.pk
    return render(request, "plan/redactie/voorstel.html", inhoud, status=status)


def _met_formulieren(voorstel, data):
    nu = waarden(voorstel.onderdeel)
    velden = velden_van(voorstel, nu)
    wie = wie_sinds(voorstel.onderdeel, voorstel.op_versie) if any(veld["botst"] for veld in velden) else {}
    for veld in velden:
        veld["form"] = BesluitForm(data, rij=veld["rij"], label=veld["label"])
        veld["wie"] = wie.get(veld["rij"].veld)
    return velden


def _beslist(request, voorstel, velden):
    besluiten = {veld["rij"].veld: veld["form"].besluit() for veld in velden}
    beslis(voorstel=voorstel, besluiten=besluiten, gezien=request.POST.get("gezien", "")[:200], door=request.user)
    overgenomen = sum(besluit.uitkomst != "geweigerd" for besluit in besluiten.values())
    wat = (
        "Alles is overgenomen." if overgenomen == len(besluiten) else f"{overgenomen} van {len(besluiten)} overgenomen."
    )
    messages.success(request, f"Beslist over {voorstel.onderdeel.code}. {wat}")
    return redirect("plan:voorstellen")


@require_POST
@never_cache
@wie_schrijft
def trek_voorstel_in(request, nummer):
    """Takes an own proposal back."""
    trek_in(voorstel=_voorstel(request, nummer), door=request.user)
    messages.success(request, "Je voorstel is ingetrokken. Er verandert niets.")
    return redirect("plan:redactie")
