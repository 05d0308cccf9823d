"""Somebody else changed this since you opened the page: said before anything is overwritten or published.

The page carries a mark, the number of the newest event of each logged table that tells about the object. When it is
older than what the log holds at saving, the form comes back with what was typed, and with who changed it and when.
"""

from django.core.exceptions import ValidationError
from django.db.models import Value
from django.utils import timezone

from sociaalhuis.models import Gebruiker
from sociaalhuis.templatetags.huis import moment

VELD = "_gezien"
OPNIEUW = "Laad deze pagina opnieuw en kijk na wat er staat. Er is niets bewaard."


def laatste(sporen):
    """The newest event of each logged table among these `Spoor`s."""
    return [rijen.first() for spoor in sporen if (rijen := spoor.gebeurtenissen()) is not None]


def merk(sporen) -> str:
    """The mark that a page carries: '12-0-33'. One query, however many logs tell about the object."""
    logs = [rijen for spoor in sporen if (rijen := spoor.gebeurtenissen()) is not None]
    hoogste = [
        rijen.annotate(plaats=Value(plaats)).values_list("plaats", "pgh_id")[:1] for plaats, rijen in enumerate(logs)
    ]
    gevonden = dict(hoogste[0].union(*hoogste[1:], all=True)) if hoogste else {}
    return "-".join(str(gevonden.get(plaats, 0)) for plaats in range(len(logs)))


def sinds(gezien, sporen):
    """Who changed it after that mark and when, in words; '' when nobody did."""
    if gezien and gezien == merk(sporen):
        return ""
    nieuwste = laatste(sporen)
    oud = [int(deel) if deel.isdecimal() and len(deel) < 19 else -1 for deel in gezien.split("-")]
    if len(oud) != len(nieuwste):
        return OPNIEUW
    later = [rij for rij, toen in zip(nieuwste, oud, strict=True) if rij and rij.pgh_id > toen]
    if not later:
        return ""
    rij = max(later, key=lambda een: een.pgh_created_at)
    wie = rij.pgh_context and rij.pgh_context.metadata.get("user")
    naam = Gebruiker.objects.filter(pk=wie).values_list("naam", flat=True).first() or "iemand"
    return (
        f"Gewijzigd door {naam} op {moment(timezone.localtime(rij.pgh_created_at))}, sinds jij deze pagina opende."
        " Er is niets bewaard. Kijk in de geschiedenis wat er veranderde, en druk dan opnieuw."
    )


class ZietWijzigingen:
    """Mixin for a BeheerAdmin: a form that was opened before somebody else's change is not saved unseen."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or request.method != "POST":
            return form
        beheer = self

        class MetMerk(form):
            def clean(zelf):
                schoon = super().clean()
                # held until the end of the request, so that of two who save at once the second one sees the first
                beheer.houd(obj)
                if fout := sinds(request.POST.get(VELD, ""), beheer.bewaakte_sporen(request, obj)):
                    raise ValidationError(fout)
                return schoon

        return MetMerk

    def bewaakte_sporen(self, request, obj):
        """The logged tables that nobody else may have written in since the page was opened."""
        return self.sporen(request, obj)

    def houd(self, obj):
        """Locks what people who work on this object have in common."""
        self.model.objects.select_for_update(of=("self",)).filter(pk=obj.pk).first()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["gezien"] = merk(self.bewaakte_sporen(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)
