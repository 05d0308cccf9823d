"""Finding actions in a plan, with for every choice how many it would give."""

from urllib.parse import urlencode

import django_filters
from django.db.models import Count
from django.utils.text import capfirst

from plan.models import Actie
from plan.woorden import niveaunamen, standnamen
from sociaalhuis.models import Doelgroep, Gebied, Thema


def indeling(model, veld, label):
    return django_filters.ModelChoiceFilter(
        field_name=veld, queryset=model.objects.all(), to_field_name="code", label=label
    )


class ActieFilter(django_filters.FilterSet):
    garantie = django_filters.CharFilter(field_name="garantie__code", label="Garantie", max_length=40)
    termijn = django_filters.ChoiceFilter(choices=Actie.Termijn.choices, label="Termijn")
    thema = indeling(Thema, "themas", "Thema")
    doelgroep = indeling(Doelgroep, "doelgroepen", "Voor wie")
    gebied = indeling(Gebied, "gebieden", "Gebied")
    trekker = django_filters.CharFilter(field_name="trekker", label="Trekker", max_length=120)
    stand = django_filters.ChoiceFilter(choices=Actie.Stand.choices, label="Stand")
    bestuur = django_filters.ChoiceFilter(
        choices=[("gemeente", "Gemeente"), ("ocmw", "OCMW")], label="Bestuur", method="van_bestuur"
    )

    # name of the filter -> columns with its value and its name, in the order of the choices
    FACETTEN = {
        "garantie": ("garantie__code", "garantie__titel", "garantie__volgorde"),
        "thema": ("themas__code", "themas__naam", "themas__volgorde"),
        "doelgroep": ("doelgroepen__code", "doelgroepen__naam", "doelgroepen__volgorde"),
        "gebied": ("gebieden__code", "gebieden__naam", "gebieden__volgorde"),
        "termijn": ("termijn",),
        "stand": ("stand",),
        "bestuur": ("bestuur",),
        "trekker": ("trekker",),
    }

    class Meta:
        model = Actie
        fields = []

    def __init__(self, *args, plan=None, **kwargs):
        """With a plan, in the words of that plan."""
        super().__init__(*args, **kwargs)
        if plan:
            self.filters["stand"].extra["choices"] = list(standnamen(plan).items())
            self.filters["garantie"].label = capfirst(niveaunamen(plan)["garantie"].naam)

    def van_bestuur(self, queryset, name, value):
        return queryset.van_bestuur(value)

    @property
    def gekozen(self):
        """{name: value} of the filters that are on and known."""
        return {naam: self.data[naam] for naam in self.FACETTEN if self.form.cleaned_data.get(naam)}

    @property
    def onbekend(self):
        """Whether the address asks for something that does not exist."""
        return not self.is_valid()

    def facetten(self):
        """List of facets with `titel`, `open` and `keuzes` (naam, aantal, url, gekozen), as `_facet.html` shows them."""
        self.is_valid()
        return [facet for naam in self.FACETTEN if (facet := self._facet(naam))]

    def _facet(self, naam):
        gekozen = self.gekozen.get(naam)
        telling = self._tel(naam)
        if gekozen and gekozen not in {waarde for waarde, _, _ in telling}:
            telling.append((gekozen, self._label(naam, gekozen), 0))  # so that it can be undone
        keuzes = [
            {"naam": label, "aantal": aantal, "url": self._adres(naam, waarde), "gekozen": waarde == gekozen}
            for waarde, label, aantal in telling
        ]
        return {"titel": self.filters[naam].label, "keuzes": keuzes, "open": bool(gekozen)} if keuzes else None

    def _tel(self, naam):
        """[(value, label, count)] over the actions that every other filter lets through."""
        acties = self.queryset.all()
        for ander, waarde in self.form.cleaned_data.items():
            if ander != naam:
                acties = self.filters[ander].filter(acties, waarde)
        velden = self.FACETTEN[naam]
        rijen = acties.order_by().values_list(*velden).annotate(Count("pk", distinct=True))
        if len(velden) == 3:
            rijen = sorted((rij for rij in rijen if rij[0]), key=lambda rij: (rij[2], rij[1]))
            return [(code, label, aantal) for code, label, _, aantal in rijen]
        aantallen = {waarde: aantal for waarde, aantal in rijen if waarde}
        if naam == "trekker":
            return [(waarde, waarde, aantal) for waarde, aantal in sorted(aantallen.items())]
        beide = aantallen.pop("beide", 0) if naam == "bestuur" else 0
        telling = ((waarde, label, aantallen.get(waarde, 0) + beide) for waarde, label in self._keuzes(naam))
        return [rij for rij in telling if rij[2]]

    def _keuzes(self, naam):
        return self.filters[naam].extra.get("choices", [])

    def _label(self, naam, waarde):
        return dict(self._keuzes(naam)).get(waarde) or str(self.form.cleaned_data[naam])

    def _adres(self, naam, waarde):
        """The same page with this choice on, or off when it was on."""
        nu = {ander: gekozen for ander, gekozen in self.gekozen.items() if ander != naam}
        if self.gekozen.get(naam) != waarde:
            nu[naam] = waarde
        return "?" + urlencode(nu) if nu else "."
