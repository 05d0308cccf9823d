"""The form with which a representative says something in the own name."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from participatie.forms.inbreng import SLOT, TE_LANG, MagOnline
from participatie.models.opmerking import MAX_TEKENS
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.tekst import zonder_onzichtbare

LEEG = "Schrijf hier wat je zelf wil zeggen."
KIES = "Kies waarover je opmerking gaat."


class OpmerkingFormulier(MagOnline, Formulierslot):
    """`keuzes` is what `participatie.acties.opmerking.waarover` gives; `over` the value that is chosen already."""

    VRIJE_TEKST = ("tekst",)
    NAMEN_OOK = True

    over = forms.ChoiceField(label="Waarover gaat het?", error_messages={"required": KIES, "invalid_choice": KIES})
    tekst = forms.CharField(
        label="Wat wil je zelf zeggen?",
        max_length=MAX_TEKENS,
        widget=forms.Textarea(attrs={"rows": 6, "data-tekenteller": ""}),
        error_messages={"required": LEEG, "max_length": TE_LANG},
    )
    openbaar = forms.BooleanField(
        label="Iedereen mag dit lezen, met mijn naam erbij",
        required=False,
        help_text="Duid je dit niet aan, dan lezen alleen je collega's en wie aan het plan werkt het.",
    )

    def __init__(self, *args, keuzes, naam, over="", **kwargs):
        super().__init__(*args, **kwargs)
        self.keuzes = {
            waarde: (ronde, inbreng)
            for ronde, inbrengen in keuzes
            for waarde, inbreng in [
                (f"ronde-{ronde.pk}", None),
                *((inbreng.referentie, inbreng) for inbreng in inbrengen),
            ]
        }
        self.fields["over"].choices = [
            (
                ronde.titel,
                [
                    (f"ronde-{ronde.pk}", "Deze ronde"),
                    *((rij.referentie, f"Onze inbreng over: {rij.over} ({rij.referentie})") for rij in inbrengen),
                ],
            )
            for ronde, inbrengen in keuzes
        ]
        self.fields["over"].initial = over if over in self.keuzes else None
        self.fields[
            "tekst"
        ].help_text = f"We zetten je naam erbij: {naam}. Dit telt niet mee als stem van je organisatie."
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(
            *SLOT, "over", "tekst", "openbaar", "toch", Submit("schrijf", "Bewaar mijn opmerking")
        )

    def clean_tekst(self):
        tekst = zonder_onzichtbare(self.cleaned_data["tekst"]).strip()
        if not tekst:
            raise forms.ValidationError(LEEG)
        return tekst

    def clean(self):
        """What only colleagues and staff read needs no second look."""
        self.VOOR_IEDEREEN = ("tekst",) if self.cleaned_data.get("openbaar") else ()
        return super().clean()

    @property
    def inhoud(self):
        """What the verb asks of the form."""
        ronde, inbreng = self.keuzes[self.cleaned_data["over"]]
        return {
            "ronde": ronde,
            "inbreng": inbreng,
            "tekst": self.cleaned_data["tekst"],
            "openbaar": self.cleaned_data["openbaar"],
        }
