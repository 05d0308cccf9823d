"""The facets of the catalogue: theme, group, area and who gives it, each with its counts.

A count says how many results there are with that choice and the choices of the *other* facets, so a number never
promises what a click does not give.
"""

import django_filters
from django.db.models import Count, Q

from loket.models import Dienst
from sociaalhuis.models import Bestuur, Doelgroep, Gebied, Organisatie, Thema
from sociaalhuis.versie import bij_versie


@bij_versie
def indelingen(nummer):
    """The lists that the facets choose from, under this version: {facet: [(code, name)]}, and areas with relatives."""
    gebieden = list(Gebied.objects.all())
    ouders = {gebied.pk: gebied.ouder_id for gebied in gebieden}
    return {
        "thema": list(Thema.objects.values_list("code", "naam")),
        "doelgroep": list(Doelgroep.objects.values_list("code", "naam")),
        "gebied": [(gebied.code, gebied.naam) for gebied in gebieden],
        "aanbieder": [
            *Bestuur.objects.order_by("-code").values_list("code", "naam"),
            *Organisatie.objects.filter(diensten__isnull=False).distinct().values_list("code", "naam"),
        ],
        "gebied_en_verwanten": {
            gebied.code: [ander.pk for ander in gebieden if _verwant(gebied.pk, ander.pk, ouders)]
            for gebied in gebieden
        },
    }


def _verwant(een, ander, ouders):
    """True when one area lies in the other, or they are the same."""
    return een in _lijn(ander, ouders) or ander in _lijn(een, ouders)


def _lijn(gebied, ouders):
    lijn = []
    while gebied is not None and gebied not in lijn:
        lijn.append(gebied)
        gebied = ouders[gebied]
    return lijn


class DienstFilter(django_filters.FilterSet):
    thema = django_filters.ChoiceFilter(method="op_lijst", label="Thema")
    doelgroep = django_filters.ChoiceFilter(method="op_lijst", label="Voor wie")
    gebied = django_filters.ChoiceFilter(method="op_gebied", label="Waar")
    aanbieder = django_filters.ChoiceFilter(method="op_aanbieder", label="Door wie")

    class Meta:
        model = Dienst
        fields = []

    VELD = {"thema": "themas", "doelgroep": "doelgroepen"}

    def __init__(self, data, queryset, lijsten):
        super().__init__(data, queryset)
        self.lijsten = lijsten
        for naam, filter_ in self.filters.items():
            filter_.extra["choices"] = lijsten[naam]

    @property
    def gekozen(self):
        """{facet: code} of the valid choices."""
        self.form.is_valid()
        return {naam: waarde for naam, waarde in self.form.cleaned_data.items() if waarde}

    def op_lijst(self, queryset, naam, code):
        return queryset.filter(**{f"{self.VELD[naam]}__code": code})

    def op_gebied(self, queryset, naam, code):
        # Subqueries and not a join: a service in two areas stays one row. Without areas it is for everyone.
        koppeling = Dienst.gebieden.through.objects
        hier = koppeling.filter(gebied_id__in=self.lijsten["gebied_en_verwanten"][code])
        return queryset.filter(Q(pk__in=hier.values("dienst_id")) | ~Q(pk__in=koppeling.values("dienst_id")))

    def op_aanbieder(self, queryset, naam, code):
        if code in Bestuur.Code.values:
            return queryset.filter(aanbieder=None, bestuur__code=code)
        return queryset.filter(aanbieder__code=code)

    def zonder(self, facet):
        """The services with all choices but that of one facet."""
        rijen = self.queryset
        for naam, code in self.gekozen.items():
            if naam != facet:
                rijen = self.filters[naam].filter(rijen, code)
        return rijen

    def facetten(self):
        """List of (name of the facet, label, [(code, name, count)]); a choice without results is left out."""
        tellers = {
            "thema": self._tel_lijst,
            "doelgroep": self._tel_lijst,
            "gebied": self._tel_gebied,
            "aanbieder": self._tel_aanbieder,
        }
        lijst = []
        for facet, tel in tellers.items():
            aantallen = tel(facet)
            keuzes = [
                (code, naam, aantallen.get(code, 0))
                for code, naam in self.lijsten[facet]
                if aantallen.get(code) or self.gekozen.get(facet) == code
            ]
            lijst.append((facet, self.filters[facet].label, keuzes))
        return lijst

    def _tel_lijst(self, facet):
        # Each pair of service and choice stands once in the link table, so nothing need be made distinct.
        koppeling = getattr(Dienst, self.VELD[facet]).through.objects
        hier = koppeling.filter(dienst__in=self.zonder(facet).order_by().values("pk"))
        return dict(hier.values_list(f"{facet}__code").annotate(Count("pk")))

    def _tel_gebied(self, facet):
        codes = list(self.lijsten["gebied_en_verwanten"])
        if not codes:
            return {}
        aantallen = self.zonder(facet).aggregate(
            **{
                f"gebied_{nummer}": Count("pk", distinct=True, filter=Q(gebieden__in=pks) | Q(gebieden=None))
                for nummer, pks in enumerate(self.lijsten["gebied_en_verwanten"].values())
            }
        )
        return {code: aantallen[f"gebied_{nummer}"] for nummer, code in enumerate(codes)}

    def _tel_aanbieder(self, facet):
        rijen = self.zonder(facet).order_by().values_list("aanbieder__code", "bestuur__code").annotate(Count("pk"))
        aantallen = {}
        for organisatie, bestuur, aantal in rijen:
            code = organisatie or bestuur
            aantallen[code] = aantallen.get(code, 0) + aantal
        return aantallen
