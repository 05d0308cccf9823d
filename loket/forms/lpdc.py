"""The decision about each field on which LPDC and we differ."""

from django import forms

from loket.acties.lpdcverschil import HUN, ONS, stand_van

LATER = ""
KEUZES = [(ONS, "Hou onze tekst"), (HUN, "Neem LPDC over"), (LATER, "Beslis later")]


class VerschilForm(forms.Form):
    """One choice per field that differs; `alles` decides about all of them at once."""

    stand = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    alles = forms.ChoiceField(choices=[(ONS, ""), (HUN, "")], required=False)

    def __init__(self, *args, dienst, **kwargs):
        super().__init__(*args, **kwargs)
        self.dienst = dienst
        self.fields["stand"].initial = stand_van(dienst)
        for veld in dienst.bron_verschil:
            self.fields[f"veld_{veld}"] = forms.ChoiceField(
                choices=KEUZES,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                initial=LATER,
                error_messages={"invalid_choice": "Kies een van de drie."},
            )

    def clean(self):
        velden = super().clean()
        if not velden.get("alles") and not self.keuzes and not self.errors:
            raise forms.ValidationError("Kies bij minstens één veld wat er moet gebeuren.")
        return velden

    @property
    def keuzes(self) -> dict:
        """Field -> `hun` or `ons`, for the fields that were decided."""
        alles = self.cleaned_data.get("alles")
        per_veld = {naam: alles or self.cleaned_data.get(f"veld_{naam}") for naam in self.dienst.bron_verschil}
        return {naam: keuze for naam, keuze in per_veld.items() if keuze}
