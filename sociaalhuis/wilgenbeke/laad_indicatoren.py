"""What the demo town measures: its indicators with their history, and what was measured since, through their own verbs."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from plan.acties.leemten import aanvaard
from plan.acties.metingen import bewaar, dien_in, keur_goed, stuur_terug
from plan.models import Actie, Besteding, Indicator, Meting, Onderdeel, Streefwaarde, Uitsplitsing
from sociaalhuis.models import Bestuur, Doelgroep, Gebied, Gebruiker, Thema
from sociaalhuis.rollen import PLANMEDEWERKER
from sociaalhuis.wilgenbeke.lezen import lees

KOLOMMEN = ("code", "titel", "definitie", "eenheid", "over", "cijfers", "richting", "marge", "nulmeting", "nulmeting_op",
            "bron", "eigenaar", "frequentie", "vanaf_jaar")  # fmt: skip


def laad(bron: Path, plan, door) -> None:
    """Loads the indicators of the folder `bron` as they were when the plan was adopted, with what was measured before it."""
    delen = {deel.code: deel for deel in Onderdeel.objects.filter(plan=plan)}
    for volgorde, rij in enumerate(lees(bron / "indicatoren.toml")["indicator"]):
        kolommen = {naam: rij[naam] for naam in KOLOMMEN if naam in rij}
        indicator = Indicator(plan=plan, volgorde=volgorde, **kolommen)
        indicator.full_clean()
        indicator.save()
        for code in rij["delen"]:
            indicator.koppelingen.create(onderdeel=delen[code], meet_voortgang=False)
        Streefwaarde.objects.bulk_create(
            Streefwaarde(indicator=indicator, jaar=int(jaar), waarde=Decimal(waarde))
            for jaar, waarde in rij["streefwaarden"].items()
        )
        for dag, waarde in rij["metingen"]:
            if dag.year < plan.beginjaar:
                meet(indicator, dag, waarde, door)


def volg_op(bron: Path, plan, door) -> None:
    """What was measured since, the targets that the adjustment changed, and the gaps that were accepted."""
    vandaag = timezone.localdate()
    indeling = [{rij.code: rij for rij in model.objects.all()} for model in (Doelgroep, Gebied)]
    gegevens = lees(bron / "indicatoren.toml")
    for rij in gegevens["indicator"]:
        indicator = Indicator.objects.select_related("plan").get(plan=plan, code=rij["code"])
        for jaar, waarde in rij.get("aangepast", {}).items():
            indicator.streefwaarden.filter(jaar=int(jaar)).update(waarde=Decimal(waarde))
        nieuw = [(dag, waarde) for dag, waarde in rij["metingen"] if plan.beginjaar <= dag.year and dag <= vandaag]
        for dag, waarde in nieuw:
            laatste = dag == nieuw[-1][0]
            meet(indicator, dag, waarde, door, rij.get("toelichting", "") if laatste else "",
                 opgesplitst(rij, indeling) if laatste else [])  # fmt: skip
        for staat in ("terug", "ingediend"):
            if staat in rij and rij[staat]["dag"] <= vandaag:
                meting = voer_in(indicator, rij[staat]["dag"], rij[staat]["waarde"])
                if staat == "terug":
                    stuur_terug(meting=meting, reden=rij[staat]["reden"], door=door)
    for rij in gegevens["leemte"]:
        aanvaard(
            plan=plan, thema=Thema.objects.get(code=rij["thema"]), doelgroep=indeling[0][rij["doelgroep"]], gebied=None,
            reden=rij["reden"], namens=rij["namens"], tot=rij["tot"], door=door,
        )  # fmt: skip
    for rij in gegevens["besteding"]:
        if rij["jaar"] <= vandaag.year:
            besteding = Besteding(
                actie=Actie.objects.get(plan=plan, code=rij["actie"]), bestuur=Bestuur.objects.get(code=rij["bestuur"]),
                jaar=rij["jaar"], bedrag=Decimal(rij["bedrag"]), bron=rij["bron"],
            )  # fmt: skip
            besteding.full_clean()
            besteding.save()


def opgesplitst(rij, indeling):
    """The breakdown of the last measurement of a row as unsaved `Uitsplitsing`en."""
    return [
        Uitsplitsing(**{naam: alle[code]}, waarde=Decimal(waarde), aantal=aantal[0] if aantal else None)
        for naam, veld, alle in zip(("doelgroep", "gebied"), ("groepen", "gebieden"), indeling, strict=True)
        for code, waarde, *aantal in rij.get(veld, [])
    ]


def voer_in(indicator, dag, waarde, toelichting="", delen=()):
    """A measurement that a planner handed in."""
    planner = Gebruiker.objects.filter(groups__name=PLANMEDEWERKER).first()
    meting = bewaar(
        indicator=indicator, datum=dag, waarde=Decimal(waarde), door=planner, toelichting=toelichting, delen=delen
    )
    return dien_in(meting=meting, door=planner)


def meet(indicator, dag, waarde, door, toelichting="", delen=()):
    """A measurement that was approved three weeks after its day."""
    meting = keur_goed(meting=voer_in(indicator, dag, waarde, toelichting, delen), door=door)
    op = timezone.make_aware(datetime.combine(dag + timedelta(days=21), time(10)))
    Meting.objects.filter(pk=meting.pk).update(ingediend_op=op - timedelta(days=2), gekeurd_op=op)
