"""Small changes to fields of the admin that several pages share."""

import re

from django import forms
from django.utils.safestring import mark_safe

from plan.models import Plan

LINKS = ("can_add_related", "can_change_related", "can_delete_related", "can_view_related")


def zonder_links(veld):
    """The field of a row without the four links beside it: a table has no room for them."""
    for link in LINKS:
        if veld and hasattr(veld.widget, link):
            setattr(veld.widget, link, False)
    return veld


def met_regels(veld, aantal):
    """The field with a text area of so many lines."""
    veld.widget.attrs["rows"] = aantal
    return veld


def als_html(tekst):
    """A text of an `HtmlVeld` (so clean already) as it is read, for a field that can only be read."""
    return mark_safe(tekst) if tekst else "–"


class BijPlan:
    """Mixin for what belongs to a plan: a new row begins with the plan, where there is only one that still runs."""

    def get_changeform_initial_data(self, request):
        lopend = list(Plan.objects.exclude(staat=Plan.Staat.AFGELOPEN).values_list("pk", flat=True)[:2])
        begin = {"plan": lopend[0]} if len(lopend) == 1 else {}
        return {**begin, **super().get_changeform_initial_data(request)}


class Bedrag(forms.DecimalField):
    """An amount in euro as people write it: 1.234,50 or 1 234,50 or 1234.50. Three digits after a point are thousands."""

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"[\s€]", "", value)
            if "," in value or re.fullmatch(r"\d{1,3}(\.\d{3})+", value):
                value = value.replace(".", "").replace(",", ".")
        return super().to_python(value)
