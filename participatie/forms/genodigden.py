"""Choosing which organisations to invite."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from participatie.acties.genodigden import gekozen
from sociaalhuis.models import Doelgroep, Gebied, Organisatie, Thema
from sociaalhuis.tekst import zonder_onzichtbare


def _meer(label, queryset):
    return forms.ModelMultipleChoiceField(queryset, label=label, required=False, widget=forms.CheckboxSelectMultiple)


class Keuze(forms.Form):
    """GET form: which organisations to propose. Without a choice all recognised ones."""

    soorten = forms.MultipleChoiceField(
        label="Soort", choices=Organisatie.Soort.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    themas = _meer("Thema", Thema.objects.all())
    doelgroepen = _meer("Groep", Doelgroep.objects.all())
    gebieden = _meer("Gebied", Gebied.objects.all())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("soorten", "themas", "doelgroepen", "gebieden")

    def organisaties(self):
        """The organisations of this choice; a wrong choice is no choice."""
        self.is_valid()
        return gekozen(**{naam: self.cleaned_data.get(naam, ()) for naam in self.fields})


class Lijst(forms.Form):
    """The list to correct: which of these organisations are invited."""

    organisaties = forms.ModelMultipleChoiceField(Organisatie.objects.none(), required=False)

    def __init__(self, *args, voorgesteld, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisaties"].queryset = voorgesteld


class ZoekKeuze(Keuze):
    """The same, with a piece of a name: whom to offer for a meeting."""

    naam = forms.CharField(label="Naam", required=False, max_length=80, help_text="Een stuk is genoeg.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("naam", *self.helper.layout.fields)

    @property
    def stuk(self):
        """The piece of a name, or ''."""
        return zonder_onzichtbare(self.cleaned_data.get("naam", "")).strip() if self.is_valid() else ""

    def organisaties(self):
        if not self.is_valid():
            return gekozen()
        keuze = {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "naam"}
        return gekozen(**keuze).filter(naam__icontains=self.stuk)
