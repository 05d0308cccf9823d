"""Bringing a project request further."""

from crispy_forms.helper import FormHelper
from django import forms

from plan.models import Aanvraagstap, Projectaanvraag
from sociaalhuis.tekst import zonder_onzichtbare

Staat = Projectaanvraag.Staat
VRAAG = {
    Staat.CONCEPT: ("Waarom moet ze terug?", "De aanvrager leest dit."),
    Staat.INGEDIEND: ("Wil je er iets bij zeggen?", ""),
    Staat.GEADVISEERD: ("Wat is je advies?", "Een paar zinnen. Wie beslist, leest dit."),
    Staat.GOEDGEKEURD: ("Waarom keur je ze goed?", "Dit komt bij de aanvraag te staan."),
    Staat.GEWEIGERD: ("Waarom weiger je?", "Dit komt bij de aanvraag te staan."),
    Staat.OPGENOMEN: ("Wil je er iets bij zeggen?", "Zoals: in de tweede aanpassing van 2027."),
}
TERUG = {
    (Staat.GEWEIGERD, Staat.CONCEPT): (
        "Waarom open je ze opnieuw?",
        "Ze gaat daarna weer de hele weg: indienen, advies, beslissing.",
    ),
    (Staat.GOEDGEKEURD, Staat.CONCEPT): (
        "Waarom kom je terug op de beslissing?",
        "Ze gaat daarna weer de hele weg: indienen, advies, beslissing.",
    ),
    (Staat.OPGENOMEN, Staat.GOEDGEKEURD): (
        "Waarom maak je het opnemen ongedaan?",
        "Zoals: de bedragen staan toch niet in de aanpassing.",
    ),
}


class AanvraagstapForm(forms.Form):
    """Why, and with an advice also which."""

    advies = forms.ChoiceField(
        label="Je advies",
        choices=Aanvraagstap.Advies.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat je adviseert.", "invalid_choice": "Kies wat je adviseert."},
    )
    toelichting = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Schrijf hier waarom.",
            "max_length": "Hou het korter: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s.",
        },
    )

    def __init__(self, *args, staat, van, **kwargs):
        super().__init__(*args, **kwargs)
        veld = self.fields["toelichting"]
        veld.label, veld.help_text = TERUG.get((van, staat)) or VRAAG[staat]
        veld.required = staat not in {Staat.INGEDIEND, Staat.OPGENOMEN}
        if staat != Staat.GEADVISEERD:
            del self.fields["advies"]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self):
        return {naam: zonder_onzichtbare(waarde) for naam, waarde in super().clean().items()}
