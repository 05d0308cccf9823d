"""Goals without a finding that justifies them are marked in the lists of the admin."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.html import format_html

from plan.models import Verantwoording

ROND_DIT_DEEL = Verantwoording.objects.filter(onderdeel=OuterRef("pk"))


class Verantwoord(admin.SimpleListFilter):
    title, parameter_name = "verantwoording", "verantwoording"

    def lookups(self, request, model_admin):
        return [("zonder", "Zonder verantwoording"), ("met", "Met verantwoording")]

    def queryset(self, request, queryset):
        if self.value() not in {"zonder", "met"}:
            return queryset
        return queryset.filter(Exists(ROND_DIT_DEEL) if self.value() == "met" else ~Exists(ROND_DIT_DEEL))


class MetVerantwoording:
    """For the admin class of a guarantee or a goal: the column and the filter."""

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(is_verantwoord=Exists(ROND_DIT_DEEL))

    @admin.display(description="verantwoording", ordering="is_verantwoord")
    def verantwoord(self, deel):
        return "Ja" if deel.is_verantwoord else format_html("<strong>{}</strong>", "Zonder verantwoording")
