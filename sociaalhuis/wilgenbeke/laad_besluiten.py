"""The way of the demo town's plan past both councils, with the versions it froze, an adjustment, and derived plans."""

from datetime import datetime, time
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from plan.acties.alineas import volg, volg_plan
from plan.acties.raadspad import begin_raadspad, zet_stap
from plan.acties.rechtzetten import verbeter_stap
from plan.acties.versies import zet_reden
from plan.models import Actie, Besluit, Deelplan, Deelplankeuze, Document, Onderdeel, Raming
from sociaalhuis.models import Bestuursorgaan, Doelgroep, Organisatie, Thema
from sociaalhuis.wilgenbeke import laad_indicatoren
from sociaalhuis.wilgenbeke.lezen import lees

INDELING = ("themas", "doelgroepen", "gebieden")
STAND = ("stand", "voortgang", "stand_toelichting", "stand_op")
LOS = {"start", "uitvoering"}  # decisions beside the way
BEGIN = {"stand": "nog-niet-gestart", "voortgang": 0, "stand_toelichting": "", "stand_op": None}


def laad(bron: Path, plan, rijen, door) -> None:
    """Takes every step that `rijen` (the decisions of plan.toml) tell, with the plan as it was then, and the adjustment.

    At the end the plan says what plan.toml says, and its last walk waits for the gemeenteraad.
    """
    gegevens = lees(bron / "besluiten.toml")
    laad_deelplannen(plan, gegevens["deelplan"])
    nu = zet_terug(plan, gegevens)
    volg_plan(plan)
    for rij in rijen:
        if rij["stap"] in LOS:
            Besluit.objects.create(**kolommen(plan, rij))
    loop(plan, "Vaststelling van het plan", [rij for rij in rijen if rij["stap"] not in LOS], door)
    zet_vooruit(plan, gegevens, nu, door)
    laad_indicatoren.volg_op(bron, plan, door)
    loop(plan, "Eerste aanpassing", gegevens["aanpassing"], door)
    for rij in gegevens["rechtzetting"]:
        besluit = Besluit.objects.get(plan=plan, nummer=rij.pop("nummer"))
        verbeter_stap(besluit=besluit, door=door, **rij)


def kolommen(plan, rij):
    """A decision of the file as columns of `Besluit`."""
    rij = {**rij, "plan": plan, "datum": min(rij["datum"], timezone.localdate())}
    if "orgaan" in rij:
        rij["orgaan"] = Bestuursorgaan.objects.get(soort=rij["orgaan"])
    if "adviesraad" in rij:
        rij["adviesraad"] = Organisatie.objects.get(code=rij["adviesraad"])
    if "document" in rij:
        rij["document"] = Document.objects.get(plan=plan, titel=rij["document"])
    return rij


def loop(plan, naam, rijen, door):
    rijen = [kolommen(plan, rij) for rij in rijen]
    pad = begin_raadspad(plan=plan, naam=naam, door=door, begonnen_op=rijen[0]["datum"])
    for rij in rijen:
        op = timezone.make_aware(datetime.combine(rij["datum"], time(21)))
        zet_stap(raadspad=pad, door=door, op=op, **{naam: waarde for naam, waarde in rij.items() if naam != "plan"})


def laad_deelplannen(plan, rijen):
    acties = {actie.code: actie for actie in Actie.objects.filter(plan=plan)}
    for volgorde, rij in enumerate(rijen):
        deelplan = Deelplan.objects.create(
            plan=plan,
            slug=rij["slug"],
            titel=rij["titel"],
            inleiding=rij["inleiding"],
            adviesraad=Organisatie.objects.get(code=rij["adviesraad"]),
            volgorde=volgorde,
            openbaar=True,
        )
        deelplan.doelgroepen.set(Doelgroep.objects.filter(code__in=rij["doelgroepen"]))
        deelplan.themas.set(Thema.objects.filter(code__in=rij["themas"]))
        for erbij in (True, False):
            for keuze in rij["erbij" if erbij else "eruit"]:
                Deelplankeuze.objects.create(
                    deelplan=deelplan, actie=acties[keuze["actie"]], erbij=erbij, reden=keuze["reden"]
                )


def zet_terug(plan, gegevens):
    """Gives the plan its words, money and states of 2025; returns what `zet_vooruit` needs to undo it."""
    delen = {deel.code: deel for deel in plan.onderdelen.all()}
    nu = {"velden": {}, "stand": {}, "nieuw": [], "raming": []}
    for code in gegevens["nieuw"]:
        deel = delen.pop(code)
        partners = [(rij.organisatie, rij.rol) for rij in deel.partnerschappen.all()]
        nu["nieuw"].append((deel, {naam: list(getattr(deel, naam).all()) for naam in INDELING}, partners))
        Onderdeel.objects.filter(pk=deel.pk).delete()
    for rij in gegevens["toen"]:
        deel = delen[rij["code"]]
        velden = {naam: waarde for naam, waarde in rij.items() if naam not in {"code", "voor_raad", "voor_burger"}}
        if "ouder" in velden:
            velden["ouder"] = delen[velden["ouder"]]
        nu["velden"][deel.pk] = {naam: getattr(deel, naam) for naam in velden}
        Onderdeel.objects.filter(pk=deel.pk).update(**velden)
    for deel in delen.values():
        if deel.soort == Onderdeel.Soort.ACTIE:
            nu["stand"][deel.pk] = {naam: getattr(deel, naam) for naam in STAND}
    Onderdeel.objects.filter(pk__in=nu["stand"]).update(**BEGIN)
    for rij in gegevens["vroeger"]:
        velden = {naam: waarde for naam, waarde in rij.items() if naam not in {"voor_raad", "voor_burger", "ouder"}}
        Actie.objects.create(plan=plan, ouder=delen[rij["ouder"]], volgorde=999, **velden)
    for rij in gegevens["raming"]:
        raming = Raming.objects.get(
            projectaanvraag__code=rij["aanvraag"], jaar=rij["jaar"], soort=rij["soort"], richting=rij["richting"]
        )
        nu["raming"].append((raming.pk, raming.bedrag))
        Raming.objects.filter(pk=raming.pk).update(bedrag=Decimal(rij["bedrag"]))
    return nu


def zet_vooruit(plan, gegevens, nu, door):
    """The adjustment of 2026: what plan.toml says now, and why."""
    for pk, velden in [*nu["velden"].items(), *nu["stand"].items()]:
        Onderdeel.objects.filter(pk=pk).update(**velden)
    for deel, links, partners in nu["nieuw"]:
        deel.pk = None
        deel._state.adding = True
        deel.save()
        for naam, rijen in links.items():
            getattr(deel, naam).set(rijen)
        for organisatie, rol in partners:
            deel.partnerschappen.create(organisatie=organisatie, rol=rol)
    for pk, bedrag in nu["raming"]:
        Raming.objects.filter(pk=pk).update(bedrag=bedrag)
    delen = {deel.code: deel for deel in plan.onderdelen.all()}
    for rij in [*gegevens["toen"], *gegevens["reden"], *gegevens["vroeger"]]:
        deel = delen[rij["code"]]
        redenen = {"voor_raad": rij["voor_raad"], "voor_burger": rij["voor_burger"]}
        zet_reden(plan=plan, onderdeel=deel.pk, code=deel.code, door=door, **redenen)
        volg(deel)
    Onderdeel.objects.filter(plan=plan, code__in=[rij["code"] for rij in gegevens["vroeger"]]).delete()
