"""Editing one routing rule."""

from django import forms

from loket.models import Dienst, Verdeelregel
from sociaalhuis.models import Team


class RegelForm(forms.ModelForm):
    class Meta:
        model = Verdeelregel
        fields = ["thema", "doelgroep", "gebied", "dienst", "kanaal", "woorden", "team", "prioriteit", "actief"]
        labels = {"woorden": "Woorden in de vraag", "team": "Naar welk team?", "actief": "Deze regel geldt"}
        error_messages = {"woorden": {"max_length": "Te lang: hoogstens 500 tekens. Maak er twee regels van."}}

    LEEG = {
        "thema": "Elk thema", "doelgroep": "Iedereen", "gebied": "Elk gebied", "dienst": "Elke dienst of geen",
        "team": "Het team van de dienst",
    }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dienst"].queryset = Dienst.objects.only("pk", "titel").order_by("titel")
        self.fields["team"].queryset = Team.objects.select_related("bestuur")
        for naam, leeg in self.LEEG.items():
            self.fields[naam].empty_label = leeg
            self.fields[naam].error_messages["invalid_choice"] = "Kies uit de lijst."
        self.fields["kanaal"].choices = [("", "Elk kanaal"), *self.fields["kanaal"].choices[1:]]
        if self.instance.pk and self.instance.is_rest:
            self.fields = {naam: self.fields[naam] for naam in ("team", "prioriteit")}
            self.fields["team"].required = True
            self.fields["team"].empty_label = None

    def clean(self):
        schoon = super().clean()
        if "thema" in self.fields and not self.errors:
            woorden = schoon.get("woorden") or ""
            if woorden and not Verdeelregel(woorden=woorden).woordenlijst:
                self.add_error("woorden", "Schrijf woorden met letters of cijfers.")
        return schoon
