"""Tags and filters of the admin templates."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from sociaalhuis.templatetags.huis import fouten, picto

register = template.Library()

# What Django writes for a yes or no: a picture whose text is English.
ICOON = re.compile(r'<img src="[^"]*icon-(yes|no|unknown)[^"]*\.svg" alt="[^"]*">')
WOORD = {"yes": ("vink", "ja"), "no": ("leeg", "nee"), "unknown": ("wacht", "niet bekend")}


@register.filter
def ja_nee(html):
    """The same HTML with words instead of the pictures for yes and no."""

    def woord(treffer):
        beeld, tekst = WOORD[treffer[1]]
        return format_html('<span class="ja-nee {}">{} {}</span>', treffer[1], picto(beeld), tekst)

    return mark_safe(ICOON.sub(woord, html)) if hasattr(html, "__html__") else html


CEL = re.compile(r"\A<td(?P<open>[^>]*)>(?P<inhoud>.*)</td>\Z", re.DOTALL)


@register.simple_tag
def met_koppen(cellen, koppen):
    """The cells of a row of a list, each with the name of its column for the screen of a phone."""
    uit = []
    for cel, kop in zip(cellen, koppen, strict=False):
        treffer = CEL.match(cel)
        if treffer and "<input" not in str(kop["text"]):
            naam = str(kop["text"])
            cel = format_html(
                '<td data-kop="{}"{}><div>{}</div></td>',
                naam[:1].upper() + naam[1:],
                mark_safe(treffer["open"]),
                mark_safe(treffer["inhoud"]),
            )
        uit.append(ja_nee(mark_safe(cel)))
    return mark_safe("".join(uit))


@register.filter
def in_groep(veld):
    """True for a field of several inputs, which needs a legend and not a label."""
    return veld.field.widget.use_fieldset


@register.filter
def beschreven_door(veld):
    """The ids of the help and the errors of such a group."""
    ids = [f"{veld.auto_id}_helptext"] if veld.help_text else []
    return " ".join(ids + ([f"{veld.auto_id}_error"] if veld.errors else []))


@register.simple_tag
def fouten_van_formulier(adminform, inlines):
    """Errors of a form of the admin and of the rows inside it, for the summary."""
    lijst = fouten(adminform.form)
    for inline in inlines:
        lijst += fouten_van_rijen(inline.formset, str(inline.opts.verbose_name))
    return lijst


@register.simple_tag
def fouten_van_rijen(formset, naam="rij"):
    """Errors of the rows of a formset; each says in which row it is."""
    lijst = [{"tekst": tekst, "doel": ""} for tekst in formset.non_form_errors()]
    for nummer, form in enumerate(formset.forms, start=1):
        lijst += [{**fout, "tekst": f"{naam.capitalize()} {nummer}. {fout['tekst']}"} for fout in fouten(form)]
    return lijst
