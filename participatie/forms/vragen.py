"""The questions of a round as a form, for citizens and for organisations; and the same to try out, keeping nothing."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout, Submit
from django import forms

from participatie.forms.inbreng import SLOT, InbrengFormulier
from participatie.vraagsoorten import getoond, te_bewaren, veld_voor
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.tekst import zonder_onzichtbare

GEWIJZIGD = (
    "De vragen van deze ronde zijn intussen veranderd. Wat je invulde, staat er nog. Kijk even na en verstuur opnieuw."
)
WEG = "We tellen dit antwoord niet mee, want die vraag hoort niet bij je andere antwoorden: “{}”. Klopt dat? Verstuur dan opnieuw."


class VragenFormulier(Formulierslot):
    """One field per question, named after the stem of the question. `antwoorden` is what is to be kept.

    A question that is not shown, given the other answers, is not required. What was typed there anyway is dropped, after
    it was said once. `merk` tells which questions the page had: other ones since are said once too, with all kept.
    """

    veld_voor = staticmethod(veld_voor)

    merk = forms.CharField(required=False, widget=forms.HiddenInput)
    weg = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, formulier, **kwargs):
        super().__init__(*args, **kwargs)
        self.formulier, self.vragen = formulier, list(formulier.vragen.all())
        for vraag in self.vragen:
            self.fields[vraag.veldnaam] = self.veld_voor(vraag)
        self.fields["merk"].initial = formulier.merk
        self.VRIJE_TEKST = tuple(vraag.veldnaam for vraag in self.vragen if vraag.is_open_tekst)
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True, "data-toon": ""}
        self.helper.layout = Layout(*SLOT, "merk", "weg", *self.indeling())

    def indeling(self):
        return (*(self._vraagvak(vraag) for vraag in self.vragen), *self.knoppen())

    @staticmethod
    def _vraagvak(vraag):
        if not vraag.toon_als_id:
            return Field(vraag.veldnaam)
        return Div(Field(vraag.veldnaam), data_toon_als=vraag.toon_als.veldnaam, data_toon_waarde=vraag.toon_waarde)

    def knoppen(self):
        return (Submit("verstuur", "Verstuur mijn antwoorden"),)

    def clean(self):
        gegevens = super().clean()
        alles = {
            vraag.pk: te_bewaren(vraag, gegevens[vraag.veldnaam]) for vraag in self.vragen if vraag.veldnaam in gegevens
        }
        getoonde = getoond(self.vragen, alles)
        verborgen = [vraag for vraag in self.vragen if vraag not in getoonde]
        for vraag in verborgen:
            self._errors.pop(vraag.veldnaam, None)
        self.antwoorden = {vraag: alles[vraag.pk] for vraag in getoonde if alles.get(vraag.pk) is not None}
        self.bestanden = {vraag: gegevens[vraag.veldnaam] for vraag in self.antwoorden if vraag.soort == "bestand"}
        self._zeg_wat_niet_meetelt([vraag for vraag in verborgen if self._is_ingevuld(vraag)])
        if self.data.get("merk", self.formulier.merk) != self.formulier.merk:
            self._zet("merk", self.formulier.merk)
            self.add_error(None, GEWIJZIGD)
        if not self.antwoorden and not self.errors:
            self.add_error(None, "Je vulde nog niets in. Beantwoord minstens één vraag.")
        return gegevens

    def _is_ingevuld(self, vraag):
        return any(self.data.getlist(vraag.veldnaam)) or vraag.veldnaam in self.files

    def _zeg_wat_niet_meetelt(self, vragen):
        namen = " ".join(vraag.veldnaam for vraag in vragen)
        if namen and self.data.get("weg") != namen:
            self._zet("weg", namen)
            self.add_error(None, WEG.format("” en “".join(str(vraag) for vraag in vragen)))

    def _zet(self, naam, waarde):
        """Puts a hidden field in what goes back to the page."""
        self.data = self.data.copy()
        self.data[naam] = waarde


class InwonerVragen(VragenFormulier):
    """As a citizen fills it in, without an account."""

    naam_publiek = InbrengFormulier.base_fields["naam_publiek"]
    email = InbrengFormulier.base_fields["email"]

    def indeling(self):
        vragen = [self._vraagvak(vraag) for vraag in self.vragen]
        wie = ("naam_publiek", "email") if self.VRIJE_TEKST else ("email",)
        if not self.VRIJE_TEKST:
            del self.fields["naam_publiek"]
        return (*vragen, HTML('<h2 class="kop-3">Over jou</h2>'), *wie, *self.knoppen())

    def clean_naam_publiek(self):
        naam = zonder_onzichtbare(self.cleaned_data["naam_publiek"]).strip()
        if "@" in naam:
            raise forms.ValidationError("Zet hier geen e-mailadres: iedereen kan dit lezen.")
        return naam


class OrganisatieVragen(VragenFormulier):
    """In the name of one organisation. `versie` is that of the shared draft that the page was made from (0: none), `eerder`
    the reference of the answers it sent before."""

    versie = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)
    eerder = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, organisatie, versie=0, eerder="", **kwargs):
        self.organisatie = organisatie
        super().__init__(*args, **kwargs)
        self.fields["versie"].initial, self.fields["eerder"].initial = versie, eerder

    def indeling(self):
        return ("versie", "eerder", *super().indeling())

    def knoppen(self):
        bewaar = '<button class="knop" type="submit" name="bewaar" value="1">Bewaar voor later</button>'
        return (Div(Submit("verstuur", "Verstuur in naam van onze organisatie"), HTML(bewaar), css_class="rij"),)

    @property
    def gegevens(self):
        """What was typed, per field a list of texts: what a draft keeps."""
        return {
            vraag.veldnaam: [zonder_onzichtbare(tekst) for tekst in self.data.getlist(vraag.veldnaam)]
            for vraag in self.vragen
            if self.data.getlist(vraag.veldnaam)
        }


class ProefVragen(VragenFormulier):
    """The try-out of staff: checks everything, keeps nothing."""

    def knoppen(self):
        return (Submit("verstuur", "Probeer te versturen"),)
