"""Giving input, and reading it after."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from participatie.mag import Handeling, Moment, mag, moment_van, waarom_niet
from participatie.models import Antwoord, Inbreng, Mandaat
from participatie.rondetekst import Gekozen
from participatie.staat import MagNiet, ga_naar
from plan.models import Onderdeel
from sociaalhuis import begrenzing, ontvangst
from sociaalhuis.models import Dossiersleutel, Organisatie
from sociaalhuis.post.brief import stuur_brief

# Nobody's mailbox is filled with receipts by somebody else.
BEWIJZEN_PER_DAG = 10
NIEUWS_AANGEMELD = "Er is nieuws over je inbreng. Je leest het hier, als je bent aangemeld:"
NIEUWS_MET_CODE = "Er is nieuws over je inbreng. Je leest het hier, met de code van je ontvangstbewijs:"
ER_IS_NIEUWS = "Er is nieuws over je inbreng. Je leest het hier:"
ER_IS_ANTWOORD = "Er is een antwoord op je inbreng. Je leest het hier:"


class RondeGesloten(MagNiet):
    """The round is not open (any more). What was typed is still in the hands of the caller."""


@dataclass(frozen=True)
class Woorden:
    """What is said: words, a proposed wording, a standpoint, and what it is about.

    `gekozen` is the paragraph with the words that stood there (`participatie.rondetekst.Gekozen`) or None; `onderdeel`
    is then that of the paragraph.
    """

    tekst: str = ""
    onderdeel: Onderdeel | None = None
    gekozen: Gekozen | None = None
    voorstel: str = ""
    standpunt: str = ""

    @property
    def velden(self):
        """The columns of Inbreng."""
        over = {"onderdeel": self.onderdeel}
        if self.gekozen:
            over = {
                "onderdeel": self.gekozen.alinea.onderdeel,
                "alinea": self.gekozen.alinea,
                "alinea_tekst": self.gekozen.woorden,
            }
        return {"tekst": self.tekst, "voorstel": self.voorstel, "standpunt": self.standpunt, **over}


def geef_inbreng(
    *,
    ronde,
    tekst="",
    onderdeel=None,
    gekozen=None,
    voorstel="",
    standpunt="",
    organisatie=None,
    naam_publiek="",
    email="",
    kanaal=Inbreng.Kanaal.WEB,
    vult_aan=None,
    te_laat=False,
    inzending,
    teken="",
    door=None,
):
    """Keeps one input and sends its receipt; the same `inzending` again gives the same input, also after closing.

    For an organisation `door` must have a mandate at this moment (else PermissionDenied); a new standpoint takes the
    place of its former one about the same part. A citizen gets a receipt code, in `.code` of what is returned and
    nowhere else. With `te_laat` an input after closing is kept apart, for the coordinator to accept or not. Raises
    RondeGesloten.
    """
    bestaand = Inbreng.objects.filter(inzending=inzending).first()
    if bestaand:
        return met_code(bestaand)
    kwam_te_laat = te_laat and is_te_laat(ronde)
    if not kwam_te_laat and not mag(Handeling.INBRENGEN, ronde=ronde, gebruiker=door):
        raise RondeGesloten("Deze ronde is gesloten. Je inbreng is niet verstuurd.")
    if organisatie and not (door and Mandaat.objects.van_gebruiker(door).filter(organisatie=organisatie).exists()):
        raise PermissionDenied
    for handeling, waarde in ((Handeling.AMENDEREN, voorstel), (Handeling.STANDPUNT, standpunt)):
        if waarde and not kwam_te_laat and not mag(handeling, ronde=ronde, gebruiker=door):
            raise MagNiet(waarom_niet(handeling, ronde))
    staat = Inbreng.Staat.ZICHTBAAR if organisatie else Inbreng.Staat.INGEDIEND
    inbreng = Inbreng(
        ronde=ronde,
        organisatie=organisatie,
        ingediend_door=door if organisatie else None,
        naam_publiek="" if organisatie else naam_publiek,
        kanaal=kanaal,
        vult_aan=vult_aan,
        inzending=inzending,
        teken="" if organisatie else teken,
        staat=Inbreng.Staat.TE_LAAT if kwam_te_laat else staat,
        **Woorden(tekst, onderdeel, gekozen, voorstel, standpunt).velden,
    )
    try:
        with transaction.atomic():
            vervang_standpunt(inbreng)
            return bewaar(inbreng, "" if organisatie else email, door.email if organisatie else email)
    except IntegrityError:
        bestaand = Inbreng.objects.filter(inzending=inzending).first()  # posted twice at the same moment
        if bestaand is None:
            raise
        return met_code(bestaand)


def is_te_laat(ronde):
    """Whether giving input is over and nothing was answered yet: then it may be kept as one that came too late."""
    return moment_van(ronde) in (Moment.WEGEN, Moment.ANTWOORDEN)


def vervang_standpunt(inbreng):
    """Makes room for a new standpoint: the former one of this organisation on this part becomes history.

    Called in the transaction that keeps the new one; two representatives at once go one after the other.
    """
    if not inbreng.standpunt:
        return
    Organisatie.objects.select_for_update(of=("self",), no_key=True).get(pk=inbreng.organisatie_id)
    vorige = Inbreng.objects.filter(
        ronde=inbreng.ronde, organisatie=inbreng.organisatie, onderdeel=inbreng.onderdeel
    ).exclude(standpunt="")
    te_laat = inbreng.staat == Inbreng.Staat.TE_LAAT
    for rij in vorige.filter(staat__in=Inbreng.STAAND).select_for_update(of=("self",)):
        if te_laat:
            raise MagNiet("Je gaf al een standpunt over dit deel. Na het sluiten kan je het niet meer veranderen.")
        ga_naar(rij, Inbreng.Staat.VERVANGEN, reden_verborgen="")


def bewaar(inbreng, email, bewijs_naar):
    """Saves a new input in the transaction of the caller, with what only its giver holds: the address (`email`, under a
    key of its own), the receipt code, and the mail of the receipt to `bewijs_naar`. Gives the input with its `.code`."""
    if email:
        inbreng.dossiersleutel = Dossiersleutel.objects.create()
        inbreng.email = email
    if not inbreng.organisatie_id and not inbreng.vult_aan_id:
        code = ontvangst.code_bij(inbreng.inzending)
        inbreng.code_zoekdeel, inbreng.code_hash = ontvangst.zoekdeel(code), ontvangst.hash_van(code)
    inbreng.save()
    if bewijs_naar and not inbreng.teken and _mag_mailen(bewijs_naar):
        _mail(inbreng, bewijs_naar, "ontvangen", "We kregen je inbreng", "We kregen je inbreng. Je bewijs staat hier:")
    return met_code(inbreng)


def met_code(inbreng):
    """The same input, with the receipt code that still opens it in `.code`, or ''."""
    inbreng.code = ""
    if inbreng.code_hash:
        code = ontvangst.code_bij(inbreng.inzending)
        inbreng.code = ontvangst.gegroepeerd(code) if ontvangst.klopt(code, inbreng.code_hash) else ""
    return inbreng


def _mag_mailen(adres):
    return begrenzing.telt(f"inbreng-bewijs:{adres.lower()}", timedelta(days=1), BEWIJZEN_PER_DAG)


def _mail(inbreng, aan, gebeurtenis, onderwerp, tekst, pad=""):
    if inbreng.dossiersleutel and inbreng.dossiersleutel.gewist_op:
        return  # nobody knows the address any more
    stuur_brief(
        sleutel=f"inbreng-{inbreng.pk}-{gebeurtenis}",
        aan=aan,
        dossiersleutel=inbreng.dossiersleutel,
        onderwerp=onderwerp,
        tekst=tekst,
        pad=pad or inbreng.bewijs_url,
        referentie=inbreng.referentie,
    )


@transaction.atomic
def toon(*, inbreng, door, reden_laat=""):
    """Shows an input to everyone. Once the answers of its round are out, only together with an answer.

    One that came too late asks for a reason why it counts all the same (`reden_laat`), which everyone may read.
    """
    inbreng = _op_slot(inbreng, door)
    if inbreng.ronde.antwoorden_gepubliceerd_op:
        antwoord = inbreng.antwoord_of_niets
        if antwoord is None or antwoord.staat == Antwoord.Staat.CONCEPT:
            raise MagNiet(
                "De antwoorden van deze ronde staan online. Geef deze inbreng eerst een antwoord, en laat het nalezen."
            )
        if not antwoord.is_gepubliceerd:
            ga_naar(antwoord, Antwoord.Staat.GEPUBLICEERD)
    laat, stond = {}, inbreng.staat
    if inbreng.staat == Inbreng.Staat.TE_LAAT:
        if not reden_laat.strip():
            raise MagNiet("Schrijf waarom deze inbreng nog meetelt, ook al kwam hij te laat.")
        laat = {"reden_laat": reden_laat.strip()}
    inbreng = ga_naar(
        inbreng, Inbreng.Staat.ZICHTBAAR, reden_verborgen="", beoordeeld_door=door, beoordeeld_op=timezone.now(), **laat
    )
    if stond in (Inbreng.Staat.TE_LAAT, Inbreng.Staat.VERBORGEN):
        meld_nieuws(inbreng, "getoond")
    return inbreng


@transaction.atomic
def verberg(*, inbreng, door, reden):
    """Keeps an input from the page, with a reason that everyone may read; who gave it hears that there is news."""
    inbreng = _op_slot(inbreng, door)
    if not reden.strip():
        raise MagNiet("Schrijf waarom we deze inbreng niet tonen.")
    ga_naar(
        inbreng,
        Inbreng.Staat.VERBORGEN,
        reden_verborgen=reden.strip(),
        beoordeeld_door=door,
        beoordeeld_op=timezone.now(),
    )
    meld_nieuws(inbreng, "verborgen")
    return inbreng


def meld_nieuws(inbreng, wat):
    """Tells who gave an input that there is news, and no more: what it is stands behind the receipt code or the login."""
    if inbreng.teken:
        return
    if inbreng.organisatie_id:
        pad = reverse("participatie:mijn_inbreng", args=[inbreng.referentie])
    else:
        pad = reverse("participatie:opvolgen")
    for nummer, adres in enumerate(adressen_van(inbreng)):
        _mail(
            inbreng,
            adres,
            f"{wat}-{inbreng.beoordeeld_op:%Y%m%d%H%M%S}-{nummer}",
            "Er is nieuws over je inbreng",
            NIEUWS_AANGEMELD if inbreng.organisatie_id else NIEUWS_MET_CODE,
            pad,
        )


def adressen_van(inbreng):
    """Whom to tell about an input: the citizen if there is an address, or who speaks for the organisation now."""
    if not inbreng.organisatie_id:
        return [inbreng.email] if inbreng.email else []
    return [
        mandaat.gebruiker.email
        for mandaat in inbreng.organisatie.mandaten.all()
        if mandaat.is_actief and mandaat.gebruiker.is_active
    ]


def _op_slot(inbreng, door):
    """The row through the door, held until the end of the transaction."""
    if not door.has_perm("participatie.change_inbreng"):
        raise PermissionDenied
    return (
        Inbreng.objects.zichtbaar_voor(door).select_related("ronde").select_for_update(of=("self",)).get(pk=inbreng.pk)
    )


def meld_auteurs(inbreng, gebeurtenis, is_antwoord=False):
    """Tells who gave an input that there is news, or an answer: the citizen, or who speaks for the organisation now.

    `gebeurtenis` names the occasion: nobody is told of the same one twice. The mail leads to the page of the input.
    """
    eigen = reverse("participatie:mijn_inbreng", args=[inbreng.referentie])  # what is hidden has no page for everyone
    pad = inbreng.get_absolute_url() if inbreng.is_zichtbaar else eigen
    for nummer, adres in enumerate(adressen_van(inbreng)):
        _mail(
            inbreng,
            adres,
            f"{gebeurtenis}-{nummer}",
            "Er is een antwoord" if is_antwoord else "Er is nieuws over je inbreng",
            ER_IS_ANTWOORD if is_antwoord else ER_IS_NIEUWS,
            pad,
        )
