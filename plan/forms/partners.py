"""The two forms with which a partner speaks about its own part."""

from django import forms

from sociaalhuis.beheer.widgets import Datum


class BevestigForm(forms.Form):
    wat = forms.CharField(
        label="Wat doen jullie?",
        max_length=300,
        help_text="Eén of twee zinnen. Dit komt op de website.",
        widget=forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        error_messages={
            "required": "Schrijf in één zin wat jullie doen.",
            "max_length": "Hou het kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s.",
        },
    )
    tot = forms.DateField(
        label="Tot wanneer?",
        required=False,
        help_text="Laat leeg als het niet vastligt.",
        widget=Datum,
        error_messages={"invalid": "Schrijf de datum als dag, maand en jaar, zoals 31/12/2027."},
    )


class StopForm(forms.Form):
    reden = forms.CharField(
        label="Waarom stoppen jullie?",
        max_length=300,
        help_text="De coördinator leest dit. Het komt niet op de website.",
        widget=forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        error_messages={
            "required": "Schrijf waarom jullie stoppen. De coördinator leest het.",
            "max_length": "Hou het kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s.",
        },
    )
