import pghistory
from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from plan.acties.alineas import volg
from plan.admin.boom import Boombeheer
from plan.admin.bouwen import Bouwt
from plan.admin.indicatoren import BestedingInline, VanIndicatorInline
from plan.admin.reeks import MetReeks, Ongedaan
from plan.admin.stand import MetStand, VanStand
from plan.admin.velden import BijPlan, met_regels, zonder_links
from plan.admin.verantwoording import MetVerantwoording, Verantwoord
from plan.forms.opvolgen import StandForm
from plan.models import (
    Actie,
    Afhankelijkheid,
    BbcCode,
    Doelstelling,
    Garantie,
    Jaaractie,
    Onderdeel,
    Partnerschap,
    Taak,
    Verantwoording,
)
from plan.models.koppelingen import KOPPELINGEN
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin, TabelInline
from sociaalhuis.beheer.mengen import MengtWijzigingen
from sociaalhuis.beheer.voorbeeld import MetVoorbeeld
from sociaalhuis.templatetags.huis import datum_kort

HTML = "Eenvoudige HTML: alinea's, lijsten en tussentitels."
ERONDER = 25  # parts that are named on the page of the one above


class DeelForm(forms.ModelForm):
    """A part of a plan. Below another part it belongs to the plan of that part."""

    waarom = forms.CharField(
        label="Waarom verander je dit?",
        max_length=300,
        required=False,
        widget=forms.TextInput,
        help_text="Eén zin voor in de geschiedenis. Ze komt niet op de site.",
    )

    def _get_validation_exclusions(self):
        """Also checks the rules about fields that the form does not show but the row has: a code is unique in a plan.

        Without a plan (nothing was chosen yet) there is nothing to check, and no field to say it at.
        """
        verborgen = {"plan", "ouder", "soort"} if self.instance.plan_id else set()
        return super()._get_validation_exclusions() - verborgen

    def clean(self):
        velden = super().clean()
        if ouder := velden.get("ouder"):
            if self.instance.pk and self.instance.plan_id != ouder.plan_id:
                self.add_error("ouder", "Dit hoort bij een ander plan. Kies iets uit hetzelfde plan.")
            elif not self.instance.pk:
                self.instance.plan = ouder.plan
        return velden


class Erbij:
    """New rows only: what is there already is listed above, each with its own page, so that 300 stay as usable as 3."""

    def get_queryset(self, request):
        return super().get_queryset(request).none()


class DelenFormSet(BaseInlineFormSet):
    """Parts below the part that is being edited: they belong to its plan."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.plan_id = self.instance.plan_id
        return form


class DoelstellingInline(Erbij, TabelInline):
    model, fk_name = Doelstelling, "ouder"
    form, formset = DeelForm, DelenFormSet
    fields = ["code", "titel", "volgorde"]
    verbose_name_plural = "nieuwe doelstellingen onder deze garantie"


class ActieInline(Erbij, TabelInline):
    model, fk_name = Actie, "ouder"
    form, formset = DeelForm, DelenFormSet
    fields = ["code", "titel", "termijn", "bestuur", "trekker", "volgorde"]
    verbose_name_plural = "nieuwe acties onder deze doelstelling"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"termijn", "bestuur"}:
            veld.required = True
        return veld


class JaaractieInline(TabelInline):
    model = Jaaractie
    fk_name = "actie"
    fields = ["jaaractieplan", "wat", "resultaat", "overgedragen", "overgedragen_reden"]
    verbose_name_plural = "jaar na jaar"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = zonder_links(super().formfield_for_dbfield(db_field, request, **kwargs))
        return met_regels(veld, 2) if db_field.name == "resultaat" else veld

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        veld = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "jaaractieplan" and (actie := getattr(request, "_actie", None)):
            veld.queryset = veld.queryset.filter(plan=actie.plan)
        return veld


class PartnerschapInline(TabelInline):
    model = Partnerschap
    fields = ["organisatie", "rol", "wat", "tot", "staat", "reden"]
    readonly_fields = ["staat", "reden"]
    autocomplete_fields = ["organisatie"]
    verbose_name_plural = "partners"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisatie")


class TaakInline(TabelInline):
    model = Taak
    fields = ["titel", "soort", "wie", "tegen", "klaar_op", "openbaar", "volgorde"]
    verbose_name_plural = "taken en mijlpalen"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"wie", "openbaar"}:
            veld.help_text = ""  # a column is too narrow for it; the page of the task says it
        return veld


class VerantwoordingInline(TabelInline):
    model = Verantwoording
    fields = ["feit", "uitleg"]
    autocomplete_fields = ["feit"]
    verbose_name_plural = "waarom staat dit in het plan"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("feit")


class AfhankelijkheidInline(TabelInline):
    model, fk_name = Afhankelijkheid, "actie"
    fields = ["wacht_op", "reden"]
    autocomplete_fields = ["wacht_op"]
    verbose_name_plural = "wacht op andere acties"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("wacht_op")


class DeelAdmin(Bouwt, BijPlan, MetVoorbeeld, MengtWijzigingen, BeheerAdmin):
    groep = "Het plan"
    form = DeelForm
    search_fields = ["code", "titel"]
    search_help_text = "Zoek op code of titel."
    list_select_related = ["plan"]
    ordering = ["plan", "plek"]
    geschiedenis_ook = [(model, "onderdeel") for model in (*KOPPELINGEN, Partnerschap, Verantwoording)]
    autocomplete_fields = ["bbc_codes"]
    ouders = ()  # the kinds below which this one may stand
    woorden = {}  # name of a field -> (label, help)
    kort = ("resultaat_verwacht", "commentaar", "evaluatie")  # a few lines of text

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if veld and db_field.name in self.woorden:
            veld.label, veld.help_text = self.woorden[db_field.name]
        return met_regels(veld, 3) if db_field.name in self.kort else veld

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        veld = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "ouder" and self.ouders:
            veld.queryset = Onderdeel.objects.filter(soort__in=self.ouders).select_related("plan")
            veld.label, veld.required = "Hoort onder", True
        return veld

    def bewaakte_sporen(self, request, obj):
        """What somebody else may not have changed meanwhile: the part itself with its rows, not the parts below it."""
        return [spoor for spoor in self.sporen(request, obj) if spoor.sleutel != "ouder_id"]

    @admin.display(description="wat eronder staat")
    def eronder(self, deel):
        """The parts right below, the first ones by name, with the way to all of them."""
        if not deel.pk:
            return "Nog niets."
        delen = list(deel.delen.in_volgorde().only("pk", "soort", "code", "titel")[: ERONDER + 1])
        boom = reverse("admin:plan_onderdeel_boom", args=[deel.plan_id])
        boom = f"{boom}?open={deel.garantie_id or deel.pk}#d{deel.pk}"
        rijen = format_html_join(
            "",
            '<li><a href="{}">{}</a></li>',
            ((reverse(f"admin:plan_{een.soort}_change", args=[een.pk]), str(een)) for een in delen[:ERONDER]),
        )
        meer = mark_safe("<li>en meer</li>") if len(delen) > ERONDER else ""
        leeg = mark_safe("<p>Nog niets.</p>") if not delen else ""
        lijst = format_html("<ul>{}{}</ul>", rijen, meer) if delen else leeg
        return format_html('{}<p><a href="{}">Zet in een andere volgorde of verplaats</a></p>', lijst, boom)

    def get_fieldsets(self, request, obj=None):
        """At the end, why it is changed: not asked for a new part."""
        delen = super().get_fieldsets(request, obj)
        return [*delen, ("Waarom", {"fields": ["waarom"]})] if obj else delen

    def save_model(self, request, obj, form, change):
        if waarom := form.cleaned_data.get("waarom"):
            pghistory.context(waarom=waarom)  # for all that this request writes
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """The paragraphs of a text keep their keys, whoever writes it."""
        super().save_related(request, form, formsets, change)
        volg(form.instance)

    def get_readonly_fields(self, request, obj=None):
        """A part stays in its plan."""
        return [*super().get_readonly_fields(request, obj), *(["plan"] if obj else [])]


@admin.register(Garantie)
class GarantieAdmin(MetVerantwoording, DeelAdmin):
    rang = 2
    list_display = ["__str__", "plan", "acties", "verantwoord"]
    list_filter = ["plan", Verantwoord]
    inlines = [DoelstellingInline, VanIndicatorInline, VerantwoordingInline]
    woorden = {"korte_omschrijving": ("Belofte", "Eén zin in de je-vorm."), "lange_omschrijving": ("Toelichting", HTML)}
    fieldsets = [
        (None, {"fields": ["plan", ("code", "volgorde"), "titel", "korte_omschrijving", "lange_omschrijving"]}),
        ("Waar staan we?", {"fields": ["stand_toelichting"]}),
        ("Thema's en doelgroepen", {"fields": ["themas", "doelgroepen"]}),
        ("Wat eronder staat", {"fields": ["eronder"]}),
    ]
    readonly_fields = ["eronder"]

    def get_queryset(self, request):
        return super().get_queryset(request).met_aantal()

    @admin.display(description="acties", ordering="acties_aantal")
    def acties(self, garantie):
        return garantie.acties_aantal


@admin.register(Doelstelling)
class DoelstellingAdmin(MetVerantwoording, DeelAdmin):
    rang = 3
    ouders = [Onderdeel.Soort.GARANTIE, Onderdeel.Soort.DOELSTELLING]
    list_display = ["__str__", "ouder", "plan", "verantwoord"]
    list_filter = ["plan", Verantwoord]
    list_select_related = ["plan", "ouder"]
    inlines = [ActieInline, VanIndicatorInline, VerantwoordingInline]
    woorden = {"lange_omschrijving": ("Strategie", f"Hoe pakken we het aan? {HTML}")}
    fieldsets = [
        (None, {"fields": ["ouder", ("code", "volgorde"), "titel", "lange_omschrijving"]}),
        ("In het meerjarenplan", {"fields": ["bbc_codes", "commentaar", "evaluatie"]}),
        ("Wat eronder staat", {"fields": ["eronder"]}),
    ]
    autocomplete_fields = ["ouder", "bbc_codes"]

    def get_readonly_fields(self, request, obj=None):
        return ["eronder"]

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj else None


class VanGarantie(admin.SimpleListFilter):
    title, parameter_name = "garantie", "garantie"

    def lookups(self, request, model_admin):
        return [(garantie.pk, str(garantie)) for garantie in Garantie.objects.in_volgorde()]

    def queryset(self, request, queryset):
        return queryset.filter(garantie=self.value()) if (self.value() or "").isdigit() else queryset


class ActieForm(StandForm, DeelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for naam in ("termijn", "bestuur", "stand", "voortgang"):
            if naam in self.fields:
                self.fields[naam].required = True


@admin.register(Actie)
class ActieAdmin(MetReeks, MetStand, DeelAdmin):
    rang = 4
    form = ActieForm
    show_full_result_count = False
    ouders = [Onderdeel.Soort.DOELSTELLING]
    list_display = ["__str__", "trekker", "bestuur", "termijn", "tot", "stand_in_woorden"]
    list_filter = ["plan", VanGarantie, VanStand, "termijn", "bestuur", "themas", "doelgroepen", "gebieden"]
    search_fields = ["code", "titel", "trekker", "externe_code"]
    search_help_text = "Zoek op code, titel of trekker."
    autocomplete_fields = ["ouder", "trekker_organisatie", "bbc_codes"]
    readonly_fields = ["stand_op", "volgens_taken"]
    inlines = [
        TaakInline,
        VanIndicatorInline,
        BestedingInline,
        PartnerschapInline,
        AfhankelijkheidInline,
        VerantwoordingInline,
        JaaractieInline,
    ]
    woorden = {"lange_omschrijving": ("Wat doen we?", HTML)}
    fieldsets = [
        (None, {"fields": ["ouder", ("code", "volgorde"), "titel", "lange_omschrijving", "resultaat_verwacht"]}),
        ("Waar staan we?", {"fields": ["volgens_taken", ("stand", "voortgang"), "stand_reden", "volgt_weer", "stand_toelichting", "stand_op"]}),
        ("Wanneer", {"fields": ["termijn", ("begin", "einde")]}),
        ("Wie", {"fields": ["bestuur", "trekker", "trekker_organisatie", "contact", "regierol"]}),
        ("Voor wie en waar", {"fields": ["themas", "doelgroepen", "gebieden"]}),
        ("In het meerjarenplan", {"fields": ["bbc_codes", "externe_code", "korte_omschrijving", "commentaar", "evaluatie"]}),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields

    def get_formsets_with_inlines(self, request, obj=None):
        request._actie = obj  # the inline offers only the years of this plan
        return super().get_formsets_with_inlines(request, obj)

    @admin.display(description="einde", ordering="einde")
    def tot(self, actie):
        return datum_kort(actie.einde) if actie.einde else "–"


OUDERS = {"doelstelling": DoelstellingAdmin.ouders, "actie": ActieAdmin.ouders}


@admin.register(Onderdeel)
class OnderdeelAdmin(Boombeheer, Ongedaan, AlleenLezen, BeheerAdmin):
    """All parts of a plan together, to search in from elsewhere; they are edited by their kind."""

    groep, rang = "Het plan", 90
    list_display = ["__str__", "soort", "plan"]
    list_filter = ["plan", "soort"]
    list_select_related = ["plan"]
    search_fields = ["code", "titel"]
    fields = ["plan", "soort", "code", "titel"]

    def get_search_results(self, request, queryset, search_term):
        """Of a field that asks what a part stands under, only what may stand above it."""
        delen, dubbel = super().get_search_results(request, queryset, search_term)
        ouders = OUDERS.get(request.GET.get("model_name")) if request.GET.get("field_name") == "ouder" else None
        return (delen.filter(soort__in=ouders) if ouders else delen), dubbel

    def has_module_permission(self, request):
        return False


@admin.register(BbcCode)
class BbcCodeAdmin(BeheerAdmin):
    groep, rang = "Het plan", 20
    list_display = ["code", "soort", "korte_omschrijving", "bestuur", "plan"]
    list_filter = ["plan", "bestuur"]
    list_select_related = ["plan", "bestuur"]
    search_fields = ["code", "korte_omschrijving", "externe_code"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset.select_related("bestuur"), search_term)
