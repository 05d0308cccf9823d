"""What an organisation says about itself on the website."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from participatie.acties.gegevens import VELDEN
from sociaalhuis.models import Organisatie
from sociaalhuis.tekst import zonder_onzichtbare


class GegevensFormulier(forms.ModelForm):
    omschrijving = forms.CharField(
        label="Wat doen jullie, en voor wie?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5, "data-tekenteller": ""}),
        error_messages={"required": "Vertel in een paar zinnen wat jullie doen."},
    )
    website = forms.URLField(
        label="Website",
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Dit webadres klopt niet. Schrijf het zoals https://www.voorbeeld.be."},
    )

    class Meta:
        model = Organisatie
        fields = VELDEN
        error_messages = {"email": {"invalid": "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(*VELDEN, Submit("bewaar", "Bewaar onze gegevens"))

    def clean_omschrijving(self):
        return zonder_onzichtbare(self.cleaned_data["omschrijving"]).strip()


class WisFormulier(forms.Form):
    """Typing the name of the organisation, so that nobody erases by a slip."""

    naam = forms.CharField(
        label="Typ de naam van jullie organisatie",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Typ de naam van jullie organisatie om te bevestigen.", "max_length": "Dat is te lang. Typ de naam van jullie organisatie."},
    )  # fmt: skip

    def __init__(self, *args, organisatie, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisatie = organisatie
        self.fields["naam"].help_text = f"Zoals ze hier staat: {organisatie.naam}. Zo weten we dat je het meent."
        self.helper = FormHelper()
        self.helper.layout = Layout("naam")
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_naam(self):
        naam = zonder_onzichtbare(self.cleaned_data["naam"])
        if naam.casefold().split() != self.organisatie.naam.casefold().split():
            raise forms.ValidationError(f"Dit is niet de naam van jullie organisatie. Typ: {self.organisatie.naam}")
        return naam
