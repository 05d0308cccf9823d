"""Changes of a plan as they can be named in an answer, and whether a version holds one. Pure: snapshots in, data out."""

from dataclasses import dataclass
from decimal import Decimal

from plan.blokken import knip
from plan.verschil import HTML, KOPPELINGEN, STAND, VELDEN, als_woord, vergelijk
from sociaalhuis.tekst import plat

NUL = Decimal("0.00")


@dataclass(frozen=True)
class Wijziging:
    """One change between two snapshots, with the columns of `Doorwerking`. `sleutel` tells it apart from the others."""

    sleutel: str
    velden: dict


def wijzigingen(oud, nieuw):
    """List of `Wijziging` from one snapshot to another, in the order of the booklet: the texts of the plan itself first."""
    verschil = vergelijk(oud, nieuw)
    uit = []
    for deel in [*([verschil.plan] if verschil.plan else []), *verschil.delen]:
        kop = {"onderdeel": deel.sleutel, "code": deel.code, "titel": deel.titel if deel.sleutel else ""}
        if deel.wat != "anders":
            uit.append(_deel(kop, deel))
        for veld in deel.velden:
            uit += [] if veld.naam in STAND else _teksten(kop, deel, veld)  # how far it is, was not decided
        uit += [_geld(kop, geld) for geld in deel.geld]
    return uit


def _deel(kop, deel):
    """A part that came or went as a whole."""
    tekst = ". ".join(filter(None, [deel.titel, (deel.nieuw or deel.oud).get("korte_omschrijving")]))
    woorden = {"nieuw": tekst, "oud": ""} if deel.wat == "nieuw" else {"oud": tekst, "nieuw": ""}
    return Wijziging(f"{deel.sleutel}:{deel.wat}", {**kop, "soort": "deel", "label": deel.niveaunaam[:80], **woorden})


def _teksten(kop, deel, veld):
    """The change of one column; of a text in paragraphs one change per paragraph."""
    basis = {**kop, "soort": "tekst", "veld": veld.naam, "label": veld.label}
    if veld.naam not in HTML:
        return [Wijziging(f"{deel.sleutel}:{veld.naam}", {**basis, "oud": veld.oud, "nieuw": veld.nieuw})]
    voor, na = _alineas(deel.oud, veld.naam), _alineas(deel.nieuw, veld.naam)
    paren = [(sleutel, voor.get(sleutel, ""), na.get(sleutel, "")) for sleutel in dict.fromkeys([*na, *voor])]
    return [
        Wijziging(f"{deel.sleutel}:{veld.naam}:{sleutel}", {**basis, "alinea": sleutel[:8], "oud": a, "nieuw": b})
        for sleutel, a, b in paren
        if a != b
    ]


def _alineas(rij, veld):
    """{key: plain text} of the paragraphs of a text. Blocks of before paragraphs had a key are named after their words."""
    met = {al["sleutel"]: plat(al["html"]) for al in rij.get("alineas", []) if al["veld"] == veld}
    return met or {f"-{plat(html)[:60]}": plat(html) for html in knip(rij.get(veld) or "")}


def _geld(kop, geld):
    velden = {
        **kop,
        "soort": "geld",
        "bestuur": geld.bestuur,
        "jaar": geld.jaar,
        "richting": geld.richting,
        "oud_bedrag": geld.oud,
        "nieuw_bedrag": geld.nieuw,
    }
    return Wijziging(f"{kop['onderdeel']}:geld:{geld.bestuur}:{geld.jaar}:{geld.richting}", velden)


def houdt(inhoud, rij):
    """Whether a snapshot holds this `Doorwerking`."""
    deel = zoek(inhoud, rij)
    if rij.soort == "deel":
        return (deel is not None) == bool(rij.nieuw)
    if rij.soort == "geld":
        return bedrag(inhoud, rij) == rij.nieuw_bedrag
    if deel is None:
        return not rij.nieuw
    if rij.alinea and not rij.alinea.startswith("-"):
        alineas = _alineas(deel, rij.veld)
        if rij.alinea in alineas or not rij.nieuw:
            nu = alineas.get(rij.alinea, "")
            # words around what was promised may differ, but a shorter text stands in the one it replaces
            return gelijk(nu, rij.nieuw) or bool(
                rij.nieuw and gewoon(rij.nieuw) in gewoon(nu) and not gelijk(nu, rij.oud)
            )
    tekst = waarde(inhoud, deel, rij.veld)
    return gewoon(rij.nieuw) in gewoon(tekst) if rij.nieuw else gewoon(rij.oud) not in gewoon(tekst)


def zoek(inhoud, rij):
    """The row of the part in a snapshot: by its key, or by code and title where it had no key yet when announced."""
    if rij.soort == "tekst" and rij.onderdeel is None:
        return inhoud["plan"]
    delen = inhoud["onderdelen"]
    if rij.onderdeel is not None:
        return next((deel for deel in delen if deel["sleutel"] == rij.onderdeel), None)
    return next((deel for deel in delen if rij.titel and gelijk(deel["titel"], rij.titel)), None)


def bedrag(inhoud, rij):
    sommen = [
        Decimal(geld[rij.richting])
        for geld in inhoud.get("geld", [])
        if (geld["onderdeel"], geld["bestuur"], geld["jaar"]) == (rij.onderdeel, rij.bestuur, rij.jaar)
    ]
    return sum(sommen, NUL)


def waarde(inhoud, deel, veld):
    """A column of a part in words, as the version difference writes it."""
    if veld in KOPPELINGEN:
        return ", ".join(link["naam"] for link in deel.get("koppelingen", {}).get(veld, []))
    if veld in HTML:
        return plat(deel.get(veld) or "")
    return als_woord(veld, deel.get(veld), inhoud.get("standen", {}))


def gewoon(tekst):
    return " ".join((tekst or "").split()).casefold()


def gelijk(een, ander):
    return gewoon(een) == gewoon(ander)


def tekstvelden():
    """[(column, label)] of what can be announced in words for a part."""
    namen = ("lange_omschrijving", "korte_omschrijving", "titel", "resultaat_verwacht", "trekker", "contact")
    return [(naam, VELDEN[naam]) for naam in namen]
