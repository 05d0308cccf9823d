"""How fields of the admin are filled in: what the browser itself offers, and a search of our own for long lists.

The calendar, the two lists side by side and select2 of the stock admin cannot be used by everyone.
"""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect, AutocompleteSelectMultiple


class Datum(forms.DateInput):
    """A day, with the date picker of the browser."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class Tijd(forms.TimeInput):
    """A time of the day, with the time picker of the browser."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class DatumTijd(AdminSplitDateTime):
    """A moment: a day and a time, each with its own label."""

    def __init__(self, attrs=None):
        forms.MultiWidget.__init__(self, [Datum, Tijd], attrs)


def kan_sleutel_zijn(veld, waarde) -> bool:
    """Whether this field could hold this value, so that the database can be asked for it."""
    try:
        veld.get_prep_value(waarde)
    except (TypeError, ValueError):
        return False
    return "\x00" not in str(waarde)


class _Zoek:
    """Django's autocomplete (its view, its permissions, its data attributes), without select2."""

    def optgroups(self, name, value, attr=None):
        """The rows chosen now. Django asks the database for whatever was sent; what can be no key is left out here."""
        doel = self.field.remote_field
        veld = doel.model._meta.get_field(getattr(doel, "field_name", None) or doel.model._meta.pk.name)
        keuzes = [een for een in value if een in (None, "") or kan_sleutel_zijn(veld, een)]
        return super().optgroups(name, keuzes, attr)

    @property
    def media(self):
        return forms.Media(js=["admin/js/vendor/jquery/jquery.min.js", "admin/js/jquery.init.js", "js/beheer-keuze.js"])


class ZoekKeuze(_Zoek, AutocompleteSelect):
    """One row out of many: type, see what fits, choose."""


class ZoekKeuzes(_Zoek, AutocompleteSelectMultiple):
    """Several rows out of many."""
