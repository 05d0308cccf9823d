from django import forms
from django.contrib import admin

from sociaalhuis import kbo
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.models import Organisatie


class Ondernemingsnummer(forms.CharField):
    """An enterprise number in any notation; the value is its ten digits, or empty."""

    def __init__(self, **kwargs):
        kwargs = {"required": False, "max_length": 20, "label": "Ondernemingsnummer", **kwargs}
        kwargs.setdefault("help_text", "Tien cijfers, zoals 0123.456.749. Punten en spaties mogen.")
        super().__init__(**kwargs)

    def clean(self, value):
        nummer = super().clean(value)
        if nummer:
            kbo.controleer(nummer)
        return kbo.genormaliseerd(nummer)

    def prepare_value(self, value):
        return kbo.getoond(value) if isinstance(value, str) and len(value) == 10 and value.isdigit() else value


class OrganisatieForm(forms.ModelForm):
    ondernemingsnummer = Ondernemingsnummer()

    class Meta:
        model = Organisatie
        fields = ["soort", "ondernemingsnummer"]  # the admin adds those of its fieldsets

    def clean(self):
        gegevens = super().clean()
        nummer = gegevens.get("ondernemingsnummer")
        if nummer and gegevens.get("soort") == Organisatie.Soort.FEITELIJK:
            self.add_error(
                "ondernemingsnummer",
                "Een feitelijke vereniging heeft geen ondernemingsnummer. Maak dit veld leeg of kies een andere soort.",
            )
        andere = Organisatie.objects.exclude(pk=self.instance.pk).filter(ondernemingsnummer=nummer).first()
        if nummer and andere:
            self.add_error("ondernemingsnummer", f"Dit nummer hoort al bij {andere}. Werk die organisatie bij.")
        return gegevens


@admin.register(Organisatie)
class OrganisatieAdmin(BeheerAdmin):
    groep, rang = "Indeling", 4
    form = OrganisatieForm
    list_display = ["naam", "soort", "nummer", "gemeente", "erkend"]
    list_filter = ["soort", ("erkend_op", admin.EmptyFieldListFilter), "themas"]
    search_fields = ["naam", "ondernemingsnummer", "gemeente"]
    search_help_text = "Zoek op naam, ondernemingsnummer of gemeente."
    readonly_fields = ["erkend_op"]
    fieldsets = [
        (None, {"fields": ["naam", "code", "soort", "ondernemingsnummer", "omschrijving", "erkend_op"]}),
        ("Contact", {"fields": ["email", "telefoon", "website"]}),
        ("Adres", {"fields": [("straat", "huisnummer"), ("postcode", "gemeente")]}),
        ("Waarover en voor wie", {"fields": ["themas", "doelgroepen", "gebieden"]}),
    ]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"code": ["naam"]}

    def get_search_results(self, request, queryset, search_term):
        if kbo.is_geldig(search_term):
            search_term = kbo.genormaliseerd(search_term)
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="ondernemingsnummer", ordering="ondernemingsnummer")
    def nummer(self, organisatie):
        return organisatie.ondernemingsnummer_getoond

    @admin.display(description="erkend", boolean=True, ordering="erkend_op")
    def erkend(self, organisatie):
        return organisatie.erkend_op is not None
