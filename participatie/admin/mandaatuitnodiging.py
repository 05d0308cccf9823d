from django.contrib import admin

from participatie.admin.alleen_lezen import AlleenLezen
from participatie.models import Mandaatuitnodiging


@admin.register(Mandaatuitnodiging)
class MandaatuitnodigingAdmin(AlleenLezen):
    """Who is asked to speak for which organisation. Not who it is: only who accepts gets a name here, as a mandate."""

    list_display = ["referentie", "organisatie", "rol", "staat", "door", "uitgenodigd_op", "vervalt_op"]
    list_filter = ["staat", "rol"]
    search_fields = ["referentie", "organisatie__naam"]
    date_hierarchy = "uitgenodigd_op"
    fields = ["referentie", "organisatie", "rol", "van", "tot", "staat", "door", "uitgenodigd_op", "vervalt_op",
              "afgehandeld_op", "afgehandeld_door", "mandaat"]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).defer("naam", "email").select_related("organisatie", "door")
