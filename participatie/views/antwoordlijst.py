"""The work list of the answers of a round: choose, hand out, merge. And who answers for which part of the plan."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participatie.acties import toewijzen
from participatie.filters import AntwoordFilter
from participatie.models import Ronde
from participatie.models.toewijzing import antwoorders
from participatie.rechten import RONDEWERKERS
from participatie.views.antwoorden import lijst_pad, voeg_samen
from participatie.views.beheer import probeer, toon
from plan.models import Onderdeel
from sociaalhuis.toegang import alleen_rol

PER_BLAD = 50
NIEMAND = "niemand"


def ronde_of_404(request, slug):
    return get_object_or_404(Ronde.objects.zichtbaar_voor(request.user).select_related("plan"), slug=slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def lijst(request, slug):
    """The inputs that fit the choice, fifty on a page. A POST does something with those that were ticked."""
    ronde = ronde_of_404(request, slug)
    filter = AntwoordFilter(request.GET, ronde=ronde, gebruiker=request.user)
    if request.method == "POST":
        met_gekozen(request, ronde)
        return redirect(lijst_pad(ronde, filter))
    rijen = filter.rijen().voor_lijst().select_related("toewijzing__gebruiker", "antwoord__door")
    pagina = Paginator(rijen, PER_BLAD).get_page(request.GET.get("pagina"))
    return toon(
        request,
        "antwoorden",
        ronde=ronde,
        filter=filter,
        pagina=pagina,
        mensen=filter.mensen.values(),
        mag_verdelen=request.user.has_perm("participatie.verdeel_toewijzing"),
        mag_antwoorden=request.user.has_perm("participatie.add_antwoord"),
    )


def met_gekozen(request, ronde):
    """Merges the ticked inputs, or hands them to somebody."""
    sleutels = [pk for pk in request.POST.getlist("inbreng") if pk.isdecimal() and len(pk) < 10]
    if request.POST.get("doe") == "verdeel":
        if request.user.has_perm("participatie.verdeel_toewijzing"):
            messages.success(request, f"{toewijzen.verdeel(ronde)} keer toegewezen aan wie het deel trekt.")
        return
    if not sleutels:
        messages.error(request, "Vink eerst inbreng aan.")
    elif request.POST.get("doe") == "samen":
        gekozen = list(ronde.inbrengen.filter(pk__in=sleutels).voor_lijst().order_by("ingediend_op", "pk"))
        if len(gekozen) < 2:
            messages.error(request, "Vink minstens twee inbrengen aan om ze samen te voegen.")
        else:
            voeg_samen(request, gekozen)
    else:
        wie = gekozen_persoon(request)
        if wie is False:
            messages.error(request, "Kies wie antwoordt.")
        else:
            wat = (
                f"{len(sleutels)} {'inbreng' if len(sleutels) == 1 else 'inbrengen'}: {wie.naam if wie else 'niemand'}."
            )
            probeer(request, wat, toewijzen.wijs_toe, ronde=ronde, inbrengen=sleutels, gebruiker=wie)


def gekozen_persoon(request):
    """The person of the form, None for nobody, False when nothing was chosen."""
    wie = request.POST.get("wie", "")
    if wie == NIEMAND:
        return None
    return (antwoorders().filter(pk=int(wie)).first() if wie.isdecimal() and len(wie) < 10 else None) or False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*RONDEWERKERS)
def delen(request, slug):
    """Who answers for which part of the plan; everything below it follows."""
    ronde = ronde_of_404(request, slug)
    onderdelen = Onderdeel.objects.filter(plan=ronde.plan_id, soort__in=["garantie", "actie"]).in_volgorde()
    if request.method == "POST":
        deel = onderdelen.filter(code=request.POST.get("deel", "")[:40].replace("\x00", "")).first()
        wie = gekozen_persoon(request)
        if deel is None or wie is False:
            messages.error(request, "Kies een deel van het plan, en wie daarover antwoordt.")
        else:
            probeer(
                request,
                f"{wie.naam} antwoordt over {deel}." if wie else f"Niemand in het bijzonder antwoordt over {deel}.",
                toewijzen.wijs_deel_toe,
                ronde=ronde,
                onderdeel=deel,
                gebruiker=wie,
            )
        return redirect("participatie:beheer_delen", slug)
    regels = ronde.toewijzingen.filter(onderdeel__isnull=False).select_related("onderdeel", "gebruiker")
    return toon(
        request,
        "delen",
        ronde=ronde,
        onderdelen=onderdelen.select_related("garantie"),
        regels=regels.order_by("onderdeel__code"),
        mensen=antwoorders(),
        mag_verdelen=request.user.has_perm("participatie.verdeel_toewijzing"),
    )
