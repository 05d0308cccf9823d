from django.contrib import admin, messages
from django.shortcuts import redirect

from plan.acties.bestelling import handel_af
from plan.models import Bestelling
from sociaalhuis.beheer.basis import BeheerAdmin

GEWIST = "Namen en adressen voor op papier zijn gewist, die voor een mail gaan weg na een week."


@admin.register(Bestelling)
class BestellingAdmin(BeheerAdmin):
    """Orders of a copy. Who ordered is read on the page of one order, never in the list, and goes away when it is done."""

    groep, rang = "Het plan", 9
    list_display = ["kenmerk", "plan", "vorm", "aantal", "besteld_op", "afgehandeld_op"]
    list_filter = [("afgehandeld_op", admin.EmptyFieldListFilter), "vorm"]
    list_select_related = ["plan"]
    fields = [
        "kenmerk",
        "plan",
        "vorm",
        "aantal",
        "voor_wie",
        "naar_adres",
        "naar_mail",
        "besteld_op",
        "afgehandeld_op",
    ]
    readonly_fields = fields
    actions = ["verstuurd"]

    def get_queryset(self, request):
        return Bestelling.objects.zichtbaar_voor(request.user).select_related("plan", "dossiersleutel")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def response_change(self, request, obj):
        if "_verstuurd" in request.POST:
            handel_af(bestelling=obj, door=request.user)
            self.message_user(request, f"{obj.kenmerk} is verstuurd. {GEWIST}", messages.SUCCESS)
            return redirect("admin:plan_bestelling_changelist")
        return super().response_change(request, obj)

    @admin.action(description="Markeer als verstuurd (wist naam en adres)", permissions=["change"])
    def verstuurd(self, request, queryset):
        for bestelling in queryset:
            handel_af(bestelling=bestelling, door=request.user)
        self.message_user(request, f"De bestellingen zijn verstuurd. {GEWIST}", messages.SUCCESS)

    @admin.display(description="voor wie")
    def voor_wie(self, bestelling):
        return bestelling.naam

    @admin.display(description="adres")
    def naar_adres(self, bestelling):
        return bestelling.adres

    @admin.display(description="e-mail")
    def naar_mail(self, bestelling):
        return bestelling.email

    @admin.display(description="kenmerk", ordering="pk")
    def kenmerk(self, bestelling):
        return bestelling.kenmerk
