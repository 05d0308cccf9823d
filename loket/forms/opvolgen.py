"""The forms of the page where a citizen follows one question."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from loket.zaak import ontvangst
from sociaalhuis.velden import BestandenVeld, TekstVeld


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Je code",
        max_length=40,
        help_text="De code staat op je ontvangstbewijs. Hoofdletters en streepjes hoef je niet te typen.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Typ de code van je ontvangstbewijs."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout("code", Submit("open", "Open met mijn code"))

    def clean_code(self):
        code = ontvangst.genormaliseerd(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                "Dit is geen volledige code. Een code heeft 16 letters en cijfers, zoals A1B2-C3D4-E5F6-G7H8."
            )
        return code


class SchrijfTerugForm(forms.Form):
    tekst = TekstVeld(
        label="Je bericht", required=False, rijen=5, help_text="Wil je alleen een bestand sturen? Laat dit dan leeg."
    )
    bestanden = BestandenVeld()

    def __init__(self, *args, delen=(), **kwargs):
        super().__init__(*args, **kwargs)
        if delen:
            keuzes = [("", "Mijn vraag zelf"), *((str(pk), f"Het deel bij {team}") for pk, team in delen)]
            self.fields["deel"] = forms.ChoiceField(
                choices=keuzes, required=False, label="Waarover schrijf je?",
                error_messages={"invalid_choice": "Kies uit de lijst."},
            )  # fmt: skip
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        self.helper.layout = Layout(
            *(["deel"] if delen else []), "tekst", "bestanden", Submit("stuur", "Stuur mijn bericht")
        )

    def clean(self):
        schoon = super().clean()
        if not self.errors and not schoon["tekst"] and not schoon["bestanden"]:
            self.add_error("tekst", "Schrijf hier je bericht, of kies een bestand.")
        return schoon
