from django.contrib import admin

from plan.admin.reeks import OpDeSite
from plan.models import Besluit, Document
from sociaalhuis.beheer.basis import BeheerAdmin


@admin.register(Document)
class DocumentAdmin(OpDeSite, BeheerAdmin):
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
    list_display = ["nummer", "titel", "wie", "datum", "stap", "uitslag"]
    list_display_links = ["titel"]  # a decision may have no number yet, and a dash is too small to press
    list_filter = ["plan", "stap", "orgaan", "uitslag"]
    list_select_related = ["plan", "orgaan", "adviesraad"]
    search_fields = ["nummer", "titel"]
    date_hierarchy = "datum"
    autocomplete_fields = ["document", "adviesraad"]

    def get_readonly_fields(self, request, obj=None):
        """A step of the council track stays what it was: a version was frozen for it. Its words may be corrected."""
        vast = ["plan", "orgaan", "adviesraad", "datum", "stap", "uitslag", "eenparig", "stemmen_voor", "stemmen_tegen"]
        return [*vast, "onthoudingen"] if obj and obj.raadspad_id else []

    def has_delete_permission(self, request, obj=None):
        """A step of the track that froze a version stays."""
        return not (obj and obj.raadspad_id) and super().has_delete_permission(request, obj)
