"""Following participation: what happened, as a page and as a feed, and by mail."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from participatie.acties import volgen as verbs
from participatie.forms.volgen import VolgForm
from participatie.models import Bericht, Volger
from sociaalhuis.volgen import paginas

PER_BLAD, IN_FEED = 30, 50


@require_safe
def nieuws(request):
    """What happened lately, newest first."""
    pagina = Paginator(Bericht.objects.openbaar(), PER_BLAD).get_page(request.GET.get("pagina"))
    return render(request, "participatie/nieuws.html", {"pagina": pagina})


@require_safe
def atom(request):
    """The same as an Atom feed."""
    volledig = request.build_absolute_uri
    hier = volledig(reverse("participatie:atom"))
    feed = Atom1Feed(
        title="Nieuws over meepraten",
        link=volledig(reverse("participatie:nieuws")),
        description="Wat er is om mee te praten, en wat we ermee deden.",
        language="nl-BE",
        feed_url=hier,
        feed_guid=hier,
    )
    for bericht in Bericht.objects.openbaar()[:IN_FEED]:
        feed.add_item(
            title=bericht.titel,
            link=volledig(bericht.pad),
            description=bericht.tekst,
            unique_id=f"{hier}#{bericht.sleutel}",
            pubdate=bericht.op,
            updateddate=bericht.op,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


# --- by mail --------------------------------------------------------------------------------------


def waarvan(volger):
    return paginas.Waarvan(
        over=f"“{volger.ronde.titel}”" if volger.ronde else "alles om mee te praten",
        lees=reverse("participatie:nieuws"),
        stop=reverse("participatie:volg_stop", args=[volger.referentie, volger.sleutel]),
    )


def gestopt():
    return {"terug": reverse("participatie:overzicht"), "waarheen": "“Praat mee”"}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def volgen(request):
    """The form. Whether an address was known already is never told."""
    form = VolgForm(request.POST or None, ronde=request.GET.get("ronde", "")[:50])
    if request.method == "POST" and form.is_valid() and paginas.mag_vragen(request, form):
        verbs.volg(**{naam: form.cleaned_data[naam] for naam in ("ronde", "email", "elke")})
        return redirect("participatie:volg_gevraagd")
    return render(request, "participatie/volg.html", {"form": form}, status=paginas.status_van(request, form))


@require_safe
def gevraagd(request):
    return render(
        request, "volgen/gevraagd.html", {"terug": reverse("participatie:overzicht"), "wat": "Nieuws over meepraten"}
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bevestig(request, referentie, sleutel):
    volger = paginas.van_link(Volger, referentie, sleutel)
    return paginas.bevestig(
        request, volger, waarvan=waarvan, verb=lambda rij: verbs.bevestig(volger=rij), gestopt=gestopt()
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, referentie, sleutel):
    volger = paginas.van_link(Volger, referentie, sleutel)
    return paginas.stop(request, volger, waarvan=waarvan, gestopt=gestopt())
