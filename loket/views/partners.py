"""The partners as the desk sees them: what runs with each, what room they said to have, and how fast they answer."""

from collections import Counter

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.cijfers import partners as cijfers
from loket.models import Doorverwijzing
from loket.models.verwijzing import LOPEND, Verwijsstaat
from loket.views.balie_afspraken import bij_vraag
from loket.views.cijfers import mag_tellen
from sociaalhuis.models import Organisatie
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, heeft_rol
from sociaalhuis.verslag.model import toon

PER_PAGINA = 40


@require_safe
@never_cache
@mag_tellen
def partners(request):
    """Every checked organisation: who works with us most comes first."""
    periode = cijfers.laatste_jaar(timezone.localdate())
    tijden = cijfers.per_partner(periode)
    lopend = Counter(
        Doorverwijzing.objects.van_loket(request.user).lopend().values_list("organisatie", flat=True).order_by()
    )
    organisaties = Organisatie.objects.erkend().prefetch_related("capaciteiten")
    rijen = [
        {
            "organisatie": organisatie,
            "lopend": lopend[organisatie.pk],
            "capaciteit": next((rij for rij in organisatie.capaciteiten.all() if rij.dienst_id is None), None),
            "tijden": tijden.get(organisatie.pk, cijfers.Doorlooptijd()),
        }
        for organisatie in organisaties
    ]
    rijen.sort(key=lambda rij: (-rij["lopend"], -rij["tijden"].verzonden, rij["organisatie"].naam.lower()))
    for rij in rijen:
        _, rij["antwoord"], rij["aanvaard"], *_ = (tekst for _, tekst in in_woorden(rij["tijden"]))
        rij["bekend"] = rij["tijden"].verzonden
    pagina = Paginator(rijen, PER_PAGINA).get_page(request.GET.get("pagina"))
    pagina.bladwijzers = pagina.paginator.get_elided_page_range(pagina.number)
    inhoud = {
        "pagina": pagina,
        "periode": periode,
        "aan_de_balie": heeft_rol(request.user, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE),
    }
    return render(request, "loket/verwijzen/partners.html", inhoud)


@require_safe
@never_cache
@mag_tellen
def partner(request, organisatie):
    """One partner. Shows nothing of anybody: states are counted, of the cases of own teams only."""
    rij = get_object_or_404(
        Organisatie.objects.erkend().prefetch_related("capaciteiten__dienst", "themas", "doelgroepen", "gebieden", "mandaten"),
        code=organisatie,
    )  # fmt: skip
    periode = cijfers.laatste_jaar(timezone.localdate())
    tijden = cijfers.per_partner(periode).get(rij.pk, cijfers.Doorlooptijd())
    eigen = Counter(Doorverwijzing.objects.van_loket(request.user).filter(organisatie=rij).values_list("staat", flat=True))  # fmt: skip
    staten = [(staat, staat.label, eigen[staat]) for staat in Verwijsstaat if eigen[staat]]
    inhoud = {
        "organisatie": rij,
        "in_portaal": any(mandaat.is_actief for mandaat in rij.mandaten.all()),
        "capaciteiten": sorted(rij.capaciteiten.all(), key=lambda c: (c.dienst_id is not None, str(c.dienst))),
        "lopend": [staat for staat in staten if staat[0] in LOPEND],
        "afgelopen": [staat for staat in staten if staat[0] not in LOPEND],
        "cijfers": in_woorden(tijden),
        "periode": periode,
        "vraag": bij_vraag(request),
        "aan_de_balie": heeft_rol(request.user, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE),
    }
    return render(request, "loket/verwijzen/partner.html", inhoud)


def in_woorden(tijden):
    """List of (what, figure as people read it) of a `Doorlooptijd`."""
    kolommen = cijfers.KOLOMMEN[1:]
    return [(kolom.naam, toon(kolom.soort, cel)) for kolom, cel in zip(kolommen, tijden.cellen, strict=True)]
