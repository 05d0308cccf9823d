"""Answering: a draft by one person, read by another, published for everybody on one day. And putting a mistake right.

Every change of state of an answer is here or in `inbreng.toon`, along `Antwoord.OVERGANGEN`.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from participatie.acties.inbreng import meld_auteurs
from participatie.mag import Handeling, mag
from participatie.models import Antwoord, Antwoordrechtzetting, Besluit, Inbreng, Inbrengdeel, Ronde
from participatie.models.antwoord import besluit_samen
from participatie.models.ronde import Fase
from participatie.staat import MagNiet, Ondertussen, ga_naar

Staat = Antwoord.Staat
PUNT_PER_PUNT = "We antwoorden punt per punt."
BEKEKEN = (Inbreng.Staat.ZICHTBAAR, Inbreng.Staat.VERBORGEN)
NIET_BEKEKEN = "Deze inbreng is nog niet nagekeken, of ingetrokken. Kijk ze eerst na."
ONLINE = "Dit antwoord staat online. Wijzigen kan alleen met een rechtzetting."


def op_slot(inbreng, door, recht):
    """The input through the door, held until the end of the transaction. Raises PermissionDenied without `recht`."""
    if not door.has_perm(f"participatie.{recht}"):
        raise PermissionDenied
    rijen = Inbreng.objects.zichtbaar_voor(door).select_related("ronde").select_for_update(of=("self",))
    inbreng = rijen.get(pk=inbreng.pk)
    if not mag(Handeling.ANTWOORDEN, ronde=inbreng.ronde, gebruiker=door):
        raise PermissionDenied
    return inbreng


def antwoord_op_slot(antwoord, door, recht, versie=None):
    """The answer, with its input held. Raises Ondertussen when it is another version than the reader saw."""
    inbreng = op_slot(antwoord.inbreng, door, recht)
    antwoord = Antwoord.objects.select_related("door", "nagelezen_door").filter(inbreng=inbreng).first()
    if antwoord is None or versie not in (None, antwoord.versie):
        raise Ondertussen("Dit antwoord is intussen gewijzigd. Lees het opnieuw.")
    antwoord.inbreng = inbreng
    return antwoord


# --- writing --------------------------------------------------------------------------------------


@transaction.atomic
def beantwoord(*, inbreng, reden, door, besluit="", wijziging="", waarheen="", versie=None, op=None):
    """Writes the answer to an input, or changes it: a draft again, whoever had read it.

    `versie` is the version the writer saw (0: none yet). Of an input that was cut in points the decision follows from
    them, and only `reden` counts here. Raises Ondertussen when a colleague saved another, MagNiet for what is unread,
    merged or published.
    """
    inbreng = op_slot(inbreng, door, "add_antwoord")
    antwoord = _te_wijzigen(inbreng, versie)
    punten = list(inbreng.punten.all())
    eigen = {"besluit": besluit, "wijziging": wijziging, "waarheen": waarheen}
    velden = _van_punten(punten) if punten else eigen
    return _bewaar(antwoord, door, op, reden=reden, **velden)


@transaction.atomic
def splits(*, inbreng, punten, door, versie=None, op=None):
    """Cuts an input in points that each get a decision, or changes them; fewer than two makes it one again.

    `punten` are dicts of columns of `Inbrengdeel`; the words of the input itself stay as they are. Gives the answer
    that holds the points together, or None when there is none any more. Raises as `beantwoord`.
    """
    inbreng = op_slot(inbreng, door, "add_antwoord")
    antwoord = _te_wijzigen(inbreng, versie)
    tekst = " ".join(f"{inbreng.tekst} {inbreng.voorstel}".split())
    for nummer, punt in enumerate(punten, start=1):
        if " ".join(punt["citaat"].split()) not in tekst:
            raise MagNiet(f"Punt {nummer}: deze woorden staan niet in de inbreng. Kopieer ze letterlijk.")
    if len(punten) == 1:
        raise MagNiet("Maak minstens twee punten, of maak alles leeg.")
    inbreng.punten.all().delete()
    if not punten:
        if antwoord.pk:
            return _bewaar(antwoord, door, op)
        return None
    rijen = [Inbrengdeel(inbreng=inbreng, volgorde=nummer, **punt) for nummer, punt in enumerate(punten, start=1)]
    for rij in rijen:
        rij.save()
    return _bewaar(antwoord, door, op, reden=antwoord.reden or PUNT_PER_PUNT, **_van_punten(rijen))


@transaction.atomic
def wis_concept(*, antwoord, door, versie=None):
    """Takes a draft away, with its points. Its words stay in the history."""
    antwoord = antwoord_op_slot(antwoord, door, "add_antwoord", versie)
    if antwoord.is_gepubliceerd:
        raise MagNiet(ONLINE)
    antwoord.inbreng.punten.all().delete()
    antwoord.delete()


def _te_wijzigen(inbreng, versie):
    """The answer of an input that is held, or a new one; MagNiet when it cannot be written now."""
    if inbreng.staat not in BEKEKEN:
        raise MagNiet(NIET_BEKEKEN)
    if inbreng.leidend.pk != inbreng.pk:
        raise MagNiet(f"Deze inbreng krijgt het antwoord van {inbreng.leidend.referentie}. Maak ze eerst los.")
    antwoord = Antwoord.objects.filter(inbreng=inbreng).first() or Antwoord(inbreng=inbreng, versie=0)
    if antwoord.is_gepubliceerd:
        raise MagNiet(ONLINE)
    if versie is not None and versie != antwoord.versie:
        wie = f"{antwoord.door} bewaarde intussen een ander antwoord." if antwoord.pk else "Het antwoord is gewist."
        raise Ondertussen(f"{wie} Dat van jou is nog niet bewaard.")
    return antwoord


def _van_punten(punten):
    """The columns of an answer that holds points together."""
    besluiten = [punt["besluit"] if isinstance(punt, dict) else punt.besluit for punt in punten]
    besluit = besluit_samen([besluit for besluit in besluiten if besluit] or [Besluit.DEELS])
    waarheen = ", ".join(dict.fromkeys(punt.waarheen for punt in punten)) if besluit == Besluit.BUITEN else ""
    return {"besluit": besluit, "wijziging": "", "waarheen": waarheen[:200]}


def _bewaar(antwoord, door, op, **velden):
    """A draft with these columns, one version further."""
    velden |= {"door": door, "gewijzigd_op": op or timezone.now(), "versie": antwoord.versie + 1, "nota": ""}
    if antwoord.staat == Staat.NAGELEZEN:
        return ga_naar(antwoord, Staat.CONCEPT, nagelezen_door=None, nagelezen_op=None, **velden)
    for naam, waarde in velden.items():
        setattr(antwoord, naam, waarde)
    antwoord.save()
    return antwoord


# --- the second reader ----------------------------------------------------------------------------


@transaction.atomic
def lees_na(*, antwoord, door, versie=None, op=None):
    """Somebody else than the writer agrees. Raises MagNiet for the writer, and while a point has no decision."""
    antwoord = antwoord_op_slot(antwoord, door, "lees_na_antwoord", versie)
    if antwoord.door_id == door.pk:
        raise MagNiet("Jij schreef dit antwoord. Vraag een collega om het na te lezen.")
    if open_ := antwoord.inbreng.punten.filter(besluit="").count():
        raise MagNiet(f"Nog niet elk punt heeft een antwoord. Te doen: {open_}.")
    return ga_naar(antwoord, Staat.NAGELEZEN, nagelezen_door=door, nagelezen_op=op or timezone.now(), nota="")


@transaction.atomic
def stuur_terug(*, antwoord, door, nota, versie=None):
    """The second reader does not agree: a draft again, with a note for the writer."""
    antwoord = antwoord_op_slot(antwoord, door, "lees_na_antwoord", versie)
    if antwoord.door_id == door.pk:
        raise MagNiet("Jij schreef dit antwoord. Pas het zelf aan.")
    if antwoord.is_gepubliceerd:
        raise MagNiet(ONLINE)
    if antwoord.staat == Staat.NAGELEZEN:
        return ga_naar(antwoord, Staat.CONCEPT, nagelezen_door=None, nagelezen_op=None, nota=nota.strip())
    antwoord.nota = nota.strip()
    antwoord.save(update_fields=["nota"])
    return antwoord


# --- publishing -----------------------------------------------------------------------------------


def te_beantwoorden(ronde):
    """The inputs of a round that must have an answer: what is shown, and what is hidden of who has a right to one."""
    return ronde.inbrengen.filter(
        Q(staat=Inbreng.Staat.ZICHTBAAR) | Q(staat=Inbreng.Staat.VERBORGEN, organisatie__reactierecht__isnull=False)
    )


def zonder_antwoord(ronde):
    """Those of them that have none, of their own or of the input they were merged with."""
    return te_beantwoorden(ronde).filter(antwoord=None, samengevoegd__leidend__antwoord=None)


def beletsel_voor_antwoorden(ronde):
    """Why the answers of this round cannot be published now, as a sentence; '' when they can."""
    if ronde.antwoorden_gepubliceerd_op:
        return "De antwoorden staan al online."
    if ronde.fase != Fase.GESLOTEN:
        return "De antwoorden publiceer je als de ronde gesloten is."
    if ongelezen := ronde.inbrengen.na_te_kijken().count():
        return f"Kijk eerst alle inbreng na. Nog te lezen: {ongelezen}."
    if zonder := zonder_antwoord(ronde).count():
        return f"Elke inbreng heeft een antwoord nodig. Nog zonder antwoord: {zonder}."
    if concepten := Antwoord.objects.filter(inbreng__ronde=ronde, staat=Staat.CONCEPT).filter(telt()).count():
        return f"Een tweede lezer kijkt elk antwoord na. Nog na te lezen: {concepten}."
    return ""


def telt():
    """The condition that an answer is for somebody: its input must have one, or another input inherits it."""
    volgt = Inbreng.objects.filter(samengevoegd__leidend=OuterRef("inbreng"), staat=Inbreng.Staat.ZICHTBAAR)
    return (
        Q(inbreng__staat=Inbreng.Staat.ZICHTBAAR)
        | Q(inbreng__organisatie__reactierecht__isnull=False)
        | Q(Exists(volgt))
    )


@transaction.atomic
def publiceer_antwoorden(*, ronde, door, op=None):
    """Makes every answer of a closed round public at once and tells who gave input.

    Raises MagNiet while the round is open, an input is unread or has no answer, or an answer has no second reader.
    """
    if not door.has_perm("participatie.publiceer_ronde"):
        raise PermissionDenied
    ronde = Ronde.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=ronde.pk)
    if beletsel := beletsel_voor_antwoorden(ronde):
        raise MagNiet(beletsel)
    ronde.antwoorden_gepubliceerd_op = op or timezone.now()
    ronde.save(update_fields=["antwoorden_gepubliceerd_op"])
    Antwoord.objects.filter(inbreng__ronde=ronde, staat=Staat.NAGELEZEN).update(staat=Staat.GEPUBLICEERD)
    for inbreng in te_beantwoorden(ronde).prefetch_related("organisatie__mandaten__gebruiker"):
        inbreng.ronde = ronde
        meld_auteurs(inbreng, "antwoord", is_antwoord=True)
    return ronde


# --- putting right --------------------------------------------------------------------------------


@transaction.atomic
def zet_recht(*, antwoord, uitleg, door, **nieuw):
    """Proposes a correction of a published answer: `uitleg` says what was wrong, `nieuw` are the columns it gets.

    Nothing changes on the page before somebody else agrees. Gives the `Antwoordrechtzetting`.
    """
    antwoord = antwoord_op_slot(antwoord, door, "add_antwoord")
    if not antwoord.is_gepubliceerd:
        raise MagNiet("Dit antwoord staat nog niet online. Wijzig het gewoon.")
    if antwoord.rechtzettingen.filter(akkoord_op=None).exists():
        raise MagNiet("Er wacht al een rechtzetting op een tweede lezer.")
    oud = {f"oud_{naam}": getattr(antwoord, naam) for naam in Antwoord.VELDEN}
    velden = {naam: nieuw.get(naam, getattr(antwoord, naam)) for naam in Antwoord.VELDEN}
    return Antwoordrechtzetting.objects.create(antwoord=antwoord, uitleg=uitleg.strip(), door=door, **velden, **oud)


@transaction.atomic
def keur_rechtzetting(*, rechtzetting, door, op=None):
    """The second person agrees: the answer changes, and the correction stays beside it. Who gave input is told."""
    antwoord = antwoord_op_slot(rechtzetting.antwoord, door, "lees_na_antwoord")
    rechtzetting = antwoord.rechtzettingen.filter(pk=rechtzetting.pk, akkoord_op=None).first()
    if rechtzetting is None:
        raise MagNiet("Deze rechtzetting wacht niet meer.")
    if rechtzetting.door_id == door.pk:
        raise MagNiet("Jij stelde deze rechtzetting voor. Vraag een collega om ze na te lezen.")
    rechtzetting.akkoord_door, rechtzetting.akkoord_op = door, op or timezone.now()
    rechtzetting.save(update_fields=["akkoord_door", "akkoord_op"])
    for naam in Antwoord.VELDEN:
        setattr(antwoord, naam, getattr(rechtzetting, naam))
    antwoord.door, antwoord.nagelezen_door = rechtzetting.door, door
    antwoord.gewijzigd_op, antwoord.nagelezen_op = rechtzetting.akkoord_op, rechtzetting.akkoord_op
    antwoord.versie += 1
    antwoord.save()
    for inbreng in krijgen_dit_antwoord(antwoord):
        meld_auteurs(inbreng, f"rechtzetting-{rechtzetting.pk}")
    return rechtzetting


@transaction.atomic
def trek_rechtzetting_in(*, rechtzetting, door):
    """Takes back a correction that nobody agreed with yet."""
    antwoord = antwoord_op_slot(rechtzetting.antwoord, door, "add_antwoord")
    antwoord.rechtzettingen.filter(pk=rechtzetting.pk, akkoord_op=None).delete()


def krijgen_dit_antwoord(antwoord):
    """The inputs that are shown and have this answer: its own, and those merged with it."""
    return (
        Inbreng.objects.openbaar()
        .filter(Q(pk=antwoord.inbreng_id) | Q(samengevoegd__leidend=antwoord.inbreng_id))
        .select_related("ronde", "dossiersleutel")
        .prefetch_related("organisatie__mandaten__gebruiker")
    )
