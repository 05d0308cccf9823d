"""A form that anyone may post: what counts as the same post, and what looks like a machine."""

import uuid
from datetime import timedelta

from django.utils import timezone

from sociaalhuis.inzending import Bewijs, Teken, inzending_van


def test_the_same_form_with_other_content_is_another_post():
    formulier = uuid.uuid4()
    eerste = inzending_van(formulier, "a", b"bc")
    assert eerste == inzending_van(formulier, b"a", "bc")
    assert eerste != inzending_van(formulier, "ab", "c")
    assert eerste != inzending_van(uuid.uuid4(), "a", "bc")


def test_a_forged_token_has_no_time():
    for getypt in ("vervalst", "\udcff", ""):
        assert Bewijs.lees(getypt).gemaakt_op is None
        assert Bewijs.lees(getypt).teken(valstrik="", tekst="Hallo") == Teken.GEEN_BEWIJS


def test_a_machine_is_too_fast_and_a_slow_writer_never():
    assert Bewijs.lees(Bewijs.nieuw()).teken(valstrik="", tekst="Hallo") == Teken.TE_SNEL
    traag = Bewijs(uuid.uuid4(), timezone.now() - timedelta(days=90))
    assert traag.teken(valstrik="", tekst="Hallo") == ""
    assert traag.teken(valstrik="x", tekst="Hallo") == Teken.VALSTRIK
    assert traag.teken(valstrik="", tekst="www.a.example www.b.example www.c.example") == Teken.LINKS
    assert traag.teken(valstrik="", tekst="Hallo", eerder=2) == ""
    assert traag.teken(valstrik="", tekst="Hallo", eerder=3) == Teken.HERHAALD
