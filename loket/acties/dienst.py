"""What happens to services of the catalogue."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from loket.lpdc.vergelijk import KINDEREN, van_json
from loket.models import Dienst, Voorwaarde, Website
from loket.zoek.index import herweeg, indexeer
from sociaalhuis.tekst import plat


def vrije_slug(titel, anders="dienst"):
    """A slug that no service has yet, made of a title."""
    basis = slugify(titel)[:100].strip("-") or slugify(anders)[:100] or "dienst"
    bezet = set(Dienst.objects.filter(slug__startswith=basis).values_list("slug", flat=True))
    if basis not in bezet:
        return basis
    return next(f"{basis}-{n}" for n in range(2, len(bezet) + 3) if f"{basis}-{n}" not in bezet)


@transaction.atomic
def publiceer(*, diensten, door):
    """Shows services to everyone. Gives (published, refused): refused say too little for a citizen."""
    gelukt, geweigerd = [], []
    for dienst in diensten.select_for_update(of=["self"]).exclude(status=Dienst.Status.GEPUBLICEERD):
        if dienst.titel and (dienst.kort or dienst.beschrijving):
            dienst.status = Dienst.Status.GEPUBLICEERD
            dienst.save(update_fields=["status", "gewijzigd_op"])
            gelukt.append(dienst)
        else:
            geweigerd.append(dienst)
    indexeer(gelukt)
    return gelukt, geweigerd


@transaction.atomic
def haal_offline(*, diensten, door):
    """Hides services from citizens; gives those that were shown."""
    verborgen = list(diensten.select_for_update(of=["self"]).filter(status=Dienst.Status.GEPUBLICEERD))
    for dienst in verborgen:
        dienst.status = Dienst.Status.ONTWERP
        dienst.save(update_fields=["status", "gewijzigd_op"])
    indexeer(verborgen)
    return verborgen


@transaction.atomic
def kijk_na(*, diensten, door):
    """Notes that someone checked today that the text is still right, and when it must be checked again; gives how many."""
    nagekeken = list(diensten.select_for_update(of=["self"]))
    for dienst in nagekeken:
        dienst.nagekeken_op = timezone.localdate()
        dienst.nakijken_voor = dienst.volgende_keer(dienst.nagekeken_op)
        dienst.save(update_fields=["nagekeken_op", "nakijken_voor", "gewijzigd_op"])
    herweeg(nagekeken)
    return len(nagekeken)


def schrijf_waarden(dienst, waarden):
    """Sets values of LPDC on a service (saved by the caller), and replaces each kind of part that is among them."""
    for naam, waarde in waarden.items():
        if naam not in KINDEREN:
            setattr(dienst, naam, van_json(naam, waarde))
    for naam, (model, _) in KINDEREN.items():
        if naam in waarden and dienst.pk:
            _vervang_onderdelen(dienst, naam, model, waarden[naam])


def _vervang_onderdelen(dienst, naam, model, delen):
    bestaand = getattr(dienst, naam).all()
    if model is Voorwaarde:
        delen = [{**deel, **_vraag_bij(deel, bestaand)} for deel in delen]
    (bestaand.filter(procedure=None) if model is Website else bestaand).delete()
    for volgorde, inhoud in enumerate(delen):
        websites = inhoud.get("websites", [])
        eigen = {veld: waarde for veld, waarde in inhoud.items() if veld != "websites"}
        onderdeel = model.objects.create(dienst=dienst, volgorde=volgorde, **eigen)
        for nummer, website in enumerate(websites):
            Website.objects.create(dienst=dienst, procedure=onderdeel, volgorde=nummer, **website)


def _vraag_bij(deel, bestaand):
    """The question of the hint that stands at the same rule now: it stays while the words of the rule do."""
    zelfde = next(
        (oud for oud in bestaand if oud.vraag and _regel(oud.titel, oud.beschrijving) == _regel(**_tekst(deel))), None
    )
    return {"vraag": zelfde.vraag, "bij_ja": zelfde.bij_ja, "bij_nee": zelfde.bij_nee} if zelfde else {}


def _tekst(deel):
    return {"titel": deel.get("titel", ""), "beschrijving": deel.get("beschrijving", "")}


def _regel(titel, beschrijving):
    return " ".join([titel, plat(beschrijving)]).split()
