"""What staff, partners and the client do with a referral. One function per step of `loket.models.verwijzing.STAPPEN`.

Every step holds the case and then the referral, looks again who asks, moves the state, writes the log of the case and
puts mails in the outbox that say nothing. `door` is a member of staff, a representative with a running mandate, or
None for the client with the receipt code. `versie` is what the page showed: when the referral changed since, nothing
is written. What ends badly goes back to the desk at once: the case opens again, with a mark.
"""

from django.db import transaction
from django.utils import timezone

from loket.acties import verwijsbrief
from loket.acties.verwijscijfer import tel
from loket.models import (
    Doorverwijzing,
    Gebeurtenis,
    GedeeldeKopie,
    IngetrokkenVerwijzing,
    MagNiet,
    Verwijsbericht,
    Verwijstermijnen,
    Vraag,
)
from loket.models.staat import LOPEND as LOPENDE_VRAAG
from loket.models.staat import WACHT, Stap
from sociaalhuis import termijn
from sociaalhuis.models import Dossiersleutel

Stp, Staat, Veld, Reden, Aandacht = (
    Doorverwijzing.Stap,
    Doorverwijzing.Staat,
    Doorverwijzing.Veld,
    Doorverwijzing.Reden,
    Doorverwijzing.Aandacht,
)
LOKET, PARTNER, VRAGER = Verwijsbericht.Van.LOKET, Verwijsbericht.Van.PARTNER, Verwijsbericht.Van.VRAGER

NIET_VOOR_JOU = "Deze doorverwijzing is niet meer voor jou. Er is niets bewaard."
ONDERTUSSEN = "Ondertussen veranderde er iets. Kijk eerst wat er veranderde, en druk dan opnieuw op de knop."
DATUM_VOORBIJ = "De datum tot wanneer er gedeeld mag worden, is voorbij."
# Who does which step. The desk also writes down what a partner or a client says on the phone or on paper.
WIE = {
    Stp.GEEF_AKKOORD: {LOKET, VRAGER},
    Stp.VERZEND: {LOKET, VRAGER},
    Stp.ANTWOORD: {LOKET, VRAGER},
    Stp.BEVESTIG: {LOKET, VRAGER},
    Stp.WEERSPREEK: {LOKET, VRAGER},
    Stp.TREK_IN: {LOKET, VRAGER},
    Stp.STOP: {LOKET},
    **dict.fromkeys(
        (
            Stp.AANVAARD,
            Stp.WEIGER,
            Stp.VRAAG_TERUG,
            Stp.MAAK_AFSPRAAK,
            Stp.MELD_AANKOMST,
            Stp.HELP,
            Stp.HELP_NIET,
        ),
        {LOKET, PARTNER},
    ),
}


def te_delen(vraag) -> dict:
    """Field to text: what of this case could be shared. What is empty is not there."""
    waarden = {veld: getattr(vraag, veld) for veld in ("naam", "telefoon", "email", "adres", "tekst")}
    waarden[Veld.GEBIED.value] = vraag.gebied.naam if vraag.gebied else ""
    return {veld: waarden[veld] for veld in Veld.values if waarden.get(veld)}


@transaction.atomic
def stel_voor(
    *,
    vraag,
    organisatie,
    velden,
    geldig_tot,
    door,
    toelichting="",
    dienst=None,
    doelgroep=None,
    wachttijd=None,
    op=None,
):
    """Proposes a referral. Nothing leaves the house: the client decides first, over exactly these texts.

    Raises MagNiet when the case is not yours, does not allow it, or one to this organisation runs already.
    """
    op = op or timezone.now()
    vraag = Vraag.objects.zichtbaar_voor(door).select_for_update(of=("self",)).filter(pk=vraag.pk).first()
    if vraag is None:
        raise MagNiet(NIET_VOOR_JOU)
    if not vraag.kan(Stap.VERWIJS):
        raise MagNiet("Vanuit deze vraag kan je nu niet doorverwijzen. Heropen ze eerst.")
    if not organisatie.erkend_op:
        raise MagNiet("Deze organisatie is nog niet nagekeken. Kies een andere.")
    if vraag.doorverwijzingen.lopend().filter(organisatie=organisatie).exists():
        raise MagNiet(f"Er loopt al een doorverwijzing naar {organisatie}.")
    if geldig_tot <= timezone.localdate(op):
        raise MagNiet("Kies een datum na vandaag.")
    aanbod = te_delen(vraag) | ({Veld.TOELICHTING.value: toelichting} if toelichting else {})
    inhoud = {veld: aanbod[veld] for veld in Veld.values if veld in velden and veld in aanbod}
    if not inhoud:
        raise MagNiet("Kies minstens één gegeven om te delen.")
    vraag.doorverwijzingen.met_aandacht().filter(beeindigd_op__isnull=False).update(aandacht="")
    verwijzing = Doorverwijzing(
        vraag=vraag,
        organisatie=organisatie,
        dienst=dienst,
        doelgroep=doelgroep or vraag.doelgroep,
        door=door,
        velden=list(inhoud),
        geldig_tot=geldig_tot,
        wachttijd_vooraf=wachttijd,
        gemaakt_op=op,
        staat_sinds=op,
    )
    verwijzing.zet_termijn(Verwijstermijnen.van(organisatie))
    verwijzing.save(force_insert=True)
    kopie = GedeeldeKopie(doorverwijzing=verwijzing, sleutel=Dossiersleutel.objects.create())
    kopie.waarden = inhoud
    kopie.save()
    _log(verwijzing, Stp.STEL_VOOR, door, op)
    verwijsbrief.na(verwijzing, Stp.STEL_VOOR)
    return verwijzing


@transaction.atomic
def maak_blad(*, verwijzing, door, op=None):
    """The consent sheet is shown, to print and sign; from then on a paper consent can be written down."""
    vast = _op_slot(verwijzing, door, None)
    if vast.staat != Staat.VOORGESTELD:
        raise MagNiet(f"Er is geen toestemmingsblad meer nodig: deze doorverwijzing is {vast.in_een_zin}.")
    if vast.blad_op is None:
        vast.blad_op = op or timezone.now()
        vast.save(update_fields=["blad_op"])
    return vast


@transaction.atomic
def geef_akkoord(*, verwijzing, velden, door=None, getekend_op=None, versie=None, op=None):
    """The client agrees, with these fields: by code (`door` None), or on a signed paper that `door` has seen.

    By code and with everything that was proposed it is sent at once; with less, the desk looks first. On paper the
    desk sends. What was not agreed is gone from the copy.
    """
    vast = _op_slot(verwijzing, door, versie)
    op = op or timezone.now()
    velden = [veld for veld in vast.velden if veld in velden]
    if not velden:
        raise MagNiet("Duid minstens één gegeven aan dat we mogen delen. Wil je niets delen? Kies dan nee.")
    if door and vast.blad_op is None:
        raise MagNiet("Druk eerst het toestemmingsblad af en laat het tekenen.")
    if timezone.localdate(op) > vast.geldig_tot:
        raise MagNiet(DATUM_VOORBIJ)
    alles = velden == vast.velden
    akkoord = {
        "akkoord_velden": velden,
        "akkoord_op": op,
        "akkoord_hoe": vast.Hoe.PAPIER if door else vast.Hoe.CODE,
        "akkoord_door": door,
        "getekend_op": getekend_op if door else None,
    }
    aandacht = "" if door or alles else Aandacht.AKKOORD
    _zet(vast, Stp.GEEF_AKKOORD, door, op, aandacht=aandacht, **akkoord)
    kopie = vast.kopie
    kopie.waarden = {veld: tekst for veld, tekst in kopie.waarden.items() if veld in velden}
    kopie.save(update_fields=["inhoud"])
    if door is None and alles:
        _zet(vast, Stp.VERZEND, None, op, verzonden_op=op)
    return vast


@transaction.atomic
def verzend(*, verwijzing, door, versie=None, op=None):
    vast = _op_slot(verwijzing, door, versie)
    op = op or timezone.now()
    if timezone.localdate(op) > vast.geldig_tot:
        raise MagNiet(DATUM_VOORBIJ)
    return _zet(vast, Stp.VERZEND, door, op, verzonden_op=op)


@transaction.atomic
def aanvaard(*, verwijzing, door, versie=None, op=None):
    op = op or timezone.now()
    return _doe(verwijzing, Stp.AANVAARD, door, versie, op, aanvaard_op=op)


@transaction.atomic
def weiger(*, verwijzing, reden, door, tekst="", versie=None, op=None):
    """The partner cannot take it, and says why. The copy is gone and the desk has it back at once."""
    if not reden:
        raise MagNiet("Kies waarom je weigert.")
    return _doe(verwijzing, Stp.WEIGER, door, versie, op, tekst=tekst, aandacht=Aandacht.GEWEIGERD, reden=reden)


@transaction.atomic
def vraag_terug(*, verwijzing, tekst, door, versie=None, op=None):
    """The partner needs to know something first; the desk or the client answers."""
    return _doe(verwijzing, Stp.VRAAG_TERUG, door, versie, op, tekst=tekst, aandacht=Aandacht.VRAAGT_TERUG)


@transaction.atomic
def antwoord(*, verwijzing, tekst, door=None, versie=None, op=None):
    return _doe(verwijzing, Stp.ANTWOORD, door, versie, op, tekst=tekst)


@transaction.atomic
def maak_afspraak(*, verwijzing, wanneer, plaats, door, versie=None, op=None):
    """`wanneer` is an aware moment; `plaats` a text, encrypted as it may be somebody's home."""
    return _doe(verwijzing, Stp.MAAK_AFSPRAAK, door, versie, op, tekst=plaats, afspraak_op=wanneer)


@transaction.atomic
def meld_aankomst(*, verwijzing, door, versie=None, op=None):
    return _doe(verwijzing, Stp.MELD_AANKOMST, door, versie, op)


@transaction.atomic
def help(*, verwijzing, tekst, door, versie=None, op=None):  # noqa: A001 (the word of the field)
    """The partner helped, with `tekst`; the client confirms."""
    op = op or timezone.now()
    return _doe(verwijzing, Stp.HELP, door, versie, op, tekst=tekst, geholpen_op=op)


@transaction.atomic
def help_niet(*, verwijzing, reden, door, tekst="", versie=None, op=None):
    if not reden:
        raise MagNiet("Kies waarom het niet lukte.")
    return _doe(verwijzing, Stp.HELP_NIET, door, versie, op, tekst=tekst, aandacht=Aandacht.NIET_GEHOLPEN, reden=reden)


@transaction.atomic
def bevestig(*, verwijzing, door=None, versie=None, op=None):
    """The client was helped; they say so with the code, or on the phone to `door`."""
    return _doe(verwijzing, Stp.BEVESTIG, door, versie, op)


@transaction.atomic
def weerspreek(*, verwijzing, door=None, tekst="", versie=None, op=None):
    return _doe(verwijzing, Stp.WEERSPREEK, door, versie, op, tekst=tekst, aandacht=Aandacht.WEERSPROKEN)


@transaction.atomic
def trek_in(*, verwijzing, door=None, versie=None, op=None):
    """The client says no, or no longer. From this moment the partner reads nothing."""
    return _doe(
        verwijzing,
        Stp.TREK_IN,
        door,
        versie,
        op,
        aandacht=Aandacht.INGETROKKEN,
        reden=Reden.GEEN_AKKOORD,
    )


@transaction.atomic
def trek_alle_in(*, vraag, op=None):
    """The client needs nothing more: every running referral of it ends, without a mark."""
    for verwijzing in vraag.doorverwijzingen.lopend().order_by("pk"):
        vast = _op_slot(verwijzing, None, None)
        if vast.kan(Stp.TREK_IN):
            _zet(vast, Stp.TREK_IN, None, op, reden=Reden.GEEN_AKKOORD, aandacht="")


@transaction.atomic
def beeindig_voor_wissen(*, vraag, wens, op=None):
    """The case is about to be erased: what runs ends, is counted, and the partner hears it; the desk gets no mail.

    `wens`: the client asked for it. The partner keeps the reference of the referral for a month, and nothing else.
    """
    op = op or timezone.now()
    stap, reden = (Stp.TREK_IN, Reden.GEEN_AKKOORD) if wens else (Stp.STOP, Reden.LOKET)
    for verwijzing in vraag.doorverwijzingen.lopend().order_by("pk"):
        vast = _op_slot(verwijzing, None, None)
        vast.zet_stap(stap, termijnen=Verwijstermijnen.van(vast.organisatie), op=op, reden=reden, aandacht="")
        vast.kopie.vernietig(op)
        tel(vast, op)
        if vast.verzonden_op:
            IngetrokkenVerwijzing.objects.create(referentie=vast.referentie, organisatie=vast.organisatie, op=op)
            verwijsbrief.stuur(vast, verwijsbrief.PARTNER, "gewist", verwijsbrief.INGETROKKEN)


@transaction.atomic
def stop(*, verwijzing, tekst, door, versie=None, op=None):
    """The desk ends it, and says why."""
    return _doe(verwijzing, Stp.STOP, door, versie, op, tekst=tekst, reden=Reden.LOKET)


@transaction.atomic
def verloop(*, verwijzing, reden, op=None):
    """Its time is over (the portal itself): back to the desk, or closed when the partner did help."""
    vast = _op_slot(verwijzing, None, None)
    hielp = vast.staat == Staat.GEHOLPEN
    aandacht, reden = ("", "") if hielp else (Aandacht.VERLOPEN, reden)
    return _zet(vast, Stp.VERLOOP, None, op, aandacht=aandacht, reden=reden)


@transaction.atomic
def gezien(*, verwijzing, door):
    """Someone at the desk took note of the mark."""
    vast = _op_slot(verwijzing, door, None)
    if _rol(vast, door) != LOKET:
        raise MagNiet(NIET_VOOR_JOU)
    vast.aandacht = ""
    vast.save(update_fields=["aandacht"])
    return vast


def merk(verwijzing, aandacht, op=None):
    """Puts a mark on a referral that the caller holds, and opens its case again where that was closed."""
    verwijzing.aandacht = aandacht
    verwijzing.save(update_fields=["aandacht"])
    _terug_naar_loket(verwijzing.vraag, op)


def op_slot(verwijzing):
    """The referral as it is now, with its case, held until the end of the transaction; for the portal itself."""
    return _op_slot(verwijzing, None, None)


def _doe(verwijzing, stap, door, versie, op, **velden):
    return _zet(_op_slot(verwijzing, door, versie), stap, door, op, **velden)


def _op_slot(verwijzing, door, versie):
    """The referral as it is now, held with its case, the case first. Raises MagNiet."""
    zaken = Vraag.objects.select_related("dossiersleutel", "team", "behandelaar").select_for_update(of=("self",))
    vraag = zaken.get(pk=verwijzing.vraag_id)
    rijen = Doorverwijzing.objects.zichtbaar_voor(door) if door else Doorverwijzing.objects.all()
    rijen = rijen.select_related("organisatie", "kopie__sleutel").select_for_update(of=("self",))
    vast = rijen.filter(pk=verwijzing.pk).first()
    if vast is None:
        raise MagNiet(NIET_VOOR_JOU)
    vast.vraag = vast.kopie.doorverwijzing.vraag = vraag
    if versie is not None and vast.versie != versie:
        raise MagNiet(f"{ONDERTUSSEN} Deze doorverwijzing is nu {vast.in_een_zin}.")
    return vast


def _rol(verwijzing, door):
    if door is None:
        return VRAGER
    return LOKET if Doorverwijzing.objects.van_loket(door).filter(pk=verwijzing.pk).exists() else PARTNER


def _zet(vast, stap, door, op, *, tekst="", aandacht="", **velden):
    """Moves a referral that is held, and does all that belongs to a step."""
    op = op or timezone.now()
    rol = _rol(vast, door)
    if stap in WIE and rol not in WIE[stap]:
        raise MagNiet(NIET_VOOR_JOU)
    if rol == PARTNER and vast.kan(stap) and not vast.deelt(timezone.localdate(op)):
        raise MagNiet(DATUM_VOORBIJ)
    vast.zet_stap(stap, termijnen=Verwijstermijnen.van(vast.organisatie), op=op, aandacht=aandacht, **velden)
    if tekst:
        Verwijsbericht.objects.create(doorverwijzing=vast, van=rol, door=door, stap=stap, tekst=tekst, op=op)
    _log(vast, stap, door, op)
    if not vast.is_lopend:
        vast.kopie.vernietig(op)
        tel(vast, op)
    if aandacht:
        _terug_naar_loket(vast.vraag, op)
    verwijsbrief.na(vast, stap)
    return vast


def _terug_naar_loket(vraag, op):
    """Where the case was waiting or closed, it is open again for its handler or team, with a new term."""
    if (vraag.staat not in LOPENDE_VRAAG or vraag.staat == WACHT) and vraag.kan(Stap.VERWIJS_TERUG):
        op = op or timezone.now()
        vraag.zet_stap(Stap.VERWIJS_TERUG, op=op, uiterlijk_op=termijn.uiterlijk(op, vraag.werkdagen))
        Gebeurtenis.objects.create(vraag=vraag, stap=Stap.VERWIJS_TERUG, staat=vraag.staat, door=None, op=op)


def _log(verwijzing, stap, door, op):
    Gebeurtenis.objects.create(
        vraag=verwijzing.vraag,
        stap=Stap.VERWIJS,
        staat=verwijzing.vraag.staat,
        door=door,
        doorverwijzing=verwijzing,
        verwijsstap=stap,
        op=op,
    )
