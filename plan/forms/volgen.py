"""Asking for news of a plan by mail."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms

from plan.models import Abonnement, Onderdeel
from sociaalhuis.inzending import Formulierslot

ALLES = "alles"  # no code: the whole plan
OPNIEUW = "Kijk je adres nog even na, en druk dan opnieuw op de knop."


class VolgForm(Formulierslot):
    """An address, a part of the plan and how often. `deel` is the code that is chosen already."""

    onderdeel = forms.ChoiceField(
        label="Wat wil je volgen?",
        error_messages={"required": "Kies wat je wil volgen.", "invalid_choice": "Kies iets uit de lijst."},
    )
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
        choices=Abonnement.Elke.choices,
        initial=Abonnement.Elke.WEEK,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe vaak je nieuws wil."},
    )

    def __init__(self, *args, plan, deel="", **kwargs):
        super().__init__(*args, **kwargs)
        soorten = [Onderdeel.Soort.GARANTIE, Onderdeel.Soort.ACTIE]
        rijen = Onderdeel.objects.filter(plan=plan, soort__in=soorten).only("soort", "code", "titel", "garantie")
        self.delen = {rij.code: rij for rij in rijen.in_volgorde()}
        acties = {}
        for rij in self.delen.values():
            if rij.soort == Onderdeel.Soort.ACTIE:
                acties.setdefault(rij.garantie_id, []).append((rij.code, str(rij)))
        groepen = [
            (str(rij), [(rij.code, f"{rij} (met alles eronder)"), *acties.get(rij.pk, [])])
            for rij in self.delen.values()
            if rij.soort == Onderdeel.Soort.GARANTIE
        ]
        self.fields["onderdeel"].choices = [(ALLES, "Het hele plan"), *groepen]
        self.fields["onderdeel"].initial = deel if deel in self.delen else ALLES
        self.helper = FormHelper()
        self.helper.disable_csrf = (
            True  # nobody is logged in here, so there is nothing to forge; the page sets no cookie
        )
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout(
            Field("bewijs"),
            Div("webadres", css_class="visually-hidden", aria_hidden="true"),
            "onderdeel",
            "email",
            "elke",
            Submit("volg", "Stuur me nieuws"),
        )

    def clean_onderdeel(self):
        """The part itself, or None for the whole plan."""
        return self.delen.get(self.cleaned_data["onderdeel"])

    def clean(self):
        velden = super().clean()
        if not self.errors and self.teken:  # the sign of a machine: a person only presses once more
            raise forms.ValidationError(OPNIEUW)
        return velden
