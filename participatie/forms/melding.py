"""The form with which a visitor reports an input."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from participatie.forms.inbreng import SLOT
from participatie.models import Melding
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.tekst import zonder_onzichtbare


class MeldingFormulier(Formulierslot):
    VRIJE_TEKST = ("toelichting",)

    waarom = forms.ChoiceField(
        label="Wat is er mis?",
        choices=Melding.Waarom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er mis is.", "invalid_choice": "Kies wat er mis is."},
    )
    toelichting = forms.CharField(
        label="Wil je er iets bij zeggen?",
        required=False,
        max_length=500,
        help_text="Schrijf niets over jezelf. We weten niet wie je bent, en dat hoeft ook niet.",
        widget=forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        error_messages={"max_length": "Je tekst is te lang. Maak er hoogstens %(limit_value)s tekens van."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(*SLOT, "waarom", "toelichting", Submit("meld", "Meld deze inbreng"))

    def clean_toelichting(self):
        return zonder_onzichtbare(self.cleaned_data["toelichting"]).strip()
