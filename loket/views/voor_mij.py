"""What waits for me: notes in which a colleague named me, and questions that other teams share with mine."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.models import Vermelding, Vraag
from loket.models.vraagset import INHOUD
from loket.views.werkbank import aan_de_balie

PER_PAGINA, MEEST = 25, 50


@require_safe
@never_cache
@aan_de_balie
def voor_mij(request):
    """References, names of colleagues and moments; nothing of what people tell."""
    leesbaar = Vraag.objects.leesbaar_voor(request.user).values("pk")
    mijn = Vermelding.objects.voor(request.user).filter(notitie__vraag__in=leesbaar)
    mijn = mijn.defer("notitie__tekst", *(f"notitie__vraag__{veld}" for veld in INHOUD))
    pagina = Paginator(mijn, PER_PAGINA).get_page(request.GET.get("pagina"))
    pagina.bladwijzers = pagina.paginator.get_elided_page_range(pagina.number)
    gedeeld = Vraag.objects.gedeeld_met(request.user).zonder_inhoud().op_tijd()[:MEEST]
    return render(request, "loket/voor_mij.html", {"pagina": pagina, "gedeeld": gedeeld})
