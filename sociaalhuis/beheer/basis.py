"""What every page of the admin has: use `BeheerAdmin`, `TabelInline` and `BlokInline` instead of Django's classes.

They keep Django's options and structure. Many-to-many fields become boxes to tick (or a search, when named in
`autocomplete_fields`), dates use the browser's own picker, and the history of an object comes from the append-only
log of the database, so it also holds what was changed outside the admin.
"""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.forms.models import _get_foreign_key
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch

from sociaalhuis.beheer import keuzes  # noqa: F401 (registers its filter)
from sociaalhuis.beheer.filters import bewaarde, keuzes_van
from sociaalhuis.beheer.geschiedenis import Spoor, wijzigingen
from sociaalhuis.beheer.hulp import hulp_bij
from sociaalhuis.beheer.widgets import Datum, DatumTijd, Tijd, ZoekKeuze, ZoekKeuzes, kan_sleutel_zijn


class Velden:
    """Fields that everyone can fill in, for admin classes and inlines."""

    formfield_overrides = {
        models.DateField: {"widget": Datum},
        models.TimeField: {"widget": Tijd},
        models.DateTimeField: {"widget": DatumTijd},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if veld and isinstance(veld.widget, RelatedFieldWidgetWrapper):
            # The wrapper hides that a group of boxes needs a fieldset and not a label.
            veld.widget.use_fieldset = veld.widget.widget.use_fieldset
        if veld and not veld.help_text and isinstance(self, admin.ModelAdmin):
            veld.help_text = hulp_bij(db_field)
        return veld

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ZoekKeuze(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if "widget" not in kwargs and db_field.name not in self.raw_id_fields:
            if db_field.name in self.get_autocomplete_fields(request):
                kwargs["widget"] = ZoekKeuzes(db_field, self.admin_site, using=kwargs.get("using"))
            else:
                kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_view_on_site_url(self, obj=None):
        """The address of the object on the site, without the detour of Django. None when it has no page.

        A form that was refused comes back with the object as it was typed, whose code may fit in no address.
        """
        if obj is None or not self.view_on_site:
            return None
        try:
            if callable(self.view_on_site):
                return self.view_on_site(obj)
            return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None
        except NoReverseMatch:
            return None


class TabelInline(Velden, admin.TabularInline):
    """Rows of a table inside the form of their parent."""

    extra = 0


class BlokInline(Velden, admin.StackedInline):
    """Blocks of fields inside the form of their parent."""

    extra = 0


class BeheerAdmin(Velden, admin.ModelAdmin):
    """Base of every admin class of the house.

    `groep`: under which heading it stands on the first page (default: the name of the app); `rang`: its place there;
    `naam`: what it is called there (default: the name of the table).
    `geschiedenis_ook`: more logged tables that tell about the object, as (model, name of the key to it).
    """

    groep = None
    naam = None
    rang = 50
    geschiedenis_ook = ()
    list_per_page = 50
    show_full_result_count = False  # a second count of the whole table, for three words
    save_on_top = False

    def get_changelist_form(self, request, **kwargs):
        """The form of a row in a list that can be edited, whose fields say which row and column they are."""
        basis = super().get_changelist_form(request, **kwargs)

        class MetNamen(basis):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                for veld in self.fields.values():
                    if not veld.widget.is_hidden:
                        veld.widget.attrs["aria-label"] = f"{veld.label}: {self.instance}"

        return MetNamen

    def changelist_view(self, request, extra_context=None):
        """The list, with the filters that this person kept for it."""
        eigen = {}
        if request.method == "GET" and (self.list_filter or self.search_fields) and "_popup" not in request.GET:
            label = self.model._meta.label_lower
            eigen = {
                "bewaarde_filters": bewaarde(request.user, label),
                "filterlijst": label,
                "filterkeuzes": keuzes_van(request.GET.urlencode()),
            }
        return super().changelist_view(request, {**eigen, **(extra_context or {})})

    def response_action(self, request, queryset):
        """Of the rows that were ticked only what can be a key: Django asks the database for whatever was sent."""
        request.POST = request.POST.copy()
        gekozen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        request.POST.setlist(ACTION_CHECKBOX_NAME, [een for een in gekozen if kan_sleutel_zijn(self.opts.pk, een)])
        return super().response_action(request, queryset)

    def get_deleted_objects(self, objs, request):
        """As Django's, but of rows that have no place here (such as cases) only the kind is told, never which."""
        weg, aantallen, rechten, in_de_weg = super().get_deleted_objects(objs, request)
        soorten = (tekst if hasattr(tekst, "__html__") else tekst.split(":")[0] for tekst in in_de_weg)
        return weg, aantallen, rechten, list(dict.fromkeys(soorten))

    def render_change_form(self, request, context, *args, **kwargs):
        """The form; where there is no history there is no link to it either."""
        context["zonder_geschiedenis"] = type(self).history_view is niet_hier
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """Who changed what, and when: of the object and of the rows that are edited with it."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"Geschiedenis van {obj}",
            "subtitle": None,
            "wijzigingen": wijzigingen(self.sporen(request, obj)),
            "module_name": self.opts.verbose_name_plural,
            "object": obj,
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template or "admin/object_history.html", context)

    def sporen(self, request, obj):
        """The logged tables that tell about this object."""
        sporen = [Spoor(self.model, None, obj.pk)]
        for inline in self.get_inline_instances(request, obj):
            sleutel = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            sporen.append(Spoor(inline.model, sleutel.attname, obj.pk))
        for model, veld in self.geschiedenis_ook:
            sporen.append(Spoor(model, model._meta.get_field(veld).attname, obj.pk))
        return list(dict.fromkeys(sporen))


class AlleenLezen:
    """For tables that the admin shows and never writes."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def niet_hier(*args, **kwargs):
    """A page of Django's admin that makes no sense for a model: the same 404 as a page that does not exist."""
    raise Http404
