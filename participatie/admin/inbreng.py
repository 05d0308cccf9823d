from django.contrib import admin

from participatie.admin.alleen_lezen import AlleenLezen
from participatie.models import Antwoord, Inbreng
from participatie.rechten import RONDEWERKERS
from sociaalhuis.beheer import basis
from sociaalhuis.rollen import heeft_rol


class AntwoordInline(basis.AlleenLezen, basis.BlokInline):
    model = Antwoord
    fields = readonly_fields = ["besluit", "reden", "wijziging", "door", "gewijzigd_op"]


@admin.register(Inbreng)
class InbrengAdmin(AlleenLezen):
    list_display = ["referentie", "ronde", "deel", "staat", "kanaal", "ingediend_op"]
    list_filter = ["ronde", "staat", "kanaal", "teken"]
    search_fields = ["referentie", "tekst", "onderdeel__code"]
    fields = ["referentie", "ronde", "onderdeel", "van", "kanaal", "tekst", "staat", "reden_verborgen", "ingediend_op",
              "beoordeeld_door", "beoordeeld_op"]  # fmt: skip
    inlines = [AntwoordInline]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("email").select_related("ronde", "onderdeel", "organisatie")

    @admin.display(description="over", ordering="onderdeel__code")
    def deel(self, inbreng):
        return inbreng.onderdeel.code if inbreng.onderdeel_id else "Het hele plan"


@admin.register(Antwoord)
class AntwoordAdmin(AlleenLezen):
    list_display = ["inbreng", "ronde", "staat", "besluit", "door", "gewijzigd_op"]
    list_filter = ["staat", "besluit", "inbreng__ronde"]
    fields = ["inbreng", "staat", "besluit", "reden", "wijziging", "waarheen", "door", "gewijzigd_op", "nagelezen_door",
              "nagelezen_op", "versie"]  # fmt: skip

    def get_queryset(self, request):
        rijen = Antwoord.objects.defer("inbreng__email").select_related("inbreng__ronde", "door")
        return rijen if heeft_rol(request.user, *RONDEWERKERS) else rijen.none()

    @admin.display(ordering="inbreng__ronde")
    def ronde(self, antwoord):
        return antwoord.inbreng.ronde
