"""Inviting: organisations (all who speak for them now), teams and staff of gemeente and OCMW, and persons by mail."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participatie.acties.zaal import adres, mijn_pad
from participatie.models import Overleg, Overleguitnodiging
from participatie.staat import MagNiet
from sociaalhuis.models import Dossiersleutel
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.vertegenwoordiging import vertegenwoordigers_van

AL_UITGENODIGD = "Dit adres is al uitgenodigd."


@transaction.atomic
def nodig_uit(*, overleg, door, organisaties=(), teams=(), gebruikers=()):
    """Invites these; who is invited already stays so. Gives how many are new. Mails at once when it was told about."""
    overleg = _op_slot(overleg, door)
    genodigden = [("organisatie", rij) for rij in organisaties]
    genodigden += [("team", rij) for rij in teams] + [("gebruiker", rij) for rij in gebruikers]
    nieuw = [Overleguitnodiging.objects.get_or_create(overleg=overleg, **{soort: rij})[1] for soort, rij in genodigden]
    verstuur_uitnodigingen(overleg)
    return sum(nieuw)


@transaction.atomic
def nodig_persoon_uit(*, overleg, door, naam, email):
    """Invites one person by mail; the address is kept as ciphertext, for this meeting only."""
    overleg = _op_slot(overleg, door)
    email = email.strip().lower()
    bekend = overleg.uitnodigingen.exclude(dossiersleutel=None).select_related("dossiersleutel")
    if any(uitnodiging.email == email for uitnodiging in bekend):
        raise MagNiet(AL_UITGENODIGD)
    uitnodiging = Overleguitnodiging.objects.create(
        overleg=overleg, dossiersleutel=Dossiersleutel.objects.create(), naam=naam, email=email
    )
    verstuur_uitnodigingen(overleg)
    return uitnodiging


@transaction.atomic
def trek_uitnodiging_in(*, uitnodiging, door):
    """Takes an invitation back. Who registered with it must cancel first, so that nobody is surprised at the door."""
    _op_slot(uitnodiging.overleg, door)
    if uitnodiging.inschrijvingen.exists():
        raise MagNiet("Deze persoon schreef zich in. Meld de inschrijving af.")
    sleutel = uitnodiging.dossiersleutel
    uitnodiging.delete()
    if sleutel:
        sleutel.wis()


def verstuur_uitnodigingen(overleg):
    """Mails every invitation that did not go out yet, once the meeting was told about and still has to begin."""
    if not overleg.is_open:
        return
    rijen = overleg.uitnodigingen.filter(verstuurd_op=None).select_related("dossiersleutel", "organisatie", "gebruiker")
    for uitnodiging in rijen:
        for nummer, (aan, sleutel, pad) in enumerate(adressen(uitnodiging)):
            stuur_brief(
                sleutel=f"overleg-{overleg.pk}-uitnodiging-{uitnodiging.pk}-{nummer}",
                aan=aan,
                dossiersleutel=sleutel,
                onderwerp="Uitnodiging voor een overleg",
                tekst="Je bent uitgenodigd voor een overleg. Lees hier waarover het gaat, en zeg of je komt:",
                pad=pad,
            )
        uitnodiging.verstuurd_op = timezone.now()
        uitnodiging.save(update_fields=["verstuurd_op"])


def mail_iedereen(overleg):
    """One mail to every address that is invited or registered, that it changed or is off; once per `volgnummer`."""
    weg = overleg.staat == Overleg.Staat.AFGELAST
    uitnodigingen = overleg.uitnodigingen.select_related("dossiersleutel", "organisatie", "gebruiker")
    inschrijvingen = overleg.inschrijvingen.lopend().filter(onaangekondigd=False, teken="")
    wegen = [adres(rij) for rij in inschrijvingen.select_related("dossiersleutel", "gebruiker")]
    wegen += [pad for uitnodiging in uitnodigingen if uitnodiging.verstuurd_op for pad in adressen(uitnodiging)]
    uniek = {aan: (aan, sleutel, pad) for aan, sleutel, pad in reversed(wegen) if aan}
    for nummer, (aan, sleutel, pad) in enumerate(uniek.values()):
        stuur_brief(
            sleutel=f"overleg-{overleg.pk}-wijziging-{overleg.volgnummer}-{nummer}",
            aan=aan,
            dossiersleutel=sleutel,
            onderwerp="Een overleg gaat niet door" if weg else "Een overleg is veranderd",
            tekst="Een overleg gaat niet door. Waarom, lees je hier:"
            if weg
            else "Het uur of de plaats van een overleg is veranderd. Kijk hier:",
            pad=pad,
        )
    return len(uniek)


def adressen(uitnodiging):
    """[(e-mail, key under which it is kept or None, page)] of who is meant by an invitation, now."""
    if uitnodiging.soort == "persoon":
        weg = uitnodiging.dossiersleutel.gewist_op
        return [] if weg else [(uitnodiging.email, uitnodiging.dossiersleutel, uitnodiging.url)]
    if uitnodiging.soort == "organisatie":
        gebruikers = vertegenwoordigers_van(uitnodiging.organisatie).order_by("pk")
    elif uitnodiging.soort == "team":
        gebruikers = uitnodiging.team.leden.filter(is_active=True).order_by("pk")
    else:
        gebruikers = [uitnodiging.gebruiker] if uitnodiging.gebruiker.is_active else []
    return [(gebruiker.email, None, mijn_pad(uitnodiging.overleg_id)) for gebruiker in gebruikers]


def _op_slot(overleg, door):
    """The meeting through the door, held until the end of the transaction. One that is off takes no more guests."""
    if not door.has_perm("participatie.change_overleg"):
        raise PermissionDenied
    overleg = Overleg.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=overleg.pk)
    if overleg.staat == Overleg.Staat.AFGELAST or (overleg.staat != Overleg.Staat.CONCEPT and overleg.is_begonnen):
        raise MagNiet("Dit overleg is al begonnen of gaat niet door. Uitnodigen kan niet meer.")
    return overleg
