"""Asking for news of participation by mail."""

from django import forms

from participatie.models import Ronde
from sociaalhuis.volgen.form import AbonneerForm

ALLES = "alles"  # no round: everything


class VolgForm(AbonneerForm):
    """With a round that is not over yet, or everything. `ronde` is the slug that is chosen already."""

    WAARVAN = ("ronde",)

    ronde = forms.ChoiceField(
        label="Wat wil je volgen?",
        error_messages={"required": "Kies wat je wil volgen.", "invalid_choice": "Kies iets uit de lijst."},
    )

    def __init__(self, *args, ronde="", **kwargs):
        super().__init__(*args, **kwargs)
        self.rondes = {rij.slug: rij for rij in Ronde.objects.openbaar()}
        self.fields["ronde"].choices = [
            (ALLES, "Alles wat er is om mee te praten"),
            *((slug, f"Alleen “{rij.titel}”") for slug, rij in self.rondes.items()),
        ]
        self.fields["ronde"].initial = ronde if ronde in self.rondes else ALLES

    def clean_ronde(self):
        """The round itself, or None for everything."""
        return self.rondes.get(self.cleaned_data["ronde"])
