from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from participatie.models import Ronde
from sociaalhuis.beheer.basis import BeheerAdmin


@admin.register(Ronde)
class RondeAdmin(BeheerAdmin):
    """Text and hours of a round. Publishing it and its answers happens on the desk of participation."""

    groep, rang = "Praat mee", 1
    list_display = ["titel", "plan", "toestand", "opent_op", "sluit_op", "antwoord_tegen"]
    list_filter = ["staat", "plan"]
    search_fields = ["titel", "vraag"]
    date_hierarchy = "sluit_op"
    prepopulated_fields = {"slug": ["titel"]}
    readonly_fields = ["toestand", "voorbeeld"]
    fieldsets = [
        (None, {"fields": ["plan", "titel", "slug", "vraag", "wie", "inleiding"]}),
        ("Wanneer", {"fields": ["opent_op", "sluit_op", "antwoord_tegen"]}),
        ("Publiceren", {"fields": ["toestand", "voorbeeld"]}),
    ]

    def get_queryset(self, request):
        return Ronde.objects.zichtbaar_voor(request.user).select_related("plan")

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.inbrengen.exists())

    @admin.display(description="toestand")
    def toestand(self, ronde):
        return ronde.fase.label if ronde.pk else "Nog niet bewaard"

    @admin.display(description="voorbeeld en publiceren")
    def voorbeeld(self, ronde):
        if not ronde.pk:
            return "Bewaar eerst."
        return format_html(
            '<a href="{}">Bekijk de pagina</a>, <a href="{}">publiceer en beantwoord</a>',
            ronde.get_absolute_url(),
            reverse("participatie:beheer_ronde", args=[ronde.slug]),
        )
