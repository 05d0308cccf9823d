"""Following a plan: what changed, as a page and as a feed, and by mail."""

from datetime import timedelta

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
from sociaalhuis.begrenzing import adres, telt
from sociaalhuis.inzending import sleutel_klopt
from sociaalhuis.volgen.verbs import stop as stop_ermee

PER_BLAD, IN_FEED = 30, 50
TE_VEEL = "Er kwamen vandaag al veel vragen van hier. Probeer het morgen opnieuw."


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


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def volgen(request, plan):
    """The form. Whether an address was known already is never told."""
    plan = plan_of_404(request, plan)
    if plan.staat in (Plan.Staat.VOORBEREIDING, Plan.Staat.AFGELOPEN):
        raise Http404
    form = VolgForm(request.POST or None, plan=plan, deel=request.GET.get("deel", "")[:40])
    if request.method == "POST" and form.is_valid():
        if telt(f"abonnement:{adres(request)}", per=timedelta(days=1), hoogstens=20):
            velden = {naam: form.cleaned_data[naam] for naam in ("onderdeel", "email", "elke")}
            verbs.abonneer(plan=plan, **velden)
            return redirect("plan:volgen_gevraagd", plan=plan.slug)
        form.add_error(None, TE_VEEL)
    status = 200 if request.method != "POST" else 429 if TE_VEEL in form.non_field_errors() else 422
    return render(request, "plan/volgen.html", {"plan": plan, "form": form}, status=status)


@require_safe
def gevraagd(request, plan):
    return render(request, "plan/volgen_gevraagd.html", {"plan": plan_of_404(request, plan)})


def abonnement_van(referentie, sleutel):
    """The subscription of a link, None when it is gone already; Http404 for a link that is not ours."""
    if not sleutel_klopt("abonnement", referentie, sleutel):
        raise Http404
    return Abonnement.objects.select_related("plan", "onderdeel").defer("email").filter(referentie=referentie).first()


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bevestig(request, referentie, sleutel):
    """From the link in the mailbox: a button confirms (a program that opens links does not), another one stops."""
    abonnement = abonnement_van(referentie, sleutel)
    if abonnement is None:
        return render(request, "plan/volgen_gestopt.html")
    if request.method == "POST":
        verbs.bevestig(abonnement=abonnement)
        return redirect("plan:volgen_bevestig", referentie, sleutel)
    return render(request, "plan/volgen_bevestig.html", {"abonnement": abonnement})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, referentie, sleutel):
    """One click: the button, or the mail program by itself (RFC 8058). Then nothing of it is kept."""
    abonnement = abonnement_van(referentie, sleutel)
    if abonnement and request.method == "POST":
        stop_ermee(abonnement=abonnement)
        abonnement = None
    if abonnement is None:
        return render(request, "plan/volgen_gestopt.html")
    return render(request, "plan/volgen_stop.html", {"abonnement": abonnement})
