from django.contrib import admin

from loket.models import Postbus
from sociaalhuis.beheer.basis import BeheerAdmin


@admin.register(Postbus)
class PostbusAdmin(BeheerAdmin):
    """Which team gets what comes in at which address."""

    groep, rang = "Hulp en diensten", 6
    list_display = ["adres", "team", "verdeel"]
    list_select_related = ["team__bestuur"]
    search_fields = ["adres"]
