"""The question of a visitor: any text is fine, nothing is refused."""

from django import forms

from loket.zoek.vraag import MEESTE_TEKENS
from sociaalhuis.tekst import zonder_onzichtbare


class ZoekForm(forms.Form):
    q = forms.CharField(required=False)

    @classmethod
    def gevraagd(cls, data):
        """The words to look for, on one line, without what cannot be seen, never too long."""
        ruw = data.get("q", "")
        return " ".join(zonder_onzichtbare(ruw[: 4 * MEESTE_TEKENS]).split())[:MEESTE_TEKENS]
