"""Asking a colleague to speak for the organisation, and planning the end of a mandate."""

from datetime import datetime, time, timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils import timezone

from participatie.forms.inbreng import SLOT
from participatie.models import Mandaat
from sociaalhuis.beheer.widgets import Datum
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.tekst import zonder_onzichtbare

DATUM_FOUT = {"invalid": "Schrijf de datum als dag, maand en jaar, zoals 31/12/2027."}
ADRES_FOUT = "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be."


def begin_van(dag):
    """Midnight at the start of this day."""
    return timezone.make_aware(datetime.combine(dag, time()))


def einde_van(dag):
    """Midnight at the end of this day: a mandate until the last day of June still counts on that day."""
    return begin_van(dag + timedelta(days=1))


class NaamVeld(forms.CharField):
    """The name of a person: one line, without marks that cannot be seen."""

    def __init__(self, label, **kwargs):
        kwargs.setdefault("error_messages", {"required": "Schrijf de naam."})
        super().__init__(label=label, max_length=80, **kwargs)

    def clean(self, value):
        naam = super().clean(zonder_onzichtbare(value or ""))
        if "@" in naam:
            raise forms.ValidationError("Schrijf hier een naam, geen e-mailadres.")
        return " ".join(naam.split())


class UitnodigingFormulier(Formulierslot):
    """`leidt`: whether who fills this in may make somebody aanspreekpunt."""

    naam = NaamVeld("Naam van je collega")
    email = forms.EmailField(
        label="E-mailadres van je collega",
        help_text="Op dit adres komt de link, en later telkens de code om aan te melden.",
        error_messages={"required": "Schrijf het e-mailadres.", "invalid": ADRES_FOUT},
    )
    rol = forms.ChoiceField(label="Wat mag je collega?", choices=[], widget=forms.RadioSelect)
    van = forms.DateField(
        label="Vanaf wanneer?", required=False, widget=Datum, error_messages=DATUM_FOUT,
        help_text="Laat leeg: zodra je collega ja zegt.",
    )  # fmt: skip
    tot = forms.DateField(
        label="Tot en met wanneer?", required=False, widget=Datum, error_messages=DATUM_FOUT,
        help_text="Laat leeg als er geen einde vastligt. Op die dag stopt het vanzelf.",
    )  # fmt: skip

    ROLLEN = {
        Mandaat.Rol.VERTEGENWOORDIGER: "Vertegenwoordiger: spreekt mee en nodigt collega's uit",
        Mandaat.Rol.AANSPREEKPUNT: "Aanspreekpunt: beslist ook wie er spreekt, en past onze gegevens aan",
    }

    def __init__(self, *args, leidt, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rol"].choices = list(self.ROLLEN.items())
        self.fields["rol"].initial = Mandaat.Rol.VERTEGENWOORDIGER
        velden = ["naam", "email", "rol", "van", "tot"]
        if not leidt:
            del self.fields["rol"]
            velden.remove("rol")
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(*SLOT, *velden, Submit("verstuur", "Stuur de uitnodiging"))

    def clean(self):
        gegevens = super().clean()
        van, tot = gegevens.get("van"), gegevens.get("tot")
        if van and van < timezone.localdate():
            self.add_error("van", "Deze dag is voorbij. Kies vandaag of later, of laat leeg.")
        if tot and tot < (van or timezone.localdate()):
            self.add_error("tot", "Het einde ligt niet voor het begin. Kies een latere dag.")
        return gegevens

    @property
    def gegevens(self):
        """What `nodig_uit` asks, with days as moments."""
        klaar = self.cleaned_data
        return {
            "naam": klaar["naam"],
            "email": klaar["email"],
            "rol": klaar.get("rol") or Mandaat.Rol.VERTEGENWOORDIGER,
            "van": begin_van(klaar["van"]) if klaar["van"] else None,
            "tot": einde_van(klaar["tot"]) if klaar["tot"] else None,
        }


class AanvaardFormulier(forms.Form):
    """Saying yes to an invitation, under one's own name."""

    naam = NaamVeld("Je naam", help_text="Je collega's en het Sociaal Huis zien je naam. Op de website komt hij niet.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout("naam", Submit("aanvaard", "Ja, ik spreek mee"))


class EindeFormulier(forms.Form):
    """Ending a mandate: now when no day is given, or after that day."""

    tot = forms.DateField(
        label="Laatste dag", required=False, widget=Datum, error_messages=DATUM_FOUT,
        help_text="Laat leeg om het nu te laten stoppen.",
    )  # fmt: skip

    def clean_tot(self):
        dag = self.cleaned_data["tot"]
        if dag and dag < timezone.localdate():
            raise forms.ValidationError("Deze dag is voorbij. Kies vandaag of later, of laat leeg.")
        return einde_van(dag) if dag else None
