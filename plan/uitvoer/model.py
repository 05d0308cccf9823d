"""A snapshot as JSON in the shape of the Flemish reporting of policy goals. Pure. See docs/uitvoer-json.md.

Per action one entry with `actie`, the levels above it as `actieplan`, `beleidsdoelstelling` and `strategischeDoelstelling`, the
besturen and the `aanlevering`, with the field names of that reporting. What it has no place for stands under `sociaalHuis`.
"""

from plan.momentopname import lezen
from plan.uitvoer.boekje import meetwaarde
from plan.uitvoer.html import blokken, woorden

FORMAAT = "sociaalhuis-plan/1"
BOVEN = ("actieplan", "beleidsdoelstelling")  # from the action up; the top is the strategische doelstelling


def als_regels(html):
    """The text of a piece of HTML with a line per block, as the reporting wants it."""
    return "\n".join(regel for blok in blokken(html) for regel in _regels(blok))


def _regels(blok):
    if blok["soort"] == "lijst":
        punten = (" ".join(regel for deel in punt for regel in _regels(deel)) for punt in blok["punten"])
        return [f"- {punt}" for punt in punten]
    if blok["soort"] == "citaat":
        return [regel for deel in blok["blokken"] for regel in _regels(deel)]
    if blok["soort"] == "tabel":
        return [" | ".join(woorden(cel) for cel in rij) for rij in [*blok["kop"], *blok["rijen"]]]
    return [woorden(blok["in"])]


def adres_van(rij, garantie, basis):
    """The URI of a part: the page where it is read. `basis` is the address of the plan, with a slash at the end."""
    if rij["soort"] == "actie":
        return f"{basis}acties/{rij['code']}/"
    anker = f"#deel-{rij['code']}" if rij["soort"] == "doelstelling" else ""
    return f"{basis}garanties/{garantie['code']}/{anker}"


def niveau(blad, garantie, basis):
    """A level above the action; the three have the same shape."""
    rij = blad.rij
    return {
        "id": adres_van(rij, garantie, basis),
        "code": rij["code"],
        "korteOmschrijving": rij["titel"],
        "langeOmschrijving": als_regels(rij["lange_omschrijving"]) or rij["korte_omschrijving"],
        "commentaar": als_regels(rij["commentaar"]),
        "evaluatie": als_regels(rij["evaluatie"]),
    }


def niveaus_boven(pad, basis):
    """{name of the level: level} of the parts above an action, `pad` from the guarantee down.

    Right above the action stands the actieplan, above that the beleidsdoelstelling, and the top of all is the
    strategische doelstelling. Two levels have no strategische doelstelling; what lies between more than three is only
    in `onderdelen`.
    """
    namen = dict(zip(BOVEN, pad[::-1], strict=False))
    if len(pad) > len(BOVEN):
        namen["strategischeDoelstelling"] = pad[0]
    return {
        naam: niveau(namen[naam], pad[0].rij, basis) if naam in namen else None
        for naam in (*BOVEN, "strategischeDoelstelling")
    }


def actie(blad, pad, basis):
    rij = blad.rij
    return {
        "actie": {
            "id": adres_van(rij, pad[0].rij, basis),
            "code": rij["code"],
            "externerapporteringscode": rij["externe_code"],
            "korteOmschrijving": rij["titel"],
            "langeOmschrijving": als_regels(rij["lange_omschrijving"]) or rij["korte_omschrijving"],
            "commentaar": als_regels(rij["commentaar"]),
            "evaluatie": als_regels(rij["evaluatie"]),
        },
        **niveaus_boven(pad, basis),
    }


def eigen(blad, geld):
    """What the reporting has no place for."""
    rij = blad.rij
    links = {naam: [link["naam"] for link in rijen] for naam, rijen in sorted(rij["koppelingen"].items())}
    velden = ("termijn", "begin", "einde", "trekker", "resultaat_verwacht", "stand", "voortgang", "stand_toelichting")
    return {
        "sleutel": rij["sleutel"],
        "niveau": rij["niveaunaam"],
        **{naam: rij[naam] for naam in velden},
        "trekker_organisatie": (rij["trekker_organisatie"] or {}).get("naam", ""),
        **links,
        "taken": blad.taken,
        "wachtOp": blad.wacht_op,
        "redenen": blad.redenen,
        "geld": geld.get(rij["sleutel"], []),
    }


def per_deel(rijen, sleutel="onderdeel"):
    uit = {}
    for rij in rijen:
        uit.setdefault(rij[sleutel], []).append({naam: waarde for naam, waarde in rij.items() if naam != sleutel})
    return uit


def indicator(rij):
    """An indicator of a snapshot with its targets and approved measurements."""
    return {
        **{naam: rij[naam] for naam in ("sleutel", "code", "titel", "eenheid", "onderdelen")},
        "nulmeting": meetwaarde(rij, rij["nulmeting"]),
        "streefwaarden": [
            {"jaar": doel["jaar"], "waarde": meetwaarde(rij, doel["waarde"])} for doel in rij["streefwaarden"]
        ],
        "metingen": [{"datum": een["datum"], "waarde": meetwaarde(rij, een["waarde"])} for een in rij["metingen"]],
    }


def als_model(inhoud, *, basis, besturen, grondgebied, aanlevering, jaar, versie=None):
    """The whole plan as a dict ready for JSON.

    `basis` is the absolute address of the plan, `besturen` {code: (URI, kind in words)}, `grondgebied` the municipality,
    `aanlevering` the URI of what this is a copy of and `jaar` the year of it; `versie` is what a frozen version says about itself.
    """
    geld = per_deel(inhoud.get("geld", []))
    plan = inhoud["plan"]
    acties, onderdelen = [], []

    def loop(blad, pad):
        rij = blad.rij
        onderdelen.append(
            {
                "sleutel": rij["sleutel"],
                "ouder": rij["ouder"],
                "niveau": rij["niveaunaam"],
                "belofte": rij["korte_omschrijving"] if rij["soort"] == "garantie" else "",
                **niveau(blad, (pad or [blad])[0].rij, basis),
            }
        )
        if blad.is_actie:
            codes = [rij["bestuur"]] if rij["bestuur"] in besturen else list(besturen)
            acties.append(
                {
                    **actie(blad, pad, basis),
                    "bestuur": [
                        {"id": besturen[code][0], "type": besturen[code][1], "grondgebied": grondgebied}
                        for code in codes
                    ],
                    "aanlevering": {"id": aanlevering, "rapportjaar": str(jaar)},
                    "sociaalHuis": eigen(blad, geld),
                }
            )
        for deel in blad.delen:
            loop(deel, [*pad, blad])

    for wortel in lezen.boom(inhoud):
        loop(wortel, [])
    return {
        "formaat": FORMAAT,
        "plan": {
            "id": basis,
            "titel": plan["titel"],
            "beginjaar": plan["beginjaar"],
            "eindjaar": plan["eindjaar"],
            "missie": plan["missie"],
            "versie": versie,
            "niveaus": [rij["naam"] for rij in inhoud.get("niveaus", [])],
        },
        "acties": acties,
        "onderdelen": onderdelen,
        "indicatoren": [indicator(rij) for rij in inhoud.get("indicatoren", [])],
        "deelplannen": [
            {naam: rij[naam] for naam in ("slug", "titel", "acties")} for rij in inhoud.get("deelplannen", [])
        ],
    }
