"""A sheet that comes back: the file, and whether it is carried out."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import FileExtensionValidator

from plan.acties.blad import BESTAND, HOUDEN


class BladForm(forms.Form):
    bestand = forms.FileField(
        label="Het blad dat je veranderde",
        help_text="Een Excel-bestand (.xlsx), hoogstens 10 MB. Er verandert nog niets: je ziet eerst wat het zou doen.",
        validators=[FileExtensionValidator(["xlsx"], "Bewaar je blad eerst als Excel-bestand (.xlsx).")],
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Kies het bestand.", "empty": "Dit bestand is leeg. Kies een ander."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class DoorvoerForm(forms.Form):
    """Why, and what to do with cells that somebody else changed meanwhile."""

    botsingen = forms.ChoiceField(
        label="Wat doe je met de cellen die intussen door iemand anders gewijzigd zijn?",
        choices=[
            (HOUDEN, "Laat staan wat er nu in het plan staat"),
            (BESTAND, "Neem wat in mijn blad staat, en overschrijf wat er nu staat"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er met deze cellen gebeurt."},
    )
    reden = forms.CharField(
        label="Waarom verander je dit?",
        max_length=300,
        help_text="Dit komt in de geschiedenis van elke rij, met je naam.",
        error_messages={"required": "Schrijf waarom je dit verandert. Dat komt in de geschiedenis."},
    )

    def __init__(self, *args, met_botsingen, **kwargs):
        super().__init__(*args, **kwargs)
        if not met_botsingen:
            del self.fields["botsingen"]
        self.helper = FormHelper()
        self.helper.form_tag = False
