"""Whether the mail server of the town confirmed that a mail comes from the domain of its sender.

A sender's address is typed by whoever writes. The server that takes mail in for the town checks it (SPF, DKIM, DMARC) and
writes what it found in a header `Authentication-Results` (RFC 8601), under its own name. Anyone may send such a header
along, so only the topmost one that bears the configured name counts: servers write on top, and must throw away those
that come in under their name (RFC 8601, section 5). Without a configured name nothing is claimed.

Confirmed is: DMARC passed for exactly the domain of the one sender; or, where that domain has no DMARC, DKIM or SPF
passed for the same domain, one above it or one below it. Everything else is not confirmed, and says why.
"""

import re
from email.utils import getaddresses
from typing import NamedTuple

from django.db import models

from loket.mail.lezen import Post

KOP = "authentication-results"
MEEST = 10_000  # characters of one header
UITSLAG = re.compile(r"^([a-z0-9-]+)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)\b", re.IGNORECASE)
EIGENSCHAP = re.compile(r'\b(header\.(?:from|d|i)|smtp\.mailfrom)\s*=\s*("[^"]*"|[^\s;]+)', re.IGNORECASE)

GEEN_UITSLAG = "onze mailserver keek de afzender niet na"
MEER_AFZENDERS = "er staat niet precies één afzender in"
DMARC_FOUT = "de mail komt niet van de mailserver van dat adres"
NIET_GEVONDEN = "niets toont dat de mail van dat adres komt"


class Echtheid(models.TextChoices):
    BEVESTIGD = "bevestigd", "Afzender bevestigd"
    NIET = "niet", "Afzender niet bevestigd"


class Oordeel(NamedTuple):
    """`stand` is an `Echtheid`, or '' where nothing is claimed; `waarom` a part of a sentence for staff."""

    stand: str = ""
    waarom: str = ""


def oordeel(post: Post, ontvangers) -> Oordeel:
    """What the trusted server found; `ontvangers` are the names under which it writes, in lower case."""
    if not ontvangers:
        return Oordeel()
    if [adres.strip().lower() for _, adres in getaddresses(post.koppen.get("from", []))] != [post.afzender]:
        return Oordeel(Echtheid.NIET, MEER_AFZENDERS)
    uitslagen = _van_ons(post.koppen.get(KOP, []), ontvangers)
    if not uitslagen:
        return Oordeel(Echtheid.NIET, GEEN_UITSLAG)
    domein = post.afzender.rpartition("@")[2]
    dmarc = [(uitslag, velden.get("header.from", "")) for soort, uitslag, velden in uitslagen if soort == "dmarc"]
    if any(uitslag == "pass" and van.lower() == domein for uitslag, van in dmarc):
        return Oordeel(Echtheid.BEVESTIGD)
    if any(uitslag not in ("none", "temperror") for uitslag, _ in dmarc):
        return Oordeel(Echtheid.NIET, DMARC_FOUT)
    namen = [naam for soort, uitslag, velden in uitslagen if uitslag == "pass" for naam in _namen(soort, velden)]
    if any(_zelfde_huis(naam, domein) for naam in namen):
        return Oordeel(Echtheid.BEVESTIGD)
    return Oordeel(Echtheid.NIET, NIET_GEVONDEN)


def _van_ons(koppen, ontvangers):
    """[(method, result, properties)] of the topmost header of our server; [] when there is none."""
    for kop in koppen:
        naam, *stukken = _stukken(kop[:MEEST])
        if naam.split()[:1] and naam.split()[0].lower() in ontvangers:
            return [gelezen for stuk in stukken if (gelezen := _lees(stuk))]
    return []


def _stukken(kop):
    """The parts between semicolons, without comments (which may be nested) and with no semicolon left in quotes."""
    uit, diepte, citaat, letterlijk = [], 0, False, False
    for teken in kop:
        if letterlijk or teken == "\\":
            letterlijk = not letterlijk
            teken = "" if letterlijk else teken
        elif teken == '"' and not diepte:
            citaat = not citaat
        elif teken in "()" and not citaat:
            diepte = diepte + 1 if teken == "(" else max(diepte - 1, 0)
            teken = " "
        if not diepte:
            uit.append(" " if citaat and teken == ";" else teken)
    return [stuk.strip() for stuk in "".join(uit).split(";")]


def _lees(stuk):
    """(method, result, properties) of one part, or None."""
    treffer = UITSLAG.match(stuk)
    if treffer is None:
        return None
    velden = {}
    for naam, waarde in EIGENSCHAP.findall(stuk):
        velden.setdefault(naam.lower(), waarde.strip('"').lower())
    return treffer[1].lower(), treffer[2].lower(), velden


def _namen(soort, velden):
    """The domains that a passed method speaks for."""
    if soort == "dkim":
        return [waarde.rpartition("@")[2] for veld in ("header.d", "header.i") if (waarde := velden.get(veld))]
    if soort == "spf" and velden.get("smtp.mailfrom"):
        return [velden["smtp.mailfrom"].rpartition("@")[2]]
    return []


def _zelfde_huis(naam, domein):
    """Whether two domains are the same, or one lies under the other; a bare top-level domain is nobody's house."""
    if "." not in naam or "." not in domein:
        return False
    return naam == domein or domein.endswith(f".{naam}") or naam.endswith(f".{domein}")
