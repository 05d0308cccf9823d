"""Writing down a measurement: numbers as people write them here, the day, a note, and the breakdown by group and area."""

import re
from decimal import Decimal

from django import forms

from plan.bbc.getal import lees_bedrag
from plan.models import Indicator, Uitsplitsing
from sociaalhuis.beheer.widgets import Datum
from sociaalhuis.models import Doelgroep, Gebied

GEEN_GETAL = "Schrijf een getal, zoals 1.234,5."
TE_FIJN = re.compile(r",\d{3,}$|^[-−]?0[.]\d{3,}$|[.]\d{4,}$")  # more than two digits behind the comma
ALS_PUNT = re.compile(r"^[-−]?0[.]")  # 0.12 is no thousand, so its point is a comma


def lees_getal(tekst):
    """Decimal of a number as people write it here: '1.234,5', '1 234,5' and '1234.5'. Raises ValueError.

    Three digits after a single point are thousands ('1.234'); after a comma they are too many.
    """
    tekst = tekst.replace("%", "").strip()
    if TE_FIJN.search(tekst):
        raise ValueError(tekst)
    getal = lees_bedrag(tekst, "." if ALS_PUNT.match(tekst) else None)
    if getal is None:
        raise ValueError(tekst)
    return getal


class Getal(forms.CharField):
    """A number in Belgian notation. Shows what was typed until it is one."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, **kwargs)
        self.error_messages["max_length"] = "Dat is te lang voor een getal."
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value):
        tekst = super().clean(value)
        if not tekst:
            return None
        try:
            return lees_getal(tekst)
        except ValueError:
            raise forms.ValidationError(GEEN_GETAL) from None


def toon(waarde):
    """A Decimal as it is typed: 1234.50 -> '1234,5'."""
    return "" if waarde is None else f"{waarde.normalize():f}".replace(".", ",")


class MetingForm(forms.Form):
    """A measurement of one indicator; `delen` are its `Uitsplitsing`en after it was checked."""

    waarde = Getal(label="Hoeveel?", error_messages={"required": "Schrijf het cijfer dat je meet."})
    datum = forms.DateField(
        label="Stand van",
        widget=Datum,
        error_messages={
            "required": "Kies de dag waarvoor het cijfer geldt.",
            "invalid": "Schrijf de datum als dag, maand en jaar, zoals 31/12/2026.",
        },
    )
    toelichting = forms.CharField(
        label="Wat zegt dit cijfer?",
        required=False,
        max_length=500,
        help_text="In gewone taal. Dit komt op de site, dus geen namen.",
        widget=forms.Textarea(attrs={"rows": 2, "data-tekenteller": ""}),
        error_messages={"max_length": "Hou het kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s."},
    )

    def __init__(self, *args, indicator, meting=None, **kwargs):
        self.indicator = indicator
        delen = {(rij.doelgroep_id, rij.gebied_id): rij for rij in meting.uitsplitsingen.all()} if meting else {}
        if meting:
            kwargs["initial"] = {
                "waarde": toon(meting.waarde), "datum": meting.datum, "toelichting": meting.toelichting
            } | (kwargs.get("initial") or {})  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["waarde"].label = f"Hoeveel {'procent' if indicator.eenheid == '%' else indicator.eenheid}?"
        self.fields["waarde"].widget.attrs["autofocus"] = True
        self.vakken = []
        gebieden = Gebied.objects.filter(ouder__soort=Gebied.Soort.GEMEENTE)
        for soort, rijen in (("doelgroep", Doelgroep.objects.all()), ("gebied", gebieden)):
            for rij in rijen:
                sleutel = (rij.pk, None) if soort == "doelgroep" else (None, rij.pk)
                self._vak(f"{soort}_{rij.pk}", rij, soort, delen.get(sleutel))

    def _vak(self, naam, rij, soort, deel):
        """Adds the field of one group or area; for a share also over how many people it speaks."""
        self.fields[naam] = Getal(label=rij.naam, required=False, initial=toon(deel.waarde) if deel else "")
        self.vakken.append((naam, soort, rij))
        if self.indicator.over == Indicator.Over.AANDEEL:
            self.fields[f"{naam}_n"] = forms.IntegerField(
                label=f"{rij.naam}: over hoeveel mensen?", required=False, min_value=0, max_value=9_999_999,
                initial=deel.aantal if deel else None,
                error_messages={"invalid": "Schrijf een heel getal.", "min_value": "Een aantal is nooit minder dan nul.",
                                "max_value": "Dit aantal is te groot."},
            )  # fmt: skip

    def kolommen(self):
        """[(heading, [bound field])] of the breakdown."""
        koppen = {"doelgroep": "Per groep", "gebied": "Per gebied"}
        return [
            (kop, [self[naam] for naam in self.fields if naam.startswith(f"{soort}_")])
            for soort, kop in koppen.items()
            if any(eigen == soort for _, eigen, _ in self.vakken)
        ]

    @property
    def heeft_delen(self):
        """Whether something of the breakdown is filled in or wrong, so that it must be seen."""
        namen = [naam for naam in self.fields if naam.startswith(("doelgroep_", "gebied_"))]
        return any(self[naam].value() not in (None, "") or naam in self.errors for naam in namen)

    def delen(self):
        """Unsaved `Uitsplitsing`en of what was filled in."""
        gevuld = self.cleaned_data
        return [
            Uitsplitsing(**{soort: rij}, waarde=gevuld[naam], aantal=gevuld.get(f"{naam}_n"))
            for naam, soort, rij in self.vakken
            if isinstance(gevuld.get(naam), Decimal)
        ]

    def gegevens(self):
        """What `acties.metingen.bewaar` asks for."""
        return {naam: self.cleaned_data[naam] for naam in ("waarde", "datum", "toelichting")} | {"delen": self.delen()}


class KeurForm(forms.Form):
    """Approving, or sending back with a note."""

    reden = forms.CharField(
        label="Wat moet er anders, of waarom keur je je eigen cijfer goed?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "data-tekenteller": ""}),
        error_messages={"max_length": "Hou het kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s."},
    )
