"""The form with which an organisation applies: three minutes."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout, Submit
from django import forms

from participatie.acties.aanmelding import weiger_dubbel
from participatie.forms.inbreng import SLOT
from participatie.models import Aanmelding
from participatie.staat import MagNiet
from sociaalhuis import kbo
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.models import Organisatie

NUMMER_NODIG = {
    Organisatie.Soort.VZW,
    Organisatie.Soort.ZIEKENFONDS,
    Organisatie.Soort.CAW,
    Organisatie.Soort.ONDERNEMING,
}
VERPLICHT = {
    "naam": "Schrijf de naam van je organisatie.",
    "soort": "Kies wat voor organisatie het is.",
    "omschrijving": "Vertel in een paar zinnen wat jullie doen.",
    "contact_naam": "Schrijf je naam.",
    "contact_email": "Schrijf je e-mailadres. Daarmee meld je je later aan.",
}
CONTACT = ("contact_naam", "contact_email", "contact_telefoon")


class AanmeldingFormulier(forms.ModelForm, Formulierslot):
    VRIJE_TEKST = ("naam", "omschrijving")

    website = forms.URLField(
        label="Website",
        required=False,
        assume_scheme="https",
        help_text="Zoals https://www.voorbeeld.be.",
        error_messages={"invalid": "Dit webadres klopt niet. Schrijf het zoals https://www.voorbeeld.be."},
    )
    contact_naam = forms.CharField(
        label="Je naam", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_email = forms.EmailField(
        label="Je e-mailadres",
        help_text="Hiermee meld je je later aan: je krijgt telkens een code in je mailbox. Je adres komt niet op de website.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be."},
    )
    contact_telefoon = forms.RegexField(
        r"^[0-9+ ./()-]{9,20}$",
        label="Je telefoonnummer",
        required=False,
        help_text="Zo kunnen we je bellen als iets niet duidelijk is.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": "Dit nummer klopt niet. Schrijf het zoals 059 00 01 00."},
    )

    class Meta:
        model = Aanmelding
        fields = ["naam", "soort", "ondernemingsnummer", "omschrijving", "website", "themas", "doelgroepen", "gebieden"]
        labels = {
            "naam": "Naam van je organisatie",
            "soort": "Wat voor organisatie is het?",
            "omschrijving": "Wat doen jullie, en voor wie?",
            "themas": "Rond welke thema's werken jullie?",
            "doelgroepen": "Voor wie zijn jullie er?",
            "gebieden": "Waar werken jullie?",
        }
        help_texts = {
            "ondernemingsnummer": "Tien cijfers, zoals 0123.456.749. Een feitelijke vereniging heeft er geen.",
            "omschrijving": "Twee of drie zinnen zijn genoeg. Ze komen op de website.",
        }
        widgets = {
            "omschrijving": forms.Textarea(attrs={"rows": 4, "data-tekenteller": ""}),
            "themas": forms.CheckboxSelectMultiple,
            "doelgroepen": forms.CheckboxSelectMultiple,
            "gebieden": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, vorige=None, **kwargs):
        """`vorige`: the refused application that is corrected here. Who is the contact is never shown again."""
        self.vorige = vorige
        super().__init__(*args, initial=_begin(vorige) if vorige else None, **kwargs)
        # Wider than the column: people type dots, spaces and BE; what is kept are the ten digits.
        self.fields["ondernemingsnummer"] = forms.CharField(
            label="Ondernemingsnummer",
            required=False,
            max_length=20,
            help_text=self.Meta.help_texts["ondernemingsnummer"],
            widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
        )
        self.fields["soort"].choices = [("", "Kies er één"), *Organisatie.Soort.choices]
        for naam, tekst in VERPLICHT.items():
            self.fields[naam].error_messages["required"] = tekst
        if vorige and not vorige.dossiersleutel.gewist_op:
            for naam in CONTACT:
                self.fields[naam].required = False
                self.fields[naam].help_text = "Laat leeg als het hetzelfde blijft."
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(
            *SLOT,
            Fieldset(
                "Je organisatie",
                "naam",
                "soort",
                Field("ondernemingsnummer", css_class="kort"),
                "omschrijving",
                "website",
            ),
            Fieldset("Waar jullie mee bezig zijn", "themas", "doelgroepen", "gebieden"),
            Fieldset("Wie spreekt voor je organisatie?", *CONTACT),
            Submit("verstuur", "Stuur opnieuw" if vorige else "Meld mijn organisatie aan"),
        )

    def clean_ondernemingsnummer(self):
        nummer = self.cleaned_data["ondernemingsnummer"]
        if not nummer:
            return ""
        kbo.controleer(nummer)
        return kbo.genormaliseerd(nummer)

    def clean(self):
        gegevens = super().clean()
        soort, nummer = gegevens.get("soort"), gegevens.get("ondernemingsnummer")
        if soort == Organisatie.Soort.FEITELIJK and nummer:
            self.add_error(
                "ondernemingsnummer",
                "Een feitelijke vereniging heeft geen ondernemingsnummer. Laat dit leeg, of kies een andere soort.",
            )
        elif soort in NUMMER_NODIG and nummer == "":
            self.add_error(
                "ondernemingsnummer", "Vul het ondernemingsnummer in. Je vindt het in de statuten of op een factuur."
            )
        elif nummer:
            try:
                weiger_dubbel(nummer)
            except MagNiet as fout:
                self.add_error("ondernemingsnummer", str(fout))
        return gegevens

    def validate_constraints(self):
        """The verb looks once more, in the transaction that writes."""

    @property
    def gegevens(self):
        """What `meld_aan` asks: the fields of Aanmelding, and the contact person."""
        return {
            "gegevens": {naam: self.cleaned_data[naam] for naam in self.Meta.fields},
            **{naam: self.cleaned_data[naam] for naam in CONTACT},
            "vorige": self.vorige,
        }


def _begin(aanmelding):
    """What was filled in about the organisation, to start from."""
    return {
        naam: waarde.all() if naam in ("themas", "doelgroepen", "gebieden") else waarde
        for naam in AanmeldingFormulier.Meta.fields
        for waarde in [getattr(aanmelding, naam)]
    }
