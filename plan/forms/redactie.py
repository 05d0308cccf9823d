"""Editing one part of the plan, and deciding about what an editor proposed."""

from datetime import date

from django import forms

from plan.acties.redactie import Besluit
from plan.models import Voorstelveld
from plan.redactie.waarden import DAGEN, HTML, VELDEN
from sociaalhuis import opmaak
from sociaalhuis.beheer.widgets import Datum
from sociaalhuis.models import Organisatie
from sociaalhuis.tekst import zonder_onzichtbare

MIJN, NU = "mijn", "nu"
LANGST = 20_000
MAX = "Hou het kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s."
SLECHTE_DATUM = "Schrijf de datum als dag, maand en jaar, zoals 31/12/2027."
HULP = {
    "titel": "Kort en gewoon. Zo staat het in lijsten en bovenaan de pagina.",
    "korte_omschrijving": "Eén zin in de je-vorm.",
    "resultaat_verwacht": "Wat is er anders als dit gelukt is? Liefst iets dat je kan tellen.",
    "begin": "De dag waarop jullie beginnen.",
    "einde": "De dag waarop het klaar moet zijn.",
    "trekker": "De dienst of het team, nooit een persoon.",
    "trekker_organisatie": "Alleen als een andere organisatie de actie trekt.",
    "partners": "Vink uit wie niet meer meedoet.",
    "contact": "Een dienst met telefoon of mail, nooit een persoon.",
}
LENGTE = {"titel": 200, "korte_omschrijving": 250, "trekker": 120, "contact": 160, "resultaat_verwacht": 2000}
REGELS = {"korte_omschrijving": 2, "resultaat_verwacht": 3, "lange_omschrijving": 12}


def tekstveld(label, lengte, *, help_text="", regels=0, verplicht=False, leeg="Vul dit in."):
    """A text with a limit; `regels` gives it a text area."""
    widget = forms.Textarea(attrs={"rows": regels}) if regels else forms.TextInput
    fouten = {"max_length": MAX, "required": leeg}
    return forms.CharField(
        label=label, max_length=lengte, required=verplicht, help_text=help_text, widget=widget, error_messages=fouten
    )


class DeelForm(forms.Form):
    """The fields of one part. `nu` is {field: text} as it stands, `begin` what the form starts with.

    After somebody else changed the same, `botsing` names those fields and each gets a choice: my text or theirs.
    """

    gezien = forms.CharField(max_length=60, widget=forms.HiddenInput)
    botsing = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    opmaak = forms.ChoiceField(choices=[("tekst", "tekst"), ("html", "html")], widget=forms.HiddenInput)

    def __init__(self, data=None, *, deel, nu, begin, gezien, rechtstreeks, namen, waarom=""):
        self.deel, self.nu, self.namen, self.begin = deel, nu, namen, begin
        self.velden = VELDEN[deel.soort]
        tekens = opmaak.als_tekst(begin["lange_omschrijving"])
        vorm = "html" if tekens is None else "tekst"
        if data and data.get("opmaak") in ("tekst", "html"):
            vorm = data["opmaak"]
        start = {veld: begin[veld] for veld in self.velden if veld not in ("partners", *DAGEN)}
        start |= {veld: begin[veld] and date.fromisoformat(begin[veld]) for veld in DAGEN if veld in self.velden}
        start |= {"partners": begin.get("partners", "").split(), "gezien": gezien, "opmaak": vorm, "waarom": waarom}
        start["lange_omschrijving"] = tekens if vorm == "tekst" else begin["lange_omschrijving"]
        super().__init__(data, initial=start)
        for veld, label in self.velden.items():
            if veld == "partners":
                self._partners(begin["partners"])
            else:
                self.fields[veld] = self._veld(veld, label, vorm)
        self.fields["waarom"] = tekstveld(
            "Waarom verander je dit?",
            300,
            regels=2,
            verplicht=not rechtstreeks,
            leeg="Schrijf waarom je dit verandert. De coördinator leest het.",
            help_text="Het komt in de geschiedenis te staan, niet op de site.",
        )
        self.wie = {}  # {field: who changed it meanwhile, when, and to what}; set by the view after a clash
        self.botsend = self._botsingen(data)

    def _veld(self, veld, label, vorm):
        if veld in DAGEN:
            return forms.DateField(
                label=label,
                required=False,
                help_text=HULP[veld],
                widget=Datum,
                error_messages={"invalid": SLECHTE_DATUM},
            )
        if veld == "trekker_organisatie":
            namen = dict(Organisatie.objects.erkend().order_by("naam").values_list("code", "naam"))
            if nu := self.deel.trekker_organisatie:  # also one that is not checked (any more)
                namen.setdefault(nu.code, nu.naam)
            namen = [("", "Geen"), *namen.items()]
            fouten = {"invalid_choice": "Kies een organisatie uit de lijst."}
            return forms.ChoiceField(
                label=label, choices=namen, required=False, help_text=HULP[veld], error_messages=fouten
            )
        if veld in HTML:
            hulp = (
                opmaak.UITLEG
                if vorm == "tekst"
                else "Deze tekst heeft een tabel of andere opmaak: je past de HTML aan."
            )
            return tekstveld(label, LANGST, help_text=hulp, regels=REGELS[veld])
        return tekstveld(
            label, LENGTE[veld], help_text=HULP[veld], regels=REGELS.get(veld, 0), verplicht=veld == "titel"
        )

    def _partners(self, begin):
        """Those that are there (or proposed) as boxes, and two places for a new one."""
        codes = sorted({*begin.split(), *self.nu["partners"].split()}, key=lambda code: self.namen.get(code, code))
        if self.data:
            codes = [
                *codes,
                *(code for code in self.data.getlist("partners") if code in self.namen and code not in codes),
            ]
        self.fields["partners"] = forms.MultipleChoiceField(
            label="Partners",
            required=False,
            choices=[(code, self.namen.get(code, code)) for code in codes],
            widget=forms.CheckboxSelectMultiple,
            help_text=HULP["partners"] if codes else "Er zijn nog geen partners.",
            error_messages={"invalid_choice": "Deze organisatie staat niet in de lijst."},
        )
        for naam, label in (("partner_erbij", "Partner erbij"), ("partner_erbij_2", "Nog een partner erbij")):
            self.fields[naam] = tekstveld(label, 200, help_text="Typ een paar letters en kies een organisatie.")
            self.fields[naam].widget.attrs["list"] = "organisaties"

    def _botsingen(self, data):
        botsend = [veld for veld in (data or {}).get("botsing", "").split(",") if veld in self.velden]
        for veld in botsend:
            self.fields[f"keuze_{veld}"] = forms.ChoiceField(
                label=f"Wat blijft er bij ‘{self.velden[veld]}’?",
                choices=[(MIJN, "Wat ik typte"), (NU, "Wat er nu staat")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Kies bij ‘{self.velden[veld]}’ wat er blijft."},
            )
        return botsend

    def rijen(self):
        """What the page shows in order: (name, field, what somebody else made of it or None, the choice or None)."""
        return [
            (
                veld.name,
                veld,
                self.wie.get(veld.name),
                self[f"keuze_{veld.name}"] if veld.name in self.botsend else None,
            )
            for veld in self.visible_fields()
            if not veld.name.startswith("keuze_")
        ]

    def organisaties(self):
        """The names that may be chosen as a partner."""
        return Organisatie.objects.erkend().order_by("naam").values_list("naam", flat=True)

    def _erbij(self, veld):
        naam = " ".join((self.cleaned_data.get(veld) or "").split())
        if not naam:
            return None
        code = Organisatie.objects.erkend().filter(naam__iexact=naam).values_list("code", flat=True).first()
        if code is None:
            raise forms.ValidationError("We kennen geen organisatie met die naam. Kies er een uit de lijst.")
        return code

    def clean_partner_erbij(self):
        return self._erbij("partner_erbij")

    def clean_partner_erbij_2(self):
        return self._erbij("partner_erbij_2")

    def clean(self):
        schoon = super().clean()
        return {veld: zonder_onzichtbare(w) if isinstance(w, str) else w for veld, w in schoon.items()}

    def waarden(self):
        """{field: text} of what was typed, or of what stands there now where that was chosen."""
        uit = {}
        for veld in self.velden:
            waarde = self.cleaned_data[veld]
            if self.cleaned_data.get(f"keuze_{veld}") == NU:
                uit[veld] = self.nu[veld]
            elif veld in DAGEN:
                uit[veld] = waarde.isoformat() if waarde else ""
            elif veld == "partners":
                erbij = {self.cleaned_data["partner_erbij"], self.cleaned_data["partner_erbij_2"]} - {None, ""}
                uit[veld] = " ".join(sorted({*waarde, *erbij}))
            elif veld in HTML:
                uit[veld] = self._html(waarde)
            else:
                uit[veld] = waarde.replace("\r\n", "\n")
        return uit

    def _html(self, getypt):
        """HTML from the text; a text that was not touched stays exactly as it is."""
        if getypt.replace("\r", "").strip() == (self.initial["lange_omschrijving"] or "").replace("\r", "").strip():
            return self.begin["lange_omschrijving"]
        return opmaak.als_html(getypt) if self.cleaned_data["opmaak"] == "tekst" else getypt


class BesluitForm(forms.Form):
    """What the coordinator does with one field of a proposal."""

    def __init__(self, data=None, *, rij, label):
        super().__init__(data, prefix=rij.veld)
        self.rij = rij
        keuzes = [
            ("overgenomen", "Neem over"),
            ("aangepast", "Neem over, maar anders"),
            ("geweigerd", "Neem niet over"),
        ]
        if rij.veld in ("partners", "trekker_organisatie"):
            del keuzes[1]
        self.fields["uitkomst"] = forms.ChoiceField(
            label=f"Wat doe je met ‘{label}’?",
            choices=keuzes,
            widget=forms.RadioSelect,
            error_messages={"required": f"Kies wat je doet met ‘{label}’.", "invalid_choice": "Kies een van deze."},
        )
        if len(keuzes) == 3:
            self.fields["tekst"] = self._tekst(rij)
            self.fields["tekst"].wanneer = "alleen bij ‘Neem over, maar anders’"
        self.fields["nota"] = tekstveld("Nota", 300, help_text="Wie het voorstelde, leest dit.")
        self.fields["nota"].wanneer = "verplicht als je dit niet overneemt"

    def _tekst(self, rij):
        if rij.veld in DAGEN:
            self.initial["tekst"] = rij.nieuw and date.fromisoformat(rij.nieuw)
            return forms.DateField(
                label="Andere datum", required=False, widget=Datum, error_messages={"invalid": SLECHTE_DATUM}
            )
        self.tekens = opmaak.als_tekst(rij.nieuw) if rij.veld in HTML else None
        self.initial["tekst"] = rij.nieuw if self.tekens is None else self.tekens
        hulp = opmaak.UITLEG if self.tekens is not None else ""
        return tekstveld("Andere tekst", LENGTE.get(rij.veld, LANGST), regels=REGELS.get(rij.veld, 0), help_text=hulp)

    def clean(self):
        schoon = super().clean()
        geweigerd = schoon.get("uitkomst") == Voorstelveld.Uitkomst.GEWEIGERD
        if geweigerd and "nota" not in self.errors and not schoon["nota"].strip():
            self.add_error("nota", "Schrijf waarom je dit niet overneemt. Wie het voorstelde, leest het.")
        return {veld: zonder_onzichtbare(w) if isinstance(w, str) else w for veld, w in schoon.items()}

    def besluit(self):
        tekst = self.cleaned_data.get("tekst") or ""
        if isinstance(tekst, date):
            tekst = tekst.isoformat()
        elif self.rij.veld in HTML and self.tekens is not None:
            tekst = opmaak.als_html(tekst)
        return Besluit(self.cleaned_data["uitkomst"], tekst.replace("\r\n", "\n"), self.cleaned_data["nota"])
