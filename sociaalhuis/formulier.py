"""How forms become HTML: the parts that every page repeats are written here, not by templates.

Django renders a widget, and crispy a field, with templates that include others: about twenty for one field, one more for
each option of a select. A form of six fields took 6 ms of processor. The same HTML written at once takes a fifth (see
docs/besluiten/0021-lichte-velden.md).

- `Schrijver` is the FORM_RENDERER: the plain widgets, and Django's own templates for every other one.
- `veld` is what templates/bootstrap5/field.html calls: label, help, errors, then the field. What you must know comes
  before what you must do. Optional fields say so; required ones do not.
"""

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from sociaalhuis.templatetags.huis import picto

# --- widgets ------------------------------------------------------------------------------------


def attributen(attrs):
    """The attributes of an element, each after a space: True is one without a value, False is none."""
    return "".join(
        f" {naam}" if waarde is True else f' {naam}="{escape(str(waarde))}"'
        for naam, waarde in attrs.items()
        if waarde is not False
    )


def _invoer(widget):
    waarde = widget["value"]
    met = "" if waarde is None else f' value="{escape(str(waarde))}"'
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{met}{attributen(widget["attrs"])}>'


def _bestand(widget):
    """None (Django's template) when there is a file already."""
    return None if widget["is_initial"] else _invoer(widget)


def _tekstvak(widget):
    # the line break is not part of the text: HTML drops the first one
    tekst = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escape(widget["name"])}"{attributen(widget["attrs"])}>\n{tekst}</textarea>'


def _keuzelijst(widget):
    delen = []
    for groep, opties, _ in widget["optgroups"]:
        rij = "".join(
            f'<option value="{escape(str(optie["value"]))}"{attributen(optie["attrs"])}>'
            f"{conditional_escape(optie['label'])}</option>"
            for optie in opties
        )
        delen.append(f'<optgroup label="{escape(groep)}">{rij}</optgroup>' if groep else rij)
    return f'<select name="{escape(widget["name"])}"{attributen(widget["attrs"])}>{"".join(delen)}</select>'


ZELF = {
    **{
        f"django/forms/widgets/{soort}.html": _invoer
        for soort in ("checkbox", "date", "email", "file", "hidden", "input", "number", "password", "tel", "text", "time", "url")
    },
    "django/forms/widgets/clearable_file_input.html": _bestand,
    "django/forms/widgets/textarea.html": _tekstvak,
    "django/forms/widgets/select.html": _keuzelijst,
}  # fmt: skip


class Schrijver(DjangoTemplates):
    """Django's form renderer, which writes the plain widgets itself."""

    def render(self, template_name, context, request=None):
        html = template_name in ZELF and ZELF[template_name](context["widget"])
        return mark_safe(html) if html else super().render(template_name, context, request)


# --- fields -------------------------------------------------------------------------------------


def _optioneel(field):
    """Beside the label of a field that may stay empty: that it may, or when it may not (`wanneer` of the field)."""
    if field.field.required:
        return ""
    return f' <span class="optioneel">({escape(getattr(field.field, "wanneer", "niet verplicht"))})</span>'


def veld(field):
    """The HTML of a bound field with its label, help and errors."""
    if field.is_hidden:
        return SafeString(field)
    fouten, widget = field.errors, field.field.widget
    uitleg = _hulp(field) + _fouten(field, fouten)
    naam, optioneel = conditional_escape(field.label), _optioneel(field)
    if isinstance(widget, forms.CheckboxInput):
        vak = _met_klasse(field, "form-check-input", fouten)
        label = f'<label for="{field.id_for_label}" class="form-check-label">{naam}</label>'
        binnen = f'{_fouten(field, fouten)}<div class="form-check">{vak} {label}</div>{_hulp(field)}'
    elif field.use_fieldset:
        bij = f' aria-describedby="{field.aria_describedby}"' if field.aria_describedby else ""
        keuzes = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        vakken = _keuzes(field, fouten) if keuzes else _met_klasse(field, "form-control", fouten)
        binnen = f'<fieldset{bij}><legend class="form-label">{naam}{optioneel}</legend>{uitleg}{vakken}</fieldset>'
    else:
        label = f'<label for="{field.id_for_label}" class="form-label">{naam}{optioneel}</label>' if field.label else ""
        klasse = "form-select" if isinstance(widget, forms.Select) else "form-control"
        binnen = f"{label}{uitleg}{_met_klasse(field, klasse, fouten)}"
    klassen = " ".join(filter(None, ["veld", fouten and "met-fout", field.css_classes()]))
    return mark_safe(f'<div id="div_{field.auto_id}" class="{klassen}">{binnen}</div>\n')


def _met_klasse(field, klasse, fouten):
    """The widget with this class on top of its own."""
    eigen = [field.field.widget.attrs.get("class"), klasse, fouten and "is-invalid"]
    return field.as_widget(attrs={"class": " ".join(filter(None, eigen))})


def _hulp(field):
    if not field.help_text:
        return ""
    eigen_id = f' id="{field.auto_id}_helptext"' if field.auto_id else ""
    return f'<div{eigen_id} class="form-text">{field.help_text}</div>'


def _fouten(field, fouten):
    if not fouten:
        return ""
    regels = "".join(f'<p class="m-0">{conditional_escape(fout)}</p>' for fout in fouten)
    return f'<div id="{field.auto_id}_error" class="veld-fout">{picto("fout")}<div>{regels}</div></div>'


def _keuzes(field, fouten):
    """Radio buttons or check boxes, each with its label."""
    klasse = "form-check-input is-invalid" if fouten else "form-check-input"
    attrs = field.build_widget_attrs({"id": field.field.widget.attrs.get("id") or field.auto_id})
    waarden = field.field.widget.format_value(field.value())
    delen = []
    for groep, opties, _ in field.field.widget.optgroups(field.html_name, waarden, attrs):
        delen.append(f'<span class="keuze-groep">{escape(groep)}</span>' if groep else "")
        for optie in opties:
            met = {"type": optie["type"], "class": klasse, "name": field.html_name, "value": optie["value"]}
            label = f'<label for="{optie["attrs"]["id"]}" class="form-check-label">{conditional_escape(optie["label"])}</label>'
            delen.append(f'<div class="form-check"><input{attributen(met | optie["attrs"])}> {label}</div>')
    return f'<div class="keuzes">{"".join(delen)}</div>'
