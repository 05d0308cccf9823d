"""Canned answers: managing them, and putting one in while answering."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.forms.standaardantwoord import StandaardantwoordForm, ZoekAntwoordForm
from loket.forms.stappen import STAPPEN
from loket.models import Inzage, Standaardantwoord
from loket.models.staat import Stap
from loket.views.dossier import Antwoordhulp, gelezen_door, mag, toon
from loket.views.werkbank import aan_de_balie
from loket.werkbank import invulvelden
from sociaalhuis import versie
from sociaalhuis.context import het_huis

PER_PAGINA, TREFFERS = 25, 6


@require_safe
@never_cache
@aan_de_balie
def antwoorden(request):
    """The list: own ones, those of the team and of the house."""
    zoek = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    gevonden = Standaardantwoord.objects.zichtbaar_voor(request.user).met_woorden(zoek)
    pagina = Paginator(gevonden.select_related("team", "thema", "dienst"), PER_PAGINA).get_page(
        request.GET.get("pagina")
    )
    pagina.bladwijzers = pagina.paginator.get_elided_page_range(pagina.number)
    beheer = Standaardantwoord.objects.te_beheren_door(request.user)
    mijn = set(beheer.filter(pk__in=[rij.pk for rij in pagina.object_list]).values_list("pk", flat=True))
    return render(request, "loket/antwoorden.html", {"pagina": pagina, "q": zoek, "mijn": mijn})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@aan_de_balie
def antwoord(request, pk=None):
    """One answer, new or to change. What others manage can be read in the list and not changed: 403."""
    bestaand = te_beheren(request.user, pk) if pk else None
    form = StandaardantwoordForm(request.POST or None, door=request.user, antwoord=bestaand)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            bewaard = form.bewaar(bestaand)
        messages.success(request, f"“{bewaard.titel}” is bewaard.")
        return redirect("loket:antwoorden")
    velden = [(naam, uitleg) for naam, (uitleg, _) in invulvelden.VELDEN.items()]
    return render(request, "loket/antwoord.html", {"form": form, "antwoord": bestaand, "velden": velden})


@require_POST
@never_cache
@aan_de_balie
def antwoord_weg(request, pk):
    bestaand = te_beheren(request.user, pk)
    bestaand.delete()
    messages.success(request, f"“{bestaand.titel}” is weg.")
    return redirect("loket:antwoorden")


def te_beheren(gebruiker, pk):
    """The answer, for who may change it. Raises Http404 for what is not seen, PermissionDenied for what is only read."""
    gezien = get_object_or_404(Standaardantwoord.objects.zichtbaar_voor(gebruiker), pk=pk)
    if not Standaardantwoord.objects.te_beheren_door(gebruiker).filter(pk=pk).exists():
        raise PermissionDenied
    return gezien


@require_POST
@gelezen_door(Inzage.Pagina.DOSSIER)
def zoek_antwoord(request, vraag):
    """The case again with what was typed, and the answers that were found; or with the chosen one put in."""
    if not mag(request.user, vraag, Stap.BEANTWOORD):
        raise PermissionDenied
    if not vraag.kan(Stap.BEANTWOORD):
        return toon(request, vraag)
    zoekform = ZoekAntwoordForm(request.POST)
    zoekform.is_valid()
    zoek, kies = zoekform.cleaned_data.get("zoek_antwoord", ""), zoekform.cleaned_data.get("kies")
    zichtbaar = Standaardantwoord.objects.zichtbaar_voor(request.user)
    tekst = request.POST.get("tekst", "").replace("\x00", "")[:10_000]
    gekozen = zichtbaar.filter(pk=kies).first() if kies else None
    if gekozen:
        huis = het_huis(versie.van(request))
        later = invulvelden.EIGEN if vraag.koppelgroep else ()
        ingevuld = invulvelden.vul_in(gekozen.tekst, vraag=vraag, door=request.user, huis=huis, behalve=later)
        tekst = f"{tekst.rstrip()}\n\n{ingevuld}" if tekst.strip() else ingevuld
        gekozen.tel()
    treffers = [] if gekozen else list(zichtbaar.met_woorden(zoek).passend_bij(vraag).select_related("team")[:TREFFERS])
    hulp = Antwoordhulp(
        zoek=zoek, open=not gekozen, treffers=treffers, gekozen=gekozen, bestanden=bool(request.FILES),
        nog_open=(invulvelden.merken if vraag.koppelgroep else invulvelden.nog_open)(tekst),
    )  # fmt: skip
    schrijven = STAPPEN[Stap.BEANTWOORD](vraag=vraag, door=request.user, initial={"tekst": tekst})
    versie_ = request.POST.get("versie", "")
    schrijven.fields["versie"].initial = int(versie_) if versie_.isdecimal() and len(versie_) < 9 else vraag.versie
    return toon(request, vraag, schrijven=schrijven, hulp=hulp)
