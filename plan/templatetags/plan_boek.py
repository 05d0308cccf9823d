"""Small helpers for the pages of the plan."""

import re

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from plan.kaartblad import besluitzin, trendzinnen
from plan.koers import Koers
from plan.verschil import VELDEN
from plan.views.boek import TOESTAND
from plan.woorden import niveaunamen, standnamen
from sociaalhuis.models import Bestuur
from sociaalhuis.templatetags.huis import getal

register = template.Library()

UITVOER = {
    "pdf": "Het hele plan als PDF",
    "xlsx": "Als rekenblad (Excel of LibreOffice)",
    "csv": "De acties als CSV",
    "json": "Als JSON, voor andere programma's",
}
KOP = re.compile(r"(</?)h([34])(?=[\s>])")


@register.filter
def koppen(html):
    """Clean HTML whose headings start one level higher, for a text that stands right below the h1 of its page."""
    return mark_safe(KOP.sub(lambda kop: f"{kop[1]}h{int(kop[2]) - 1}", html or ""))


@register.filter
def stand_soort(stand):
    """The kind of state label that a state has."""
    return TOESTAND.get(stand, "rustig")


@register.filter
def standwoord(stand, plan):
    """What this plan calls a state."""
    return standnamen(plan).get(stand, "")


@register.filter
def niveau(plan, soort):
    """What this plan calls one part of a kind, without a capital."""
    return niveaunamen(plan)[soort].naam


@register.filter
def niveaus(plan, soort):
    """What this plan calls several parts of a kind, without a capital."""
    return niveaunamen(plan)[soort].meervoud


@register.filter
def acties(plan, aantal):
    """The word of this plan after a number of actions: 'actie' or 'acties'."""
    naam = niveaunamen(plan)["actie"]
    return naam.naam if aantal == 1 else naam.meervoud


@register.filter
def garanties(plan, aantal):
    """The word of this plan after a number of guarantees: 'garantie' or 'garanties'."""
    naam = niveaunamen(plan)["garantie"]
    return naam.naam if aantal == 1 else naam.meervoud


@register.filter
def beheerpad(deel):
    """The name of the address where this part is edited in the admin."""
    return f"admin:plan_{deel.soort}_change"


REGIE = {
    "regisseur": ("Regisseur", "Wij brengen organisaties samen en bewaken het geheel. De hulp zelf geven anderen."),
    "aanbieder": ("Aanbieder", "Wij geven deze hulp zelf."),
    "beide": ("Regisseur en aanbieder", "Wij geven een deel van de hulp zelf en brengen ook anderen samen. Die twee rollen houden we uit elkaar."),
}  # fmt: skip


@register.filter
def regienaam(rol):
    """The role of the local government (decree of 9 February 2018) in one or three words."""
    return REGIE[rol][0] if rol in REGIE else ""


@register.filter
def regieuitleg(rol):
    """What that role means, for who lives here."""
    return REGIE[rol][1] if rol in REGIE else ""


@register.filter
def wanneer(stap, vandaag):
    """Where a step of the timeline lies: 'klaar', 'nu' (within a month) or 'straks'."""
    if stap.datum <= vandaag:
        return "klaar"
    return "nu" if (stap.datum - vandaag).days <= 31 else "straks"


@register.filter
def bestuur_naam(code):
    """'ocmw' -> 'OCMW'."""
    return Bestuur.Code(code).label


@register.filter
def zonder_teken(bedrag):
    """The size of an amount, for a sentence that says itself that it is less."""
    return abs(bedrag)


@register.filter
def plandelen(rij):
    """[(heading, HTML)] of the texts around the plan in a snapshot, as far as it has them."""
    return [(VELDEN[naam], rij[naam]) for naam in ("principes", "proces", "structuur", "omgevingsanalyse") if rij[naam]]


@register.filter
def omvang(aantal):
    """Bytes in words: 640 -> '1 kB', 1_234_567 -> '1,2 MB'."""
    if aantal >= 1_000_000:
        return f"{getal(aantal / 1_000_000, 1)} MB"
    return f"{max(1, round(aantal / 1000))} kB"


@register.inclusion_tag("plan/_uitvoer.html")
def uitvoer(plan, bestanden, versie=None):
    """Links to the files of a plan or a version of it; `bestanden` is {form: file} of `Uitvoer.objects.van`."""
    naam, args = ("plan:uitvoer_versie", [plan.slug, versie.nummer]) if versie else ("plan:uitvoer", [plan.slug])
    return {
        "rijen": [(reverse(naam, args=[*args, vorm]), tekst, bestanden.get(vorm)) for vorm, tekst in UITVOER.items()]
    }


KOERS = {Koers.OP_KOERS: "goed", Koers.ACHTER: "let-op", Koers.GEEN_METING: "wacht", Koers.GEEN_DOEL: "rustig"}
METING = {"concept": "rustig", "ingediend": "wacht", "teruggestuurd": "let-op", "goedgekeurd": "goed"}


@register.filter
def koers_soort(koers):
    """The kind of state label of a course."""
    return KOERS[koers]


@register.filter
def koers_kort(koers):
    """A course in two words, for a cell of the matrix."""
    return {Koers.GEEN_METING: "geen cijfer", Koers.GEEN_DOEL: "geen doel"}.get(koers, koers.label.lower())


@register.filter
def meting_soort(staat):
    """The kind of state label of a measurement."""
    return METING[staat]


@register.filter
def zeg(waarde, indicator):
    """A value of an indicator with its unit: '34 %', '< 5 gezinnen'."""
    return indicator.zeg(waarde)


@register.filter
def zeg_kaal(waarde, indicator):
    """The same without its unit."""
    return indicator.zeg_kaal(waarde)


STUKKEN = {
    "weg": '<del><span class="visually-hidden">[weg:</span> {} <span class="visually-hidden">]</span></del> ',
    "erbij": '<ins><span class="visually-hidden">[erbij:</span> {} <span class="visually-hidden">]</span></ins> ',
}


@register.filter
def als_stukken(stukken):
    """Pieces of a difference as HTML: what went is struck through, what came is underlined, and both are said in words.

    Written here and not by a template, as the difference of a whole plan has thousands of them.
    """
    return mark_safe("".join(STUKKEN.get(stuk.soort, "{} ").format(escape(stuk.tekst)) for stuk in stukken))


register.filter("trendzinnen", trendzinnen)
register.filter("besluitzin", besluitzin)
