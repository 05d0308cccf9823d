from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        autodiscover_modules("acties.herkomst")  # whose words changed what, see `plan.herkomst`
        autodiscover_modules("acties.besproken")  # which meeting is about what, see `plan.besproken`
