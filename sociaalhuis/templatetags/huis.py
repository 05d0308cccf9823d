"""Tags and filters that every template has (a builtin library).

Words and numbers as people say them, pictograms, the error summary, the bar chart. Nothing here asks the
database. The page examples are at /galerij/ and in docs/vormgeving.md.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from sociaalhuis.rollen import heeft_rol
from sociaalhuis.uren import DAGNAMEN, MAANDEN

register = template.Library()

TOESTAND_PICTO = {
    "goed": "vink",
    "bezig": "bezig",
    "let-op": "let-op",
    "fout": "fout",
    "nieuw": "ster",
    "rustig": "leeg",
    "wacht": "wacht",
}


# --- pictures ---------------------------------------------------------------------------------


@cache
def sprite(bestand):
    return static(f"beelden/{bestand}.svg")


@register.simple_tag
@lru_cache(maxsize=500)
def picto(naam, klasse="", beschrijving=""):
    """A pictogram of the sprite: {% picto "geld" %}, {% picto "zoek" "picto-groot" %}.

    Decoration by default, hidden for a screen reader; with `beschrijving` it is an image with that name.
    """
    bestand = "stad" if naam == "stad" else "pictogrammen"
    kijk = (
        format_html(' role="img" aria-label="{}"', beschrijving) if beschrijving else mark_safe(' aria-hidden="true"')
    )
    return format_html(
        '<svg class="picto{}"{} focusable="false"><use href="{}#{}"/></svg>',
        f" {klasse}" if klasse else "",
        kijk,
        sprite(bestand),
        naam,
    )


@register.filter
def toestand_picto(soort):
    """The pictogram that belongs to a kind of state label."""
    return TOESTAND_PICTO.get(soort, "leeg")


@register.simple_tag
def toestand(soort, tekst):
    """A state as a shape and a word: {% toestand "goed" "Beantwoord" %}; the kinds are those of TOESTAND_PICTO."""
    soort = soort or "rustig"
    return format_html('<span class="toestand toestand-{}">{}{}</span>', soort, picto(toestand_picto(soort)), tekst)


# --- words and numbers ------------------------------------------------------------------------


def plaatselijk(moment):
    """An aware moment in Belgian time; a date stays as it is."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


@register.filter
def datum(dag):
    """date(2027, 3, 3) -> 'woensdag 3 maart 2027'; empty when there is no date."""
    if not isinstance(dag, date):
        return ""
    dag = plaatselijk(dag)
    return f"{DAGNAMEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


@register.filter
def datum_kort(dag):
    """date(2027, 3, 3) -> '3 mrt 2027', for tables."""
    if not isinstance(dag, date):
        return ""
    dag = plaatselijk(dag)
    maand = {"maart": "mrt"}.get(MAANDEN[dag.month - 1], MAANDEN[dag.month - 1][:3])
    return f"{dag.day} {maand} {dag.year}"


@register.filter
def moment(tijdstip):
    """An aware datetime -> 'woensdag 3 maart 2027 om 14.05 uur'."""
    if not isinstance(tijdstip, datetime):
        return datum(tijdstip)
    tijdstip = plaatselijk(tijdstip)
    return f"{datum(tijdstip)} om {tijdstip.hour}.{tijdstip.minute:02d} uur"


@register.filter
def dagen_tot(dag):
    """Days from today to a date: 'vandaag', 'morgen', 'over 5 dagen', 'gisteren', '3 dagen geleden'."""
    if not isinstance(dag, date):
        return ""
    dag = plaatselijk(dag)
    dagen = ((dag.date() if isinstance(dag, datetime) else dag) - timezone.localdate()).days
    woord = {0: "vandaag", 1: "morgen", -1: "gisteren"}.get(dagen)
    return woord or (f"over {dagen} dagen" if dagen > 0 else f"{-dagen} dagen geleden")


@register.filter
def getal(waarde, cijfers=0):
    """1234567 -> '1.234.567'; a second argument gives the decimals. Empty when there is no number."""
    if waarde is None or waarde == "":
        return ""
    tekst = f"{Decimal(waarde):,.{int(cijfers)}f}"
    return tekst.replace(",", " ").replace(".", ",").replace(" ", ".")


@register.filter
def euro(waarde):
    """Decimal('1234.5') -> '€ 1.234,50'; whole amounts without cents."""
    if waarde is None or waarde == "":
        return ""
    waarde = Decimal(waarde)
    return f"€\u00a0{getal(waarde, 0 if waarde == waarde.to_integral_value() else 2)}"


@register.filter
def tel(nummer):
    """The target of a phone link: '059 00 01 00' -> 'tel:+3259000100'; a short number stays short."""
    cijfers = re.sub(r"[^\d+]", "", str(nummer))
    return "tel:" + (f"+32{cijfers[1:]}" if cijfers.startswith("0") and not cijfers.startswith("00") else cijfers)


@register.filter
def uren_aaneen(tekst):
    """Opening hours that do not break in the middle: '09:00-12:00' with a dash that holds."""
    return str(tekst).replace("-", "\u2060\u2013\u2060")


@register.filter
def bladwijzers(pagina):
    """Page numbers around this page, with an ellipsis for what is left out."""
    return pagina.paginator.get_elided_page_range(pagina.number, on_each_side=1, on_ends=1)


# --- the page ---------------------------------------------------------------------------------


@register.simple_tag
def snel_weg_url():
    """Where the quick-exit button goes: a harmless page of someone else."""
    return settings.QUICK_EXIT_URL


@register.simple_tag(takes_context=True)
def hier(context, begin):
    """aria-current for a menu link whose section is open: <a href="/plan/" {% hier "/plan/" %}>."""
    request = context.get("request")
    if request is None or not request.path.startswith(begin):
        return ""
    return mark_safe('aria-current="page"' if request.path == begin else 'aria-current="true"')


@register.simple_tag(takes_context=True)
def meldingen(context):
    """The messages of this visitor. Looks only when a cookie says there may be some, so that a plain page
    stays free of sessions (no cookie, no Vary: Cookie)."""
    request = context.get("request")
    if request is None or not {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys():
        return []
    return get_messages(request)


# --- forms ------------------------------------------------------------------------------------


def _met_label(label, tekst):
    if not label:
        return tekst
    return f"{label} {tekst}" if str(label)[-1] in ".?!:" else f"{label}: {tekst}"


@register.filter
def fouten(form):
    """The errors of a form for the summary: list of dicts with `tekst` and `doel` (id to go to, or '')."""
    lijst = []
    for naam, teksten in getattr(form, "errors", {}).items():
        veld = form[naam] if naam in form.fields else None
        zichtbaar = veld is not None and not veld.is_hidden
        doel = (veld.id_for_label or f"{veld.auto_id}_0") if zichtbaar else ""
        for tekst in teksten:
            lijst.append({"tekst": _met_label(veld.label, tekst) if zichtbaar else tekst, "doel": doel})
    return lijst


@register.filter
def zonder_plaatshouders(form):
    """The same form without placeholders: a label says it already, and stays while you type."""
    for veld in form.fields.values():
        veld.widget.attrs.pop("placeholder", None)
    return form


@register.simple_tag
def hulp(form, veld, tekst):
    """Our own help under a field of someone else's form: {% hulp form "password1" "Minstens 12 tekens." %}."""
    if veld in form.fields:
        form.fields[veld].help_text = tekst
    return ""


# --- bar chart --------------------------------------------------------------------------------

KOP_HOOGTE, TEKST_HOOGTE, BALK_HOOGTE, TUSSEN = 30, 24, 14, 12


@register.inclusion_tag("onderdelen/_staafdiagram.html")
def staafdiagram(titel, kop, rijen, soort="getal"):
    """Horizontal bars with the same numbers as a table beside them.

    `kop`: names of the columns, the first is that of the rows: ["Jaar", "Gemeente", "OCMW"].
    `rijen`: lists in that order: [["2026", 120000, 340000], ...]. At most three series.
    `soort`: "euro", "procent" or "getal". Widths are in percent and the text stands above its bar, so nothing
    shrinks or collides on a phone.
    """
    toon = {"euro": euro, "procent": lambda waarde: f"{getal(waarde)} %"}.get(soort, getal)
    hoogste = max((Decimal(waarde or 0) for rij in rijen for waarde in rij[1:]), default=0) or Decimal(1)
    meer_reeksen = len(kop) > 2
    koppen, staven, y = [], [], 0
    for naam, *waarden in rijen:
        if meer_reeksen:
            koppen.append({"tekst": naam, "y": y + 20})
            y += KOP_HOOGTE
        for nummer, waarde in enumerate(waarden, start=1):
            staven.append(
                {
                    "nummer": nummer,
                    "naam": kop[nummer] if meer_reeksen else naam,
                    "waarde": toon(waarde),
                    "tekst_y": y + 17,
                    "y": y + TEKST_HOOGTE,
                    "breedte": f"{max(Decimal(waarde or 0), Decimal(0)) / hoogste * 100:.2f}",
                }
            )
            y += TEKST_HOOGTE + BALK_HOOGTE + TUSSEN
        y += TUSSEN if meer_reeksen else 0
    return {
        "titel": titel,
        "kop": kop,
        "tabel": [[naam, *(toon(waarde) for waarde in waarden)] for naam, *waarden in rijen],
        "koppen": koppen,
        "staven": staven,
        "hoogte": y,
        "balk": BALK_HOOGTE,
    }


@register.filter
def heeft(gebruiker, namen):
    """{% if user|heeft:"loketmedewerker,teamverantwoordelijke" %}: whether the user has one of these roles."""
    return heeft_rol(gebruiker, *namen.split(","))
