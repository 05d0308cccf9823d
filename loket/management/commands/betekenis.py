"""Makes what services mean now, instead of waiting for the worker."""

from django.core.management.base import BaseCommand

from loket.acties.betekenis import kijk_betekenis_na, volgende_betekenis


class Command(BaseCommand):
    help = "Maakt meteen de betekenis van alle diensten die er nog geen hebben of waarvan de tekst veranderde."

    def handle(self, *args, **opties):
        kijk_betekenis_na()
        while volgende_betekenis():
            pass
