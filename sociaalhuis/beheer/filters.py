"""Filters of the lists of the admin that someone keeps under a name, each for oneself."""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sociaalhuis.models import Beheerfilter
from sociaalhuis.tekst import zonder_onzichtbare

NIET = {"p", "e", "all", "o", "_popup", "_to_field", "_changelist_filters", "_facets"}  # no choice, or of one visit
LANGST = 300
MEEST = 20


def keuzes_van(vraag):
    """The choices in the query string of a list, in one order and no longer than what is kept; '' when there is none."""
    paren = [
        (naam, waarde) for naam, waarde in parse_qsl(vraag[:2000]) if naam not in NIET and "\x00" not in naam + waarde
    ]
    keuzes = urlencode(sorted(paren))
    return keuzes if len(keuzes) <= LANGST else ""


def bewaarde(gebruiker, lijst):
    """The filters of this person for the list of this table; one query."""
    return list(Beheerfilter.objects.filter(eigenaar=gebruiker, lijst=lijst)[:MEEST])


class FilterForm(forms.Form):
    naam = forms.CharField(
        max_length=40,
        error_messages={
            "required": "Geef je filter een naam.",
            "max_length": "Kies een korte naam: hoogstens 40 tekens.",
        },
    )
    lijst = forms.CharField(max_length=80)
    keuzes = forms.CharField(max_length=LANGST, required=False)

    def clean_naam(self):
        return " ".join(zonder_onzichtbare(self.cleaned_data["naam"]).split())

    def clean_keuzes(self):
        keuzes = keuzes_van(self.cleaned_data["keuzes"])
        if not keuzes:
            raise forms.ValidationError("Kies eerst een filter of zoek op een woord. Bewaar dat dan.")
        return keuzes


class MetFilters:
    """For the site: keeping a filter, and throwing one away. Only for lists that this person may see."""

    def _lijst(self, request, label):
        """The address of the list of a table that this person may see; else the page is not there."""
        for model, beheer in self._registry.items():
            if model._meta.label_lower == label and beheer.has_view_permission(request):
                return reverse(f"{self.name}:{model._meta.app_label}_{model._meta.model_name}_changelist")
        raise Http404

    def bewaar_filter(self, request):
        form = FilterForm(request.POST)
        terug = self._lijst(request, request.POST.get("lijst", ""))
        if form.is_valid():
            naam, lijst, keuzes = (form.cleaned_data[veld] for veld in ("naam", "lijst", "keuzes"))
            Beheerfilter.objects.update_or_create(
                eigenaar=request.user, lijst=lijst, naam=naam, defaults={"keuzes": keuzes}
            )
            messages.success(request, f"Het filter ‘{naam}’ staat nu bij je filters.")
            return redirect(f"{terug}?{keuzes}")
        for fouten in form.errors.values():
            messages.error(request, fouten[0])
        return redirect(f"{terug}?{keuzes_van(request.POST.get('keuzes', ''))}")

    def wis_filter(self, request, pk):
        filter_ = Beheerfilter.objects.filter(eigenaar=request.user, pk=pk).first()
        if filter_ is None:
            raise Http404
        terug = self._lijst(request, filter_.lijst)
        filter_.delete()
        messages.success(request, f"Het filter ‘{filter_.naam}’ is weg.")
        return redirect(terug)

    def poorten(self):
        return require_POST(self.admin_view(self.bewaar_filter)), require_POST(self.admin_view(self.wis_filter))
