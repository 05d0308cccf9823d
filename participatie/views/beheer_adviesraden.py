"""Advisory councils as staff see them: the checks of the law, who sits, asking for advice, answering it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participatie.acties import advies as verbs
from participatie.acties.adviesraad import geef_reactierecht, laat_lid_gaan, voeg_lid_toe
from participatie.forms.advies import (
    AdviesraadFormulier,
    AntwoordAdviesFormulier,
    RaadslidFormulier,
    VraagAdviesFormulier,
)
from participatie.models import Advies, Adviesraad, Raadslid
from participatie.rechten import NAKIJKERS, RONDEWERKERS
from participatie.staat import MagNiet
from participatie.views.beheer import probeer, toon
from sociaalhuis.toegang import alleen_rol


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*NAKIJKERS, *RONDEWERKERS)
def adviesraden(request):
    """Every council with its check, the advice that waits, and a form to make a recognised organisation one."""
    form = AdviesraadFormulier(request.POST or None)
    if request.method == "POST":
        if not request.user.has_perm("participatie.add_adviesraad"):
            raise PermissionDenied
        if form.is_valid():
            raad = form.save()
            geef_reactierecht(raad)
            messages.success(request, "De adviesraad is gemaakt. Voeg nu de leden toe.")
            return redirect("participatie:beheer_adviesraad", raad.organisatie.code)
    leden = Raadslid.objects.op().defer("naam")
    raden = Adviesraad.objects.zichtbaar_voor(request.user).select_related("organisatie")
    adviezen = Advies.objects.zichtbaar_voor(request.user).voor_lijst()
    return toon(
        request,
        "adviesraden",
        "adviesraden",
        raden=[
            (raad, raad.samenstelling())
            for raad in raden.prefetch_related(Prefetch("leden", leden, to_attr="leden_nu"))
        ],
        lopend=adviezen.exclude(staat=Advies.Staat.BEANTWOORD).order_by("tegen", "begonnen_op"),
        klaar=adviezen.filter(staat=Advies.Staat.BEANTWOORD).order_by("-antwoord_op")[:50],
        form=form,
        mag_maken=request.user.has_perm("participatie.add_adviesraad"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*NAKIJKERS, *RONDEWERKERS)
def adviesraad(request, code):
    """One council: its members for the check of the law, and asking it for advice. Which button says what was sent."""
    rijen = Adviesraad.objects.zichtbaar_voor(request.user).select_related("organisatie", "opgericht_door")
    raad = get_object_or_404(rijen, organisatie__code=code)
    lidform = RaadslidFormulier(request.POST if "lid" in request.POST else None)
    vraagform = VraagAdviesFormulier(request.POST if "verstuur" in request.POST else None)
    if request.method == "POST" and _doe(request, raad, lidform, vraagform):
        return redirect("participatie:beheer_adviesraad", code)
    leden = Raadslid.objects.zichtbaar_voor(request.user).op().filter(adviesraad=raad).select_related("dossiersleutel")
    return toon(
        request,
        "adviesraad",
        "adviesraden",
        raad=raad,
        samenstelling=raad.samenstelling(),
        leden=sorted(
            leden, key=lambda lid: (not lid.stemt, Raadslid.Functie.values.index(lid.functie), lid.naam.lower())
        ),
        adviezen=Advies.objects.zichtbaar_voor(request.user).filter(adviesraad=raad).voor_lijst(),
        lidform=lidform,
        vraagform=vraagform,
        form=lidform if lidform.errors else vraagform,
        mag_wijzigen=request.user.has_perm("participatie.change_raadslid"),
        mag_vragen=request.user.has_perm("participatie.add_advies"),
    )


def _doe(request, raad, lidform, vraagform):
    """Does what the button asks; True when the page is to be read anew."""
    if "stop" in request.POST:
        pk = request.POST["stop"]
        rijen = Raadslid.objects.zichtbaar_voor(request.user).filter(adviesraad=raad)
        lid = get_object_or_404(rijen, pk=int(pk) if pk.isdecimal() and len(pk) < 10 else 0)
        probeer(request, "Bewaard. Vandaag is de laatste dag van dit lid.", laat_lid_gaan, lid=lid)
        return True
    if lidform.is_bound and lidform.is_valid():
        try:
            voeg_lid_toe(adviesraad=raad, **lidform.cleaned_data, door=request.user)
        except ValidationError as fout:
            lidform.add_error(None, fout)
            return False
        messages.success(request, "Het lid is toegevoegd.")
        return True
    if vraagform.is_bound and vraagform.is_valid():
        vraag = {**vraagform.gegevens, "inzending": vraagform.inzending}
        return probeer(request, "De vraag is verstuurd.", verbs.vraag_advies, adviesraad=raad, **vraag)
    return False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*NAKIJKERS, *RONDEWERKERS)
def advies(request, pk):
    """One advice: answer it, or put it on the way past the councils."""
    rijen = Advies.objects.zichtbaar_voor(request.user)
    rij = get_object_or_404(
        rijen.select_related("adviesraad__organisatie", "plan", "ronde", "gevraagd_door", "besluit", "antwoord_door"),
        pk=pk,
    )
    doe = request.POST.get("doe")
    form = AntwoordAdviesFormulier(request.POST if request.method == "POST" and doe != "weg" else None)
    if doe == "weg":
        probeer(request, "Het advies is een stap op de weg langs de raden.", verbs.zet_op_de_weg, advies=rij)
        return redirect("participatie:beheer_advies", pk)
    if form.is_bound and form.is_valid():
        try:
            verbs.beantwoord_advies(advies=rij, door=request.user, **form.cleaned_data)
        except MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "De reactie staat online. De raad krijgt bericht.")
            return redirect("participatie:beheer_advies", pk)
    return toon(
        request,
        "advies",
        "adviesraden",
        advies=rij,
        form=form,
        mag_antwoorden=request.user.has_perm("participatie.change_advies"),
        weg=verbs.open_weg(rij)
        if request.user.has_perm("plan.publiceer_plan") and rij.is_gegeven and not rij.besluit_id
        else None,
    )
