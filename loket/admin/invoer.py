from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse

from loket.acties.invoer import tabel
from loket.forms.dienst import LpdcInvoerForm
from loket.models import LpdcInvoer
from sociaalhuis.beheer.basis import BeheerAdmin

VERVERS = "3"  # seconds


@admin.register(LpdcInvoer)
class LpdcInvoerAdmin(BeheerAdmin):
    """Upload a file of LPDC, see how far the worker is and what came of it."""

    groep, rang = "Hulp en diensten", 2
    form = LpdcInvoerForm
    list_display = ["bestandsnaam", "bestuur", "status", "voortgang", "gemaakt_op", "door"]
    list_filter = ["status", "bestuur"]
    list_select_related = ["bestuur", "door"]
    fields = ["bestand", "bestuur"]
    change_form_template = "admin/loket/lpdcinvoer/change_form.html"

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="gelezen")
    def voortgang(self, invoer):
        return f"{invoer.gelezen} van {invoer.totaal}" if invoer.totaal else "–"

    def save_model(self, request, obj, form, change):
        obj.door, obj.bestandsnaam = request.user, form.cleaned_data["bestand"].name[:200]
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(reverse("admin:loket_lpdcinvoer_change", args=[obj.pk]))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Progress and result. While the worker is busy the page asks for itself again, without a script."""
        invoer = self.get_object(request, object_id)
        extra = {**(extra_context or {}), "invoer": invoer, "rijen": tabel(invoer.resultaat) if invoer else []}
        response = super().change_view(request, object_id, form_url, extra)
        if invoer and invoer.is_lopend:
            response["Refresh"] = VERVERS
        return response
