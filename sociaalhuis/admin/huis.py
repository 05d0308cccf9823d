from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from sociaalhuis import kleuren
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.models import Huis, Pagina


class HuisForm(forms.ModelForm):
    class Meta:
        model = Huis
        fields = ["accent", "accent_warm", "antwoordtermijn"]  # the admin adds those of its fieldsets
        help_texts = {
            "accent": "Voor knoppen, links en de kop. Witte tekst moet erop leesbaar zijn (contrast minstens 4,5).",
            "accent_warm": "Voor accenten. Ook hierop moet witte tekst leesbaar zijn.",
            "antwoordtermijn": "Binnen zoveel werkdagen krijgt iemand antwoord op een vraag.",
        }


@admin.register(Huis)
class HuisAdmin(BeheerAdmin):
    """One row: the list is the form."""

    groep, rang = "Het huis", 1
    form = HuisForm
    readonly_fields = ["kleuren_nu"]
    fieldsets = [
        (None, {"fields": ["naam", "slogan", ("gemeente", "nis_code")]}),
        ("Hoe het eruitziet", {"fields": ["logo", ("accent", "accent_warm"), "kleuren_nu"]}),
        ("Adres en contact", {"fields": [("straat", "huisnummer"), "postcode", "telefoon", "email", "website"]}),
        (
            "Wanneer en hoe snel",
            {
                "fields": [
                    "openingsuren",
                    "antwoordtermijn",
                    ("herinner_werkdagen", "ongeopend_uren"),
                    ("sluit_werkdagen", "sluit_vooraf"),
                ]
            },
        ),
        ("Coördinator van het plan", {"fields": ["coordinator_naam", "coordinator_email"]}),
    ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Huis.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if Huis.objects.exists():
            return redirect("admin:sociaalhuis_huis_change", 1)
        return redirect("admin:sociaalhuis_huis_add")

    def save_model(self, request, obj, form, change):
        obj.pk = 1
        super().save_model(request, obj, form, change)

    def get_view_on_site_url(self, obj=None):
        return reverse("startpagina") if obj else None

    @admin.display(description="kleuren nu")
    def kleuren_nu(self, huis):
        """The two colours with white text on them, drawn: a sample cannot carry a style of its own."""
        return format_html(
            '<svg class="kleurstaal" width="260" height="72" role="img" aria-label="{}">'
            '<rect width="128" height="72" fill="{}"/><rect x="132" width="128" height="72" fill="{}"/>'
            '<text x="64" y="42" fill="#fff" text-anchor="middle">Hoofdkleur</text>'
            '<text x="196" y="42" fill="#fff" text-anchor="middle">Warm</text></svg>'
            '<p class="klein">Contrast met wit: {} en {}. Nodig is 4,5.</p>',
            "Witte tekst op de hoofdkleur en op de warme kleur",
            huis.accent,
            huis.accent_warm,
            *(
                f"{kleuren.contrast(kleur, '#ffffff'):.1f}".replace(".", ",")
                for kleur in (huis.accent, huis.accent_warm)
            ),
        )


@admin.register(Pagina)
class PaginaAdmin(BeheerAdmin):
    groep, rang = "Het huis", 2
    list_display = ["titel", "slug", "bijgewerkt_op"]
    search_fields = ["titel", "tekst"]
    readonly_fields = ["bijgewerkt_op"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["titel"]}

    def get_view_on_site_url(self, obj=None):
        """The pages that have an address of their own."""
        try:
            return reverse(obj.slug) if obj else None
        except NoReverseMatch:
            return None
