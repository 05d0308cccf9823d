"""Themes, groups and areas to choose from at the desk, read once per version of what is public."""

from django import forms
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe

from sociaalhuis.formulier import attributen
from sociaalhuis.models import Doelgroep, Gebied, Thema
from sociaalhuis.versie import bij_versie

MODELLEN = {"thema": Thema, "doelgroep": Doelgroep, "gebied": Gebied}


@bij_versie
def indeling(nummer):
    """{'thema': [(code, pk, name)], 'doelgroep': ..., 'gebied': ...} under this version (0 = asked now)."""
    return {naam: list(model.objects.values_list("code", "pk", "naam")) for naam, model in MODELLEN.items()}


class LichteKeuze(forms.Select):
    """A select without groups, written at once: a page with a dozen of them costs a quarter less than with templates."""

    def render(self, name, value, attrs=None, renderer=None):
        gekozen = "" if value is None else str(value)
        opties = [
            f'<option value="{escape(code)}"{" selected" if code == gekozen else ""}>{conditional_escape(tekst)}</option>'
            for code, tekst in (("" if code is None else str(code), tekst) for code, tekst in self.choices)
        ]
        eigen = attributen(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return mark_safe(f"<select{eigen}>{''.join(opties)}</select>")


class IndelingVeld(forms.ChoiceField):
    """A choice from one of these lists that asks the database nothing; the cleaned value is a primary key or None."""

    widget = LichteKeuze

    def __init__(self, *, leeg, **opties):
        self.leeg = leeg
        super().__init__(required=False, **opties)

    def zet(self, rijen):
        self.choices = [("", self.leeg), *((code, naam) for code, _, naam in rijen)]
        self.pk_van = {code: pk for code, pk, _ in rijen}

    def clean(self, waarde):
        return self.pk_van.get(super().clean(waarde))
