"""Forms with which staff type in what did not come through the website."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms
from django.utils import timezone

from participatie.acties.namens import dubbels
from participatie.forms.inbreng import SLOT, TE_LANG
from participatie.kortcode import CodeVanBlad, OnbekendeCode, lees, punten
from participatie.models import Inbreng
from participatie.models.inbreng import MAX_TEKENS
from sociaalhuis import persoonsgegevens
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.models import Organisatie
from sociaalhuis.tekst import zonder_onzichtbare

HERKOMST = [
    (waarde, label)
    for waarde, label in Inbreng.Kanaal.choices
    if waarde not in (Inbreng.Kanaal.WEB, Inbreng.Kanaal.GROEP)
]
GEEN_CODE = "We vinden geen deel of alinea met de code “%s”. Kijk hem na op het papier."
CODE_VAN_BLAD = "%s is de code van een blad met vragen. Typ het in bij ‘Typ een blad met vragen in’."
LET_OP = "In de tekst staat {}. Iedereen zal dat kunnen lezen. Haal het weg, of duid aan dat het mag."
DATUM = {"invalid": "Schrijf de dag als 2027-03-14."}


def dagveld(label):
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Vul de dag in.", **DATUM},
    )


class ZonderNamen(forms.Form):
    """Mixin: a text in which `door` may have left somebody's name or number is sent once more, on purpose.

    What the coordinator still reads is only held against the names that `door` may know from cases; what shows at once
    against everything.
    """

    toch = forms.BooleanField(label="Ja, dit mag iedereen lezen", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, door, **kwargs):
        super().__init__(*args, **kwargs)
        self.door = door

    def zoek_namen(self, tekst, meteen_online):
        gevonden = persoonsgegevens.met_bekende_namen(tekst, self.door)
        if not meteen_online:
            gevonden = [wat for wat in gevonden if wat == persoonsgegevens.NOEMT_BEKENDE]
        if gevonden:
            self.fields["toch"].widget = forms.CheckboxInput()
            if not self.cleaned_data.get("toch"):
                self.add_error("toch", LET_OP.format(" en ".join(gevonden)))

    def leest_zelf_na(self):
        return self.door.has_perm("participatie.change_inbreng")


class Herkomst(ZonderNamen, Formulierslot):
    """How something reached us, when, and who said it: what is asked of all that staff type in.

    `hoe` is what the verb asks of it. Words that another input of the round has as well are asked about once (`lijkt_op`).
    """

    kanaal = forms.ChoiceField(
        label="Hoe kwam het binnen?", choices=HERKOMST, widget=forms.RadioSelect, initial=Inbreng.Kanaal.PAPIER,
        error_messages={"required": "Kies hoe het binnenkwam."},
    )  # fmt: skip
    ontvangen_op = dagveld("Wanneer kregen we het?")
    organisatie = forms.ModelChoiceField(
        Organisatie.objects.none(),
        label="Namens een organisatie?",
        required=False,
        empty_label="Nee, een inwoner",
        error_messages={"invalid_choice": "Kies een organisatie uit de lijst."},
    )
    naam_publiek = forms.CharField(
        label="Welke naam mag erbij staan?", required=False, max_length=60, help_text="Leeg: Een inwoner."
    )
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        error_messages={"invalid": "Dit e-mailadres klopt niet. Kijk het na op het papier."},
    )
    dubbel = forms.BooleanField(label="Ja, dit is een andere inbreng", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, ronde, **kwargs):
        super().__init__(*args, **kwargs)
        self.ronde, self.lijkt_op = ronde, []
        self.fields["ontvangen_op"].initial = timezone.localdate()
        self.fields["organisatie"].queryset = Organisatie.objects.erkend()

    def clean_naam_publiek(self):
        return zonder_onzichtbare(self.cleaned_data["naam_publiek"]).strip()

    def kijk_na(self, tekst):
        """Asks about names, and about words that are nearly those of another input of this round."""
        naam = self.cleaned_data.get("naam_publiek", "")
        self.zoek_namen(f"{tekst}\n{naam}", bool(self.cleaned_data.get("organisatie")) or self.leest_zelf_na())
        self.lijkt_op = dubbels(self.ronde, tekst, behalve=self.inzending)
        if self.lijkt_op:
            self.fields["dubbel"].widget = forms.CheckboxInput()
            if not self.cleaned_data.get("dubbel"):
                self.add_error("dubbel", "Dit lijkt op inbreng die er al is. Kijk ze hieronder na voor je bewaart.")

    @property
    def hoe(self):
        namen = ("kanaal", "ontvangen_op", "organisatie", "naam_publiek", "email")
        return {naam: self.cleaned_data[naam] for naam in namen}

    @property
    def blijft(self):
        """What the next form begins with."""
        return {naam: self.cleaned_data[naam] for naam in ("kanaal", "ontvangen_op")}


class InvoerFormulier(Herkomst):
    """One input, typed from paper or heard. After keeping it the next one is ready, with the same origin and day."""

    code = forms.CharField(
        label="Code op het formulier",
        required=False,
        max_length=40,
        help_text="Zoals G2.3.b of A214. Leeg: over het hele plan.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    tekst = forms.CharField(
        label="Wat zegt de persoon?",
        required=False,
        max_length=MAX_TEKENS,
        help_text="Typ over wat er staat. Laat namen en adressen van andere mensen weg.",
        widget=forms.Textarea(attrs={"rows": 6, "data-tekenteller": ""}),
        error_messages={"max_length": TE_LANG},
    )
    standpunt = forms.ChoiceField(
        label="Standpunt van de organisatie",
        required=False,
        choices=[("", "Geen standpunt"), *Inbreng.Standpunt.choices],
        error_messages={"invalid_choice": "Kies een standpunt uit de lijst."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(
            *SLOT,
            Div("kanaal", "ontvangen_op", css_class="raster raster-2"),
            Field("code", css_class="kort"),
            "tekst",
            Div("organisatie", "standpunt", css_class="raster raster-2"),
            Div("naam_publiek", "email", css_class="raster raster-2"),
            "dubbel",
            "toch",
            Submit("bewaar", "Bewaar en typ de volgende"),
        )

    def clean_tekst(self):
        return zonder_onzichtbare(self.cleaned_data["tekst"]).strip()

    def clean(self):
        gegevens = super().clean()
        try:
            gegevens["onderdeel"], gegevens["gekozen"] = lees(self.ronde, gegevens.get("code") or "")
        except OnbekendeCode as fout:
            self.add_error("code", (CODE_VAN_BLAD if isinstance(fout, CodeVanBlad) else GEEN_CODE) % fout)
        standpunt, tekst = gegevens.get("standpunt"), gegevens.get("tekst")
        if standpunt and not gegevens.get("organisatie"):
            self.add_error("standpunt", "Alleen een organisatie geeft een standpunt. Kies welke.")
        if standpunt and gegevens.get("gekozen"):
            self.add_error("standpunt", "Een standpunt gaat over een deel, niet over één alinea.")
        if "tekst" not in self.errors and not tekst and standpunt != Inbreng.Standpunt.AKKOORD:
            self.add_error("tekst", "Typ over wat er op het papier staat.")
        elif tekst:
            self.kijk_na(tekst)
        return gegevens

    @property
    def inhoud(self):
        """What `voer_in` asks of the form."""
        return self.hoe | {naam: self.cleaned_data[naam] for naam in ("tekst", "onderdeel", "gekozen", "standpunt")}


class GesprekFormulier(ZonderNamen):
    """A conversation with a group, with its points."""

    datum = dagveld("Wanneer was het?")
    plaats = forms.CharField(
        label="Waar was het?", max_length=120, error_messages={"required": "Schrijf waar het was."}
    )
    aantal = forms.IntegerField(
        label="Met hoeveel mensen?",
        min_value=2,
        max_value=2000,
        error_messages={
            "required": "Tel hoeveel mensen meespraken.",
            "min_value": "Een groep is met twee of meer.",
            "max_value": "Dat lijkt te veel. Kijk het aantal na.",
            "invalid": "Schrijf een getal.",
        },
    )
    geleid_door = forms.CharField(
        label="Wie leidde het gesprek?",
        max_length=120,
        help_text="Een dienst of een organisatie, zoals: buurtwerk. Geen namen van deelnemers.",
        error_messages={"required": "Schrijf wie het leidde."},
    )
    punten = forms.CharField(
        label="Wat zei de groep?",
        max_length=20_000,
        help_text="Eén punt per stukje, met een lege regel ertussen. Zet de code ervoor als je ze kent, zoals: G2: De winkel is te ver.",
        widget=forms.Textarea(attrs={"rows": 12, "data-tekenteller": ""}),
        error_messages={"required": "Schrijf minstens één punt uit het gesprek.", "max_length": TE_LANG},
    )

    def __init__(self, *args, ronde, **kwargs):
        super().__init__(*args, **kwargs)
        self.ronde = ronde
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(
            Div("datum", Field("aantal", css_class="kort"), css_class="raster raster-2"),
            "plaats", "geleid_door", "punten", "toch", Submit("bewaar", "Bewaar het gesprek"),
        )  # fmt: skip

    def clean_punten(self):
        """[(part, paragraph, words)]"""
        try:
            gevonden = punten(self.ronde, zonder_onzichtbare(self.cleaned_data["punten"]))
        except OnbekendeCode as fout:
            raise forms.ValidationError(GEEN_CODE % fout) from fout
        if not gevonden:
            raise forms.ValidationError(self.fields["punten"].error_messages["required"])
        if any(len(tekst) > MAX_TEKENS for *_, tekst in gevonden):
            raise forms.ValidationError(f"Eén punt heeft hoogstens {MAX_TEKENS} tekens. Knip het in stukken.")
        return gevonden

    def clean(self):
        gegevens = super().clean()
        if punten_ := gegevens.get("punten"):
            tekst = "\n".join(tekst for *_, tekst in punten_)
            self.zoek_namen(f"{tekst}\n{gegevens.get('geleid_door', '')}", self.leest_zelf_na())
        return gegevens

    @property
    def inhoud(self):
        """What `noteer_gesprek` asks of the form."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "toch"}
