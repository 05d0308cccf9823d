"""Asking for news of a plan by mail."""

from django import forms

from plan.models import Onderdeel
from sociaalhuis.volgen.form import AbonneerForm

ALLES = "alles"  # no code: the whole plan


class VolgForm(AbonneerForm):
    """With a part of the plan. `deel` is the code that is chosen already."""

    WAARVAN = ("onderdeel",)

    onderdeel = forms.ChoiceField(
        label="Wat wil je volgen?",
        error_messages={"required": "Kies wat je wil volgen.", "invalid_choice": "Kies iets uit de lijst."},
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

    def clean_onderdeel(self):
        """The part itself, or None for the whole plan."""
        return self.delen.get(self.cleaned_data["onderdeel"])
