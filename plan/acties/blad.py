"""A sheet that comes back: first only looked at, then carried out as a whole or not at all."""

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plan.acties.alineas import volg
from plan.acties.redactie import AFGELOPEN
from plan.acties.stand import waarom_nodig, zet_stand
from plan.blad.lees import Onleesbaar, lees_boek, vergelijk
from plan.blad.soorten import SOORTEN, Acties, Indicatoren
from plan.models import Bladinvoer, Plan, Streefwaarde

HOUDEN, BESTAND = "houden", "bestand"
INTUSSEN = "{code}, {kop}: hier veranderde iemand iets nadat je dit blad oplaadde. Laad het bestand opnieuw op."


@transaction.atomic
def kijk_na(*, inhoud, naam, door):
    """Reads an uploaded workbook (bytes) beside its plan and keeps what it would change as a `Bladinvoer`; changes nothing.

    Raises PermissionDenied for who may not edit these rows, ValidationError when the file as a whole cannot be read.
    """
    try:
        boek = lees_boek(inhoud)
        plan = Plan.objects.zichtbaar_voor(door).filter(slug=boek.plan[:50]).first()
        if boek.soort not in SOORTEN or plan is None:
            raise Onleesbaar("Dit blad hoort bij een plan dat er niet is.")
        if plan.staat == Plan.Staat.AFGELOPEN:
            raise Onleesbaar(AFGELOPEN)
    except Onleesbaar as fout:
        raise ValidationError(str(fout)) from fout
    soort = SOORTEN[boek.soort](plan)
    if not door.has_perm(soort.recht):
        raise PermissionDenied
    rijen = soort.rijen()
    uit = vergelijk(boek, soort, rijen)
    uit.fouten += _keur(soort, {rij.pk: rij for rij in rijen}, uit)
    uit.fouten += [fout for rij in uit.nieuw for fout in _keur_nieuw(soort, rij, door)]
    return Bladinvoer.objects.create(
        plan=plan,
        soort=soort.code,
        bestandsnaam=naam[:200],
        wijzigingen=uit.wijzigingen,
        nieuw=uit.nieuw,
        botsingen=uit.botsingen,
        fouten=sorted(uit.fouten, key=lambda fout: (fout["rij"], len(fout["kolom"]), fout["kolom"])),
        meldingen=uit.meldingen,
        gemaakt_door=door,
    )


def _keur(soort, rijen, uit):
    """What the rules of the plan say about the rows as the file wants them: mistakes at the cell, nothing is saved."""
    fouten = []
    for sleutel, cellen in per_rij([*uit.wijzigingen, *uit.botsingen]).items():
        rij = rijen[sleutel]
        for cel in cellen:
            soort.zet(rij, soort.per_naam[cel["naam"]], cel["nieuw"])
        fouten += fouten_van(rij, cellen)
        per_naam = {cel["naam"]: cel for cel in cellen}
        stand = per_naam.get("stand") or per_naam.get("voortgang")
        if stand and not rij.stand_reden and (tekst := waarom_nodig(rij, rij.stand, rij.voortgang)):
            fouten.append({**_plek(stand), "tekst": f"{tekst} Dat doe je in de kolom 'Waarom met de hand'."})
    return fouten


def _keur_nieuw(soort, rij, door):
    """What the rules of the plan say about a new row, each at its cell."""
    if not door.has_perm("plan.add_actie"):
        return [
            {**_plek_van(rij, "code"), "tekst": "Je mag geen nieuwe acties maken. Vraag het aan wie het plan beheert."}
        ]
    try:
        soort.maak(rij).full_clean()
    except ValidationError as fout:
        return [
            {**_plek_van(rij, veld), "tekst": tekst} for veld, teksten in fout.message_dict.items() for tekst in teksten
        ]
    return []


def _plek_van(rij, naam):
    kolom, kop = rij["plekken"].get(naam) or rij["plekken"]["code"]
    return {"rij": rij["rij"], "kolom": kolom, "kop": kop, "code": rij["code"]}


def fouten_van(rij, cellen):
    """The mistakes of a row, each at the cell of its field, or at the first cell that changed."""
    try:
        rij.full_clean(exclude=["ouder", "niveau", "plan"], validate_constraints=True)
    except ValidationError as fout:
        per_naam = {cel["naam"]: cel for cel in cellen}
        return [
            {**_plek(per_naam.get(veld, cellen[0])), "tekst": tekst}
            for veld, teksten in fout.message_dict.items()
            for tekst in teksten
        ]
    return []


def _plek(cel):
    return {naam: cel[naam] for naam in ("rij", "kolom", "code", "kop")}


def per_rij(cellen):
    """{key of the row: its cells}."""
    uit = {}
    for cel in cellen:
        uit.setdefault(cel["sleutel"], []).append(cel)
    return uit


@transaction.atomic
def verlaat(*, invoer, door):
    """Nothing of it is carried out."""
    return _beslis(_houd(invoer, door), Bladinvoer.Staat.VERLATEN, door)


def _houd(invoer, door):
    invoer = Bladinvoer.objects.select_for_update(of=("self",)).select_related("plan").get(pk=invoer.pk)
    if not door.has_perm(SOORTEN[invoer.soort].recht):
        raise PermissionDenied
    if not invoer.is_open:
        raise ValidationError("Over dit blad is al beslist.")
    if invoer.plan.staat == Plan.Staat.AFGELOPEN:
        raise ValidationError(AFGELOPEN)
    return invoer


def _beslis(invoer, staat, door, reden=""):
    invoer.staat, invoer.beslist_op, invoer.beslist_door, invoer.reden = staat, timezone.now(), door, reden
    invoer.save(update_fields=["staat", "beslist_op", "beslist_door", "reden"])
    return invoer


@transaction.atomic
def voer_door(*, invoer, door, reden, botsingen=HOUDEN):
    """Carries out every change of a sheet, or none; returns the `Bladinvoer`. Who and why stand in the log of each row.

    `botsingen`: "houden" leaves a cell that somebody else changed meanwhile as it is, "bestand" overwrites it. Raises
    PermissionDenied, or ValidationError: no reason, a mistake in the sheet, or a cell that changed since it was looked at.
    """
    invoer = _houd(invoer, door)
    reden = reden.strip()
    if not reden:
        raise ValidationError({"reden": "Schrijf waarom je dit verandert. Dat komt in de geschiedenis."})
    if invoer.fouten:
        raise ValidationError("Er staan nog fouten in dit blad. Verbeter ze en laad het bestand opnieuw op.")
    soort = SOORTEN[invoer.soort](invoer.plan)
    cellen = [*invoer.wijzigingen, *(invoer.botsingen if botsingen == BESTAND else [])]
    sleutels = per_rij(cellen)
    list(soort.model.objects.select_for_update().filter(pk__in=sleutels).order_by("pk"))
    rijen = {rij.pk: rij for rij in soort.rijen()}
    if anders := [cel for cel in cellen if not _is_nog(soort, rijen, cel)]:
        raise ValidationError([INTUSSEN.format(**cel) for cel in anders])
    with pghistory.context(user=door.pk, bron="Rekenblad", reden=reden):
        for sleutel, van_rij in sleutels.items():
            ZET[type(soort)](soort, rijen[sleutel], van_rij, door)
        for rij in invoer.nieuw:
            _maak(soort, rij, door)
    return _beslis(invoer, Bladinvoer.Staat.DOORGEVOERD, door, reden)


def _maak(soort, rij, door):
    """A new action as its row tells it. Raises ValidationError when the plan changed so that it does not fit any more."""
    if fouten := _keur_nieuw(soort, rij, door):
        raise ValidationError([f"{fout['code']}, {fout['kop']}: {fout['tekst']}" for fout in fouten])
    actie = soort.maak(rij)
    actie.save()
    volg(actie)
    _zet_links(soort, actie, rij["velden"])
    stand = {naam: rij["velden"][naam] for naam in soort.STAND if rij["velden"].get(naam)}
    if stand != soort.bij_nieuw:
        _zet_stand(actie, stand, door)


def _is_nog(soort, rijen, cel):
    rij = rijen.get(cel["sleutel"])
    return rij is not None and soort.kern(rij, soort.per_naam[cel["naam"]]) == cel["oud"]


def _bewaar(rij, cellen, **weg):
    if fouten := fouten_van(rij, cellen):
        raise ValidationError([f"{fout['code']}, {fout['kop']}: {fout['tekst']}" for fout in fouten])
    rij.save(**weg)


def _zet_actie(soort, actie, cellen, door):
    """Fields and links first; the state goes through its own verb."""
    nieuw = {cel["naam"]: cel["nieuw"] for cel in cellen}
    gewoon = [cel for cel in cellen if cel["naam"] not in (*soort.STAND, *soort.LINKS)]
    for cel in gewoon:
        soort.zet(actie, soort.per_naam[cel["naam"]], cel["nieuw"])
    if gewoon:
        _bewaar(actie, gewoon, update_fields=[cel["naam"] for cel in gewoon])
        volg(actie)
    _zet_links(soort, actie, nieuw)
    if nieuw.keys() & set(soort.STAND):
        _zet_stand(actie, nieuw, door)


def _zet_links(soort, actie, nieuw):
    for naam in soort.LINKS:
        if naam in nieuw:
            codes = nieuw[naam].split(";") if nieuw[naam] else []
            getattr(actie, naam).set(actie._meta.get_field(naam).related_model.objects.filter(code__in=codes))


def _zet_stand(actie, nieuw, door):
    zet_stand(
        actie=actie,
        door=door,
        stand=nieuw.get("stand", actie.stand),
        voortgang=int(nieuw.get("voortgang", actie.voortgang)),
        toelichting=nieuw.get("stand_toelichting", actie.stand_toelichting),
        reden=nieuw.get("stand_reden", actie.stand_reden),
    )


def _zet_indicator(soort, indicator, cellen, door):
    gewoon = [cel for cel in cellen if not cel["naam"].startswith("jaar_")]
    for cel in gewoon:
        soort.zet(indicator, soort.per_naam[cel["naam"]], cel["nieuw"])
    if gewoon:
        _bewaar(indicator, gewoon, update_fields=[cel["naam"] for cel in gewoon])
    for cel in cellen:
        if not cel["naam"].startswith("jaar_"):
            continue
        doelen = Streefwaarde.objects.filter(indicator=indicator, jaar=int(cel["naam"][5:]))
        if not cel["nieuw"]:
            doelen.delete()
            continue
        doel = doelen.first() or Streefwaarde(indicator=indicator, jaar=int(cel["naam"][5:]))
        doel.waarde = cel["nieuw"]
        doel.full_clean()
        doel.save()


ZET = {Acties: _zet_actie, Indicatoren: _zet_indicator}
