from django import forms
from django.contrib import admin

from sociaalhuis import kbo
from sociaalhuis.admin.organisatie import Ondernemingsnummer
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.models import Bestuur, Bestuursorgaan, Team


class BestuurForm(forms.ModelForm):
    ondernemingsnummer = Ondernemingsnummer()

    class Meta:
        model = Bestuur
        fields = ["code", "naam", "ondernemingsnummer", "uri"]


@admin.register(Bestuur)
class BestuurAdmin(BeheerAdmin):
    """Gemeente and OCMW: there are exactly these two, so they are only renamed."""

    groep, rang = "Het huis", 3
    form = BestuurForm
    list_display = ["naam", "code", "nummer"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and Bestuur.objects.count() < len(Bestuur.Code)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    @admin.display(description="ondernemingsnummer")
    def nummer(self, bestuur):
        return kbo.getoond(bestuur.ondernemingsnummer)


@admin.register(Bestuursorgaan)
class BestuursorgaanAdmin(BeheerAdmin):
    groep, rang = "Het huis", 4
    list_display = ["soort", "bestuur", "uri"]
    list_filter = ["bestuur"]
    list_select_related = ["bestuur"]


@admin.register(Team)
class TeamAdmin(BeheerAdmin):
    groep, rang = "Wie werkt hier", 2
    list_display = ["naam", "code", "bestuur"]
    list_filter = ["bestuur"]
    list_select_related = ["bestuur"]
    search_fields = ["naam", "code"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"code": ["naam"]}

    def get_readonly_fields(self, request, obj=None):
        """A team keeps its Bestuur: its questions belong to that legal person."""
        return ["bestuur"] if obj else []
