"""Fields written at once: the same HTML as the templates of Django, and a field as a screen reader needs it."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from sociaalhuis.formulier import Schrijver, veld

KWAAD = "\"><script>x</script>'\u202e&"
GROEPEN = [("Fruit", [("a", "Appel"), (2, mark_safe("<b>Peer</b>"))]), ("", "Niets"), (KWAAD, KWAAD)]


class MetKeuze(forms.Select):
    """A select whose options carry attributes of their own."""

    def create_option(self, *args, **kwargs):
        return super().create_option(*args, **kwargs) | {"attrs": {"data-x": KWAAD, "disabled": True, "hidden": False}}


WIDGETS = [
    forms.TextInput(attrs={"class": "kort", "data-x": KWAAD, "required": True, "hidden": False}),
    forms.NumberInput(attrs={"max": 1000}), forms.EmailInput(), forms.URLInput(), forms.TelInput(), forms.SearchInput(),
    forms.PasswordInput(), forms.PasswordInput(render_value=True), forms.HiddenInput(), forms.DateInput(),
    forms.TimeInput(), forms.CheckboxInput(), forms.FileInput(), forms.ClearableFileInput(),
    forms.Textarea(attrs={"rows": 3}), forms.Select(choices=GROEPEN), forms.SelectMultiple(choices=GROEPEN),
    MetKeuze(choices=GROEPEN), forms.RadioSelect(choices=GROEPEN), forms.CheckboxSelectMultiple(choices=GROEPEN),
    forms.NullBooleanSelect(),
]  # fmt: skip


@pytest.mark.parametrize("waarde", [None, "", "a", 2, 0, True, KWAAD, "\nregel\n<b>", mark_safe("<i>veilig</i>")])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_widget_is_what_the_templates_of_django_make_of_it(widget, waarde):
    eigen = widget.render("na<am", waarde, {"id": "id_x"}, Schrijver())
    van_django = widget.render("na<am", waarde, {"id": "id_x"}, DjangoTemplates())
    assert parse_html(eigen) == parse_html(van_django)


def test_a_line_break_at_the_start_of_a_text_stays():
    html = forms.Textarea().render("x", "\neen", renderer=Schrijver())
    assert html.endswith(">\n\neen</textarea>")


class Formulier(forms.Form):
    naam = forms.CharField(label=f"Naam {KWAAD}", help_text="Zoals op je <b>kaart</b>.", max_length=5)
    bericht = forms.CharField(required=False, widget=forms.Textarea)
    kleur = forms.ChoiceField(choices=[("", "Kies"), ("r", "Rood")])
    hoe = forms.ChoiceField(choices=[("m", "Mail"), ("t", "Telefoon")], widget=forms.RadioSelect, initial="t")
    wie = forms.MultipleChoiceField(
        choices=GROEPEN[:1], widget=forms.CheckboxSelectMultiple, required=False, help_text="Meer mag."
    )
    akkoord = forms.BooleanField(label="Ik ga akkoord", help_text="Dit moet.", error_messages={"required": "Duid aan."})
    bewijs = forms.CharField(widget=forms.HiddenInput)
    foto = forms.FileField(required=False)


def stuk(naam, data=None, files=None):
    return veld(Formulier(data, files)[naam])


def test_what_you_must_know_comes_before_what_you_must_do():
    html = stuk("naam", {"naam": KWAAD})
    volgorde = [
        '<div id="div_id_naam" class="veld met-fout">',
        "<label",
        'id="id_naam_helptext"',
        'id="id_naam_error"',
        "<input",
    ]
    assert sorted(volgorde, key=html.index) == volgorde
    assert 'aria-describedby="id_naam_helptext id_naam_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="form-control is-invalid"' in html
    assert "<script" not in html
    assert "<b>kaart</b>" in html  # help is ours


def test_only_what_may_be_left_out_says_so():
    assert "(niet verplicht)" in stuk("bericht")
    assert "(niet verplicht)" in stuk("wie")
    assert "(niet verplicht)" not in stuk("naam") + stuk("hoe") + stuk("akkoord")


def test_radio_buttons_are_a_group_with_a_name():
    html = stuk("hoe")
    assert '<fieldset><legend class="form-label">Hoe</legend>' in html
    assert parse_html(
        '<div class="form-check"><input type="radio" class="form-check-input" name="hoe" value="t" id="id_hoe_1" required checked>'
        '<label for="id_hoe_1" class="form-check-label">Telefoon</label></div>'
    ) in parse_html(html)
    fout = stuk("hoe", {"hoe": "x"})
    assert '<fieldset aria-describedby="id_hoe_error">' in fout
    assert fout.count("form-check-input is-invalid") == 2


def test_check_boxes_show_their_groups():
    html = stuk("wie", {"wie": ["2"]})
    assert '<fieldset aria-describedby="id_wie_helptext">' in html
    assert '<span class="keuze-groep">Fruit</span>' in html
    assert html.count(" checked") == 1
    assert 'value="2"' in html[: html.index(" checked")]


def test_a_single_box_has_its_label_behind_it():
    html = stuk("akkoord", {})
    volgorde = ["Duid aan.", '<input type="checkbox"', "<label", "Dit moet."]
    assert sorted(volgorde, key=html.index) == volgorde
    assert "<legend" not in html


def test_a_hidden_field_and_a_file():
    assert stuk("bewijs", {"bewijs": KWAAD}).startswith('<input type="hidden"')
    assert "label" not in stuk("bewijs")
    html = stuk("foto", {}, {"foto": SimpleUploadedFile(KWAAD, b"x")})
    assert 'type="file"' in html
    assert 'class="form-control"' in html
    assert "value=" not in html


def test_the_class_of_one_page_does_not_stay_in_the_form():
    formulier = Formulier({})
    assert veld(formulier["naam"]) == veld(formulier["naam"])
    assert "class" not in formulier.fields["naam"].widget.attrs
