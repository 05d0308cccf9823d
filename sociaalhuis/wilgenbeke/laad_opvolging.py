"""How the plan of the demo town is followed up: tasks, what waits for what, findings, own words and a first reminder."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from plan.acties.herinneren import herinner
from plan.acties.standwoorden import zet_standwoorden
from plan.models import Actie, Afhankelijkheid, Feit, Onderdeel, Taak, Verantwoording
from sociaalhuis.models import Doelgroep, Gebied, Thema

INDELING = {"themas": Thema, "doelgroepen": Doelgroep, "gebieden": Gebied}


def wie_en_hoe(gegevens):
    """{code of an action: whom to ask and which role}: columns of the action itself."""
    return {rij["code"]: {"contact": rij["contact"], "regierol": rij["regierol"]} for rij in gegevens["actie"]}


def laad_vooraf(plan, gegevens, door) -> None:
    """What belongs to the plan from its first version: own words and the findings."""
    zet_standwoorden(plan=plan, woorden=gegevens["standwoorden"], door=door)
    delen = {deel.code: deel for deel in plan.onderdelen.all()}
    for rij in gegevens["feit"]:
        velden = {naam: waarde for naam, waarde in rij.items() if naam not in {"voor", *INDELING}}
        feit = Feit(plan=plan, **velden)
        feit.full_clean()
        feit.save()
        for naam, model in INDELING.items():
            getattr(feit, naam).set(model.objects.filter(code__in=rij.get(naam, [])))
        Verantwoording.objects.bulk_create(
            Verantwoording(feit=feit, onderdeel=delen[regel["code"]], uitleg=regel["uitleg"]) for regel in rij["voor"]
        )


def laad_achteraf(plan, gegevens) -> None:
    """What moves while the plan runs. A day that has yet to come when the town is loaded is today."""
    vandaag = timezone.localdate()
    acties = {actie.code: actie for actie in Actie.objects.filter(plan=plan)}
    for rij in gegevens["actie"]:
        actie = acties[rij["code"]]
        for volgorde, taak in enumerate(rij.get("taak", [])):
            if "klaar_op" in taak:
                taak = {**taak, "klaar_op": min(taak["klaar_op"], vandaag)}
            Taak.objects.create(actie=actie, volgorde=volgorde, **taak)
        for wacht in rij.get("wacht_op", []):
            Afhankelijkheid.objects.create(actie=actie, wacht_op=acties[wacht["actie"]], reden=wacht["reden"])
        if "stand_reden" in rij:
            Onderdeel.objects.filter(pk=actie.pk).update(stand_reden=rij["stand_reden"])
    herinner(laatste_werkdag(vandaag))


def laatste_werkdag(dag):
    """Nine o'clock on the last working day up to this day."""
    while dag.weekday() > 4:
        dag -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(dag, time(9)))
