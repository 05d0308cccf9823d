"""Pages of plain text that the town edits, and the small files that browsers and robots look for."""

from datetime import UTC, datetime, time, timedelta

import nh3
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from sociaalhuis import versie
from sociaalhuis.context import het_huis
from sociaalhuis.models import Pagina

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "dl", "dt", "dd", "blockquote", "abbr"}
ATTRIBUTEN = {"a": {"href"}, "abbr": {"title"}}
NIET_VOOR_ROBOTS = [
    "/account/",
    "/beheer/",
    "/loket/werkbank/",
    "/loket/opvolgen/",
    "/aangemeld/",
    "/gezond/",
    "/demo/",
]


@versie.bij_versie
def de_pagina(nummer, slug):
    """The page with this slug, its text filled in and cleaned, or None."""
    pagina, huis = Pagina.objects.filter(slug=slug).first(), het_huis(nummer)
    if pagina:
        tekst = pagina.tekst
        for naam in ("gemeente", "telefoon", "email"):
            tekst = tekst.replace(f"{{{naam}}}", escape(getattr(huis, naam)))
        pagina.schoon = mark_safe(nh3.clean(tekst, tags=TAGS, attributes=ATTRIBUTEN))
    return pagina


@require_safe
def pagina(request, slug):
    gevonden = de_pagina(versie.van(request), slug)
    if not gevonden:
        raise Http404
    return render(request, "huis/pagina.html", {"pagina": gevonden})


@require_safe
def security_txt(request):
    """Where to report a weakness (RFC 9116)."""
    huis = het_huis(versie.van(request))
    verloopt = datetime.combine(datetime.now(UTC).date(), time.min) + timedelta(days=180)
    regels = [
        f"Contact: mailto:{huis.email}",
        f"Expires: {verloopt:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, fr, en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return tekst(regels)


@require_safe
def robots_txt(request):
    verboden = [f"Disallow: {pad}" for pad in NIET_VOOR_ROBOTS]
    return tekst(["User-agent: *", *verboden, f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"])


@require_safe
def favicon(request):
    return redirect(staticfiles_storage.url("beelden/favicon.ico"))


def tekst(regels):
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")
