"""The question form, for citizens and for the desk."""

from copy import deepcopy

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django import forms
from django.utils.functional import cached_property

from loket.models import Dienst, Vraag
from sociaalhuis.inzending import Bewijs
from sociaalhuis.models import Gebied, Thema
from sociaalhuis.velden import BestandenVeld, TekstVeld

Wijze = Vraag.Antwoordwijze
NODIG = {
    Wijze.MAIL: ("email", "Vul je e-mailadres in, of kies een andere manier om antwoord te krijgen."),
    Wijze.TELEFOON: ("telefoon", "Vul je telefoonnummer in, of kies een andere manier om antwoord te krijgen."),
    Wijze.BRIEF: ("adres", "Vul je adres in, of kies een andere manier om antwoord te krijgen."),
}
VALSTRIK = '<div class="visually-hidden" aria-hidden="true"><label for="id_homepage">Laat dit leeg</label><input type="text" name="homepage" id="id_homepage" tabindex="-1" autocomplete="off"></div>'


class VraagBasis(forms.Form):
    """What a question is, whoever types it."""

    bewijs = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300, initial=Bewijs.nieuw)
    tekst = TekstVeld(
        label="Wat is je vraag?",
        help_text="Schrijf het zoals je het zou vertellen. Fouten zijn niet erg.",
        leeg="Schrijf hier je vraag. Een paar woorden is genoeg.",
    )
    thema = forms.ModelChoiceField(
        Thema.objects.all(),
        to_field_name="code",
        required=False,
        label="Waarover gaat het?",
        empty_label="Ik weet het niet",
        error_messages={"invalid_choice": "Kies een onderwerp uit de lijst."},
    )
    gebied = forms.ModelChoiceField(
        Gebied.objects.all(),
        to_field_name="code",
        required=False,
        label="Waar woon je?",
        empty_label="Zeg ik liever niet",
        error_messages={"invalid_choice": "Kies een plaats uit de lijst."},
    )
    antwoordwijze = forms.ChoiceField(
        choices=Wijze.choices,
        widget=forms.RadioSelect,
        label="Hoe wil je ons antwoord?",
        error_messages={"required": "Kies hoe je ons antwoord wilt.", "invalid_choice": "Kies één van de manieren."},
    )
    email = forms.EmailField(
        required=False,
        label="E-mailadres",
        max_length=254,
        help_text="In de mail staat niets over je vraag. Er staat alleen dat er een bericht is.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Dit e-mailadres klopt niet. Het ziet eruit als naam@voorbeeld.be."},
    )
    telefoon = forms.RegexField(
        r"^(?=(?:\D*[0-9]){8})\+?[0-9\s./()-]{8,25}$",
        required=False,
        label="Telefoonnummer",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"invalid": "Dit telefoonnummer klopt niet. Gebruik alleen cijfers, zoals 0470 12 34 56."},
    )
    adres = forms.CharField(
        required=False, label="Adres", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    naam = forms.CharField(
        required=False,
        label="Je naam",
        max_length=120,
        help_text="Mag leeg blijven. Een voornaam is ook goed.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    bestanden = BestandenVeld()

    @cached_property
    def helper(self):
        """How the form looks; made only when it is shown, which a form that was filled in well never is."""
        helper = FormHelper()
        helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        helper.layout = self.opmaak()
        return helper

    def clean(self):
        schoon = super().clean()
        veld, fout = NODIG.get(schoon.get("antwoordwijze"), (None, None))
        if veld and veld not in self.errors and not schoon.get(veld):
            self.add_error(veld, fout)
        return schoon

    def inhoud(self):
        """What `stel_vraag` takes, from a valid form."""
        velden = ("tekst", "thema", "gebied", "antwoordwijze", "naam", "email", "telefoon", "adres")
        return {
            "bewijs": Bewijs.lees(self.cleaned_data["bewijs"]),
            "bijlagen": self.cleaned_data["bestanden"],
            **{veld: self.cleaned_data[veld] for veld in velden},
        }


class MeegebrachteDienst(forms.ModelChoiceField):
    """The service that a link brought along. One that is gone meanwhile never stops a question."""

    def clean(self, waarde):
        try:
            return super().clean(waarde)
        except forms.ValidationError:
            return None


class VraagForm(VraagBasis):
    """For citizens: few fields, everything about the person optional."""

    dienst = MeegebrachteDienst(
        Dienst.objects.gepubliceerd(), to_field_name="slug", required=False, widget=forms.HiddenInput
    )
    akkoord = forms.BooleanField(
        label="Het Sociaal Huis mag mijn vraag en wat ik invulde gebruiken om mij te antwoorden.",
        error_messages={"required": "Duid dit aan. Zonder je akkoord mogen we je vraag niet bewaren."},
    )
    # Nobody sees this field; who fills it in is a machine, or a browser that was too helpful.
    homepage = forms.CharField(required=False)

    field_order = ["bewijs", "dienst", "tekst"]

    def opmaak(self):
        return Layout(
            "bewijs",
            "dienst",
            "tekst",
            Div(
                HTML(
                    '<button class="knop" type="submit" name="kijk" value="1" formnovalidate>Kijk eerst wat past</button>'
                ),
                css_class="veld",
            ),
            "antwoordwijze",
            Fieldset(
                "Waar mogen we je bereiken?",
                HTML('<p class="stil">Vul alleen in wat nodig is voor de manier die je koos.</p>'),
                "email",
                "telefoon",
                "adres",
                "naam",
            ),
            Fieldset("Wil je nog iets meegeven?", "thema", "gebied", "bestanden"),
            HTML(VALSTRIK),
            "akkoord",
            Submit("stuur", "Stuur mijn vraag", css_class="knop-groot knop-vol-smal"),
        )

    def inhoud(self):
        return {
            **super().inhoud(),
            "dienst": self.cleaned_data["dienst"],
            "valstrik": self.cleaned_data["homepage"],
        }


class _Gedeeld(dict):
    """Fields that every form uses as they are."""

    def __deepcopy__(self, memo):
        return self


class VraagToets(VraagForm):
    """`VraagForm` to check a post by. Showing a form changes its fields, so Django copies them for each; most posts are
    good and are never shown again, so this one shares them until `toonbaar`."""

    field_order = None  # putting them in order takes them out of what is shared

    def toonbaar(self):
        """The same form, errors and all, with fields of its own: fit to be shown."""
        self.fields = deepcopy(dict(self.fields))
        self.order_fields(VraagForm.field_order)
        self._bound_fields_cache = {}
        return self


VraagToets.base_fields = _Gedeeld(VraagForm.base_fields)
