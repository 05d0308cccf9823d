"""The kinds of question: which field asks it, what is kept of the answer, and how that reads back.

What is kept (`Formulierantwoord.waarde`): a text for short, long, one choice, and a date as 2027-03-03; a list of texts
for several choices, and for a ranking in the order that was given; a number for a scale and a number; a dict of choice
to points; a list of codes for themes, groups and areas; for a file only that there is one.
Ranking and points are plain numbered fields, so they work by keyboard and without JavaScript.
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from participatie.models.formulier import Formuliervraag
from sociaalhuis.keuring import bijlagen
from sociaalhuis.models import Doelgroep, Gebied, Thema
from sociaalhuis.tekst import zonder_onzichtbare
from sociaalhuis.templatetags.huis import datum
from sociaalhuis.velden import TekstVeld

Soort = Formuliervraag.Soort
INDELING = {Soort.THEMA: Thema, Soort.DOELGROEP: Doelgroep, Soort.GEBIED: Gebied}
KORT, LANG = 200, 2000
DATUMS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]
LEEG = {
    Soort.KEUZE: "Kies een antwoord.",
    Soort.MEERDERE: "Kies minstens één antwoord.",
    Soort.SCHAAL: "Kies een cijfer.",
    Soort.DATUM: "Vul een datum in.",
    Soort.GETAL: "Vul een getal in.",
    Soort.BESTAND: "Kies een foto of een document.",
    **dict.fromkeys(INDELING, "Kies minstens één antwoord."),
}


# --- one number per choice ------------------------------------------------------------------------


class PerKeuze(forms.Widget):
    """Several fields of one name, one per choice, each with its label. The value is the list of what they hold."""

    use_fieldset = True

    def __init__(self, keuzes, vakje):
        super().__init__()
        self.keuzes, self.vakje = keuzes, vakje

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def id_for_label(self, id_):
        return ""

    def render(self, name, value, attrs=None, renderer=None):
        waarden = [*(value or []), *[""] * len(self.keuzes)]
        eigen = attrs or {}
        id_ = eigen.get("id", name)
        extra = {naam: eigen[naam] for naam in ("aria-describedby", "aria-invalid") if naam in eigen}
        return format_html_join(
            "",
            '<div class="per-keuze">{} <label for="{}_{}">{}</label></div>',
            (
                (self.vakje(name, waarden[nr], {**extra, "id": f"{id_}_{nr}"}), id_, nr, keuze)
                for nr, keuze in enumerate(self.keuzes)
            ),
        )


def _plaats(aantal):
    lijst = forms.Select(choices=[("", "–"), *((str(n), str(n)) for n in range(1, aantal + 1))])
    return lambda naam, waarde, attrs: lijst.render(naam, waarde, {"class": "form-select", **attrs})


def _aantal_punten():
    vak = forms.TextInput()
    vorm = {"class": "form-control", "maxlength": "20", "inputmode": "numeric", "autocomplete": "off"}
    return lambda naam, waarde, attrs: vak.render(naam, waarde, vorm | attrs)


class RangschikVeld(forms.Field):
    """The choices in the order that people give; what has no place is left out of the list."""

    def __init__(self, *, keuzes, **opties):
        super().__init__(widget=PerKeuze(keuzes, _plaats(len(keuzes))), **opties)
        self.keuzes = keuzes

    def clean(self, waarden):
        plaatsen = [(waarde, keuze) for waarde, keuze in zip(waarden or [], self.keuzes, strict=False) if waarde]
        if any(not waarde.isdecimal() or not 1 <= int(waarde) <= len(self.keuzes) for waarde, _ in plaatsen):
            raise ValidationError("Kies een plaats uit de lijst.")
        if len({int(waarde) for waarde, _ in plaatsen}) < len(plaatsen):
            raise ValidationError("Je gaf twee keer dezelfde plaats. Geef elke plaats één keer.")
        if self.required and not plaatsen:
            raise ValidationError("Geef minstens één antwoord een plaats. 1 is het belangrijkst.")
        return [keuze for _, keuze in sorted(plaatsen, key=lambda paar: int(paar[0]))]


class PuntenVeld(forms.Field):
    """A number of points spread over the choices: a dict of choice to points, without zeros."""

    def __init__(self, *, keuzes, punten, **opties):
        super().__init__(widget=PerKeuze(keuzes, _aantal_punten()), **opties)
        self.keuzes, self.punten = keuzes, punten

    def clean(self, waarden):
        gegeven = {
            keuze: waarde.strip() for waarde, keuze in zip(waarden or [], self.keuzes, strict=False) if waarde.strip()
        }
        if any(not (waarde.isascii() and waarde.isdecimal() and len(waarde) < 5) for waarde in gegeven.values()):
            raise ValidationError("Schrijf bij elk antwoord een heel getal, of laat het leeg.")
        verdeeld = {keuze: int(waarde) for keuze, waarde in gegeven.items() if int(waarde)}
        som = sum(verdeeld.values())
        if som > self.punten:
            raise ValidationError(
                f"Je gaf {som} punten. Je mag er {self.punten} verdelen: haal er {som - self.punten} weg."
            )
        if self.required and not som:
            raise ValidationError(f"Verdeel je {self.punten} punten.")
        return verdeeld


class Tekstregel(forms.CharField):
    def to_python(self, waarde):
        return zonder_onzichtbare(super().to_python(waarde)).strip()


class EenBestand(forms.FileField):
    """One file that went through the gate (`keuring.bijlagen.Schoon`), or None."""

    def clean(self, data, initial=None):
        bestand = super().clean(data, initial)
        return bijlagen.keur(bestand) if bestand else None


# --- from question to field -----------------------------------------------------------------------


def veld_voor(vraag):
    """The form field that asks this question."""
    opties = {"label": vraag.vraag, "help_text": uitleg_bij(vraag), "required": vraag.verplicht}
    fouten = {"required": LEEG.get(vraag.soort, "Vul hier iets in.")}
    soort = vraag.soort
    if soort == Soort.LANG:
        return TekstVeld(rijen=5, leeg=fouten["required"], max_length=LANG, **opties)
    if soort == Soort.KORT:
        te_lang = "Je tekst is te lang: hoogstens %(limit_value)d tekens."
        return Tekstregel(max_length=KORT, error_messages={**fouten, "max_length": te_lang}, **opties)
    if soort in (Soort.KEUZE, Soort.SCHAAL):
        keuzes = _schaal(vraag) if soort == Soort.SCHAAL else [(keuze, keuze) for keuze in vraag.lijst]
        fouten["invalid_choice"] = "Kies een antwoord uit de lijst."
        return forms.ChoiceField(choices=keuzes, widget=forms.RadioSelect, error_messages=fouten, **opties)
    if soort == Soort.MEERDERE or soort in INDELING:
        keuzes = [(keuze, keuze) for keuze in vraag.lijst] if soort == Soort.MEERDERE else _indeling(soort)
        fouten["invalid_choice"] = "Kies antwoorden uit de lijst."
        return forms.MultipleChoiceField(
            choices=keuzes, widget=forms.CheckboxSelectMultiple, error_messages=fouten, **opties
        )
    if soort == Soort.RANGSCHIKKEN:
        return RangschikVeld(keuzes=vraag.lijst, **opties)
    if soort == Soort.PUNTEN:
        return PuntenVeld(keuzes=vraag.lijst, punten=vraag.punten, **opties)
    if soort == Soort.GETAL:
        fouten |= {
            "invalid": "Schrijf een heel getal, zonder letters.",
            "min_value": "Kies een getal vanaf %(limit_value)s.",
            "max_value": "Kies een getal tot en met %(limit_value)s.",
        }
        laagste = -(10**9) if vraag.minimum is None else vraag.minimum
        hoogste = 10**9 if vraag.maximum is None else vraag.maximum
        return forms.IntegerField(
            min_value=laagste, max_value=hoogste, widget=_vak("numeric"), error_messages=fouten, **opties
        )
    if soort == Soort.DATUM:
        fouten["invalid"] = "Deze datum bestaat niet. Schrijf hem zoals 3/3/2027."
        return forms.DateField(widget=_vak("text"), input_formats=DATUMS, error_messages=fouten, **opties)
    return EenBestand(widget=forms.FileInput(attrs={"accept": bijlagen.ACCEPT}), error_messages=fouten, **opties)


def _vak(toetsen):
    """A plain field. One of the browser's own for a number or a date sends nothing at all when what was typed is wrong,
    so it would be lost without a word."""
    return forms.TextInput(attrs={"inputmode": toetsen, "autocomplete": "off", "class": "kort"})


def uitleg_bij(vraag):
    """The help text: that of the question, and how to fill it in."""
    hoe = {
        Soort.RANGSCHIKKEN: "Geef een 1 aan wat jij het belangrijkst vindt, dan een 2, enzovoort. Je hoeft niet alles een plaats te geven.",
        Soort.PUNTEN: f"Je hebt {vraag.punten} punten. Verdeel ze zoals jij wil.",
        Soort.DATUM: "Schrijf de datum zoals 3/3/2027.",
        Soort.BESTAND: "Hoogstens 10 MB: een foto, een PDF, een Word-bestand (DOCX) of gewone tekst.",
    }.get(vraag.soort, "")
    if vraag.soort == Soort.GETAL and vraag.minimum is not None and vraag.maximum is not None:
        hoe = f"Van {vraag.minimum} tot en met {vraag.maximum}."
    wanneer = f"Alleen als je bij vraag {vraag.toon_als.nummer} koos: {vraag.toon_waarde}." if vraag.toon_als_id else ""
    return " ".join(filter(None, [wanneer, vraag.uitleg, hoe]))


def _schaal(vraag):
    woorden = {vraag.schaal[0]: vraag.laag, vraag.schaal[-1]: vraag.hoog}
    return [(str(n), format_html("{} ({})", n, woorden[n]) if woorden.get(n) else str(n)) for n in vraag.schaal]


def _indeling(soort):
    return list(INDELING[soort].objects.values_list("code", "naam"))


# --- from field to answer, and back ---------------------------------------------------------------


def te_bewaren(vraag, schoon):
    """What is kept of a cleaned value, or None when nothing was answered."""
    if vraag.soort == Soort.BESTAND:
        return {"bestand": True} if schoon else None
    if vraag.soort == Soort.SCHAAL:
        return int(schoon) if schoon else None
    if isinstance(schoon, date):
        return schoon.isoformat()
    return None if schoon in ("", None, [], {}) else schoon


def namen_bij(vragen):
    """Per kind of classification among these questions: dict of code to name. A query per kind."""
    nodig = {vraag.soort for vraag in vragen} & set(INDELING)
    return {soort: dict(_indeling(soort)) for soort in nodig}


def in_woorden(vraag, waarde, namen=None):
    """An answer as one line of text. `namen` (`namen_bij`) saves a query per answer."""
    if vraag.soort == Soort.BESTAND:
        return "Een bestand"
    if vraag.soort == Soort.DATUM:
        return datum(date.fromisoformat(waarde))
    if vraag.soort == Soort.RANGSCHIKKEN:
        return ", ".join(f"{plaats}. {keuze}" for plaats, keuze in enumerate(waarde, start=1))
    if vraag.soort == Soort.PUNTEN:
        return ", ".join(f"{keuze}: {punten}" for keuze, punten in waarde.items())
    if vraag.soort in INDELING:
        noem = (namen or namen_bij([vraag]))[vraag.soort]
        return ", ".join(noem.get(code, code) for code in waarde)
    return ", ".join(waarde) if isinstance(waarde, list) else str(waarde)


def gegeven_antwoorden(inbreng):
    """What one input answered on the questions of its round: list of `Formulierantwoord`, each with `in_woorden`; []
    without a form. Open texts are the words of the input as well, so they are left out."""
    if not inbreng.met_formulier:
        return []
    rijen = inbreng.formulierantwoorden.exclude(vraag__soort__in=[Soort.KORT, Soort.LANG])
    rijen = list(rijen.select_related("vraag", "bestand__dossiersleutel").order_by("vraag__nummer"))
    namen = namen_bij(rij.vraag for rij in rijen)
    for rij in rijen:
        rij.in_woorden = in_woorden(rij.vraag, rij.waarde, namen)
    return rijen


def niet_ingevuld(inbreng):
    """The questions of its form that were asked, given its other answers, and left empty: a list, in order.

    [] for who filled it in online, where what is required cannot stay empty, and once the words are erased.
    """
    if not inbreng.met_formulier or not inbreng.is_namens or inbreng.gewist_op:
        return []
    gegeven = dict(inbreng.formulierantwoorden.values_list("vraag", "waarde"))
    formulieren = Formuliervraag.objects.filter(pk__in=gegeven).values("formulier")
    vragen = Formuliervraag.objects.filter(formulier__in=formulieren).order_by("nummer")
    return [vraag for vraag in getoond(vragen, gegeven) if vraag.pk not in gegeven]


def als_getypt(vraag, waarde):
    """An answer as the texts that the fields of its form hold, one or several; [] for a file."""
    if vraag.soort == Soort.BESTAND:
        return []
    if vraag.soort == Soort.RANGSCHIKKEN:
        return [str(waarde.index(keuze) + 1) if keuze in waarde else "" for keuze in vraag.lijst]
    if vraag.soort == Soort.PUNTEN:
        return [str(waarde.get(keuze, "")) for keuze in vraag.lijst]
    return [str(een) for een in waarde] if isinstance(waarde, list) else [str(waarde)]


def getoond(vragen, antwoorden):
    """The questions that are asked, given what was answered: a list. `antwoorden` is a dict of key of a question to
    the value that is kept; a question below a hidden one is hidden too."""
    zichtbaar = []
    for vraag in vragen:
        if vraag.toon_als_id:
            if vraag.toon_als_id not in {eerdere.pk for eerdere in zichtbaar}:
                continue
            gaf = antwoorden.get(vraag.toon_als_id)
            if vraag.toon_waarde not in [str(een) for een in (gaf if isinstance(gaf, list) else [gaf])]:
                continue
        zichtbaar.append(vraag)
    return zichtbaar
