from django.contrib import admin

from participatie.acties.adviesraad import geef_reactierecht
from participatie.admin.alleen_lezen import AlleenLezen
from participatie.models import Advies, Adviesraad, Raadslid
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.models import Organisatie


@admin.register(Adviesraad)
class AdviesraadAdmin(BeheerAdmin):
    """What makes an organisation an advisory council. Its members are on the desk, with the check of the law."""

    groep = "Praat mee"
    list_display = ["organisatie", "soort", "opgericht_op", "besluit_nummer", "quorum"]
    list_filter = ["soort"]
    search_fields = ["organisatie__naam"]

    def get_queryset(self, request):
        return Adviesraad.objects.zichtbaar_voor(request.user).select_related("organisatie", "opgericht_door")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        geef_reactierecht(obj)

    def has_delete_permission(self, request, obj=None):
        """A council that ends keeps its advice: what it was stays known."""
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "organisatie":
            kwargs["queryset"] = Organisatie.objects.erkend()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Raadslid)
class RaadslidAdmin(AlleenLezen):
    """Terms without names and without the sex: those are only where the law is checked."""

    list_display = ["pk", "adviesraad", "functie", "soort", "mandataris", "van", "tot"]
    list_filter = ["adviesraad", "functie", "soort"]
    search_fields = ["adviesraad__organisatie__naam"]
    fields = ["adviesraad", "functie", "soort", "mandataris", "van", "tot"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("naam").select_related("adviesraad__organisatie")


@admin.register(Advies)
class AdviesAdmin(AlleenLezen):
    list_display = ["referentie", "adviesraad", "titel", "staat", "uitslag", "tegen", "zitting_op"]
    list_filter = ["staat", "adviesraad", "plan"]
    search_fields = ["referentie", "titel"]
    fields = ["referentie", "adviesraad", "plan", "ronde", "titel", "staat", "gevraagd_door", "gevraagd_op", "tegen",
              "zitting_op", "aanwezig", "stemmen_voor", "stemmen_tegen", "onthoudingen", "stemgerechtigd", "uitslag",
              "verzonden_op", "antwoord", "antwoord_door", "antwoord_op", "besluit"]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("adviesraad__organisatie")
