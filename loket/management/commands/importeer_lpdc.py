"""Imports services of the Flemish catalogue LPDC from files of N-Triples."""

import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from loket.acties.invoer import tabel, voer_in
from loket.lpdc.lezen import Onleesbaar
from sociaalhuis.models import Bestuur

BREEDTE = 30
MEESTE_NAMEN = 10

UITLEG = """
Reads each file, brings in what can be read and reports the rest; it never stops on one record.

A new service is published when it has a title and a description and is not archived at the source; otherwise it comes
in as a draft. A second import changes only what changed at the source. What was edited here is never overwritten:
when both sides changed, ours stays and the report says so.

Exit code: 0 everything was read; 1 something was damaged or refused; 2 a file could not be read at all.
"""


class Command(BaseCommand):
    help = UITLEG

    def add_arguments(self, parser):
        parser.add_argument("bestanden", nargs="+", metavar="FILE", help="N-Triples (.nt), in UTF-8")
        parser.add_argument("--bestuur", required=True, choices=Bestuur.Code.values, help="whose services these are")

    def handle(self, *args, bestanden, bestuur, **opties):
        try:
            bestuur = Bestuur.objects.get(code=bestuur)
        except Bestuur.DoesNotExist:
            raise CommandError(f"Het bestuur '{bestuur}' bestaat nog niet: maak het eerst aan in het beheer.") from None
        uitgangen = [self._bestand(Path(pad), bestuur) for pad in bestanden]
        if max(uitgangen):
            sys.exit(max(uitgangen))

    def _bestand(self, pad, bestuur):
        """Imports one file and prints its report; gives its exit code."""
        self.stdout.write(f"\n{pad.name}")
        begin = time.monotonic()
        balk = Balk(self.stdout)
        try:
            with pad.open("rb") as bestand:
                verslag = voer_in(bestand=bestand, bestuur=bestuur, voortgang=balk)
        except OSError as fout:
            self.stderr.write(self.style.ERROR(f"  Kan {pad} niet openen: {fout.strerror}."))
            return 2
        except Onleesbaar as fout:
            balk.klaar()
            self.stderr.write(self.style.ERROR(f"  {fout}"))
            return 2
        balk.klaar()
        self._toon(verslag, time.monotonic() - begin)
        return 1 if verslag.schade or verslag.geweigerd else 0

    def _toon(self, verslag, seconden):
        for naam, aantal in tabel(verslag.als_json()):
            self.stdout.write(f"  {naam:<38}{aantal:>6}")
        self.stdout.write(f"  {'in ' + format(seconden, '.1f') + ' s':>44}")
        self._lijst("Gaten", [(f"{gat} ({len(namen)})", namen) for gat, namen in _meeste_eerst(verslag.gaten)])
        self._lijst("Lokaal gewijzigd, niet overschreven", [(naam, velden) for naam, velden in verslag.lokaal])
        for kop, regels in (
            ("Geweigerd", [f"{naam}: {waarom}" for naam, waarom in verslag.geweigerd]),
            ("Beschadigde regels", [f"regel {_regels(regels)}: {waarom}" for waarom, regels in verslag.schade]),
            ("Hersteld", [f"regel {regel}: meer zinnen op één regel, allemaal gelezen" for regel in verslag.hersteld]),
        ):
            if regels:
                self.stdout.write(f"  {kop}")
            for regel in regels[:50]:
                self.stdout.write(f"    {regel}")
            if len(regels) > 50:
                self.stdout.write(f"    ... en {len(regels) - 50} meer")

    def _lijst(self, kop, paren):
        if paren:
            self.stdout.write(f"  {kop}")
        for naam, leden in paren:
            meer = f" ... en {len(leden) - MEESTE_NAMEN} meer" if len(leden) > MEESTE_NAMEN else ""
            self.stdout.write(f"    {naam}: {'; '.join(leden[:MEESTE_NAMEN])}{meer}")


def _regels(regels):
    eerste = ", ".join(map(str, regels[:20]))
    return f"{eerste} ... ({len(regels)} regels)" if len(regels) > 20 else eerste


def _meeste_eerst(gaten):
    return sorted(gaten.items(), key=lambda paar: (-len(paar[1]), paar[0]))


class Balk:
    """A progress bar on one line of a terminal; a plain line per quarter elsewhere."""

    def __init__(self, uit):
        self.uit, self.vorige, self.getoond = uit, -1, False
        self.terminal = hasattr(uit, "isatty") and uit.isatty()

    def __call__(self, gedaan, totaal):
        stap = (100 if self.terminal else 4) * gedaan // totaal
        if stap == self.vorige:
            return
        self.vorige, self.getoond = stap, True
        if self.terminal:
            vol = BREEDTE * gedaan // totaal
            balk = "█" * vol + "░" * (BREEDTE - vol)
            self.uit.write(f"\r  {balk} {100 * gedaan // totaal:>3} %  {gedaan}/{totaal}", ending="")
            self.uit.flush()
        else:
            self.uit.write(f"  {gedaan}/{totaal}")

    def klaar(self):
        if self.terminal and self.getoond:
            self.uit.write("")
