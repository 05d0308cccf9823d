from django.contrib import admin
from django.template.response import TemplateResponse
from pghistory.models import Events

from sociaalhuis.beheer.basis import AlleenLezen, BeheerAdmin, niet_hier
from sociaalhuis.beheer.geschiedenis import Spoor, wijzigingen

PER_TABEL, SAMEN = 200, 50


@admin.register(Events)
class GeschiedenisAdmin(AlleenLezen, BeheerAdmin):
    """What was changed lately, over all tables that are managed here, for whoever may see the history.

    Only tables with a place in this admin: cases have none, so nothing of a case is ever shown.
    """

    groep, rang, naam = "Toezicht", 3, "Geschiedenis"
    add_view = change_view = delete_view = history_view = niet_hier

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            niet_hier()
        tabellen = self.tabellen()
        gekozen = tabellen.get(request.GET.get("tabel"))
        sporen = [gekozen] if gekozen else tabellen.values()
        aantal = PER_TABEL if gekozen else SAMEN
        context = {
            **self.admin_site.each_context(request),
            "title": "Geschiedenis",
            "subtitle": None,
            "opts": self.opts,
            "tabellen": [(sleutel, spoor.model._meta.verbose_name_plural) for sleutel, spoor in tabellen.items()],
            "gekozen": request.GET.get("tabel") if gekozen else "",
            "aantal": aantal,
            "wijzigingen": wijzigingen(sporen, aantal),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/geschiedenis.html", context)

    def tabellen(self):
        """{label: Spoor} of every logged table in this admin, with the tables that tell more about them."""
        modellen = []
        for model, model_admin in self.admin_site._registry.items():
            inlines = [inline.model for inline in model_admin.inlines]
            ook = [ander for ander, _ in getattr(model_admin, "geschiedenis_ook", ())]
            modellen += [tabel_van(m) for m in (model, *inlines, *ook) if getattr(m, "pgh_event_model", None)]
        return {
            model._meta.label_lower: Spoor(model)
            for model in sorted(set(modellen), key=lambda model: str(model._meta.verbose_name_plural))
        }


def tabel_van(model):
    """The model of the table itself, for a proxy; a link table is known by its proxy."""
    return model if model._meta.concrete_model._meta.auto_created else model._meta.concrete_model
