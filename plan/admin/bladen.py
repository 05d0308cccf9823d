"""Sheets: out as xlsx, back with a report, carried out as a whole or not at all."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from plan.acties.blad import kijk_na, per_rij, verlaat, voer_door
from plan.blad.schrijf import als_werkboek
from plan.blad.soorten import SOORTEN
from plan.forms.blad import BladForm, DoorvoerForm
from plan.models import Bladinvoer, Plan
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.download import download
from sociaalhuis.verslag.rekenblad import SOORT_XLSX


@admin.register(Bladinvoer)
class BladinvoerAdmin(BeheerAdmin):
    groep, rang = "Het plan", 8
    list_display = ["bestandsnaam", "soort", "plan", "staat", "gemaakt_op", "gemaakt_door", "reden"]
    list_filter = ["staat", "soort", "plan"]
    list_select_related = ["plan", "gemaakt_door"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        haal = self.admin_site.admin_view(self.haal)
        return [path("haal/<int:plan>/<slug:soort>/", haal, name="plan_bladinvoer_haal"), *super().get_urls()]

    def haal(self, request, plan, soort):
        """The workbook of a plan as it is now."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        plan = get_object_or_404(Plan.objects.zichtbaar_voor(request.user), pk=plan)
        if soort not in SOORTEN:
            raise Http404
        soort = SOORTEN[soort](plan)
        naam = f"{soort.code}-{plan.slug}-{timezone.localdate():%Y%m%d}.xlsx"
        return download(als_werkboek(soort, soort.rijen()), SOORT_XLSX, naam)

    def add_view(self, request, form_url="", extra_context=None):
        """Take a sheet, or bring one back."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BladForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            bestand = form.cleaned_data["bestand"]
            try:
                invoer = kijk_na(inhoud=bestand.read(), naam=bestand.name, door=request.user)
            except ValidationError as fout:
                form.add_error("bestand", fout)
            else:
                return redirect("admin:plan_bladinvoer_change", invoer.pk)
        plannen = Plan.objects.zichtbaar_voor(request.user)
        context = {"form": form, "plannen": plannen, "soorten": Bladinvoer.Soort.choices, "title": "Acties en indicatoren in een rekenblad"}  # fmt: skip
        return self._pagina(request, "op", context, 422 if request.method == "POST" else 200)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What a sheet would change, cell by cell, and the button that does it."""
        invoer = self.get_object(request, object_id)
        if invoer is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, invoer):
            raise PermissionDenied
        form = DoorvoerForm(request.POST if "_door" in request.POST else None, met_botsingen=bool(invoer.botsingen))
        if request.method == "POST" and self._beslis(request, invoer, form):
            return redirect("admin:plan_bladinvoer_change", invoer.pk)
        context = {
            "invoer": invoer,
            "form": form,
            "rijen": list(per_rij(invoer.wijzigingen).values()),
            "botsrijen": list(per_rij(invoer.botsingen).values()),
            "title": f"Rekenblad {invoer.bestandsnaam}",
        }
        return self._pagina(request, "verslag", context, 422 if request.method == "POST" else 200)

    def _beslis(self, request, invoer, form):
        """Whether the button that was pressed did its work; else the form says why not."""
        try:
            if "_weg" in request.POST:
                verlaat(invoer=invoer, door=request.user)
                self.message_user(request, "Er is niets veranderd aan het plan.", messages.INFO)
                return True
            if form.is_valid():
                voer_door(invoer=invoer, door=request.user, **form.cleaned_data)
                self.message_user(request, "Alle wijzigingen staan in het plan.", messages.SUCCESS)
                return True
        except ValidationError as fout:
            if not form.is_bound:
                self.message_user(request, " ".join(fout.messages), messages.ERROR)
                return True
            form.add_error(None, fout.messages if not hasattr(fout, "error_dict") else list(fout.messages))
        return False

    def _pagina(self, request, naam, context, status):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/plan/bladinvoer/{naam}.html", context, status=status)
