from django.contrib import admin
from django.db.models import Count

from plan.admin.velden import met_regels, zonder_links
from plan.models import Actie, Jaaractie, Jaaractieplan
from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline


class JaaractieInline(TabelInline):
    model = Jaaractie
    fields = ["actie", "wat", "resultaat", "overgedragen", "overgedragen_reden"]
    verbose_name_plural = "acties van dit jaar"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actie", "jaaractieplan")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = zonder_links(super().formfield_for_dbfield(db_field, request, **kwargs))
        return met_regels(veld, 2) if db_field.name == "resultaat" else veld

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The actions of the plan, read once for all rows."""
        veld = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "actie":
            acties = Actie.objects.in_volgorde()
            if jaarplan := getattr(request, "_jaarplan", None):
                acties = acties.filter(plan_id=jaarplan.plan_id)
            veld.choices = [("", "---------"), *((actie.pk, str(actie)) for actie in acties)]
        return veld


@admin.register(Jaaractieplan)
class JaaractieplanAdmin(BeheerAdmin):
    groep, rang = "Het plan", 5
    list_display = ["__str__", "plan", "staat", "aantal"]
    list_filter = ["plan", "staat"]
    list_select_related = ["plan"]
    inlines = [JaaractieInline]
    fields = ["plan", "jaar", "staat", "inleiding"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("plan").annotate(aantal_regels=Count("regels"))

    def get_readonly_fields(self, request, obj=None):
        return ["plan", "jaar"] if obj else []

    def get_formsets_with_inlines(self, request, obj=None):
        request._jaarplan = obj  # the inline offers only the actions of this plan
        return super().get_formsets_with_inlines(request, obj)

    @admin.display(description="acties", ordering="aantal_regels")
    def aantal(self, jaarplan):
        return jaarplan.aantal_regels
