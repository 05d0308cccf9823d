"""Making a year from a proposal, and noting how its actions stand."""

from django import forms

from plan.models import Onderdeel
from plan.woorden import standnamen
from sociaalhuis.tekst import zonder_onzichtbare

TE_LANG = "Hou het korter: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s."


class Schoon(forms.Form):
    def clean(self):
        velden = super().clean()
        return {naam: zonder_onzichtbare(w) if isinstance(w, str) else w for naam, w in velden.items()}


class VoorstelForm(Schoon):
    """One action that may stand in the year: whether, what happens, and why it moved on when it comes from before."""

    mee = forms.BooleanField(label="Neem deze actie op", required=False)
    wat = forms.CharField(
        label="Wat doen we dit jaar?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TE_LANG},
    )
    reden = forms.CharField(
        label="Waarom schoof dit door van vorig jaar?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Iedereen kan dit lezen.",
        error_messages={"max_length": TE_LANG},
    )

    def __init__(self, *args, voorstel, **kwargs):
        super().__init__(*args, prefix=f"a{voorstel.actie.pk}", initial={"mee": True, "wat": voorstel.wat}, **kwargs)
        self.voorstel = voorstel
        if not voorstel.doorgeschoven:
            del self.fields["reden"]
        for naam in {"wat", "reden"} & set(self.fields):
            self.fields[naam].wanneer = "verplicht als je deze actie opneemt"

    def clean(self):
        velden = super().clean()
        if velden.get("mee"):
            if not velden.get("wat", "").strip() and "wat" not in self.errors:
                self.add_error("wat", "Schrijf wat er dit jaar gebeurt.")
            if "reden" in self.fields and not velden.get("reden", "").strip() and "reden" not in self.errors:
                self.add_error("reden", "Schrijf waarom dit niet klaar was in het jaar ervoor.")
        return velden

    def regel(self):
        """What the verb `neem_op` asks of one action."""
        return {
            "actie": self.voorstel.actie.pk,
            "wat": self.cleaned_data["wat"],
            "reden": self.cleaned_data.get("reden"),
        }


class OpvolgForm(Schoon):
    """How one action of a year stands."""

    stand = forms.ChoiceField(
        label="Stand",
        error_messages={"required": "Kies hoe het staat.", "invalid_choice": "Kies een stand uit de lijst."},
    )
    nota = forms.CharField(
        label="Waar staan we?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TE_LANG},
    )

    def __init__(self, *args, regel, rij, einde, plan, **kwargs):
        begin = {
            "stand": rij.stand if rij else regel.actie.stand,
            "nota": rij.nota if rij else regel.resultaat if einde else "",
        }
        super().__init__(*args, initial=begin, **kwargs)
        self.fields["stand"].choices = [(stand, standnamen(plan)[stand]) for stand in Onderdeel.Stand.values]
        if einde:
            self.fields["nota"].label = "Resultaat"
        self.fields["nota"].widget.attrs["rows"] = 5
