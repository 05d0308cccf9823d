from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


def zet_rollen_na_migratie(sender, **kwargs):
    """Gives the groups their permissions once the last app has its tables (framework signal)."""
    if sender is list(apps.get_app_configs())[-1]:
        from sociaalhuis.rollen import zet_rollen  # models can only be imported when all apps are loaded

        zet_rollen()


class SociaalHuisConfig(AppConfig):
    name = "sociaalhuis"
    verbose_name = "Sociaal Huis"

    def ready(self):
        post_migrate.connect(zet_rollen_na_migratie)
