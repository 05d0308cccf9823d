"""A button on the list of plans: take this plan along to the next period."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from plan.acties.periode import kopieer_naar_periode
from plan.forms.periode import PeriodeForm
from plan.models import Plan


class NaarPeriode:
    """For the admin class of `Plan`: the action and the page with the choice."""

    @admin.action(description="Neem mee naar de volgende periode", permissions=["add"])
    def naar_periode(self, request, queryset):
        if len(queryset) != 1:
            self.message_user(request, "Kies één plan.", messages.WARNING)
            return None
        return redirect("admin:plan_plan_periode", queryset[0].pk)

    def get_urls(self):
        kopieer = self.admin_site.admin_view(self.volgende_periode)
        return [path("<int:pk>/volgende-periode/", kopieer, name="plan_plan_periode"), *super().get_urls()]

    def volgende_periode(self, request, pk):
        oud = get_object_or_404(Plan, pk=pk)
        if not request.user.has_perm("plan.add_plan"):
            raise PermissionDenied
        form = PeriodeForm(request.POST if request.method == "POST" else None, oud=oud)
        if request.method == "POST" and form.is_valid():
            velden = {naam: form.cleaned_data[naam] for naam in ("titel", "slug", "beginjaar", "eindjaar")}
            try:
                nieuw = kopieer_naar_periode(plan=oud, door=request.user, onderdelen=form.onderdelen(), **velden)
            except ValidationError as fout:
                form.add_error(None, fout)
            else:
                self.message_user(request, f"{nieuw} is gemaakt, in voorbereiding.", messages.SUCCESS)
                return redirect("admin:plan_plan_change", nieuw.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "oud": oud,
            "form": form,
            "title": f"{oud.periode} meenemen naar de volgende periode",
        }
        return TemplateResponse(request, "admin/plan/plan/periode.html", context, status=400 if form.errors else 200)
