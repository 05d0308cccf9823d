"""How the desk of the demo town works, and some weeks of contacts at its counter, made with the real verbs."""

import random
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from loket.acties import behandeling
from loket.acties.intake import neem_op
from loket.models import Dienst, OpgeslagenFilter, Verdeelregel, Vraag
from loket.models.staat import BEZIG
from sociaalhuis.inzending import Bewijs
from sociaalhuis.models import Doelgroep, Gebied, Gebruiker, Sluitingsdag, Team, Thema
from sociaalhuis.termijn import is_werkdag
from sociaalhuis.wilgenbeke.lezen import lees

DAGEN = 28
PER_DAG = 3
KANALEN = ["balie"] * 5 + ["telefoon"] * 4 + ["mail"]
REST = "sociale-dienst"
REDEN = "Wacht op een attest van de mutualiteit. De vrager brengt het zelf binnen."


def laad(bron: Path) -> None:
    """Adds rules, filters, closing days and contacts to the desk of `laad_vragen`; needs its accounts and questions."""
    gegevens = lees(bron / "balie.toml")
    soorten = {
        "thema": Thema.objects.in_bulk(field_name="code"),
        "doelgroep": Doelgroep.objects.in_bulk(field_name="code"),
        "gebied": Gebied.objects.in_bulk(field_name="code"),
        "team": Team.objects.select_related("bestuur").in_bulk(field_name="code"),
    }
    mensen = {g.email.split("@")[0]: g for g in Gebruiker.objects.select_related("bestuur")}
    for rij in gegevens["filter"]:
        OpgeslagenFilter.objects.create(
            eigenaar=mensen[rij["van"]], naam=rij["naam"], keuzes=rij["keuzes"], team=soorten["team"].get(rij.get("team"))
        )  # fmt: skip
    laad_sluitingsdagen()
    laad_contacten(gegevens["contact"], soorten, mensen)
    parkeer_enkele(mensen["loket.ocmw"])
    # whoever took a question had opened it
    Vraag.objects.exclude(behandelaar=None).filter(eerst_geopend_op=None).update(eerst_geopend_op=F("bij_team_sinds"))


def laad_regels(bron: Path) -> None:
    """The routing rules; before the questions, which go by them."""
    velden = {"thema": Thema, "doelgroep": Doelgroep, "gebied": Gebied, "team": Team}
    per_code = {veld: model.objects.in_bulk(field_name="code") for veld, model in velden.items()}
    for nummer, rij in enumerate(lees(bron / "balie.toml")["regel"], start=1):
        gekozen = {veld: per_code[veld].get(rij[veld]) if veld in velden else rij[veld] for veld in rij}
        Verdeelregel.objects.create(volgorde=nummer * 10, **gekozen)
    Verdeelregel.objects.create(volgorde=10_000, team=per_code["team"][REST])


def laad_sluitingsdagen():
    """A bridge day some weeks from now, besides what the house already closes."""
    dag = timezone.localdate() + timedelta(days=24)
    while not (is_werkdag(dag) and not is_werkdag(dag + timedelta(days=1))):
        dag += timedelta(days=1)
    Sluitingsdag.objects.create(naam="Brugdag", van=dag, tot=dag)


def laad_contacten(soort_contacten, soorten, mensen):
    """Contacts of the last weeks on working days, always the same for the same day."""
    toeval = random.Random("Wilgenbeke")
    diensten = {d.slug: d for d in Dienst.objects.only("pk", "slug", "titel", "team").select_related("team")}
    gewichten = [rij["weegt"] for rij in soort_contacten]
    gebieden = list(soorten["gebied"].values())
    vandaag, grens = timezone.localdate(), timezone.now() - timedelta(minutes=1)
    for dag in (vandaag - timedelta(days=n) for n in range(DAGEN, -1, -1)):
        if not is_werkdag(dag):
            continue
        for rij in toeval.choices(soort_contacten, gewichten, k=PER_DAG):
            op = timezone.make_aware(datetime.combine(dag, time(toeval.choice([9, 10, 11, 13, 14]), toeval.randrange(60))))  # fmt: skip
            wie, kanaal, gebied = toeval.choice(["loket.ocmw", "loket.gemeente"]), toeval.choice(KANALEN), toeval.choice(gebieden)  # fmt: skip
            if op < grens:
                neem_op(
                    door=mensen[wie], resultaat=rij["afloop"], met_bewijs=False, kanaal=kanaal, tekst="",
                    antwoordwijze=Vraag.Antwoordwijze.HIER, thema=soorten["thema"][rij["thema"]],
                    doelgroep=soorten["doelgroep"][rij["groep"]], gebied=gebied, dienst=diensten.get(rij.get("dienst")),
                    bewijs=Bewijs(uuid4(), op), geregistreerd_op=op, gesloten=frozenset(), werkdagen=5,
                )  # fmt: skip


def parkeer_enkele(door):
    """Two questions wait for something: one for some days, one until after its deadline."""
    vragen = Vraag.objects.zichtbaar_voor(door).filter(staat=BEZIG, behandelaar=door).order_by("pk")
    for vraag, dagen in zip(vragen[:2], (4, 19), strict=False):
        behandeling.parkeer(vraag=vraag, tot=timezone.localdate() + timedelta(days=dagen), reden=REDEN, door=door)
