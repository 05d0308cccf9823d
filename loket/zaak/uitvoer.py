"""A copy of everything that is kept about one question: for the one who asked, to read and to take along.

Everything about this person and nothing about another: who works here is told by function, never by name. Internal
notes and reasons may hold something about somebody else, so a copy made with the code says only that they are there;
at the desk a person reads them first and chooses whether they go along.

A model that hangs on a question is in the copy by itself, field by field, unless it stands in `ANDERS` with the reason.
"""

import json
import zipfile
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from django.db import models
from django.http import FileResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst

from loket.models import Bijlage, Doorverwijzing, Vraag
from loket.zaak import lezers
from sociaalhuis.keuring import bijlagen
from sociaalhuis.models import Dossiersleutel, Gebruiker, VersleuteldTekstVeld

INTERN = {"loket.notitie", "loket.overdracht", "loket.bewaarstop"}
ANDERS = {
    "loket.inzage": "told as who read it, by function",
    "loket.contactspoor": "a fingerprint of the address and the number that are in the copy",
    "loket.vernietigingszaak": "a place in a queue, nothing about the person",
}
NIET_PERSOONLIJK = {
    "id", "vraag", "bericht", "dossiersleutel", "inzending", "formulier", "code_hash", "code_zoekdeel", "bestand",
    "versie", "hash",
}  # fmt: skip
IN_HET_GEHEUGEN = 20 * 1024 * 1024


@dataclass(frozen=True)
class Deel:
    """One part of the copy: rows of (name, value)."""

    titel: str
    rijen: list


def delen_van(vraag, *, met_intern=False) -> list[Deel]:
    """Everything about one question that the caller was allowed to read."""
    delen = [Deel("Je vraag", [rij_van(vraag)]), Deel("Wie keek", _lezingen(vraag))]
    verzwegen = []
    for model, weg in _wat_eraan_hangt():
        naam = model._meta.label_lower
        if naam in ANDERS or "pgh_id" in {veld.name for veld in model._meta.fields} or model is Vraag:
            continue
        rijen = list(model._default_manager.filter(**{weg: vraag}).order_by("pk"))
        if not rijen:
            continue
        titel = capfirst(str(model._meta.verbose_name_plural))
        if naam in INTERN and not met_intern:
            verzwegen.append({"Soort": titel, "Aantal": len(rijen)})
        else:
            delen.append(Deel(titel, [rij_van(rij, vraag) for rij in rijen]))
    if verzwegen:
        delen.append(Deel("Niet in deze kopie: vraag het ons aan de balie", verzwegen))
    return delen


def _wat_eraan_hangt():
    """[(model, the lookup from its rows to the question)]: what hangs on a question, and on a referral of it."""
    wegen = {relatie.related_model: relatie.field.name for relatie in Vraag._meta.related_objects}
    for relatie in Doorverwijzing._meta.related_objects:
        wegen.setdefault(relatie.related_model, f"{relatie.field.name}__vraag")
    return list(wegen.items())


def rij_van(rij, vraag=None) -> dict:
    """The fields of one row that say something, by their Dutch name."""
    if vraag is not None and isinstance(getattr(type(rij), "vraag", None), object):
        rij.vraag = vraag  # its key is at hand
    uit = {}
    for veld in rij._meta.concrete_fields:
        if veld.name not in NIET_PERSOONLIJK and veld.related_model is not Dossiersleutel:
            waarde = _waarde(rij, veld)
            if waarde not in ("", None):
                uit[capfirst(str(veld.verbose_name))] = waarde
    return uit


def _waarde(rij, veld):
    waarde = getattr(rij, veld.attname if veld.is_relation else veld.name)
    if waarde is None:
        return None
    if veld.related_model is Gebruiker:
        return "een medewerker"
    if veld.is_relation:
        return str(getattr(rij, veld.name))
    if veld.choices:
        return str(getattr(rij, f"get_{veld.name}_display")())
    if isinstance(veld, models.DateTimeField):
        return timezone.localtime(waarde).isoformat(timespec="minutes")
    if isinstance(veld, models.BooleanField):
        return "ja" if waarde else "nee"
    if isinstance(veld, models.BinaryField) and not isinstance(veld, VersleuteldTekstVeld):
        return None
    return waarde if isinstance(waarde, int) else str(waarde)


def _lezingen(vraag):
    return [
        {
            "Wanneer": timezone.localtime(inzage.op).isoformat(timespec="minutes"),
            "Wie": lezers.wie_in_woorden(inzage.reden, inzage.organisatie),
            "Wat": inzage.get_pagina_display(),
        }
        for inzage in vraag.inzages.select_related("organisatie").order_by("op", "pk")
    ]


def maak_zip(vragen, *, met_intern=False):
    """An open file with the copy of these questions (read with a trace by the caller): a page, JSON, and the files."""
    bestand = SpooledTemporaryFile(max_size=IN_HET_GEHEUGEN)  # noqa: SIM115 (the response closes it)
    alles = {vraag.referentie: delen_van(vraag, met_intern=met_intern) for vraag in vragen}
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr(
            "mijn-gegevens.json",
            json.dumps({ref: {deel.titel: deel.rijen for deel in delen} for ref, delen in alles.items()}, indent=1, ensure_ascii=False),
        )  # fmt: skip
        archief.writestr(
            "mijn-gegevens.html", render_to_string("loket/uitvoer.html", {"alles": alles, "gemaakt_op": timezone.now()})
        )
        for vraag in vragen:
            for bijlage in Bijlage.objects.op_te_halen().filter(vraag=vraag):
                bijlage.vraag = vraag
                inhoud = bijlage.lees()
                if inhoud is not None:
                    archief.writestr(f"bestanden/{vraag.referentie}/{bijlage.pk}-{bijlage.naam}", inhoud)
    bestand.seek(0)
    return bestand


def als_download(vragen, *, met_intern=False) -> FileResponse:
    """The copy as a download with a name that says nothing."""
    antwoord = FileResponse(
        maak_zip(vragen, met_intern=met_intern),
        as_attachment=True,
        filename="kopie.zip",
        content_type="application/zip",
    )
    leeg = bijlagen.als_download(bijlagen.Schoon("kopie.zip", "application/zip", b""))
    for kop in ("X-Content-Type-Options", "Content-Security-Policy", "Cross-Origin-Resource-Policy"):
        antwoord[kop] = leeg[kop]
    return antwoord
