"""Forms of staff."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms


class RedenFormulier(forms.Form):
    """A reason that others read: for a refusal or a hidden input."""

    reden = forms.CharField(
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        error_messages={
            "required": "Schrijf een reden. Ze wordt gelezen door wie dit stuurde.",
            "min_length": "Schrijf een hele zin. Wie dit stuurde, moet begrijpen waarom.",
        },
    )

    def __init__(self, *args, label, uitleg, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reden"].label, self.fields["reden"].help_text = label, uitleg
        self.helper = FormHelper()
        self.helper.layout = Layout("reden")
        self.helper.form_tag = False
        self.helper.disable_csrf = True
