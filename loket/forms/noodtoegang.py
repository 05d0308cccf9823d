"""Asking for emergency access to one case."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from loket.models import Noodtoegang
from sociaalhuis.ontvangst import LEESFOUTEN
from sociaalhuis.velden import TekstVeld


def genormaliseerd(getypt):
    """'2027-7k3f9o ' -> '2027-7K3F90': as it stands in the database."""
    jaar, _, rest = "".join(getypt.split()).upper().replace("–", "-").partition("-")
    return f"{jaar}-{rest.translate(LEESFOUTEN)}" if rest else jaar


class ReferentieVeld(forms.RegexField):
    """A reference as people type it: small letters, spaces and look-alikes are put right first."""

    def to_python(self, waarde):
        return genormaliseerd(super().to_python(waarde))


class NoodtoegangForm(forms.Form):
    referentie = ReferentieVeld(
        r"^\d{4}-[0-9A-HJKMNP-TV-Z]{6}$",
        label="Referentie van de vraag",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Zoals 2027-7K3F9Q. Ze staat op het ontvangstbewijs.",
        error_messages={
            "required": "Typ de referentie.",
            "invalid": "Dit is geen volledige referentie. Ze ziet eruit als 2027-7K3F9Q.",
        },
    )
    grond = forms.ChoiceField(
        choices=Noodtoegang.Grond.choices,
        widget=forms.RadioSelect,
        label="Wat is er aan de hand?",
        help_text="De vrager leest dit.",
        error_messages={"required": "Kies wat er aan de hand is.", "invalid_choice": "Kies uit de lijst."},
    )
    reden = TekstVeld(
        label="Waarom moet je deze vraag nu lezen?", rijen=3, max_length=1000, leeg="Schrijf waarom.",
        help_text="De tweede persoon en het toezicht lezen dit. De vrager niet.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        self.helper.layout = Layout("referentie", "grond", "reden", Submit("vraag", "Vraag noodtoegang"))
