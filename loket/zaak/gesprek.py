"""A case told in the order in which it happened: question, messages, notes, steps. For staff and for the one who asked."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from loket.models import Bericht, Bijlage, Deling, Noodtoegang, Vraag
from loket.models.staat import VAN_ZELF, Stap
from loket.models.verwijzing import Verwijsstap
from loket.verwijzen import woorden as verwijswoorden
from loket.zaak import lezers, tijdlijn
from loket.zaak.mailregels import post_voor_medewerker, post_voor_vrager
from sociaalhuis.templatetags.huis import datum

HUIS, VRAGER, NOTITIE, GEBEURTENIS, VOUW = "huis", "vrager", "notitie", "gebeurtenis", "vouw"
LANG, OPEN = 5, 2  # so many steps without a word between them are folded, but for the last ones
# A message, a note, a transfer or a sharing tells these itself.
VERTELD = {
    Stap.GESTELD, Stap.NOTEER, Stap.BEANTWOORD, Stap.VRAAG_TERUG, Stap.STUUR_BERICHT, Stap.SCHRIJF_TERUG,
    Stap.DRAAG_OVER, Stap.DEEL, Stap.STOP_DELEN, Stap.NOODTOEGANG, Stap.STOP_NOOD,
}  # fmt: skip


@dataclass
class Regel:
    """One line of the story. `bijlagen` are dicts with naam and url; `regels` are the lines that a fold holds."""

    van: str
    wie: str
    wanneer: datetime
    tekst: str = ""
    kop: str = ""
    bijlagen: list = field(default_factory=list)
    regels: list = field(default_factory=list)


def verhaal_voor_medewerker(vraag):
    return Verhaal(vraag.samen, adres=_adres_medewerker)


def voor_medewerker(verhaal):
    """Everything, with names of colleagues."""
    regels = verhaal.woorden(wie=lambda feit: feit.wie, wie_vroeg="De vrager")
    for feit in verhaal.feiten:
        if feit.soort == "notitie":
            wie = f"{feit.wie} voor {feit.een}" if feit.een else feit.wie
            regels.append(Regel(NOTITIE, wie, feit.op, verhaal.tekst(feit)))
        elif feit.soort in KOPPEN:
            tekst = verhaal.tekst(feit) if feit.geheim else ""
            regels.append(Regel(GEBEURTENIS, _wie(feit.wie, feit.een), feit.op, tekst, KOPPEN[feit.soort](feit)))
        elif feit.soort == "gebeurtenis" and feit.een not in VERTELD:
            kop = Stap(feit.een).label + (f" aan {feit.twee}" if feit.twee else "")
            regels.append(Regel(GEBEURTENIS, _wie(feit.wie, feit.een), feit.op, "", kop))
    regels += post_voor_medewerker(verhaal, Regel)
    return sorted(regels, key=lambda regel: regel.wanneer)


def voor_vrager(vraag, huis):
    """What is meant for the one who asked: no notes, no names of staff; why it was shared, but no other reasons."""
    verhaal = Verhaal(getattr(vraag, "samen", [vraag]), adres=_adres_vrager)
    regels = verhaal.woorden(wie=lambda feit: huis.naam, wie_vroeg="Jij")
    for feit in verhaal.feiten:
        if feit.soort == "gebeurtenis" and feit.een in ZICHTBAAR:
            regels.append(Regel(GEBEURTENIS, "", feit.op, "", ZICHTBAAR[feit.een]))
        elif feit.soort == "verwijzing":
            kop = verwijswoorden.stap_voor_vrager(feit.een, feit.twee)
            regels.append(Regel(GEBEURTENIS, "", feit.op, "", kop))
        elif feit.soort == "deling":
            kop = f"Het team {feit.een} {_wat_mag(feit)[0]} mee, tot en met {_wat_mag(feit)[1]}"
            regels.append(Regel(GEBEURTENIS, "", feit.op, verhaal.tekst(feit), kop))
        elif feit.soort == "deling_einde":
            regels.append(Regel(GEBEURTENIS, "", feit.op, "", f"Het team {feit.een} kan je vraag niet meer lezen"))
        elif feit.soort == "nood":
            kop = f"Eén medewerker kreeg voor hoogstens een uur noodtoegang: {_grond(feit)}"
            regels.append(Regel(GEBEURTENIS, "", feit.op, "", kop))
    regels += post_voor_vrager(verhaal, Regel)
    return vouw(sorted(regels, key=lambda regel: regel.wanneer))


def vouw(regels):
    """The lines with the older steps of each long row of steps in one fold, where nobody says anything in between."""
    gevouwen = []
    for stil, groep in groupby(regels, key=lambda regel: regel.van == GEBEURTENIS and not regel.tekst):
        rij = list(groep)
        if stil and len(rij) >= LANG:
            ouder, rij = rij[:-OPEN], rij[-OPEN:]
            gevouwen.append(Regel(VOUW, "", ouder[0].wanneer, regels=ouder))
        gevouwen += rij
    return gevouwen


ZICHTBAAR = {
    Stap.NEEM: "Iemand werkt aan je vraag",
    Stap.WIJS_TOE: "Iemand werkt aan je vraag",
    Stap.DRAAG_OVER: "Een ander team van het Sociaal Huis neemt je vraag over",
    Stap.SLUIT_AF: "Je vraag is afgesloten",
    Stap.HEROPEN: "Je vraag is opnieuw open",
    Stap.TREK_IN: "Je hebt je vraag ingetrokken",
    Stap.VOEG_SAMEN: "We voegden je vragen samen. Al je codes werken",
    Stap.MAAK_LOS: "We haalden je vragen weer uit elkaar",
    Stap.SPLITS: "Een deel van je vraag ging naar een ander team. Je volgt het hieronder",
    Stap.CONTACT: "Je koos een andere manier van contact",
    Stap.TEVREDEN: "Je zei dat je geholpen bent",
    Stap.NIET_TEVREDEN: "Je zei dat je niet geholpen bent. We kijken opnieuw",
    Stap.NIEUWE_CODE: "Je kreeg een nieuwe code. De oude werkt niet meer",
    Stap.MELD_SLUITEN: "We lieten je weten dat je vraag binnenkort vanzelf sluit",
    Stap.SLUIT_VANZELF: "Je vraag sloot vanzelf, want we hoorden niets meer. Schrijf je nog iets, dan gaat ze weer open",
    Stap.WISWENS: "Je vroeg om alles te wissen",
    Stap.WEIGER_WENS: "We legden uit waarom we nog niet mogen wissen",
    Stap.BEWAARSTOP: "We bewaren je vraag langer dan gewoonlijk",
    Stap.HEF_STOP_OP: "We bewaren je vraag weer zo lang als gewoonlijk",
}
WERKWOORD = {Deling.Recht.LEES: "leest", Deling.Recht.HELP: "helpt"}
KOPPEN = {
    "overdracht": lambda feit: f"Overgedragen van {feit.een} naar {feit.twee}",
    "deling": lambda feit: f"Gedeeld met {feit.een} ({_wat_mag(feit)[0]} mee tot en met {_wat_mag(feit)[1]})",
    "deling_einde": lambda feit: f"Niet meer gedeeld met {feit.een}",
    "verwijzing": lambda feit: verwijswoorden.stap_voor_medewerker(feit.een, feit.twee),
    "nood": lambda feit: f"Noodtoegang voor {feit.een}, goedgekeurd: {_grond(feit)}",
}


def wie_keek(vraag):
    """List of (day, who in plain words, how often): who opened this case, newest first."""
    telling = (
        vraag.inzages.order_by()
        .annotate(dag=TruncDate("op"))
        .values("dag", "reden", "organisatie__naam")
        .annotate(keer=Count("pk"))
        .order_by("-dag", "reden", "organisatie__naam")
    )
    return [(rij["dag"], lezers.wie_in_woorden(rij["reden"], rij["organisatie__naam"]), rij["keer"]) for rij in telling]


def spoor(vraag):
    """Everything that was done to or read of this case, newest first: (moment, who, what)."""
    gronden = _gronden(vraag)
    gelezen = [
        (inzage.op, _lezer(inzage), f"Las: {inzage.get_pagina_display().lower()} ({_waarom(inzage, gronden)})")
        for inzage in vraag.inzages.select_related("door", "organisatie")
    ]
    gedaan = [
        (
            stap.op,
            _wie(stap.door and stap.door.naam, stap.verwijsstap or stap.stap),
            _wat(stap),
        )
        for stap in vraag.gebeurtenissen.select_related("door", "naar", "doorverwijzing__organisatie")
    ]
    return sorted(gelezen + gedaan, key=lambda rij: rij[0], reverse=True)


def _lezer(inzage):
    return _naam(inzage.door) + (f" van {inzage.organisatie}" if inzage.organisatie else "")


def _wat(stap):
    if stap.doorverwijzing:
        return verwijswoorden.stap_voor_medewerker(stap.verwijsstap, stap.doorverwijzing.organisatie.naam)
    return stap.get_stap_display() + (f" aan {stap.naar.naam}" if stap.naar else "")


def _gronden(vraag):
    """[(who, from, until, ground in words)] of the emergency accesses of a case."""
    gegeven = vraag.noodtoegangen.filter(toegekend=True)
    return [(nood.door_id, nood.beslist_op, nood.tot, nood.get_grond_display().lower()) for nood in gegeven]


def _waarom(inzage, gronden):
    """The reason of a reading in words; for a reading in an emergency with its ground."""
    bij = [
        grond
        for door, van, tot, grond in gronden
        if inzage.reden == inzage.Reden.NOOD and inzage.door_id == door and van <= inzage.op <= tot
    ]
    return ": ".join([inzage.get_reden_display().lower(), *bij[:1]])


class Verhaal:
    """The facts of some cases of one person, read in one query, and their words."""

    def __init__(self, vragen, adres):
        self.vragen, self.adres = {vraag.pk: vraag for vraag in vragen}, adres
        self.feiten = tijdlijn.feiten(list(self.vragen))

    def tekst(self, feit):
        return feit.tekst(self.vragen[feit.vraag_id])

    def heeft(self, soort):
        return any(feit.soort == soort for feit in self.feiten)

    def delingen_nu(self):
        """The sharings that hold now: dicts with pk, team, wat ('leest', 'helpt') and tot in words."""
        gestopt = {feit.pk for feit in self.feiten if feit.soort == "deling_einde"}
        vandaag = timezone.localdate().isoformat()
        return [
            {"pk": feit.pk, "team": feit.een, "wat": _wat_mag(feit)[0], "tot": _wat_mag(feit)[1]}
            for feit in self.feiten
            if feit.soort == "deling" and feit.pk not in gestopt and feit.twee.split(" ")[1] >= vandaag
        ]

    def woorden(self, *, wie, wie_vroeg):
        """The questions and the messages, with their files."""
        per_bericht = defaultdict(list)
        for feit in self.feiten:
            if feit.soort == "bijlage":
                sleutel = feit.nummer or f"vraag {feit.vraag_id}"
                per_bericht[sleutel].append(self.bijlage(feit))
        regels = [
            Regel(VRAGER, wie_vroeg, vraag.geregistreerd_op, vraag.tekst, "", per_bericht[f"vraag {vraag.pk}"])
            for vraag in self.vragen.values()
        ]
        for feit in self.feiten:
            if feit.soort == "bericht":
                loket = feit.een == Bericht.Van.LOKET
                van, naam = (HUIS, wie(feit)) if loket else (VRAGER, wie_vroeg)
                regels.append(Regel(van, naam, feit.op, self.tekst(feit), "", per_bericht[feit.pk]))
        return regels

    def bijlage(self, feit):
        """A file as a dict: naam, url, and `stand` in words when it cannot be fetched."""
        keuring = Bijlage.Keuring(feit.een)
        stand = "" if keuring == Bijlage.Keuring.KLAAR else keuring.label
        return {"naam": self.tekst(feit), "url": self.adres(self.vragen[feit.vraag_id], feit), "stand": stand}


def _wat_mag(feit):
    """('leest', 'maandag 1 maart 2027') of a sharing."""
    recht, tot = feit.twee.split(" ")
    return WERKWOORD[recht], datum(date.fromisoformat(tot))


def _grond(feit):
    grond = Noodtoegang.Grond(feit.twee).label
    return grond[0].lower() + grond[1:]


def _wie(naam, stap):
    """Who did a step: a colleague by name, the portal by itself, or the one who asked."""
    return naam or ("Het portaal" if stap in VAN_ZELF or stap == Verwijsstap.VERLOOP else "De vrager")


def _naam(gebruiker):
    return gebruiker.naam if gebruiker else "De vrager"


def _adres_medewerker(vraag: Vraag, bijlage):
    return reverse("loket:werkbank_bijlage", args=[vraag.referentie.lower(), bijlage.pk])


def _adres_vrager(vraag, bijlage):
    return reverse("loket:opvolgen_bijlage", args=[bijlage.pk])
