from django.contrib import admin

from loket.models import Capaciteit, Verwijstermijnen
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin


@admin.register(Verwijstermijnen)
class VerwijstermijnenAdmin(BeheerAdmin):
    """How long each step of a referral may last: one row for the house, and one for each partner with its own."""

    groep, rang = "Doorverwijzen", 1
    list_display = ["__str__", "akkoord", "antwoord", "afspraak", "uitkomst", "bevestiging"]
    autocomplete_fields = ["organisatie"]


@admin.register(Capaciteit)
class CapaciteitAdmin(AlleenLezen, BeheerAdmin):
    """What partners say of their places. They write it themselves, in their portal."""

    groep, rang = "Doorverwijzen", 2
    list_display = ["organisatie", "dienst", "vrije_plaatsen", "wachttijd", "bijgewerkt_op"]
    search_fields = ["organisatie__naam"]
