"""The corner of a representative: small pages, each for one organisation, named in the address.

The organisation stands in the address and not in the session, so two tabs for two organisations never mix, and a
colleague can open the same page. Every request looks at the mandate again; one that ended says so and gives back what
was typed. An organisation that this user never spoke for is not there.
"""

from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participatie.models import Formulierconcept, Genodigde, Inbreng, Mandaat, Ronde, Steun
from participatie.verhaal import verhaal_van
from participatie.views.rondes import manieren
from participatie.vraagsoorten import gegeven_antwoorden
from sociaalhuis import hoekje
from sociaalhuis.rollen import ORGANISATIELID, heeft_rol
from sociaalhuis.toegang import alleen_rol, mandaat_voorbij

PER_PAGINA = 30


@dataclass(frozen=True)
class Hoek:
    """For whom this request speaks, and all mandates of this user, for the switch."""

    mandaat: Mandaat
    mandaten: list

    @property
    def organisatie(self):
        return self.mandaat.organisatie


def voor_organisatie(view):
    """View decorator: gives the view a `Hoek` instead of the code of the organisation in the address."""

    @wraps(view)
    @never_cache
    @alleen_rol(ORGANISATIELID)
    def met_hoek(request, organisatie, *args, **kwargs):
        mandaten = list(Mandaat.objects.van_gebruiker(request.user))
        for mandaat in mandaten:
            if mandaat.organisatie.code == organisatie:
                return view(request, Hoek(mandaat, mandaten), *args, **kwargs)
        vroeger = Mandaat.objects.filter(gebruiker=request.user, organisatie__code=organisatie)
        if was := vroeger.select_related("organisatie").first():
            return mandaat_voorbij(request, was.organisatie)
        raise Http404

    return met_hoek


def toon(request, sjabloon, hoek, deel="", status=200, **inhoud):
    """A page of the corner; `deel` is which of the small pages it is."""
    vast = {"hoek": hoek, "organisatie": hoek.organisatie, "mandaten": hoek.mandaten, "deel": deel}
    return render(request, f"participatie/mijn/{sjabloon}.html", {**vast, **inhoud}, status=status)


@never_cache
@require_safe
@login_required
def start(request):
    """The corner of the one organisation, a choice when there are more, a friendly word when there is none."""
    if not heeft_rol(request.user, ORGANISATIELID):
        raise Http404
    mandaten = list(Mandaat.objects.van_gebruiker(request.user))
    if len(mandaten) == 1:
        return _start(request, Hoek(mandaten[0], mandaten))
    return render(request, "participatie/mijn/kies.html", {"mandaten": mandaten})


@require_safe
@voor_organisatie
def van(request, hoek):
    return _start(request, hoek)


def _start(request, hoek):
    """What is asked now, door by door, and the open rounds."""
    van_hen = {"ronde": OuterRef("pk"), "organisatie": hoek.organisatie.pk}
    rondes = Ronde.objects.open().annotate(
        gaf=Exists(Inbreng.objects.filter(**van_hen)),
        gevraagd=Exists(Genodigde.objects.filter(**van_hen)),
        begonnen=Exists(Formulierconcept.objects.filter(**van_hen)),
    )
    rondes = list(rondes.met_vraagfasen().prefetch_related("fases").order_by("-gevraagd", "sluit_op"))
    for ronde in rondes:
        ronde.wegen = manieren(ronde)
    return toon(
        request,
        "start",
        hoek,
        "start",
        rondes=rondes,
        kaarten=hoekje.kaarten(hoek.organisatie),
    )


@require_safe
@voor_organisatie
def inbrengen(request, hoek):
    """What was said in the name of this organisation, with the answers."""
    rijen = Inbreng.objects.zichtbaar_voor(request.user).filter(organisatie=hoek.organisatie).voor_lijst()
    rijen = rijen.select_related("ronde", "onderdeel", "organisatie", "antwoord", "ingediend_door")
    pagina = Paginator(rijen.order_by("-ingediend_op", "-pk"), PER_PAGINA).get_page(request.GET.get("pagina"))
    gesteund = Inbreng.objects.openbaar().filter(
        pk__in=Steun.objects.nu().filter(organisatie=hoek.organisatie).values("inbreng"),
        ronde__in=Ronde.objects.openbaar(),
    )
    return toon(
        request,
        "inbrengen",
        hoek,
        "inbreng",
        pagina=pagina,
        gesteund=gesteund.voor_lijst().order_by("-ingediend_op", "-pk")[:PER_PAGINA],
    )


@never_cache
@require_safe
@login_required
def inbreng(request, referentie):
    """One input of an own organisation. Somebody else's is not there."""
    inbreng = get_object_or_404(
        Inbreng.objects.zichtbaar_voor(request.user).exclude(organisatie=None).voor_lijst(), referentie=referentie
    )
    inhoud = {**verhaal_van(inbreng, eigen=True), "eigen": True, "gegeven": gegeven_antwoorden(inbreng)}
    return render(request, "participatie/mijn_inbreng.html", inhoud)
