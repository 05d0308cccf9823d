"""The lists of the desk and their filters. Lists show a reference, a theme, a place, a state and a term; never the text."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from loket.models import Vraag
from loket.models.vraag import DICHT, KLAAR, NIEUW, WACHT, WEG, VraagQuerySet
from loket.ontvangst import LEESFOUTEN
from sociaalhuis.models import Gebied, Thema

STANDAARD = "team"
# list -> (name, group, the questions in it)
LIJSTEN = {
    "nieuw": ("Nieuw", "", lambda vragen, gebruiker: vragen.gewoon().filter(staat=NIEUW).op_tijd()),
    "mij": ("Van mij", "", lambda vragen, gebruiker: vragen.van(gebruiker).op_tijd()),
    "team": ("Van mijn team", "", lambda vragen, gebruiker: vragen.lopend().op_tijd()),
    "laat": ("Te laat", "", lambda vragen, gebruiker: vragen.te_laat().op_tijd()),
    "wacht": ("Wacht op de vrager", "", lambda vragen, gebruiker: vragen.gewoon().filter(staat=WACHT).op_tijd()),
    "beantwoord": ("Beantwoord", "Klaar", lambda vragen, gebruiker: vragen.gewoon().filter(staat=KLAAR).nieuwste()),
    "klaar": ("Afgesloten", "Klaar", lambda vragen, gebruiker: vragen.filter(staat__in=[DICHT, WEG]).nieuwste()),
    "quarantaine": ("Quarantaine", "Nakijken", lambda vragen, gebruiker: vragen.in_quarantaine().nieuwste()),
}


def lijst(vragen: VraagQuerySet, naam: str, gebruiker) -> QuerySet:
    return LIJSTEN[naam][2](vragen, gebruiker)


def zoek_referentie(vragen: VraagQuerySet, getypt: str) -> QuerySet:
    """The question with this reference, open or closed; the year may be left out."""
    deel = "".join(getypt.split()).upper().split("-")[-1].translate(LEESFOUTEN)[:6]
    dit_jaar = timezone.localdate().year
    return vragen.filter(referentie__in=[f"{jaar}-{deel}" for jaar in range(dit_jaar - 10, dit_jaar + 1)]).nieuwste()


class VraagFilter(django_filters.FilterSet):
    thema = django_filters.ModelChoiceFilter(
        queryset=Thema.objects.all(), to_field_name="code", label="Thema", empty_label="Alle thema's"
    )
    gebied = django_filters.ModelChoiceFilter(
        queryset=Gebied.objects.all(), to_field_name="code", label="Gebied", empty_label="Alle gebieden"
    )
    kanaal = django_filters.ChoiceFilter(choices=Vraag.Kanaal.choices, label="Kanaal", empty_label="Alle kanalen")

    class Meta:
        model = Vraag
        fields = ["thema", "gebied", "kanaal"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for veld in self.form.fields.values():
            veld.widget.attrs["class"] = "form-select"
