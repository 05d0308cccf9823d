"""Noting a need, making a signal, and answering one."""

from django import forms

from plan.models import Onderdeel
from sociaalhuis.models import Doelgroep, Gebied, Thema
from sociaalhuis.velden import TekstVeld

NIEMAND = "Schrijf niets waaraan je iemand herkent: geen naam, geen adres, geen verhaal van één persoon."


class KeuzeVeld(forms.ModelChoiceField):
    """A choice by code; something else gives our own words."""

    def __init__(self, queryset, **opties):
        super().__init__(
            queryset,
            to_field_name="code",
            error_messages={"required": "Maak een keuze.", "invalid_choice": "Kies iets uit de lijst."},
            **opties,
        )


class NoodForm(forms.Form):
    thema = KeuzeVeld(Thema.objects.all(), label="Over welk thema gaat het?", empty_label="Kies een thema")
    doelgroep = KeuzeVeld(Doelgroep.objects.all(), label="Voor wie?", required=False, empty_label="Voor iedereen")
    gebied = KeuzeVeld(Gebied.objects.all(), label="Waar?", required=False, empty_label="In de hele gemeente")
    wat = forms.CharField(
        label="Wat ontbreekt er?",
        max_length=200,
        help_text=f"Bijvoorbeeld: geen avondspreekuur voor wie overdag werkt. {NIEMAND}",
        error_messages={
            "required": "Schrijf in één zin wat er ontbreekt.",
            "max_length": "Dit is te lang: hoogstens %(limit_value)d tekens.",
            "null_characters_not_allowed": "In je tekst staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw.",
        },
    )
    aantal = forms.IntegerField(
        label="Voor hoeveel mensen ongeveer?",
        min_value=1,
        max_value=500,
        initial=1,
        error_messages={
            "required": "Vul een getal in.",
            "invalid": "Vul een getal in, zonder komma.",
            "min_value": "Vul minstens 1 in.",
            "max_value": "Vul hoogstens 500 in.",
        },
    )


class SignaalForm(forms.Form):
    """`onderdeel` is a part of a plan that everyone can read."""

    onderdeel = forms.ModelChoiceField(
        Onderdeel.objects.none(),
        label="Bij welk deel van het plan hoort dit?",
        empty_label="Kies een deel van het plan",
        error_messages={"required": "Kies een deel van het plan.", "invalid_choice": "Kies een deel uit de lijst."},
    )
    toelichting = TekstVeld(
        label="Wat vraag je aan het plan?",
        rijen=5,
        max_length=1000,
        leeg="Schrijf in een paar zinnen wat er nodig is.",
        help_text=NIEMAND,
    )

    def __init__(self, *args, delen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["onderdeel"].queryset = delen


class ReactieForm(forms.Form):
    reactie = TekstVeld(
        label="Wat doet het plan hiermee?",
        rijen=5,
        max_length=2000,
        leeg="Schrijf wat het plan hiermee doet, of waarom niet.",
        help_text="In gewone taal. Wie dit signaal maakte, leest het ook.",
    )
    openbaar = forms.BooleanField(label="Toon het signaal en dit antwoord bij het plan", required=False, initial=True)
