"""One case at the desk, seen as data: how long it stays, what holds it, the wish to be erased, and erasing it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from loket.acties.inzage import lees
from loket.acties.vernietiging import regel_voor, weg_op
from loket.acties.vraag import Ontvangst
from loket.forms.bewaren import DADEN, CodeForm, KopieForm
from loket.models import Inzage, Vraag, Wiswens
from loket.models.vraagset import Toegang
from loket.views.dossier import gelezen_door
from loket.views.ontvangst import toon_ontvangst
from loket.views.werkbank import aan_de_balie, naar_lijst
from loket.werkbank.rechten import mag_wissen


@require_safe
@gelezen_door(Inzage.Pagina.GEGEVENS)
def gegevens(request, vraag):
    return toon(request, vraag)


def toon(request, vraag, formulier=None):
    """What is kept of this case and what can be done with it. `formulier` is a deed that did not go through.

    Only for the own team: a case that was shared, or opened in an emergency, is not theirs to keep or erase.
    """
    if vraag.toegang != Toegang.EIGEN:
        raise Http404
    formulieren = {naam: soort(vraag=vraag, door=request.user) for naam, soort in DADEN.items()}
    if formulier:
        formulieren[formulier.stap] = formulier
    regel = regel_voor(vraag)
    inhoud = {
        "vraag": vraag,
        "formulieren": {naam.replace("-", "_"): form for naam, form in formulieren.items()},
        "kopie": KopieForm(auto_id="kopie_%s"),
        "form": formulier,
        "regel": regel,
        "weg_op": regel and weg_op(vraag, regel),
        "stop": vraag.bewaarstops.geldig().select_related("door").first(),
        "wens": vraag.wiswensen.open().first(),
        "geweigerd": vraag.wiswensen.exclude(besloten_op=None).select_related("door").last(),
        "mag_wissen": mag_wissen(request.user, vraag),
    }
    status = 409 if formulier and formulier.non_field_errors() else 200
    return render(request, "loket/werkbank_gegevens.html", inhoud, status=status)


@require_POST
@never_cache
@aan_de_balie
def daad(request, referentie, daad):
    """Does one of the deeds. When it does not go through, the page comes back with what was typed."""
    vraag = get_object_or_404(Vraag.objects.zichtbaar_voor(request.user), referentie=referentie.upper())
    if daad not in DADEN:
        raise Http404
    formulier = DADEN[daad](request.POST, vraag=vraag, door=request.user)
    if not (formulier.is_valid() and formulier.voer_uit()):
        return toon_opnieuw(request, vraag, formulier)
    if daad == CodeForm.stap:
        vraag = Vraag.objects.select_related("team").get(pk=vraag.pk)
        return toon_ontvangst(
            request, Ontvangst(vraag, formulier.code, nieuw=True), "", medewerker=True, kop="De nieuwe code"
        )
    messages.success(request, formulier.gelukt)
    if Vraag.objects.filter(pk=vraag.pk).exists():
        return redirect("loket:werkbank_gegevens", referentie=referentie)
    return naar_lijst()


@transaction.atomic
def toon_opnieuw(request, vraag, formulier):
    """The page again, read anew and with a trace; the case may have gone meanwhile."""
    try:
        vraag = lees(referentie=vraag.referentie, door=request.user, pagina=Inzage.Pagina.GEGEVENS)
    except Vraag.DoesNotExist as fout:
        raise Http404 from fout
    return toon(request, vraag, formulier)


@require_safe
@never_cache
@aan_de_balie
def wensen(request):
    """What people asked besides an answer: to be erased, or to look again because they were not helped."""
    vragen = Vraag.objects.zichtbaar_voor(request.user).zonder_inhoud()
    open_ = Wiswens.objects.open().zichtbaar_voor(vragen.values("pk")).defer("tekst", "antwoord")
    return render(
        request,
        "loket/werkbank_wensen.html",
        {
            "wensen": open_.select_related("vraag__team", "vraag__behandelaar").order_by("uiterlijk_op", "pk"),
            "ontevreden": vragen.ontevreden().op_tijd(),
        },
    )
