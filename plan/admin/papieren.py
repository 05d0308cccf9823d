from django.contrib import admin

from plan.models import Besluit, Document
from sociaalhuis.beheer.basis import BeheerAdmin


@admin.register(Document)
class DocumentAdmin(BeheerAdmin):
    groep, rang = "Het plan", 7
    list_display = ["titel", "soort", "datum", "openbaar", "plan"]
    list_filter = ["plan", "soort", "openbaar"]
    list_select_related = ["plan"]
    search_fields = ["titel", "samenvatting"]
    date_hierarchy = "datum"

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["titel"]}


@admin.register(Besluit)
class BesluitAdmin(BeheerAdmin):
    groep, rang = "Het plan", 8
    list_display = ["nummer", "titel", "orgaan", "datum", "stap", "uitslag"]
    list_filter = ["plan", "stap", "orgaan", "uitslag"]
    list_select_related = ["plan", "orgaan"]
    search_fields = ["nummer", "titel"]
    date_hierarchy = "datum"
    autocomplete_fields = ["document"]
