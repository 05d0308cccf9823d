from django.contrib import admin

from plan.admin.velden import zonder_links
from plan.models import Redacteur
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.models import Gebruiker, Team


@admin.register(Redacteur)
class RedacteurAdmin(BeheerAdmin):
    """Who keeps which part of the plan up to date. What they change waits for the coordinator."""

    groep, rang = "Het plan", 6
    list_display = ["__str__", "onderdeel", "plan"]
    list_select_related = ["onderdeel__plan", "gebruiker", "team__bestuur"]
    list_filter = ["onderdeel__plan"]
    search_fields = ["onderdeel__code", "onderdeel__titel", "gebruiker__naam", "team__naam"]
    search_help_text = "Zoek op een naam, een team of een deel van het plan."
    autocomplete_fields = ["onderdeel"]
    fields = ["onderdeel", "gebruiker", "team"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "gebruiker":
            kwargs["queryset"] = Gebruiker.objects.filter(is_active=True, is_staff=True).order_by("naam")
        elif db_field.name == "team":
            kwargs["queryset"] = Team.objects.select_related("bestuur")
        veld = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return veld if db_field.name == "onderdeel" else zonder_links(veld)

    @admin.display(description="plan")
    def plan(self, redacteur):
        return redacteur.onderdeel.plan
