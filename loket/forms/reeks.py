"""Which questions of a list were ticked, and what to do with them."""

from django import forms

from loket.acties import behandeling
from loket.acties.reeks import MEEST, doe_reeks
from loket.catalogus.keuzelijsten import MODELLEN, IndelingVeld, LichteKeuze, indeling
from loket.forms.werkbank import collegas_van
from loket.models import Vraag
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, heeft_rol

# button -> (verb, the field that it takes, what was done)
DADEN = {
    "neem": (behandeling.neem, None, "genomen"),
    "wijs_toe": (behandeling.wijs_toe, "naar", "toegewezen"),
    "sluit_af": (behandeling.sluit_af, "resultaat", "afgesloten"),
    "thema": (behandeling.deel_in, "thema", "van thema veranderd"),
    "doelgroep": (behandeling.deel_in, "doelgroep", "van groep veranderd"),
    "gebied": (behandeling.deel_in, "gebied", "van gebied veranderd"),
    "prioriteit": (behandeling.deel_in, "prioriteit", "van prioriteit veranderd"),
}


class ReeksForm(forms.Form):
    """`vraag` holds the ticked rows as 'reference:versie'; the button `daad` says which field counts."""

    daad = forms.ChoiceField(
        choices=[(code, code) for code in DADEN], error_messages={"required": "Kies wat je wil doen.", "invalid_choice": "Kies wat je wil doen."}
    )  # fmt: skip
    naar = forms.ChoiceField(required=False, widget=LichteKeuze)
    resultaat = forms.ChoiceField(
        choices=[("", "Kies een resultaat"), *Vraag.Resultaat.choices], required=False, widget=LichteKeuze
    )
    thema = IndelingVeld(leeg="Kies een thema")
    doelgroep = IndelingVeld(leeg="Kies een groep")
    gebied = IndelingVeld(leeg="Kies een gebied")
    prioriteit = forms.TypedChoiceField(
        choices=[("", "Kies een prioriteit"), *Vraag.Prioriteit.choices],
        required=False,
        coerce=int,
        empty_value=None,
        widget=LichteKeuze,
    )

    LABELS = {
        "naar": "Collega", "resultaat": "Resultaat", "thema": "Nieuw thema", "doelgroep": "Nieuwe groep",
        "gebied": "Nieuw gebied", "prioriteit": "Nieuwe prioriteit",
    }  # fmt: skip

    def __init__(self, *args, door, lijsten=None, collegas=None, **kwargs):
        super().__init__(*args, auto_id="reeks_%s", **kwargs)
        self.door = door
        for veld, rijen in (lijsten or indeling(0)).items():
            self.fields[veld].zet(rijen)
        collegas = collegas_van(door.eigen_teams) if collegas is None else collegas
        self.per_pk = {str(wie.pk): wie for wie in collegas}
        self.fields["naar"].choices = [("", "Kies een collega"), *((pk, wie.naam) for pk, wie in self.per_pk.items())]
        if not heeft_rol(door, TEAMVERANTWOORDELIJKE):
            del self.fields["naar"]
        for naam, label in self.LABELS.items():
            if naam in self.fields:
                self.fields[naam].label = label
                self.fields[naam].error_messages["invalid_choice"] = f"{label}: kies uit de lijst."
                self.fields[naam].widget.attrs["class"] = "form-select"

    @property
    def daden(self):
        """List of (field, code of the button, its text), as the page shows them."""
        knoppen = [
            ("naar", "wijs_toe", "Wijs toe"),
            ("resultaat", "sluit_af", "Sluit af"),
            *((veld, veld, "Zet") for veld in ("thema", "doelgroep", "gebied", "prioriteit")),
        ]
        return [(self[veld], daad, knop) for veld, daad, knop in knoppen if veld in self.fields]

    @property
    def gekozen(self):
        """List of (reference, versie), as many as may be done at once; what does not look like one is left out."""
        paren = []
        for waarde in self.data.getlist("vraag")[: MEEST + 1]:
            referentie, _, versie = waarde[:24].partition(":")
            if referentie.isascii() and "\x00" not in referentie and versie.isascii() and versie.isdigit():
                paren.append((referentie.upper(), int(versie)))
        return paren

    def clean(self):
        schoon = super().clean()
        if not self.gekozen:
            raise forms.ValidationError("Duid eerst een of meer vragen aan.")
        if len(self.gekozen) > MEEST:
            raise forms.ValidationError(f"Kies hoogstens {MEEST} vragen tegelijk.")
        _, veld, _ = DADEN.get(schoon.get("daad"), (None, None, None))
        if veld and veld not in self.fields:
            raise forms.ValidationError("Alleen een teamverantwoordelijke wijst vragen toe.")
        if veld and veld not in self.errors and not schoon.get(veld):
            raise forms.ValidationError(f"{self.fields[veld].label}: kies uit de lijst.")
        return schoon

    def voer_uit(self):
        """Does it; gives the `Verslag`."""
        verb, veld, _ = DADEN[self.cleaned_data["daad"]]
        waarde = self.cleaned_data.get(veld) if veld else None
        velden = (
            {"naar": self.per_pk[waarde]}
            if veld == "naar"
            else {f"{veld}_id": waarde}
            if veld in MODELLEN
            else {veld: waarde}
            if veld
            else {}
        )
        return doe_reeks(gekozen=self.gekozen, verb=verb, door=self.door, **velden)

    @property
    def gedaan_woord(self):
        return DADEN[self.cleaned_data["daad"]][2]
