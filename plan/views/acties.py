"""From guarantee to action: the guarantee with its goals, the list with its filters, one action."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plan.besproken import van_deel
from plan.boom import boom
from plan.filters import ActieFilter
from plan.herkomst import van_delen
from plan.meten import gemeten
from plan.models import (
    Actie,
    Afhankelijkheid,
    Garantie,
    Indicator,
    Jaaractieplan,
    Onderdeel,
    Opvolging,
    Projectaanvraag,
    Raming,
    Verantwoording,
)
from plan.views import boek
from plan.views.deur import bezoeker, plan_of_404
from plan.volledigheid import is_verouderd

PER_BLAD = 20
WACHTEN = Prefetch("wacht_op", Afhankelijkheid.objects.select_related("wacht_op"), "wachten")
REDENEN = Prefetch("verantwoordingen", Verantwoording.objects.select_related("feit"), "redenen")


def vervolg(request, deel):
    """The parts of a later plan that go on with this one, as far as this visitor may see them."""
    rijen = Opvolging.objects.zichtbaar_voor(bezoeker(request)).filter(oud=deel)
    return [rij.nieuw for rij in rijen.select_related("nieuw__plan", "nieuw__garantie")]


def van_onderdeel(deel):
    """The indicators that tell about a part itself."""
    return Indicator.objects.filter(koppelingen__onderdeel=deel).select_related("plan")


@require_safe
def garantie(request, plan, code):
    garanties = (
        Garantie.objects.zichtbaar_voor(bezoeker(request))
        .select_related("plan")
        .prefetch_related("themas", "doelgroepen")
    )
    garantie = get_object_or_404(garanties, plan__slug=plan, code=code)
    plan = garantie.plan
    # one query: the guarantees beside this one, and the goals and actions below it
    delen = (
        Onderdeel.objects.filter(plan=plan)
        .filter(Q(soort=Onderdeel.Soort.GARANTIE) | Q(garantie=garantie))
        .select_related("trekker_organisatie", "niveau")
        .prefetch_related(REDENEN, WACHTEN)
        .in_volgorde()
    )
    takken = boom(delen)
    plaats = next(nummer for nummer, tak in enumerate(takken) if tak.deel.pk == garantie.pk)
    acties = takken[plaats].acties
    return render(
        request,
        "plan/garantie.html",
        {
            "plan": plan,
            "garantie": garantie,
            "tak": takken[plaats],
            "vorige": takken[plaats - 1] if plaats else None,
            "volgende": takken[plaats + 1] if plaats + 1 < len(takken) else None,
            "acties": acties,
            "standen": boek.tel_standen(plan, acties),
            "vervolg": vervolg(request, garantie),
            "herkomst": van_delen(plan, [garantie.pk]).get(garantie.pk, []),
            "besproken": van_deel(garantie.pk),
            "stukken": gemeten(van_onderdeel(garantie)),
            "geld": boek.geldbeeld(boek.toegekend(plan).filter(projectaanvraag__actie__garantie=garantie), plan.jaren),
        },
    )


@require_safe
def lijst(request, plan):
    plan = plan_of_404(request, plan)
    filter = ActieFilter(request.GET, queryset=Actie.objects.filter(plan=plan), plan=plan)
    pagina = Paginator(filter.treffers, PER_BLAD).get_page(request.GET.get("pagina"))
    acties = Actie.objects.filter(pk__in=pagina.object_list).voor_lijst().in_volgorde()
    return render(
        request,
        "plan/acties.html",
        {"plan": plan, "filter": filter, "facetten": filter.facetten(), "pagina": pagina, "acties": acties},
    )


@require_safe
def actie(request, plan, code):
    acties = (
        Actie.objects.zichtbaar_voor(bezoeker(request))
        .select_related("plan", "garantie", "ouder", "trekker_organisatie")
        .prefetch_related("themas", "doelgroepen", "gebieden", "bbc_codes__bestuur")
    )
    actie = get_object_or_404(acties, plan__slug=plan, code=code)
    jaarplannen = Jaaractieplan.objects.zichtbaar_voor(bezoeker(request))
    return render(
        request,
        "plan/actie.html",
        {
            "plan": actie.plan,
            "actie": actie,
            "partners": actie.partnerschappen.nu().select_related("organisatie"),
            "vervolg": vervolg(request, actie),
            "herkomst": van_delen(actie.plan, [actie.pk]).get(actie.pk, []),
            "besproken": van_deel(actie.pk),
            "stukken": gemeten(van_onderdeel(actie)),
            "verouderd": is_verouderd(actie, actie.plan.verouderd_na, timezone.localdate()),
            "redenen": actie.verantwoordingen.select_related("feit"),
            "mijlpalen": actie.taken.op_site(),
            "wacht_op": actie.wacht_op.select_related("wacht_op"),
            "gevolgd_door": actie.gevolgd_door.select_related("actie"),
            "jaren": actie.jaaracties.filter(jaaractieplan__in=jaarplannen).select_related("jaaractieplan"),
            "aanvragen": actie.projectaanvragen.filter(staat__in=Projectaanvraag.TOEGEKEND),
            "geld": boek.geldbeeld(Raming.objects.filter(projectaanvraag__actie=actie).toegekend(), actie.plan.jaren),
        },
    )
