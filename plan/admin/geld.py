from django.contrib import admin
from django.forms import Select
from django.utils.html import format_html, format_html_join

from plan.admin.velden import Bedrag, zonder_links
from plan.models import Projectaanvraag, Raming
from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline
from sociaalhuis.models import Bestuur
from sociaalhuis.templatetags.huis import euro

SOORTEN = ("uitgave", "ontvangst", "saldo")


class RamingInline(TabelInline):
    model = Raming
    fields = ["bestuur", "jaar", "soort", "richting", "bbc_code", "bedrag"]
    autocomplete_fields = ["bbc_code"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("bestuur", "bbc_code__bestuur")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        aanvraag = getattr(request, "_aanvraag", None)
        if db_field.name == "bedrag":
            kwargs.update(form_class=Bedrag, localize=True)
        elif db_field.name == "jaar" and aanvraag:
            kwargs["widget"] = Select(choices=[("", "---------"), *((jaar, jaar) for jaar in aanvraag.plan.jaren)])
        return zonder_links(super().formfield_for_dbfield(db_field, request, **kwargs))


@admin.register(Projectaanvraag)
class ProjectaanvraagAdmin(BeheerAdmin):
    """Who asks money for which action, with the estimates and their sums."""

    groep, rang = "Het plan", 6
    list_display = ["__str__", "aanvrager", "staat", "uitgaven", "ontvangsten"]
    list_filter = ["plan", "staat", ("ramingen__bestuur", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["code", "titel", "aanvrager"]
    search_help_text = "Zoek op code, titel of aanvrager."
    autocomplete_fields = ["actie"]
    readonly_fields = ["beslist_op", "beslist_door", "sommen"]
    inlines = [RamingInline]
    fieldsets = [
        (None, {"fields": ["plan", "code", "titel", "actie", "aanvrager", "motivatie"]}),
        ("Beslissing", {"fields": ["staat", "beslissing", ("beslist_op", "beslist_door")]}),
        ("Sommen van de ramingen hieronder", {"fields": ["sommen"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).met_saldo()

    def get_formsets_with_inlines(self, request, obj=None):
        request._aanvraag = obj  # the inline offers only the years of this plan
        return super().get_formsets_with_inlines(request, obj)

    def save_model(self, request, obj, form, change):
        if not change or {"staat", "beslissing"} & set(form.changed_data):
            obj.noteer_staat(obj.staat, door=request.user, beslissing=obj.beslissing)
        super().save_model(request, obj, form, change)

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
