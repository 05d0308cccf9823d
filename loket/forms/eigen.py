"""Forms of the one who asked about the own data. Nothing is filled in beforehand: a screen may be shared."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django import forms

from loket.forms.vraag import NODIG, VraagBasis
from loket.models import Oordeel
from sociaalhuis.velden import TekstVeld


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


class ContactForm(forms.Form):
    """Another way of contact. Only what is filled in here is used from now on."""

    antwoordwijze = VraagBasis.base_fields["antwoordwijze"]
    email = VraagBasis.base_fields["email"]
    telefoon = VraagBasis.base_fields["telefoon"]
    adres = VraagBasis.base_fields["adres"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        self.helper.layout = Layout(
            "antwoordwijze",
            Fieldset(
                "Waar mogen we je bereiken?",
                HTML('<p class="stil">Vul alleen in wat nodig is voor de manier die je koos.</p>'),
                "email",
                "telefoon",
                "adres",
            ),
            Submit("bewaar", "Bewaar mijn keuze"),
        )

    def clean(self):
        schoon = super().clean()
        veld, fout = NODIG.get(schoon.get("antwoordwijze"), (None, None))
        if veld and veld not in self.errors and not schoon.get(veld):
            self.add_error(veld, fout)
        return schoon


class OordeelForm(forms.Form):
    """Two plain buttons and one more; each sends its own `keuze`."""

    keuze = forms.ChoiceField(
        choices=Oordeel.Keuze.choices,
        error_messages={"required": "Kies een van de knoppen.", "invalid_choice": "Kies een van de knoppen."},
    )
    zin = TekstVeld(label="Wil je er iets bij zeggen?", required=False, rijen=2, max_length=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zin"].widget.attrs["class"] = "form-control"
