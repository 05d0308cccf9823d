"""Making an appointment on the website: what about, where, when, and who to expect.

Every step is a page with links; only the last one is a form. What people choose stands in the address and says nothing
about who they are.
"""

from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.acties.afspraak import MagNiet, boek
from loket.catalogus.blad import blad_onder
from loket.forms.afspraak import BoekForm
from loket.models import Afspraak
from loket.models.afspraak import INHOUD
from loket.rooster import agenda, ics
from loket.rooster.aanbod import online, vind, voor_dienst
from loket.rooster.plek import plekken
from sociaalhuis import begrenzing, versie
from sociaalhuis.context import het_huis
from sociaalhuis.models import Thema
from sociaalhuis.templatetags.huis import moment
from sociaalhuis.versie import bij_versie

STAPPEN = ["Waarover", "Waar", "Wanneer", "Wie"]
ANDERE = 8  # other moments that are offered when this one is gone
MEEST, PER = 20, timedelta(hours=1)
TE_VEEL = "Vanaf deze plek zijn net veel afspraken gemaakt. Bel ons of kom langs, dan doen we het samen."
AGENDA_ZOUT = "loket.afspraak.agenda"


# --- the two questions ---------------------------------------------------------------------------


@bij_versie
def themas(nummer):
    return list(Thema.objects.all())


@require_safe
def waarover(request):
    """The themes, then the kinds of one theme; or at once the kinds about a service."""
    nummer = versie.van(request)
    delen, dienst = online(nummer), _dienst(request, nummer)
    thema = next((t for t in themas(nummer) if t.code == request.GET.get("thema")), None)
    if dienst:
        gekozen = voor_dienst(nummer, dienst.slug, [rij["code"] for rij in dienst.themas])
    else:
        gekozen = [deel for deel in delen if thema and thema.code in deel.themas]
    context = {
        "delen": gekozen,
        "algemeen": [deel for deel in delen if not deel.themas and deel not in gekozen],
        "themas": [t for t in themas(nummer) if any(t.code in deel.themas for deel in delen)],
        "thema": thema,
        "dienst": dienst,
        **_basis(1),
    }
    return render(request, "loket/afspraak_waarover.html", context)


@require_safe
def waar(request, soort):
    nummer = versie.van(request)
    deel, _ = vind(online(nummer), soort)
    if deel is None:
        raise Http404
    return render(request, "loket/afspraak_waar.html", {"deel": deel, "dienst": _dienst(request, nummer), **_basis(2)})


# --- when ------------------------------------------------------------------------------------------


@require_safe
@never_cache
def wanneer(request, soort, locatie, wijze):
    nummer = versie.van(request)
    deel, keuze = _keuze(nummer, soort, locatie, wijze)
    context = {
        "deel": deel,
        "keuze": keuze,
        "dienst": _dienst(request, nummer),
        **week(request, vrij(nummer, deel, keuze)),
        **_basis(3),
    }
    return render(request, "loket/afspraak_wanneer.html", context)


def vrij(nummer, deel, keuze, **opties):
    """Every free moment of a choice."""
    return agenda.vrije_momenten(
        rooster=agenda.rooster(nummer), soort=deel.soort, locatie=keuze.plek.locatie, wijze=keuze.wijze, **opties
    )


def week(request, momenten):
    """One week of `momenten` for a page: that of ?week=, else the first one that has any."""
    eerste = momenten[0] if momenten else None
    vandaag = timezone.localdate()
    begin = agenda.week_van(timezone.localdate(eerste.begin) if eerste else vandaag)
    try:
        gevraagd = agenda.week_van(date.fromisoformat(request.GET.get("week", "")))
        if agenda.week_van(vandaag) <= gevraagd <= agenda.week_van(vandaag + agenda.VOORUIT):
            begin = gevraagd
    except (ValueError, OverflowError):
        pass
    einde = begin + timedelta(days=6)
    deze = [m for m in momenten if begin <= timezone.localdate(m.begin) <= einde]
    dagen = groupby(deze, key=lambda m: timezone.localdate(m.begin))
    later = [m for m in momenten if timezone.localdate(m.begin) > einde]
    vroeger = begin > agenda.week_van(vandaag)
    return {
        "eerste": eerste,
        "begin": begin,
        "einde": einde,
        "dagen": [(dag, list(rij)) for dag, rij in dagen],
        "vorige": begin - timedelta(days=7) if vroeger else None,
        "volgende": begin + timedelta(days=7) if later else None,
        "eerste_later": later[0] if later and not deze else None,
    }


# --- who -------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wie(request, soort, locatie, wijze, code):
    """The last step: the form, and after it the receipt. Who comes a moment late keeps what was typed."""
    nummer = versie.van(request)
    deel, keuze = _keuze(nummer, soort, locatie, wijze)
    gekozen = agenda.lees_code(code)
    if gekozen is None:
        raise Http404
    if request.method != "POST":
        dienst = _dienst(request, nummer)
        form = BoekForm(wijze=wijze, initial={"moment": code, "dienst": dienst and dienst.slug})
        if not any(m.begin == gekozen for m in vrij(nummer, deel, keuze)):
            return redirect("loket:afspraak_wanneer", soort, locatie, wijze)
        return _toon_wie(request, deel, keuze, form, gekozen)
    form = BoekForm(request.POST, wijze=wijze)
    if not form.is_valid():
        return _toon_wie(request, deel, keuze, form, form.cleaned_data.get("moment") or gekozen)
    return _boek(request, nummer, deel, keuze, form)


def _boek(request, nummer, deel, keuze, form):
    sleutel = f"afspraak:{begrenzing.adres(request)}"
    if not begrenzing.telt(sleutel, per=PER, hoogstens=MEEST):
        form.add_error(None, TE_VEEL)
        return _toon_wie(request, deel, keuze, form, form.cleaned_data["moment"])
    try:
        bon = boek(door=None, soort=deel.soort, locatie=keuze.plek.locatie, wijze=keuze.wijze, **form.inhoud())
    except MagNiet as fout:
        begrenzing.geef_terug(sleutel)
        andere = vrij(nummer, deel, keuze)[:ANDERE]
        opnieuw = BoekForm({**request.POST.dict(), "moment": ""}, wijze=keuze.wijze, momenten=andere)
        opnieuw.meld_bezet(str(fout), andere)
        return _toon_wie(request, deel, keuze, opnieuw, None)
    if not bon.nieuw:
        begrenzing.geef_terug(sleutel)
    return toon_bon(request, bon)


def _toon_wie(request, deel, keuze, form, begin):
    context = {"deel": deel, "keuze": keuze, "form": form, "begin": begin, **_basis(4)}
    context["bewaardagen"] = settings.AFSPRAAK_BEWAARDAGEN
    return render(request, "loket/afspraak_wie.html", context)


def toon_bon(request, bon, medewerker=False, vraag=None):
    """The receipt: the only page that ever shows the code. `vraag` is the question that this code opens too."""
    nummer = versie.van(request)
    afspraak = bon.afspraak
    context = {
        "bon": bon,
        "afspraak": afspraak,
        "medewerker": medewerker,
        "vraag": vraag,
        "uitleg": f"Je code. Hiermee {'lees je ons antwoord, ' if vraag else ''}verzet je de afspraak of zeg je ze af:",
        "rijen": [
            ("Wanneer?", moment(afspraak.begin)),
            ("Waar?", waar_in_woorden(nummer, afspraak)),
            ("Referentie", afspraak.referentie),
            *([("Je vraag", f"{vraag.referentie}, met dezelfde code")] if vraag else []),
            ("Verzetten of afzeggen", request.build_absolute_uri(reverse("loket:opvolgen"))),
            ("Vragen? Bel", het_huis(nummer).telefoon),
        ],
        "agenda": signing.dumps(afspraak.pk, salt=AGENDA_ZOUT),
        "snel_weg": not medewerker,
        **bij_afspraak(nummer, afspraak),
    }
    return render(request, "loket/afspraak_ontvangst.html", context)


def waar_in_woorden(nummer, afspraak):
    """The place as people say it."""
    if afspraak.wijze == Afspraak.Wijze.TELEFOON:
        return "We bellen je op"
    if afspraak.wijze == Afspraak.Wijze.THUIS:
        return "Bij jou thuis"
    plek = plekken(nummer).get(afspraak.locatie_id)
    return f"{afspraak.locatie.naam}, {plek.adres}" if plek else afspraak.locatie.naam


def bij_afspraak(nummer, afspraak):
    """What to bring and how to get there."""
    blad = blad_onder(nummer, afspraak.dienst.slug) if afspraak.dienst else None
    meebrengen = [regel.strip() for regel in afspraak.soort.meebrengen.splitlines() if regel.strip()]
    plek = plekken(nummer).get(afspraak.locatie_id) if afspraak.wijze == Afspraak.Wijze.HIER else None
    return {"plek": plek, "dienst": blad, "meebrengen": meebrengen or (blad.meebrengen[0] if blad else [])}


@require_POST
@never_cache
def in_agenda(request):
    """The appointment of a receipt as a file for a calendar. The signed number opens nothing else."""
    try:
        pk = signing.loads(request.POST.get("afspraak", ""), salt=AGENDA_ZOUT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature as fout:
        raise Http404 from fout
    afspraak = Afspraak.objects.select_related("locatie").defer(*INHOUD).filter(pk=pk).first()
    if afspraak is None:
        raise Http404
    nummer = versie.van(request)
    inhoud = ics.kalender([afspraak], het_huis(nummer), adres=lambda rij: waar_in_woorden(nummer, rij))
    return ics.als_bestand(inhoud)


# --- inside ----------------------------------------------------------------------------------------


def _basis(nu):
    return {"stappen": STAPPEN, "nu": nu, "snel_weg": True}


def _dienst(request, nummer):
    """The service that a link brought along, or None."""
    slug = request.GET.get("dienst", "")[:120].replace("\x00", "")
    return blad_onder(nummer, slug) if slug else None


def _keuze(nummer, soort, locatie, wijze):
    deel, keuze = vind(online(nummer), soort, locatie, wijze)
    if keuze is None:
        raise Http404
    return deel, keuze
