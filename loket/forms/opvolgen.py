"""The forms of the page where a citizen follows one question."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from sociaalhuis.velden import BestandenVeld, CodeVeld, TekstVeld


class CodeForm(forms.Form):
    code = CodeVeld()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout("code", Submit("open", "Open met mijn code"))


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
