"""Reading the append-only log: what was changed, from what to what, by whom and when.

Every logged model has a table of events, a full copy of the row per change. A change is the difference with the
copy before it. Text that is ciphertext in the database stays that here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.text import Truncator, capfirst

from sociaalhuis.models import Gebruiker
from sociaalhuis.tekst import plat
from sociaalhuis.templatetags.huis import datum, moment
from sociaalhuis.woordverschil import ingekort, woorden

DADEN = {"insert": "Toegevoegd", "update": "Gewijzigd", "delete": "Verwijderd"}
NAMEN = {"group": "rol"}  # names that other packages give
NIET_GETOOND = {"id", "pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context"}
MEEST = 300  # changes of one table in one history
LANG = 240  # characters of one value
PER_WOORD = 8  # from so many words on, a text is shown with its differences, and not twice


@dataclass(frozen=True)
class Spoor:
    """Where to look: a logged model, and which of its rows (`sleutel` None: the row with that primary key)."""

    model: type
    sleutel: str | None = None
    waarde: object = None

    def gebeurtenissen(self):
        """The events, newest first; None when the model is not logged."""
        tabel = getattr(self.model, "pgh_event_model", None)
        if tabel is None:
            return None
        rijen = tabel.objects.select_related("pgh_context").order_by("-pgh_id")
        if self.waarde is None:
            return rijen
        return rijen.filter(**{self.sleutel or rij_van(tabel): self.waarde})


class Veldwijziging(tuple):
    """(label, old, new) of one field; `stukken` is the difference word by word, for a text of some length."""

    stukken = ()


@dataclass
class Wijziging:
    """One change, ready to be shown. `waarom` and `namens` (who proposed it) only where the change says so."""

    op: datetime
    daad: str
    soort: str
    wat: str
    wie: str
    model: type
    pk: object
    velden: list = field(default_factory=list)  # of Veldwijziging
    waarom: str = ""
    namens: str = ""


def rij_van(tabel):
    """The name of the column of an event table that says which row it is about."""
    return "pgh_obj_id" if "pgh_obj" in {veld.name for veld in tabel._meta.fields} else "id"


def toon(veld, waarde, namen):
    """A value as people read it."""
    if waarde is None or waarde == "":
        return "leeg"
    if isinstance(veld, models.BinaryField):
        return "(versleuteld)"
    if isinstance(waarde, datetime):
        return moment(waarde)
    if isinstance(waarde, date):
        return datum(waarde)
    if isinstance(veld, models.BooleanField):
        return "ja" if waarde else "nee"
    if isinstance(veld, models.ForeignKey):
        return namen.get((veld.related_model, waarde), f"nummer {waarde}")
    if veld.choices:
        return str(dict(veld.flatchoices).get(waarde, waarde))
    return Truncator(plat(str(waarde))).chars(LANG)


def per_woord(veld, oud, nieuw):
    """The pieces of a text that changed, or () for what is no text, or too short to look at word by word."""
    if veld.choices or not isinstance(veld, models.CharField | models.TextField) or not oud or not nieuw:
        return ()
    oud, nieuw = plat(oud), plat(nieuw)
    return ingekort(woorden(oud, nieuw)) if max(len(oud.split()), len(nieuw.split())) >= PER_WOORD else ()


def veldwijziging(veld, oud, nieuw, namen):
    uit = Veldwijziging(
        (capfirst(NAMEN.get(veld.name, veld.verbose_name)), toon(veld, oud, namen), toon(veld, nieuw, namen))
    )
    uit.stukken = per_woord(veld, oud, nieuw)
    return uit


def verschillen(tabel, nu, vorige):
    """List of (field, old value, new value) between two copies of a row; everything filled in when it is new."""
    uit = []
    for veld in tabel._meta.fields:
        if veld.name in NIET_GETOOND:
            continue
        # What is kept in the row itself: encrypted text stays encrypted here.
        oud, nieuw = (rij.__dict__.get(veld.attname) if rij else None for rij in (vorige, nu))
        if isinstance(veld, models.BinaryField):
            oud, nieuw = (bytes(w) if w is not None else None for w in (oud, nieuw))
        if (oud or None) != (nieuw or None) or (vorige and oud != nieuw and "" not in (oud, nieuw)):
            uit.append((veld, oud, nieuw))
    return uit


def van_spoor(spoor, aantal=MEEST):
    """Changes of one logged table, newest first, with values that are not named yet."""
    rijen = spoor.gebeurtenissen()
    if rijen is None:
        return []
    tabel = rijen.model
    sleutel = rij_van(tabel)
    # One more than asked per row is needed to compare with; the copies before the last ones are read in one query.
    rijen = list(rijen[:aantal])
    vorige = {}
    if rijen:
        ouder = tabel.objects.filter(
            pgh_id__lt=rijen[-1].pgh_id, **{f"{sleutel}__in": {getattr(rij, sleutel) for rij in rijen}}
        )
        vorige = {getattr(rij, sleutel): rij for rij in ouder.order_by(sleutel, "-pgh_id").distinct(sleutel)}
    uit = []
    for rij in reversed(rijen):
        pk = getattr(rij, sleutel)
        if rij.pgh_label in DADEN:
            anders = verschillen(tabel, rij, vorige.get(pk)) if rij.pgh_label != "delete" else []
        else:
            anders = verschillen(tabel, rij, None)
        vorige[pk] = rij
        uit.append((rij, pk, anders))
    return uit[::-1]


def namen_bij(gevonden):
    """{(model, pk): text} of everything that the changed fields point at, and of the users, in a query per model."""
    gezocht = {}
    for rij, _, anders in gevonden:
        meer = rij.pgh_context.metadata if rij.pgh_context else {}
        for wie in ("user", "voorgesteld_door"):
            if meer.get(wie):
                gezocht.setdefault(Gebruiker, set()).add(meer[wie])
        for veld, *waarden in anders:
            if isinstance(veld, models.ForeignKey):
                gezocht.setdefault(veld.related_model, set()).update(w for w in waarden if w is not None)
    return {
        (model, obj.pk): str(obj) for model, pks in gezocht.items() for obj in model._default_manager.filter(pk__in=pks)
    }


def wijzigingen(sporen, aantal=MEEST):
    """The changes that the given tables tell about, newest first, as a list of `Wijziging`."""
    gevonden = [(spoor, *drie) for spoor in sporen for drie in van_spoor(spoor, aantal)]
    namen = namen_bij([drie for _, *drie in gevonden])
    uit = []
    for spoor, rij, pk, anders in gevonden:
        meer = rij.pgh_context.metadata if rij.pgh_context else {}
        wie, namens = meer.get("user"), meer.get("voorgesteld_door")
        uit.append(
            Wijziging(
                op=rij.pgh_created_at,
                daad=DADEN.get(rij.pgh_label, capfirst(rij.pgh_label)),
                soort=capfirst(spoor.model._meta.verbose_name),
                wat=omschrijving(rij),
                wie=namen.get((Gebruiker, wie), "iemand die er niet meer is") if wie else "het systeem",
                model=spoor.model,
                pk=pk,
                velden=[veldwijziging(veld, oud, nieuw, namen) for veld, oud, nieuw in anders],
                waarom=meer.get("waarom", ""),
                namens=namen.get((Gebruiker, namens), "") if namens else "",
            )
        )
    return sorted(uit, key=lambda w: (w.op, w.pk), reverse=True)[:aantal]


def omschrijving(rij):
    """The name of a row as it was then."""
    for veld in ("naam", "titel", "code", "onderwerp"):
        if isinstance(tekst := getattr(rij, veld, None), str) and tekst:
            return tekst
    return ""
