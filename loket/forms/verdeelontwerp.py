"""Several routing rules changed at once: their order, which ones hold, and new ones. A draft until it is applied.

The draft lives in the form itself, so nothing half is kept anywhere: leaving the page drops it. The form carries the mark
of the rules as they were when it was opened.
"""

import hashlib

from django import forms
from django.db import transaction
from django.forms import BaseModelFormSet, modelformset_factory

from loket.catalogus.keuzelijsten import indeling
from loket.forms.verdeling import RegelForm
from loket.models import Dienst, Verdeelregel
from sociaalhuis.models import Team

NIEUWE = 2  # empty rows for new rules
VERANDERD = "Iemand veranderde ondertussen de regels. Kijk na wat er nu staat, en maak je ontwerp opnieuw."


def merk_van(regels) -> str:
    """The mark of a set of rules, in their order."""
    velden = [f.attname for f in Verdeelregel._meta.concrete_fields]
    tekst = repr([[getattr(regel, veld) for veld in velden] for regel in regels])
    return hashlib.sha256(tekst.encode()).hexdigest()[:32]


class OntwerpRegelForm(RegelForm):
    """One rule of the draft: `volgorde` is its place (1 = first). The rule for the rest only has a team."""

    volgorde = forms.IntegerField(
        label="Plaats", min_value=1, max_value=999, required=False,
        error_messages={"required": "Typ een getal.", "invalid": "Typ een getal.", "min_value": "Vanaf 1.", "max_value": "Hoogstens 999."},
    )  # fmt: skip

    class Meta(RegelForm.Meta):
        fields = ["volgorde", *RegelForm.Meta.fields]

    def __init__(self, *args, keuzes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].help_text = ""
        if self.instance.pk and "volgorde" in self.fields:
            self.fields["volgorde"].required = True
        for veld in keuzes.keys() & self.fields.keys():
            self.fields[veld].choices = [
                *([] if self.fields[veld].required else [("", self.LEEG[veld])]),
                *keuzes[veld],
            ]


class BasisOntwerp(BaseModelFormSet):
    def __init__(self, *args, **kwargs):
        regels = Verdeelregel.objects.op_volgorde()
        self.merk = merk_van(regels)
        keuzes = {naam: [(pk, tekst) for _, pk, tekst in rijen] for naam, rijen in indeling(0).items()}
        keuzes["dienst"] = list(Dienst.objects.order_by("titel").values_list("pk", "titel"))
        keuzes["team"] = [(rij.pk, str(rij)) for rij in Team.objects.select_related("bestuur")]
        kwargs["form_kwargs"] = {"keuzes": keuzes}
        super().__init__(*args, queryset=Verdeelregel.objects.select_related("team__bestuur", "dienst__team"), **kwargs)
        for plaats, form in enumerate(self.initial_forms, start=1):
            form.initial["volgorde"] = plaats
        for form in self.extra_forms:
            form.initial["volgorde"] = None

    def get_queryset(self):
        """In the order in which they are tried."""
        if not hasattr(self, "_volgorde"):
            self._volgorde = Verdeelregel.objects.op_volgorde()
        return Lijst(self._volgorde)

    def _existing_object(self, pk):
        return next((regel for regel in self.get_queryset() if regel.pk == pk), Verdeelregel())

    def clean(self):
        if any(self.errors):
            return
        if self.data.get("merk", "") != self.merk:
            raise forms.ValidationError(VERANDERD)
        if not self.anders:
            raise forms.ValidationError("Er is nog niets veranderd. Pas iets aan in de regels.")

    @property
    def anders(self):
        """Whether the draft says anything else than the rules of now."""
        return any(form.has_changed() for form in self.forms)

    def straks(self):
        """The rules as the draft has them, in their order, nothing saved."""
        regels = []
        for nummer, form in enumerate(self.forms):
            weg = form.cleaned_data.get("DELETE") and not (form.instance.pk and form.instance.is_rest)
            if weg or (not form.instance.pk and not form.has_changed()):
                continue
            plaats = form.cleaned_data.get("volgorde")
            regels.append((form.instance.is_rest, plaats if plaats else 1000, nummer, form.instance))
        return [regel for *_, regel in sorted(regels, key=lambda rij: rij[:3])]

    @transaction.atomic
    def pas_toe(self):
        """Saves the whole draft at once. False, and an error, when the rules changed since the page was opened."""
        nu = list(Verdeelregel.objects.select_for_update().order_by("pk"))
        if merk_van(sorted(nu, key=lambda regel: (regel.is_rest, regel.volgorde, regel.pk))) != self.merk:
            self._non_form_errors.append(VERANDERD)
            return False
        straks = self.straks()
        blijft = {regel.pk for regel in straks}
        for regel in nu:
            if regel.pk not in blijft and not regel.is_rest:
                regel.delete()
        for plaats, regel in enumerate(straks, start=1):
            if not regel.is_rest:
                regel.volgorde = plaats * 10
            regel.save()
        return True


class Lijst(list):
    """Rows that were read, with the little that a formset asks of a queryset."""

    ordered, db = True, "default"

    def __getitem__(self, plaats):
        return super().__getitem__(plaats)


Ontwerp = modelformset_factory(
    Verdeelregel, form=OntwerpRegelForm, formset=BasisOntwerp, extra=NIEUWE, can_delete=True, max_num=300
)
