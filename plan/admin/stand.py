"""The state of an action in the admin: set by hand with a reason, or following its tasks (`acties.stand`)."""

from django.contrib import admin, messages
from django.db.models import OuterRef, Subquery

from plan.acties.stand import berekend, bronnen, laat_volgen, volg, zet_stand
from plan.models import Actie, Standwoord
from plan.woorden import standnamen

VELDEN = ("stand", "voortgang", "stand_toelichting", "stand_reden")


class VanStand(admin.SimpleListFilter):
    """The states in the words of the towns' plans."""

    title, parameter_name = "stand", "stand"

    def lookups(self, request, model_admin):
        eigen = {}
        for stand, woord in Standwoord.objects.order_by("woord").values_list("stand", "woord").distinct():
            eigen.setdefault(stand, []).append(woord)
        return [(stand.value, " of ".join(eigen.get(stand.value, [stand.label]))) for stand in Actie.Stand]

    def queryset(self, request, queryset):
        return queryset.filter(stand=self.value()) if self.value() in Actie.Stand.values else queryset


class MetStand:
    """For the admin class of `Actie`: its state changes through the verbs and nowhere else."""

    def get_queryset(self, request):
        woord = Standwoord.objects.filter(plan=OuterRef("plan"), stand=OuterRef("stand")).values("woord")
        return super().get_queryset(request).annotate(eigen_stand=Subquery(woord))

    def get_fieldsets(self, request, obj=None):
        """Without the box to follow again, where nothing was set by hand."""
        weg = set() if obj and obj.stand_reden else {"volgt_weer"}
        return [
            (naam, {**rest, "fields": [veld for veld in rest["fields"] if veld not in weg]})
            for naam, rest in super().get_fieldsets(request, obj)
        ]

    def save_model(self, request, obj, form, change):
        gezet = {naam: getattr(obj, naam) for naam in VELDEN}
        if change:
            for naam, waarde in Actie.objects.values(*VELDEN).get(pk=obj.pk).items():
                setattr(obj, naam, waarde)
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get("volgt_weer"):
            laat_volgen(actie=obj, door=request.user)
        elif not change or set(VELDEN) & set(form.changed_data):
            zet_stand(
                actie=obj, stand=gezet["stand"], voortgang=gezet["voortgang"],
                toelichting=gezet["stand_toelichting"], reden=gezet["stand_reden"], door=request.user,
            )  # fmt: skip

    def save_related(self, request, form, formsets, change):
        """What happened to a task shows in the state at once."""
        super().save_related(request, form, formsets, change)
        actie = form.instance
        if volg(actie=actie):
            actie.refresh_from_db(fields=["stand", "voortgang"])
            self.message_user(request, f"De stand volgt uit de {bronnen(actie)}: {in_woorden(actie)}.", messages.INFO)

    @admin.display(description="stand", ordering="stand")
    def stand_in_woorden(self, actie):
        return f"{actie.eigen_stand or actie.get_stand_display()}, {actie.voortgang} %"

    @admin.display(description="volgens taken en metingen")
    def volgens_taken(self, actie):
        volgt = berekend(actie) if actie.pk else None
        if not volgt:
            return "Er zijn nog geen taken, mijlpalen of metingen. De stand is wat jij kiest."
        eigen = " Je zette zelf een andere stand." if actie.stand_reden else ""
        return f"{standnamen(actie.plan)[volgt[0]]}, {volgt[1]} %.{eigen}"


def in_woorden(actie):
    return f"{standnamen(actie.plan)[actie.stand].lower()} ({actie.voortgang} %)"
