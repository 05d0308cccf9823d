"""The plan of the demo town, with its years, its money, its decisions and its documents."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from plan.acties import jaren
from plan.acties.aanvragen import breng_naar
from plan.acties.alineas import volg_plan
from plan.models import (
    Actie,
    BbcCode,
    Document,
    Doelstelling,
    Garantie,
    Jaaractie,
    Jaaractieplan,
    Pijler,
    Plan,
    Processtap,
    Projectaanvraag,
    Raming,
)
from sociaalhuis.models import Bestuur, Doelgroep, Gebied, Gebruiker, Organisatie, Thema
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER
from sociaalhuis.wilgenbeke import laad_besluiten, laad_indicatoren, laad_opvolging
from sociaalhuis.wilgenbeke.lezen import lees

VASTGESTELD = date(2025, 12, 15)
BEKENDGEMAAKT = date(2025, 12, 19)
OPGEVOLGD = date(2026, 9, 21)
BESLISSING = {
    "goedgekeurd": "De aanvraag past in het plan en er is geld voor.",
    "geweigerd": "De buurthuiskamers krijgen voorrang. We bekijken de aanvraag opnieuw in 2029.",
}


ADVIES = {
    "gunstig": "Het bedrag is goed onderbouwd en er is ruimte in het meerjarenplan.",
    "mits": "De aanvraag past in het plan. Begin pas als de subsidie zeker is.",
    "ongunstig": "Het plan is goed, maar er is geen ruimte naast de buurthuiskamers.",
}
# the way of a request: to which state, on which day, by the coordinator (or a member of staff of the plan)
WEG = [
    ("ingediend", date(2025, 9, 15), False),
    ("geadviseerd", date(2025, 10, 6), False),
    ("goedgekeurd", VASTGESTELD, True),
    ("geweigerd", VASTGESTELD, True),
    ("opgenomen", BEKENDGEMAAKT, False),
]


def laad(bron: Path) -> None:
    """Loads the plan of the town in the folder `bron` after its house, and publishes it as its coordinator."""
    gegevens, opvolging = lees(bron / "plan.toml"), lees(bron / "opvolging.toml")
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    plan = Plan.objects.create(**gegevens["plan"])
    for stap in gegevens["processtap"]:
        Processtap.objects.create(plan=plan, **stap)
    for volgorde, pijler in enumerate(gegevens["pijler"]):
        Pijler.objects.create(plan=plan, volgorde=volgorde, **pijler)
    laad_onderdelen(plan, gegevens, laad_opvolging.wie_en_hoe(opvolging))
    laad_geld(plan, gegevens["projectaanvraag"], coordinator)
    laad_jaren(plan, gegevens["jaaractieplan"])
    laad_papieren(plan, gegevens)
    laad_opvolging.laad_vooraf(plan, opvolging, coordinator)
    volg_plan(plan)
    laad_indicatoren.laad(bron, plan, coordinator)
    laad_besluiten.laad(bron, plan, [met_notulen(rij) for rij in gegevens["besluit"]], coordinator)
    laad_opvolging.laad_achteraf(plan, opvolging)
    breng_jaren_verder(plan, gegevens["jaaractieplan"], coordinator)


def per_code(model):
    return {rij.code: rij for rij in model.objects.all()}


def koppel(onderdeel, rij, indeling):
    """Sets the three approaches of a part, as far as its row has them."""
    for veld, alle in indeling.items():
        if veld in rij:
            getattr(onderdeel, veld).set(alle[code] for code in rij[veld])


def zet_codes(onderdeel, code, bestuur, soort):
    """Gives a part its BBC code with each Bestuur that carries it."""
    besturen = ["gemeente", "ocmw"] if bestuur == "beide" else [bestuur]
    for drager in Bestuur.objects.filter(code__in=besturen):
        bbc_code, _ = BbcCode.objects.get_or_create(
            plan=onderdeel.plan,
            bestuur=drager,
            code=code,
            defaults={"korte_omschrijving": onderdeel.titel, "soort": soort},
        )
        onderdeel.bbc_codes.add(bbc_code)


def laad_onderdelen(plan, gegevens, wie_en_hoe):
    indeling = {"themas": per_code(Thema), "doelgroepen": per_code(Doelgroep), "gebieden": per_code(Gebied)}
    organisaties = per_code(Organisatie)
    boven = {}
    for volgorde, rij in enumerate(gegevens["garantie"]):
        garantie = boven[rij["code"]] = Garantie.objects.create(
            plan=plan,
            code=rij["code"],
            volgorde=volgorde,
            titel=rij["titel"],
            korte_omschrijving=rij["belofte"],
            lange_omschrijving=rij["toelichting"],
            stand_toelichting=rij["waar_staan_we"],
        )
        koppel(garantie, rij, indeling)
    for volgorde, rij in enumerate(gegevens["doelstelling"]):
        doelstelling = boven[rij["code"]] = Doelstelling.objects.create(
            plan=plan,
            code=rij["code"],
            volgorde=volgorde,
            ouder=boven[rij["garantie"]],
            titel=rij["titel"],
            lange_omschrijving=rij["strategie"],
        )
        zet_codes(doelstelling, rij["bbc_code"], "beide", BbcCode.Soort.DOELSTELLING)
    for volgorde, rij in enumerate(gegevens["actie"]):
        actie = Actie(
            plan=plan,
            code=rij["code"],
            volgorde=volgorde,
            ouder=boven[rij["doelstelling"]],
            titel=rij["titel"],
            lange_omschrijving=rij["omschrijving"],
            termijn=rij["termijn"],
            begin=rij["begin"],
            einde=rij["einde"],
            bestuur=rij["bestuur"],
            trekker=rij["trekker"],
            trekker_organisatie=organisaties.get(rij["trekker_organisatie"]),
            externe_code=rij["externe_code"],
            resultaat_verwacht=rij["resultaat_verwacht"],
            **wie_en_hoe.get(rij["code"], {}),
        )
        actie.noteer_stand(rij["stand"], rij["voortgang"], rij["stand_toelichting"], op=OPGEVOLGD)
        actie.full_clean()
        actie.save()
        koppel(actie, rij, indeling)
        actie.partners.set(organisaties[code] for code in rij["partners"])
        if rij["bbc_code"]:
            zet_codes(actie, rij["bbc_code"], rij["bestuur"], BbcCode.Soort.ACTIE)


def laad_geld(plan, rijen, coordinator):
    """Requests with their estimates, each brought along its way to the state that the file tells."""
    acties, besturen = per_code(Actie), per_code(Bestuur)
    planner = Gebruiker.objects.filter(groups__name=PLANMEDEWERKER).first() or coordinator
    for rij in rijen:
        som = {
            richting: sum(Decimal(raming["bedrag"]) for raming in rij["raming"] if raming["richting"] == richting)
            for richting in Raming.Richting.values
        }
        aanvraag = Projectaanvraag(
            plan=plan,
            code=rij["code"],
            titel=rij["titel"],
            actie=acties[rij["actie"]],
            aanvrager=rij["aanvrager"],
            motivatie=rij["motivatie"],
            gevraagde_uitgaven=som["uitgave"],
            verwachte_ontvangsten=som["ontvangst"],
        )
        aanvraag.full_clean()
        aanvraag.save()
        for raming in rij["raming"]:
            laad_raming(aanvraag, besturen[raming["bestuur"]], raming)
        loop_weg(aanvraag, rij["status"], planner, coordinator)


def laad_raming(aanvraag, bestuur, rij):
    code = None
    if rij["bbc_code"]:
        code, _ = BbcCode.objects.get_or_create(
            plan=aanvraag.plan,
            bestuur=bestuur,
            code=rij["bbc_code"],
            defaults={"korte_omschrijving": aanvraag.titel, "soort": BbcCode.Soort.LIJN},
        )
    velden = {naam: rij[naam] for naam in ("jaar", "soort", "richting")}
    aanvraag.ramingen.create(bestuur=bestuur, bbc_code=code, bedrag=Decimal(rij["bedrag"]), **velden)


def loop_weg(aanvraag, tot, planner, coordinator):
    """Takes every step up to the state `tot`."""
    anders = "goedgekeurd" if tot == "geweigerd" else "geweigerd"
    for staat, dag, van_coordinator in WEG:
        if staat == anders:
            continue
        advies = ""
        if staat == "geadviseerd":
            advies = "ongunstig" if tot == "geweigerd" else "mits" if aanvraag.verwachte_ontvangsten else "gunstig"
        breng_naar(
            aanvraag=aanvraag,
            staat=staat,
            door=coordinator if van_coordinator else planner,
            toelichting=ADVIES.get(advies, BESLISSING.get(staat, "")),
            advies=advies,
            op=timezone.make_aware(datetime.combine(dag, time(10))),
        )
        if staat == tot:
            return


def laad_jaren(plan, rijen):
    acties = per_code(Actie)
    for rij in rijen:
        jaar = Jaaractieplan.objects.create(plan=plan, jaar=rij["jaar"], inleiding=rij["inleiding"])
        Jaaractie.objects.bulk_create(
            Jaaractie(
                jaaractieplan=jaar,
                actie=acties[regel["actie"]],
                wat=regel["wat"],
                resultaat=regel["resultaat"],
                overgedragen=bool(regel["overgedragen_reden"]),
                overgedragen_reden=regel["overgedragen_reden"],
            )
            for regel in rij["regel"]
        )


def breng_jaren_verder(plan, rijen, coordinator):
    """Adopts what was adopted and notes how its actions stood when the plan was last followed up; drafts go on the site."""
    for rij in rijen:
        jaar = jaren.breng_naar(
            jaarplan=plan.jaaractieplannen.get(jaar=rij["jaar"]), staat=rij["staat"], door=coordinator, op=VASTGESTELD
        )
        if jaar.is_vast:
            stand = {
                regel.pk: (regel.actie.stand, regel.actie.stand_toelichting)
                for regel in jaar.regels.select_related("actie")
            }
            op = timezone.make_aware(datetime.combine(OPGEVOLGD, time(16)))
            jaren.volg_op(jaarplan=jaar, moment="halfjaar", rijen=stand, door=coordinator, op=op)


def laad_papieren(plan, gegevens):
    for rij in gegevens["document"]:
        document = Document(plan=plan, slug=slugify(rij["titel"])[:80].strip("-"), **rij)
        document.full_clean()
        document.save()


NOTULEN = {
    "vaststelling-ocmw": "welzijn stelt",
    "vaststelling-gemeente": "gemeenteraad keurt",
    "goedkeuring-ocmw": "gemeenteraad keurt",
}


def met_notulen(rij):
    """A decision of the file with the title of the minutes that hold it, when there are any."""
    woorden = NOTULEN.get(rij["stap"])
    document = Document.objects.filter(titel__contains=woorden).first() if woorden else None
    return {**rij, "document": document.titel} if document else rij
