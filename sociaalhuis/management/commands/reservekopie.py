"""Makes a backup of the database from which erased cases cannot come back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sociaalhuis.reservekopie import ReservekopieFout, maak


class Command(BaseCommand):
    help = "Schrijft de databank zonder de dossiersleutels, en enkel de nieuwste sleutels, in een map."

    def add_arguments(self, parser):
        parser.add_argument("map", type=Path)

    def handle(self, *args, map, **options):
        try:
            for pad in maak(map):
                self.stdout.write(f"{pad} ({pad.stat().st_size:,} bytes)")
        except (ReservekopieFout, OSError) as fout:
            raise CommandError(fout) from fout
