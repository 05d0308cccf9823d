"""What the one who asked decides about the own question: how to be reached, and whether the answer helped."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from loket.acties import contactspoor
from loket.acties.behandeling import _nieuwe_termijn, _op_slot, _zet
from loket.models import Bericht, MagNiet, Oordeel, Vraag
from loket.models.staat import Staat, Stap
from loket.werkbank.rechten import hoofden_van
from sociaalhuis.models import UitgaandeMail
from sociaalhuis.post.brief import stuur_brief

AL_GEZEGD = "Dit zei je al over dit antwoord. Wil je nog iets kwijt? Schrijf het hieronder."
NIETS_TE_ZEGGEN = "Er is nu geen antwoord om iets over te zeggen."


@transaction.atomic
def wijzig_contact(*, vraag, antwoordwijze, email="", telefoon="", adres="", op=None) -> Vraag:
    """From now on only this way and this address; the former ones are gone, and so is mail that still waits for them."""
    vraag = _op_slot(vraag, None, None)
    wegen = {"email": email, "telefoon": telefoon, "adres": adres}
    UitgaandeMail.objects.filter(dossiersleutel=vraag.dossiersleutel_id, staat=UitgaandeMail.Staat.WACHT).delete()
    anoniem = not any([vraag.naam, *wegen.values()])
    vraag = _zet(vraag, Stap.CONTACT, None, op, antwoordwijze=antwoordwijze, anoniem=anoniem, **wegen)
    contactspoor.leg(vraag)
    return vraag


def te_beoordelen(vraag):
    """(whether there is something to judge, the answer or None when it was closed without one)."""
    geen_antwoord = (Vraag.Resultaat.DUBBEL, Vraag.Resultaat.ONGEWENST)
    if vraag.staat not in (Staat.BEANTWOORD, Staat.AFGESLOTEN) or vraag.quarantaine or vraag.resultaat in geen_antwoord:
        return False, None
    antwoord = vraag.berichten.filter(van=Bericht.Van.LOKET, is_vraag=False).order_by("-op", "-pk").only("pk").first()
    return not vraag.oordelen.filter(bericht=antwoord).exists(), antwoord


@transaction.atomic
def geef_oordeel(*, vraag, keuze, tekst="", op=None) -> Oordeel:
    """Helped or not, once per answer. Not helped opens the question again with a fresh term, and the head hears it.

    Raises MagNiet.
    """
    vraag = _op_slot(vraag, None, None)
    mag, antwoord = te_beoordelen(vraag)
    if not mag:
        al = vraag.oordelen.exists()
        raise MagNiet(AL_GEZEGD if al else NIETS_TE_ZEGGEN)
    op = op or timezone.now()
    oordeel = Oordeel.objects.create(vraag=vraag, bericht=antwoord, keuze=keuze, tekst=tekst, op=op)
    if keuze in Oordeel.NEE:
        _zet(vraag, Stap.NIET_TEVREDEN, None, op, uiterlijk_op=_nieuwe_termijn(vraag, op))
        for hoofd in hoofden_van(vraag.team):
            stuur_brief(
                sleutel=f"oordeel-{oordeel.pk}-{hoofd.pk}",
                aan=hoofd.email,
                onderwerp="Een vraag is opnieuw open",
                tekst="Een vraag is opnieuw open omdat het antwoord niet hielp. Kijk onder Wensen:",
                pad=reverse("loket:werkbank_wensen"),
                referentie=vraag.referentie,
            )
    else:
        _zet(vraag, Stap.TEVREDEN, None, op)
    if tekst:
        Bericht.objects.create(vraag=vraag, van=Bericht.Van.VRAGER, tekst=tekst, op=op)
    return oordeel
