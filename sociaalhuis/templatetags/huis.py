"""Tags and filters that every template has (a builtin library)."""

from django import template

register = template.Library()
