"""Fields that the forms of several apps share."""

from django import forms
from django.core.exceptions import ValidationError

from sociaalhuis import ontvangst
from sociaalhuis.keuring import bijlagen
from sociaalhuis.tekst import zonder_onzichtbare

MAX_TEKST = 5000


class BestandenInvoer(forms.ClearableFileInput):
    allow_multiple_selected = True


class BestandenVeld(forms.FileField):
    """Several files at once; the cleaned value is the list of what the gate made of them (`bijlagen.Schoon`)."""

    widget = BestandenInvoer

    def __init__(self, **opties):
        opties = {
            "required": False,
            "label": "Foto's of documenten",
            "help_text": "Hoogstens 5 bestanden van 10 MB: een foto, een PDF, een Word-bestand (DOCX) of gewone tekst.",
            **opties,
        }
        super().__init__(**opties)
        self.widget.attrs["accept"] = bijlagen.ACCEPT

    def clean(self, data, initial=None):
        bestanden = [bestand for bestand in (data if isinstance(data, list) else [data]) if bestand]
        if len(bestanden) > bijlagen.MAX_BESTANDEN:
            raise ValidationError(f"Kies hoogstens {bijlagen.MAX_BESTANDEN} bestanden tegelijk.")
        schoon, fouten = [], []
        for bestand in bestanden:
            try:
                schoon.append(bijlagen.keur(bestand))
            except ValidationError as fout:
                naam = bijlagen.schone_naam(bestand.name, "x").removesuffix(".x")
                fouten.append(f"{naam}: {fout.messages[0]}")
        if fouten:
            raise ValidationError([f"{fout} Kies daarna je bestanden opnieuw." for fout in fouten])
        return schoon


class CodeVeld(forms.CharField):
    """The receipt code as people type it; the cleaned value is the code without dashes."""

    def __init__(self, **opties):
        super().__init__(
            label="Je code",
            max_length=40,
            help_text="De code staat op je ontvangstbewijs. Hoofdletters en streepjes hoef je niet te typen.",
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
            ),
            error_messages={"required": "Typ de code van je ontvangstbewijs."},
            **opties,
        )

    def clean(self, value):
        code = ontvangst.genormaliseerd(super().clean(value))
        if not code:
            raise ValidationError(
                "Dit is geen volledige code. Een code heeft 16 letters en cijfers, zoals A1B2-C3D4-E5F6-G7H8."
            )
        return code


class TekstVeld(forms.CharField):
    """A text of several lines that people type; too long or empty is said in plain words."""

    def __init__(self, *, rijen=6, leeg="Schrijf hier iets.", **opties):
        opties = {"max_length": MAX_TEKST, **opties}
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rijen, "data-tekenteller": ""}),
            error_messages={
                "required": leeg,
                "max_length": "Je tekst is te lang: hoogstens %(limit_value)d tekens. Maak hem korter, of bel ons.",
                "null_characters_not_allowed": "In je tekst staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw.",
            },
            **opties,
        )

    def to_python(self, waarde):
        """Without anything to see it is empty. Lone halves of characters, from broken clients, cannot be stored."""
        tekst = super().to_python(waarde)
        if "\x00" not in tekst and not zonder_onzichtbare(tekst).strip():
            return ""
        return tekst.encode("utf-8", "replace").decode()
