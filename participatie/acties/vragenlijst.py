"""Changing the questions of a round. Questions that have answers, or may be on paper, stay: changing them makes a new
version first."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from participatie.mag import Handeling, mag
from participatie.models import Formulier, Formuliervraag, Ronde
from participatie.recepten import UIT_HET_PLAN
from participatie.staat import MagNiet
from plan.models import Garantie

GEKOPIEERD = ("soort", "vraag", "uitleg", "verplicht", "keuzes", "minimum", "maximum", "laag", "hoog", "toon_waarde")


def vul_formulier(formulier, vragen, plan):
    """The questions of a recipe: dicts with the fields, and `toon` = (number of the question, answer)."""
    gemaakt = []
    for nummer, gegevens in enumerate(vragen, start=1):
        velden = dict(gegevens)
        if velden.get("keuzes") == UIT_HET_PLAN:
            velden["keuzes"] = keuzes_uit_plan(plan)
        if toon := velden.pop("toon", None):
            velden |= {"toon_als": gemaakt[toon[0] - 1], "toon_waarde": toon[1]}
        gemaakt.append(Formuliervraag.objects.create(formulier=formulier, nummer=nummer, **velden))


def keuzes_uit_plan(plan):
    """The guarantees of a plan as choices, one a line."""
    return "\n".join(str(garantie) for garantie in Garantie.objects.filter(plan=plan).order_by("code")) or "Alles"


def in_de_maak(ronde, fase):
    """The version that staff look at: the one being made, else the one in use, else None."""
    return Formulier.objects.filter(ronde=ronde, fase=fase).order_by("-nummer").first()


@transaction.atomic
def om_te_wijzigen(*, ronde, fase, door):
    """The version whose questions may change now: the last one, or a new copy of it when that one is fixed.

    A copy is not in use before `neem_in_gebruik`. Raises MagNiet once the round is closed.
    """
    ronde = Ronde.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=ronde.pk)
    if not door.has_perm("participatie.change_ronde"):
        raise PermissionDenied
    if not mag(Handeling.INRICHTEN, ronde=ronde, gebruiker=door):
        raise MagNiet("Deze ronde is gesloten. Haar vragen veranderen niet meer.")
    laatste = in_de_maak(ronde, fase)
    if laatste is None:
        return Formulier.objects.create(ronde=ronde, fase=fase)
    if not laatste.is_vast:
        return laatste
    nieuw = Formulier.objects.create(ronde=ronde, fase=fase, nummer=laatste.nummer + 1, in_gebruik_op=None)
    _kopieer(laatste, nieuw, met_stam=True)
    return nieuw


def _kopieer(van, naar, met_stam=False):
    al = naar.vragen.aggregate(meest=Max("nummer"))["meest"] or 0
    nieuwe = {}
    for vraag in van.vragen.select_related("toon_als"):
        velden = {naam: getattr(vraag, naam) for naam in GEKOPIEERD}
        if met_stam:
            velden["stam"] = vraag.stam
        nieuwe[vraag.pk] = Formuliervraag.objects.create(
            formulier=naar, nummer=al + vraag.nummer, toon_als=nieuwe.get(vraag.toon_als_id), **velden
        )
    return len(nieuwe)


def _veranderd(formulier):
    Formulier.objects.filter(pk=formulier.pk).update(stand=F("stand") + 1)


@transaction.atomic
def bewaar_vraag(*, ronde, fase, stam=None, gegevens, door):
    """Adds a question at the end, or changes the one with this `stam`. Gives the question."""
    formulier = om_te_wijzigen(ronde=ronde, fase=fase, door=door)
    toon_als = gegevens.get("toon_als")
    if toon_als is not None:
        gegevens = {**gegevens, "toon_als": formulier.vragen.get(stam=toon_als.stam)}
    if stam:
        vraag = formulier.vragen.get(stam=stam)
        for naam, waarde in gegevens.items():
            setattr(vraag, naam, waarde)
        _laat_los_wat_niet_meer_kan(vraag)
        vraag.save()
    else:
        laatste = formulier.vragen.aggregate(meest=Max("nummer"))["meest"] or 0
        vraag = Formuliervraag.objects.create(formulier=formulier, nummer=laatste + 1, **gegevens)
    _veranderd(formulier)
    return vraag


def _laat_los_wat_niet_meer_kan(vraag):
    """Questions that waited for an answer which this one no longer has."""
    kan = set(vraag.lijst) if vraag.soort != "schaal" else {str(n) for n in vraag.schaal}
    if vraag.soort not in Formuliervraag.KAN_TONEN:
        kan = set()
    for andere in vraag.opent.all():
        if andere.toon_waarde not in kan:
            raise MagNiet(
                f"“{andere.vraag}” hangt af van het antwoord “{andere.toon_waarde}”. Pas eerst die vraag aan."
            )


@transaction.atomic
def haal_vraag_weg(*, ronde, fase, stam, door):
    """Takes a question out. Raises MagNiet when another depends on it."""
    formulier = om_te_wijzigen(ronde=ronde, fase=fase, door=door)
    vraag = formulier.vragen.get(stam=stam)
    if andere := vraag.opent.first():
        raise MagNiet(f"“{andere.vraag}” hangt af van deze vraag. Pas eerst die vraag aan.")
    vraag.delete()
    formulier.vragen.filter(nummer__gt=vraag.nummer).update(nummer=F("nummer") - 1)
    _veranderd(formulier)


@transaction.atomic
def verplaats_vraag(*, ronde, fase, stam, omhoog, door):
    """One place up or down. A question stays after the one it depends on."""
    formulier = om_te_wijzigen(ronde=ronde, fase=fase, door=door)
    vraag = formulier.vragen.get(stam=stam)
    buur = formulier.vragen.filter(nummer=vraag.nummer + (-1 if omhoog else 1)).first()
    if buur is None:
        return
    eerste, tweede = (buur, vraag) if omhoog else (vraag, buur)
    if tweede.toon_als_id == eerste.pk:
        raise MagNiet("Een vraag komt na de vraag waarvan ze afhangt.")
    Formuliervraag.objects.filter(pk=vraag.pk).update(nummer=buur.nummer)
    Formuliervraag.objects.filter(pk=buur.pk).update(nummer=vraag.nummer)
    _veranderd(formulier)


@transaction.atomic
def neem_vragen_over(*, ronde, fase, van, door):
    """Copies all questions of another form to the end of this one; gives how many."""
    formulier = om_te_wijzigen(ronde=ronde, fase=fase, door=door)
    aantal = _kopieer(van, formulier)
    _veranderd(formulier)
    return aantal


@transaction.atomic
def neem_in_gebruik(*, ronde, fase, door):
    """From now on people get the version that was being made. Answers on the one before stay with that one."""
    formulier = om_te_wijzigen(ronde=ronde, fase=fase, door=door)
    if formulier.in_gebruik_op is None:
        formulier.in_gebruik_op = timezone.now()
        formulier.save(update_fields=["in_gebruik_op"])
    return formulier
