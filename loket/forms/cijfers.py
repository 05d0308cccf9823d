"""Choosing what figures to see."""

from django import forms

from loket.cijfers.periode import Periode, keuzes

VORIGE, JAAR_EERDER = "vorige", "jaar"


class CijfersForm(forms.Form):
    """`periode` and what to compare it with. Nothing chosen, or nonsense: the running year."""

    periode = forms.ChoiceField(label="Periode", required=False)
    naast = forms.ChoiceField(
        label="Vergelijk met",
        required=False,
        choices=[(VORIGE, "de periode ervoor"), (JAAR_EERDER, "een jaar eerder")],
    )

    def __init__(self, data, *, eerste, vandaag):
        groepen = keuzes(eerste, vandaag)
        bekend = {periode.code for _, perioden in groepen for periode in perioden}
        gekozen = data.get("periode") if data.get("periode") in bekend else str(vandaag.year)
        naast = data.get("naast") if data.get("naast") in (VORIGE, JAAR_EERDER) else VORIGE
        super().__init__({"periode": gekozen, "naast": naast})
        self.fields["periode"].choices = [(groep, [(p.code, p.naam) for p in perioden]) for groep, perioden in groepen]
        for veld in self.fields.values():
            veld.widget.attrs["class"] = "form-select"
        self.periode = Periode.van_code(gekozen)
        self.vorige = self.periode.jaar_eerder() if naast == JAAR_EERDER else self.periode.vorige()
        self.vraagdeel = f"?periode={gekozen}&naast={naast}"
