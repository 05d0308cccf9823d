"""{% veld form.naam %}: a field with its label, help and errors, see `sociaalhuis.formulier`."""

from django import template

from sociaalhuis import formulier

register = template.Library()
register.simple_tag(formulier.veld, name="veld")
