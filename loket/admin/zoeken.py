from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from loket.acties.synoniemen import laad_synoniemen
from loket.models import Hinttelling, Nulzoekopdracht, Synoniem
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin


@admin.register(Synoniem)
class SynoniemAdmin(BeheerAdmin):
    """What people say and what it is called here. A change works at once, for everyone."""

    groep, rang = "Hulp en diensten", 3
    list_display = ["woord", "betekent", "beide_richtingen", "taal"]
    list_filter = ["beide_richtingen", "taal"]
    search_fields = ["woord", "betekent"]
    search_help_text = "Zoek op een van beide woorden."
    change_list_template = "admin/loket/synoniem/change_list.html"

    def get_urls(self):
        vul_aan = self.admin_site.admin_view(require_POST(self.vul_aan))
        return [path("vul-aan/", vul_aan, name="loket_synoniem_vul_aan"), *super().get_urls()]

    def vul_aan(self, request):
        """Adds the pairs that come with the portal; what staff changed stays."""
        if self.has_add_permission(request):
            self.message_user(request, f"{laad_synoniemen()} paren toegevoegd.", messages.SUCCESS)
        return redirect("admin:loket_synoniem_changelist")


@admin.register(Nulzoekopdracht)
class NulzoekopdrachtAdmin(AlleenLezen, BeheerAdmin):
    """What people looked for and did not find: the words and how often, never who."""

    groep, rang = "Hulp en diensten", 4
    list_display = ["woorden", "dag", "aantal", "zwak", "thema"]
    list_filter = ["dag", "zwak", "thema"]
    list_select_related = ["thema"]
    date_hierarchy = "dag"
    search_fields = ["woorden"]


@admin.register(Hinttelling)
class HinttellingAdmin(AlleenLezen, BeheerAdmin):
    """Services whose rules people could not answer for themselves: how often per day, never who."""

    groep, rang = "Hulp en diensten", 5
    list_display = ["dienst", "dag", "aantal"]
    list_filter = ["dag", "dienst__themas"]
    list_select_related = ["dienst"]
    date_hierarchy = "dag"
    search_fields = ["dienst__titel"]
