"""The questions of one person, for an access request at the desk: found by reference or exact address, and copied.

Only questions of the own teams can be opened. That another team of the same Bestuur has some is told as a number, so
that the person can be sent there; the other Bestuur is never looked at.
"""

import re

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from loket.acties.behandeling import noteer
from loket.acties.contactspoor import vul_aan
from loket.acties.inzage import lees_voor_kopie
from loket.forms.bewaren import KopieForm, PersoonForm
from loket.models import Vraag
from loket.views.werkbank import aan_de_balie
from loket.werkbank import werklijst
from loket.zaak import contactspoor, uitvoer

MEEST = 50
REFERENTIE = re.compile(r"\d{4}-[0-9A-Z]{6}", re.IGNORECASE)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@aan_de_balie
def persoon(request):
    form = PersoonForm(request.POST if request.method == "POST" else None)
    gevonden, elders, nog_niet_alles = None, [], False
    if request.method == "POST" and form.is_valid():
        nog_niet_alles = vul_aan()  # what came in a moment ago
        gevonden, elders = zoek(form.cleaned_data["zoek"], request.user)
    inhoud = {
        "form": form, "gevonden": gevonden, "elders": elders, "kopie": KopieForm(), "nog_niet_alles": nog_niet_alles
    }  # fmt: skip
    return render(request, "loket/werkbank_persoon.html", inhoud)


def zoek(getypt, gebruiker):
    """(questions of the own teams, [(team, number)] of other teams of the same Bestuur)."""
    eigen = Vraag.objects.zichtbaar_voor(gebruiker).zonder_inhoud()
    delen = getypt.split()[:MEEST]
    if not all(REFERENTIE.fullmatch(deel) for deel in delen) and (spoor := gezocht(getypt, gebruiker)):
        anders = Vraag.objects.filter(bestuur=gebruiker.bestuur_id, **spoor).exclude(pk__in=eigen.values("pk"))
        elders = anders.order_by().values_list("team__naam").annotate(aantal=Count("pk")).order_by("team__naam")
        return list(eigen.filter(**spoor).nieuwste()[:MEEST]), list(elders)
    pks = {pk for deel in delen for pk in werklijst.zoek_referentie(eigen, deel).values_list("pk", flat=True)}
    return list(eigen.filter(pk__in=pks).nieuwste()), []


def gezocht(getypt, gebruiker):
    """What to filter questions on for an address or a number; {} for something else."""
    spoor = contactspoor.zoekt(getypt, bestuur=gebruiker.bestuur.code)
    return {f"contactspoor__{veld}": waarde for veld, waarde in spoor.items()}


@require_POST
@never_cache
@aan_de_balie
@transaction.atomic
def kopie(request):
    """The copy of the chosen questions; each is read with a trace, and a note says how the person was recognised."""
    form = KopieForm(request.POST)
    gekozen = request.POST.getlist("referentie")[:MEEST]
    if not form.is_valid() or not gekozen:
        messages.error(
            request, "Kies minstens één vraag, en zeg hoe je weet dat dit de vrager is. Er is geen kopie gemaakt."
        )
        return redirect("loket:werkbank_persoon")
    try:
        vragen = [
            lees_voor_kopie(referentie=referentie[:20], door=request.user) for referentie in dict.fromkeys(gekozen)
        ]
    except (Vraag.DoesNotExist, ValueError) as fout:
        raise Http404 from fout
    for vraag in vragen:
        noteer(
            vraag=vraag,
            tekst=f"Kopie van alle gegevens gegeven aan de vrager. {form.cleaned_data['wijze']}.",
            door=request.user,
        )
    return uitvoer.als_download(vragen, met_intern=form.cleaned_data["met_intern"])
