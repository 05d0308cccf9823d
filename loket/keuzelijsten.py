"""Themes, groups and areas to choose from at the desk, read once per version of what is public."""

from django import forms

from sociaalhuis.models import Doelgroep, Gebied, Thema
from sociaalhuis.versie import bij_versie

MODELLEN = {"thema": Thema, "doelgroep": Doelgroep, "gebied": Gebied}


@bij_versie
def indeling(nummer):
    """{'thema': [(code, pk, name)], 'doelgroep': ..., 'gebied': ...} under this version (0 = asked now)."""
    return {naam: list(model.objects.values_list("code", "pk", "naam")) for naam, model in MODELLEN.items()}


class IndelingVeld(forms.ChoiceField):
    """A choice from one of these lists that asks the database nothing; the cleaned value is a primary key or None."""

    def __init__(self, *, leeg, **opties):
        self.leeg = leeg
        super().__init__(required=False, **opties)

    def zet(self, rijen):
        self.choices = [("", self.leeg), *((code, naam) for code, _, naam in rijen)]
        self.pk_van = {code: pk for code, pk, _ in rijen}

    def clean(self, waarde):
        return self.pk_van.get(super().clean(waarde))
