from django.contrib import admin

from participatie.admin.alleen_lezen import AlleenLezen
from participatie.models import Steun, Steunverklaring


@admin.register(Steun)
class SteunAdmin(AlleenLezen):
    """Who supports which input: an organisation by name, a citizen as no more than a moment."""

    list_display = ["inbreng", "van", "op", "ingetrokken_op"]
    list_filter = ["inbreng__ronde"]
    search_fields = ["organisatie__naam", "inbreng__referentie"]
    fields = ["inbreng", "van", "op", "ingetrokken_op"]
    readonly_fields = ["van"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("inbreng__email").select_related("inbreng", "organisatie")

    @admin.display(description="van")
    def van(self, steun):
        return steun.organisatie or "Een inwoner"


@admin.register(Steunverklaring)
class SteunverklaringAdmin(AlleenLezen):
    list_display = ["organisatie", "plan", "op", "ingetrokken_op"]
    list_filter = ["plan"]
    search_fields = ["organisatie__naam"]
    fields = ["organisatie", "plan", "tekst", "op", "ingetrokken_op"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisatie", "plan")
