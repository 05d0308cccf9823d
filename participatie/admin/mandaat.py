from django.contrib import admin, messages

from participatie.acties.mandaat import beeindig_mandaat
from participatie.models import Mandaat
from participatie.staat import MagNiet
from sociaalhuis.beheer.basis import BeheerAdmin
from sociaalhuis.models import Gebruiker, Organisatie
from sociaalhuis.rollen import ORGANISATIELID


@admin.register(Mandaat)
class MandaatAdmin(BeheerAdmin):
    groep = "Praat mee"
    list_display = ["organisatie", "gebruiker", "rol", "van", "tot", "loopt"]
    list_filter = ["rol"]
    search_fields = ["organisatie__naam", "gebruiker__naam"]
    actions = ["beeindig"]

    def get_queryset(self, request):
        return Mandaat.objects.zichtbaar_voor(request.user).select_related("organisatie", "gebruiker")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only who logs in for an organisation, and only recognised organisations."""
        if db_field.name == "gebruiker":
            kwargs["queryset"] = Gebruiker.objects.filter(groups__name=ORGANISATIELID)
        elif db_field.name == "organisatie":
            kwargs["queryset"] = Organisatie.objects.erkend()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

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
