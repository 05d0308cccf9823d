from django.contrib import admin

from participatie.admin.alleen_lezen import AlleenLezen
from participatie.models import Groepsgesprek, Melding


@admin.register(Groepsgesprek)
class GroepsgesprekAdmin(AlleenLezen):
    list_display = ["datum", "plaats", "aantal", "ronde"]
    list_filter = ["ronde"]
    fields = ["ronde", "datum", "plaats", "aantal", "geleid_door", "ingevoerd_door", "ingevoerd_op"]


@admin.register(Melding)
class MeldingAdmin(AlleenLezen):
    list_display = ["op", "inbreng", "waarom", "besluit"]
    list_filter = ["besluit", "waarom"]
    fields = ["inbreng", "waarom", "toelichting", "op", "besluit", "besluit_reden", "besloten_door", "besloten_op"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("inbreng__email").select_related("inbreng", "besloten_door")
