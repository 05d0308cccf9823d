from django.contrib import admin

from participatie.admin.alleen_lezen import AlleenLezen
from participatie.models import Aanmelding


@admin.register(Aanmelding)
class AanmeldingAdmin(AlleenLezen):
    list_display = ["referentie", "naam", "soort", "staat", "eerste_door", "tweede_door", "aangemeld_op"]
    list_filter = ["staat", "soort"]
    search_fields = ["referentie", "naam", "ondernemingsnummer"]
    date_hierarchy = "aangemeld_op"
    fields = ["referentie", "naam", "soort", "ondernemingsnummer", "omschrijving", "website", "themas", "doelgroepen",
              "gebieden", "staat", "aangemeld_op", "eerste_door", "eerste_op", "tweede_door", "tweede_op",
              "geweigerd_door", "geweigerd_op", "reden", "organisatie"]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).voor_lijst().select_related("tweede_door")
