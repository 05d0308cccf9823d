"""Asking for a copy of the plan."""

from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms

from plan.models import Bestelling


class BestelForm(forms.Form):
    """Name and where to send it; nothing more. `inzending` makes a double click one order."""

    inzending = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    vorm = forms.ChoiceField(
        label="Hoe wil je het plan krijgen?", choices=Bestelling.Vorm.choices, widget=forms.RadioSelect
    )
    naam = forms.CharField(
        label="Je naam",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Vul je naam in, dan weten we voor wie het is."},
    )
    email = forms.EmailField(
        label="Je e-mailadres",
        required=False,
        help_text="Nodig voor een digitaal exemplaar. Bij papier alleen als je een bevestiging wilt.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    adres = forms.CharField(
        label="Je adres",
        required=False,
        max_length=200,
        help_text="Nodig voor een exemplaar op papier: straat, nummer, postcode en gemeente.",
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    aantal = forms.IntegerField(
        label="Hoeveel exemplaren op papier?",
        min_value=1,
        max_value=10,
        initial=1,
        required=False,
        help_text="Hoogstens 10. Heb je er meer nodig? Bel ons.",
        widget=forms.NumberInput(attrs={"class": "kort"}),
        error_messages={
            "min_value": "Kies minstens 1 exemplaar.",
            "max_value": "Kies hoogstens 10 exemplaren, of bel ons.",
            "invalid": "Schrijf een getal van 1 tot 10.",
        },
    )
    voornaam_2 = forms.CharField(
        label="Laat dit veld leeg",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vorm"].error_messages["required"] = "Kies hoe je het plan wil krijgen."
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            "inzending",
            "vorm",
            "naam",
            "email",
            "adres",
            Field("aantal"),
            Div("voornaam_2", css_class="visually-hidden", aria_hidden="true"),
            Submit("bestel", "Vraag mijn exemplaar"),
        )

    def clean_voornaam_2(self):
        if self.cleaned_data["voornaam_2"]:
            raise forms.ValidationError("Maak dit veld leeg en probeer opnieuw.")
        return ""

    def clean(self):
        velden = super().clean()
        vorm = velden.get("vorm")
        if vorm == Bestelling.Vorm.MAIL and not velden.get("email") and "email" not in self.errors:
            self.add_error("email", "Vul je e-mailadres in, dan weten we waar we het plan naartoe sturen.")
        if vorm == Bestelling.Vorm.PAPIER and not velden.get("adres") and "adres" not in self.errors:
            self.add_error("adres", "Vul je adres in, dan weten we waar we het plan naartoe sturen.")
        return velden

    def gegevens(self):
        """Keyword arguments of the verb `bestel`: only what this way of sending needs."""
        velden = self.cleaned_data
        papier = velden["vorm"] == Bestelling.Vorm.PAPIER
        return {
            "inzending": velden["inzending"],
            "vorm": velden["vorm"],
            "naam": velden["naam"],
            "email": velden["email"],
            "adres": velden["adres"] if papier else "",
            "aantal": (velden["aantal"] or 1) if papier else 1,
        }
