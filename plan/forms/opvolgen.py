"""Following up: the state of an action, its tasks, and what one wants to see."""

from django import forms

from plan.acties.stand import waarom_nodig
from plan.models import Actie, Taak
from plan.woorden import standnamen
from sociaalhuis.beheer.widgets import Datum
from sociaalhuis.tekst import zonder_onzichtbare

GEEN_DATUM = "Schrijf de datum als dag, maand en jaar, zoals 31/12/2027."


def schone_teksten(velden):
    return {naam: zonder_onzichtbare(w) if isinstance(w, str) else w for naam, w in velden.items()}


class StandForm(forms.ModelForm):
    """The fields of the state; says at the field what the verb would refuse."""

    volgt_weer = forms.BooleanField(
        label="Laat de stand weer volgen uit de taken en de metingen",
        required=False,
        help_text="Je eigen stand en je reden vallen dan weg.",
    )

    class Meta:
        model = Actie
        fields = ["stand", "voortgang", "stand_reden", "stand_toelichting"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for naam in {"stand", "voortgang"} & set(self.fields):
            self.fields[naam].required = True
        if "stand_reden" in self.fields:
            self.fields["stand_reden"].wanneer = "verplicht als je iets anders kiest dan de taken en metingen zeggen"
        if "stand" in self.fields and self.instance.plan_id:
            self.fields["stand"].choices = list(standnamen(self.instance.plan).items())

    def add_error(self, field, error):
        """What is wrong with a field of the action that is not shown here, is told above the form."""
        if hasattr(error, "error_dict"):
            for naam in [naam for naam in error.error_dict if naam not in self.fields and naam != "__all__"]:
                super().add_error(None, error.error_dict.pop(naam))
            if not error.error_dict:
                return
        super().add_error(field, error)

    def clean(self):
        velden = super().clean()
        anders = {"stand", "voortgang"}.intersection(self.changed_data)
        if not self.instance.pk or {"stand", "voortgang"} & set(self.errors) or "stand" not in self.fields:
            return velden
        if velden.get("volgt_weer") and anders:
            self.add_error("stand", "Je laat de stand volgen en kiest er zelf ook een. Doe een van de twee.")
        elif not velden.get("volgt_weer") and not velden.get("stand_reden"):
            moet = anders or "stand_reden" in self.changed_data
            if moet and (waarom := waarom_nodig(self.instance, velden["stand"], velden["voortgang"])):
                self.add_error("stand_reden", waarom)
        return velden


class StandVanActieForm(StandForm):
    """The same on the page of the lead, in its own words, without the box where nothing was set by hand."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stand_toelichting"].label = "Wat is er gebeurd?"
        self.fields["stand_toelichting"].help_text = "Eén of twee zinnen. Dit staat op de site."
        self.fields["stand_toelichting"].widget = forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""})
        self.fields[
            "stand_reden"
        ].help_text = (
            "Alleen nodig als je iets anders kiest dan de taken en de metingen zeggen. Dit komt niet op de site."
        )
        self.fields["voortgang"].widget.attrs["class"] = "kort"
        if not self.instance.stand_reden:
            del self.fields["volgt_weer"]

    def clean(self):
        return schone_teksten(super().clean())


class TaakForm(forms.ModelForm):
    class Meta:
        model = Taak
        fields = ["titel", "soort", "wie", "tegen", "openbaar"]
        widgets = {"tegen": Datum, "soort": forms.RadioSelect}
        labels = {"titel": "Wat moet er gebeuren?", "wie": "Wie doet het?", "soort": "Is het een taak of een mijlpaal?"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["titel"].error_messages["required"] = "Schrijf wat er moet gebeuren."
        self.fields["tegen"].error_messages["invalid"] = GEEN_DATUM
        self.fields["soort"].help_text = "Een mijlpaal is een moment dat iedereen mag zien. Ze staat op de site."

    def clean(self):
        return schone_teksten(super().clean())


class KiesForm(forms.Form):
    """Which leads to see. Nothing chosen, or nonsense: all."""

    trekker = forms.ChoiceField(label="Trekker", required=False)

    def __init__(self, data, *, trekkers, eigen):
        super().__init__({"trekker": data.get("trekker", "")})
        keuzes = [("", "Alle trekkers"), *([("mijn", "Wat ik opvolg")] if eigen else [])]
        self.fields["trekker"].choices = [*keuzes, *((naam, naam) for naam in trekkers)]
        self.fields["trekker"].widget.attrs["class"] = "form-select"
        self.gekozen = self.cleaned_data.get("trekker", "") if self.is_valid() else ""


class OpvolgForm(forms.Form):
    """What one follows, and whether the weekly mail may come."""

    trekkers = forms.MultipleChoiceField(
        label="Van welke trekkers volg je de acties op?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kruis je niets aan, dan volg je alles.",
    )
    mail = forms.BooleanField(
        label="Stuur me een mail als er iets wacht",
        required=False,
        help_text="Hoogstens één per week, op een werkdag. Er staat alleen in hoeveel dingen wachten.",
    )

    def __init__(self, *args, trekkers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trekkers"].choices = [(naam, naam) for naam in trekkers]
