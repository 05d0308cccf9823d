from django.contrib import admin

from loket.models import Inzage, Verdeelregel
from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin
from sociaalhuis.rollen import TOEZICHTHOUDER, heeft_rol


@admin.register(Verdeelregel)
class VerdeelregelAdmin(BeheerAdmin):
    """Which team gets which questions, and how urgent they are. Order and try-out are at the desk."""

    groep, rang = "Hulp en diensten", 5
    list_display = ["voorwaarde", "team", "prioriteit", "actief", "volgorde"]
    list_editable = ["volgorde"]
    list_select_related = ["thema", "doelgroep", "gebied", "dienst", "team__bestuur"]
    autocomplete_fields = ["dienst"]

    @admin.display(description="vragen over")
    def voorwaarde(self, regel):
        return regel.voorwaarde


@admin.register(Inzage)
class InzageAdmin(AlleenLezen, BeheerAdmin):
    """Who opened which question, when and why. Nothing of what the question says."""

    groep, rang = "Toezicht", 2

    def has_view_permission(self, request, obj=None):
        """For oversight only: a superuser has no rights on cases, and a reference says that one exists."""
        return heeft_rol(request.user, TOEZICHTHOUDER)

    has_module_permission = has_view_permission

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
