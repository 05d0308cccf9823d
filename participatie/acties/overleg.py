"""A meeting is made, told about, moved or called off. Who is invited or comes, hears every change that matters."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from participatie.acties.uitnodigen import mail_iedereen, verstuur_uitnodigingen
from participatie.acties.zaal import bezet, schuif_op
from participatie.models import Overleg
from participatie.staat import MagNiet, ga_naar
from plan.models import Plan

ONDERTUSSEN = "Een collega bewaarde intussen iets anders. Kijk wat er nu staat, en bewaar dan opnieuw."


@transaction.atomic
def maak_overleg(*, door, **velden):
    """A new meeting, as a draft. `velden` are the fields of Overleg; the plan of its round goes without saying."""
    _mag(door)
    overleg = Overleg(door=door, **velden)
    if overleg.ronde_id:
        overleg.plan = overleg.ronde.plan
    overleg.slug = _vrije_slug(overleg)
    overleg.save()
    return overleg


@transaction.atomic
def wijzig_overleg(*, overleg, door, versie=None, reden="", **velden):
    """Changes a meeting. When one that was told about gets another time or place, `reden` is asked and mailed.

    `versie` is what the writer saw. Raises MagNiet: somebody was faster, no reason, fewer places than people.
    """
    overleg = op_slot(overleg, door)
    if versie is not None and versie != overleg.versie:
        raise MagNiet(ONDERTUSSEN)
    if overleg.staat == Overleg.Staat.AFGELAST:
        raise MagNiet("Dit overleg gaat niet door. Maak een nieuw.")
    vroeger = {naam: getattr(overleg, naam) for naam in (*Overleg.AGENDAVELDEN, "begin")}
    for naam, waarde in velden.items():
        setattr(overleg, naam, waarde)
    if overleg.ronde_id:
        overleg.plan = overleg.ronde.plan
    if overleg.agenda.exclude(onderdeel=None).exclude(onderdeel__plan=overleg.plan).exists():
        raise MagNiet("Op de agenda staan delen van het vorige plan. Haal die eerst weg.")
    verplaatst = [naam for naam in Overleg.AGENDAVELDEN if naam != "titel" and vroeger[naam] != getattr(overleg, naam)]
    _controleer(overleg, verplaatst, reden)
    overleg.versie += 1
    overleg.gewijzigd_op = timezone.now()
    if overleg.staat == Overleg.Staat.AANGEKONDIGD and (verplaatst or vroeger["titel"] != overleg.titel):
        overleg.volgnummer += 1
    if overleg.staat == Overleg.Staat.AANGEKONDIGD and verplaatst:
        overleg.reden, overleg.verplaatst_op = reden.strip(), overleg.gewijzigd_op
    overleg.save()
    if overleg.staat == Overleg.Staat.AANGEKONDIGD:
        _na_wijziging(overleg, verplaatst, vroeger["begin"] != overleg.begin)
    return overleg


def _controleer(overleg, verplaatst, reden):
    if overleg.staat == Overleg.Staat.AANGEKONDIGD:
        if verplaatst and not reden.strip():
            raise MagNiet("Schrijf waarom het uur of de plaats verandert. Iedereen die komt, krijgt een mail.")
        _mag_openbaar(overleg)
    aantal = bezet(overleg)
    if overleg.plaatsen is not None and aantal > overleg.plaatsen:
        raise MagNiet(
            f"Er zijn al {aantal} mensen ingeschreven. Met minder plaatsen moet er eerst iemand afgemeld zijn."
        )


def _na_wijziging(overleg, verplaatst, ander_uur):
    if ander_uur:
        overleg.inschrijvingen.update(herinnerd_week_op=None, herinnerd_dag_op=None)
    if verplaatst:
        mail_iedereen(overleg)
    schuif_op(overleg)


@transaction.atomic
def kondig_aan(*, overleg, door):
    """Tells about a meeting: it shows, people can register, and who is invited gets a mail."""
    overleg = op_slot(overleg, door)
    if overleg.is_begonnen:
        raise MagNiet("Dit overleg is al begonnen. Kies eerst een later uur.")
    if not overleg.openbaar and not overleg.uitnodigingen.exists():
        raise MagNiet("Nodig eerst iemand uit, of maak het overleg open voor iedereen.")
    _mag_openbaar(overleg)
    ga_naar(overleg, Overleg.Staat.AANGEKONDIGD, gewijzigd_op=timezone.now())
    verstuur_uitnodigingen(overleg)
    return overleg


@transaction.atomic
def gelast_af(*, overleg, door, reden):
    """Calls a meeting off, with a reason, and mails everyone who is invited or comes."""
    overleg = op_slot(overleg, door)
    if not reden.strip():
        raise MagNiet("Schrijf waarom het overleg niet doorgaat. Iedereen leest die reden.")
    if overleg.staat == Overleg.Staat.AANGEKONDIGD and overleg.is_begonnen:
        raise MagNiet("Dit overleg is al begonnen. Afgelasten kan niet meer.")
    ga_naar(
        overleg,
        Overleg.Staat.AFGELAST,
        reden=reden.strip(),
        gewijzigd_op=timezone.now(),
        volgnummer=overleg.volgnummer + 1,
        versie=overleg.versie + 1,
    )
    mail_iedereen(overleg)
    return overleg


@transaction.atomic
def verwijder_overleg(*, overleg, door):
    """Removes a draft, with its agenda and its invitations. What was told about, stays."""
    overleg = op_slot(overleg, door)
    if overleg.staat != Overleg.Staat.CONCEPT or overleg.inschrijvingen.exists() or overleg.verslag_of_niets:
        raise MagNiet("Dit overleg is aangekondigd. Je kan het afgelasten, niet verwijderen.")
    overleg.delete()


def op_slot(overleg, door):
    """The row through the door, held until the end of the transaction."""
    _mag(door)
    return Overleg.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=overleg.pk)


def _mag(door):
    if not door.has_perm("participatie.change_overleg"):
        raise PermissionDenied


def _mag_openbaar(overleg):
    if overleg.openbaar and overleg.plan_id and not Plan.objects.openbaar().filter(pk=overleg.plan_id).exists():
        raise MagNiet(
            "Het plan van dit overleg is nog niet openbaar. Kies wie je uitnodigt, of maak eerst het plan openbaar."
        )


def _vrije_slug(overleg):
    """The day and the title, with a number when that is taken."""
    begin = f"{timezone.localdate(overleg.begin)}-{slugify(overleg.titel)[:60]}".strip("-")
    bezette = set(Overleg.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    namen = (begin if n == 1 else f"{begin}-{n}" for n in range(1, len(bezette) + 2))
    return next(naam for naam in namen if naam not in bezette)
