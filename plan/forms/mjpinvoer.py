"""Uploading a table of the multi-year plan, and choosing what it is of."""

from pathlib import PurePath

from crispy_forms.helper import FormHelper
from django import forms

from plan.bbc.tabel import MEESTE_BYTES
from plan.models import Mjpinvoer, Plan
from sociaalhuis.tekst import zonder_onzichtbare

SOORTEN = {".xlsx", ".csv", ".txt", ".tsv"}


class KeuzeForm(forms.ModelForm):
    """For which plan and of whom; what it is called."""

    class Meta:
        model = Mjpinvoer
        fields = ["plan", "bestuur", "versienaam"]
        widgets = {"bestuur": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plannen = Plan.objects.order_by("-beginjaar")
        self.fields["plan"].queryset = plannen
        self.fields["plan"].required = self.fields["bestuur"].required = True
        self.fields["plan"].error_messages["required"] = "Kies bij welk plan deze tabel hoort."
        self.fields["bestuur"].error_messages["required"] = "Kies van wie deze ramingen zijn."
        self.fields["bestuur"].choices = Mjpinvoer.Wie.choices
        self.fields["versienaam"].error_messages["max_length"] = (
            "Hou de naam kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s."
        )
        if not self.is_bound and not self.instance.plan_id:
            self.initial.setdefault("plan", Plan.objects.huidig() or plannen.first())
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_versienaam(self):
        return zonder_onzichtbare(self.cleaned_data["versienaam"]).strip()


class OplaadForm(KeuzeForm):
    """The same, with the file."""

    field_order = ["bestand", "plan", "bestuur", "versienaam"]

    class Meta(KeuzeForm.Meta):
        fields = ["bestand", *KeuzeForm.Meta.fields]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        veld = self.fields["bestand"]
        veld.widget.attrs["accept"] = ".xlsx,.csv,.txt,.tsv"
        veld.error_messages |= {
            "required": "Kies eerst een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander.",
            "max_length": "De naam van dit bestand is te lang. Geef het een kortere naam.",
        }

    def clean_bestand(self):
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MEESTE_BYTES:
            raise forms.ValidationError(
                f"Dit bestand is {bestand.size // 1024 // 1024} MB groot. Het mag hoogstens"
                f" {MEESTE_BYTES // 1024 // 1024} MB zijn. Bewaar alleen het blad met de ramingen."
            )
        if PurePath(bestand.name).suffix.lower() not in SOORTEN:
            raise forms.ValidationError("Kies een .xlsx- of een .csv-bestand.")
        return bestand
