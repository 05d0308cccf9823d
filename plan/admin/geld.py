"""Project requests in the admin: written, submitted, advised on, decided and taken up, each step on its own page."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import Select
from django.forms.models import BaseInlineFormSet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from plan.acties.aanvragen import OVERGANGEN, breng_naar, mag, volgende, wat_ontbreekt
from plan.admin.velden import Bedrag, zonder_links
from plan.forms.aanvragen import AanvraagstapForm
from plan.models import Projectaanvraag, Raming
from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline
from sociaalhuis.beheer.mengen import MengtWijzigingen
from sociaalhuis.models import Bestuur
from sociaalhuis.templatetags.huis import euro

SOORTEN = ("uitgave", "ontvangst", "saldo")
Staat = Projectaanvraag.Staat
KNOPPEN = {
    Staat.CONCEPT: "Neem terug om aan te passen",
    Staat.INGEDIEND: "Dien in",
    Staat.GEADVISEERD: "Geef advies",
    Staat.GOEDGEKEURD: "Keur goed",
    Staat.GEWEIGERD: "Weiger",
    Staat.OPGENOMEN: "Neem op in het meerjarenplan",
}
TERUG = {  # a way back has words of its own
    (Staat.GEWEIGERD, Staat.CONCEPT): "Open opnieuw",
    (Staat.GOEDGEKEURD, Staat.CONCEPT): "Kom terug op de beslissing",
    (Staat.OPGENOMEN, Staat.GOEDGEKEURD): "Maak het opnemen ongedaan",
}
GEDAAN = {
    Staat.CONCEPT: "De aanvraag is terug in opmaak.",
    Staat.INGEDIEND: "De aanvraag is ingediend.",
    Staat.GEADVISEERD: "Je advies is bewaard.",
    Staat.GOEDGEKEURD: "De aanvraag is goedgekeurd. De bedragen tellen nu mee in het plan.",
    Staat.GEWEIGERD: "De aanvraag is geweigerd.",
    Staat.OPGENOMEN: "De aanvraag is opgenomen. De codes hangen nu ook aan de actie.",
}
GEDAAN_TERUG = "Het opnemen is ongedaan gemaakt. De aanvraag blijft goedgekeurd. De codes hangen nog aan de actie."
VAST = {Staat.GEWEIGERD, Staat.OPGENOMEN}  # its columns cannot be changed; it can be opened again


def knop(van, staat):
    """What the button of a step says."""
    return TERUG.get((van, staat)) or KNOPPEN[staat]


class RamingenFormSet(BaseInlineFormSet):
    """Estimates that are together what is asked, from the moment the request was handed in."""

    def clean(self):
        super().clean()
        if any(self.errors) or self.instance.staat not in {Staat.INGEDIEND, Staat.GEADVISEERD}:
            return
        totalen = {"uitgave": 0, "ontvangst": 0}
        for form in self.forms:
            rij = form.cleaned_data
            if rij and not rij.get("DELETE") and rij.get("richting"):
                totalen[rij["richting"]] += rij["bedrag"]
        if fouten := self.instance.som_fouten(totalen):
            raise ValidationError(fouten)


class RamingInline(TabelInline):
    model = Raming
    formset = RamingenFormSet
    fields = ["bestuur", "jaar", "soort", "richting", "bedrag", "bbc_code"]
    autocomplete_fields = ["bbc_code"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("bestuur", "bbc_code__bestuur")

    def get_extra(self, request, obj=None, **kwargs):
        """Rows to begin with, also where no script adds them."""
        return 0 if obj and obj.ramingen.exists() else 2

    def get_readonly_fields(self, request, obj=None):
        """After the decision only the code may still be chosen."""
        beslist = obj is not None and obj.staat == Staat.GOEDGEKEURD
        return ["bestuur", "jaar", "soort", "richting", "bedrag"] if beslist else []

    def has_add_permission(self, request, obj=None):
        return not (obj and obj.is_beslist) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not (obj and obj.is_beslist) and super().has_delete_permission(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        aanvraag = getattr(request, "_aanvraag", None)
        if db_field.name == "bedrag":
            kwargs.update(form_class=Bedrag, localize=True)
        elif db_field.name == "jaar" and aanvraag:
            kwargs["widget"] = Select(choices=[("", "---------"), *((jaar, jaar) for jaar in aanvraag.plan.jaren)])
        return zonder_links(super().formfield_for_dbfield(db_field, request, **kwargs))


@admin.register(Projectaanvraag)
class ProjectaanvraagAdmin(MengtWijzigingen, BeheerAdmin):
    """Who asks money for which action, with the estimates, their sums, and a button per step that may be taken now."""

    groep, rang = "Het plan", 6
    list_display = ["__str__", "aanvrager", "staat", "gevraagd", "uitgaven", "ontvangsten"]
    list_filter = [
        "plan",
        "staat",
        ("ramingen__bestuur", admin.RelatedOnlyFieldListFilter),
        "ramingen__jaar",
        "ramingen__soort",
    ]
    list_select_related = ["plan"]
    search_fields = ["code", "titel", "aanvrager", "actie__code", "actie__titel"]
    search_help_text = "Zoek op code, titel, aanvrager of actie."
    autocomplete_fields = ["actie"]
    inlines = [RamingInline]
    change_form_template = "admin/plan/projectaanvraag/change_form.html"
    fieldsets = [
        (None, {"fields": ["plan", ("code", "staat"), "titel", "actie", "aanvrager", "motivatie"]}),
        ("Hoeveel vraag je?", {"fields": [("gevraagde_uitgaven", "verwachte_ontvangsten")]}),
        ("Sommen van de ramingen hieronder", {"fields": ["sommen"]}),
    ]

    def get_urls(self):
        stap = self.admin_site.admin_view(self.stap)
        return [path("<int:pk>/stap/<slug:staat>/", stap, name="plan_projectaanvraag_stap"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).met_saldo()

    def get_readonly_fields(self, request, obj=None):
        vast = ["plan"] if obj else []
        if obj and obj.is_beslist:
            vast += ["code", "titel", "actie", "aanvrager", "motivatie", "gevraagde_uitgaven", "verwachte_ontvangsten"]
        return ["staat", "sommen", *vast]

    def has_change_permission(self, request, obj=None):
        return not (obj and obj.staat in VAST) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Only what was never handed in can go."""
        return (obj is None or obj.staat == Staat.CONCEPT) and super().has_delete_permission(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in {"gevraagde_uitgaven", "verwachte_ontvangsten"}:
            kwargs.update(form_class=Bedrag, localize=True)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_formsets_with_inlines(self, request, obj=None):
        request._aanvraag = obj  # the inline offers only the years of this plan
        return super().get_formsets_with_inlines(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        """To the page of the request: there it is handed in."""
        self.message_user(request, f"{obj} is bewaard. Klaar? Dien de aanvraag dan in.", messages.SUCCESS)
        return redirect("admin:plan_projectaanvraag_change", obj.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        aanvraag = self.get_object(request, object_id)
        meer = {}
        if aanvraag:
            meer = {
                "aanvraag": aanvraag,
                "nu": [(staat.value, knop(aanvraag.staat, staat)) for staat in volgende(aanvraag, request.user)],
                "stappen": aanvraag.stappen.select_related("door"),
                "som_fouten": aanvraag.som_fouten(aanvraag.ramingen.totalen()),
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **meer})

    def stap(self, request, pk, staat):
        """The form of one step; only for a step that may be taken now."""
        if staat not in Staat.values or not self.has_view_permission(request):
            raise Http404
        aanvraag = get_object_or_404(Projectaanvraag.objects.select_related("plan", "actie"), pk=pk)
        terug = reverse("admin:plan_projectaanvraag_change", args=[pk])
        van = aanvraag.staat
        if staat not in OVERGANGEN[van] or not mag(request.user, staat, van):
            waar = aanvraag.get_staat_display().lower()
            self.message_user(request, f"Deze stap kan nu niet (meer). De aanvraag is nu: {waar}.", messages.WARNING)
            return redirect(terug)
        form = AanvraagstapForm(request.POST if request.method == "POST" else None, staat=staat, van=van)
        if request.method == "POST" and form.is_valid():
            try:
                breng_naar(aanvraag=aanvraag, staat=staat, door=request.user, **form.cleaned_data)
            except ValidationError as fout:
                form.add_error(None, fout)
            else:
                terug_van = van == Staat.OPGENOMEN
                self.message_user(request, GEDAAN_TERUG if terug_van else GEDAAN[staat], messages.SUCCESS)
                return redirect(terug)
        totalen = aanvraag.ramingen.totalen()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "aanvraag": aanvraag,
            "form": form,
            "title": f"{knop(van, staat)}: {aanvraag}",
            "knop": knop(van, staat),
            "gevaarlijk": staat == Staat.GEWEIGERD,
            "totalen": totalen,
            "stappen": aanvraag.stappen.select_related("door"),
            "niet": [
                *wat_ontbreekt(aanvraag, staat),
                *([] if staat == Staat.CONCEPT else aanvraag.som_fouten(totalen)),
            ],
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/plan/projectaanvraag/stap.html", context, status=status)

    @admin.display(description="gevraagd", ordering="gevraagde_uitgaven")
    def gevraagd(self, aanvraag):
        return euro(aanvraag.gevraagde_uitgaven) or "–"

    @admin.display(description="uitgaven", ordering="uitgaven")
    def uitgaven(self, aanvraag):
        return euro(aanvraag.uitgaven)

    @admin.display(description="ontvangsten", ordering="ontvangsten")
    def ontvangsten(self, aanvraag):
        return euro(aanvraag.ontvangsten)

    @admin.display(description="per bestuur en jaar")
    def sommen(self, aanvraag):
        """A table of what is saved: spending, income and balance per Bestuur and year."""
        geld = aanvraag.ramingen.geld_per_bestuur_en_jaar() if aanvraag.pk else {}
        rijen = [
            (Bestuur.Code(bestuur).label, jaar, *(euro(vak[soort]) for soort in SOORTEN))
            for bestuur, jaren in sorted(geld.items())
            for jaar, vak in sorted(jaren.items())
        ]
        if not rijen:
            return "Er zijn nog geen ramingen bewaard."
        totaal = aanvraag.ramingen.totalen()
        return format_html(
            '<div class="tabel-rol" tabindex="0" role="region" aria-label="Sommen"><table class="tabel"><thead><tr><th scope="col">Bestuur</th><th scope="col">Jaar</th>'
            '<th scope="col" class="getal">Uitgaven</th>'
            '<th scope="col" class="getal">Ontvangsten</th><th scope="col" class="getal">Saldo</th></tr></thead>'
            "<tbody>{}</tbody>"
            '<tfoot><tr><th scope="row" colspan="2">Samen</th>'
            '<td class="getal">{}</td><td class="getal">{}</td><td class="getal">{}</td></tr></tfoot></table></div>',
            format_html_join(
                "",
                '<tr><th scope="row">{}</th><td>{}</td><td class="getal">{}</td><td class="getal">{}</td>'
                '<td class="getal">{}</td></tr>',
                rijen,
            ),
            *(euro(totaal[soort]) for soort in SOORTEN),
        )
