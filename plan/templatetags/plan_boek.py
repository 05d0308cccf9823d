"""Small helpers for the pages of the plan."""

import re

from django import template
from django.utils.safestring import mark_safe

from plan.verschil import VELDEN
from plan.views.boek import TOESTAND
from plan.woorden import niveaunamen, standnamen
from sociaalhuis.models import Bestuur

register = template.Library()

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
