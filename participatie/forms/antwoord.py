"""Forms with which staff answer, cut an input in points, and put a mistake right."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Submit
from django import forms

from participatie.forms.inbreng import keuzes, onderdelen_van
from participatie.models import Antwoord, Antwoordrechtzetting, Besluit, Inbrengdeel
from participatie.models.antwoord import ZONDER_WIJZIGING
from sociaalhuis.tekst import zonder_onzichtbare

LABELS = {
    "besluit": "Wat beslisten jullie?",
    "reden": "Waarom?",
    "wijziging": "Wat verandert er?",
    "waarheen": "Waar hoort dit wel thuis?",
}
UITLEG = {
    "reden": "Schrijf het zoals je het aan de persoon zelf zou zeggen.",
    "wijziging": "Noem de actie of de tekst die verandert. Laat leeg als er niets verandert.",
    "waarheen": "Alleen bij “Buiten dit plan”. Zeg wie ermee verder gaat, zoals: de dienst Mobiliteit, voor het fietsplan.",
}
FOUTEN = {
    "besluit": {"required": "Kies wat jullie beslisten."},
    "reden": {
        "required": "Schrijf waarom. Een antwoord zonder reden is geen antwoord.",
        "max_length": "Dit is te lang: %(show_value)s tekens. Maak er hoogstens %(limit_value)s tekens van.",
    },
    "wijziging": {
        "max_length": "Dit is te lang: %(show_value)s tekens. Maak er hoogstens %(limit_value)s tekens van.",
    },
    "waarheen": {"max_length": "Kort dit in tot hoogstens %(limit_value)s tekens."},
}


def velden():
    """The widgets of a decision, new ones for every form."""
    return {
        "besluit": forms.RadioSelect,
        "reden": forms.Textarea(attrs={"rows": 5, "data-tekenteller": ""}),
        "wijziging": forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
    }


class BesluitFormulier(forms.ModelForm):
    """A decision with its reason: what each decision asks and refuses is said beside the field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "besluit" in self.fields:
            self.fields["besluit"].choices = Besluit.choices

    def clean(self):
        gegevens = super().clean()
        for naam in self._meta.fields:
            if isinstance(gegevens.get(naam), str):
                gegevens[naam] = zonder_onzichtbare(gegevens[naam]).strip()
        besluit = gegevens.get("besluit")
        if besluit in ZONDER_WIJZIGING and gegevens.get("wijziging"):
            self.add_error(
                "wijziging", "Nam je de inbreng niet over, dan verandert er niets. Maak dit leeg, of kies “Deels”."
            )
        if besluit == Besluit.BUITEN and not gegevens.get("waarheen"):
            self.add_error("waarheen", "Zeg wie hier wel mee verder gaat. Zo blijft niemand met lege handen.")
        if besluit and besluit != Besluit.BUITEN and gegevens.get("waarheen"):
            self.add_error("waarheen", "Dit vul je alleen in bij “Buiten dit plan”. Maak het leeg.")
        return gegevens


class AntwoordFormulier(BesluitFormulier):
    """The decision about one input, with the reason; `versie` is what the writer saw.

    With `punten` the decision follows from the points, and only the words that come before them are asked.
    """

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Antwoord
        fields = ["besluit", "reden", "wijziging", "waarheen"]
        labels, help_texts, error_messages, widgets = LABELS, UITLEG, FOUTEN, velden()

    def __init__(self, *args, versie, punten=False, begin=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["versie"].initial = versie
        if punten:
            for naam in ("besluit", "wijziging", "waarheen"):
                del self.fields[naam]
            self.fields["reden"].label, self.fields["reden"].help_text = (
                "Wat zeg je vooraf?",
                "De punten volgen hieronder.",
            )
        if begin:
            self.fields["reden" if punten else "besluit"].widget.attrs["autofocus"] = True
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(
            *self.fields,
            HTML('<div class="rij">'),
            Submit("volgende", "Bewaar en volgende"),
            HTML('<button class="knop" type="submit" name="bewaar" value="1">Bewaar</button>'),
            HTML("</div>"),
        )


class PuntFormulier(BesluitFormulier):
    """One point of an input; empty when there is no such point."""

    onderdeel = forms.ChoiceField(label="Waarover gaat dit punt?", required=False)

    class Meta:
        model = Inbrengdeel
        fields = ["citaat", "onderdeel", "besluit", "reden", "wijziging", "waarheen"]
        labels = {**LABELS, "citaat": "Welke woorden?"}
        help_texts = {"citaat": "Kopieer ze letterlijk uit de inbreng.", "wijziging": UITLEG["wijziging"]}
        error_messages = {**FOUTEN, "citaat": {"required": "Kopieer de woorden van dit punt, of maak alles leeg."}}
        widgets = {
            **velden(),
            "citaat": forms.Textarea(attrs={"rows": 3}),
            "reden": forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
            "wijziging": forms.Textarea(attrs={"rows": 2, "data-tekenteller": ""}),
        }

    def __init__(self, *args, onderdelen, **kwargs):
        super().__init__(*args, **kwargs)
        self.onderdelen = onderdelen
        self.fields["onderdeel"].choices = [("", "Zoals de hele inbreng"), *keuzes(onderdelen)[1:]]
        if self.instance.onderdeel_id:
            self.initial["onderdeel"] = self.instance.onderdeel.code
        self.fields["besluit"].required = self.fields["reden"].required = False

    def clean_onderdeel(self):
        return self.onderdelen.get(self.cleaned_data["onderdeel"])

    def clean(self):
        gegevens = super().clean()
        if bool(gegevens.get("besluit")) != bool(gegevens.get("reden")):
            leeg = "reden" if gegevens.get("besluit") else "besluit"
            self.add_error(leeg, FOUTEN[leeg]["required"])
        return gegevens

    def _post_clean(self):
        """The row is made by the verb, for all points at once."""


def punten_van(formulieren):
    """The points that were filled in, as `acties.antwoord.splits` wants them."""
    return [
        {naam: form.cleaned_data[naam] for naam in PuntFormulier.Meta.fields}
        for form in formulieren
        if form.cleaned_data.get("citaat")
    ]


def punten_set(inbreng, data=None):
    """The forms of the points of an input, with two empty ones at the end."""
    rijen = list(inbreng.punten.select_related("onderdeel"))
    Formulieren = forms.modelformset_factory(
        Inbrengdeel, form=PuntFormulier, extra=2 if rijen else 3, max_num=20, validate_max=True
    )
    return Formulieren(
        data,
        queryset=inbreng.punten.select_related("onderdeel"),
        form_kwargs={"onderdelen": onderdelen_van(inbreng.ronde.plan_id)},
    )


class NotaFormulier(forms.Form):
    """What the second reader asks of the writer. Internal."""

    nota = forms.CharField(
        label="Wat moet er nog anders?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        help_text="Alleen collega's lezen dit.",
        error_messages={
            "required": "Schrijf wat er anders moet. Zo kan je collega verder.",
            "max_length": "Kort dit in tot hoogstens %(limit_value)s tekens.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class RechtzetFormulier(BesluitFormulier):
    """A correction of a published answer, filled in with what stands there now."""

    class Meta:
        model = Antwoordrechtzetting
        fields = ["uitleg", "besluit", "reden", "wijziging", "waarheen"]
        labels = {**LABELS, "uitleg": "Wat was er fout?", "reden": "Waarom beslisten jullie dit?"}
        help_texts = {**UITLEG, "uitleg": "Iedereen leest dit, met de dag erbij en met wat er eerst stond."}
        error_messages = {
            **FOUTEN,
            "uitleg": {
                "required": "Schrijf wat er fout was.",
                "max_length": "Kort dit in tot hoogstens %(limit_value)s tekens.",
            },
        }
        widgets = {**velden(), "uitleg": forms.Textarea(attrs={"rows": 2, "data-tekenteller": ""})}

    def __init__(self, *args, antwoord, punten=False, **kwargs):
        super().__init__(*args, initial={naam: getattr(antwoord, naam) for naam in Antwoord.VELDEN}, **kwargs)
        if punten:
            for naam in ("besluit", "wijziging", "waarheen"):
                del self.fields[naam]
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(*self.fields, Submit("bewaar", "Leg voor aan een collega"))
