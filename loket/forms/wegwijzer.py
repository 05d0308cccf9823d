"""The forms of the signpost in the admin."""

from django import forms

from loket.models import Wegantwoord, Wegpunt


class StapKeuze(forms.ModelChoiceField):
    """One of the points of the same life event, questions and outcomes told apart."""

    def label_from_instance(self, punt):
        return f"{punt.get_soort_display()}: {punt.titel}"


class AntwoordForm(forms.ModelForm):
    """An answer that leads to a point that is there, or to a new one that is made at once."""

    nieuw = forms.CharField(
        label="of maak een nieuwe stap",
        required=False,
        max_length=140,
        help_text="Typ de volgende vraag, of de titel van de uitkomst.",
    )
    nieuw_soort = forms.ChoiceField(
        label="Dat is een",
        choices=Wegpunt.Soort.choices,
        required=False,
        initial=Wegpunt.Soort.VRAAG,  # so that a row that was left empty counts as empty
    )

    class Meta:
        model = Wegantwoord
        fields = ["tekst", "naar", "weet_niet", "volgorde"]

    def clean(self):
        velden = super().clean()
        if velden.get("nieuw") and velden.get("naar") and "naar" in self.changed_data:
            self.add_error("nieuw", "Kies een stap of maak een nieuwe, niet allebei.")
        return velden

    def save(self, commit=True):
        if titel := self.cleaned_data.get("nieuw"):
            self.instance.naar = Wegpunt.objects.create(
                gebeurtenis=self.instance.punt.gebeurtenis,
                soort=self.cleaned_data.get("nieuw_soort") or Wegpunt.Soort.VRAAG,
                titel=titel,
            )
        return super().save(commit)


class WegpuntForm(forms.ModelForm):
    class Meta:
        model = Wegpunt
        fields = ["gebeurtenis", "soort", "titel", "uitleg", "nood"]

    def clean(self):
        velden = super().clean()
        soort = velden.get("soort") or self.instance.soort
        titel = velden.get("titel", "")
        if soort == Wegpunt.Soort.VRAAG and titel and not titel.rstrip().endswith("?"):
            self.add_error("titel", "Een vraag eindigt op een vraagteken.")
        return velden
