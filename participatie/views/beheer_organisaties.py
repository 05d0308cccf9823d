"""The organisations as staff see them: who speaks for each, who was asked, and who spoke before."""

from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties.aflopend import aflopend
from participatie.acties.geschiedenis import wie_sprak
from participatie.acties.mandaat import beeindig_mandaat, geef_rol
from participatie.acties.mandaatuitnodiging import trek_uitnodiging_in
from participatie.acties.wisverzoek import stop
from participatie.models import Mandaat, Mandaatuitnodiging, Wisverzoek
from participatie.rechten import NAKIJKERS
from participatie.views.beheer import probeer, toon
from sociaalhuis.models import Organisatie
from sociaalhuis.toegang import alleen_rol


@never_cache
@require_safe
@alleen_rol(*NAKIJKERS)
def organisaties(request):
    """Every recognised organisation; those that nobody can be reached of stand out."""
    nu = timezone.now()
    spreekt = Q(mandaten__van__lte=nu, mandaten__gebruiker__is_active=True) & (
        Q(mandaten__tot=None) | Q(mandaten__tot__gt=nu)
    )
    aanspreekpunt = Mandaat.objects.actief(nu).filter(organisatie=OuterRef("pk"), rol=Mandaat.Rol.AANSPREEKPUNT)
    rijen = Organisatie.objects.erkend().annotate(
        sprekers=Count("mandaten", filter=spreekt),
        heeft_aanspreekpunt=Exists(aanspreekpunt),
        wil_wissen=Exists(Wisverzoek.objects.open().filter(organisatie=OuterRef("pk"))),
    )
    stopt = {mandaat.organisatie_id: mandaat for mandaat in aflopend(nu)}
    rijen = list(rijen.order_by("naam"))
    for rij in rijen:
        rij.laatste = stopt.get(rij.pk)
    return toon(request, "organisaties", "organisaties", organisaties=rijen)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@alleen_rol(*NAKIJKERS)
def organisatie(request, code):
    """One organisation; `doe` ends a mandate, changes a role, or takes an invitation back."""
    organisatie = get_object_or_404(Organisatie.objects.erkend(), code=code)
    if request.method == "POST":
        _doe(request, organisatie)
        return redirect("participatie:beheer_organisatie", code)
    uitnodigingen = Mandaatuitnodiging.objects.zichtbaar_voor(request.user).filter(organisatie=organisatie)
    sprekers = wie_sprak(organisatie)
    laatste = next(iter(aflopend(organisatie=organisatie)), None)
    return toon(
        request,
        "organisatie",
        "organisaties",
        organisatie=organisatie,
        laatste=laatste,
        herinneringen=laatste.herinneringen.filter(tot=laatste.tot) if laatste else [],
        sprekers=sprekers,
        lopend=[s.mandaat for s in sprekers if s.mandaat.is_actief or s.mandaat.is_gepland],
        heeft_aanspreekpunt=any(s.mandaat.is_aanspreekpunt and s.mandaat.is_actief for s in sprekers),
        verzoek=Wisverzoek.objects.open().filter(organisatie=organisatie).select_related("door").first(),
        uitnodigingen=uitnodigingen.defer("naam", "email").select_related("door")[:20],
        mag_wijzigen=request.user.has_perm("participatie.change_mandaat"),
    )


def _doe(request, organisatie):
    doe, pk = request.POST.get("doe", ""), request.POST.get("pk", "")
    pk = int(pk) if pk.isdecimal() and len(pk) < 10 else 0
    if doe == "trek-in":
        rij = get_object_or_404(Mandaatuitnodiging, organisatie=organisatie, pk=pk)
        probeer(request, "De uitnodiging is ingetrokken.", trek_uitnodiging_in, uitnodiging=rij)
    elif doe == "stop-wissen":
        rij = get_object_or_404(Wisverzoek.objects.open(), organisatie=organisatie, pk=pk)
        probeer(request, "Gestopt. Er wordt niets gewist.", stop, verzoek=rij)
    elif doe == "stop":
        rij = get_object_or_404(Mandaat, organisatie=organisatie, pk=pk)
        probeer(request, "Het mandaat is afgelopen.", beeindig_mandaat, mandaat=rij)
    elif doe in Mandaat.Rol.values:
        rij = get_object_or_404(Mandaat, organisatie=organisatie, pk=pk)
        probeer(request, "De rol is aangepast.", geef_rol, mandaat=rij, rol=doe)
