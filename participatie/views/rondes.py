"""What runs now, what came of it, and the page of one round. Read by everyone, without a cookie."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participatie.models import Antwoord, Inbreng, Ronde
from participatie.rechten import NAKIJKERS, RONDEWERKERS
from plan.models import Onderdeel
from sociaalhuis.rollen import heeft_rol


def mag_achter_de_schermen(request):
    """Whether to show the way to the desk. Looks at the user only when there is a session, so the page stays plain."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and heeft_rol(request.user, *RONDEWERKERS, *NAKIJKERS)


@require_safe
def overzicht(request):
    rondes = list(Ronde.objects.openbaar().met_tellingen().select_related("plan"))
    code = request.GET.get("onderdeel", "")[:40].replace("\x00", "")
    lopend = sorted((ronde for ronde in rondes if ronde.is_open), key=lambda ronde: ronde.sluit_op)
    return render(
        request,
        "participatie/overzicht.html",
        {
            "lopend": lopend,
            "straks": [ronde for ronde in rondes if ronde.fase == Ronde.Fase.STRAKS],
            "voorbij": [ronde for ronde in rondes if ronde.fase in (Ronde.Fase.GESLOTEN, Ronde.Fase.BEANTWOORD)],
            "over": over_welk_deel(code, lopend) if code else None,
            "code": code,
            "achter_de_schermen": mag_achter_de_schermen(request),
        },
    )


def over_welk_deel(code, rondes):
    """For who comes from a page of the plan: that part with the open round about its plan, or None."""
    rondes = {ronde.plan_id: ronde for ronde in reversed(rondes)}
    deel = (
        Onderdeel.objects.filter(code=code, plan__in=rondes, soort__in=["garantie", "actie"])
        .select_related("plan")
        .first()
    )
    return {"deel": deel, "ronde": rondes[deel.plan_id]} if deel else None


@require_safe
def ronde(request, slug):
    achter = mag_achter_de_schermen(request)
    rondes = Ronde.objects.zichtbaar_voor(request.user) if achter else Ronde.objects.openbaar()
    ronde = get_object_or_404(rondes.met_tellingen().select_related("plan"), slug=slug)
    return render(
        request,
        "participatie/ronde.html",
        {
            "ronde": ronde,
            "achter_de_schermen": achter and heeft_rol(request.user, *RONDEWERKERS),
            "inbrengen": ronde.inbrengen.openbaar().voor_lijst().in_volgorde_van_het_plan(),
            "verborgen": ronde.inbrengen.filter(staat=Inbreng.Staat.VERBORGEN, teken="").order_by("ingediend_op"),
            "kop_diagram": ["Besluit", "Inbreng"],
            "tellingen": tellingen(ronde) if ronde.antwoorden_zichtbaar else [],
        },
    )


def tellingen(ronde):
    """How often each decision was taken, for the chart: list of [word, number]."""
    besluiten = list(Antwoord.objects.openbaar().filter(inbreng__ronde=ronde).values_list("besluit", flat=True))
    return [[label, besluiten.count(waarde)] for waarde, label in Antwoord.Besluit.choices]
