"""Taking down a contact at the desk: one screen, by keyboard, most of the time without any text.

Eight of ten contacts are handled at once. They are counted with a theme, a group, an area, a service and an outcome;
a text and details of the person are only asked when the question stays open.
"""

from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms

from loket.forms.vraag import VraagBasis, Wijze
from loket.models import Dienst, Vraag
from sociaalhuis.models import Doelgroep, Team
from sociaalhuis.velden import TekstVeld

Resultaat = Vraag.Resultaat
MIJ, TEAM, AFSPRAAK = "mij", "team", "afspraak"
METEEN = [
    Resultaat.GEHOLPEN, Resultaat.INFORMATIE, Resultaat.DOORVERWEZEN, Resultaat.GEEN_RECHT, Resultaat.GEEN_OPLOSSING,
]  # fmt: skip
AFLOPEN = [
    ("Meteen afgehandeld", [(keuze.value, keuze.label) for keuze in METEEN]),
    ("Ze blijft open", [(TEAM, "Vraag voor een team"), (MIJ, "Ik volg ze zelf op"), (AFSPRAAK, "Afspraak maken")]),
]
ONTHOUDEN = ("kanaal", "gebied", "team")


class EerstHier(forms.RadioSelect):
    """Choices of which the chosen one has the focus when the page opens: arrows change it, Tab goes on."""

    def create_option(self, name, value, label, selected, index, **kwargs):
        keuze = super().create_option(name, value, label, selected, index, **kwargs)
        if selected:
            keuze["attrs"]["autofocus"] = True
        return keuze


class IntakeForm(VraagBasis):
    """`door` is the clerk. `afloop` says whether the contact was handled at once (a Resultaat) or stays open."""

    kanaal = forms.ChoiceField(
        choices=[keuze for keuze in Vraag.Kanaal.choices if keuze[0] not in (Vraag.Kanaal.WEB, Vraag.Kanaal.PARTNER)],
        widget=EerstHier,
        initial=Vraag.Kanaal.BALIE,
        label="Hoe kwam de vraag binnen?",
    )
    doelgroep = forms.ModelChoiceField(
        Doelgroep.objects.all(),
        to_field_name="code",
        required=False,
        label="Voor wie?",
        empty_label="Niet gekend",
        error_messages={"invalid_choice": "Kies een groep uit de lijst."},
    )
    dienst = forms.ModelChoiceField(
        Dienst.objects.gepubliceerd().only("pk", "slug", "titel", "team"),
        to_field_name="slug",
        required=False,
        label="Dienst",
        empty_label="Geen dienst uit de lijst",
        error_messages={"invalid_choice": "Kies een dienst uit de lijst."},
    )
    afloop = forms.ChoiceField(
        choices=AFLOPEN,
        widget=forms.RadioSelect,
        initial=Resultaat.GEHOLPEN,
        label="Hoe liep het af?",
        error_messages={"required": "Kies hoe het afliep.", "invalid_choice": "Kies één van de mogelijkheden."},
    )
    tekst = TekstVeld(
        label="Korte notitie", rijen=2, required=False, help_text="Alleen nodig als de vraag open blijft."
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Voor welk team?",
        to_field_name="code",
        required=False,
        empty_label="Volgens de verdeelregels",
        error_messages={"invalid_choice": "Kies een van jouw teams."},
    )
    met_bewijs = forms.BooleanField(
        required=False,
        label="Geef een ontvangstbewijs mee",
        help_text="Een vraag die open blijft krijgt er altijd een.",
    )
    verbetert = forms.CharField(required=False, max_length=11, widget=forms.HiddenInput)

    field_order = ["bewijs", "verbetert", "kanaal", "thema", "doelgroep", "gebied", "dienst", "afloop", "tekst"]

    def __init__(self, *args, door, **kwargs):
        super().__init__(*args, **kwargs)
        self.eigen_teams = list(door.teams.filter(bestuur=door.bestuur_id))
        self.fields["team"].queryset = door.teams.filter(bestuur=door.bestuur_id)
        for veld, label, leeg in [("thema", "Waarover ging het?", "Kies een thema"), ("gebied", "Waar woont de vrager?", "Niet gezegd")]:  # fmt: skip
            self.fields[veld].label, self.fields[veld].empty_label = label, leeg
        self.fields["antwoordwijze"].label = "Hoe wil de vrager antwoord?"
        self.fields["antwoordwijze"].initial = Wijze.HIER
        self.fields["antwoordwijze"].required = False
        self.fields["antwoordwijze"].choices = [
            (waarde, "Hier of met de code" if waarde == Wijze.HIER else tekst) for waarde, tekst in Wijze.choices
        ]
        self.fields["naam"].label = "Naam"

    def opmaak(self):
        return Layout(
            "bewijs",
            "verbetert",
            "kanaal",
            Div("thema", "doelgroep", css_class="intake-twee"),
            Div("gebied", "dienst", css_class="intake-twee"),
            "afloop",
            "tekst",
            HTML('{% include "loket/_intake_meer.html" %}'),
            Submit("bewaar", "Bewaar", css_class="mt-3"),
        )

    @property
    def meer(self):
        """The fields that are folded away until they are needed."""
        return [self[naam] for naam in ("team", "antwoordwijze", "telefoon", "email", "adres", "naam", "bestanden", "met_bewijs")]  # fmt: skip

    @property
    def meer_open(self):
        """Whether something is wrong or filled in among them."""
        return any(veld.errors or (veld.value() and veld.name not in ("antwoordwijze", "team")) for veld in self.meer)

    def clean_antwoordwijze(self):
        return self.cleaned_data["antwoordwijze"] or Wijze.HIER

    def clean(self):
        schoon = super().clean()
        if self.blijft_open and not schoon.get("tekst") and "tekst" not in self.errors:
            self.add_error("tekst", "Schrijf kort wat de vraag is. Dan kan wie ze opvolgt verder.")
        zegt_iets = any(schoon.get(veld) for veld in ("thema", "dienst", "tekst"))
        if not zegt_iets and not self.errors.keys() & {"thema", "dienst", "tekst"}:
            self.add_error("thema", "Kies een thema of een dienst, of schrijf een korte notitie.")
        return schoon

    @property
    def blijft_open(self):
        return self.cleaned_data.get("afloop") in (MIJ, TEAM, AFSPRAAK)

    @property
    def krijgt_bewijs(self):
        return self.blijft_open or self.cleaned_data["met_bewijs"]

    def inhoud(self):
        velden = ("kanaal", "doelgroep", "dienst", "team")
        return {**super().inhoud(), **{veld: self.cleaned_data[veld] for veld in velden}}
