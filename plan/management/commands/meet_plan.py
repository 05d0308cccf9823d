"""What `make bench` measures of the public side of a plan: fills the plan of the demo town up to so many actions with copies of
its own, measures, and rolls everything back.

Inside that transaction nothing is kept per version, so pages cost more here than on the site.
"""

import json
import statistics
import time
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from plan import momentopname
from plan.acties import uitvoer
from plan.acties.alineas import volg
from plan.blad.lees import lees_boek, vergelijk
from plan.blad.schrijf import als_werkboek
from plan.blad.soorten import SOORTEN
from plan.models import Actie, Indicator, Indicatorkoppeling, Meting, Plan, Streefwaarde
from plan.models.versie import als_tekst
from sociaalhuis.models import Gebruiker

RONDES = 5


def tijd(functie):
    """{"klok", "processor"} in ms, the middle of the rounds, and "eerst": by the clock the first time (typst remembers a text)."""
    begin = time.perf_counter()
    functie()
    eerst, klok, processor = 1000 * (time.perf_counter() - begin), [], []
    for _ in range(RONDES):
        begin, bezig = time.perf_counter(), time.process_time()
        functie()
        klok.append(1000 * (time.perf_counter() - begin))
        processor.append(1000 * (time.process_time() - bezig))
    return {"klok": statistics.median(klok), "processor": statistics.median(processor), "eerst": eerst}


class Teller:
    def __init__(self):
        self.aantal = 0

    def __call__(self, execute, *args):
        self.aantal += 1
        return execute(*args)


def vul(plan, aantal):
    """Copies the actions of a plan, with their themes, groups and areas, until there are so many."""

    bron = list(Actie.objects.filter(plan=plan).prefetch_related("themas", "doelgroepen", "gebieden").in_volgorde())
    for nummer in range(len(bron), aantal):
        oud = bron[nummer % len(bron)]
        velden = {
            veld.attname: getattr(oud, veld.attname)
            for veld in Actie._meta.concrete_fields
            if veld.name not in ("id", "pad", "plek", "garantie")
        }
        nieuw = Actie.objects.create(**{**velden, "code": f"{oud.code[:30]}-{nummer}", "volgorde": nummer})
        for naam in ("themas", "doelgroepen", "gebieden"):
            getattr(nieuw, naam).set(getattr(oud, naam).all())
        volg(nieuw)


def vul_indicatoren(plan, aantal=200, jaren=6):
    """Adds indicators with targets and six approved measurements each, spread over goals and actions."""
    delen = list(plan.onderdelen.exclude(soort="garantie").values_list("pk", flat=True))
    wie, nu = Gebruiker.objects.filter(is_active=True).first(), timezone.now()
    begin = plan.beginjaar - jaren + 1
    nieuw = Indicator.objects.bulk_create(
        Indicator(
            plan=plan, code=f"M{nummer}", titel=f"Indicator {nummer}", eenheid="plaatsen", richting="omhoog",
            vanaf_jaar=begin, volgorde=nummer,
        )
        for nummer in range(aantal)
    )  # fmt: skip
    Indicatorkoppeling.objects.bulk_create(
        Indicatorkoppeling(indicator=rij, onderdeel_id=delen[(7 * nummer + keer) % len(delen)])
        for nummer, rij in enumerate(nieuw)
        for keer in range(2)
    )
    Streefwaarde.objects.bulk_create(
        Streefwaarde(indicator=rij, jaar=jaar, waarde=10 * (jaar - begin)) for rij in nieuw for jaar in plan.jaren
    )
    Meting.objects.bulk_create(
        Meting(
            indicator=rij, datum=date(jaar, 12, 31), periode_begin=date(jaar, 1, 1), waarde=9 * (jaar - begin),
            staat="goedgekeurd", ingevoerd_door=wie, ingediend_op=nu, gekeurd_op=nu, gekeurd_door=wie, alleen_reden="meting",
        )
        for rij in nieuw
        for jaar in range(begin, begin + jaren)
    )  # fmt: skip


def meet(aantal):
    """[(what, {"klok", "processor"}, queries or None, remark)]."""

    uit = []
    with transaction.atomic():
        plan = Plan.objects.openbaar().first()
        vul(plan, aantal)
        vul_indicatoren(plan)
        client, basis = Client(), plan.get_absolute_url()
        for naam, pad in (
            ("list of actions", "acties/"),
            ("the same with words and two choices", "acties/?q=wonen&termijn=kort&bestuur=ocmw"),
            ("page of the plan", ""),
            ("coverage matrix, 200 indicators", "matrix/"),
            ("the same in one area", "matrix/?gebied=sint-amarant"),
            ("list of 200 indicators", "indicatoren/"),
            ("guarantee card", "garanties/G1/kaart/"),
            ("guarantee card as pdf", "garanties/G1/kaart.pdf"),
        ):
            teller = Teller()
            with connection.execute_wrapper(teller):
                assert client.get(basis + pad).status_code == 200
            uit.append((naam, tijd(lambda pad=pad: client.get(basis + pad)), teller.aantal, ""))
        uit.append(("snapshot of the plan", tijd(lambda: momentopname.neem(plan)), None, ""))
        maker = uitvoer._Maker(plan, None, json.loads(als_tekst(momentopname.neem(plan))), uitvoer.besluiten_van(plan))
        for vorm in ("pdf", "json", "csv", "xlsx"):
            tijden = tijd(getattr(maker, vorm))
            meer = f"{len(getattr(maker, vorm)()) / 1e6:.1f} MB, {tijden['eerst']:.0f} ms the first time"
            uit.append((f"the whole plan as {vorm}", tijden, None, meer))
        soort = SOORTEN["acties"](plan)
        blad = als_werkboek(soort, soort.rijen())
        uit.append(("sheet of actions, out", tijd(lambda: als_werkboek(soort, soort.rijen())), None, ""))
        uit.append(("sheet of actions, back", tijd(lambda: vergelijk(lees_boek(blad), soort, soort.rijen())), None, ""))
        transaction.set_rollback(True)
    return uit


class Command(BaseCommand):
    help = "Meet hoe snel een plan van zoveel acties is (enkel in de demo); zie make bench."

    def add_arguments(self, parser):
        parser.add_argument("acties", type=int, nargs="?", default=1000)
        parser.add_argument("--json", action="store_true", help="als JSON, voor make bench")

    def handle(self, *args, acties, **opties):
        if not settings.DEMO:
            raise CommandError("Meten kan enkel in de demo: zet DEMO=1.")
        uitslag = meet(acties)
        if opties["json"]:
            self.stdout.write(json.dumps(uitslag))
            return
        for naam, tijden, vragen, meer in uitslag:
            rest = "".join(f", {deel}" for deel in (vragen and f"{vragen} queries", meer) if deel)
            self.stdout.write(
                f"{naam}: {tijden['processor']:.0f} ms of processor, {tijden['klok']:.0f} by the clock{rest}"
            )
