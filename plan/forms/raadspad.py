"""Noting a step that a body took."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from plan.models import Besluit, Document
from plan.models.raadspad import PER_STAP
from sociaalhuis.models import Bestuursorgaan, Organisatie
from sociaalhuis.tekst import zonder_onzichtbare


class StapForm(forms.ModelForm):
    """The columns of a decision that a person fills in; which step and which body are fixed beforehand."""

    class Meta:
        model = Besluit
        fields = ["adviesraad", "datum", "titel", "nummer", "uitslag", "eenparig", "stemmen_voor", "stemmen_tegen",
                  "onthoudingen", "toelichting", "document", "uri"]  # fmt: skip
        widgets = {"datum": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, raadspad, stap, soort, **kwargs):
        super().__init__(*args, **kwargs)
        trede = PER_STAP[stap]
        self.instance.plan, self.instance.raadspad, self.instance.stap = raadspad.plan, raadspad, stap
        if soort:
            self.instance.orgaan = Bestuursorgaan.objects.filter(soort=soort).first()
            del self.fields["adviesraad"]
            self.fields["nummer"].required, self.fields["nummer"].help_text = True, ""
        else:
            self.fields["adviesraad"].required = True
            self.fields["adviesraad"].queryset = Organisatie.objects.filter(soort=Organisatie.Soort.ADVIESRAAD)
        self.fields["document"].queryset = Document.objects.filter(plan=raadspad.plan)
        self.fields["uitslag"].choices = [("", "Kies"), *((u, Besluit.Uitslag(u).label) for u in trede.uitslagen)]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self):
        velden = super().clean()
        return {naam: zonder_onzichtbare(w) if isinstance(w, str) else w for naam, w in velden.items()}

    def add_error(self, field, error):
        """Errors about what the form does not show (the body, the step) are told above it."""
        if hasattr(error, "error_dict"):
            error = ValidationError(dict(error.error_dict))  # who raised it keeps its own
            vreemd = [naam for naam in error.error_dict if naam not in self.fields and naam != "__all__"]
            for naam in vreemd:
                super().add_error(None, error.error_dict.pop(naam))
            if not error.error_dict:
                return
        super().add_error(field, error)


WAAROM = {
    "required": "Schrijf hier waarom.",
    "max_length": "Hou het korter: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s.",
}


def waaromveld(hulp):
    return forms.CharField(
        label="Waarom?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=hulp,
        error_messages=WAAROM,
    )


class VerbeterForm(StapForm):
    """What was noted of a step, to correct; the body that took it stays."""

    reden = waaromveld("Zoals: de stemming was verkeerd overgetypt. Dit komt bij het besluit te staan, voor iedereen.")

    def __init__(self, *args, raadspad, besluit, **kwargs):
        # a copy, so that a correction that is refused is not shown as done
        kopie = Besluit.objects.select_related("plan", "orgaan", "adviesraad").get(pk=besluit.pk)
        soort = kopie.orgaan.soort if kopie.orgaan_id else ""
        super().__init__(*args, raadspad=raadspad, stap=kopie.stap, soort=soort, instance=kopie, **kwargs)
        self.fields.pop("adviesraad", None)


class TrekInForm(forms.Form):
    """Why a step that was noted goes."""

    reden = waaromveld("Zoals: dit was een ander agendapunt. Dit komt op de site te staan, voor iedereen.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self):
        return {naam: zonder_onzichtbare(waarde) for naam, waarde in super().clean().items()}


class RedenForm(forms.Form):
    """Why one part is other than before."""

    voor_raad = forms.CharField(
        label="Voor de raad", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Volledig en precies.",
    )  # fmt: skip
    voor_burger = forms.CharField(
        label="In gewone taal", required=False, max_length=300, help_text="Eén zin die iedereen begrijpt."
    )

    def clean(self):
        return {naam: zonder_onzichtbare(waarde) for naam, waarde in super().clean().items()}
