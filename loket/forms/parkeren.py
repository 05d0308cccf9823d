"""Putting a question aside until a day, taking it up again, and filing it elsewhere in the lists."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from loket.acties import behandeling
from loket.catalogus.keuzelijsten import MODELLEN, IndelingVeld
from loket.forms.stap import StapForm
from loket.models import Vraag
from loket.models.staat import Stap
from sociaalhuis.templatetags.huis import datum
from sociaalhuis.velden import TekstVeld

LANGST = timedelta(days=183)


class ParkeerForm(StapForm):
    titel, knop = "Parkeer tot een dag", "Parkeer"
    stap, verb = Stap.PARKEER, staticmethod(behandeling.parkeer)
    tot = forms.DateField(
        label="Tot welke dag?",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Kies een dag.", "invalid": "Schrijf de dag als 24/12/2026."},
    )
    reden = TekstVeld(
        label="Waarop wacht je?", rijen=2, max_length=1000, leeg="Schrijf waarop je wacht.",
        help_text="Dit wordt een notitie. Alleen medewerkers lezen ze.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tot"].help_text = (
            "Op die dag staat de vraag weer bij jou. De termijn loopt door:"
            f" uiterlijk {datum(self.vraag.uiterlijk_op)}. Duurt het langer? Stuur dan ook een bericht."
        )

    def clean_tot(self):
        tot, vandaag = self.cleaned_data["tot"], timezone.localdate()
        if not vandaag < tot <= vandaag + LANGST:
            raise forms.ValidationError("Kies een dag na vandaag, hoogstens een half jaar ver.")
        return tot

    @property
    def gelukt(self):
        return f"De vraag is geparkeerd. Op {datum(self.cleaned_data['tot'])} staat ze weer bij jou."


class HervatForm(StapForm):
    stap, verb, gelukt = Stap.HERVAT, staticmethod(behandeling.hervat), "De vraag is niet meer geparkeerd."


class DeelInForm(StapForm):
    titel, knop = "Wijzig de indeling", "Bewaar de indeling"
    stap, verb, gelukt = Stap.DEEL_IN, staticmethod(behandeling.deel_in), "De vraag is anders ingedeeld."
    thema = IndelingVeld(label="Thema", leeg="Onbekend")
    doelgroep = IndelingVeld(label="Voor wie", leeg="Niet gekend")
    gebied = IndelingVeld(label="Gebied", leeg="Niet gezegd")
    prioriteit = forms.TypedChoiceField(choices=Vraag.Prioriteit.choices, coerce=int, label="Prioriteit")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for naam, rijen in self.keuzes.indeling.items():
            self.fields[naam].zet(rijen)
            self.fields[naam].error_messages["invalid_choice"] = "Kies uit de lijst."
            codes = {pk: code for code, pk, _ in rijen}
            self.fields[naam].initial = codes.get(getattr(self.vraag, f"{naam}_id"))
        self.fields["prioriteit"].initial = self.vraag.prioriteit

    def met(self):
        velden = super().met()
        return {f"{naam}_id" if naam in MODELLEN else naam: waarde for naam, waarde in velden.items()}
