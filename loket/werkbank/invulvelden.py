"""The fields of a canned answer: '{naam}' becomes the name of the one who asked.

What has no value stays visible as '[vul nog in: naam]', and a message with that mark in it is not sent.
"""

import re

from django.utils import timezone

from sociaalhuis.templatetags.huis import datum

VELD = re.compile(r"\{\s*([^{}\n]{1,40}?)\s*\}")
OPEN = re.compile(r"\[vul nog in: ([^\]\n]{1,40})\]")


def _adres_van_dienst(vraag, door, huis):
    punt = vraag.dienst.contactpunten.first() if vraag.dienst_id else None
    return punt.adres if punt else ""


# field -> (what it is, its value from (vraag, door, huis))
VELDEN = {
    "naam": ("naam van de vrager", lambda vraag, door, huis: vraag.naam),
    "referentie": ("referentie van de vraag", lambda vraag, door, huis: vraag.referentie),
    "termijn": ("dag waarop het antwoord er is", lambda vraag, door, huis: datum(vraag.uiterlijk_op)),
    "dienst": ("naam van de dienst", lambda vraag, door, huis: vraag.dienst.titel if vraag.dienst_id else ""),
    "adres van dienst": ("waar je voor die dienst moet zijn", _adres_van_dienst),
    "medewerker": ("jouw naam", lambda vraag, door, huis: door.naam),
    "team": ("team dat de vraag behandelt", lambda vraag, door, huis: vraag.team.naam),
    "telefoon": ("telefoonnummer van het huis", lambda vraag, door, huis: huis.telefoon),
    "e-mail": ("e-mailadres van het huis", lambda vraag, door, huis: huis.email),
    "adres": ("adres van het huis", lambda vraag, door, huis: huis.adres if huis.straat else ""),
    "huis": ("naam van het huis", lambda vraag, door, huis: huis.naam),
    "vandaag": ("de dag van vandaag", lambda vraag, door, huis: datum(timezone.localdate())),
}


# What differs from one question to another; in an answer to several it is filled in for each of them.
EIGEN = {"naam", "referentie", "termijn", "dienst", "adres van dienst", "team"}
ZONDER_NAAM = re.compile(r"[ \t]*\{\s*naam\s*\}", re.IGNORECASE)
GEEN_NAAM = {"de", "den", "der", "het", "meneer", "mevrouw", "van", "vande", "te", "ten", "ter"}


def onbekende(tekst):
    """List of the fields of a text that we do not know."""
    return [veld for veld in dict.fromkeys(VELD.findall(tekst)) if veld.lower() not in VELDEN]


def vul_in(tekst, *, vraag, door, huis, behalve=()):
    """The text with its fields filled in, but not those of `behalve`; a field without a value is marked."""

    def waarde(treffer):
        naam = treffer[1].lower()
        if naam not in VELDEN or naam in behalve:
            return treffer[0]
        # What somebody typed as their name is no field and no mark.
        gevonden = re.sub(r"[{}\[\]]", "", str(VELDEN[naam][1](vraag, door, huis) or ""))
        return gevonden or f"[vul nog in: {naam}]"

    return VELD.sub(waarde, tekst)


def vul_in_voor(tekst, *, vraag, door, huis):
    """The same for one of several who get an answer: who gave no name is greeted without one."""
    return vul_in(tekst if vraag.naam else ZONDER_NAAM.sub("", tekst), vraag=vraag, door=door, huis=huis)


def van_deze_vrager(tekst, vraag):
    """List of what in a text belongs to who asked this question only: a name, a reference, a way of contact."""
    namen = [
        deel for deel in vraag.naam.split() if deel[0].isupper() and len(deel) > 1 and deel.lower() not in GEEN_NAAM
    ]
    eigen = [*namen, vraag.referentie, vraag.telefoon, vraag.email, vraag.adres]
    return [iets for iets in eigen if iets and re.search(rf"(?<!\w){re.escape(iets)}(?!\w)", tekst)]


def merken(tekst):
    """List of the marks of fields that had no value."""
    return list(dict.fromkeys(OPEN.findall(tekst)))


def nog_open(tekst):
    """List of what has still to be filled in: marks, and known fields that were typed by hand."""
    velden = [veld for veld in VELD.findall(tekst) if veld.lower() in VELDEN]
    return list(dict.fromkeys([*OPEN.findall(tekst), *velden]))
