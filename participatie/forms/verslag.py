"""Forms of the minutes."""

from django import forms

from participatie.forms.overleg import helper, kort
from participatie.models import Verslagregel
from sociaalhuis.models import Gebruiker, Organisatie
from sociaalhuis.velden import TekstVeld

NIEMAND = "Kies wie dit doet, of schrijf het erbij."


class SamenvattingFormulier(forms.Form):
    samenvatting = TekstVeld(
        label="In het kort",
        required=False,
        max_length=1500,
        rijen=4,
        help_text="Wat moet iemand weten die er niet was?",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("versie", "samenvatting", knop="Bewaar")


class PuntFormulier(forms.Form):
    tekst = TekstVeld(label="Wat werd er gezegd?", required=False, max_length=5000, rijen=8)
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("versie", "tekst", knop="Bewaar de tekst")


class RegelFormulier(forms.Form):
    """Something said, a decision or a task under an agenda point."""

    soort = forms.ChoiceField(
        label="Wat schrijf je op?",
        choices=Verslagregel.Soort.choices,
        initial=Verslagregel.Soort.GEZEGD,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat je opschrijft.", "invalid_choice": "Kies wat je opschrijft."},
    )
    regel = TekstVeld(label="In één of twee zinnen", max_length=1000, rijen=3, leeg="Schrijf wat je wil bewaren.")
    doet = forms.ChoiceField(
        label="Bij een taak: wie doet dit?",
        required=False,
        error_messages={"invalid_choice": "Deze keuze bestaat niet (meer). Kies opnieuw."},
    )
    wie = kort(
        "Of iemand anders", 80, required=False, help_text="Een functie of een groep, geen naam: dit komt op de website."
    )
    tegen = forms.DateField(
        label="Bij een taak: tegen wanneer?",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Deze dag klopt niet. Schrijf hem zoals 2027-03-24."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        gebruikers = Gebruiker.objects.filter(is_active=True, is_staff=True)
        self.wie_kan = {f"g{rij.pk}": rij for rij in gebruikers} | {
            f"o{rij.pk}": rij for rij in Organisatie.objects.erkend()
        }
        groepen = [("Medewerkers", "g"), ("Organisaties", "o")]
        self.fields["doet"].choices = [("", "Kies")] + [
            (naam, [(code, str(rij)) for code, rij in self.wie_kan.items() if code[0] == letter])
            for naam, letter in groepen
        ]
        self.helper = helper("soort", "regel", "doet", "wie", "tegen", knop="Voeg toe", naam="voeg_toe")

    def clean(self):
        gegevens = super().clean()
        if self.errors:
            return gegevens
        if gegevens["soort"] == Verslagregel.Soort.TAAK:
            if bool(gegevens["doet"]) == bool(gegevens["wie"]):
                self.add_error(
                    "doet", NIEMAND if not gegevens["doet"] else "Kies één: uit de lijst of zelf geschreven."
                )
        elif gegevens["doet"] or gegevens["wie"] or gegevens["tegen"]:
            self.add_error("soort", "Je vulde in wie iets doet of tegen wanneer. Dan is het een taak.")
        return gegevens

    @property
    def velden(self):
        """The fields of Verslagregel as the verb takes them."""
        schoon, wie = self.cleaned_data, self.wie_kan.get(self.cleaned_data["doet"])
        return {
            "soort": schoon["soort"],
            "tekst": schoon["regel"],
            "wie": schoon["wie"],
            "wie_gebruiker": wie if isinstance(wie, Gebruiker) else None,
            "wie_organisatie": wie if isinstance(wie, Organisatie) else None,
            "tegen": schoon["tegen"],
        }
