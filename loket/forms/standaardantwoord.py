"""Writing a canned answer, and looking for one while answering."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from loket.models import Dienst, Standaardantwoord
from loket.models.standaardantwoord import STAPPEN, velden_bestaan
from sociaalhuis.models import Thema
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, heeft_rol
from sociaalhuis.velden import TekstVeld

MIJ, HUIS = "mij", "huis"


class StandaardantwoordForm(forms.Form):
    titel = forms.CharField(
        label="Titel",
        max_length=120,
        help_text="Waaraan je het herkent als je zoekt.",
        error_messages={"required": "Geef een titel.", "max_length": "Maak de titel korter: hoogstens 120 tekens."},
    )
    tekst = TekstVeld(
        label="Tekst", rijen=9, max_length=4000, leeg="Schrijf de tekst van het antwoord.",
        help_text="Schrijf wat verschilt tussen accolades, zoals {naam}. De lijst staat hiernaast.",
        validators=[velden_bestaan],
    )  # fmt: skip
    niveau = forms.ChoiceField(label="Voor wie?", error_messages={"invalid_choice": "Kies uit de lijst."})
    thema = forms.ModelChoiceField(
        Thema.objects.all(), required=False, label="Bij welk thema?", empty_label="Bij elk thema"
    )
    dienst = forms.ModelChoiceField(
        Dienst.objects.gepubliceerd().only("pk", "titel"), required=False, label="Bij welke dienst?",
        empty_label="Bij geen bepaalde dienst",
    )  # fmt: skip
    stap = forms.ChoiceField(choices=[("", "Maakt niet uit"), *STAPPEN], required=False, label="Waarvoor?")

    def __init__(self, *args, door, antwoord=None, **kwargs):
        self.door = door
        if antwoord:
            velden = {naam: getattr(antwoord, naam) for naam in ("titel", "tekst", "thema", "dienst", "stap")}
            kwargs["initial"] = {**velden, "niveau": MIJ if antwoord.eigenaar_id else antwoord.team_id or HUIS}
        super().__init__(*args, **kwargs)
        self.teams = {}
        keuzes = [(MIJ, "Alleen voor mij")]
        if heeft_rol(door, TEAMVERANTWOORDELIJKE):
            self.teams = {str(team.pk): team for team in door.teams.filter(bestuur=door.bestuur_id)}
            keuzes += [(pk, f"Voor het team {team.naam}") for pk, team in self.teams.items()]
            keuzes += [(HUIS, "Voor het hele huis")]
        self.fields["niveau"].choices = keuzes
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        self.helper.layout = Layout("titel", "tekst", "niveau", "thema", "dienst", "stap", Submit("bewaar", "Bewaar"))

    def bewaar(self, antwoord=None):
        """Makes or changes the answer; gives it."""
        velden, niveau = dict(self.cleaned_data), self.cleaned_data["niveau"]
        velden.pop("niveau")
        antwoord = antwoord or Standaardantwoord()
        for naam, waarde in velden.items():
            setattr(antwoord, naam, waarde)
        antwoord.eigenaar = self.door if niveau == MIJ else None
        antwoord.team = self.teams.get(niveau)
        antwoord.save()
        return antwoord


class ZoekAntwoordForm(forms.Form):
    """Inside the form of an answer: what is looked for, or which one was chosen."""

    zoek_antwoord = forms.CharField(required=False, max_length=100, label="Zoek een standaardantwoord")
    kies = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
