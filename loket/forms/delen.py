"""Sharing a case with another team, and stopping that."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from loket.acties import delen
from loket.forms.stap import StapForm
from loket.models import Deling
from loket.models.staat import Stap
from sociaalhuis.models import Team
from sociaalhuis.velden import TekstVeld


class DeelForm(StapForm):
    titel, knop = "Deel met een ander team", "Deel de vraag"
    stap, verb = Stap.DEEL, staticmethod(delen.deel)
    gelukt = "De vraag is gedeeld. De vrager ziet met wie, waarom en tot wanneer."
    met_team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Met welk team?",
        empty_label="Kies een team",
        error_messages={"required": "Kies een team.", "invalid_choice": "Kies een team uit de lijst."},
    )
    recht = forms.ChoiceField(
        choices=Deling.Recht.choices,
        widget=forms.RadioSelect,
        initial=Deling.Recht.LEES,
        label="Wat mag dat team?",
        error_messages={"required": "Kies wat het team mag.", "invalid_choice": "Kies wat het team mag."},
    )
    tot = forms.DateField(
        label="Tot en met",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Daarna stopt het vanzelf. Hoogstens een half jaar.",
        error_messages={"required": "Kies tot wanneer.", "invalid": "Kies een dag."},
    )
    reden = TekstVeld(
        label="Waarom?", rijen=2, max_length=500, leeg="Schrijf waarom je de vraag deelt.",
        help_text="De vrager leest dit ook. Schrijf het zoals je het tegen die persoon zou zeggen.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kies_uit("met_team", self.keuzes.andere_teams)
        self.fields["tot"].initial = timezone.localdate() + timedelta(days=14)


class StopDelenForm(StapForm):
    stap, verb, gelukt = Stap.STOP_DELEN, staticmethod(delen.stop), "De vraag is niet meer gedeeld met dat team."
    deling = forms.ModelChoiceField(
        Deling.objects.none(),
        widget=forms.HiddenInput,
        error_messages={
            "required": "Kies welke deling je stopt.",
            "invalid_choice": "Deze vraag was al niet meer gedeeld.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deling"].queryset = Deling.objects.filter(vraag=self.vraag.pk)
