"""Coming to a meeting: registering, the waiting list, cancelling, who was there, and a reminder in time."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties.overleg import op_slot
from participatie.acties.uitnodigen import adressen
from participatie.acties.zaal import mail, past, schuif_op
from participatie.models import Inschrijving, Overleg, Overleguitnodiging
from participatie.rechten import OVERLEGMAKERS
from participatie.staat import MagNiet, ga_naar
from sociaalhuis.begrenzing import telt
from sociaalhuis.models import Dossiersleutel
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.rollen import heeft_rol
from sociaalhuis.vertegenwoordiging import organisaties_van

BEWIJZEN_PER_DAG = 6  # mails with a receipt to one address
WERKUREN = range(8, 20)
GESLOTEN = "Inschrijven kan niet meer: het overleg is begonnen of gaat niet door."
AL_INGESCHREVEN = "Je bent al ingeschreven voor dit overleg."


@transaction.atomic
def schrijf_in(
    *, overleg, naam="", email="", organisatie=None, aantal=1, nodig=(), nodig_tekst="", uitnodiging=None, inzending,
    teken="", door=None,
):  # fmt: skip
    """Keeps a registration: a place while there are, else the waiting list. The same `inzending` gives the same one.

    Two at the same moment: the meeting is held, so one is first. `door` is who is logged in, or None for a citizen; an
    invited person brings the `uitnodiging`. Raises MagNiet (too late, twice) and PermissionDenied (not invited).
    """
    bestaand = Inschrijving.objects.filter(inzending=inzending).first()
    if bestaand:
        return bestaand
    overleg = Overleg.objects.select_for_update(of=("self",)).get(pk=overleg.pk)
    _mag_komen(overleg, uitnodiging, door, organisatie)
    if not overleg.is_open:
        raise MagNiet(GESLOTEN)
    rij = Inschrijving(
        overleg=overleg,
        organisatie=organisatie,
        gebruiker=door,
        uitnodiging=uitnodiging,
        aantal=aantal,
        inzending=inzending,
        teken="" if door else teken,
        staat=Inschrijving.Staat.INGESCHREVEN if past(overleg, aantal) else Inschrijving.Staat.WACHTLIJST,
        dossiersleutel=Dossiersleutel.objects.create(),
        naam=None if door else naam,
        email=(email.strip().lower() or None) if not door else None,
        nodig=" ".join(nodig) or None,
        nodig_tekst=nodig_tekst or None,
        met_noden=bool(nodig or nodig_tekst),
    )
    try:
        with transaction.atomic():
            rij.save()
    except IntegrityError as fout:
        bestaand = Inschrijving.objects.filter(inzending=inzending).first()  # posted twice at the same moment
        if bestaand:
            return bestaand
        raise MagNiet(AL_INGESCHREVEN) from fout
    if door or not email or telt(f"inschrijving:{email.lower()}", timedelta(days=1), BEWIJZEN_PER_DAG):
        wacht = rij.staat == Inschrijving.Staat.WACHTLIJST
        tekst = "Je staat op de wachtlijst." if wacht else "Je bent ingeschreven."
        mail(rij, "ontvangen", "Je inschrijving", f"{tekst} Alles over het overleg, en hoe je afmeldt, staat hier:")
    return rij


def _mag_komen(overleg, uitnodiging, door, organisatie):
    if organisatie and not (door and organisaties_van(door).filter(pk=organisatie.pk).exists()):
        raise PermissionDenied
    if overleg.openbaar or (uitnodiging and uitnodiging.overleg_id == overleg.pk):
        return
    genodigd = door and Overleg.objects.van_genodigde(door).filter(pk=overleg.pk).exists()
    if not genodigd and not (door and heeft_rol(door, *OVERLEGMAKERS)):
        raise PermissionDenied


@transaction.atomic
def meld_af(*, inschrijving, door=None):
    """Cancels a registration; who waits moves up. `door` is None when it came by the link of the receipt."""
    overleg = Overleg.objects.select_for_update(of=("self",)).get(pk=inschrijving.overleg_id)
    inschrijving = Inschrijving.objects.select_for_update(of=("self",)).get(pk=inschrijving.pk)
    eigen = door is None or inschrijving.gebruiker_id == door.pk
    if not eigen and not door.has_perm("participatie.change_overleg"):
        raise PermissionDenied
    if overleg.is_begonnen:
        raise MagNiet("Het overleg is al begonnen. Afmelden kan niet meer.")
    ga_naar(inschrijving, Inschrijving.Staat.AFGEMELD)
    if not eigen:
        mail(
            inschrijving,
            "afgemeld",
            "Je inschrijving is geschrapt",
            "We schrapten je inschrijving. Bel of mail ons als dat niet klopt.",
        )
    schuif_op(overleg)
    return inschrijving


@transaction.atomic
def verontschuldig(*, overleg, uitnodiging=None, door=None):
    """Keeps that somebody who was invited cannot come: a cancelled registration, once. Gives that row.

    `uitnodiging` is the one of a person by mail, `door` who is logged in. Raises PermissionDenied when neither is invited
    and MagNiet when the meeting began, or when they registered: then they cancel.
    """
    overleg = Overleg.objects.select_for_update(of=("self",)).get(pk=overleg.pk)
    if door is None and (uitnodiging is None or uitnodiging.overleg_id != overleg.pk):
        raise PermissionDenied
    if door and not Overleg.objects.van_genodigde(door).filter(pk=overleg.pk).exists():
        raise PermissionDenied
    if not overleg.is_open:
        raise MagNiet("Het overleg is al begonnen of gaat niet door.")
    wie = {"uitnodiging": uitnodiging} if door is None else {"gebruiker": door}
    if overleg.inschrijvingen.lopend().filter(**wie).exists():
        raise MagNiet("Je bent ingeschreven. Meld je af als je niet kan komen.")
    return overleg.inschrijvingen.filter(**wie).first() or Inschrijving.objects.create(
        **wie,
        overleg=overleg,
        organisatie=organisaties_van(door).filter(overleguitnodigingen__overleg=overleg).first() if door else None,
        staat=Inschrijving.Staat.AFGEMELD,
        dossiersleutel=Dossiersleutel.objects.create(),
        naam=None if door or uitnodiging.dossiersleutel.gewist_op else uitnodiging.naam,
    )


# --- at the meeting -----------------------------------------------------------------------------


@transaction.atomic
def vink_aan(*, inschrijving, aanwezig, door):
    """Who is there (True), is not (False), or was not looked at yet (None). Who waited and came anyway, has a place."""
    overleg = op_slot(inschrijving.overleg, door)
    if timezone.localdate(overleg.begin) > timezone.localdate():
        raise MagNiet("Aanvinken kan vanaf de dag van het overleg.")
    inschrijving = overleg.inschrijvingen.select_for_update(of=("self",)).get(pk=inschrijving.pk)
    if inschrijving.staat != Inschrijving.Staat.INGESCHREVEN:
        raise MagNiet("Deze persoon heeft geen plaats. Schrijf bij wie toch kwam, onder ‘Niet ingeschreven’.")
    inschrijving.aanwezig = aanwezig
    inschrijving.save(update_fields=["aanwezig"])
    return inschrijving


@transaction.atomic
def schrijf_bij(*, overleg, door, aantal, organisatie=None, inzending=None):
    """People who came without registering: how many, and for which organisation, or none. No names."""
    overleg = op_slot(overleg, door)
    if overleg.staat != Overleg.Staat.AANGEKONDIGD or timezone.localdate(overleg.begin) > timezone.localdate():
        raise MagNiet("Bijschrijven kan vanaf de dag van het overleg.")
    bestaand = inzending and Inschrijving.objects.filter(inzending=inzending).first()
    return bestaand or Inschrijving.objects.create(
        overleg=overleg,
        organisatie=organisatie,
        aantal=aantal,
        inzending=inzending,
        staat=Inschrijving.Staat.INGESCHREVEN,
        onaangekondigd=True,
        aanwezig=True,
    )


@transaction.atomic
def schrap_bijgeschreven(*, inschrijving, door):
    """Takes away a line of who came unannounced, written by mistake."""
    op_slot(inschrijving.overleg, door)
    Inschrijving.objects.filter(pk=inschrijving.pk, onaangekondigd=True).delete()


# --- in time ------------------------------------------------------------------------------------


@transaction.atomic
def herinner(nu):
    """Job: reminds who comes a week and a day before, and who was invited and did not answer a week before.

    During the day only. Gives how many rows it reminded. A row is marked with its mail, so nobody gets it twice.
    """
    moment = timezone.localtime(nu)
    if moment.hour not in WERKUREN:
        return 0
    morgen = moment.date() + timedelta(days=1)
    gaat_door = {"overleg__staat": Overleg.Staat.AANGEKONDIGD, "overleg__begin__gt": nu}
    komt = Inschrijving.objects.met_plaats().filter(**gaat_door, onaangekondigd=False, teken="")
    komt = komt.select_related("dossiersleutel", "gebruiker", "overleg").select_for_update(
        of=("self",), skip_locked=True
    )
    morgen_of_vroeger = komt.filter(
        overleg__begin__date__lte=morgen, herinnerd_dag_op=None, gemaakt_op__lt=nu - timedelta(hours=12)
    )
    aantal = _herinner(morgen_of_vroeger, "dag", "Morgen is er overleg", nu)
    binnen_een_week = komt.filter(
        overleg__begin__date__gt=morgen,
        overleg__begin__lte=nu + timedelta(days=7),
        herinnerd_week_op=None,
        gemaakt_op__lt=nu - timedelta(days=1),
    )
    aantal += _herinner(binnen_een_week, "week", "Binnenkort is er overleg", nu)
    return aantal + _herinner_genodigden(gaat_door, nu)


def _herinner(rijen, wanneer, onderwerp, nu):
    veld = f"herinnerd_{wanneer}_op"
    for rij in rijen:
        dag = timezone.localdate(rij.overleg.begin) == timezone.localdate(nu)
        mail(
            rij,
            f"{wanneer}-{rij.overleg.volgnummer}",
            "Vandaag is er overleg" if dag else onderwerp,
            "Je bent ingeschreven voor een overleg. Waar en wanneer, en hoe je afmeldt, staat hier:",
        )
        setattr(rij, veld, nu)
        rij.save(update_fields=[veld])
    return len(rijen)


def _herinner_genodigden(gaat_door, nu):
    """Who was invited at least three days ago and did not say whether they come."""
    rijen = (
        Overleguitnodiging.objects.filter(
            **gaat_door,
            overleg__begin__lte=nu + timedelta(days=7),
            herinnerd_op=None,
            verstuurd_op__lt=nu - timedelta(days=3),
        )
        .select_related("dossiersleutel", "organisatie", "gebruiker", "team")
        .select_for_update(of=("self",), skip_locked=True)
    )
    for rij in rijen:
        for nummer, (aan, sleutel, pad) in enumerate([] if _antwoordde(rij) else adressen(rij)):
            stuur_brief(
                sleutel=f"overleg-{rij.overleg_id}-herinnering-{rij.pk}-{nummer}",
                aan=aan,
                dossiersleutel=sleutel,
                onderwerp="Kom je naar het overleg?",
                tekst="Je bent uitgenodigd voor een overleg en liet nog niet weten of je komt. Dat kan hier:",
                pad=pad,
            )
        rij.herinnerd_op = nu
        rij.save(update_fields=["herinnerd_op"])
    return len(rijen)


def _antwoordde(uitnodiging):
    """Whether somebody whom this invitation meant registered, or cancelled after that."""
    rijen = Inschrijving.objects.filter(overleg=uitnodiging.overleg_id)
    if uitnodiging.soort == "persoon":
        return uitnodiging.inschrijvingen.exists()
    if uitnodiging.soort == "team":
        return rijen.filter(gebruiker__teams=uitnodiging.team_id).exists()
    return rijen.filter(**{uitnodiging.soort: getattr(uitnodiging, f"{uitnodiging.soort}_id")}).exists()
