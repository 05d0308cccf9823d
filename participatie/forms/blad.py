"""Forms with which staff type in a sheet with questions: first its code, then the same questions in the same order."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Submit
from django import forms

from participatie.acties.vragen import open_tekst
from participatie.forms.namens import Herkomst
from participatie.forms.vragen import VragenFormulier
from participatie.kortcode import OnbekendeCode, lees_blad
from participatie.vraagpapier import papierveld
from participatie.vraagsoorten import getoond
from sociaalhuis.tekst import zonder_onzichtbare

GEEN_BLAD = "We vinden geen blad met de code “%s” in deze ronde. Kijk hem na: hij staat bovenaan het papier, zoals %s."


class BladCode(forms.Form):
    """The code of a sheet; cleaned it is (version of the questions, whether it was changed since the sheet was printed)."""

    code = forms.CharField(
        label="Code van het blad",
        max_length=40,
        help_text="Bovenaan, zoals B14-1. De code van één vraag mag ook, zoals V214.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "kort"}),
        error_messages={"required": "Typ de code die op het papier staat.", "max_length": "Deze code is te lang."},
    )

    def __init__(self, *args, ronde, **kwargs):
        super().__init__(*args, **kwargs)
        self.ronde = ronde
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Div("code", Submit("", "Ga verder"))

    def clean_code(self):
        code = zonder_onzichtbare(self.cleaned_data["code"])
        try:
            return lees_blad(self.ronde, code)
        except OnbekendeCode as fout:
            raise forms.ValidationError(GEEN_BLAD % (fout, "B14-1")) from fout


class BladFormulier(Herkomst, VragenFormulier):
    """What is written on one sheet. Nothing is required; what was left empty is in `niet_ingevuld`."""

    veld_voor = staticmethod(papierveld)

    def __init__(self, *args, formulier, **kwargs):
        super().__init__(*args, formulier=formulier, ronde=formulier.ronde, **kwargs)
        if self.vragen:
            self.fields[self.vragen[0].veldnaam].widget.attrs["autofocus"] = True

    def indeling(self):
        return (
            Div("kanaal", "ontvangen_op", css_class="raster raster-2"),
            *(vraag.veldnaam for vraag in self.vragen),
            HTML('<h2 class="kop-4">Wie vulde dit in?</h2>'),
            "organisatie",
            Div("naam_publiek", "email", css_class="raster raster-2"),
            "dubbel",
            "toch",
            Submit("bewaar", "Bewaar en typ het volgende blad"),
        )

    def clean(self):
        gegevens = super().clean()
        if tekst := open_tekst(self.antwoorden):
            self.kijk_na(tekst)
        return gegevens

    @property
    def niet_ingevuld(self):
        """The questions that were asked, given the other answers, and left empty."""
        gegeven = {vraag.pk: waarde for vraag, waarde in self.antwoorden.items()}
        return [vraag for vraag in getoond(self.vragen, gegeven) if vraag.pk not in gegeven]
