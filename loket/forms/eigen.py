"""Forms of the one who asked about the own data. Nothing is filled in beforehand: a screen may be shared."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from loket.forms.velden import TekstVeld


class WiswensForm(forms.Form):
    tekst = TekstVeld(
        label="Wil je er iets bij zeggen?",
        required=False,
        rijen=3,
        max_length=1000,
        help_text="Je hoeft niet te zeggen waarom.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        self.helper.layout = Layout("tekst", Submit("vraag", "Vraag om alles te wissen"))
