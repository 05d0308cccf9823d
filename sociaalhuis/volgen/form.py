"""The form with which somebody asks for news by mail."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms

from sociaalhuis.inzending import Formulierslot
from sociaalhuis.models.abonnee import Abonnee

OPNIEUW = "Kijk je adres nog even na, en druk dan opnieuw op de knop."


class AbonneerForm(Formulierslot):
    """An address and how often; an app adds of what, and names those fields in `WAARVAN`."""

    WAARVAN = ()

    email = forms.EmailField(
        label="Je e-mailadres",
        max_length=254,
        help_text="We gebruiken het alleen hiervoor. Stop je, dan wissen we het meteen.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Vul je e-mailadres in.",
            "invalid": "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be.",
            "max_length": "Dit e-mailadres is te lang.",
        },
    )
    elke = forms.ChoiceField(
        label="Hoe vaak?",
        choices=Abonnee.Elke.choices,
        initial=Abonnee.Elke.WEEK,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe vaak je nieuws wil."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        # nobody is logged in here, so there is nothing to forge; the page sets no cookie
        self.helper.disable_csrf = True
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout(
            Field("bewijs"),
            Div("webadres", css_class="visually-hidden", aria_hidden="true"),
            *self.WAARVAN,
            "email",
            "elke",
            Submit("volg", "Stuur me nieuws"),
        )

    def clean(self):
        velden = super().clean()
        if not self.errors and self.teken:  # the sign of a machine: a person only presses once more
            raise forms.ValidationError(OPNIEUW)
        return velden
