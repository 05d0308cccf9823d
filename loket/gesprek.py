"""A case told in the order in which it happened: question, messages, notes, steps. For staff and for the one who asked."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.urls import reverse

from loket.models import Bericht, Inzage, Vraag
from loket.models.vraag import VAN_ZELF, Stap

HUIS, VRAGER, NOTITIE, GEBEURTENIS = "huis", "vrager", "notitie", "gebeurtenis"
# A message, a note or a transfer tells these itself.
VERTELD = {Stap.GESTELD, Stap.NOTEER, Stap.BEANTWOORD, Stap.VRAAG_TERUG, Stap.STUUR_BERICHT, Stap.SCHRIJF_TERUG}
LEZERS = {
    Inzage.Reden.BEHANDELAAR: "De medewerker die je vraag behandelt",
    Inzage.Reden.OPNEMEN: "Een medewerker, voor iemand je vraag behandelde",
    Inzage.Reden.VERDELEN: "De verantwoordelijke van het team",
    Inzage.Reden.VERVANGEN: "Een collega van hetzelfde team",
    Inzage.Reden.EIGEN: "Jij, met je code",
}


@dataclass
class Regel:
    """One line of the story. `bijlagen` are dicts with naam and url."""

    van: str
    wie: str
    wanneer: datetime
    tekst: str = ""
    kop: str = ""
    bijlagen: list = field(default_factory=list)


def voor_medewerker(vraag):
    """Everything, with names of colleagues."""
    regels = _woorden(vraag, adres=_adres_medewerker, wie=lambda bericht: bericht.door.naam)
    regels += [
        Regel(NOTITIE, notitie.door.naam, notitie.op, notitie.tekst)
        for notitie in vraag.notities.select_related("door")
    ]
    for overdracht in vraag.overdrachten.select_related("door", "van_team", "naar_team"):
        kop = f"Overgedragen van {overdracht.van_team.naam} naar {overdracht.naar_team.naam}"
        regels.append(Regel(GEBEURTENIS, overdracht.door.naam, overdracht.op, overdracht.tekst, kop))
    for gebeurtenis in vraag.gebeurtenissen.select_related("door", "naar"):
        if gebeurtenis.stap not in VERTELD and gebeurtenis.stap != Stap.DRAAG_OVER:
            kop = gebeurtenis.get_stap_display() + (f" aan {gebeurtenis.naar.naam}" if gebeurtenis.naar else "")
            regels.append(Regel(GEBEURTENIS, _wie(gebeurtenis), gebeurtenis.op, "", kop))
    return sorted(regels, key=lambda regel: regel.wanneer)


def voor_vrager(vraag, huis):
    """What is meant for the one who asked: no notes, no names of staff, no reasons."""
    regels = _woorden(vraag, adres=_adres_vrager, wie=lambda bericht: huis.naam, wie_vroeg="Jij")
    for gebeurtenis in vraag.gebeurtenissen.all():
        if gebeurtenis.stap in ZICHTBAAR:
            regels.append(Regel(GEBEURTENIS, "", gebeurtenis.op, "", ZICHTBAAR[gebeurtenis.stap]))
    return sorted(regels, key=lambda regel: regel.wanneer)


ZICHTBAAR = {
    Stap.NEEM: "Iemand werkt aan je vraag",
    Stap.WIJS_TOE: "Iemand werkt aan je vraag",
    Stap.DRAAG_OVER: "Een ander team van het Sociaal Huis neemt je vraag over",
    Stap.SLUIT_AF: "Je vraag is afgesloten",
    Stap.HEROPEN: "Je vraag is opnieuw open",
    Stap.TREK_IN: "Je hebt je vraag ingetrokken",
}


def wie_keek(vraag):
    """List of (day, who in plain words, how often): who opened this case, newest first."""
    telling = (
        vraag.inzages.order_by()
        .annotate(dag=TruncDate("op"))
        .values("dag", "reden")
        .annotate(keer=Count("pk"))
        .order_by("-dag", "reden")
    )
    return [(rij["dag"], LEZERS[rij["reden"]], rij["keer"]) for rij in telling]


def spoor(vraag):
    """Everything that was done to or read of this case, newest first: (moment, who, what)."""
    gelezen = [
        (
            inzage.op,
            _naam(inzage.door),
            f"Las: {inzage.get_pagina_display().lower()} ({inzage.get_reden_display().lower()})",
        )
        for inzage in vraag.inzages.select_related("door")
    ]
    gedaan = [
        (stap.op, _wie(stap), stap.get_stap_display() + (f" aan {stap.naar.naam}" if stap.naar else ""))
        for stap in vraag.gebeurtenissen.select_related("door", "naar")
    ]
    return sorted(gelezen + gedaan, key=lambda rij: rij[0], reverse=True)


def _woorden(vraag, *, adres, wie, wie_vroeg="De vrager"):
    """The question and the messages, with their files."""
    per_bericht = defaultdict(list)
    for bijlage in vraag.bijlagen.all():
        per_bericht[bijlage.bericht_id].append({"naam": bijlage.naam, "url": adres(vraag, bijlage)})
    regels = [Regel(VRAGER, wie_vroeg, vraag.geregistreerd_op, vraag.tekst, "", per_bericht[None])]
    for bericht in vraag.berichten.select_related("door"):
        van_loket = bericht.van == Bericht.Van.LOKET
        regels.append(
            Regel(
                HUIS if van_loket else VRAGER,
                wie(bericht) if van_loket else wie_vroeg,
                bericht.op,
                bericht.tekst,
                "",
                per_bericht[bericht.pk],
            )
        )
    return regels


def _wie(gebeurtenis):
    return "Het portaal" if gebeurtenis.door is None and gebeurtenis.stap in VAN_ZELF else _naam(gebeurtenis.door)


def _naam(gebruiker):
    return gebruiker.naam if gebruiker else "De vrager"


def _adres_medewerker(vraag: Vraag, bijlage):
    return reverse("loket:werkbank_bijlage", args=[vraag.referentie.lower(), bijlage.pk])


def _adres_vrager(vraag, bijlage):
    return reverse("loket:opvolgen_bijlage", args=[bijlage.pk])
