"""The multi-year plan in the admin: uploading a table of it, and what it held after each adoption or adjustment."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html

from plan.acties.mjpinvoer import bevestig, kies, laad_op
from plan.forms.mjpinvoer import KeuzeForm, OplaadForm
from plan.models import Mjpinvoer, Mjplijn, Mjpversie
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin, niet_hier
from sociaalhuis.templatetags.huis import euro

VERVERS = "3"  # seconds
WORDT_NAGEKEKEN = "Je bestand is bewaard. We kijken het na; er wordt nog niets ingevoerd."


@admin.register(Mjpinvoer)
class MjpinvoerAdmin(BeheerAdmin):
    """Upload a table, see what it would do, and only then bring it in. The worker reads; these pages ask how far it is."""

    groep, naam, rang = "Het plan", "Meerjarenplan invoeren", 18
    list_display = ["bestandsnaam", "plan", "bestuur", "staat", "gemaakt_op", "door"]
    list_filter = ["plan", "staat", "bestuur"]
    list_select_related = ["plan", "door"]
    history_view = niet_hier

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        daad = self.admin_site.admin_view(self.daad)
        return [path("<int:pk>/doe/<slug:daad>/", daad, name="plan_mjpinvoer_daad"), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = OplaadForm(request.POST, request.FILES) if request.method == "POST" else OplaadForm()
        if request.method == "POST":
            goed = form.is_valid()
            bestand = form.cleaned_data.get("bestand")
            if bestand:  # a wrong choice beside it must not cost the file
                keuze = {veld: form.cleaned_data.get(veld) for veld in ("plan", "bestuur", "versienaam")}
                keuze |= {"bestuur": keuze["bestuur"] or "", "versienaam": keuze["versienaam"] or ""}
                if not goed:
                    keuze["bestuur"] = ""
                invoer = laad_op(bestand=bestand, door=request.user, **keuze)
                if goed:
                    self.message_user(request, WORDT_NAGEKEKEN, messages.SUCCESS)
                else:
                    zinnen = " ".join(zin for fouten in form.errors.values() for zin in fouten)
                    self.message_user(request, f"Je bestand is bewaard. {zinnen}", messages.WARNING)
                return redirect("admin:plan_mjpinvoer_change", invoer.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form,
                   "title": "Meerjarenplan invoeren"}  # fmt: skip
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/plan/mjpinvoer/oplaad.html", context, status=status)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far it is, and what it did or would do. While the worker is busy the page asks for itself again."""
        invoer = self.get_object(request, object_id)
        if invoer is None or not self.has_view_permission(request):
            raise Http404 if invoer is None else PermissionDenied
        if request.method == "POST":
            return self.daad(request, invoer.pk, "kies")
        return self.pagina(request, invoer)

    def pagina(self, request, invoer, form=None):
        if form is None and invoer.kan_kiezen and self.has_add_permission(request):
            form = KeuzeForm(instance=invoer)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "invoer": invoer, "form": form,
                   "uit": invoer.resultaat, "title": invoer.bestandsnaam}  # fmt: skip
        status = 400 if form is not None and form.errors else 200
        antwoord = TemplateResponse(request, "admin/plan/mjpinvoer/invoer.html", context, status=status)
        if invoer.is_lopend:
            antwoord["Refresh"] = VERVERS
        return antwoord

    def daad(self, request, pk, daad):
        """POST: `kies` looks again with another choice, `bevestig` brings it in."""
        invoer = get_object_or_404(Mjpinvoer, pk=pk)
        if request.method != "POST" or daad not in {"kies", "bevestig"}:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            if daad == "bevestig":
                bevestig(invoer=invoer, door=request.user)
                self.message_user(request, "We voeren het nu in.", messages.SUCCESS)
            else:
                form = KeuzeForm(request.POST, instance=Mjpinvoer(pk=invoer.pk))
                if not form.is_valid():
                    return self.pagina(request, invoer, form)
                kies(invoer=invoer, door=request.user, **form.cleaned_data)
                self.message_user(request, WORDT_NAGEKEKEN, messages.SUCCESS)
        except ValidationError as fout:
            self.message_user(request, " ".join(fout.messages), messages.WARNING)
        return redirect("admin:plan_mjpinvoer_change", pk)


@admin.register(Mjpversie)
class MjpversieAdmin(AlleenLezen, BeheerAdmin):
    """The multi-year plan after each adoption or adjustment, with its sums; its lines have a list of their own."""

    groep, rang = "Het plan", 19
    list_display = ["naam", "plan", "wie", "nummer", "aantal", "ingevoerd_op", "ingevoerd_door"]
    list_filter = ["plan", "bestuur"]
    list_select_related = ["plan", "bestuur", "ingevoerd_door"]
    fields = ["naam", "plan", "wie", "nummer", "bron", "ingevoerd_op", "ingevoerd_door", "vingerafdruk"]
    readonly_fields = ["wie", "ingevoerd_op"]
    change_form_template = "admin/plan/mjpversie/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(lijnen_aantal=Count("lijnen"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        versie = self.get_object(request, object_id)
        meer = {"sommen": sommen_van(versie), "versie": versie} if versie else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **meer})

    @admin.display(description="van wie")
    def wie(self, versie):
        return versie.bestuur.get_code_display() if versie.bestuur else "Gemeente en OCMW samen"

    @admin.display(description="lijnen", ordering="lijnen_aantal")
    def aantal(self, versie):
        return versie.lijnen_aantal


def sommen_van(versie):
    """[(year, {direction: (amount, difference with the version before or None)})] of one version."""
    vorige = (
        Mjpversie.objects.filter(plan=versie.plan_id, bestuur=versie.bestuur_id, nummer__lt=versie.nummer)
        .order_by("-nummer")
        .first()
    )

    def som(een):
        rijen = Mjplijn.objects.filter(versie=een).order_by().values_list("jaar", "richting").annotate(Sum("bedrag"))
        return {(jaar, richting): bedrag for jaar, richting, bedrag in rijen}

    nu, toen = som(versie), som(vorige) if vorige else None
    uit = []
    for jaar in versie.plan.jaren:
        vakken = []
        for richting in Mjplijn.Richting.values:
            bedrag = nu.get((jaar, richting), 0)
            vakken.append((bedrag, None if toen is None else bedrag - toen.get((jaar, richting), 0)))
        uit.append((jaar, vakken))
    return uit


@admin.register(Mjplijn)
class MjplijnAdmin(AlleenLezen, BeheerAdmin):
    """The lines of a version, to look at: filtered by year, kind and direction, searched by code and words."""

    groep = "Het plan"
    list_display = ["rij", "code", "tekst", "dienst", "jaar", "soort", "richting", "in_euro", "gelijkblijvend"]
    list_display_links = None
    list_filter = [
        "jaar",
        "richting",
        "soort",
        "gelijkblijvend",
        "bestuur",
        ("versie", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["bbc_code", "bestuur"]
    list_per_page = 100
    show_full_result_count = False
    search_fields = ["bbc_code__code", "omschrijving", "dienst", "beleidsveld"]
    search_help_text = "Zoek op code, omschrijving, dienst of beleidsveld."
    ordering = ["versie", "rij", "jaar"]

    def has_module_permission(self, request):
        return False  # reached from its version

    @admin.display(description="code", ordering="bbc_code__code")
    def code(self, lijn):
        return lijn.bbc_code.code if lijn.bbc_code else "–"

    @admin.display(description="omschrijving")
    def tekst(self, lijn):
        return lijn.omschrijving or (lijn.bbc_code.korte_omschrijving if lijn.bbc_code else "–")

    @admin.display(description="bedrag", ordering="bedrag")
    def in_euro(self, lijn):
        return format_html('<span class="getal">{}</span>', euro(lijn.bedrag))
