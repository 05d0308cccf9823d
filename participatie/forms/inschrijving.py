"""Forms with which people say that they come, and with which staff counts who came."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms

from participatie.models import Inschrijving
from participatie.models.inschrijving import MEEST_SAMEN
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.models import Organisatie
from sociaalhuis.tekst import zonder_onzichtbare
from sociaalhuis.velden import TekstVeld

SLOT = (Field("bewijs"), Div("webadres", css_class="visually-hidden", aria_hidden="true"))
AANTAL = {
    "required": "Vul in met hoeveel jullie komen.",
    "invalid": "Vul een getal in.",
    "min_value": "Vul minstens 1 in.",
}


class KomFormulier(Formulierslot):
    """Somebody who is logged in as staff: only with how many, and what is needed."""

    VRIJE_TEKST = ("nodig_tekst",)

    aantal = forms.IntegerField(
        label="Met hoeveel kom je?",
        min_value=1,
        max_value=MEEST_SAMEN,
        initial=1,
        help_text="Jezelf meegerekend.",
        error_messages={
            **AANTAL,
            "max_value": f"Schrijf hoogstens {MEEST_SAMEN} mensen samen in. Met meer? Bel of mail ons.",
        },
    )
    nodig = forms.MultipleChoiceField(
        label="Heb je iets nodig om mee te doen?",
        required=False,
        choices=Inschrijving.Nodig.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Enkel wie het overleg klaarzet, leest dit.",
        error_messages={"invalid_choice": "Deze keuze bestaat niet. Kies opnieuw."},
    )
    nodig_tekst = TekstVeld(label="Iets anders? Welke taal spreekt de tolk?", required=False, max_length=300, rijen=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(*SLOT, *self.velden(), Submit("verstuur", "Schrijf me in"))

    def velden(self):
        return ("aantal", "nodig", "nodig_tekst")

    @property
    def gegevens(self):
        """What the verb takes."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam not in ("bewijs", "webadres")}


class BewonerKomFormulier(KomFormulier):
    """A citizen without an account."""

    VRIJE_TEKST = ("naam", "nodig_tekst")

    naam = forms.CharField(
        label="Je naam",
        max_length=80,
        help_text="Je voornaam is genoeg. Hij komt niet op de website.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Schrijf hoe we je mogen noemen.", "max_length": "Maak je naam korter: hoogstens %(limit_value)s tekens."},
    )  # fmt: skip
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        max_length=254,
        help_text="Dan krijg je een bewijs, een herinnering, en bericht als er iets verandert.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be."},
    )

    def velden(self):
        return ("naam", "email", *super().velden())

    def clean_naam(self):
        naam = zonder_onzichtbare(self.cleaned_data["naam"]).strip()
        if not naam:
            raise forms.ValidationError(self.fields["naam"].error_messages["required"])
        return naam


class OrganisatieKomFormulier(KomFormulier):
    """In the name of an organisation; `organisaties` are those for which the user speaks now."""

    organisatie = forms.ChoiceField(label="Namens welke organisatie kom je?")

    def __init__(self, *args, organisaties, **kwargs):
        self.organisaties = {str(organisatie.pk): organisatie for organisatie in organisaties}
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].choices = [(pk, rij.naam) for pk, rij in self.organisaties.items()]
        if len(self.organisaties) == 1:
            self.fields["organisatie"].widget = forms.HiddenInput()
            self.fields["organisatie"].initial = next(iter(self.organisaties))

    def velden(self):
        return ("organisatie", *super().velden())

    def clean_organisatie(self):
        return self.organisaties[self.cleaned_data["organisatie"]]


class BijschrijfFormulier(Formulierslot):
    """Who came without registering: how many, and for whom. The hidden token makes a double tap count once."""

    organisatie = forms.ModelChoiceField(None, required=False, empty_label="Inwoners", label="Van welke organisatie?")
    aantal = forms.IntegerField(
        label="Hoeveel?", min_value=1, max_value=200, initial=1, error_messages={**AANTAL, "required": "Vul in hoeveel mensen het zijn.", "max_value": "Vul hoogstens 200 in."}
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = Organisatie.objects.erkend()
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(*SLOT, "organisatie", "aantal", Submit("bij", "Schrijf bij"))
