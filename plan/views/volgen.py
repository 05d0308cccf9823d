"""Following a plan: what changed, as a page and as a feed, and by mail."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from plan.acties import volgen as verbs
from plan.forms.volgen import VolgForm
from plan.models import Abonnement, Onderdeel, Plan, Planbericht
from plan.views.deur import bezoeker, plan_of_404
from sociaalhuis.volgen import paginas

PER_BLAD, IN_FEED = 30, 50


def deel_of_404(request, plan, code):
    """A guarantee or an action of a plan, or None without a code."""
    soorten = [Onderdeel.Soort.GARANTIE, Onderdeel.Soort.ACTIE]
    delen = Onderdeel.objects.zichtbaar_voor(bezoeker(request)).filter(plan=plan, soort__in=soorten)
    return get_object_or_404(delen.select_related("garantie"), code=code) if code else None


def met_adres(berichten, plan):
    """The messages, each with `deel`: the part as it is now, where it still is."""
    sleutels = {bericht.onderdeel for bericht in berichten} - {None}
    delen = Onderdeel.objects.filter(plan=plan, pk__in=sleutels).select_related("garantie", "plan")
    bekend = {deel.pk: deel for deel in delen}
    for bericht in berichten:
        bericht.deel = bekend.get(bericht.onderdeel)
    return berichten


@require_safe
def nieuws(request, plan, code=""):
    """What changed lately in a plan or a part of it, newest first."""
    plan = plan_of_404(request, plan)
    deel = deel_of_404(request, plan, code)
    pagina = Paginator(Planbericht.objects.filter(plan=plan).over(deel), PER_BLAD).get_page(request.GET.get("pagina"))
    pagina.object_list = met_adres(list(pagina.object_list), plan)
    return render(request, "plan/nieuws.html", {"plan": plan, "deel": deel, "pagina": pagina})


@require_safe
def atom(request, plan, code=""):
    """The same as an Atom feed."""
    plan = plan_of_404(request, plan)
    deel = deel_of_404(request, plan, code)
    hier = reverse("plan:atom_deel" if deel else "plan:atom", args=[plan.slug, *([deel.code] if deel else [])])
    volledig = request.build_absolute_uri
    feed = Atom1Feed(
        title=f"Nieuws over {deel or plan}",
        link=volledig((deel or plan).get_absolute_url()),
        description="Wat er verandert in het plan, in gewone taal.",
        language="nl-BE",
        feed_url=volledig(hier),
        feed_guid=volledig(hier),
    )
    for bericht in met_adres(list(Planbericht.objects.filter(plan=plan).over(deel)[:IN_FEED]), plan):
        waar = bericht.deel.get_absolute_url() if bericht.deel else plan.get_absolute_url()
        feed.add_item(
            title=str(bericht),
            link=volledig(waar),
            description=" ".join(filter(None, [bericht.tekst, bericht.waarom and f"Waarom? {bericht.waarom}"])),
            unique_id=f"{volledig(plan.get_absolute_url())}#bericht-{bericht.pk}",
            pubdate=bericht.op,
            updateddate=bericht.op,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


# --- by mail --------------------------------------------------------------------------------------


def waarvan(abonnement):
    plan, deel = abonnement.plan, abonnement.onderdeel
    return paginas.Waarvan(
        over=f"“{deel.titel}”" if deel else "het plan",
        lees=reverse("plan:nieuws", args=[plan.slug]),
        stop=reverse("plan:volgen_stop", args=[abonnement.referentie, abonnement.sleutel]),
    )


def gestopt():
    return {"terug": reverse("plan:plannen"), "waarheen": "het plan"}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def volgen(request, plan):
    """The form. Whether an address was known already is never told."""
    plan = plan_of_404(request, plan)
    if plan.staat in (Plan.Staat.VOORBEREIDING, Plan.Staat.AFGELOPEN):
        raise Http404
    form = VolgForm(request.POST or None, plan=plan, deel=request.GET.get("deel", "")[:40])
    if request.method == "POST" and form.is_valid() and paginas.mag_vragen(request, form):
        verbs.abonneer(plan=plan, **{naam: form.cleaned_data[naam] for naam in ("onderdeel", "email", "elke")})
        return redirect("plan:volgen_gevraagd", plan=plan.slug)
    return render(request, "plan/volgen.html", {"plan": plan, "form": form}, status=paginas.status_van(request, form))


@require_safe
def gevraagd(request, plan):
    terug = plan_of_404(request, plan).get_absolute_url()
    return render(request, "volgen/gevraagd.html", {"terug": terug, "wat": "Nieuws over het plan"})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bevestig(request, referentie, sleutel):
    abonnement = paginas.van_link(Abonnement, referentie, sleutel)
    return paginas.bevestig(
        request, abonnement, waarvan=waarvan, verb=lambda rij: verbs.bevestig(abonnement=rij), gestopt=gestopt()
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, referentie, sleutel):
    abonnement = paginas.van_link(Abonnement, referentie, sleutel)
    return paginas.stop(request, abonnement, waarvan=waarvan, gestopt=gestopt())
