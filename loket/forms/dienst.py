"""The form of a service in the admin: lists of codes as boxes, other lists as lines or words."""

from django import forms
from django.utils import timezone

from loket.models import Dienst
from loket.models.dienst import LpdcDoelgroep, LpdcThema, Niveau

CODELIJSTEN = {
    "bevoegde_niveaus": Niveau,
    "uitvoerende_niveaus": Niveau,
    "lpdc_themas": LpdcThema,
    "lpdc_doelgroepen": LpdcDoelgroep,
}
REGELLIJSTEN = ["bevoegde_overheden", "uitvoerende_overheden", "lpdc_gebieden", "your_europe", "publicatiekanalen", "tags",
                "talen"]  # fmt: skip


class LijstVeld(forms.CharField):
    """A list of short texts, one per line; with `komma` also with commas between."""

    def __init__(self, *, lengte, komma=False, **opties):
        self.lengte, self.komma = lengte, komma
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **opties)

    def prepare_value(self, value):
        if isinstance(value, list):
            return (", " if self.komma else "\n").join(value)
        return value

    def to_python(self, value):
        tekst = super().to_python(value)
        if self.komma:
            tekst = tekst.replace(",", "\n")
        woorden = list(dict.fromkeys(" ".join(regel.split()) for regel in tekst.splitlines()))
        woorden = [woord for woord in woorden if woord]
        te_lang = next((woord for woord in woorden if len(woord) > self.lengte), None)
        if te_lang:
            raise forms.ValidationError(f"“{te_lang[:40]}…” is te lang: hoogstens {self.lengte} tekens per stuk.")
        return woorden

    def has_changed(self, initial, data):
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)


class DienstForm(forms.ModelForm):
    class Meta:
        model = Dienst
        fields = "__all__"  # noqa: DJ007 (the admin says which fields it shows)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for naam, keuzes in CODELIJSTEN.items():
            self._vervang(
                naam, forms.MultipleChoiceField, choices=self._keuzes(naam, keuzes), widget=forms.CheckboxSelectMultiple
            )
        for naam in REGELLIJSTEN:
            self._vervang(naam, LijstVeld, lengte=Dienst._meta.get_field(naam).base_field.max_length)
        self._vervang("zoektermen", LijstVeld, lengte=300, komma=True)

    def _keuzes(self, naam, keuzes):
        """The code list, with codes that the source gave and that are not in it."""
        vreemd = [code for code in getattr(self.instance, naam) if code not in keuzes.values]
        return [*keuzes.choices, *((code, code) for code in vreemd)]

    def _vervang(self, naam, soort, **opties):
        if naam in self.fields:
            oud = self.fields[naam]
            self.fields[naam] = soort(
                label=oud.label,
                help_text=oud.help_text,
                **({"required": False} if soort is not LijstVeld else {}),
                **opties,
            )

    def clean(self):
        velden = super().clean()
        if velden.get("status") == Dienst.Status.GEPUBLICEERD and not (
            velden.get("kort") or velden.get("beschrijving")
        ):
            self.add_error("status", "Vul eerst ‘in één zin’ of ‘wat is het?’ in. Dan kan je publiceren.")
        self._nagekeken(velden)
        return velden

    def _nagekeken(self, velden):
        """Who fills in when it was checked, need not work out when it must be checked again."""
        if velden.get("nagekeken_op") and velden["nagekeken_op"] > timezone.localdate():
            self.add_error("nagekeken_op", "Deze dag moet nog komen.")
        elif {"nagekeken_op", "nakijken_elke"} & set(self.changed_data) and "nakijken_voor" not in self.changed_data:
            velden["nakijken_voor"] = None  # the model works it out


class LpdcInvoerForm(forms.ModelForm):
    MEESTE_MB = 50

    def clean_bestand(self):
        bestand = self.cleaned_data["bestand"]
        if bestand.size > self.MEESTE_MB * 1024 * 1024:
            raise forms.ValidationError(f"Het bestand is groter dan {self.MEESTE_MB} MB. Splits het per bestuur.")
        return bestand
