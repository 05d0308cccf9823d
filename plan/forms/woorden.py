"""What the town calls the states of an action and the levels of its plan."""

from django import forms

from plan.models import Onderdeel
from plan.woorden import GEWOON
from sociaalhuis.tekst import zonder_onzichtbare

Soort = Onderdeel.Soort
MEER = 2  # empty rows for goals, to add a level
HOOGSTENS = 8


class StandwoordenForm(forms.Form):
    """One field per state, named after it; empty is the usual word."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for stand in Onderdeel.Stand:
            self.fields[stand.value] = forms.CharField(
                label=stand.label,
                required=False,
                max_length=40,
                help_text=f"Leeg: we schrijven '{stand.label}'.",
                error_messages={"max_length": "Hou het bij %(limit_value)s tekens. Nu zijn het er %(show_value)s."},
            )

    def clean(self):
        return {stand: zonder_onzichtbare(woord) for stand, woord in super().clean().items()}


class NiveauForm(forms.Form):
    naam = forms.CharField(
        label="Zo heet er één", required=False, max_length=60, help_text="Zonder hoofdletter, zoals actieplan."
    )
    meervoud = forms.CharField(label="Zo heten er meer", required=False, max_length=60, help_text="Zoals actieplannen.")
    weegt = forms.BooleanField(label="De delen hebben een gewicht", required=False)

    def clean(self):
        velden = {
            naam: zonder_onzichtbare(waarde) if isinstance(waarde, str) else waarde
            for naam, waarde in super().clean().items()
        }
        for een, ander in (("naam", "meervoud"), ("meervoud", "naam")):
            if velden.get(een) and not velden.get(ander) and ander not in self.errors:
                self.add_error(ander, "Vul ook dit in.")
        return velden


class NiveausFormSet(forms.formset_factory(NiveauForm, extra=0, max_num=HOOGSTENS, absolute_max=HOOGSTENS)):
    """The levels from the top down: the first holds guarantees, the last actions, all between them goals."""

    def __init__(self, *args, niveaus, **kwargs):
        eigen = [{"naam": rij.naam, "meervoud": rij.meervoud, "weegt": rij.weegt} for rij in niveaus]
        eigen = eigen or [{"naam": gewoon.naam, "meervoud": gewoon.meervoud} for gewoon in GEWOON.values()]
        begin = [*eigen[:-1], *[{}] * min(MEER, HOOGSTENS - len(eigen)), eigen[-1]]
        super().__init__(*args, initial=begin, prefix="niveau", **kwargs)

    def add_fields(self, form, index):
        """The first and the last level are always there, so they have a name."""
        super().add_fields(form, index)
        if index in {0, self.total_form_count() - 1}:
            for naam in ("naam", "meervoud"):
                form.fields[naam].required = True
                form.fields[naam].error_messages["required"] = "Geef dit niveau een naam."

    def soort(self, nummer):
        """The kind of part on the level with this number, counted from 0."""
        if nummer == 0:
            return Soort.GARANTIE
        return Soort.ACTIE if nummer == self.total_form_count() - 1 else Soort.DOELSTELLING

    def rijen(self):
        """Pairs (what stands on it in words, form)."""
        return [(f"Niveau {nummer + 1}: {WAT[self.soort(nummer)]}", form) for nummer, form in enumerate(self.forms)]

    def niveaus(self):
        """The dicts that `acties.niveaus.zet_niveaus` takes; rows for goals that were left empty are no level."""
        rijen = [{"soort": self.soort(nummer), **form.cleaned_data} for nummer, form in enumerate(self.forms)]
        return [rij for rij in rijen if rij["soort"] != Soort.DOELSTELLING or rij["naam"]]


WAT = {
    Soort.GARANTIE: "de beloftes, bovenaan",
    Soort.DOELSTELLING: "doelstellingen (laat leeg als je dit niveau niet nodig hebt)",
    Soort.ACTIE: "wat er gebeurt, onderaan",
}
