"""The few questions of the hint, made from the rules of a service."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from loket.catalogus import hint
from loket.models import Voorwaarde
from sociaalhuis.tekst import plat


class HintForm(forms.Form):
    """A yes/no/unknown field per question, named after its rule: an answer never lands on another rule."""

    def __init__(self, *args, vragen, **kwargs):
        super().__init__(*args, **kwargs)
        for vraag in vragen:
            self.fields[f"regel{vraag['id']}"] = forms.ChoiceField(
                label=vraag["vraag"],
                help_text=f"De regel: {regel_van(vraag)}",
                choices=hint.ANTWOORDEN,
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Kies een antwoord. ‘Weet ik niet’ mag ook.",
                    "invalid_choice": "Kies ja, nee of weet ik niet.",
                },
            )
        self.vragen = vragen
        self.helper = FormHelper()
        self.helper.disable_csrf = True  # see loket.views.hint
        self.helper.attrs = {"novalidate": True, "autocomplete": "off"}
        self.helper.layout = Layout(*self.fields, Submit("kijk", "Bekijk wat dit betekent"))

    def gezegd(self):
        """What was answered, per rule: question, answer in words, the rule, what it means (a valid form)."""
        woorden = dict(hint.ANTWOORDEN)
        for vraag in self.vragen:
            antwoord = self.cleaned_data[f"regel{vraag['id']}"]
            yield {
                "vraag": vraag["vraag"],
                "antwoord": woorden[antwoord],
                "regel": regel_van(vraag),
                "betekenis": hint.betekenis(vraag, antwoord),
            }


def regel_van(vraag):
    """The sentence of the rule, as it stands on the page of the service."""
    titel, uitleg = vraag["titel"].strip(), plat(vraag["beschrijving"])
    if titel and uitleg:
        return f"{titel if titel[-1] in '.!?:' else titel + '.'} {uitleg}"
    return titel or uitleg


class VoorwaardenFormSet(forms.models.BaseInlineFormSet):
    """The conditions of a service in the admin: at most three of them ask something."""

    def clean(self):
        super().clean()
        vragen = [
            form
            for form in self.forms
            if form.cleaned_data.get("vraag") and not (self.can_delete and self._should_delete_form(form))
        ]
        if len(vragen) > hint.MEESTE_VRAGEN:
            vragen[hint.MEESTE_VRAGEN].add_error(
                "vraag", f"Er zijn al {hint.MEESTE_VRAGEN} vragen bij deze dienst. Laat er een weg."
            )


class VoorwaardeForm(forms.ModelForm):
    class Meta:
        model = Voorwaarde
        fields = ["titel", "beschrijving", "bewijs_titel", "bewijs", "vraag", "bij_ja", "bij_nee", "volgorde"]

    def clean(self):
        velden = super().clean()
        vraag = velden.get("vraag", "")
        if vraag and not vraag.endswith("?"):
            self.add_error("vraag", "De vraag eindigt op een vraagteken.")
        if vraag and not (velden.get("titel") or velden.get("beschrijving")):
            self.add_error("vraag", "Schrijf eerst de regel zelf: die staat op de site naast de vraag.")
        if vraag and velden.get("bij_ja") == velden.get("bij_nee"):
            self.add_error("bij_nee", "Ja en nee betekenen hier hetzelfde. Dan is de vraag niet nodig.")
        return velden
