"""What an editor may change of a part, with each value written as text, so that it can be kept, compared and shown.

Days are ISO, an organisation is its code, partners are their codes in order with a space between, rich text is HTML.
"""

from datetime import date

from plan.models import Onderdeel, Partnerschap
from plan.verschil import tekst_per_blok
from sociaalhuis.models import Organisatie
from sociaalhuis.tekst import plat
from sociaalhuis.templatetags.huis import datum
from sociaalhuis.woordverschil import Stuk, woorden

Soort = Onderdeel.Soort
DAGEN = ("begin", "einde")
HTML = ("lange_omschrijving",)
MET_CODES = ("trekker_organisatie", "partners")
GEDEELD = {"titel": "Titel"}
# kind -> the fields an editor changes, with what they are called there
VELDEN = {
    Soort.GARANTIE: {**GEDEELD, "korte_omschrijving": "Belofte", "lange_omschrijving": "Toelichting"},
    Soort.DOELSTELLING: {**GEDEELD, "lange_omschrijving": "Hoe pakken we het aan?"},
    Soort.ACTIE: {
        **GEDEELD,
        "lange_omschrijving": "Wat doen we?",
        "resultaat_verwacht": "Wat willen we bereiken?",
        "begin": "Begin",
        "einde": "Einde",
        "trekker": "Trekker",
        "trekker_organisatie": "Organisatie die trekt",
        "partners": "Partners",
        "contact": "Waar kan je terecht?",
    },
}


def waarden(deel):
    """{field: text} of a part as it stands in the database (its `partnerschappen` are asked)."""
    partners = deel.partnerschappen.nu().values_list("organisatie__code", flat=True)
    return van_rij(deel, deel.trekker_organisatie.code if deel.trekker_organisatie_id else "", partners)


def van_rij(rij, trekker, partners):
    """{field: text} from a row of parts or of their history, the code of its lead and the codes of its partners."""
    anders = {"trekker_organisatie": trekker, "partners": " ".join(sorted(partners))}
    return {veld: anders[veld] if veld in anders else _als_tekst(getattr(rij, veld)) for veld in VELDEN[rij.soort]}


def _als_tekst(waarde):
    return waarde.isoformat() if isinstance(waarde, date) else (waarde or "")


def zet(deel, nieuw):
    """Puts these values into a part, without saving. Returns the names of the columns that were set."""
    kolommen = []
    for veld, tekst in nieuw.items():
        if veld == "partners":
            continue
        if veld in DAGEN:
            waarde = date.fromisoformat(tekst) if tekst else None
        elif veld == "trekker_organisatie":
            waarde = Organisatie.objects.get(code=tekst) if tekst else None
        else:
            waarde = tekst
        setattr(deel, veld, waarde)
        kolommen.append(veld)
    return kolommen


def zet_partners(deel, tekst):
    """Makes these codes the partners of an action: who is new is asked, who is gone goes, the others stay as they are."""
    codes = set(tekst.split())
    deel.partnerschappen.nu().exclude(organisatie__code__in=codes).delete()
    er_al = dict(deel.partnerschappen.values_list("organisatie__code", "pk"))
    for organisatie in Organisatie.objects.filter(code__in=codes - set(er_al)).order_by("code"):
        Partnerschap.objects.create(onderdeel=deel, organisatie=organisatie)
    terug = [pk for code, pk in er_al.items() if code in codes]
    for rij in deel.partnerschappen.filter(pk__in=terug, staat=Partnerschap.Staat.TERUGGETROKKEN):
        rij.staat, rij.staat_op, rij.staat_door, rij.reden = Partnerschap.Staat.GEVRAAGD, None, None, ""
        rij.save(update_fields=["staat", "staat_op", "staat_door", "reden"])


def namen_bij(*teksten):
    """{code: name} of the organisations that these values name; one query."""
    codes = {code for tekst in teksten for code in tekst.split()}
    return dict(Organisatie.objects.filter(code__in=codes).values_list("code", "naam")) if codes else {}


def toon(veld, tekst, namen):
    """A value as people read it, as plain text; `namen` as from `namen_bij`."""
    if veld in DAGEN:
        return datum(date.fromisoformat(tekst)) if tekst else ""
    if veld in MET_CODES:
        return ", ".join(namen.get(code, code) for code in tekst.split())
    return plat(tekst) if veld in HTML else tekst


def verschil(veld, oud, nieuw, namen):
    """List of `Stuk` from one value to another: word by word in texts, name by name in partners."""
    if veld == "partners":
        a, b = oud.split(), nieuw.split()
        stukken = [Stuk("weg", namen.get(code, code)) for code in a if code not in b]
        return stukken + [Stuk("gelijk" if code in a else "erbij", namen.get(code, code)) for code in b]
    if veld in HTML:
        return tekst_per_blok({veld: oud}, {veld: nieuw}, veld)
    oud, nieuw = toon(veld, oud, namen), toon(veld, nieuw, namen)
    if veld in DAGEN and oud != nieuw:
        return [Stuk(soort, dag) for soort, dag in (("weg", oud), ("erbij", nieuw)) if dag]
    return woorden(oud, nieuw)
