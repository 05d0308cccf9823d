from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.core.checks import register
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from sociaalhuis.productie import geen_demo
from sociaalhuis.rollen import zet_rollen


def zet_rollen_na_migratie(sender, **kwargs):
    """Gives the groups their permissions once the last app has its tables (framework signal).

    Django makes the permissions of an app on the same signal, for the last app possibly after this one.
    """
    if sender is list(apps.get_app_configs())[-1]:
        create_permissions(sender, verbosity=0)
        zet_rollen()


class SociaalHuisConfig(AppConfig):
    name = "sociaalhuis"
    verbose_name = "Sociaal Huis"

    def ready(self):
        post_migrate.connect(zet_rollen_na_migratie)
        register(geen_demo, deploy=True)
        autodiscover_modules("acties.bewaren")  # what has a term, see `sociaalhuis.bewaren`
        autodiscover_modules(
            "acties.meenemen"
        )  # what an organisation takes along and erases, see `sociaalhuis.meenemen`
        autodiscover_modules("acties.hoekje")  # the corner of an organisation, see `sociaalhuis.hoekje`
        autodiscover_modules("acties.namen")  # names that a text may hold, see `sociaalhuis.persoonsgegevens`
        autodiscover_modules("acties.wacht")  # what waits for someone, see `sociaalhuis.beheer.wacht`
