from django.contrib import admin

from participatie.models import Reactierecht
from sociaalhuis.beheer.basis import BeheerAdmin


@admin.register(Reactierecht)
class ReactierechtAdmin(BeheerAdmin):
    """Which organisations have by law a right to a reaction, such as the lokaal overleg kinderopvang."""

    groep, rang = "Praat mee", 6
    list_display = ["organisatie", "grond"]
    autocomplete_fields = ["organisatie"]
    search_fields = ["organisatie__naam"]
