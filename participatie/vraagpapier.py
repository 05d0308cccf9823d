"""The questions of a round on paper: what is printed for each kind, and the field that types it in again.

On paper the answers to choose from have a number, and that number is what staff type. A sheet is what somebody wrote:
nothing on it is required, and what cannot be read or does not fit is left empty.
"""

import re
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from participatie import kortcode
from participatie.models import Formuliervraag
from participatie.vraagsoorten import INDELING, PerKeuze, veld_voor

Soort = Formuliervraag.Soort
LIJNEN = {Soort.KORT: range(2), Soort.LANG: range(7)}
DAGEN = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]
HOE = {
    Soort.KEUZE: "Kruis één vakje aan.",
    Soort.MEERDERE: "Kruis aan wat past. Meer dan één mag.",
    Soort.SCHAAL: "Kruis één cijfer aan.",
    Soort.RANGSCHIKKEN: "Schrijf 1 bij wat jij het belangrijkst vindt, dan 2, enzovoort. Je hoeft niet alles een plaats te geven.",
    Soort.DATUM: "Schrijf dag, maand en jaar.",
    **dict.fromkeys(INDELING, "Kruis aan wat past. Meer dan één mag."),
}


# --- printed ----------------------------------------------------------------------------------------


@dataclass
class Papiervraag:
    """One question as it is printed: `keuzes` are (number, words) with a box, `anders` the question to go on with."""

    vraag: Formuliervraag
    code: str
    uitleg: str
    keuzes: list = field(default_factory=list)
    anders: int | None = None

    @property
    def lijnen(self):
        return LIJNEN.get(self.vraag.soort, range(0))

    @property
    def schaal(self):
        return self.vraag.schaal if self.vraag.soort == Soort.SCHAAL else ()


def op_papier(formulier):
    """The questions of a form as a list of `Papiervraag`, in order."""
    vragen = list(formulier.vragen.all())
    return [
        Papiervraag(
            vraag, kortcode.van_vraag(vraag), uitleg(vraag, formulier), _genummerd(vraag), _anders(vraag, vragen)
        )
        for vraag in vragen
    ]


def uitleg(vraag, formulier):
    """How to fill it in with a pen."""
    hoe = HOE.get(vraag.soort, "")
    if vraag.soort == Soort.PUNTEN:
        hoe = f"Je hebt {vraag.punten} punten. Schrijf in elk vak hoeveel punten je geeft."
    elif vraag.soort == Soort.BESTAND:
        hoe = f"Geef ze samen met dit blad af. Schrijf {kortcode.van_blad(formulier)} op de achterkant."
    elif vraag.soort == Soort.GETAL and vraag.minimum is not None and vraag.maximum is not None:
        hoe = f"Een getal van {vraag.minimum} tot en met {vraag.maximum}."
    return " ".join(filter(None, [vraag.uitleg, hoe]))


def _genummerd(vraag):
    return list(enumerate((woorden for _, woorden in keuzes(vraag)), start=1))


def keuzes(vraag):
    """[(what is kept, words)] of the answers to choose from; [] for a kind without."""
    if vraag.soort in INDELING:
        return list(INDELING[vraag.soort].objects.values_list("code", "naam"))
    return [(keuze, keuze) for keuze in vraag.lijst] if vraag.soort in Formuliervraag.MET_KEUZES else []


def _anders(vraag, vragen):
    """With which question somebody goes on who need not answer this one, or None when it was the last."""
    if not vraag.toon_als_id:
        return None
    zelfde = (vraag.toon_als_id, vraag.toon_waarde)
    verder = (v.nummer for v in vragen if v.nummer > vraag.nummer and (v.toon_als_id, v.toon_waarde) != zelfde)
    return next(verder, None)


# --- typed in ---------------------------------------------------------------------------------------


class Nummers(forms.CharField):
    """The numbers of ticked answers, as on the paper: what is kept of one, or with `meer` the list of all."""

    def __init__(self, *, keuzes, meer, **opties):
        super().__init__(max_length=200, **opties)
        self.keuzes, self.meer = keuzes, meer

    def clean(self, waarde):
        getypt = re.findall(r"[^\s,;+./]+", super().clean(waarde))
        if not all(nummer.isascii() and nummer.isdecimal() and len(nummer) < 4 for nummer in getypt):
            raise ValidationError("Typ het nummer dat voor het antwoord staat.")
        nummers = sorted({int(nummer) for nummer in getypt})
        if nummers and not 1 <= nummers[0] <= nummers[-1] <= len(self.keuzes):
            raise ValidationError(f"Typ een nummer van 1 tot {len(self.keuzes)}.")
        gekozen = [self.keuzes[nummer - 1][0] for nummer in nummers]
        if self.meer:
            return gekozen
        if len(gekozen) > 1:
            raise ValidationError("Hier hoort één nummer. Zijn er twee aangekruist? Laat het dan leeg.")
        return gekozen[0] if gekozen else ""


def papierveld(vraag):
    """The field with which staff type in what was written or ticked at this question."""
    soort, lijst = vraag.soort, keuzes(vraag)
    if soort in (Soort.KEUZE, Soort.MEERDERE) or soort in INDELING:
        veld = Nummers(keuzes=lijst, meer=soort != Soort.KEUZE, widget=_kort())
        hulp = format_html_join(" · ", "<strong>{}</strong> {}", _genummerd(vraag))
    else:
        veld, hulp = veld_voor(vraag), ""
    if soort == Soort.SCHAAL:
        hulp = " · ".join(str(woorden) for _, woorden in veld.choices)
        veld.widget = _kort()
        veld.error_messages["invalid_choice"] = f"Typ een cijfer van {vraag.schaal[0]} tot {vraag.schaal[-1]}."
    elif soort == Soort.RANGSCHIKKEN:
        veld.widget = PerKeuze(vraag.lijst, _plaats)
    elif soort == Soort.PUNTEN:
        hulp = f"{vraag.punten} punten. Klopt de som niet? Laat dan alles leeg."
    elif soort == Soort.DATUM:
        veld.widget, veld.input_formats = _kort(), DAGEN
        veld.error_messages["invalid"] = "Deze datum bestaat niet. Typ hem zoals 3/3/2027."
    elif soort == Soort.BESTAND:
        hulp = "Zat er een foto of een document bij? Scan het."
    veld.required, veld.widget.is_required = False, False
    veld.label = format_html('{} <span class="stil">{}</span>', vraag, kortcode.van_vraag(vraag))
    wanneer = f"Alleen als bij vraag {vraag.toon_als.nummer} staat: {vraag.toon_waarde}." if vraag.toon_als_id else ""
    veld.help_text = format_html("{} {}", wanneer, hulp) if wanneer else hulp
    return veld


def _kort():
    return forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "kort"})


def _plaats(naam, waarde, attrs):
    vak = {"class": "form-control", "inputmode": "numeric", "autocomplete": "off", "maxlength": "3"}
    return forms.TextInput().render(naam, waarde, vak | attrs)
