"""Accepting an empty cell of the coverage matrix."""

from django import forms

from sociaalhuis.beheer.widgets import Datum


class LeemteForm(forms.Form):
    reden = forms.CharField(
        label="Waarom doen we hier niets?",
        max_length=500,
        help_text="Dit komt op de site.",
        widget=forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        error_messages={
            "required": "Schrijf waarom dit vak leeg mag blijven.",
            "max_length": "Hou het kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s.",
        },
    )
    namens = forms.CharField(
        label="Wie koos dit?",
        max_length=120,
        help_text="De dienst of het orgaan, nooit een persoon. Dit komt op de site.",
        error_messages={
            "required": "Schrijf welke dienst of welk orgaan dit koos.",
            "max_length": "Hou het kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s.",
        },
    )
    tot = forms.DateField(
        label="Tot wanneer?",
        help_text="Daarna staat dit vak weer bij de gaten.",
        widget=Datum,
        error_messages={
            "required": "Kies tot wanneer dit zo mag blijven.",
            "invalid": "Schrijf de datum als dag, maand en jaar, zoals 31/12/2027.",
        },
    )
