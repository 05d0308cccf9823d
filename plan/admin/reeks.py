"""Changing many actions at once in the admin, and taking that back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from plan.acties.reeks import draai_terug, wat_terug, zet_openbaar
from plan.forms.reeks import StandReeks, ThemaReeks, TrekkerReeks, VerplaatsReeks
from plan.models import Reekswijziging

GETOOND = 12


def met_link(tekst):
    """A message with the way back to the change that was made last."""
    reeks = Reekswijziging.objects.order_by("-pk").first()
    url = reverse("admin:plan_onderdeel_reeks", args=[reeks.pk])
    return format_html('{} <a href="{}">Maak dit ongedaan</a>', tekst, url)


class MetReeks:
    """For the admin class of `Actie`: what can be done with the ticked actions, each with a page that asks on."""

    actions = ["reeks_stand", "reeks_thema", "reeks_trekker", "reeks_verplaats"]

    def _reeks(self, request, queryset, naam, vorm):
        acties = list(queryset.select_related("plan"))
        bevestigd = "bevestigd" in request.POST
        form = vorm(request.POST if bevestigd else None, acties=acties)
        if bevestigd and form.is_valid():
            try:
                form.voer_uit(acties, request.user)
            except ValidationError as fout:
                for veld, fouten in getattr(fout, "error_dict", {None: fout.messages}).items():
                    form.add_error(veld if veld in form.fields else None, fouten)
            else:
                aantal = f"{len(acties)} {'actie is' if len(acties) == 1 else 'acties zijn'} aangepast."
                self.message_user(request, met_link(aantal), messages.SUCCESS)
                return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": vorm.titel,
            "form": form,
            "acties": acties[:GETOOND],
            "aantal": len(acties),
            "over": max(len(acties) - GETOOND, 0),
            "gekozen": [] if request.POST.get("select_across") == "1" else acties,
            "over_alles": request.POST.get("select_across") == "1" and acties[0].pk,
            "actie": naam,
        }
        return TemplateResponse(request, "admin/plan/actie/reeks.html", context, status=422 if bevestigd else 200)

    @admin.action(description="Zet de stand", permissions=["change"])
    def reeks_stand(self, request, queryset):
        return self._reeks(request, queryset, "reeks_stand", StandReeks)

    @admin.action(description="Geef of neem een thema", permissions=["change"])
    def reeks_thema(self, request, queryset):
        return self._reeks(request, queryset, "reeks_thema", ThemaReeks)

    @admin.action(description="Zet de trekker", permissions=["change"])
    def reeks_trekker(self, request, queryset):
        return self._reeks(request, queryset, "reeks_trekker", TrekkerReeks)

    @admin.action(description="Verplaats naar een andere doelstelling", permissions=["change"])
    def reeks_verplaats(self, request, queryset):
        return self._reeks(request, queryset, "reeks_verplaats", VerplaatsReeks)


class OpDeSite:
    """For the admin class of what is on the site or not: documents, derived plans."""

    actions = ["op_de_site", "van_de_site"]

    def has_publiceer_permission(self, request):
        return request.user.has_perm("plan.publiceer_plan")

    def _zet(self, request, queryset, openbaar):
        if rijen := list(queryset):
            zet_openbaar(rijen=rijen, openbaar=openbaar, door=request.user)
            waar = "op de site" if openbaar else "niet meer op de site"
            self.message_user(request, met_link(f"{len(rijen)} {waar}."), messages.SUCCESS)

    @admin.action(description="Zet op de site", permissions=["publiceer"])
    def op_de_site(self, request, queryset):
        self._zet(request, queryset, openbaar=True)

    @admin.action(description="Haal van de site", permissions=["publiceer"])
    def van_de_site(self, request, queryset):
        self._zet(request, queryset, openbaar=False)


class Ongedaan:
    """For the admin class of `Onderdeel`: the changes of a series, and the page that takes one back."""

    def get_urls(self):
        lijst, een = self.admin_site.admin_view(self.reeksen), self.admin_site.admin_view(self.reeks)
        return [
            path("reeksen/", lijst, name="plan_onderdeel_reeksen"),
            path("reeksen/<int:nummer>/", een, name="plan_onderdeel_reeks"),
            *super().get_urls(),
        ]

    def _mag(self, request):
        if not request.user.has_perm("plan.change_actie"):
            raise PermissionDenied

    def reeksen(self, request):
        """Changes of many parts at once, the newest first."""
        self._mag(request)
        rijen = Reekswijziging.objects.select_related("door", "terug_door")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Ongedaan maken",
            "pagina": Paginator(rijen, 25).get_page(request.GET.get("pagina")),
        }
        return TemplateResponse(request, "admin/plan/onderdeel/reeksen.html", context)

    def reeks(self, request, nummer):
        """What taking one back would write, what it would leave alone, and the button."""
        self._mag(request)
        reeks = get_object_or_404(Reekswijziging.objects.select_related("door", "terug_door"), pk=nummer)
        if request.method == "POST":
            terug, blijft = draai_terug(reeks=reeks, door=request.user)
            if terug:
                rest = f" {blijft} bleven staan: die veranderde iemand sindsdien." if blijft else ""
                self.message_user(
                    request, f"{terug} {'veld is' if terug == 1 else 'velden zijn'} teruggezet.{rest}", messages.SUCCESS
                )
            else:
                self.message_user(request, "Er was niets meer om terug te zetten.", messages.INFO)
            return redirect("admin:plan_onderdeel_reeksen")
        rijen = [] if reeks.terug_op else wat_terug(reeks)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(reeks),
            "reeks": reeks,
            "rijen": rijen,
            "kan": any(rij.kan for rij in rijen),
        }
        return TemplateResponse(request, "admin/plan/onderdeel/reeks.html", context)
