from django.contrib import admin

from loket.models import Bewaarregel
from sociaalhuis.beheer.basis import BeheerAdmin


@admin.register(Bewaarregel)
class BewaarregelAdmin(BeheerAdmin):
    """How long which cases stay, and on what ground. The first rule that fits counts."""

    groep, rang = "Toezicht", 4
    list_display = ["naam", "volgorde", "einde", "thema", "resultaat", "maanden", "automatisch"]
    list_select_related = ["thema"]
