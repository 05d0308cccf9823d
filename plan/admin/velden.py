"""Small changes to fields of the admin that several pages share."""

import re

from django import forms
from django.utils.safestring import mark_safe

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


class Bedrag(forms.DecimalField):
    """An amount in euro as people write it: 1.234,50 or 1 234,50 or 1234.50. Three digits after a point are thousands."""

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"[\s€]", "", value)
            if "," in value or re.fullmatch(r"\d{1,3}(\.\d{3})+", value):
                value = value.replace(".", "").replace(",", ".")
        return super().to_python(value)
