"""The council track, versions with their reasons, and derived plans in the admin."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from plan import momentopname
from plan.acties.raadspad import begin_raadspad, zet_stap
from plan.acties.rechtzetten import trek_in, verbeter_stap
from plan.acties.versies import bevries, wat_niet_klopt, zet_reden
from plan.admin.reeks import OpDeSite
from plan.forms.raadspad import RedenForm, StapForm, TrekInForm, VerbeterForm
from plan.models import Besluit, Deelplan, Deelplankeuze, Plan, Raadspad, Versie, Wijzigingsreden
from plan.verschil import vergelijk
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin, TabelInline, niet_hier
from sociaalhuis.models import Bestuursorgaan


def zinnen(fout):
    return " ".join(fout.messages)


@admin.register(Raadspad)
class RaadspadAdmin(BeheerAdmin):
    """The way of a plan past both councils: what was done, and a button per step that may be taken now."""

    groep, rang = "Het plan", 7
    list_display = ["naam", "plan", "begonnen_op", "waar"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    fieldsets = [
        (None, {"fields": ["plan", "naam", "begonnen_op"]}),
        ("Stappen die deze weg weglaat", {"fields": ["zonder_advies", "zonder_comite"]}),
    ]
    change_form_template = "admin/plan/raadspad/change_form.html"

    def get_queryset(self, request):
        besluiten = Besluit.objects.select_related("plan", "orgaan__bestuur", "adviesraad")
        return super().get_queryset(request).prefetch_related(Prefetch("besluiten", besluiten))

    def get_urls(self):
        view = self.admin_site.admin_view
        stap = view(self.stap)
        return [
            path("<int:pk>/stap/<slug:stap>/", stap, name="plan_raadspad_advies"),
            path("<int:pk>/stap/<slug:stap>/<slug:soort>/", stap, name="plan_raadspad_stap"),
            path("<int:pk>/besluit/<int:besluit>/verbeter/", view(self.verbeter), name="plan_raadspad_verbeter"),
            path("<int:pk>/besluit/<int:besluit>/trek-in/", view(self.trek_in), name="plan_raadspad_trek_in"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["plan", "begonnen_op", *obj.zonder_vast] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if change:
            return super().save_model(request, obj, form, change)
        velden = ("plan", "naam", "begonnen_op", "zonder_advies", "zonder_comite")
        nieuw = begin_raadspad(**{naam: getattr(obj, naam) for naam in velden}, door=request.user)
        obj.pk, obj.nummer = nieuw.pk, nieuw.nummer
        obj._state.adding = False

    def get_form(self, request, obj=None, change=False, **kwargs):
        vorm = super().get_form(request, obj, change=change, **kwargs)

        class EenTegelijk(vorm):
            def clean(self):
                velden = super().clean()
                plan = velden.get("plan")
                if not self.instance.pk and plan and any(pad.is_open for pad in plan.raadspaden.all()):
                    self.add_error("plan", "Er loopt al een weg langs de raden voor dit plan. Maak die eerst af.")
                return velden

        return EenTegelijk

    def change_view(self, request, object_id, form_url="", extra_context=None):
        pad = self.get_object(request, object_id)
        meer = {}
        if pad:
            mag = request.user.has_perm("plan.publiceer_plan")
            meer = {"pad": pad, "mag": mag, "nu": [stap_nu(pad, *wat) for wat in pad.volgende()] if mag else []}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **meer})

    def stap(self, request, pk, stap, soort=""):
        """The form of one step; only for a step that may be taken now."""
        pad = get_object_or_404(Raadspad.objects.select_related("plan"), pk=pk)
        if not request.user.has_perm("plan.publiceer_plan"):
            raise PermissionDenied
        if (stap, soort) not in pad.volgende():
            self.message_user(request, "Deze stap kan nu niet (meer).", messages.WARNING)
            return redirect("admin:plan_raadspad_change", pk)
        form = StapForm(request.POST if request.method == "POST" else None, raadspad=pad, stap=stap, soort=soort)
        if request.method == "POST" and form.is_valid():
            wie = {"orgaan": form.instance.orgaan} if soort else {}
            try:
                zet_stap(raadspad=pad, stap=stap, door=request.user, **wie, **form.cleaned_data)
            except ValidationError as fout:
                form.add_error(None, fout.messages)
            else:
                self.message_user(
                    request, "De stap is genoteerd. Het plan van nu is vastgelegd als versie.", messages.SUCCESS
                )
                return redirect("admin:plan_raadspad_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "pad": pad,
            "form": form,
            "title": stap_nu(pad, stap, soort)["naam"],
            "niet": wat_niet_klopt(pad.plan),
        }
        return TemplateResponse(request, "admin/plan/raadspad/stap.html", context, status=400 if form.errors else 200)

    def _stap_recht(self, request, pk, besluit, vorm, daad, **woorden):
        """A page that puts one step right: the form, the verb, and back to the way."""
        pad = get_object_or_404(Raadspad.objects.select_related("plan"), pk=pk)
        if not request.user.has_perm("plan.publiceer_plan"):
            raise PermissionDenied
        rij = next((rij for rij in pad.stappen() if rij.pk == besluit), None)
        if rij is None:
            self.message_user(request, "Deze stap telt al niet meer mee.", messages.WARNING)
            return redirect("admin:plan_raadspad_change", pk)
        form = vorm(request.POST if request.method == "POST" else None, pad, rij)
        if request.method == "POST" and form.is_valid():
            try:
                daad(besluit=rij, door=request.user, **form.cleaned_data)
            except ValidationError as fout:
                form.add_error(None, fout)
            else:
                self.message_user(request, woorden["gedaan"], messages.SUCCESS)
                return redirect("admin:plan_raadspad_change", pk)
        tegen = pad.houdt_tegen(rij) if woorden["gevaarlijk"] else []
        context = {**self.admin_site.each_context(request), "opts": self.opts, "pad": pad, "rij": rij, "form": form,
                   "tegen": tegen, "title": f"{woorden['knop']}: {rij.get_stap_display()}", **woorden}  # fmt: skip
        return TemplateResponse(request, "admin/plan/raadspad/recht.html", context, status=400 if form.errors else 200)

    def verbeter(self, request, pk, besluit):
        """Corrects what was noted of a step: its day, its outcome, its vote, its papers."""
        return self._stap_recht(
            request, pk, besluit, lambda data, pad, rij: VerbeterForm(data, raadspad=pad, besluit=rij), verbeter_stap,
            knop="Verbeter deze stap", gedaan="De stap is verbeterd.", gevaarlijk=False,
        )  # fmt: skip

    def trek_in(self, request, pk, besluit):
        """Withdraws a step that was noted by mistake."""
        return self._stap_recht(
            request, pk, besluit, lambda data, pad, rij: TrekInForm(data), trek_in,
            knop="Trek deze stap in", gedaan="De stap is ingetrokken. Je kan ze opnieuw noteren.", gevaarlijk=True,
        )  # fmt: skip

    @admin.display(description="waar staat het")
    def waar(self, pad):
        if pad.is_klaar:
            return "Rond"
        return f"Gestopt: {pad.geweigerd.wie}" if pad.geweigerd else "Onderweg"


def stap_nu(pad, stap, soort):
    """A step that may be taken now: its name in words and the address of its form."""
    naam = Besluit.Stap(stap).label
    if not soort:
        return {"naam": f"{naam} van een adviesraad", "url": reverse("admin:plan_raadspad_advies", args=[pad.pk, stap])}
    url = reverse("admin:plan_raadspad_stap", args=[pad.pk, stap, soort])
    return {"naam": f"{naam}: {Bestuursorgaan.Soort(soort).label}", "url": url}


@admin.register(Versie)
class VersieAdmin(AlleenLezen, BeheerAdmin):
    """Frozen versions, to look at; and the page where the reasons are written and a version in between is made."""

    groep, rang = "Het plan", 8
    list_display = ["__str__", "plan", "stap", "op", "door"]
    list_filter = ["plan", "stap"]
    list_select_related = ["plan", "door"]
    fields = ["plan", "nummer", "naam", "stap", "besluit", "op", "door", "vingerafdruk"]
    change_list_template = "admin/plan/versie/change_list.html"
    history_view = niet_hier  # a version has no history: it never changes

    def get_queryset(self, request):
        return super().get_queryset(request).defer("tekst")

    def get_urls(self):
        nu = self.admin_site.admin_view(self.nu)
        return [path("nu/<int:plan>/", nu, name="plan_versie_nu"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), "plannen": Plan.objects.all()})

    def nu(self, request, plan):
        """What differs from the last version, with a place for the reasons, and the button that freezes."""
        plan = get_object_or_404(Plan, pk=plan)
        if not request.user.has_perm("plan.change_plan"):
            raise PermissionDenied
        laatste = plan.versies.order_by("-nummer").first()
        delen = delen_met_reden(plan, laatste, request.POST if "_redenen" in request.POST else None)
        if "_redenen" in request.POST and all(deel.form.is_valid() for deel in delen):
            for deel in delen:
                if deel.form.has_changed():
                    zet_reden(
                        plan=plan, onderdeel=deel.sleutel, code=deel.code, door=request.user, **deel.form.cleaned_data
                    )
            self.message_user(request, "De redenen zijn bewaard.", messages.SUCCESS)
            return redirect(request.path)
        if "_bevries" in request.POST:
            try:
                versie = bevries(plan=plan, door=request.user, naam=request.POST.get("naam", "")[:120])
                self.message_user(request, format_html("{} ligt vast.", versie), messages.SUCCESS)
            except ValidationError as fout:
                self.message_user(request, zinnen(fout), messages.ERROR)
            return redirect(request.path)
        fouten = any(deel.form.errors for deel in delen)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Wat is er anders in het plan {plan.periode}?",
            "plan": plan,
            "laatste": laatste,
            "delen": delen,
            "niet": wat_niet_klopt(plan),
            "mag_bevriezen": request.user.has_perm("plan.publiceer_plan"),
        }
        return TemplateResponse(request, "admin/plan/versie/nu.html", context, status=400 if fouten else 200)


def delen_met_reden(plan, laatste, data):
    """Parts that differ from the last version, each with `form` for its reasons; none without a version."""
    if laatste is None:
        return []
    verschil = vergelijk(laatste.inhoud, momentopname.neem(plan))
    open_ = {reden.onderdeel: reden for reden in Wijzigingsreden.objects.filter(plan=plan, versie__isnull=True)}
    delen = [*([verschil.plan] if verschil.plan else []), *verschil.delen]
    for deel in delen:
        reden = open_.get(deel.sleutel)
        begin = {"voor_raad": reden.voor_raad, "voor_burger": reden.voor_burger} if reden else {}
        deel.form = RedenForm(data, initial=begin, prefix=f"r{deel.sleutel or 'plan'}")
    return delen


class DeelplankeuzeInline(TabelInline):
    model = Deelplankeuze
    autocomplete_fields = ["actie"]


@admin.register(Deelplan)
class DeelplanAdmin(OpDeSite, BeheerAdmin):
    """A lens on the actions: its filter, and what is picked in or out by hand."""

    groep, rang = "Het plan", 9
    list_display = ["titel", "plan", "adviesraad", "openbaar"]
    list_filter = ["plan", "openbaar"]
    list_select_related = ["plan", "adviesraad"]
    autocomplete_fields = ["adviesraad"]
    inlines = [DeelplankeuzeInline]
    fieldsets = [
        (None, {"fields": ["plan", ("titel", "slug"), "inleiding", "adviesraad", ("volgorde", "openbaar")]}),
        ("Welke acties horen erbij?", {"fields": ["doelgroepen", "themas"]}),
    ]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["titel"]}

    def get_readonly_fields(self, request, obj=None):
        return ["plan"] if obj else []
