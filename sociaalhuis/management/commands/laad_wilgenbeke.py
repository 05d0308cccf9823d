"""Loads the invented town Wilgenbeke: everything, in one transaction, in demo mode only."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sociaalhuis import wilgenbeke
from sociaalhuis.wilgenbeke import (
    laad_adviesraden,
    laad_afspraken,
    laad_balie,
    laad_bewaren,
    laad_bladen,
    laad_dossier,
    laad_hints,
    laad_huis,
    laad_locaties,
    laad_loket,
    laad_lpdc,
    laad_mail,
    laad_meerjarenplan,
    laad_meespreken,
    laad_noden,
    laad_overleg,
    laad_participatie,
    laad_partners,
    laad_plan,
    laad_redactie,
    laad_versheid,
    laad_vertegenwoordigers,
    laad_verwijzingen,
    laad_volgen,
    laad_vragen,
    laad_wegwijzer,
)

BRON = Path(wilgenbeke.__file__).parent
# the order of the arrows: the shared ground, the catalogue, the places, the questions, the plan, and what organisations
# say about it
DELEN = [
    laad_huis,
    laad_loket,
    laad_hints,
    laad_versheid,
    laad_wegwijzer,
    laad_locaties,
    laad_afspraken,
    laad_vragen,
    laad_bewaren,
    laad_dossier,
    laad_mail,
    laad_balie,
    laad_plan,
    laad_meerjarenplan,
    laad_participatie,
    laad_meespreken,
    laad_overleg,
    laad_vertegenwoordigers,
    laad_adviesraden,
    laad_partners,
    laad_redactie,
    laad_noden,
    laad_lpdc,
    laad_verwijzingen,
    laad_bladen,
    laad_volgen,
]


class Command(BaseCommand):
    help = "Laadt de verzonnen stad Wilgenbeke in een lege databank (enkel in de demo)."

    def add_arguments(self, parser):
        parser.add_argument("--als-leeg", action="store_true", help="doe niets als er al een huis of gebruiker is")

    def handle(self, *args, als_leeg, **options):
        if not settings.DEMO:
            raise CommandError("Wilgenbeke bestaat enkel in de demo: zet DEMO=1.")
        with transaction.atomic():
            laad_huis.wacht_op_beurt()
            if not laad_huis.is_leeg():
                if als_leeg:
                    return
                raise CommandError("De databank is niet leeg. Met --als-leeg gebeurt er dan niets.")
            for deel in DELEN:
                deel.laad(BRON)
        self.stdout.write("Wilgenbeke is geladen.")
