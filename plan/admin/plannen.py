from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from plan.acties import publicatie
from plan.acties.alineas import volg
from plan.admin.periode import NaarPeriode
from plan.admin.velden import met_regels
from plan.admin.woorden import EigenWoorden
from plan.models import Pijler, Plan, Processtap
from sociaalhuis.beheer.basis import BeheerAdmin, BlokInline, TabelInline

# state -> the button that brings a plan there
KNOPPEN = {
    Plan.Staat.ONTWERP: "Zet als ontwerp op de site",
    Plan.Staat.OPENBAAR: "Maak openbaar",
    Plan.Staat.AFGELOPEN: "Sluit dit plan af",
    Plan.Staat.VOORBEREIDING: "Haal van de site",
}


class ProcesstapInline(TabelInline):
    model = Processtap

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        return met_regels(veld, 2) if db_field.name == "tekst" else veld


class PijlerInline(BlokInline):
    model = Pijler
    prepopulated_fields = {"code": ["titel"]}


@admin.register(Plan)
class PlanAdmin(EigenWoorden, NaarPeriode, BeheerAdmin):
    """The plan itself. Its state changes with a button of its own, for who may publish."""

    groep, rang = "Het plan", 1
    list_display = ["titel", "periode", "staat", "gepubliceerd_op", "boom"]
    list_filter = ["staat"]
    search_fields = ["titel", "slug"]
    readonly_fields = ["staat", "gepubliceerd_op"]
    actions = ["naar_periode"]
    inlines = [ProcesstapInline, PijlerInline]
    fieldsets = [
        (None, {"fields": ["titel", "slug", ("beginjaar", "eindjaar"), ("staat", "gepubliceerd_op")]}),
        ("Waar het om gaat", {"fields": ["missie", "visie", "principes"]}),
        ("Opvolging", {"fields": ["verouderd_na"]}),
        ("Hoe het gemaakt en opgebouwd is", {"fields": ["proces", "structuur", "omgevingsanalyse"]}),
    ]

    def save_related(self, request, form, formsets, change):
        """The paragraphs of a text keep their keys, whoever writes it."""
        super().save_related(request, form, formsets, change)
        volg(form.instance)

    @admin.display(description="boom")
    def boom(self, plan):
        return format_html('<a href="{}">Boom en volgorde</a>', reverse("admin:plan_onderdeel_boom", args=[plan.pk]))

    def has_delete_permission(self, request, obj=None):
        """What was once public stays: a plan can go only while it is being prepared."""
        weg = obj is None or obj.staat == Plan.Staat.VOORBEREIDING
        return weg and super().has_delete_permission(request, obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        plan = self.get_object(request, object_id)
        knoppen = []
        if plan and request.user.has_perm("plan.publiceer_plan"):
            knoppen = [(staat.value, KNOPPEN[staat]) for staat in publicatie.OVERGANGEN[plan.staat]]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "staatknoppen": knoppen})

    def response_change(self, request, obj):
        """After saving, with a button of a state: brings the plan there."""
        if staat := request.POST.get("_staat"):
            try:
                plan = publicatie.zet_staat(plan=obj, staat=staat, door=request.user)
                self.message_user(request, f"Dit plan is nu: {plan.get_staat_display().lower()}.", messages.SUCCESS)
            except ValidationError as fout:
                self.message_user(request, " ".join(fout.messages), messages.ERROR)
            return redirect(request.path)
        return super().response_change(request, obj)
