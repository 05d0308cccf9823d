"""The agenda of the desk: who comes today or this week, and booking for someone at the counter or on the phone.

Lists show a time, a place, a kind and a reference; never a name.
"""

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket.acties.afspraak import MagNiet, boek
from loket.acties.inzage import lees_voor_afspraak
from loket.forms.afspraak import AgendaFilter, BalieBoekForm
from loket.forms.langskomen import LangsForm
from loket.models import Afspraak, Vraag
from loket.rooster import agenda
from loket.rooster.aanbod import aanbod, passend, vind
from loket.views.afspraak import ANDERE, toon_bon, vrij, week
from loket.views.werkbank import aan_de_balie
from sociaalhuis import ontvangst, versie

NU = timedelta(0)  # at the counter the next free moment may be this one
ZONDER_BEWIJS = "balie_zonder_bewijs"  # key of the session: the question whose code nobody saw yet


@require_safe
@never_cache
@aan_de_balie
def afspraken(request):
    """One day or one week, of one place or of one member of staff."""
    form = AgendaFilter(request.GET, door=request.user)
    keuze = form.keuze()
    dag, per_week = keuze["dag"], keuze["weergave"] == AgendaFilter.WEEK
    van = agenda.week_van(dag) if per_week else dag
    tot = van + timedelta(days=6 if per_week else 0)
    rijen = Afspraak.objects.zichtbaar_voor(request.user).zonder_inhoud().bezet().op_dagen(van, tot)
    if keuze["locatie"]:
        rijen = rijen.filter(locatie=keuze["locatie"])
    if keuze["medewerker"]:
        rijen = rijen.filter(medewerker=keuze["medewerker"])
    stap = timedelta(days=7 if per_week else 1)
    context = {
        "filter": form,
        "van": van,
        "tot": tot,
        "per_week": per_week,
        "dagen": [(d, list(r)) for d, r in groupby(rijen, key=lambda rij: timezone.localdate(rij.begin))],
        "vorige": form.adres(dag=van - stap),
        "volgende": form.adres(dag=van + stap),
        "vandaag": form.adres(dag=timezone.localdate()),
        "is_vandaag": van <= timezone.localdate() <= tot,
    }
    return render(request, "loket/balie_afspraken.html", context)


# --- booking for someone ---------------------------------------------------------------------------


@require_safe
@never_cache
@aan_de_balie
def nieuw(request):
    """What and where: the kinds that own teams give; beside a case first those about its service or theme."""
    delen, vraag = eigen(request), bij_vraag(request)
    past = passend(delen, dienst=vraag.dienst, thema=vraag.thema) if vraag else []
    context = {
        "vraag": vraag,
        "past": past,
        "delen": [deel for deel in delen if deel not in past],
        "zonder_bewijs": zonder_bewijs(request, vraag),
    }
    return render(request, "loket/balie_nieuw.html", context)


@require_safe
@never_cache
@aan_de_balie
def wanneer(request, soort, locatie, wijze):
    deel, keuze = vind_eigen(request, soort, locatie, wijze)
    momenten = vrij(versie.van(request), deel, keuze, minstens=NU)
    context = {"deel": deel, "keuze": keuze, "vraag": bij_vraag(request), **week(request, momenten)}
    return render(request, "loket/balie_wanneer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@aan_de_balie
def wie(request, soort, locatie, wijze, code):
    """The form and, after it, the receipt to print and hand over."""
    deel, keuze = vind_eigen(request, soort, locatie, wijze)
    begin, vraag = agenda.lees_code(code), bij_vraag(request)
    if begin is None:
        raise Http404
    form = BalieBoekForm(request.POST or None, wijze=wijze, initial={"moment": code, **wie_vraagt(request, vraag)})
    if request.method == "POST" and form.is_valid():
        try:
            bon = boek(
                door=request.user, soort=deel.soort, locatie=keuze.plek.locatie, wijze=wijze, vraag=vraag,
                dienst=vraag and vraag.dienst, minstens=NU, een_code=zonder_bewijs(request, vraag), **form.inhoud(),
            )  # fmt: skip
        except MagNiet as fout:
            andere = vrij(versie.van(request), deel, keuze, minstens=NU)[:ANDERE]
            form = BalieBoekForm({**request.POST.dict(), "moment": ""}, wijze=wijze, momenten=andere)
            form.meld_bezet(str(fout), andere)
        else:
            return toon_bon(request, bon, medewerker=True, vraag=met_zelfde_code(request, vraag, bon))
    return render(
        request, "loket/balie_wie.html", {"deel": deel, "keuze": keuze, "form": form, "begin": begin, "vraag": vraag}
    )


@transaction.atomic
def wie_vraagt(request, vraag):
    """What the form starts with beside a case: the name and the way of contact that stand in it. Leaves a trace."""
    if vraag is None or request.method == "POST":
        return {}
    return BalieBoekForm.begin_bij(lees_voor_afspraak(referentie=vraag.referentie, door=request.user))


def zonder_bewijs(request, vraag):
    """Whether nobody saw the code of this question yet, because it was taken down a moment ago to book."""
    return vraag is not None and request.session.get(ZONDER_BEWIJS) == vraag.pk


def met_zelfde_code(request, vraag, bon):
    """The question when the code of this receipt opens it too, otherwise None."""
    if zonder_bewijs(request, vraag):
        del request.session[ZONDER_BEWIJS]
    hash_ = Vraag.objects.filter(pk=vraag.pk).values_list("code_hash", flat=True).get() if vraag else ""
    return vraag if hash_ and ontvangst.klopt(bon.code, hash_) else None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@aan_de_balie
def langs(request):
    """Somebody came without an appointment, now or in the days before."""
    vraag = bij_vraag(request)
    form = LangsForm(request.POST or None, delen=eigen(request))
    if request.method == "POST" and form.is_valid() and (rij := form.voer_uit(door=request.user, vraag=vraag)):
        messages.success(request, "Genoteerd. Zo telt iedereen mee.")
        return redirect(rij)
    return render(request, "loket/balie_langs.html", {"form": form, "vraag": vraag})


def eigen(request):
    """The kinds that the teams of this member of staff give."""
    teams = set(request.user.teams.filter(bestuur=request.user.bestuur_id).values_list("pk", flat=True))
    return [deel for deel in aanbod(versie.van(request)) if deel.soort.team_id in teams]


def vind_eigen(request, soort, locatie, wijze):
    deel, keuze = vind(eigen(request), soort, locatie, wijze)
    if keuze is None:
        raise Http404
    return deel, keuze


def bij_vraag(request):
    """The case that a link brought along, if it is theirs; otherwise None."""
    referentie = request.GET.get("vraag", "")[:11].upper()
    vragen = Vraag.objects.zichtbaar_voor(request.user).zonder_inhoud().select_related("dienst", "thema")
    return vragen.filter(referentie=referentie).first() if referentie.isprintable() and referentie else None
