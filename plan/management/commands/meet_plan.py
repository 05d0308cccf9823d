"""What `make bench` measures of the public side of a plan: fills the plan of the demo town up to so many actions with copies of
its own, measures, and rolls everything back.

Inside that transaction nothing is kept per version, so pages cost more here than on the site.
"""

import json
import statistics
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client

from plan import momentopname
from plan.acties import uitvoer
from plan.acties.alineas import volg
from plan.blad.lees import lees_boek, vergelijk
from plan.blad.schrijf import als_werkboek
from plan.blad.soorten import SOORTEN
from plan.models import Actie, Plan
from plan.models.versie import als_tekst

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
            if veld.name not in ("id", "pad", "garantie")
        }
        nieuw = Actie.objects.create(**{**velden, "code": f"{oud.code[:30]}-{nummer}", "volgorde": nummer})
        for naam in ("themas", "doelgroepen", "gebieden"):
            getattr(nieuw, naam).set(getattr(oud, naam).all())
        volg(nieuw)


def meet(aantal):
    """[(what, {"klok", "processor"}, queries or None, remark)]."""

    uit = []
    with transaction.atomic():
        plan = Plan.objects.openbaar().first()
        vul(plan, aantal)
        client, basis = Client(), plan.get_absolute_url()
        for naam, pad in (
            ("list of actions", "acties/"),
            ("the same with words and two choices", "acties/?q=wonen&termijn=kort&bestuur=ocmw"),
            ("page of the plan", ""),
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
