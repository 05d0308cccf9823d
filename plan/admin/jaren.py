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
from plan.jaren import eerder_genoteerd, na, op_te_volgen, voorstel
from plan.models import Actie, Jaaractie, Jaaractieplan, Jaaropvolging, Taak
from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline
from sociaalhuis.beheer.bladen import MetBladen
from sociaalhuis.beheer.geschiedenis import Spoor
from sociaalhuis.beheer.mengen import MengtWijzigingen
from sociaalhuis.beheer.ondertussen import merk, sinds

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
class JaaractieplanAdmin(MengtWijzigingen, BeheerAdmin):
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
            path(
                "<int:pk>/opvolging/<opvolgmoment:moment>/<int:regel>/",
                deur(self.volg_actie),
                name="plan_jaaractieplan_volg_actie",
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

    def _op_te_volgen(self, request, pk):
        """The year, or the answer that sends back who cannot follow it up now."""
        jaarplan = self._jaarplan(request, pk)
        if not mag(request.user):
            raise PermissionDenied
        if not jaarplan.is_vast or jaarplan.staat != Staat.VASTGESTELD:
            self.message_user(request, "Je volgt een jaar op als het vastgesteld is.", messages.WARNING)
            return None, redirect("admin:plan_jaaractieplan_change", pk)
        return jaarplan, None

    def opvolging(self, request, pk, moment):
        """The actions of the year in order: what was noted of each at this moment, and what is still to do."""
        jaarplan, terug = self._op_te_volgen(request, pk)
        if terug:
            return terug
        regels, te_doen = op_te_volgen(jaarplan, moment)
        context = {
            "jaarplan": jaarplan,
            "regels": regels,
            "te_doen": te_doen,
            "gedaan": len(regels) - len(te_doen),
            "klaar": 100 * (len(regels) - len(te_doen)) // len(regels) if regels else 0,
            "moment": moment,
            "title": f"{Moment(moment).label} {jaarplan.jaar}: hoe staat het?",
        }
        return self._pagina(request, "opvolging", context, 200)

    @transaction.atomic
    def volg_actie(self, request, pk, moment, regel):
        """How one action stands; saved by itself, then on to the next. Of two who save at once the second sees the first."""
        jaarplan, terug = self._op_te_volgen(request, pk)
        if terug:
            return terug
        regels, te_doen = op_te_volgen(jaarplan, moment)
        deze = next((rij for rij in regels if rij.pk == regel), None)
        if deze is None:
            raise Http404
        data = request.POST if request.method == "POST" else None
        if data is not None:
            Jaaractie.objects.select_for_update(of=("self",)).get(pk=regel)
        form = OpvolgForm(data, regel=deze, rij=deze.opvolging, einde=moment == Moment.JAAR, plan=jaarplan.plan)
        sporen = [Spoor(Jaaropvolging, "jaaractie", regel)]
        ondertussen = sinds(data.get("_gezien", ""), sporen) if data is not None else ""
        volgende = next((rij for rij in [*te_doen[na(te_doen, deze) :], *te_doen] if rij.pk != regel), None)
        if data is not None and form.is_valid() and not ondertussen:
            wat = {regel: (form.cleaned_data["stand"], form.cleaned_data["nota"])}
            volg_op(jaarplan=jaarplan, moment=moment, rijen=wat, door=request.user)
            self.message_user(request, f"Bewaard: {deze.actie}.", messages.SUCCESS)
            if volgende and "_volgende" in data:
                return redirect("admin:plan_jaaractieplan_volg_actie", pk, moment, volgende.pk)
            return redirect("admin:plan_jaaractieplan_opvolging", pk, moment)
        fout = data is not None and (form.errors or ondertussen)
        context = {
            "jaarplan": jaarplan,
            "form": form,
            "regel": deze,
            "eerder": eerder_genoteerd(deze, moment),
            "taken": Taak.objects.filter(actie=deze.actie_id, tegen__year=jaarplan.jaar).order_by("tegen", "pk"),
            "moment": moment,
            "volgende": volgende,
            "nog": len(te_doen),
            "ondertussen": ondertussen,
            "gezien": merk(sporen),
            "title": f"{deze.actie}",
        }
        return self._pagina(request, "volg_actie", context, 400 if fout else 200)

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
