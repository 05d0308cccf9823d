"""HTML that people or catalogues write, made safe, and the same as plain text.

`schoon` is the only place where HTML is cleaned; `HtmlVeld` calls it on every way into the database, so templates
may print such a field as it is.
"""

import re
from html import unescape

import nh3
from django.db import models

TOEGELATEN = {"a", "abbr", "b", "blockquote", "br", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "sub", "sup",
              "table", "tbody", "td", "th", "thead", "tr", "u", "ul"}  # fmt: skip
ATTRIBUTEN = {"a": {"href"}, "abbr": {"title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
SCHEMAS = {"http", "https", "mailto", "tel"}

# A text sits below a heading of level 2 of the page, so its own headings start at 3.
KOP = re.compile(r"(</?)h[12](?=[\s>])", re.IGNORECASE)
DIEPE_KOP = re.compile(r"(</?)h[56](?=[\s>])", re.IGNORECASE)
LEEG = re.compile(r"<(p|h3|h4|li|strong|em|b|i|u|ul|ol)>(?:\s|&nbsp;|<br>)*</\1>")
BLOKEINDE = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|tr|td|th|table|blockquote|br|div)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
ONZICHTBAAR = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\u202a-\u202e\u2066-\u2069]")


def zonder_onzichtbare(tekst):
    """The text without control characters and without marks that turn the reading direction."""
    return ONZICHTBAAR.sub("", tekst)


def schoon(html):
    """Safe HTML from any HTML: a short list of tags, links to http(s), mail and phone only, no empty paragraphs."""
    if not html:
        return ""
    html = DIEPE_KOP.sub(r"\1h4", KOP.sub(r"\1h3", zonder_onzichtbare(html)))
    html = nh3.clean(html, tags=TOEGELATEN, attributes=ATTRIBUTEN, url_schemes=SCHEMAS, link_rel="noopener noreferrer")
    for _ in range(3):
        html, aantal = LEEG.subn("", html)
        if not aantal:
            break
    return html.strip()


def plat(html):
    """The words of a piece of HTML on one line."""
    return " ".join(unescape(TAG.sub("", BLOKEINDE.sub(" ", html or ""))).replace("\xa0", " ").split())


class HtmlVeld(models.TextField):
    """A text field that holds clean HTML, whatever way it came in: form, import, loader or update()."""

    def pre_save(self, model_instance, add):
        schone = schoon(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, schone)
        return schone

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(schoon(value) if isinstance(value, str) else value, connection)
