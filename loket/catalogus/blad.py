"""One service with all its parts, as its page needs it: one query, whatever it holds.

The same with the ORM takes a query per kind of part, which costs more than the rest of the page. The texts were cleaned
on their way into the database (`sociaalhuis.tekst.HtmlVeld`), so the page may print them as they are.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from loket.catalogus import hint, versheid
from sociaalhuis import uren
from sociaalhuis.tekst import plat

PUNT = re.compile(r"<li>(.*?)</li>", re.DOTALL)
MEESTE_MEEBRENGEN = 4
LANGSTE_FEIT = 160

VELDEN = {
    "voorwaarden": (
        "loket_voorwaarde",
        ["id", "titel", "beschrijving", "bewijs_titel", "bewijs", "vraag", "bij_ja", "bij_nee"],
    ),
    "procedures": ("loket_procedure", ["id", "titel", "beschrijving"]),
    "kosten": ("loket_kost", ["titel", "beschrijving"]),
    "voordelen": ("loket_voordeel", ["titel", "beschrijving"]),
    "websites": ("loket_website", ["procedure_id", "titel", "beschrijving", "url"]),
    "wetgeving": ("loket_wetgeving", ["titel", "beschrijving", "url"]),
    "contactpunten": (
        "loket_contactpunt",
        ["naam", "email", "telefoon", "url", "openingsuren", "straat", "huisnummer", "bus", "postcode", "gemeente"],
    ),
}
LIJSTEN = {
    "themas": ("loket_dienst_themas", "sociaalhuis_thema", "thema_id"),
    "doelgroepen": ("loket_dienst_doelgroepen", "sociaalhuis_doelgroep", "doelgroep_id"),
    "gebieden": ("loket_dienst_gebieden", "sociaalhuis_gebied", "gebied_id"),
}


def _kinderen(naam):
    tabel, velden = VELDEN[naam]
    paren = ", ".join(f"'{veld}', k.{veld}" for veld in velden)
    return (
        f"(SELECT json_agg(json_build_object({paren}) ORDER BY k.volgorde, k.id)"
        f" FROM {tabel} k WHERE k.dienst_id = d.id) AS {naam}"
    )


def _lijst(naam):
    koppeling, tabel, sleutel = LIJSTEN[naam]
    return (
        f"(SELECT json_agg(json_build_object('code', l.code, 'naam', l.naam) ORDER BY l.volgorde, l.naam)"
        f" FROM {koppeling} k JOIN {tabel} l ON l.id = k.{sleutel} WHERE k.dienst_id = d.id) AS {naam}"
    )


BLAD = f"""
    SELECT d.slug, d.titel, d.kort, d.beschrijving, d.verdere_beschrijving, d.uitzonderingen, d.regelgeving, d.type,
           d.gratis, d.start, d.einde, d.nagekeken_op, d.nakijken_voor, d.status, b.naam AS bestuur, t.naam AS team,
           o.naam AS aanbieder, o.telefoon AS aanbieder_telefoon, o.email AS aanbieder_email,
           o.website AS aanbieder_website,
           ARRAY(SELECT k.locatie_id FROM loket_dienst_locaties k WHERE k.dienst_id = d.id) AS locaties,
           {", ".join([*map(_kinderen, VELDEN), *map(_lijst, LIJSTEN)])}
    FROM loket_dienst d
    JOIN sociaalhuis_bestuur b ON b.id = d.bestuur_id
    LEFT JOIN sociaalhuis_team t ON t.id = d.team_id
    LEFT JOIN sociaalhuis_organisatie o ON o.id = d.aanbieder_id
    WHERE d.slug = %s AND (%s OR (d.status = 'gepubliceerd' AND (d.einde IS NULL OR d.einde >= %s)))
"""


@dataclass
class Blad:
    """A service and everything on its page. Parts are dicts with the names of the model fields."""

    slug: str
    titel: str
    kort: str
    beschrijving: str
    verdere_beschrijving: str
    uitzonderingen: str
    regelgeving: str
    type: str
    gratis: bool
    start: date | None
    einde: date | None
    nagekeken_op: date | None
    nakijken_voor: date | None
    status: str
    bestuur: str
    team: str | None
    aanbieder: str | None
    aanbieder_telefoon: str | None
    aanbieder_email: str | None
    aanbieder_website: str | None
    locaties: list  # keys of Locatie
    voorwaarden: list
    procedures: list
    kosten: list
    voordelen: list
    websites: list
    wetgeving: list
    contactpunten: list
    themas: list
    doelgroepen: list
    gebieden: list

    def __post_init__(self):
        for naam in (*VELDEN, *LIJSTEN):
            setattr(self, naam, getattr(self, naam) or [])
        per_procedure = {}
        for website in self.websites:
            per_procedure.setdefault(website["procedure_id"], []).append(website)
        self.websites = per_procedure.get(None, [])
        for procedure in self.procedures:
            procedure["websites"] = per_procedure.get(procedure["id"], [])
        for contact in self.contactpunten:
            contact["adres"] = _adres(contact)
            contact["uren_per_dag"] = uren.per_dag(contact["openingsuren"])

    @property
    def punten(self):
        """The contacts, with whether they are open at this moment."""
        return [{**contact, "nu_open": uren.toestand(contact["openingsuren"])} for contact in self.contactpunten]

    @cached_property
    def url(self):
        return reverse("loket:dienst", kwargs={"slug": self.slug})

    @property
    def is_ontwerp(self):
        return self.status != "gepubliceerd"

    @property
    def is_verouderd(self):
        """Whether nobody checked the text in time, see `loket.catalogus.versheid`."""
        return versheid.is_voorbij(self.nakijken_voor, timezone.localdate())

    @property
    def door(self):
        """Who gives it."""
        return self.aanbieder or self.bestuur

    @cached_property
    def zin(self):
        """One sentence about it."""
        return self.kort or _ingekort(plat(self.beschrijving))

    # --- in short ---

    @cached_property
    def bewijzen(self):
        """The conditions that ask to bring something."""
        return [v for v in self.voorwaarden if v["bewijs"] or v["bewijs_titel"]]

    @cached_property
    def hintvragen(self):
        """The conditions that ask a question for the hint, see `loket.catalogus.hint`."""
        return hint.vragen_van(self.voorwaarden)

    @cached_property
    def voor_wie(self):
        if self.doelgroepen:
            return ", ".join(groep["naam"] for groep in self.doelgroepen)
        return self.voorwaarden[0]["titel"] if self.voorwaarden else ""

    @cached_property
    def kost_kort(self):
        if self.gratis:
            return "Gratis"
        if not self.kosten:
            return ""
        kost = self.kosten[0]
        tekst = plat(kost["beschrijving"])
        return tekst if 0 < len(tekst) <= LANGSTE_FEIT else (kost["titel"] or _ingekort(tekst))

    @cached_property
    def meebrengen(self):
        """At most four things to bring, and whether there is more: (list, bool)."""
        dingen = []
        for voorwaarde in self.bewijzen:
            punten = PUNT.findall(voorwaarde["bewijs"]) or [voorwaarde["bewijs"] or voorwaarde["bewijs_titel"]]
            dingen += [_ingekort(plat(punt)) for punt in punten]
        dingen = list(dict.fromkeys(filter(None, dingen)))
        return dingen[:MEESTE_MEEBRENGEN], len(dingen) > MEESTE_MEEBRENGEN

    @cached_property
    def begin(self):
        """How to start, in one line."""
        if not self.procedures:
            return ""
        eerste = self.procedures[0]
        punten = PUNT.findall(eerste["beschrijving"])
        tekst = plat(punten[0] if punten else eerste["beschrijving"])
        return tekst if 0 < len(tekst) <= LANGSTE_FEIT else (eerste["titel"] or _ingekort(tekst))

    @cached_property
    def secties(self):
        """The sections that this page has, as (anchor, heading) in their order."""
        alle = [
            ("wat", "Wat is het?", self.beschrijving or self.verdere_beschrijving),
            ("voor-jou", "Is dit iets voor jou?", self.voorwaarden or self.uitzonderingen),
            ("meebrengen", "Wat breng je mee?", self.bewijzen),
            ("kost", "Wat kost het?", self.kosten or self.gratis),
            ("voordeel", "Wat krijg je?", self.voordelen),
            ("hoe", "Hoe gaat het?", self.procedures),
            ("waar", "Waar en wanneer?", True),
            ("wie", "Wie helpt je?", True),
            ("websites", "Meer lezen", self.websites),
            ("wet", "Wat zegt de wet?", self.wetgeving or self.regelgeving),
        ]
        return [(anker, kop) for anker, kop, inhoud in alle if inhoud]


def _adres(contact):
    bus = contact["bus"] and f"bus {contact['bus']}"
    straat = " ".join(filter(None, [contact["straat"], contact["huisnummer"], bus]))
    return ", ".join(filter(None, [straat, " ".join(filter(None, [contact["postcode"], contact["gemeente"]]))]))


def _ingekort(tekst):
    return tekst if len(tekst) <= LANGSTE_FEIT else tekst[:LANGSTE_FEIT].rsplit(" ", 1)[0] + " …"


def lees_blad(slug, *, ook_ontwerp=False):
    """The `Blad` of a published service, or None; with `ook_ontwerp` of any service."""
    with connection.cursor() as cursor:
        cursor.execute(BLAD, [slug, ook_ontwerp, timezone.localdate()])
        rij = cursor.fetchone()
    return Blad(*rij) if rij else None


def blad_onder(nummer, slug):
    """The `Blad` of a published service under a public version, kept in the process; None when there is none.

    Only the last few hundred: a catalogue may be large. What depends on the hour is not in it, see `Blad.punten`.
    """
    return lees_blad(slug) if nummer == 0 else _bewaard(nummer, slug, timezone.localdate())


@lru_cache(maxsize=256)
def _bewaard(nummer, slug, dag):
    return lees_blad(slug)
