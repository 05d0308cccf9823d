"""Writing down at the desk who came without an appointment."""

from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.utils import timezone

from loket.acties import langskomen
from loket.forms.afspraak import NodigVeld, Regel, TaalVeld, voor_de_balie
from loket.models import MagNiet
from loket.models.afspraak import Stap
from loket.models.rooster import Wijze
from sociaalhuis.beheer.widgets import Datum
from sociaalhuis.inzending import Bewijs


class LangsForm(forms.Form):
    """`delen` is what own teams give (`Aanbod`); the choice of it is 'kind/place/way'."""

    bewijs = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    waarvoor = forms.ChoiceField(
        label="Waarvoor en waar?",
        error_messages={"required": "Kies waarvoor iemand kwam.", "invalid_choice": "Kies uit de lijst."},
    )
    dag = forms.DateField(
        label="Dag", widget=Datum,
        error_messages={"required": "Kies een dag.", "invalid": "Dit is geen datum. Kies een dag in de kalender."},
    )  # fmt: skip
    uur = forms.TimeField(
        label="Uur", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Vul een uur in.", "invalid": "Dit is geen uur. Het ziet eruit als 14:30."},
    )  # fmt: skip
    naam = Regel(required=False, label="Naam", max_length=80, help_text="Een voornaam is genoeg, en leeg mag ook.")
    afloop = forms.ChoiceField(
        choices=[(Stap.AANGEKOMEN.value, "Is er nu"), (Stap.AFGEROND.value, "Is alweer weg")],
        initial=Stap.AANGEKOMEN.value,
        widget=forms.RadioSelect,
        label="Hoever is het?",
        error_messages={"required": "Kies hoever het is.", "invalid_choice": "Kies één van de mogelijkheden."},
    )
    nodig = NodigVeld()
    taal = TaalVeld()

    def __init__(self, *args, delen, **kwargs):
        super().__init__(*args, **kwargs)
        self.keuzes = {
            f"{deel.soort.slug}/{keuze.plek.locatie.slug}/{keuze.wijze}": (deel, keuze)
            for deel in delen
            for keuze in deel.keuzes
        }
        self.fields["waarvoor"].choices = [("", "Kies")] + [
            (deel.soort.naam, [(code, _plaats(k)) for code, (d, k) in self.keuzes.items() if d is deel])
            for deel in delen
        ]
        nu = timezone.localtime()
        self.fields["dag"].initial, self.fields["uur"].initial = nu.date(), f"{nu:%H:%M}"
        self.fields["bewijs"].initial = Bewijs.nieuw
        voor_de_balie(self)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        self.helper.layout = Layout(
            "bewijs", "waarvoor", Div("dag", "uur", css_class="intake-twee"), "naam", "afloop", "nodig", "taal",
            Submit("bewaar", "Schrijf op"),
        )  # fmt: skip

    def voer_uit(self, *, door, vraag):
        """The `Afspraak`, or None with an error on the form."""
        schoon = self.cleaned_data
        deel, keuze = self.keuzes[schoon["waarvoor"]]
        zone = timezone.get_current_timezone()
        try:
            return langskomen.schrijf_op(
                door=door,
                bewijs=Bewijs.lees(schoon["bewijs"]),
                soort=deel.soort,
                locatie=keuze.plek.locatie,
                wijze=keuze.wijze,
                begin=datetime.combine(schoon["dag"], schoon["uur"].replace(second=0, microsecond=0), zone),
                naam=schoon["naam"],
                afloop=Stap(schoon["afloop"]),
                nodig=schoon["nodig"],
                taal=schoon["taal"],
                vraag=vraag,
            )
        except (MagNiet, OverflowError) as fout:
            self.add_error("uur", str(fout) if isinstance(fout, MagNiet) else "Dit is geen dag van nu.")
            return None


def _plaats(keuze):
    if keuze.wijze == Wijze.HIER:
        return keuze.plek.locatie.naam
    return "Aan de telefoon" if keuze.wijze == Wijze.TELEFOON else "Bij de vrager thuis"
