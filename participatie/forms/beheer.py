"""Forms of staff."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from participatie.models import Antwoord


class RedenFormulier(forms.Form):
    """A reason that others read: for a refusal or a hidden input."""

    reden = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        error_messages={"required": "Schrijf een reden. Ze wordt gelezen door wie dit stuurde."},
    )

    def __init__(self, *args, label, uitleg, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reden"].label, self.fields["reden"].help_text = label, uitleg
        self.helper = FormHelper()
        self.helper.layout = Layout("reden")
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class AntwoordFormulier(forms.ModelForm):
    """The decision about one input, with the reason; `versie` is what the writer saw."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Antwoord
        fields = ["besluit", "reden", "wijziging"]
        labels = {"besluit": "Wat beslisten jullie?", "reden": "Waarom?", "wijziging": "Wat verandert er?"}
        help_texts = {
            "reden": "Schrijf het zoals je het aan de persoon zelf zou zeggen.",
            "wijziging": "Noem de actie of de tekst die verandert. Laat leeg als er niets verandert.",
        }
        widgets = {
            "besluit": forms.RadioSelect,
            "reden": forms.Textarea(attrs={"rows": 5, "data-tekenteller": ""}),
            "wijziging": forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        }
        error_messages = {
            "besluit": {"required": "Kies wat jullie beslisten."},
            "reden": {"required": "Schrijf waarom. Een antwoord zonder reden is geen antwoord."},
        }

    def __init__(self, *args, versie, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["versie"].initial = versie
        self.fields["besluit"].choices = Antwoord.Besluit.choices
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout("versie", "besluit", "reden", "wijziging", Submit("bewaar", "Bewaar het antwoord"))

    def clean(self):
        gegevens = super().clean()
        if gegevens.get("besluit") == Antwoord.Besluit.NIET and gegevens.get("wijziging"):
            self.add_error(
                "wijziging", "Nam je de inbreng niet over, dan verandert er niets. Maak dit leeg, of kies “Deels”."
            )
        return gegevens
