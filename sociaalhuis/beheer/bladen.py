"""Rows inside a form, a page of them at a time: a form with 300 rows is more than Django takes and than anyone reads.

The address says which page (`<prefix>-blad=2`), and the form is sent to the same address; only the rows that were on the
page are read back, by the keys that it sent. New rows are added on any page.
"""

from django.core.paginator import Paginator


class MetBladen:
    """Mixin for an inline. `per_blad`: how many rows a page has."""

    per_blad = 20

    def get_formset(self, request, obj=None, **kwargs):
        basis = super().get_formset(request, obj, **kwargs)
        prefix, sleutel = basis.get_default_prefix(), self.model._meta.pk
        rijen = (
            self.get_queryset(request).filter(**{basis.fk.name: obj}) if obj and obj.pk else self.model.objects.none()
        )
        if request.method == "POST":
            aantal = request.POST.get(f"{prefix}-INITIAL_FORMS", "")
            aantal = int(aantal) if aantal.isascii() and aantal.isdecimal() and len(aantal) < 5 else 0
            gestuurd = [request.POST.get(f"{prefix}-{nummer}-{sleutel.name}", "") for nummer in range(aantal)]
            pks, blad_ = [pk for pk in gestuurd if pk.isascii() and pk.isdecimal() and len(pk) < 19], None
        else:
            blad_ = Paginator(rijen, self.per_blad).get_page(request.GET.get(f"{prefix}-blad"))
            pks = [rij.pk for rij in blad_]

        class Blad(basis):
            blad = blad_

            def __init__(zelf, *args, queryset=None, **meer):
                queryset = rijen if queryset is None else queryset
                super().__init__(*args, queryset=queryset.filter(pk__in=pks), **meer)

            def bladen(zelf):
                """[(number, address, whether it is shown now)] when there is more than one page."""
                if blad_ is None or blad_.paginator.num_pages == 1:
                    return []
                alle = blad_.paginator.page_range
                return [(nummer, f"?{prefix}-blad={nummer}#{prefix}-group", nummer == blad_.number) for nummer in alle]

        return Blad
