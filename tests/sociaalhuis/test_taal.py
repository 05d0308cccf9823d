"""What Django and its packages say on screen, said plainly."""

import gettext
import re
from pathlib import Path

import allauth
import django
import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

MAP = Path(__file__).resolve().parents[2] / "locale" / "nl" / "LC_MESSAGES"


def zinnen(po):
    """The (msgid, msgstr) pairs of a catalogue; for a plural its first form."""
    for blok in re.findall(r"^msgid .*?(?=\n\n|\Z)", po.read_text(), re.M | re.S):
        id_, str_ = re.split(r"^msgstr(?:\[0\])? ", blok, maxsplit=1, flags=re.M)
        delen = (id_.split("msgid_plural")[0], re.split(r"^msgstr\[1\]", str_, flags=re.M)[0])
        yield tuple("".join(re.findall(r'"(.*)"', deel)).replace('\\"', '"') for deel in delen)


OVERSCHREVEN = [paar for paar in zinnen(MAP / "django.po") if paar[0]]


def test_compiled_catalogue_is_what_the_source_says():
    with (MAP / "django.mo").open("rb") as bestand:
        catalogus = gettext.GNUTranslations(bestand)._catalog
    gecompileerd = {
        (k[0] if isinstance(k, tuple) else k): v for k, v in catalogus.items() if not (isinstance(k, tuple) and k[1])
    }
    gecompileerd.pop("")
    assert gecompileerd == dict(OVERSCHREVEN)


def test_every_sentence_is_one_that_django_or_allauth_says():
    bronnen = [Path(django.__file__).parent, Path(allauth.__file__).parent]
    bekend = {id_ for bron in bronnen for po in bron.rglob("locale/nl/LC_MESSAGES/django.po") for id_, _ in zinnen(po)}
    # Django 5.2 says this one; its own Dutch catalogue is behind
    bekend.add("This password is too short. It must contain at least %d character.")
    assert [id_ for id_, _ in OVERSCHREVEN if id_ not in bekend] == []


def test_no_formal_you():
    assert [str_ for _, str_ in OVERSCHREVEN if re.search(r"\b[Uu]w?\b", str_)] == []


def test_a_short_password_is_refused_in_dutch():
    with pytest.raises(ValidationError) as fout:
        validate_password("rode fiets")
    assert fout.value.messages == ["Dit wachtwoord is te kort. Neem minstens 12 tekens."]


def test_a_form_says_it_plainly():
    veld = forms.EmailField()
    for invoer, zin in [("", "Vul dit in."), ("jan@", "Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.be.")]:
        with pytest.raises(ValidationError) as fout:
            veld.clean(invoer)
        assert fout.value.messages == [zin]
