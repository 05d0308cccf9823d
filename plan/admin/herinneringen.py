from django.contrib import admin

from plan.models import Herinnering
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin, niet_hier


@admin.register(Herinnering)
class HerinneringAdmin(AlleenLezen, BeheerAdmin):
    """What the weekly mails held: to whom, when, about what and why. To look at."""

    groep, rang = "Het plan", 12
    list_display = ["wat", "onderdeel", "soort", "gebruiker", "op"]
    list_filter = ["soort", "onderdeel__plan", "week"]
    list_select_related = ["onderdeel", "gebruiker"]
    search_fields = ["wat", "onderdeel__code", "onderdeel__titel"]
    search_help_text = "Zoek op wat er wachtte, of op code of titel van het deel."
    fields = ["wat", "soort", "onderdeel", "gebruiker", "week", "op"]
    date_hierarchy = "op"
    show_full_result_count = False
    history_view = niet_hier  # a line of the log never changes
