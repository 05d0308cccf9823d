"""The years of the plan in the admin: made from the running actions, adopted, followed up and closed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from plan.acties.jaren import OVERGANGEN, breng_naar, mag, neem_op, volg_op, wat_ontbreekt
from plan.admin.velden import als_html, met_regels, zonder_links
from plan.forms.jaren import OpvolgForm, VoorstelForm
from plan.jaren import voorstel
from plan.models import Actie, Jaaractie, Jaaractieplan, Jaaropvolging
from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline
from sociaalhuis.beheer.bladen import MetBladen
from sociaalhuis.beheer.geschiedenis import Spoor
from sociaalhuis.beheer.ondertussen import ZietWijzigingen, merk, sinds

Staat, Moment = Jaaractieplan.Staat, Jaaropvolging.Moment
KNOPPEN = {
    Staat.VOORBEREIDING: "Haal van de site",
    Staat.ONTWERP: "Zet als ontwerp op de site",
    Staat.VASTGESTELD: "Stel vast",
    Staat.AFGESLOTEN: "Sluit het jaar af",
}
UITLEG = {
    Staat.VOORBEREIDING: "Alleen wie aan het plan werkt, ziet dit jaar dan nog.",
    Staat.ONTWERP: "Iedereen kan het dan lezen, met de melding dat het een ontwerp is.",
    Staat.VASTGESTELD: "Daarna ligt vast welke acties erin staan, wat er gebeurt en hoeveel geld gepland is."
    " Niemand kan dat nog veranderen. Wel vul je aan hoe het loopt.",
    Staat.AFGESLOTEN: "Daarna verandert er niets meer aan dit jaar.",
}


class JaaractieInline(MetBladen, TabelInline):
    model = Jaaractie
    fields = ["actie", "wat", "resultaat", "overgedragen", "overgedragen_reden"]
    autocomplete_fields = ["actie"]
    verbose_name_plural = "acties van dit jaar"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actie", "jaaractieplan")

    def get_readonly_fields(self, request, obj=None):
        return ["actie", "wat", "overgedragen", "overgedragen_reden"] if obj and obj.is_vast else []

    def has_add_permission(self, request, obj=None):
        return not (obj and obj.is_vast) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not (obj and obj.is_vast) and super().has_delete_permission(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = zonder_links(super().formfield_for_dbfield(db_field, request, **kwargs))
        return met_regels(veld, 2) if db_field.name == "resultaat" else veld

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The actions of the plan, by search."""
        veld = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "actie":
            jaarplan = getattr(request, "_jaarplan", None)
            veld.queryset = Actie.objects.filter(plan_id=jaarplan.plan_id) if jaarplan else Actie.objects.all()
        return veld


@admin.register(Jaaractieplan)
class JaaractieplanAdmin(ZietWijzigingen, BeheerAdmin):
    groep, rang = "Het plan", 5
    list_display = ["__str__", "plan", "staat", "vastgesteld_op", "aantal"]
    list_filter = ["plan", "staat"]
    list_select_related = ["plan"]
    inlines = [JaaractieInline]
    change_form_template = "admin/plan/jaaractieplan/change_form.html"

    def get_urls(self):
        def deur(view):
            return self.admin_site.admin_view(view)

        return [
            path("<int:pk>/voorstel/", deur(self.voorstel), name="plan_jaaractieplan_voorstel"),
            path(
                "<int:pk>/opvolging/<opvolgmoment:moment>/", deur(self.opvolging), name="plan_jaaractieplan_opvolging"
            ),
            path("<int:pk>/stap/<slug:staat>/", deur(self.stap), name="plan_jaaractieplan_stap"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("plan").annotate(aantal_regels=Count("regels"))

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["plan", "jaar", "inleiding"]
        if not obj.is_vast:
            return ["plan", ("jaar", "staat"), "inleiding"]
        afgesloten = obj.staat == Staat.AFGESLOTEN
        return ["plan", ("jaar", "staat"), "inleiding_vast", "evaluatie_vast" if afgesloten else "evaluatie"]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        return ["plan", "jaar", "staat", "inleiding_vast", "evaluatie_vast"]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_change_permission(self, request, obj=None):
        return not (obj and obj.staat == Staat.AFGESLOTEN) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """What was adopted stays."""
        return not (obj and obj.is_vast) and super().has_delete_permission(request, obj)

    def get_formsets_with_inlines(self, request, obj=None):
        request._jaarplan = obj  # the inline offers only the actions of this plan
        return super().get_formsets_with_inlines(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        """A new year begins with the proposal."""
        return redirect("admin:plan_jaaractieplan_voorstel", obj.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        jaarplan = self.get_object(request, object_id)
        meer = {}
        if jaarplan:
            volgend = jaarplan.jaar + 1
            meer = {
                "jaarplan": jaarplan,
                "nu": [
                    (staat.value, KNOPPEN[staat]) for staat in OVERGANGEN[jaarplan.staat] if mag(request.user, staat)
                ],
                "momenten": Moment if jaarplan.is_vast and jaarplan.staat == Staat.VASTGESTELD else [],
                "volgend": volgend
                if jaarplan.is_vast
                and volgend in jaarplan.plan.jaren
                and not jaarplan.plan.jaaractieplannen.filter(jaar=volgend).exists()
                else None,
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **meer})

    def _jaarplan(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Jaaractieplan.objects.select_related("plan"), pk=pk)

    def voorstel(self, request, pk):
        """The running actions that are not in the year yet, each with what happens and why it moved on."""
        jaarplan = self._jaarplan(request, pk)
        if not mag(request.user):
            raise PermissionDenied
        terug = redirect("admin:plan_jaaractieplan_change", pk)
        if jaarplan.is_vast:
            self.message_user(request, "Dit jaaractieplan is vastgesteld. Er kan niets meer bij.", messages.WARNING)
            return terug
        al = list(jaarplan.regels.values_list("actie_id", flat=True))
        data = request.POST if request.method == "POST" else None
        forms = [VoorstelForm(data, voorstel=een) for een in voorstel(jaarplan.plan, jaarplan.jaar, behalve=al)]
        fout = [form for form in forms if data is not None and not form.is_valid()]
        if data is not None and not fout:
            regels = [form.regel() for form in forms if form.cleaned_data["mee"]]
            try:
                aantal = neem_op(jaarplan=jaarplan, regels=regels, door=request.user)
                self.message_user(request, f"{aantal} acties toegevoegd aan {jaarplan.jaar}.", messages.SUCCESS)
            except ValidationError as zin:
                self.message_user(request, " ".join(zin.messages), messages.WARNING)
            return terug
        context = {
            "jaarplan": jaarplan,
            "forms": forms,
            "al": len(al),
            "fouten": len(fout),
            "title": f"Wat doen we in {jaarplan.jaar}?",
        }
        return self._pagina(request, "voorstel", context, 400 if fout else 200)

    @transaction.atomic
    def opvolging(self, request, pk, moment):
        """How every action of the year stands, halfway or at the end. Of two who save at once the second sees the first."""
        jaarplan = self._jaarplan(request, pk)
        if not mag(request.user):
            raise PermissionDenied
        if not jaarplan.is_vast or jaarplan.staat != Staat.VASTGESTELD:
            self.message_user(request, "Je volgt een jaar op als het vastgesteld is.", messages.WARNING)
            return redirect("admin:plan_jaaractieplan_change", pk)
        rijen = {rij.jaaractie_id: rij for rij in
                 Jaaropvolging.objects.filter(jaaractie__jaaractieplan=jaarplan, moment=moment).select_related("door")}  # fmt: skip
        data = request.POST if request.method == "POST" else None
        if data is not None:
            Jaaractieplan.objects.select_for_update().get(pk=pk)
        regels = jaarplan.regels.select_related("actie").order_by("actie__volgorde", "actie__code")
        forms = [
            OpvolgForm(data, regel=regel, rij=rijen.get(regel.pk), einde=moment == Moment.JAAR, plan=jaarplan.plan)
            for regel in regels
        ]
        sporen = [Spoor(Jaaropvolging, "jaaractie__jaaractieplan", jaarplan.pk)]
        fout = [form for form in forms if data is not None and not form.is_valid()]
        ondertussen = sinds(data.get("_gezien", ""), sporen) if data is not None else ""
        if data is not None and not fout and not ondertussen:
            wat = {form.regel.pk: (form.cleaned_data["stand"], form.cleaned_data["nota"]) for form in forms}
            try:
                aantal = volg_op(jaarplan=jaarplan, moment=moment, rijen=wat, door=request.user)
                self.message_user(request, f"Bewaard: {aantal} acties zijn bijgewerkt.", messages.SUCCESS)
            except ValidationError as zin:
                self.message_user(request, " ".join(zin.messages), messages.WARNING)
            return redirect("admin:plan_jaaractieplan_change", pk)
        context = {"jaarplan": jaarplan, "forms": forms, "moment": moment, "fouten": len(fout), "ondertussen": ondertussen,
                   "gezien": merk(sporen), "title": f"{Moment(moment).label} {jaarplan.jaar}: hoe staat het?"}  # fmt: skip
        return self._pagina(request, "opvolging", context, 400 if fout or ondertussen else 200)

    def stap(self, request, pk, staat):
        """Asks whether it is sure, and does it."""
        jaarplan = self._jaarplan(request, pk)
        if staat not in Staat.values:
            raise Http404
        terug = reverse("admin:plan_jaaractieplan_change", args=[pk])
        if staat not in OVERGANGEN[jaarplan.staat] or not mag(request.user, staat):
            self.message_user(
                request,
                f"Deze stap kan nu niet. Dit jaar is nu: {jaarplan.get_staat_display().lower()}.",
                messages.WARNING,
            )
            return redirect(terug)
        if request.method == "POST":
            try:
                breng_naar(jaarplan=jaarplan, staat=staat, door=request.user)
                self.message_user(request, f"Dit jaar is nu: {Staat(staat).label.lower()}.", messages.SUCCESS)
                return redirect(terug)
            except ValidationError as fout:
                self.message_user(request, " ".join(fout.messages), messages.ERROR)
        context = {"jaarplan": jaarplan, "knop": KNOPPEN[staat], "uitleg": UITLEG[staat],
                   "niet": wat_ontbreekt(jaarplan, staat), "title": f"{KNOPPEN[staat]}: {jaarplan}"}  # fmt: skip
        return self._pagina(request, "stap", context, 400 if request.method == "POST" else 200)

    def _pagina(self, request, naam, context, status):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/plan/jaaractieplan/{naam}.html", context, status=status)

    @admin.display(description="inleiding")
    def inleiding_vast(self, jaarplan):
        return als_html(jaarplan.inleiding)

    @admin.display(description="evaluatie")
    def evaluatie_vast(self, jaarplan):
        return als_html(jaarplan.evaluatie)

    @admin.display(description="acties", ordering="aantal_regels")
    def aantal(self, jaarplan):
        return jaarplan.aantal_regels
