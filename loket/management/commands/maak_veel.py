"""Makes very many realistic rows, to measure with."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from loket.veel.diensten import maak_diensten
from loket.veel.vragen import maak_vragen


class Command(BaseCommand):
    help = (
        "Maakt heel veel diensten of vragen bij, als kopie van wat er is (enkel in de demo). Doe dit in een eigen"
        " databank: er is geen weg terug."
    )

    def add_arguments(self, parser):
        parser.add_argument("--diensten", type=int, default=0, metavar="N")
        parser.add_argument("--vragen", type=int, default=0, metavar="N")

    def handle(self, *args, diensten, vragen, **opties):
        if not settings.DEMO:
            raise CommandError("Dit maakt rijen die niet echt zijn en kan enkel in de demo: zet DEMO=1.")
        if diensten < 0 or vragen < 0 or not diensten + vragen:
            raise CommandError("Zeg hoeveel: --diensten 100000 of --vragen 1000000.")
        for naam, aantal, maak in (("diensten", diensten, maak_diensten), ("vragen", vragen, maak_vragen)):
            if aantal:
                begin = time.monotonic()
                try:
                    gemaakt = maak(aantal)
                except ValueError as fout:
                    raise CommandError(str(fout)) from None
                self.stdout.write(f"{gemaakt} {naam} in {time.monotonic() - begin:.1f} s")
