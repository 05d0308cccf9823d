"""Imports the table with goals, action plans, actions and estimates of the multi-year plan."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plan.acties.bbc import BEIDE, voer_in
from plan.bbc.tabel import Onleesbaar
from plan.models import Plan
from sociaalhuis.models import Bestuur
from sociaalhuis.templatetags.huis import euro

MEESTE = 50

UITLEG = """
Reads the table "beleidsdoelstellingen, actieplannen en acties met ramingen" as xlsx or CSV, whatever the order of its
columns, its separator, its encoding and its way of writing amounts. Prints the sum per year, which equals that of the
file, and every row that it could not place. The same file a second time changes nothing.

Exit code: 0 every row was placed; 1 some were not, the rest is in; 2 the file holds no such table.
"""


class Command(BaseCommand):
    help = UITLEG

    def add_arguments(self, parser):
        parser.add_argument("bestand", metavar="FILE", help="xlsx or CSV")
        parser.add_argument("--periode", required=True, help="years of the plan, such as 2026-2031")
        parser.add_argument(
            "--bestuur", required=True, choices=[*Bestuur.Code.values, BEIDE], help="whose lines these are"
        )
        parser.add_argument("--naam", default="", help="name of this version, such as 'Aanpassing 1 van 2027'")
        parser.add_argument("--proef", action="store_true", help="only show what it would do")

    def handle(self, *args, bestand, periode, bestuur, naam, proef, **opties):
        plan = plan_van(periode)
        pad = Path(bestand)
        try:
            verslag = voer_in(
                inhoud=pad.read_bytes(), naam=pad.name, plan=plan, bestuur=bestuur, proef=proef, versienaam=naam
            )
        except OSError as fout:
            self._stop(f"Kan {pad} niet openen: {fout.strerror}.")
        except Onleesbaar as fout:
            self._stop(str(fout))
        self._toon(verslag, proef)
        if verslag.geweigerd:
            sys.exit(1)

    def _stop(self, zin):
        self.stderr.write(self.style.ERROR(zin))
        sys.exit(2)

    def _toon(self, verslag, proef):
        if proef:
            self.stdout.write("Proef: er is niets bewaard.")
        for naam, aantal in (
            ("regels", verslag.regels),
            ("zonder beleidsdoelstelling (gelijkblijvend)", verslag.gelijkblijvend),
            ("codes nieuw", verslag.codes_nieuw),
            ("codes bijgewerkt", verslag.codes_bijgewerkt),
            ("acties gekoppeld aan het plan", verslag.gekoppeld),
            ("acties nog niet gekoppeld", len(verslag.niet_gekoppeld)),
            ("rijen niet geplaatst", len(verslag.geweigerd)),
        ):
            self.stdout.write(f"  {naam:<46}{aantal:>8}")
        self.stdout.write("Som per jaar")
        for jaar, bedragen in verslag.jaren.items():
            for richting, bedrag in bedragen.items():
                self.stdout.write(f"  {jaar}  {richting:<12}{euro(bedrag):>24}")
        self._lijst("Niet geplaatst", [f"{blad}, rij {rij}: {waarom}" for blad, rij, waarom in verslag.geweigerd])
        self._lijst("Let op", verslag.opmerkingen)
        self._lijst("Nog niet gekoppeld aan een actie van het plan", verslag.niet_gekoppeld)
        zin = "Dit zou bewaard worden als" if proef else "Bewaard als"
        self.stdout.write(f"{zin}: {verslag.versie}" if verslag.versie else "Er is niets veranderd.")

    def _lijst(self, kop, regels):
        if regels:
            self.stdout.write(kop)
        for regel in regels[:MEESTE]:
            self.stdout.write(f"  {regel}")
        if len(regels) > MEESTE:
            self.stdout.write(f"  ... en {len(regels) - MEESTE} meer")


def plan_van(periode):
    """The plan of these years; raises CommandError when there is none or more than one."""
    begin, _, einde = periode.partition("-")
    if not (begin.isdigit() and einde.isdigit()):
        raise CommandError("Schrijf de periode als 2026-2031.")
    plannen = list(Plan.objects.filter(beginjaar=int(begin), eindjaar=int(einde)).order_by("-gepubliceerd_op", "pk"))
    if not plannen:
        raise CommandError(f"Er is geen plan voor {periode}. Maak het eerst aan in het beheer.")
    if len(plannen) > 1:
        raise CommandError(
            f"Er zijn {len(plannen)} plannen voor {periode}: {', '.join(plan.slug for plan in plannen)}."
        )
    return plannen[0]
