"""Taking a plan along to the next period."""

from crispy_forms.helper import FormHelper
from django import forms

from plan.models import Onderdeel, Plan


class PeriodeForm(forms.ModelForm):
    """The new plan, and which guarantees go on. What stands below them goes along, but what was stopped."""

    garanties = forms.ModelMultipleChoiceField(
        Onderdeel.objects.none(),
        label="Wat gaat verder?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens een garantie."},
        help_text="Doelstellingen en acties eronder gaan mee, behalve wat stopgezet is.",
    )

    class Meta:
        model = Plan
        fields = ["titel", "slug", "beginjaar", "eindjaar"]

    def __init__(self, *args, oud, **kwargs):
        super().__init__(*args, **kwargs)
        lengte = oud.eindjaar - oud.beginjaar
        begin = oud.eindjaar + 1
        self.initial = {
            "beginjaar": begin,
            "eindjaar": begin + lengte,
            "slug": f"{begin}-{begin + lengte}",
        } | self.initial
        garanties = Onderdeel.objects.filter(plan=oud, soort=Onderdeel.Soort.GARANTIE).in_volgorde()
        self.fields["garanties"].queryset = garanties
        self.fields["garanties"].initial = [garantie.pk for garantie in garanties]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def onderdelen(self):
        """The parts that go on: the chosen guarantees with what stands below and was not stopped."""
        delen = Onderdeel.objects.filter(pad__overlap=[garantie.pk for garantie in self.cleaned_data["garanties"]])
        return delen.exclude(stand=Onderdeel.Stand.STOPGEZET)
