"""Two pages beside the form of a plan: what the town calls its levels, and what it calls the states."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from plan.acties.niveaus import zet_niveaus
from plan.acties.standwoorden import zet_standwoorden
from plan.forms.woorden import NiveausFormSet, StandwoordenForm
from plan.models import Plan, Standwoord


class EigenWoorden:
    """For the admin class of `Plan`: the pages /niveaus/ and /standen/."""

    def get_urls(self):
        niveaus, standen = self.admin_site.admin_view(self.niveaus), self.admin_site.admin_view(self.standen)
        return [
            path("<int:pk>/niveaus/", niveaus, name="plan_plan_niveaus"),
            path("<int:pk>/standen/", standen, name="plan_plan_standen"),
            *super().get_urls(),
        ]

    def niveaus(self, request, pk):
        plan = self._plan(request, pk)
        data = request.POST if request.method == "POST" else None
        formset = NiveausFormSet(data, niveaus=list(plan.niveaus.order_by("rang")))
        fouten = []
        if request.method == "POST" and formset.is_valid():
            try:
                zet_niveaus(plan=plan, niveaus=formset.niveaus(), door=request.user)
            except ValidationError as fout:
                fouten = fout.messages
            else:
                self.message_user(request, "Zo heten de niveaus nu overal in dit plan.", messages.SUCCESS)
                return redirect("admin:plan_plan_change", plan.pk)
        return self._pagina(
            request, "niveaus", plan, f"Hoe heten de niveaus van {plan.periode}?", formset=formset, fouten=fouten
        )

    def standen(self, request, pk):
        plan = self._plan(request, pk)
        begin = dict(Standwoord.objects.filter(plan=plan).values_list("stand", "woord"))
        form = StandwoordenForm(request.POST if request.method == "POST" else None, initial=begin)
        if request.method == "POST" and form.is_valid():
            try:
                zet_standwoorden(plan=plan, woorden=form.cleaned_data, door=request.user)
            except ValidationError as fout:
                form.add_error(None, fout)
            else:
                self.message_user(request, "Deze woorden staan nu overal in dit plan.", messages.SUCCESS)
                return redirect("admin:plan_plan_change", plan.pk)
        return self._pagina(request, "standen", plan, f"Welke woorden gebruikt {plan.periode}?", form=form)

    def _plan(self, request, pk):
        plan = get_object_or_404(Plan, pk=pk)
        if not self.has_change_permission(request, plan):
            raise PermissionDenied
        return plan

    def _pagina(self, request, naam, plan, titel, **inhoud):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "plan": plan,
            "title": titel,
            **inhoud,
        }
        status = 400 if request.method == "POST" else 200  # a form that was fine led elsewhere
        return TemplateResponse(request, f"admin/plan/plan/{naam}.html", context, status=status)
