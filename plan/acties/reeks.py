"""One change of many parts at once: all of them or none, with a reason in the log, and to be taken back.

What a change did is read from the log, by the number of its context. Taking back writes what stood there before, field
by field, and leaves alone whatever somebody changed since.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from plan.acties.boom import verplaats
from plan.acties.stand import zet_stand
from plan.models import Actie, Deelplan, Document, Onderdeel, Reekswijziging
from plan.models.koppelingen import OnderdeelThema
from plan.woorden import standnamen
from sociaalhuis.beheer.geschiedenis import namen_bij, rij_van, toon

IN_REEKS = (Onderdeel, Deelplan, Document)  # logged tables that a change of a series may touch
BUITEN = {"id", "pad", "plek", "garantie", "stand_op"}
SAMEN = ({"stand", "voortgang", "stand_reden", "stand_op"}, {"ouder", "volgorde"})  # together or not at all


def _mag(door, recht="plan.change_actie"):
    if not door.has_perm(recht):
        raise PermissionDenied


@contextmanager
def als_reeks(wat, waarom, door, aantal):
    """All that is written inside is one change of a series, under one number of the log."""
    with transaction.atomic(), pghistory.context(user=door.pk, waarom=waarom, reeks=wat) as context:
        yield
        Reekswijziging.objects.create(wat=wat[:200], waarom=waarom[:300], aantal=aantal, context=context.id, door=door)


def _reden(reden):
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf waarom. Het komt in de geschiedenis van elke actie."})
    return reden.strip()


def _houd(acties):
    return list(Actie.objects.select_for_update(of=("self",)).filter(pk__in=[a.pk for a in acties]).order_by("pk"))


def _per_actie(acties, doe):
    """Does it for each, and raises one ValidationError that names every action for which it could not be done."""
    fouten = []
    for actie in acties:
        try:
            doe(actie)
        except ValidationError as fout:
            fouten.append(f"{actie}: {' '.join(fout.messages)}")
    if fouten:
        raise ValidationError(fouten)


@transaction.atomic
def zet_standen(*, acties, stand, reden, door):
    """Gives actions one state, for a reason. Done is 100 %; the progress of the others stays, below 100."""
    _mag(door)
    reden, gehouden = _reden(reden), _houd(acties)
    klaar = Actie.Stand.UITGEVOERD

    def doe(actie):
        voortgang = 100 if stand == klaar else min(actie.voortgang, 99)
        zet_stand(
            actie=actie, stand=stand, voortgang=voortgang, toelichting=actie.stand_toelichting, reden=reden, door=door
        )

    plannen = {actie.plan_id for actie in gehouden}
    woord = standnamen(gehouden[0].plan)[stand] if len(plannen) == 1 else Actie.Stand(stand).label
    with als_reeks(f"Stand: {woord.lower()}", reden, door, len(gehouden)):
        _per_actie(gehouden, doe)


@transaction.atomic
def geef_thema(*, acties, thema, erbij, reden, door):
    """Adds a theme to actions, or takes it away."""
    _mag(door)
    reden, gehouden = reden.strip(), _houd(acties)
    wat = f"Thema {'erbij' if erbij else 'weg'}: {thema}"
    with als_reeks(wat, reden, door, len(gehouden)):
        if erbij:
            thema.onderdelen.add(*gehouden)
        else:
            thema.onderdelen.remove(*gehouden)


@transaction.atomic
def zet_trekker(*, acties, trekker, reden, door):
    """Gives actions one lead: the name of a service."""
    _mag(door)
    trekker, gehouden = trekker.strip(), _houd(acties)
    if not trekker:
        raise ValidationError({"trekker": "Vul in welke dienst de acties trekt."})
    with als_reeks(f"Trekker: {trekker}", reden.strip(), door, len(gehouden)):
        for actie in gehouden:
            actie.trekker = trekker
            actie.save(update_fields=["trekker"])


@transaction.atomic
def verplaats_reeks(*, acties, ouder, reden, door):
    """Puts actions below another goal, in the order that they had."""
    _mag(door)
    in_orde = sorted(_houd(acties), key=lambda actie: (actie.volgorde, actie.code))
    with als_reeks(f"Verplaatst naar {ouder}", reden.strip(), door, len(in_orde)):
        _per_actie(in_orde, lambda actie: verplaats(onderdeel=actie, ouder=ouder, door=door))


@transaction.atomic
def zet_openbaar(*, rijen, openbaar, door):
    """Puts documents or derived plans on the site, or takes them off. Only who may publish."""
    _mag(door, "plan.publiceer_plan")
    model = type(rijen[0])
    gehouden = list(
        model.objects.select_for_update(of=("self",)).filter(pk__in=[rij.pk for rij in rijen]).order_by("pk")
    )
    wat = f"{model._meta.verbose_name_plural.capitalize()} {'op' if openbaar else 'van'} de site"
    with als_reeks(wat, "", door, len(gehouden)):
        for rij in gehouden:
            rij.openbaar = openbaar
            rij.save(update_fields=["openbaar"])


# --- taking back ------------------------------------------------------------------------------


@dataclass
class Veldterug:
    """One field of one row: what it would become again, or why it stays."""

    naam: str
    label: str
    was: str
    werd: str
    kan: bool
    waarde: object = None
    waarom_niet: str = ""


@dataclass
class Rijterug:
    """One row that a change touched. `thema` (pk, whether to add it) where a theme came or went."""

    model: type
    pk: int
    naam: str
    velden: list

    @property
    def kan(self):
        return [veld for veld in self.velden if veld.kan]


def wat_terug(reeks):
    """List of `Rijterug`: what taking this change back would write, and what it would leave alone."""
    gevonden = []
    for model in IN_REEKS:
        gevonden += _rijen(model, reeks)
    return gevonden + _themas(reeks)


def _rijen(model, reeks):
    tabel = model.pgh_event_model
    sleutel = rij_van(tabel)
    na = {getattr(rij, sleutel): rij for rij in tabel.objects.filter(pgh_context_id=reeks.context).order_by("pgh_id")}
    if not na:
        return []
    eerste = {}
    for pk, nummer in (
        tabel.objects.filter(pgh_context_id=reeks.context).order_by("-pgh_id").values_list(sleutel, "pgh_id")
    ):
        eerste[pk] = nummer
    ouder = tabel.objects.filter(pgh_id__lt=max(eerste.values()), **{f"{sleutel}__in": na}).order_by(sleutel, "-pgh_id")
    voor = {}
    for rij in ouder:
        pk = getattr(rij, sleutel)
        if rij.pgh_id < eerste[pk]:
            voor.setdefault(pk, rij)
    nu = model.objects.in_bulk(list(na))
    rijen = []
    for pk, rij in na.items():
        if pk in nu and pk in voor:
            velden = _velden(model, voor[pk], rij, nu[pk])
            if velden:
                rijen.append(Rijterug(model, pk, str(nu[pk]), velden))
    _noem(rijen)
    return sorted(rijen, key=lambda rij: rij.naam)


def _velden(model, voor, na, nu):
    velden, vast = [], set()
    for kolom in model._meta.concrete_fields:
        if kolom.name in BUITEN or not hasattr(voor, kolom.attname):
            continue
        was, werd, is_nu = (getattr(rij, kolom.attname) for rij in (voor, na, nu))
        if was == werd or is_nu == was:
            continue
        veld = Veldterug(kolom.name, kolom.verbose_name, was, werd, is_nu == werd, was)
        if not veld.kan:
            veld.waarom_niet = "Iemand veranderde dit sindsdien."
            vast |= next((groep for groep in SAMEN if kolom.name in groep), {kolom.name})
        velden.append(veld)
    for veld in velden:
        if veld.kan and veld.naam in vast:
            veld.kan, veld.waarom_niet = False, "Het hoort bij iets dat sindsdien veranderde."
    return velden


def _noem(rijen):
    """Puts the values in words, with the names of what they point at; a query per model that is pointed at."""
    kolommen = [(rij.model._meta.get_field(veld.naam), veld) for rij in rijen for veld in rij.velden]
    namen = namen_bij([(_Geen, None, [(kolom, veld.was, veld.werd) for kolom, veld in kolommen])])
    for kolom, veld in kolommen:
        veld.was, veld.werd = toon(kolom, veld.was, namen), toon(kolom, veld.werd, namen)


class _Geen:
    """Stands for an event without a context, where only names are looked up."""

    pgh_context = None


def _themas(reeks):
    tabel = OnderdeelThema.pgh_event_model
    rijen = []
    for rij in tabel.objects.filter(pgh_context_id=reeks.context).select_related("onderdeel", "thema"):
        erbij = rij.pgh_label == "erbij"
        er_nu = OnderdeelThema.objects.filter(onderdeel_id=rij.onderdeel_id, thema_id=rij.thema_id).exists()
        kan = er_nu == erbij
        leeg, naam = "leeg", str(rij.thema)
        veld = Veldterug(
            "thema", "Thema", leeg if erbij else naam, naam if erbij else leeg, kan, (rij.thema_id, not erbij),
            "" if kan else "Iemand veranderde dit sindsdien.",
        )  # fmt: skip
        rijen.append(Rijterug(Onderdeel, rij.onderdeel_id, str(rij.onderdeel), [veld]))
    return sorted(rijen, key=lambda rij: rij.naam)


@transaction.atomic
def draai_terug(*, reeks, door):
    """Puts back what this change wrote and nobody changed since; returns (fields put back, fields left alone).

    It is a change of a series itself. A second time puts nothing back. Raises PermissionDenied.
    """
    _mag(door)
    reeks = Reekswijziging.objects.select_for_update(of=("self",)).get(pk=reeks.pk)
    if reeks.terug_op:
        return 0, 0
    for model in IN_REEKS:
        tabel = model.pgh_event_model
        pks = tabel.objects.filter(pgh_context_id=reeks.context).values(rij_van(tabel))
        list(model.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk").values("pk"))
    rijen = wat_terug(reeks)
    terug = sum(len(rij.kan) for rij in rijen)
    blijft = sum(len(rij.velden) for rij in rijen) - terug
    with als_reeks(f"Ongedaan gemaakt: {reeks.wat}"[:200], "", door, len({rij.pk for rij in rijen if rij.kan})):
        for rij in rijen:
            _zet_terug(rij)
    reeks.terug_op, reeks.terug_door = timezone.now(), door
    reeks.save(update_fields=["terug_op", "terug_door"])
    return terug, blijft


def _zet_terug(rij):
    kolommen = []
    for veld in rij.kan:
        if veld.naam == "thema":
            thema, erbij = veld.waarde
            themas = Onderdeel.objects.get(pk=rij.pk).themas
            themas.add(thema) if erbij else themas.remove(thema)
        else:
            kolommen.append(veld)
    if kolommen:
        obj = rij.model.objects.get(pk=rij.pk)
        for veld in kolommen:
            setattr(obj, rij.model._meta.get_field(veld.naam).attname, veld.waarde)
        if {veld.naam for veld in kolommen} & {"stand", "voortgang"}:
            obj.stand_op = timezone.localdate()
            obj.save(update_fields=[*(veld.naam for veld in kolommen), "stand_op"])
        else:
            obj.save(update_fields=[veld.naam for veld in kolommen])
