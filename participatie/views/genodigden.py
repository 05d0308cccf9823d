"""Inviting organisations to a round, and what came out of its questions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties import genodigden as verb
from participatie.forms.genodigden import Keuze, Lijst
from participatie.mag import Handeling, mag, moment_van, wie_mag
from participatie.mag import Rol as Wie
from participatie.models import Inbreng, Ronde
from participatie.rechten import RONDEWERKERS
from participatie.staat import MagNiet
from participatie.uitslag import uitslagen
from participatie.views.beheer import blad, toon
from participatie.views.inrichten import een_ronde
from sociaalhuis.models import Organisatie
from sociaalhuis.rollen import COORDINATOR
from sociaalhuis.toegang import alleen_rol

PER_BLAD = 100  # rows with a box each; what is saved is that page, so the others stay as they are


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(COORDINATOR)
def genodigden(request, slug):
    """The proposed list to correct, and mailing it."""
    ronde = een_ronde(request, slug)
    keuze = Keuze(request.GET if set(request.GET) & set(Keuze.base_fields) else None)
    pagina = blad(request, keuze.organisaties() if keuze.is_bound else verb.gekozen(), PER_BLAD)
    voorgesteld = Organisatie.objects.filter(pk__in=[rij.pk for rij in pagina]).order_by("naam")
    if request.method == "POST":
        doe(request, ronde, voorgesteld)
        return redirect(request.get_full_path())
    genodigd = list(ronde.genodigden.select_related("organisatie"))
    reageerde = set(
        Inbreng.objects.filter(ronde=ronde, organisatie__isnull=False).values_list("organisatie", flat=True)
    )
    return toon(
        request,
        "genodigden",
        "start",
        ronde=ronde,
        keuze=keuze,
        voorgesteld=pagina,
        pagina=pagina,
        genodigd=genodigd,
        op_de_lijst={rij.organisatie_id for rij in genodigd},
        gemaild={rij.organisatie_id for rij in genodigd if rij.gemaild_op},
        reageerde=reageerde,
        te_mailen=sum(rij.gemaild_op is None for rij in genodigd),
        stil=sum(
            bool(rij.gemaild_op) and not rij.herinnerd_op and rij.organisatie_id not in reageerde for rij in genodigd
        ),
        kan=mag(Handeling.UITNODIGEN, ronde=ronde, gebruiker=request.user),
    )


def doe(request, ronde, voorgesteld):
    """Keeps the list, or mails those on it, and says what happened."""
    try:
        if request.POST.get("doe") == "lijst":
            lijst = Lijst(request.POST, voorgesteld=voorgesteld)
            if not lijst.is_valid():
                messages.error(request, "Kies organisaties uit de lijst. Er is niets veranderd.")
                return
            erbij, eraf = verb.zet_genodigden(
                ronde=ronde, organisaties=lijst.cleaned_data["organisaties"], uit_lijst=voorgesteld, door=request.user
            )
            messages.success(request, f"De lijst is bewaard. Erbij: {erbij}. Eraf: {eraf}.")
        elif request.POST.get("doe") in ("mail", "herinner"):
            mail = verb.mail_genodigden if request.POST["doe"] == "mail" else verb.herinner_genodigden
            aantal, zonder = mail(ronde=ronde, door=request.user)
            rest = f" Zonder mailadres: {zonder}. Bel die." if zonder else ""
            messages.success(request, f"Gemaild: {aantal}.{rest}")
    except MagNiet as fout:
        messages.error(request, str(fout))


# --- what came out ----------------------------------------------------------------------------------


@never_cache
@require_safe
@alleen_rol(*RONDEWERKERS)
def tellingen_beheer(request, slug):
    ronde = een_ronde(request, slug)
    return toon(request, "tellingen", "start", ronde=ronde, uitslagen=uitslagen(ronde))


@require_safe
def tellingen(request, slug):
    """For everyone, once the round is closed. Read without a cookie."""
    ronde = get_object_or_404(Ronde.objects.openbaar().select_related("plan"), slug=slug)
    open_voor_iedereen = Wie.BEZOEKER in wie_mag(Handeling.TELLINGEN, moment_van(ronde))
    return render(
        request,
        "participatie/tellingen.html",
        {"ronde": ronde, "uitslagen": uitslagen(ronde) if open_voor_iedereen else None},
    )
