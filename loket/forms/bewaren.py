"""The forms of the page of a case about keeping, erasing and the code. Each knows its verb, like the steps of a case."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from loket.acties import bewaarstop, vernietiging, wiswens
from loket.acties.code import geef_nieuwe_code
from loket.forms.stappen import StapForm
from loket.models import Vernietigingslijst, Wiswens
from sociaalhuis.beheer.widgets import Datum
from sociaalhuis.velden import TekstVeld

Aanleiding = Vernietigingslijst.Aanleiding


class StopForm(StapForm):
    stap, verb, gelukt = "stop", staticmethod(bewaarstop.zet_stop), "De bewaarstop staat erop. Dit dossier blijft."
    reden = TekstVeld(
        label="Waarom moet dit dossier blijven?",
        rijen=2,
        max_length=1000,
        leeg="Schrijf waarom dit dossier moet blijven.",
        help_text="Bijvoorbeeld: er loopt een beroep. Alleen medewerkers lezen dit.",
    )
    tot = forms.DateField(
        label="Tot en met", required=False, widget=Datum, help_text="Leeg: tot iemand de bewaarstop opheft.",
        error_messages={"invalid": "Dit is geen datum. Kies een dag in de kalender."},
    )  # fmt: skip

    def clean_tot(self):
        tot = self.cleaned_data["tot"]
        if tot and tot <= timezone.localdate():
            raise ValidationError("Kies een dag die nog komt.")
        return tot


class HefStopOpForm(StapForm):
    stap, verb = "hef-op", staticmethod(bewaarstop.hef_stop_op)
    gelukt = "De bewaarstop is opgeheven. De gewone termijn geldt weer."


class WeigerWensForm(StapForm):
    stap, verb, gelukt = "weiger", staticmethod(wiswens.weiger_wens), "De vrager leest nu waarom het nog niet kan."
    grond = forms.ChoiceField(
        choices=[("", "Kies een reden"), *Wiswens.Grond.choices],
        label="Waarom kan het niet?",
        error_messages={"required": "Kies een reden.", "invalid_choice": "Kies een reden uit de lijst."},
    )
    antwoord = TekstVeld(
        label="Leg het uit aan de vrager",
        rijen=4,
        max_length=2000,
        leeg="Schrijf waarom het nog niet kan, en tot wanneer.",
        help_text="De vrager leest dit met de code.",
    )


class WisForm(StapForm):
    """Two steps: choose why and tick that it cannot be undone; only then the button does it."""

    stap, verb, gelukt = (
        "wis",
        staticmethod(vernietiging.wis_dossier),
        "Het dossier is gewist. Er is niets meer van over.",
    )
    aanleiding = forms.ChoiceField(
        choices=[("", "Kies een reden"), (Aanleiding.WENS, "De vrager vroeg het"), (Aanleiding.FOUT, "Het is ten onrechte geregistreerd")],
        label="Waarom wis je dit dossier?",
        error_messages={"required": "Kies waarom je wist.", "invalid_choice": "Kies een reden uit de lijst."},
    )  # fmt: skip
    zeker = forms.BooleanField(
        label="Ik weet dat dit niet terug kan. Ook de vrager kan er niet meer aan.",
        error_messages={"required": "Duid aan dat je het zeker weet."},
    )

    def met(self):
        return {"aanleiding": self.cleaned_data["aanleiding"]}


HERKEND = [
    ("", "Kies hoe"),
    ("Ik zag een identiteitskaart", "Ik zag een identiteitskaart"),
    ("Ik ken deze persoon uit eerdere gesprekken", "Ik ken deze persoon uit eerdere gesprekken"),
    ("Ik belde terug op het nummer in het dossier", "Ik belde terug op het nummer in het dossier"),
]


class HerkendVeld(forms.ChoiceField):
    """How somebody knows that this is the one who asked."""

    def __init__(self):
        super().__init__(
            choices=HERKEND,
            label="Hoe weet je dat dit de vrager is?",
            help_text="Dit blijft in het dossier staan.",
            error_messages={"required": "Kies hoe je het weet.", "invalid_choice": "Kies een manier uit de lijst."},
        )


class CodeForm(StapForm):
    """A new code; the view shows it, once."""

    stap = "code"
    wijze = HerkendVeld()

    def doe(self, **velden):
        self.code = geef_nieuwe_code(vraag=self.vraag, door=self.door, versie=self.cleaned_data["versie"], **velden)


class PersoonForm(forms.Form):
    """Looking for the questions of one person. Posted, so that no address stands in an address."""

    zoek = forms.CharField(
        label="Referentie, e-mailadres of telefoonnummer",
        max_length=400,
        help_text="Meer referenties? Zet er een spatie tussen. We zoeken alleen op een volledig adres of nummer.",
        error_messages={
            "required": "Typ een referentie, een e-mailadres of een telefoonnummer.",
            "null_characters_not_allowed": "In je tekst staat een teken dat we niet kunnen lezen. Typ het opnieuw.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class KopieForm(forms.Form):
    """Making a copy for the one who asked, of one or more questions."""

    wijze = HerkendVeld()
    met_intern = forms.BooleanField(
        required=False,
        label="Ik las de interne notities en redenen na: ze mogen mee",
        help_text="Staat er iets in over iemand anders? Laat dit dan leeg.",
    )


DADEN = {formulier.stap: formulier for formulier in [StopForm, HefStopOpForm, WeigerWensForm, WisForm, CodeForm]}
