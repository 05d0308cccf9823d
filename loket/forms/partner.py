"""The forms of the partner portal: places and waiting time, and bringing a client to the house."""

from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from loket.acties.capaciteit import rijen_van, zeg_capaciteit
from loket.acties.toeleiding import breng_naar_huis
from loket.forms.vraag import VraagBasis
from loket.models import Toeleiding, Vraag
from sociaalhuis.models import Organisatie
from sociaalhuis.velden import TekstVeld

GETAL = {"invalid": "Schrijf een getal, of laat dit leeg.", "min_value": "Schrijf een getal vanaf 0, of laat dit leeg."}


class CapaciteitForm(forms.Form):
    """What one organisation, or one service of it, has free."""

    vrije_plaatsen = forms.IntegerField(
        label="Vrije plaatsen",
        required=False,
        min_value=0,
        max_value=9999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={**GETAL, "max_value": "Dit zijn te veel plaatsen. Kijk het getal na."},
    )
    wachttijd = forms.IntegerField(
        label="Wachttijd in dagen",
        required=False,
        min_value=0,
        max_value=1500,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={**GETAL, "max_value": "Dit is te lang. Kijk het getal na."},
    )
    opmerking = forms.CharField(
        label="Opmerking",
        required=False,
        max_length=160,
        error_messages={"max_length": "Hou het kort: hoogstens 160 tekens."},
    )

    def __init__(self, *args, rij, **kwargs):
        self.rij = rij
        begin = {naam: getattr(rij, naam) for naam in ("vrije_plaatsen", "wachttijd", "opmerking")}
        super().__init__(*args, initial=begin, auto_id=f"{kwargs['prefix']}_%s", **kwargs)

    @property
    def titel(self):
        return self.rij.dienst.titel if self.rij.dienst else "De hele organisatie"


class CapaciteitSet:
    """One form per organisation and service, kept together."""

    def __init__(self, data, *, organisaties, door):
        self.door = door
        self.formulieren = [
            CapaciteitForm(data, rij=rij, prefix=f"rij{nummer}") for nummer, rij in enumerate(rijen_van(organisaties))
        ]

    def __iter__(self):
        return iter(self.formulieren)

    @property
    def errors(self):
        return any(formulier.errors for formulier in self.formulieren)

    def is_valid(self):
        return sum(not formulier.is_valid() for formulier in self.formulieren) == 0

    def bewaar(self):
        """Writes every row that says something, or said something before."""
        for formulier in self.formulieren:
            velden, rij = formulier.cleaned_data, formulier.rij
            if rij.pk or velden["opmerking"] or velden["vrije_plaatsen"] is not None or velden["wachttijd"] is not None:
                zeg_capaciteit(organisatie=rij.organisatie, dienst=rij.dienst, door=self.door, **velden)


class BrengForm(VraagBasis):
    """A question as a partner writes it down, beside the client."""

    organisatie = forms.ModelChoiceField(
        Organisatie.objects.none(), to_field_name="code", label="Namens welke organisatie?", empty_label=None,
        error_messages={"required": "Kies een organisatie.", "invalid_choice": "Kies een organisatie uit de lijst."},
    )  # fmt: skip
    toestemming = forms.ChoiceField(
        choices=Toeleiding.Toestemming.choices,
        widget=forms.RadioSelect,
        label="Hoe gaf de persoon toestemming?",
        error_messages={"required": "Kies hoe de persoon toestemming gaf. Zonder toestemming kan het niet."},
    )
    akkoord = forms.BooleanField(
        label="De persoon weet wat ik hier schrijf en wil dat het Sociaal Huis dit krijgt.",
        error_messages={"required": "Duid dit aan. Zonder toestemming kan het niet."},
    )
    bestanden = None
    tekst = TekstVeld(
        label="Wat is de vraag?",
        help_text="Schrijf wat de persoon vraagt. Alleen wat nodig is.",
        leeg="Schrijf hier de vraag. Een paar woorden is genoeg.",
    )

    def __init__(self, *args, organisaties, door, **kwargs):
        self.organisaties, self.door = organisaties, door
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = Organisatie.objects.filter(pk__in=[o.pk for o in organisaties])
        self.fields["organisatie"].initial = organisaties[0].code
        self.fields["organisatie"].required = len(organisaties) > 1
        self.fields["gebied"].label = "Waar woont de persoon?"
        self.fields["gebied"].empty_label = "Niet gezegd"
        self.fields["naam"].label = "Naam"
        self.fields["email"].help_text = ""
        self.fields["antwoordwijze"].label = "Hoe wil de persoon antwoord?"
        self.fields["antwoordwijze"].choices = [
            (
                waarde,
                "De persoon komt langs"
                if waarde == Vraag.Antwoordwijze.HIER
                else tekst.replace("Bel mij", "Bel de persoon"),
            )
            for waarde, tekst in Vraag.Antwoordwijze.choices
        ]

    def opmaak(self):
        organisatie = ["organisatie"] if len(self.organisaties) > 1 else []
        return Layout(
            "bewijs",
            *organisatie,
            "tekst",
            Fieldset("Hoe bereikt het Sociaal Huis de persoon?", "antwoordwijze", "naam", "telefoon", "email", "adres"),
            Fieldset("Waarover en van waar?", "thema", "gebied"),
            Fieldset("Toestemming", "toestemming", "akkoord"),
            Submit("stuur", "Stuur naar het Sociaal Huis", css_class="knop-vol-smal"),
        )

    def clean_organisatie(self):
        """Who speaks for one organisation is not asked for which, so nothing is sent."""
        return self.cleaned_data["organisatie"] or self.organisaties[0]

    def voer_uit(self):
        velden = self.inhoud()
        velden.pop("bijlagen")
        return breng_naar_huis(
            organisatie=self.cleaned_data["organisatie"],
            toestemming=self.cleaned_data["toestemming"],
            door=self.door,
            **velden,
        )

    def inhoud(self):
        self.cleaned_data["bestanden"] = []
        return super().inhoud()
