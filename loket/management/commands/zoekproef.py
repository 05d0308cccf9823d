"""Measures search against questions with known answers."""

import csv
import time
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from loket.acties.betekenis import kijk_betekenis_na, volgende_betekenis
from loket.models import Dienst
from loket.zoek import thesaurus, vind
from loket.zoek.index import herindexeer

DIEP = 20
KOLOMMEN = {"zoekvraag", "relevante_titels"}


class Command(BaseCommand):
    help = (
        "Prints MRR@20, hit@3, hit@5, searches without result and milliseconds per query for a CSV file with the"
        " columns zoekvraag and relevante_titels (titles separated by |, compared without capitals). A question of"
        " which no right title is in the catalogue still counts. With a column taal also a line per language."
    )

    def add_arguments(self, parser):
        parser.add_argument("bestand", metavar="FILE.csv")
        parser.add_argument(
            "--zonder-trefwoorden",
            action="store_true",
            help="leave the search words of services out of the index, for this measurement only",
        )
        parser.add_argument("--missers", action="store_true", help="also print the questions that were not answered")

    def handle(self, *args, bestand, zonder_trefwoorden, missers, **opties):
        vragen = self._lees(Path(bestand))
        with transaction.atomic():
            if zonder_trefwoorden:
                herindexeer(met_zoektermen=False)
            kijk_betekenis_na()
            while volgende_betekenis():
                pass
            uitkomsten, tijden = self._meet(vragen)
            transaction.set_rollback(True)
        self._toon(uitkomsten, tijden, zonder_trefwoorden)
        if missers:
            for vraag, plaats, aantal, _ in uitkomsten:
                if plaats is None:
                    self.stdout.write(f"  {vraag} ({aantal} resultaten)")

    def _lees(self, pad):
        try:
            with pad.open(encoding="utf-8-sig", newline="") as bestand:
                lezer = csv.DictReader(bestand)
                if not set(lezer.fieldnames or []) >= KOLOMMEN:
                    raise CommandError(f"{pad.name} heeft de kolommen {' en '.join(sorted(KOLOMMEN))} nodig.")
                vragen = [
                    (
                        rij["zoekvraag"],
                        {t.strip().casefold() for t in (rij["relevante_titels"] or "").split("|")},
                        rij.get("taal") or "",
                    )
                    for rij in lezer
                    if rij["zoekvraag"]
                ]
        except (OSError, UnicodeDecodeError, csv.Error) as fout:
            raise CommandError(f"Kan {pad} niet lezen: {fout}") from None
        if not vragen:
            raise CommandError(f"{pad.name} bevat geen vragen.")
        return vragen

    def _meet(self, vragen):
        """List of (question, place of the first right answer or None, how many results, language), list of seconds."""
        synoniemen = thesaurus.lees()
        titels = {pk: titel.strip().casefold() for pk, titel in Dienst.objects.values_list("pk", "titel")}
        uitkomsten, tijden = [], []
        for vraag, goed, taal in vragen:
            begin = time.perf_counter()
            pks = vind(vraag, nummer=0, thesaurus=synoniemen).pks
            tijden.append(time.perf_counter() - begin)
            plaats = next((n for n, pk in enumerate(pks[:DIEP], start=1) if titels[pk] in goed), None)
            uitkomsten.append((vraag, plaats, len(pks), taal))
        return uitkomsten, tijden

    def _toon(self, uitkomsten, tijden, zonder):
        aantal = len(uitkomsten)
        plaatsen = [plaats for _, plaats, *_ in uitkomsten if plaats]
        nul = sum(not gevonden for _, _, gevonden, _ in uitkomsten)
        ms = sorted(1000 * t for t in tijden)
        self.stdout.write(
            f"{aantal} vragen, {Dienst.objects.gepubliceerd().count()} gepubliceerde diensten,"
            f" trefwoorden {'niet ' if zonder else ''}in de index, betekenis {'aan' if settings.ZOEK_OP_BETEKENIS else 'uit'}"
        )
        self.stdout.write(f"MRR@{DIEP}  {sum(1 / p for p in plaatsen) / aantal:.3f}")
        for grens in (3, 5):
            self.stdout.write(f"hit@{grens}   {sum(p <= grens for p in plaatsen) / aantal:.3f}")
        self.stdout.write(f"zonder resultaat  {nul} ({nul / aantal:.1%})")
        self.stdout.write(
            f"per vraag  mediaan {ms[aantal // 2]:.1f} ms, p95 {ms[min(aantal - 1, int(aantal * 0.95))]:.1f} ms,"
            f" traagste {ms[-1]:.1f} ms"
        )
        self._toon_talen(uitkomsten)

    def _toon_talen(self, uitkomsten):
        per_taal = defaultdict(list)
        for _, plaats, _, taal in uitkomsten:
            per_taal[taal].append(plaats)
        for taal, plaatsen in per_taal.items():
            if taal:
                raak = sum(bool(plaats) and plaats <= 3 for plaats in plaatsen)
                self.stdout.write(f"  {taal}  hit@3 {raak / len(plaatsen):.3f} van {len(plaatsen)}")
