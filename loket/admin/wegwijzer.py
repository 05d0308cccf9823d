"""The signpost in the admin: the whole tree on the page of the life event, a point with its answers on a page each."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from loket.acties import wegwijzer as acties
from loket.forms.wegwijzer import AntwoordForm, StapKeuze, WegpuntForm
from loket.models import Dienst, Levensgebeurtenis, MagNiet, Wegantwoord, Wegdienst, Wegpunt
from loket.wegwijzer.boom import bomen_van, boom_van, regels
from sociaalhuis.beheer.basis import BeheerAdmin, TabelInline
from sociaalhuis.beheer.geschiedenis import Spoor, wijzigingen
from sociaalhuis.beheer.mengen import MengtWijzigingen
from sociaalhuis.tekst import HtmlVeld

ZICHTBAAR = 12  # changes that are told on the page of a tree


def zonder_links(veld, hier):
    """The field without the links that add or change what it points at: that is done in the tree."""
    if hier and veld:
        veld.widget.can_add_related = veld.widget.can_change_related = False
        veld.widget.can_delete_related = veld.widget.can_view_related = False
    return veld


class Stand(ChangeList):
    """The list with, per event, what waits: the trees of all of them are read at once."""

    def get_results(self, request):
        super().get_results(request)
        bomen = bomen_van(self.result_list)
        gebreken = acties.gebreken_in(bomen)
        for gebeurtenis in self.result_list:
            if any(gebrek.ernstig for gebrek in gebreken[gebeurtenis.pk]):
                gebeurtenis.wacht_op = "herstel wat doodloopt"
            else:
                gebeurtenis.wacht_op = "publiceer" if gebeurtenis.boom != bomen[gebeurtenis.pk] else "–"


@admin.register(Levensgebeurtenis)
class LevensgebeurtenisAdmin(MengtWijzigingen, BeheerAdmin):
    """What happens to someone, with its tree and what is wrong with it. Only *Publiceer* changes what citizens see."""

    groep, rang, naam = "Hulp en diensten", 2, "Wegwijzer"
    list_display = ["titel", "op_de_site", "te_doen", "thema", "volgorde"]
    list_editable = ["volgorde"]
    list_select_related = ["thema"]
    search_fields = ["titel", "kort"]
    fields = ["titel", "slug", "kort", ("picto", "thema"), "nood", "volgorde", "begin"]
    geschiedenis_ook = [(Wegpunt, "gebeurtenis")]

    def sporen(self, request, obj):
        """The event itself, its points, and what hangs on those: the answers and the services."""
        punten = list(Wegpunt.objects.filter(gebeurtenis=obj).values_list("pk", flat=True))
        ooit = Wegpunt.pgh_event_model.objects.filter(gebeurtenis=obj).values_list("id", flat=True)
        punten = tuple(sorted({*punten, *ooit}))
        return [
            *super().sporen(request, obj),
            Spoor(Wegantwoord, "punt_id__in", punten),
            Spoor(Wegdienst, "punt_id__in", punten),
        ]

    def get_prepopulated_fields(self, request, obj=None):
        """Only for a new one: an address that people keep stays."""
        return {} if obj else {"slug": ["titel"]}

    def get_fields(self, request, obj=None):
        return self.fields if obj else [veld for veld in self.fields if veld != "begin"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "begin":
            kwargs["queryset"] = Wegpunt.objects.filter(gebeurtenis=request.resolver_match.kwargs.get("object_id"))
            kwargs["empty_label"] = "Nog geen"
            kwargs["form_class"] = StapKeuze
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return zonder_links(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name == "begin")

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and obj.is_gepubliceerd else None

    @admin.display(description="op de site", boolean=True)
    def op_de_site(self, gebeurtenis):
        return gebeurtenis.is_gepubliceerd

    @admin.display(description="te doen")
    def te_doen(self, gebeurtenis):
        """In a word what waits: mend, publish, or nothing. See `Stand`."""
        return gebeurtenis.wacht_op

    def get_changelist(self, request, **kwargs):
        return Stand

    def change_view(self, request, object_id, form_url="", extra_context=None):
        extra = extra_context or {}
        if gebeurtenis := self.get_object(request, object_id):
            boom = boom_van(gebeurtenis)
            namen = dict(
                Dienst.objects.filter(wegpunten__gebeurtenis=gebeurtenis).distinct().values_list("pk", "titel")
            )
            extra = {
                **extra,
                "gebeurtenis": gebeurtenis,
                "gebreken": acties.gebreken_van(gebeurtenis),
                "regels": [_regel(*regel, namen) for regel in regels(boom)],
                "verschilt": gebeurtenis.is_gepubliceerd and gebeurtenis.boom != boom,
                "ongepubliceerd": self.sinds_publicatie(request, gebeurtenis),
                "mag_wijzigen": self.has_change_permission(request, gebeurtenis),
            }
        return super().change_view(request, object_id, form_url, extra)

    def sinds_publicatie(self, request, gebeurtenis):
        """The changes that the next publication puts on the site, newest first: whoever publishes sees whose they are."""
        vanaf = gebeurtenis.gepubliceerd_op
        alle = wijzigingen(self.sporen(request, gebeurtenis), aantal=50)
        return [een for een in alle if een.velden and (vanaf is None or een.op > vanaf)][:ZICHTBAAR]

    def response_add(self, request, obj, post_url_continue=None):
        """Straight on to the first question."""
        self.message_user(request, "Bewaard. Schrijf nu de eerste vraag.", messages.SUCCESS)
        return redirect(f"{reverse('admin:loket_wegpunt_add')}?gebeurtenis={obj.pk}&soort=vraag")

    def response_change(self, request, obj):
        if "_publiceer" in request.POST:
            try:
                acties.publiceer(gebeurtenis=obj, door=request.user)
                self.message_user(request, f"‘{obj}’ staat op de site.", messages.SUCCESS)
            except MagNiet as fout:
                self.message_user(request, str(fout), messages.ERROR)
            return redirect(request.path)
        if "_offline" in request.POST:
            acties.haal_offline(gebeurtenis=obj, door=request.user)
            self.message_user(request, f"‘{obj}’ staat niet meer op de site. De boom blijft hier staan.")
            return redirect(request.path)
        return super().response_change(request, obj)


def _regel(diepte, antwoord, sleutel, punt, herhaald, namen):
    """A line of the tree for the page."""
    return {
        "diepte": min(diepte, 6),
        "antwoord": antwoord,
        "punt": punt,
        "herhaald": herhaald,
        "url": reverse("admin:loket_wegpunt_change", args=[sleutel]) if punt else "",
        "diensten": [namen[pk] for pk in punt["diensten"]] if punt and not herhaald else [],
    }


class AntwoordInline(TabelInline):
    model = Wegantwoord
    fk_name = "punt"
    form = AntwoordForm
    fields = ["tekst", "naar", "nieuw", "nieuw_soort", "weet_niet", "volgorde"]
    extra = 2

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "naar":
            kwargs["queryset"] = _stappen_naast(request)
            kwargs["empty_label"] = "Kies een stap"
            kwargs["form_class"] = StapKeuze
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return zonder_links(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name == "naar")


def _stappen_naast(request):
    """The other points of the life event that is being edited."""
    punt = request.resolver_match.kwargs.get("object_id")
    gebeurtenis = request.GET.get("gebeurtenis", "")
    if punt:
        return Wegpunt.objects.filter(gebeurtenis__punten=punt).exclude(pk=punt)
    return Wegpunt.objects.filter(gebeurtenis=gebeurtenis) if gebeurtenis.isdecimal() else Wegpunt.objects.none()


class WegdienstInline(TabelInline):
    model = Wegdienst
    fields = ["dienst", "volgorde"]
    autocomplete_fields = ["dienst"]
    extra = 2


@admin.register(Wegpunt)
class WegpuntAdmin(MengtWijzigingen, BeheerAdmin):
    """One point: a question with its answers, or an outcome with its services. Reached from the tree."""

    groep = "Hulp en diensten"
    form = WegpuntForm
    formfield_overrides = {
        **BeheerAdmin.formfield_overrides,
        HtmlVeld: {"widget": AdminTextareaWidget(attrs={"rows": 5})},
    }

    def houd(self, obj):
        """The whole tree: who publishes it waits for who changes a point."""
        Levensgebeurtenis.objects.select_for_update(of=("self",)).filter(pk=obj.gebeurtenis_id).first()

    def get_model_perms(self, request):
        """Not on the first page: a point is found through its life event."""
        return {}

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:loket_levensgebeurtenis_changelist")

    def get_readonly_fields(self, request, obj=None):
        return ["gebeurtenis", "soort"] if obj else []

    def get_inlines(self, request, obj):
        soort = obj.soort if obj else request.GET.get("soort", Wegpunt.Soort.VRAAG)
        return [WegdienstInline if soort == Wegpunt.Soort.UITKOMST else AntwoordInline]

    def get_view_on_site_url(self, obj=None):
        return None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        Levensgebeurtenis.objects.filter(pk=obj.gebeurtenis_id, begin=None).update(begin=obj)

    def response_post_save_add(self, request, obj):
        return self._naar_boom(obj.gebeurtenis_id)

    def response_post_save_change(self, request, obj):
        return self._naar_boom(obj.gebeurtenis_id)

    def delete_model(self, request, obj):
        request._gebeurtenis = obj.gebeurtenis_id
        super().delete_model(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        self.message_user(request, f"‘{obj_display}’ is weg. Kijk na welke antwoorden nu nergens naartoe gaan.")
        return self._naar_boom(request._gebeurtenis)

    def _naar_boom(self, gebeurtenis):
        return redirect("admin:loket_levensgebeurtenis_change", gebeurtenis)
