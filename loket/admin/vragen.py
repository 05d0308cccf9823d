from django.contrib import admin

from loket.models import Inzage, Verdeelregel
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin


@admin.register(Verdeelregel)
class VerdeelregelAdmin(BeheerAdmin):
    """Which team gets the questions about which theme. The rule without a theme takes all the rest."""

    groep, rang = "Hulp en diensten", 5
    list_display = ["onderwerp", "team"]
    list_select_related = ["thema", "team__bestuur"]

    @admin.display(description="vragen over", ordering="thema__volgorde")
    def onderwerp(self, regel):
        return regel.thema or "alle andere vragen"


@admin.register(Inzage)
class InzageAdmin(AlleenLezen, BeheerAdmin):
    """Who opened which question, when and why. Nothing of what the question says."""

    groep, rang = "Toezicht", 2
    list_display = ["op", "wie", "vraag", "pagina", "reden"]
    list_filter = ["pagina", "reden", "door"]
    list_select_related = ["door", "vraag"]
    search_fields = ["vraag__referentie"]
    search_help_text = "Zoek op referentie."
    date_hierarchy = "op"
    fields = ["op", "wie", "vraag", "pagina", "reden"]

    @admin.display(description="wie", ordering="door__naam")
    def wie(self, inzage):
        return inzage.door or "de vrager"
