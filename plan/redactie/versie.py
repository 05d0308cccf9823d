"""Which version of a part somebody saw, what stood there then, and who changed it since.

The mark is that of the admin (`sociaalhuis.beheer.ondertussen`): the number of the newest event in the log of the part,
and in that of its partners. The log also tells what every field held at that moment.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from plan.models import Onderdeel, Partnerschap
from plan.redactie.waarden import VELDEN, van_rij
from sociaalhuis.beheer import ondertussen
from sociaalhuis.beheer.geschiedenis import Spoor
from sociaalhuis.models import Gebruiker, Organisatie

OPNIEUW = "Laad deze pagina opnieuw en kijk na wat er staat. Er is niets bewaard."


def sporen(deel):
    return [Spoor(Onderdeel, None, deel.pk), Spoor(Partnerschap, "onderdeel_id", deel.pk)]


def merk(deel):
    """The mark of the part as it is now: '12-33'."""
    return ondertussen.merk(sporen(deel))


def _nummers(merk):
    delen = merk.split("-")
    if len(delen) != 2 or not all(deel.isascii() and deel.isdecimal() and len(deel) < 19 for deel in delen):
        raise ValidationError(OPNIEUW)
    return [int(deel) for deel in delen]


def waarden_toen(deel, merk):
    """{field: text} of the part as it was at that mark. Raises ValidationError for a mark that no page gave out."""
    tot_deel, tot_partners = _nummers(merk)
    tabel, partnertabel = Onderdeel.pgh_event_model, Partnerschap.pgh_event_model
    rij = tabel.objects.filter(pgh_obj_id=deel.pk, pgh_id__lte=tot_deel).order_by("-pgh_id").first()
    if rij is None:
        raise ValidationError(OPNIEUW)
    partners = partnertabel.objects.filter(onderdeel_id=deel.pk, pgh_id__lte=tot_partners)
    er_toen = [
        partner.organisatie_id
        for partner in partners.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
        if partner.pgh_label != "delete" and partner.staat != Partnerschap.Staat.TERUGGETROKKEN
    ]
    gezocht = [*er_toen, *([rij.trekker_organisatie_id] if rij.trekker_organisatie_id else [])]
    codes = dict(Organisatie.objects.filter(pk__in=gezocht).values_list("pk", "code")) if gezocht else {}
    return van_rij(rij, codes.get(rij.trekker_organisatie_id, ""), [codes[pk] for pk in er_toen if pk in codes])


@dataclass(frozen=True)
class Wie:
    """Who changed a field last, and when."""

    naam: str
    op: datetime | None


def wie_sinds(deel, merk):
    """{field: Wie} of every field that was changed after that mark."""
    tot_deel, tot_partners = _nummers(merk)
    tabel = Onderdeel.pgh_event_model
    rijen = tabel.objects.filter(pgh_obj_id=deel.pk).select_related("pgh_context")
    vorige = rijen.filter(pgh_id__lte=tot_deel).order_by("-pgh_id").first()
    laatste = {}
    for rij in rijen.filter(pgh_id__gt=tot_deel).order_by("pgh_id"):
        for veld in VELDEN[deel.soort]:
            kolom = "trekker_organisatie_id" if veld == "trekker_organisatie" else veld
            if veld != "partners" and (vorige is None or getattr(rij, kolom) != getattr(vorige, kolom)):
                laatste[veld] = rij
        vorige = rij
    partners = Partnerschap.pgh_event_model.objects.filter(onderdeel_id=deel.pk, pgh_id__gt=tot_partners)
    if partner := partners.select_related("pgh_context").order_by("-pgh_id").first():
        laatste["partners"] = partner
    nummers = {rij.pgh_context.metadata.get("user") for rij in laatste.values() if rij.pgh_context} - {None}
    namen = dict(Gebruiker.objects.filter(pk__in=nummers).values_list("pk", "naam")) if nummers else {}
    return {
        veld: Wie(
            namen.get(rij.pgh_context.metadata.get("user") if rij.pgh_context else None, "iemand"), rij.pgh_created_at
        )
        for veld, rij in laatste.items()
    }


def meng(toen, mijn, nu):
    """What a save on an older version comes to: (what to write, fields that both changed, fields that others changed).

    All three are {field: text} of the same fields. What I did not touch keeps what others made of it; what we both
    changed to the same is no difference.
    """
    schrijf = {veld: tekst for veld, tekst in mijn.items() if tekst != toen[veld] and tekst != nu[veld]}
    botst = [veld for veld in schrijf if nu[veld] != toen[veld]]
    ook = [veld for veld in mijn if mijn[veld] == toen[veld] != nu[veld]]
    return schrijf, botst, ook
