"""An organisation applies; two different people of staff look; then it is recognised and its contact can log in."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from participatie.acties.gebruiker import maak_vertegenwoordiger
from participatie.acties.mail import adres_van_de_coordinator
from participatie.models import Aanmelding, Mandaat
from participatie.staat import MagNiet, ga_naar
from sociaalhuis.models import Dossiersleutel, Organisatie
from sociaalhuis.post.brief import stuur_brief

LOOPT_AL = (
    "Voor dit ondernemingsnummer loopt al een aanmelding. We laten de contactpersoon iets weten zodra ze nagekeken is."
)
CONTACT_GEWIST = (
    "Niemand besliste een jaar lang over deze aanmelding, en daarom is gewist wie de contactpersoon was."
    " Weiger ze. De organisatie kan zich opnieuw aanmelden."
)
AL_VERBETERD = "Je stuurde deze aanmelding al opnieuw. De nieuwe kijken we na."
AL_ERKEND = (
    "Deze organisatie staat al in onze lijst. Wil je ook namens haar spreken?"
    " Vraag het aan je collega's, of bel of mail ons."
)


@transaction.atomic
def meld_aan(*, gegevens, contact_naam, contact_email, contact_telefoon="", inzending, teken="", vorige=None, op=None):
    """Keeps an application and tells the applicant and the coordinator. The same `inzending` again gives the same one.

    `gegevens`: the fields of Aanmelding by name, themes, groups and areas as lists. `vorige` is the refused one that this
    one corrects; contact details that are left empty are taken from it. Raises MagNiet when the number is already known
    or applied for, and when the refused one was corrected before.
    """
    bestaand = Aanmelding.objects.filter(inzending=inzending).first()
    if bestaand:
        return bestaand
    velden = dict(gegevens)
    indeling = {naam: velden.pop(naam, ()) for naam in ("themas", "doelgroepen", "gebieden")}
    weiger_dubbel(velden.get("ondernemingsnummer", ""))
    if vorige:
        vorige = Aanmelding.objects.select_for_update(of=("self",)).select_related("dossiersleutel").get(pk=vorige.pk)
        if not vorige.mag_opnieuw:
            raise MagNiet(AL_VERBETERD)
    oud = None if vorige is None or vorige.dossiersleutel.gewist_op else vorige
    aanmelding = Aanmelding(
        **velden,
        inzending=inzending,
        teken=teken,
        vorige=vorige,
        aangemeld_op=op or timezone.now(),
        dossiersleutel=Dossiersleutel.objects.create(),
        contact_naam=contact_naam or oud.contact_naam,
        contact_email=(contact_email or oud.contact_email).strip().lower(),
        contact_telefoon=contact_telefoon or (oud and oud.contact_telefoon) or None,
    )
    try:
        with transaction.atomic():
            aanmelding.save()
    except IntegrityError as fout:  # somebody was faster by a moment
        bestaand = Aanmelding.objects.filter(inzending=inzending).first()
        if bestaand:
            return bestaand
        raise MagNiet(LOOPT_AL) from fout
    for naam, rijen in indeling.items():
        getattr(aanmelding, naam).set(rijen)
    if not teken:
        _mail(aanmelding, "ontvangen", "We kregen je aanmelding", "We kregen je aanmelding. Op deze pagina volg je ze:")
        _meld_aan_medewerkers(aanmelding)
    return aanmelding


def weiger_dubbel(nummer):
    """Raises MagNiet when this number is recognised already, or an application for it runs."""
    if not nummer:
        return
    if Organisatie.objects.erkend().filter(ondernemingsnummer=nummer).exists():
        raise MagNiet(AL_ERKEND)
    if Aanmelding.objects.lopend().filter(ondernemingsnummer=nummer).exists():
        raise MagNiet(LOOPT_AL)


@transaction.atomic
def kijk_na(*, aanmelding, door, op=None):
    """Gives the first approval, or the second one by somebody else: then the organisation is recognised.

    Raises MagNiet for the same person twice and for an application that is no longer running.
    """
    aanmelding = _op_slot(aanmelding, door)
    nu = op or timezone.now()
    if aanmelding.staat == Aanmelding.Staat.AANGEMELD:
        return ga_naar(aanmelding, Aanmelding.Staat.EEN_AKKOORD, eerste_door=door, eerste_op=nu)
    if aanmelding.is_lopend and aanmelding.eerste_door_id == door.pk:
        raise MagNiet("Jij gaf het eerste akkoord. Een collega moet het tweede geven.")
    if not aanmelding.is_lopend:
        return ga_naar(aanmelding, Aanmelding.Staat.ERKEND)  # not a step: raises
    if aanmelding.dossiersleutel.gewist_op:
        raise MagNiet(CONTACT_GEWIST)
    organisatie = _erken_organisatie(aanmelding, nu)
    gebruiker = maak_vertegenwoordiger(aanmelding.contact_email, aanmelding.contact_naam)
    if not Mandaat.objects.actief(nu).filter(gebruiker=gebruiker, organisatie=organisatie).exists():
        Mandaat.objects.create(gebruiker=gebruiker, organisatie=organisatie, rol=Mandaat.Rol.AANSPREEKPUNT, van=nu)
    ga_naar(aanmelding, Aanmelding.Staat.ERKEND, tweede_door=door, tweede_op=nu, organisatie=organisatie)
    _mail(
        aanmelding,
        "erkend",
        "Je aanmelding is in orde",
        "Je aanmelding is in orde. Aanmelden doe je met dit e-mailadres. Je krijgt dan een code in je mailbox:",
        reverse("account_request_login_code"),
    )
    return aanmelding


@transaction.atomic
def weiger(*, aanmelding, door, reden, op=None):
    """Refuses with a reason, which the applicant reads on the page of the application."""
    aanmelding = _op_slot(aanmelding, door)
    if not reden.strip():
        raise MagNiet("Schrijf waarom je weigert. De aanvrager leest die reden.")
    ga_naar(
        aanmelding,
        Aanmelding.Staat.GEWEIGERD,
        geweigerd_door=door,
        geweigerd_op=op or timezone.now(),
        reden=reden.strip(),
    )
    _mail(aanmelding, "geweigerd", "Nieuws over je aanmelding", "Er is nieuws over je aanmelding. Je leest het hier:")
    return aanmelding


def _op_slot(aanmelding, door):
    """The row through the door, held until the end of the transaction."""
    if not door.has_perm("participatie.kijk_na_aanmelding"):
        raise PermissionDenied
    return Aanmelding.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=aanmelding.pk)


def _erken_organisatie(aanmelding, nu):
    """The organisation of this application, recognised now. One that staff had already written keeps its own data."""
    organisatie = None
    if aanmelding.ondernemingsnummer:
        organisatie = (
            Organisatie.objects.select_for_update().filter(ondernemingsnummer=aanmelding.ondernemingsnummer).first()
        )
    if organisatie and organisatie.erkend_op:
        raise MagNiet("Deze organisatie is intussen al erkend. Weiger deze aanmelding met die reden.")
    organisatie = organisatie or Organisatie(
        code=_vrije_code(aanmelding.naam),
        naam=aanmelding.naam,
        soort=aanmelding.soort,
        ondernemingsnummer=aanmelding.ondernemingsnummer,
    )
    organisatie.omschrijving = organisatie.omschrijving or aanmelding.omschrijving
    organisatie.website = organisatie.website or aanmelding.website
    organisatie.erkend_op = nu
    organisatie.save()
    for veld in ("themas", "doelgroepen", "gebieden"):
        getattr(organisatie, veld).add(*getattr(aanmelding, veld).all())
    return organisatie


def _vrije_code(naam):
    """A code from the name that no organisation has yet."""
    begin = slugify(naam)[:40].strip("-") or "organisatie"
    bezet = set(Organisatie.objects.filter(code__startswith=begin).values_list("code", flat=True))
    nummers = (begin if n == 1 else f"{begin}-{n}" for n in range(1, len(bezet) + 2))
    return next(code for code in nummers if code not in bezet)


def _mail(aanmelding, gebeurtenis, onderwerp, tekst, pad=""):
    if aanmelding.dossiersleutel.gewist_op:  # nobody decided for a year: the address is gone
        return
    stuur_brief(
        sleutel=f"aanmelding-{aanmelding.pk}-{gebeurtenis}",
        aan=aanmelding.contact_email,
        dossiersleutel=aanmelding.dossiersleutel,
        onderwerp=onderwerp,
        tekst=tekst,
        pad=pad or aanmelding.url,
        referentie=aanmelding.referentie,
    )


def _meld_aan_medewerkers(aanmelding):
    if aan := adres_van_de_coordinator():
        stuur_brief(
            sleutel=f"aanmelding-{aanmelding.pk}-nieuw",
            aan=aan,
            onderwerp="Nieuwe aanmelding om na te kijken",
            tekst="Een organisatie meldde zich aan. Twee medewerkers kijken ze na:",
            pad=reverse("participatie:beheer_aanmelding", args=[aanmelding.pk]),
            referentie=aanmelding.referentie,
        )
