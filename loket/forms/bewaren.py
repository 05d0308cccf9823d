"""The forms of the page of a case about keeping, erasing and the code. Each knows its verb, like the steps of a case."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from loket.acties import bewaarstop, vernietiging, wiswens
from loket.forms.stappen import StapForm
from loket.forms.velden import TekstVeld
from loket.models import Vernietigingslijst, Wiswens
from sociaalhuis.beheer.widgets import Datum

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


DADEN = {formulier.stap: formulier for formulier in [StopForm, HefStopOpForm, WeigerWensForm, WisForm]}
