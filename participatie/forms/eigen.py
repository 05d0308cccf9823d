"""The forms behind the receipt code."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from participatie.forms.inbreng import SLOT, TE_LANG, InbrengFormulier, MagOnline
from participatie.models.inbreng import MAX_TEKENS
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.tekst import zonder_onzichtbare
from sociaalhuis.velden import CodeVeld


class CodeFormulier(forms.Form):
    code = CodeVeld()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout("code", Submit("open", "Open met mijn code"))


class AanvulFormulier(MagOnline, Formulierslot):
    """Something more to say about the same."""

    VRIJE_TEKST = VOOR_IEDEREEN = ("tekst",)

    tekst = forms.CharField(
        label="Wat wil je nog zeggen?",
        max_length=MAX_TEKENS,
        help_text="Wat je al schreef, blijft staan. Dit komt erbij als we het gelezen hebben.",
        widget=forms.Textarea(attrs={"rows": 5, "data-tekenteller": ""}),
        error_messages={"required": "Schrijf hier wat je nog wil zeggen.", "max_length": TE_LANG},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(*SLOT, "tekst", "toch", Submit("vul_aan", "Vul mijn inbreng aan"))

    def clean_tekst(self):
        tekst = zonder_onzichtbare(self.cleaned_data["tekst"]).strip()
        if not tekst:
            raise forms.ValidationError(self.fields["tekst"].error_messages["required"])
        return tekst


class NaamFormulier(forms.Form):
    naam_publiek = InbrengFormulier.base_fields["naam_publiek"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "naam_publiek"
        ].help_text = "Iedereen kan dit lezen. Leeg: dan staat er “Een inwoner”. Een nieuwe naam lezen we eerst na."
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout("naam_publiek", Submit("naam", "Bewaar de naam"))

    clean_naam_publiek = InbrengFormulier.clean_naam_publiek
