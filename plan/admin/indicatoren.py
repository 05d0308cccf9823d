from django.contrib import admin

from plan.admin.velden import Bedrag, BijPlan, zonder_links
from plan.models import Besteding, Indicator, Indicatorkoppeling, Leemte, Meting, Streefwaarde, Uitsplitsing
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin, TabelInline


class GetalVelden:
    """Values of an indicator are typed as people write them here."""

    getallen = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.getallen:
            kwargs["form_class"] = Bedrag
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class StreefwaardeInline(GetalVelden, TabelInline):
    model = Streefwaarde
    fields = ["jaar", "waarde"]
    getallen = ("waarde",)
    verbose_name_plural = "streefwaarden: wat willen we eind dat jaar"


class KoppelingInline(TabelInline):
    model = Indicatorkoppeling
    fields = ["onderdeel", "meet_voortgang"]
    autocomplete_fields = ["onderdeel"]
    verbose_name_plural = "waarover zegt dit iets"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("onderdeel")


class VanIndicatorInline(TabelInline):
    """On the page of an action: which indicators tell about it."""

    model = Indicatorkoppeling
    fk_name = "onderdeel"
    fields = ["indicator", "meet_voortgang"]
    autocomplete_fields = ["indicator"]
    verbose_name_plural = "indicatoren"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("indicator")


class BestedingInline(GetalVelden, TabelInline):
    """On the page of an action: what was really spent."""

    model = Besteding
    fk_name = "actie"
    fields = ["jaar", "bestuur", "bedrag", "bron"]
    getallen = ("bedrag",)
    verbose_name_plural = "wat is er uitgegeven"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return zonder_links(super().formfield_for_dbfield(db_field, request, **kwargs))


@admin.register(Indicator)
class IndicatorAdmin(BijPlan, GetalVelden, BeheerAdmin):
    """What is measured. The measurements themselves are entered and approved at /plan/meten/."""

    groep, rang = "Het plan", 6
    list_display = ["__str__", "eenheid", "richting", "frequentie", "eigenaar", "plan"]
    list_filter = ["plan", "richting", "frequentie"]
    list_select_related = ["plan"]
    search_fields = ["code", "titel", "definitie", "eigenaar"]
    search_help_text = "Zoek op code, titel, definitie of wie meet."
    inlines = [StreefwaardeInline, KoppelingInline]
    getallen = ("nulmeting", "marge")
    fieldsets = [
        (None, {"fields": ["plan", ("code", "volgorde"), "titel", "definitie"]}),
        ("Het getal", {"fields": ["over", ("eenheid", "cijfers"), "richting", "marge"]}),
        ("Waar vertrekken we?", {"fields": [("nulmeting", "nulmeting_op"), "vanaf_jaar"]}),
        ("Wie meet, en waar komt het vandaan?", {"fields": ["eigenaar", "frequentie", "bron", "bron_adres"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["plan"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        return zonder_links(veld) if db_field.name == "plan" else veld


class UitsplitsingInline(AlleenLezen, TabelInline):
    model = Uitsplitsing
    fields = ["doelgroep", "gebied", "waarde", "aantal"]


@admin.register(Meting)
class MetingAdmin(AlleenLezen, BeheerAdmin):
    """To look up who entered and approved what; it is done at /plan/meten/."""

    groep, rang = "Het plan", 7
    list_display = ["indicator", "datum", "waarde", "staat", "ingevoerd_door", "gekeurd_door"]
    list_filter = ["staat", "indicator__plan", "indicator"]
    list_select_related = ["indicator__plan", "ingevoerd_door", "gekeurd_door"]
    search_fields = ["indicator__code", "indicator__titel"]
    inlines = [UitsplitsingInline]


@admin.register(Leemte)
class LeemteAdmin(AlleenLezen, BeheerAdmin):
    """Accepted gaps; they are accepted on the page of the matrix."""

    groep, rang = "Het plan", 8
    list_display = ["thema", "doelgroep", "gebied", "tot", "namens", "door"]
    list_filter = ["plan", "thema", "doelgroep"]
    list_select_related = ["thema", "doelgroep", "gebied", "door"]
