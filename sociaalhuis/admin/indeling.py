from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, IntegerField, Value, When
from django.utils.html import format_html

from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.models import Doelgroep, Gebied, Thema


class IndelingAdmin(BeheerAdmin):
    """A list that is put in order by numbers, changed in the list itself."""

    groep = "Indeling"
    list_display = ["naam", "code", "volgorde"]
    list_editable = ["volgorde"]
    search_fields = ["naam", "code"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"code": ["naam"]}


@admin.register(Thema)
class ThemaAdmin(IndelingAdmin):
    rang = 1
    list_display = ["naam", "uitleg", "code", "volgorde"]


@admin.register(Doelgroep)
class DoelgroepAdmin(IndelingAdmin):
    rang = 2


def boom(gebieden):
    """{pk: (place, depth)} of areas read as a tree, every area right after the one it lies in."""
    delen = {}
    for gebied in gebieden:
        delen.setdefault(gebied.ouder_id, []).append(gebied)
    plaatsen = {}

    def loop(ouder, diepte):
        for gebied in delen.get(ouder, []):
            plaatsen[gebied.pk] = (len(plaatsen), diepte)
            loop(gebied.pk, diepte + 1)

    loop(None, 0)
    return plaatsen


class BoomLijst(ChangeList):
    """A list that keeps the order of the tree."""

    def get_ordering(self, request, queryset):
        return ["plaats"]


@admin.register(Gebied)
class GebiedAdmin(IndelingAdmin):
    """The tree of areas, shown by indenting."""

    rang = 3
    list_display = ["in_boom", "soort", "code", "volgorde"]
    list_filter = ["soort"]
    sortable_by = []

    def get_queryset(self, request):
        plaatsen = boom(Gebied.objects.only("pk", "ouder_id", "volgorde", "naam"))
        wanneer = {
            naam: Case(
                *(When(pk=pk, then=Value(plaats[i])) for pk, plaats in plaatsen.items()),
                default=Value(0),
                output_field=IntegerField(),
            )
            for i, naam in enumerate(["plaats", "diepte"])
        }
        return super().get_queryset(request).annotate(**wanneer)

    def get_changelist(self, request, **kwargs):
        return BoomLijst

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "ouder":
            kwargs["empty_label"] = "Geen: dit is de gemeente zelf"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="naam")
    def in_boom(self, gebied):
        return format_html('<span class="boom boom-{}">{}</span>', min(gebied.diepte, 4), gebied.naam)
