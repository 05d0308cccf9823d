"""Choosing what figures to see."""

from django import forms
from django.utils import timezone

from loket.cijfers.periode import Periode, keuzes

VORIGE, JAAR_EERDER = "vorige", "jaar"


class PeriodeForm(forms.Form):
    """Nothing chosen, or nonsense: the running year."""

    periode = forms.ChoiceField(label="Periode", required=False)

    @classmethod
    def van(cls, data, vragen):
        """The form for these questions: one may choose from the first of them until today."""
        eerste = vragen.order_by("geregistreerd_op").values_list("geregistreerd_op", flat=True).first()
        vandaag = timezone.localdate()
        return cls(data, eerste=timezone.localdate(eerste) if eerste else vandaag, vandaag=vandaag)

    def __init__(self, data, *, eerste, vandaag, **gekozen):
        groepen = keuzes(eerste, vandaag)
        bekend = {periode.code for _, perioden in groepen for periode in perioden}
        gekozen["periode"] = data.get("periode") if data.get("periode") in bekend else str(vandaag.year)
        super().__init__(gekozen)
        self.fields["periode"].choices = [(groep, [(p.code, p.naam) for p in perioden]) for groep, perioden in groepen]
        for veld in self.fields.values():
            veld.widget.attrs["class"] = "form-select"
        self.gekozen = Periode.van_code(gekozen["periode"])
        self.vraagdeel = "?" + "&".join(f"{naam}={waarde}" for naam, waarde in gekozen.items())


class CijfersForm(PeriodeForm):
    """The period, and what to put beside it."""

    naast = forms.ChoiceField(
        label="Vergelijk met",
        required=False,
        choices=[(VORIGE, "de periode ervoor"), (JAAR_EERDER, "een jaar eerder")],
    )

    def __init__(self, data, **opties):
        naast = data.get("naast") if data.get("naast") in (VORIGE, JAAR_EERDER) else VORIGE
        super().__init__(data, naast=naast, **opties)
        self.vorige = self.gekozen.jaar_eerder() if naast == JAAR_EERDER else self.gekozen.vorige()
