from django.contrib import admin

from plan.admin.velden import BijPlan
from plan.models import Feit, Verantwoording
from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline


class VanVerantwoordingInline(TabelInline):
    model = Verantwoording
    fields = ["onderdeel", "uitleg"]
    autocomplete_fields = ["onderdeel"]
    verbose_name_plural = "wat in het plan rust hierop"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("onderdeel")


@admin.register(Feit)
class FeitAdmin(BijPlan, BeheerAdmin):
    """Findings of the environment analysis, and what of the plan rests on them."""

    groep, rang = "Het plan", 5
    list_display = ["zin", "waarde", "eenheid", "bron", "datum", "plan"]
    list_filter = ["plan", "themas", "doelgroepen", "gebieden"]
    list_select_related = ["plan"]
    search_fields = ["zin", "bron"]
    search_help_text = "Zoek op een woord uit de vaststelling of op de bron."
    inlines = [VanVerantwoordingInline]
    fieldsets = [
        (None, {"fields": ["plan", "zin", ("waarde", "eenheid"), "datum"]}),
        ("Waar komt het vandaan?", {"fields": ["bron", "bron_adres"]}),
        ("Over wie en waar", {"fields": ["themas", "doelgroepen", "gebieden"]}),
    ]
