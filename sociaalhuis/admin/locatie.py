from django.contrib import admin

from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline
from sociaalhuis.models import AndereUren, Locatie, Sluitingsdag
from sociaalhuis.models.locatie import VOORZIENINGEN


class SluitingsdagInline(TabelInline):
    model = Sluitingsdag
    fields = ["naam", "van", "tot"]
    verbose_name_plural = "Gesloten, alleen hier"


class AndereUrenInline(TabelInline):
    model = AndereUren
    fields = ["naam", "dag", "uren"]
    verbose_name_plural = "Andere uren, alleen hier"


@admin.register(Locatie)
class LocatieAdmin(BeheerAdmin):
    groep, rang = "Het huis", 3
    list_display = ["naam", "gebied", "telefoon", "zichtbaar", "volgorde"]
    list_editable = ["volgorde"]
    list_filter = ["zichtbaar", "gebied"]
    list_select_related = ["gebied"]
    search_fields = ["naam", "straat", "wat"]
    inlines = [SluitingsdagInline, AndereUrenInline]
    fieldsets = [
        (None, {"fields": ["naam", "slug", "wat", "is_huis", ("zichtbaar", "volgorde")]}),
        (
            "Adres en contact",
            {
                "fields": [
                    ("straat", "huisnummer"), ("postcode", "gemeente"), "gebied", ("telefoon", "email"), "route",
                ]
            },
        ),
        ("Wanneer", {"fields": ["openingsuren"]}),
        (
            "Voor wie moeilijk stapt, hoort of ziet",
            {
                "description": "Laat staan op ‘Weten we niet’ wat je niet nakeek: een fout antwoord is erger dan geen.",
                "fields": [(veld, f"{veld}_uitleg") for veld in VOORZIENINGEN],
            },
        ),
    ]  # fmt: skip

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["naam"]}

    def get_readonly_fields(self, request, obj=None):
        """The address of a page that people link to stays."""
        return ["slug"] if obj else []


@admin.register(Sluitingsdag)
class SluitingsdagAdmin(BeheerAdmin):
    """Also the days that do not count as working days of the house: those without a place."""

    groep, rang = "Het huis", 4
    list_display = ["naam", "van", "tot", "waar"]
    list_filter = ["locatie"]
    list_select_related = ["locatie"]
    search_fields = ["naam"]
    date_hierarchy = "van"

    @admin.display(description="waar", ordering="locatie__naam")
    def waar(self, rij):
        return rij.locatie or "het hele huis"


@admin.register(AndereUren)
class AndereUrenAdmin(SluitingsdagAdmin):
    rang = 5
    list_display = ["naam", "dag", "uren", "waar"]
    date_hierarchy = "dag"
