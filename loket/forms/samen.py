"""Merging questions of one person, undoing that, and splitting off a part."""

from django import forms

from loket.acties import samenvoegen, splitsen
from loket.forms.noodtoegang import ReferentieVeld
from loket.forms.stap import StapForm
from loket.models import Vraag
from loket.models.staat import Stap
from loket.models.vraagset import INHOUD
from sociaalhuis.models import Team
from sociaalhuis.velden import TekstVeld


class VoegSamenForm(StapForm):
    titel, knop = "Voeg samen met een andere vraag", "Voeg samen"
    stap, verb = Stap.VOEG_SAMEN, staticmethod(samenvoegen.voeg_samen)
    gelukt = "De vragen zijn samengevoegd. Beide codes openen nu deze vraag. Een dag lang kan je ze nog losmaken."
    andere = ReferentieVeld(
        r"^\d{4}-[0-9A-HJKMNP-TV-Z]{6}$",
        label="Welke vraag komt erbij?",
        max_length=40,
        help_text="Haar referentie. Deze vraag hier blijft en gaat verder.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Typ de referentie van de andere vraag.",
            "invalid": "Dit is geen volledige referentie. Ze ziet eruit als 2027-7K3F9Q.",
        },
    )
    zelfde_persoon = forms.BooleanField(
        label="Ik keek het na: het is dezelfde persoon. Die ziet daarna alles van beide vragen.",
        error_messages={"required": "Duid dit aan als je zeker bent. Twee personen? Voeg ze dan niet samen."},
    )

    def clean_andere(self):
        """Of other teams nothing is told: not whether the reference exists either."""
        vragen = Vraag.objects.zichtbaar_voor(self.door).defer(*INHOUD)
        gevonden = vragen.filter(referentie=self.cleaned_data["andere"], team=self.vraag.team_id).first()
        if gevonden is None:
            raise forms.ValidationError("Jouw team heeft geen vraag met deze referentie.")
        self.gevonden = gevonden
        return self.cleaned_data["andere"]

    def met(self):
        return {"met": self.gevonden}


class MaakLosForm(StapForm):
    stap, verb, gelukt = Stap.MAAK_LOS, staticmethod(samenvoegen.maak_los), "De vragen staan weer los van elkaar."
    van = forms.ModelChoiceField(
        Vraag.objects.none(),
        widget=forms.HiddenInput,
        error_messages={
            "required": "Kies welke vraag je losmaakt.",
            "invalid_choice": "Deze vragen zijn niet meer samengevoegd.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["van"].queryset = Vraag.objects.filter(samengevoegd_met=self.vraag.pk).defer(*INHOUD)


class SplitsForm(StapForm):
    titel, knop = "Splits een deel af", "Splits dit deel af"
    stap, verb = Stap.SPLITS, staticmethod(splitsen.splits)
    gelukt = "Er is een tweede vraag gemaakt voor het andere team. De vrager volgt beide met dezelfde code."
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Naar welk team gaat dit deel?",
        empty_label="Kies een team",
        error_messages={"required": "Kies een team.", "invalid_choice": "Kies een team uit de lijst."},
    )
    tekst = TekstVeld(
        label="Wat moet dat team weten?", rijen=4, leeg="Schrijf de vraag voor het andere team.",
        help_text="Alleen deze tekst en hoe we de vrager bereiken gaan mee. De vrager leest dit ook.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kies_uit("team", self.keuzes.andere_teams)
