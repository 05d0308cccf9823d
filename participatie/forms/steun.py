"""The statement with which an organisation stands behind a plan."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from participatie.forms.inbreng import TE_LANG, MagOnline
from sociaalhuis.tekst import zonder_onzichtbare

LEEG = "Schrijf in een paar zinnen waarom jullie dit plan steunen."


class VerklaringFormulier(MagOnline):
    VOOR_IEDEREEN = ("tekst",)

    tekst = forms.CharField(
        label="Waarom steunen jullie dit plan?",
        max_length=600,
        help_text="Twee of drie zinnen. Ze staan op de website met de naam van je organisatie.",
        widget=forms.Textarea(attrs={"rows": 5, "data-tekenteller": ""}),
        error_messages={"required": LEEG, "max_length": TE_LANG},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout("tekst", "toch", Submit("verklaar", "Zet onze steun online"))

    def clean_tekst(self):
        tekst = zonder_onzichtbare(self.cleaned_data["tekst"]).strip()
        if not tekst:
            raise forms.ValidationError(LEEG)
        return tekst
