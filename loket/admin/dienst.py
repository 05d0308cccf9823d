from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.db import models
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from loket.acties import dienst as acties
from loket.acties.lpdcverschil import HUN, ONS, beslis_alles, stand_van
from loket.forms.dienst import DienstForm
from loket.forms.hint import VoorwaardeForm, VoorwaardenFormSet
from loket.lpdc.vergelijk import KINDEREN, als_json, onze_waarden
from loket.models import Contactpunt, Dienst, Kost, Procedure, Voordeel, Voorwaarde, Website, Wetgeving
from loket.zoek.index import indexeer
from sociaalhuis.beheer.basis import BeheerAdmin, BlokInline, TabelInline
from sociaalhuis.models import Gebruiker
from sociaalhuis.rollen import BEHEERDER, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE
from sociaalhuis.tekst import HtmlVeld, plat

HTML = "Eenvoudige HTML: alinea's, lijsten en tussentitels."
LAGE_TEKSTEN = {
    **BeheerAdmin.formfield_overrides,
    HtmlVeld: {"widget": AdminTextareaWidget(attrs={"rows": 6})},
    models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
}


class VoorwaardeInline(BlokInline):
    model = Voorwaarde
    form, formset = VoorwaardeForm, VoorwaardenFormSet
    formfield_overrides = LAGE_TEKSTEN
    fields = ["titel", "beschrijving", "bewijs_titel", "bewijs", "vraag", ("bij_ja", "bij_nee"), "volgorde"]


class ProcedureInline(BlokInline):
    model = Procedure
    formfield_overrides = LAGE_TEKSTEN
    fields = ["titel", "beschrijving", "volgorde"]


class KostInline(TabelInline):
    model = Kost
    formfield_overrides = LAGE_TEKSTEN
    fields = ["titel", "beschrijving", "volgorde"]


class VoordeelInline(TabelInline):
    model = Voordeel
    formfield_overrides = LAGE_TEKSTEN
    fields = ["titel", "beschrijving", "volgorde"]


class WebsiteInline(BlokInline):
    model = Website
    formfield_overrides = LAGE_TEKSTEN
    fields = ["titel", "url", "beschrijving", "procedure", "volgorde"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "procedure":
            kwargs["queryset"] = Procedure.objects.filter(dienst=request.resolver_match.kwargs.get("object_id"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class WetgevingInline(TabelInline):
    model = Wetgeving
    formfield_overrides = LAGE_TEKSTEN
    fields = ["titel", "url", "volgorde"]


class ContactpuntInline(BlokInline):
    model = Contactpunt
    formfield_overrides = LAGE_TEKSTEN
    fields = [
        "naam",
        ("telefoon", "email"),
        "url",
        "openingsuren",
        ("straat", "huisnummer", "bus"),
        ("postcode", "gemeente"),
        "volgorde",
    ]


class Versheid(admin.SimpleListFilter):
    title = "nakijken"
    parameter_name = "versheid"

    def lookups(self, request, model_admin):
        return [("te_laat", "Moet nagekeken worden"), ("nooit", "Nog nooit nagekeken")]

    def queryset(self, request, queryset):
        match self.value():
            case "te_laat":
                return queryset.filter(nakijken_voor__lt=timezone.localdate())
            case "nooit":
                return queryset.filter(nagekeken_op=None)
        return queryset


class Herkomst(admin.SimpleListFilter):
    title = "herkomst"
    parameter_name = "herkomst"

    def lookups(self, request, model_admin):
        return [("lpdc", "Uit LPDC"), ("eigen", "Zelf geschreven"), ("verschil", "LPDC zegt intussen iets anders")]

    def queryset(self, request, queryset):
        match self.value():
            case "lpdc":
                return queryset.filter(lpdc_uri__isnull=False)
            case "eigen":
                return queryset.filter(lpdc_uri__isnull=True)
            case "verschil":
                return queryset.exclude(bron_verschil={})
        return queryset


@admin.register(Dienst)
class DienstAdmin(BeheerAdmin):
    """A service with all its parts on one page. Saving puts it in the search at once."""

    groep, rang = "Hulp en diensten", 1
    form = DienstForm
    formfield_overrides = LAGE_TEKSTEN
    list_display = ["titel", "status", "gegeven_door", "nagekeken_op", "nakijken_voor", "populair"]
    list_filter = ["status", Versheid, Herkomst, "bestuur", "team", "themas", "doelgroepen", "populair"]
    list_select_related = ["bestuur", "team__bestuur", "aanbieder"]
    search_fields = ["titel", "kort", "slug", "productnummer"]
    search_help_text = "Zoek op titel, korte zin of productnummer."
    autocomplete_fields = ["aanbieder"]
    prepopulated_fields = {"slug": ["titel"]}
    readonly_fields = [
        "verschil", "lpdc_uri", "productnummer", "lpdc_concept", "lpdc_conceptsnapshot", "lpdc_versie_van",
        "lpdc_gemaakt_door", "lpdc_status", "lpdc_herziening", "lpdc_fusie", "lpdc_gearchiveerd", "lpdc_gemaakt_op",
        "lpdc_gewijzigd_op", "gemaakt_op", "gewijzigd_op",
    ]  # fmt: skip
    inlines = [
        VoorwaardeInline, ProcedureInline, KostInline, VoordeelInline, ContactpuntInline, WebsiteInline, WetgevingInline,
    ]  # fmt: skip
    actions = ["publiceer", "haal_offline", "kijk_na", "neem_over", "houd_eigen"]
    fieldsets = [
        (None, {"fields": ["titel", "slug", "kort", "status", "verschil"]}),
        ("Wat het is", {"fields": ["beschrijving", "verdere_beschrijving", "uitzonderingen", "type", "gratis"]}),
        ("Hoe mensen het vinden", {"fields": ["themas", "doelgroepen", "gebieden", "zoektermen", "populair"]}),
        ("Wie het geeft", {"fields": ["bestuur", "team", "aanbieder", "locaties", ("start", "einde")]}),
        ("Klopt het nog?", {"fields": ["eigenaar", "nagekeken_op", "nakijken_voor", "nakijken_elke"]}),
        ("Wet", {"fields": ["regelgeving"]}),
        (
            "Indeling in LPDC",
            {
                "classes": ["collapse"],
                "fields": [
                    "lpdc_themas", "lpdc_doelgroepen", "bevoegde_niveaus", "bevoegde_overheden", "uitvoerende_niveaus",
                    "uitvoerende_overheden", "lpdc_gebieden", "publicatiekanalen", "your_europe", "tags", "talen",
                    "taalvariant", "omzetting_nodig",
                ],
            },
        ),
        (
            "Herkomst uit LPDC",
            {
                "classes": ["collapse"],
                "fields": [
                    "lpdc_uri", "productnummer", "lpdc_concept", "lpdc_conceptsnapshot", "lpdc_versie_van",
                    "lpdc_gemaakt_door", "lpdc_status", "lpdc_herziening", "lpdc_fusie", "lpdc_gearchiveerd",
                    "lpdc_gemaakt_op", "lpdc_gewijzigd_op", "gemaakt_op", "gewijzigd_op",
                ],
            },
        ),
    ]  # fmt: skip

    def get_prepopulated_fields(self, request, obj=None):
        """Only for a new service: the address of a page that people link to stays."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request, obj=None):
        return (
            [*super().get_readonly_fields(request, obj), "slug"] if obj else super().get_readonly_fields(request, obj)
        )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "eigenaar":
            kwargs["queryset"] = Gebruiker.objects.filter(
                is_active=True, groups__name__in=[LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, BEHEERDER]
            ).distinct()
            kwargs["empty_label"] = "Het team"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "beschrijving":
            veld.help_text = HTML
        return veld

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        indexeer([form.instance])

    @admin.display(description="door", ordering="bestuur__code")
    def gegeven_door(self, dienst):
        return dienst.aanbieder or dienst.team or dienst.bestuur

    @admin.display(description="LPDC zegt intussen")
    def verschil(self, dienst):
        """What the source says now where it changed and we changed too."""
        if not dienst.bron_verschil:
            return "hetzelfde, of deze dienst komt niet uit LPDC"
        return format_html(
            "<ul>{}</ul><p>Kies in de lijst met diensten de actie “Neem de tekst van LPDC over” of “Hou onze tekst”.</p>",
            format_html_join("", "<li><strong>{}:</strong> {}</li>", _leesbaar(dienst.bron_verschil)),
        )

    @admin.action(description="Publiceer", permissions=["change"])
    def publiceer(self, request, queryset):
        gelukt, geweigerd = acties.publiceer(diensten=queryset, door=request.user)
        self.message_user(request, f"{len(gelukt)} gepubliceerd.", messages.SUCCESS)
        if geweigerd:
            namen = ", ".join(str(dienst) for dienst in geweigerd[:10])
            self.message_user(
                request, f"Niet gepubliceerd, want er is nog geen titel of tekst: {namen}.", messages.WARNING
            )

    @admin.action(description="Haal van de site", permissions=["change"])
    def haal_offline(self, request, queryset):
        self.message_user(
            request, f"{len(acties.haal_offline(diensten=queryset, door=request.user))} van de site gehaald."
        )

    @admin.action(description="Zet op vandaag nagekeken", permissions=["change"])
    def kijk_na(self, request, queryset):
        self.message_user(request, f"{acties.kijk_na(diensten=queryset, door=request.user)} nagekeken.")

    @admin.action(description="Neem de tekst van LPDC over", permissions=["change"])
    def neem_over(self, request, queryset):
        return self._beslis(request, queryset, HUN)

    @admin.action(description="Hou onze tekst", permissions=["change"])
    def houd_eigen(self, request, queryset):
        return self._beslis(request, queryset, ONS)

    def _beslis(self, request, queryset, keuze):
        """First shows per field what it is about; the decision carries the mark of what was shown."""
        diensten = list(queryset.exclude(bron_verschil={}))
        if not diensten:
            self.message_user(request, "Bij deze diensten zegt LPDC niets anders dan wij.", messages.WARNING)
            return None
        if "bevestigd" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": "Neem de tekst van LPDC over" if keuze == HUN else "Houd onze tekst",
                "rijen": [(dienst, stand_van(dienst), list(_naast(dienst))) for dienst in diensten],
                "actie": "neem_over" if keuze == HUN else "houd_eigen",
                "hun": keuze == HUN,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/loket/dienst/lpdc_bevestig.html", context)
        standen = {dienst.pk: request.POST.get(f"stand_{dienst.pk}", "")[:64] for dienst in diensten}
        gedaan, niet = beslis_alles(diensten=queryset, keuze=keuze, standen=standen, door=request.user)
        woord = "bijgewerkt uit LPDC" if keuze == HUN else "beslist: onze tekst blijft"
        self.message_user(request, f"{len(gedaan)} {woord}.", messages.SUCCESS if gedaan else messages.WARNING)
        for dienst, waarom in niet[:10]:
            self.message_user(request, f"{dienst}: {waarom}", messages.WARNING)
        return None


def _naast(dienst):
    """(label, ours, theirs) of each field that differs, short."""
    ons = onze_waarden(dienst)
    hunne = dict(_leesbaar(dienst.bron_verschil))
    onze = dict(_leesbaar({naam: ons[naam] for naam in dienst.bron_verschil}))
    for label, tekst in hunne.items():
        yield label, onze[label], tekst


def _leesbaar(verschil):
    """(label, text) of each field that differs."""
    for naam, waarde in verschil.items():
        label = naam if naam in KINDEREN else Dienst._meta.get_field(naam).verbose_name
        if isinstance(waarde, list):
            waarde = "; ".join(w if isinstance(w, str) else w.get("titel") or w.get("naam") or "…" for w in waarde)
        yield str(label).capitalize(), plat(str(als_json(waarde)))[:300] or "leeg"
