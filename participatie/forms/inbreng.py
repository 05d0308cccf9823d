"""The form with which people and organisations give input."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms

from participatie.models.inbreng import MAX_TEKENS
from plan.models import Onderdeel
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.tekst import zonder_onzichtbare

SLOT = (Field("bewijs"), Div("webadres", css_class="visually-hidden", aria_hidden="true"))


def onderdelen_van(plan):
    """Guarantees and actions of a plan by code, in the order of the booklet; one query."""
    return {
        deel.code: deel
        for deel in Onderdeel.objects.filter(plan=plan, soort__in=["garantie", "actie"])
        .select_related("garantie")
        .in_volgorde()
    }


def keuzes(onderdelen):
    """The choices of the select: the whole plan, then per guarantee itself and its actions."""
    groepen = {
        code: (str(deel), [(code, f"{code} Heel deze garantie")])
        for code, deel in onderdelen.items()
        if deel.soort == Onderdeel.Soort.GARANTIE
    }
    for code, deel in onderdelen.items():
        if deel.soort == Onderdeel.Soort.ACTIE:
            groepen[deel.garantie.code][1].append((code, str(deel)))
    return [("", "Het hele plan"), *groepen.values()]


class InbrengFormulier(Formulierslot):
    """Input of a citizen. `ronde` gives the parts to choose from, `onderdeel` the code that is chosen already."""

    VRIJE_TEKST = ("tekst", "naam_publiek")

    onderdeel = forms.ChoiceField(
        label="Waarover gaat het?",
        required=False,
        help_text="Kies één actie of één garantie. Weet je het niet? Laat dan staan.",
    )
    tekst = forms.CharField(
        label="Wat wil je zeggen?",
        max_length=MAX_TEKENS,
        help_text="Eén zin is genoeg. Schrijf geen namen of adressen van andere mensen: wat je schrijft, komt op de website.",
        widget=forms.Textarea(attrs={"rows": 8, "data-tekenteller": ""}),
        error_messages={
            "required": "Schrijf hier wat je wil zeggen. Eén zin is genoeg.",
            "max_length": "Je tekst is te lang: %(show_value)s tekens. Maak er hoogstens %(limit_value)s tekens van.",
        },
    )
    naam_publiek = forms.CharField(
        label="Welke naam mag erbij staan?",
        required=False,
        max_length=60,
        help_text="Iedereen kan dit lezen. Bijvoorbeeld: Bewoner van de Stationswijk. Vul je niets in, dan staat er: Een inwoner.",
        error_messages={"max_length": "Kies een kortere naam, hoogstens %(limit_value)s tekens."},
    )
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="We sturen je een bewijs, en een bericht als er een antwoord is. Je adres komt nooit op de website.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be."},
    )

    def __init__(self, *args, ronde, onderdeel="", **kwargs):
        super().__init__(*args, **kwargs)
        self.onderdelen = onderdelen_van(ronde.plan_id)
        self.fields["onderdeel"].choices = keuzes(self.onderdelen)
        if onderdeel in self.onderdelen:
            self.fields["onderdeel"].initial = onderdeel
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(*SLOT, *self.velden(), Submit("verstuur", "Verstuur mijn inbreng"))

    def velden(self):
        return ("onderdeel", "tekst", "naam_publiek", "email")

    def clean_onderdeel(self):
        """The part itself, or None for the whole plan."""
        return self.onderdelen.get(self.cleaned_data["onderdeel"])

    def clean_tekst(self):
        tekst = zonder_onzichtbare(self.cleaned_data["tekst"]).strip()
        if not tekst:
            raise forms.ValidationError(self.fields["tekst"].error_messages["required"])
        return tekst

    def clean_naam_publiek(self):
        naam = zonder_onzichtbare(self.cleaned_data["naam_publiek"]).strip()
        if "@" in naam:
            raise forms.ValidationError("Zet hier geen e-mailadres: iedereen kan dit lezen.")
        return naam


class OrganisatieInbrengFormulier(InbrengFormulier):
    """Input in the name of an organisation; `mandaten` are those the user has now."""

    organisatie = forms.ChoiceField(label="Namens welke organisatie spreek je?")
    naam_publiek = None
    email = None

    VRIJE_TEKST = ("tekst",)

    def __init__(self, *args, mandaten, **kwargs):
        self.mandaten = {str(mandaat.organisatie_id): mandaat.organisatie for mandaat in mandaten}
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].choices = [(pk, organisatie.naam) for pk, organisatie in self.mandaten.items()]
        if len(self.mandaten) == 1:
            self.fields["organisatie"].widget = forms.HiddenInput()
            self.fields["organisatie"].initial = next(iter(self.mandaten))

    @property
    def namens(self):
        """The name of the one organisation this user speaks for, or '' when there is a choice."""
        return next(iter(self.mandaten.values())).naam if len(self.mandaten) == 1 else ""

    def velden(self):
        return ("organisatie", "onderdeel", "tekst")

    def clean_organisatie(self):
        return self.mandaten[self.cleaned_data["organisatie"]]
