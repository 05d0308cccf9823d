"""Doors: who may come in at all. What is *yours* is decided by `zichtbaar_voor()` of the model.

Not logged in: to the login page. Logged in without the role: the same 404 as a page that does not exist.
A session that ended while someone was writing: a page that still holds what they wrote.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache

from sociaalhuis import hoekje
from sociaalhuis.middleware.storing import velden
from sociaalhuis.rollen import ORGANISATIELID, heeft_rol
from sociaalhuis.vertegenwoordiging import organisaties_van


@never_cache
def sessie_voorbij(request, opnieuw):
    """The session ended: to `opnieuw` (an address), or first a page with the text of the form that was sent."""
    teksten = [waarde for _, waarde in velden(request) if " " in waarde.strip()]
    if not teksten:
        return redirect(opnieuw)
    inhoud = {"teksten": teksten, "opnieuw": opnieuw, "bestanden": bool(request.FILES)}
    return render(request, "fouten/sessie.html", inhoud, status=403)


@never_cache
def mandaat_voorbij(request, organisatie=None):
    """Who spoke for an organisation and does not any more: says so, and gives back what was typed in an open tab."""
    teksten = [waarde for _, waarde in velden(request) if " " in waarde.strip()]
    inhoud = {"teksten": teksten, "organisatie": organisatie, "bestanden": bool(request.FILES)}
    return render(request, "fouten/mandaat.html", inhoud, status=403)


def aanmelden_en_terug(request):
    """The address of the login page that leads back to the page of this request, also when a form was sent."""
    vorige = urlsplit(request.headers.get("Referer", ""))
    terug = request.get_full_path()
    if request.method == "POST":
        terug = vorige.path if vorige.netloc == request.get_host() else resolve_url("start_na_aanmelden")
    return redirect_to_login(terug, resolve_url(settings.LOGIN_URL)).url


def alleen_rol(*rollen):
    """View decorator: lets in users with one of the roles; raises Http404 for other users."""

    def decorator(view):
        @wraps(view)
        def bewaakt(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return sessie_voorbij(request, aanmelden_en_terug(request))
            if not heeft_rol(request.user, *rollen):
                raise Http404
            return view(request, *args, **kwargs)

        bewaakt.rollen = rollen
        return bewaakt

    return decorator


def als_vertegenwoordiger(view):
    """View decorator: gives the view the organisations for which this user speaks now; without any, the page is not there.

    With `organisatie` in the address (a code) only that one.
    """

    @wraps(view)
    @never_cache
    @alleen_rol(ORGANISATIELID)
    def met_mandaat(request, *args, organisatie=None, **kwargs):
        organisaties = list(organisaties_van(request.user))
        if organisatie is not None:
            organisaties = [een for een in organisaties if een.code == organisatie]
        if not organisaties and any(" " in waarde.strip() for _, waarde in velden(request)):
            return mandaat_voorbij(request)
        if not organisaties:
            raise Http404
        return view(request, organisaties, *args, **kwargs)

    return met_mandaat


def kies_organisatie(request, organisaties, deur):
    """The choice for who speaks for more than one: to the page behind this door (`sociaalhuis.hoekje`) of each."""
    kaarten = [(organisatie, hoekje.kaart(deur, organisatie)) for organisatie in organisaties]
    return render(request, "huis/kies_organisatie.html", {"kaarten": kaarten, "deur": hoekje.DEUREN[deur]})
