from django.contrib import admin, messages

from participatie.acties.mandaat import beeindig_mandaat
from participatie.models import Mandaat
from participatie.staat import MagNiet


@admin.register(Mandaat)
class MandaatAdmin(admin.ModelAdmin):
    list_display = ["organisatie", "gebruiker", "rol", "van", "tot", "loopt"]
    list_filter = ["rol"]
    search_fields = ["organisatie__naam", "gebruiker__naam"]
    raw_id_fields = ["gebruiker"]
    actions = ["beeindig"]

    def get_queryset(self, request):
        return Mandaat.objects.zichtbaar_voor(request.user).select_related("organisatie", "gebruiker")

    def has_delete_permission(self, request, obj=None):
        """A mandate is ended, never deleted: who spoke for whom stays known."""
        return False

    @admin.display(boolean=True, description="loopt nu")
    def loopt(self, mandaat):
        return mandaat.is_actief

    @admin.action(description="Beëindig de gekozen mandaten nu", permissions=["change"])
    def beeindig(self, request, mandaten):
        for mandaat in mandaten:
            try:
                beeindig_mandaat(mandaat=mandaat, door=request.user)
            except MagNiet as fout:
                self.message_user(request, f"{mandaat}: {fout}", messages.WARNING)
