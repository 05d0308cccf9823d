"""One form per step that staff do on a case. Each knows its verb and calls it with what was typed.

`STAPPEN` is the list that the page and its address use: step -> form. `VOUWEN` are those that the page keeps folded, in
its order.
"""

from django import forms

from loket.acties import behandeling
from loket.forms.delen import DeelForm, StopDelenForm
from loket.forms.koppelen import AanAllen, KoppelForm, OntkoppelForm
from loket.forms.parkeren import DeelInForm, HervatForm, ParkeerForm
from loket.forms.samen import MaakLosForm, SplitsForm, VoegSamenForm
from loket.forms.stap import StapForm
from loket.models import Vraag
from loket.models.staat import Stap
from loket.werkbank.werklast import met_werklast
from sociaalhuis.models import Gebruiker, Team
from sociaalhuis.velden import BestandenVeld, TekstVeld


class NeemForm(StapForm):
    stap, verb, gelukt = Stap.NEEM, staticmethod(behandeling.neem), "Deze vraag is nu van jou."


class HeropenForm(StapForm):
    stap, verb, gelukt = Stap.HEROPEN, staticmethod(behandeling.heropen), "De vraag is opnieuw open."


class LaatDoorForm(StapForm):
    stap, verb, gelukt = Stap.LAAT_DOOR, staticmethod(behandeling.laat_door), "De vraag staat nu bij de nieuwe vragen."


class WijsToeForm(StapForm):
    titel, knop = "Wijs toe aan een collega", "Wijs toe"
    stap, verb, gelukt = Stap.WIJS_TOE, staticmethod(behandeling.wijs_toe), "De vraag is toegewezen."
    naar = forms.ModelChoiceField(
        Gebruiker.objects.none(), label="Aan wie?", empty_label=None, error_messages={"required": "Kies een collega."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kies_uit("naar", self.keuzes.collegas)
        self.fields["naar"].choices = met_werklast(self.keuzes.collegas)


class TekstStap(AanAllen, StapForm):
    tekst = TekstVeld(label="Bericht", rijen=6, leeg="Schrijf hier je bericht.")
    bestanden = BestandenVeld(label="Bestanden", help_text="Foto, PDF, DOCX of tekst.")

    def met(self):
        return {"tekst": self.cleaned_data["tekst"], "bijlagen": self.cleaned_data["bestanden"]}


class BeantwoordForm(TekstStap):
    stap, verb, gelukt = Stap.BEANTWOORD, staticmethod(behandeling.beantwoord), "Je antwoord is verstuurd."


class VraagTerugForm(TekstStap):
    stap, verb = Stap.VRAAG_TERUG, staticmethod(behandeling.vraag_terug)
    gelukt = "Je vraag is verstuurd. De termijn staat stil tot de vrager antwoordt."


class StuurBerichtForm(TekstStap):
    stap, verb = Stap.STUUR_BERICHT, staticmethod(behandeling.stuur_bericht)
    gelukt = "Je bericht is verstuurd. De vraag blijft open."


class NoteerForm(StapForm):
    titel, knop = "Schrijf een notitie", "Bewaar de notitie"
    stap, verb, gelukt = Stap.NOTEER, staticmethod(behandeling.noteer), "Je notitie is bewaard."
    tekst = TekstVeld(
        label="Notitie", rijen=3, leeg="Schrijf hier je notitie.", help_text="Alleen medewerkers lezen dit."
    )
    vermeld = forms.ModelMultipleChoiceField(
        Gebruiker.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Wie moet dit zien?",
        help_text="Die collega krijgt een mail zonder inhoud.",
        error_messages={
            "invalid_choice": "Kies een collega uit de lijst.",
            "invalid_pk_value": "Kies een collega uit de lijst.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kies_uit("vermeld", self.keuzes.lezers, behalve=self.door)
        if not (self.is_bound or self.fields["vermeld"].choices):
            del self.fields["vermeld"]

    def doe(self, **velden):
        type(self).verb(vraag=self.vraag, door=self.door, **velden)


class SluitAfForm(StapForm):
    titel, knop = "Sluit af", "Sluit de vraag af"
    stap, verb, gelukt = Stap.SLUIT_AF, staticmethod(behandeling.sluit_af), "De vraag is afgesloten."
    resultaat = forms.ChoiceField(
        choices=[("", "Kies een resultaat"), *Vraag.Resultaat.choices],
        label="Hoe liep het af?",
        error_messages={"required": "Kies hoe het afliep."},
    )


class DraagOverForm(StapForm):
    titel, knop = "Draag over aan een ander team", "Draag over"
    stap, verb = Stap.DRAAG_OVER, staticmethod(behandeling.draag_over)
    gelukt = "De vraag is overgedragen. Jouw team ziet ze niet meer."
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Naar welk team?",
        empty_label="Kies een team",
        error_messages={"required": "Kies een team."},
    )
    reden = TekstVeld(
        label="Waarom?", rijen=3, max_length=1000, leeg="Schrijf waarom je de vraag overdraagt.",
        help_text="Dit blijft in het dossier staan. De vrager ziet dat de vraag is overgedragen.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kies_uit("team", self.keuzes.andere_teams)


STAPPEN = {
    formulier.stap.value: formulier
    for formulier in [
        NeemForm, WijsToeForm, NoteerForm, BeantwoordForm, VraagTerugForm, StuurBerichtForm, SluitAfForm, HeropenForm,
        DraagOverForm, LaatDoorForm, DeelForm, StopDelenForm, ParkeerForm, HervatForm, DeelInForm,
        VoegSamenForm, MaakLosForm, SplitsForm, KoppelForm, OntkoppelForm,
    ]
}  # fmt: skip
VOUWEN = [
    Stap.NOTEER, Stap.WIJS_TOE, Stap.PARKEER, Stap.DEEL_IN, Stap.SLUIT_AF, Stap.DRAAG_OVER, Stap.SPLITS, Stap.VOEG_SAMEN,
    Stap.KOPPEL, Stap.DEEL,
]  # fmt: skip
