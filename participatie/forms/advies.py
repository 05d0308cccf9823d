"""Forms about advisory councils and their advice."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils import timezone

from participatie.forms.mandaat import DATUM_FOUT, NaamVeld
from participatie.models import Advies, Adviesraad, Raadslid, Ronde
from participatie.models.advies import MAX_TEKENS
from plan.models import Plan
from plan.models.besluit import fout_in_pdf
from sociaalhuis.beheer.widgets import Datum
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.models import Bestuursorgaan, Organisatie
from sociaalhuis.tekst import zonder_onzichtbare

TE_LANG = "Je tekst is te lang: %(show_value)s tekens. Maak er hoogstens %(limit_value)s tekens van."
GETAL_FOUT = {"required": "Vul een getal in.", "invalid": "Vul een getal in.", "min_value": "Vul een getal in."}


def helper(*velden, knop, naam="verstuur"):
    gemaakt = FormHelper()
    gemaakt.attrs = {"data-verzend-eens": "", "novalidate": True}
    gemaakt.layout = Layout(*velden, Submit(naam, knop))
    return gemaakt


class TekstVeld(forms.CharField):
    """Free text over several lines, without marks that cannot be seen."""

    def __init__(self, label, lengte, rijen=6, verplicht="", **kwargs):
        super().__init__(
            label=label,
            max_length=lengte,
            required=bool(verplicht),
            widget=forms.Textarea(attrs={"rows": rijen, "data-tekenteller": ""}),
            error_messages={"required": verplicht, "max_length": TE_LANG},
            **kwargs,
        )

    def clean(self, value):
        return super().clean(zonder_onzichtbare(value or "").strip())


def titelveld():
    return forms.CharField(
        label="Waarover gaat het advies?",
        max_length=200,
        help_text="Eén regel, zoals: Advies over de eerste aanpassing van het plan.",
        error_messages={"required": "Schrijf in één regel waarover het gaat.", "max_length": TE_LANG},
    )


class BeginAdviesFormulier(Formulierslot):
    """A council begins an advice: about which plan or round."""

    titel = titelveld()
    over = forms.ChoiceField(label="Waarover?", error_messages={"required": "Kies waarover het advies gaat."})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.plannen = {f"plan-{plan.pk}": plan for plan in Plan.objects.openbaar().order_by("-beginjaar")}
        self.rondes = {f"ronde-{r.pk}": r for r in Ronde.objects.open().select_related("plan").order_by("sluit_op")}
        self.fields["over"].choices = [
            *((code, f"De ronde: {ronde}") for code, ronde in self.rondes.items()),
            *((code, f"Het plan: {plan}") for code, plan in self.plannen.items()),
        ]
        self.helper = helper("bewijs", "titel", "over", knop="Begin een advies")

    def clean_titel(self):
        return zonder_onzichtbare(self.cleaned_data["titel"]).strip()

    @property
    def gegevens(self):
        ronde = self.rondes.get(self.cleaned_data["over"])
        plan = ronde.plan if ronde else self.plannen[self.cleaned_data["over"]]
        return {"titel": self.cleaned_data["titel"], "ronde": ronde, "plan": plan}


class VraagAdviesFormulier(BeginAdviesFormulier):
    """Staff ask a council for advice."""

    gevraagd_door = forms.ModelChoiceField(
        label="Wie vraagt het?", queryset=Bestuursorgaan.objects.all(), empty_label=None
    )
    tegen = forms.DateField(
        label="Ten laatste op", widget=Datum,
        error_messages={"required": "Kies een dag.", **DATUM_FOUT},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("bewijs", "titel", "over", "gevraagd_door", "tegen", knop="Vraag advies")

    def clean_tegen(self):
        if self.cleaned_data["tegen"] < timezone.localdate():
            raise forms.ValidationError("Deze dag is voorbij. Kies een latere dag.")
        return self.cleaned_data["tegen"]

    @property
    def gegevens(self):
        return {**super().gegevens, **{naam: self.cleaned_data[naam] for naam in ("gevraagd_door", "tegen")}}


class AdviesFormulier(forms.Form):
    """The text of an advice; `versie` is what the writer saw."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    titel = titelveld()
    tekst = TekstVeld(
        "Jullie advies", MAX_TEKENS, 14, "Schrijf het advies.",
        help_text="Zeg wat jullie vinden en waarom. Iedereen kan dit later lezen: noem geen mensen.",
    )  # fmt: skip
    uitslag = forms.ChoiceField(
        label="Het advies is", choices=Advies.Uitslag.choices, widget=forms.RadioSelect,
        error_messages={"required": "Kies gunstig of ongunstig."},
    )  # fmt: skip
    minderheid = TekstVeld(
        "Wat vond de minderheid?", 5000, 4,
        help_text="Waren sommige leden het niet eens? Dan komt hun standpunt mee op de website, zonder namen.",
    )  # fmt: skip
    bestand = forms.FileField(
        label="Document",
        required=False,
        help_text="PDF, hoogstens 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("versie", "titel", "tekst", "uitslag", "minderheid", "bestand", knop="Bewaar", naam="doe")

    def clean_titel(self):
        return zonder_onzichtbare(self.cleaned_data["titel"]).strip()

    def clean_bestand(self):
        bestand = self.cleaned_data["bestand"]
        if bestand and (fout := fout_in_pdf(bestand)):
            raise forms.ValidationError(fout)
        return bestand or None


class VaststelFormulier(forms.Form):
    """The vote of the council."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    zitting_op = forms.DateField(
        label="Vergadering van", widget=Datum,
        error_messages={"required": "Kies de dag van de vergadering.", **DATUM_FOUT},
    )  # fmt: skip
    aanwezig = forms.IntegerField(
        label="Hoeveel leden met een stem waren er?", min_value=0, max_value=999, error_messages=GETAL_FOUT,
        help_text="Tel raadsleden en schepenen niet mee: zij hebben geen stem.",
    )  # fmt: skip
    stemmen_voor = forms.IntegerField(label="Voor het advies", min_value=0, max_value=999, error_messages=GETAL_FOUT)
    stemmen_tegen = forms.IntegerField(label="Tegen het advies", min_value=0, max_value=999, error_messages=GETAL_FOUT)
    onthoudingen = forms.IntegerField(label="Onthoudingen", min_value=0, max_value=999, error_messages=GETAL_FOUT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        velden = ("zitting_op", "aanwezig", "stemmen_voor", "stemmen_tegen", "onthoudingen")
        self.helper = helper("versie", *velden, knop="Stel het advies vast", naam="doe")


class AntwoordAdviesFormulier(forms.Form):
    antwoord = TekstVeld(
        "Onze reactie", 5000, 6, "Schrijf wat jullie met het advies doen, en waarom.",
        help_text="Iedereen kan dit lezen, bij het advies.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("antwoord", knop="Publiceer de reactie", naam="doe")


class RaadslidFormulier(forms.ModelForm):
    """A new member; the name is ciphertext in the database, so it is no field of the model form."""

    naam = NaamVeld("Naam")

    class Meta:
        model = Raadslid
        fields = ["geslacht", "soort", "functie", "mandataris", "van", "tot"]
        widgets = {"van": Datum, "tot": Datum, "geslacht": forms.RadioSelect}
        error_messages = dict.fromkeys(("van", "tot"), DATUM_FOUT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["geslacht"].choices = Raadslid.Geslacht.choices
        self.fields["geslacht"].error_messages["required"] = "Kies er één. Het staat op geen enkele andere pagina."
        self.helper = helper("naam", *self.Meta.fields, knop="Voeg toe", naam="lid")
        self.order_fields(["naam"])


class AdviesraadFormulier(forms.ModelForm):
    """What makes an organisation an advisory council: the decision of the gemeenteraad."""

    class Meta:
        model = Adviesraad
        fields = ["organisatie", "soort", "opgericht_door", "opgericht_op", "besluit_nummer", "besluit_uri", "quorum"]
        widgets = {"opgericht_op": Datum}
        error_messages = {"opgericht_op": DATUM_FOUT}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = Organisatie.objects.erkend().filter(adviesraad=None)
        self.fields["opgericht_door"].help_text = "Alleen de gemeenteraad kan dit."
        self.helper = helper(*self.Meta.fields, knop="Maak de adviesraad", naam="doe")
