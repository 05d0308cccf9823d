"""Finding a service: by words, by theme, group, area and who gives it."""

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from loket.acties.nulzoek import tel_nul
from loket.catalogus.filters import DienstFilter, indelingen
from loket.catalogus.populair import populaire_diensten
from loket.forms.zoeken import ZoekForm
from loket.models import Dienst
from loket.wegwijzer.lezen import gebeurtenissen
from loket.zoek import vind
from loket.zoek.elders import vind_elders
from loket.zoek.markeer import fragment, markeer
from loket.zoek.raad import thema_van
from loket.zoek.suggesties import suggesties
from sociaalhuis import versie
from sociaalhuis.models import Thema
from sociaalhuis.tekst import plat

PER_PAGINA = 10


@versie.bij_versie
def alle_themas(nummer):
    return list(Thema.objects.all())


class Bladen(Paginator):
    """A paginator that may know already how many there are."""

    def __init__(self, lijst, per_pagina, aantal=None):
        super().__init__(lijst, per_pagina)
        if aantal is not None:
            self.count = aantal


@versie.bij_versie
def _hele_catalogus(nummer, gekozen):
    """The facets and the number of services without a question, for (facet, code) pairs: the same until an edit."""
    filter_ = DienstFilter(dict(gekozen), Dienst.objects.gepubliceerd(), indelingen(nummer))
    return filter_.facetten(), filter_.qs.count()


@require_safe
def start(request):
    return redirect("loket:zoeken")


@require_safe
def zoeken(request):
    """The results of a question, or the whole catalogue, with facets; without anything found a way on."""
    nummer = versie.van(request)
    q = ZoekForm.gevraagd(request.GET)
    uitslag = vind(q, nummer=nummer) if q else None
    basis = Dienst.objects.gepubliceerd()
    if uitslag is not None:
        basis = basis.filter(pk__in=uitslag.pks)
    filter_ = DienstFilter(request.GET, basis, indelingen(nummer))
    if uitslag is not None:
        facetten, aantal = filter_.facetten(), None
    else:
        facetten, aantal = _hele_catalogus(nummer, tuple(sorted(filter_.gekozen.items())))
    pagina = Bladen(_op_volgorde(filter_.qs, uitslag), PER_PAGINA, aantal).get_page(request.GET.get("pagina"))
    context = {
        "q": q,
        "pagina": pagina,
        "treffers": _treffers(pagina.object_list, uitslag.stammen if uitslag else set()),
        "facetten": _facetten(request, filter_, facetten),
        "gekozen": _gekozen(request, filter_),
        "taal": uitslag.taal if uitslag else None,
        "bedoelde": uitslag.bedoelde if uitslag else "",
        "elders": vind_elders(nummer, uitslag.groepen) if q and not filter_.gekozen and pagina.number == 1 else [],
        "niets": bool(q) and not uitslag.pks,
        "zwak": bool(q) and uitslag.zwak,
        "themas": alle_themas(nummer),
        "populair": populaire_diensten(nummer),
        "gebeurtenissen": gebeurtenissen(nummer),
        "snel_weg": True,
    }
    response = render(request, "loket/zoeken.html", context)
    if context["niets"] or context["zwak"]:
        tel_nul(q, zwak=context["zwak"], thema=thema_van(nummer, q))
        patch_cache_control(response, no_store=True)  # so that the next one who finds nothing is counted too
    return response


@require_safe
def stel_voor(request):
    """Suggestions for what was typed so far, as JSON: a list of text, kind and address."""
    return JsonResponse({"suggesties": suggesties(ZoekForm.gevraagd(request.GET))})


def _op_volgorde(rijen, uitslag):
    """Keys of services: best first after a question, else by title (a queryset, of which only a page is read)."""
    if uitslag is None:
        met_titel = rijen.filter(zoekrij__titel__isnull=False)  # an inner join, so that the index gives the order
        return met_titel.order_by("zoekrij__titel", "pk").values_list("pk", flat=True)
    over = set(rijen.values_list("pk", flat=True))
    return [pk for pk in uitslag.pks if pk in over]


def _treffers(pks, stammen):
    """What a result shows, for the services of one page."""
    diensten = Dienst.objects.select_related("bestuur", "aanbieder").prefetch_related("gebieden").in_bulk(list(pks))
    return [_treffer(diensten[pk], stammen) for pk in pks]


def _treffer(dienst, stammen):
    titel, zin = markeer(dienst.titel, stammen), markeer(dienst.in_een_zin, stammen)
    gevonden = ""
    if stammen and "<mark>" not in titel and "<mark>" not in zin:
        gevonden = markeer(fragment(plat(f"{dienst.beschrijving} {dienst.verdere_beschrijving}"), stammen), stammen)
    return {"dienst": dienst, "titel": titel, "zin": zin, "gevonden": gevonden}


def _facetten(request, filter_, facetten):
    """The facets for the page: each choice with a link that makes or undoes it."""
    return [
        {
            "titel": label,
            "open": facet in filter_.gekozen,
            "keuzes": [
                {
                    "naam": naam,
                    "aantal": aantal,
                    "gekozen": filter_.gekozen.get(facet) == code,
                    "url": _met(request, facet, "" if filter_.gekozen.get(facet) == code else code),
                }
                for code, naam, aantal in keuzes
            ],
        }
        for facet, label, keuzes in facetten
        if keuzes
    ]


def _gekozen(request, filter_):
    """The choices that were made, each with a link that undoes it."""
    return [
        {"naam": dict(filter_.lijsten[facet])[code], "url": _met(request, facet, "")}
        for facet, code in filter_.gekozen.items()
    ]


def _met(request, facet, code):
    """The address of this page with one choice changed, from its first page."""
    keuzes = request.GET.copy()
    keuzes.pop("pagina", None)
    keuzes.pop(facet, None)
    if code:
        keuzes[facet] = code
    return f"?{keuzes.urlencode()}"
