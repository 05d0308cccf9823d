"""What runs now, what came of it, and the page of one round. Read by everyone, without a cookie."""

from collections import Counter

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participatie.acties.aangekruist import leider
from participatie.agenda import kalender_van_rondes, sinds
from participatie.forms.lijst import InbrengFilter
from participatie.mag import Handeling, Moment, mag, moment_van
from participatie.models import Besluit, Formulier, Inbreng, Overleg, Ronde
from participatie.models.inbreng import ALLEEN_AANGEKRUIST
from participatie.rechten import NAKIJKERS, RONDEWERKERS
from participatie.verhaal import toestanden
from plan.models import Onderdeel
from sociaalhuis import ical, versie
from sociaalhuis.context import het_huis
from sociaalhuis.rollen import heeft_rol

PER_BLAD = 25


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
            "overleggen": Overleg.objects.openbaar().filter(staat="aangekondigd").voor_lijst().komend()[:4],
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
    ronde = get_object_or_404(rondes.met_tellingen().met_vraagfasen().select_related("plan"), slug=slug)
    achter = achter and heeft_rol(request.user, *RONDEWERKERS)
    return render(request, "participatie/ronde.html", inhoud_van(request, ronde) | {"achter_de_schermen": achter})


def inhoud_van(request, ronde):
    """What the page of a round shows, whoever looks. `ronde` comes with its counts and phases of questions."""
    zoek = InbrengFilter(request.GET, ronde=ronde, nummer=versie.van(request))
    alle = ronde.inbrengen.in_de_lijst().exclude(ALLEEN_AANGEKRUIST)
    bladen = Paginator(zoek.pas_toe(alle).in_volgorde_van_het_plan().values("pk"), PER_BLAD)
    if not zoek.gekozen:
        bladen.count = ronde.lijst_aantal
    pagina = bladen.get_page(request.GET.get("pagina"))
    gezegd = telling(ronde)
    return {
        "ronde": ronde,
        "kan_steunen": mag(Handeling.STEUNEN, ronde=ronde),
        "pagina": pagina,
        "inbrengen": toestanden(op_blad(pagina.object_list)) if pagina.paginator.count else [],
        "zoek": zoek,
        "gezocht": zoek.gekozen,
        "met_filter": bool(zoek.gekozen) or pagina.paginator.count > PER_BLAD // 2,
        "aangekruist": leider(ronde) if ronde.antwoorden_zichtbaar and ronde.aangekruist_aantal else None,
        "standpunten": standpunten(gezegd),
        "opmerkingen": ronde.opmerkingen.openbaar().filter(inbreng=None).voor_lijst(),
        "adviezen": ronde.adviezen.openbaar().voor_lijst().order_by("verzonden_op"),
        "overleggen": Overleg.objects.openbaar().filter(ronde=ronde).voor_lijst().order_by("begin"),
        "wegen": manieren(ronde),
        "tellingen_te_zien": ronde.is_voorbij and bool(ronde.vraagfasen),
        "kop_diagram": ["Besluit", "Inbreng"],
        "tellingen": besluiten(gezegd) if ronde.antwoorden_zichtbaar else [],
    }


def op_blad(sleutels):
    """The inputs of one page, in the order of the plan. `sleutels` is a slice of a queryset of keys: PostgreSQL sorts
    thousands of keys, and joins and reads only the rows that are shown."""
    return Inbreng.objects.filter(pk__in=sleutels).voor_lijst().in_volgorde_van_het_plan()


def telling(ronde):
    """[(standpoint, published decision, how many)] of the inputs that are shown; '' and None where there is none."""
    rijen = ronde.inbrengen.openbaar().met_openbaar_antwoord("besluit").order_by()
    return list(rijen.values_list("standpunt", "openbaar_besluit").annotate(aantal=Count("pk")))


def standpunten(telling):
    """[(word, kind of label, how many organisations)] of the standpoints that are shown; [] when there are none."""
    samen = Counter()
    for standpunt, _, aantal in telling:
        samen[standpunt] += aantal
    return [
        (label, Inbreng(standpunt=waarde).toestand, samen[waarde])
        for waarde, label in Inbreng.Standpunt.choices
        if samen[waarde]
    ]


def besluiten(telling):
    """How often each decision was taken, for the chart: list of [word, number]."""
    samen = Counter()
    for _, besluit, aantal in telling:
        samen[besluit] += aantal
    return [[label, samen[waarde]] for waarde, label in Besluit.choices]


def manieren(ronde):
    """How somebody takes part at this moment, the first way first: list of dicts with `naam` (of the page) and `tekst`.

    Before it opens that is reading the text, when it is about a text; after it closed, none. For anyone: who is asked does
    not depend on who reads this page. The round comes from `met_vraagfasen`.
    """
    if ronde.fase == Ronde.Fase.STRAKS and Handeling.AMENDEREN not in ronde.zonder:
        return [{"naam": "participatie:tekst", "tekst": "Lees nu al de tekst"}]
    if not ronde.is_open:
        return []
    moment = moment_van(ronde)
    fase = Formulier.Fase.WEGEN if moment == Moment.WEGEN else Formulier.Fase.INBRENGEN
    invullen = Handeling.WEGEN if moment == Moment.WEGEN else Handeling.INVULLEN
    wegen = []
    if fase in ronde.vraagfasen and mag(invullen, ronde=ronde):
        tekst = "Kies wat eerst moet" if moment == Moment.WEGEN else "Vul de vragen in"
        wegen.append({"naam": "participatie:vragen", "tekst": tekst})
    if mag(Handeling.INBRENGEN, ronde=ronde):
        wegen.append({"naam": "participatie:geef", "tekst": "Geef je mening"})
    if mag(Handeling.AMENDEREN, ronde=ronde):
        wegen.append({"naam": "participatie:tekst", "tekst": "Lees de tekst en reageer per alinea"})
    return wegen


# --- calendars ----------------------------------------------------------------------------------


@require_safe
def agenda(request):
    """The feed of everything one can take part in: the days of public rounds, and public meetings."""
    huis = het_huis(versie.van(request))
    overleggen = Overleg.objects.openbaar().filter(einde__gte=sinds()).select_related("locatie").order_by("begin", "pk")
    return ical.als_bestand(kalender_van_rondes(overleggen, huis, naam=f"Praat mee: {huis.naam}"), "praat-mee.ics")


@require_safe
def in_agenda(request, slug):
    """The days of one round, with the public meetings about it."""
    ronde = get_object_or_404(Ronde.objects.openbaar(), slug=slug)
    overleggen = Overleg.objects.openbaar().filter(ronde=ronde).select_related("locatie").order_by("begin", "pk")
    huis = het_huis(versie.van(request))
    return ical.als_bestand(kalender_van_rondes(overleggen, huis, pk=ronde.pk), f"{ronde.slug}.ics")
