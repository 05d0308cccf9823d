from django.contrib import admin

from loket.models import Afspraaksoort, Spreekuur, Uitzondering
from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline
from sociaalhuis.models import Gebruiker
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE

GROEP = "Afspraken"


class SpreekuurInline(TabelInline):
    model = Spreekuur
    fields = ["locatie", "wijze", "weekdag", "van", "tot", "plekken", "medewerker", "geldig_van", "geldig_tot"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **_medewerkers(db_field, kwargs))


class UitzonderingInline(TabelInline):
    model = Uitzondering
    fields = ["dag", "plekken", "reden"]


def _medewerkers(db_field, kwargs):
    """Only people who work at the desk can be bound to a session."""
    if db_field.name == "medewerker":
        aan_balie = Gebruiker.objects.filter(groups__name__in=[LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE]).distinct()
        return {**kwargs, "queryset": aan_balie}
    return kwargs


@admin.register(Afspraaksoort)
class AfspraaksoortAdmin(BeheerAdmin):
    groep, rang = GROEP, 1
    list_display = ["naam", "team", "duur", "online", "volgorde"]
    list_editable = ["volgorde"]
    list_filter = ["team", "online", "themas"]
    list_select_related = ["team__bestuur"]
    search_fields = ["naam", "uitleg"]
    autocomplete_fields = ["diensten"]
    inlines = [SpreekuurInline]
    fieldsets = [
        (None, {"fields": ["naam", "slug", "uitleg", ("duur", "volgorde"), "team", "online"]}),
        ("Waarover het gaat", {"fields": ["themas", "diensten", "meebrengen"]}),
    ]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["naam"]}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(Spreekuur)
class SpreekuurAdmin(BeheerAdmin):
    """The weekly schedule, with the days on which a session differs."""

    groep, rang = GROEP, 2
    list_display = ["soort", "locatie", "wijze", "weekdag", "van", "tot", "plekken", "medewerker", "geldig_tot"]
    list_filter = ["locatie", "soort", "weekdag", "wijze"]
    list_select_related = ["soort", "locatie", "medewerker"]
    search_fields = ["soort__naam", "locatie__naam"]
    inlines = [UitzonderingInline]
    fields = [
        "soort", "locatie", "wijze", ("weekdag", "van", "tot"), "plekken", "medewerker", ("geldig_van", "geldig_tot"),
    ]  # fmt: skip

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **_medewerkers(db_field, kwargs))
