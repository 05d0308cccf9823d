"""Finding actions in a plan by words and by choices, with for every choice how many it would give.

A plan has at most some thousands of actions, so all of them are read once as bare codes (one query, one more for the names) and
everything is counted from that: each facet as if nothing were chosen in it.
"""

import re
import unicodedata
from collections import Counter
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import urlencode

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Value
from django.utils.text import capfirst

from plan.models import Actie
from plan.woorden import niveaunamen, standnamen
from sociaalhuis.models import Doelgroep, Gebied, Thema
from sociaalhuis.tekst import plat, zonder_onzichtbare

INDELING = {"thema": Thema, "doelgroep": Doelgroep, "gebied": Gebied}
KOLOMMEN = ("pk", "garantie__code", "garantie__titel", "garantie__volgorde", "termijn", "stand", "bestuur", "trekker")
TEKSTEN = (
    "code",
    "titel",
    "korte_omschrijving",
    "lange_omschrijving",
    "resultaat_verwacht",
    "contact",
    "garantie__titel",
)
BEIDE = ("gemeente", "ocmw")
WOORD = re.compile(r"[^\W_]+")


def gewoon(tekst):
    """Words without capitals and accents: 'Één dak' -> 'een dak'."""
    return "".join(
        teken for teken in unicodedata.normalize("NFKD", tekst.casefold()) if not unicodedata.combining(teken)
    )


class ActieFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Zoek in de acties", max_length=100)
    garantie = django_filters.CharFilter(label="Garantie", max_length=40)
    thema = django_filters.ChoiceFilter(label="Thema")
    doelgroep = django_filters.ChoiceFilter(label="Voor wie")
    gebied = django_filters.ChoiceFilter(label="Gebied")
    termijn = django_filters.ChoiceFilter(choices=Actie.Termijn.choices, label="Termijn")
    stand = django_filters.ChoiceFilter(choices=Actie.Stand.choices, label="Stand")
    bestuur = django_filters.ChoiceFilter(choices=[("gemeente", "Gemeente"), ("ocmw", "OCMW")], label="Bestuur")
    trekker = django_filters.CharFilter(label="Trekker", max_length=120)

    FACETTEN = ("garantie", "thema", "doelgroep", "gebied", "termijn", "stand", "bestuur", "trekker")

    class Meta:
        model = Actie
        fields = []

    def __init__(self, *args, plan=None, **kwargs):
        """With a plan, in the words of that plan."""
        super().__init__(*args, **kwargs)
        for naam, keuzes in self._namen().items():
            self.filters[naam].extra["choices"] = keuzes
        if plan:
            self.filters["stand"].extra["choices"] = list(standnamen(plan).items())
            self.filters["garantie"].label = capfirst(niveaunamen(plan)["garantie"].naam)

    @staticmethod
    def _namen():
        """{facet: [(code, name)]} of themes, groups and areas in their order; one query."""
        delen = [
            model.objects.order_by().values_list(Value(naam, CharField()), "volgorde", "naam", "code")
            for naam, model in INDELING.items()
        ]
        per_facet = {naam: [] for naam in INDELING}
        for facet, _, naam, code in sorted(delen[0].union(*delen[1:], all=True)):
            per_facet[facet].append((code, naam))
        return per_facet

    # --- what was asked -----------------------------------------------------------------------

    @cached_property
    def gekozen(self):
        """{name: value} of the filters that are on and known."""
        self.is_valid()
        return {naam: waarde for naam in self.FACETTEN if (waarde := self.form.cleaned_data.get(naam))}

    @cached_property
    def zoek(self):
        """The words that were typed, clean."""
        self.is_valid()
        return " ".join(zonder_onzichtbare(self.form.cleaned_data.get("q") or "").split())

    @property
    def onbekend(self):
        """Whether the address asks for something that does not exist."""
        return not self.is_valid()

    # --- what there is ------------------------------------------------------------------------

    @cached_property
    def gelezen(self):
        """([(key, {facet: values}, words)] of every action in the order of the booklet, [(code, title)] of the guarantees).

        The words are only read when one looks for them.
        """
        codes = {
            f"_{naam}": ArraySubquery(model.objects.filter(onderdelen=OuterRef("pk")).order_by().values("code"))
            for naam, model in INDELING.items()
        }
        teksten = TEKSTEN if self.zoek else ()
        rijen, garanties, eigen = [], set(), len(KOLOMMEN)
        alles = self.queryset.in_volgorde().annotate(**codes).values_list(*KOLOMMEN, *codes, *teksten)
        for rij in alles:
            pk, garantie, titel, volgorde, termijn, stand, bestuur, trekker = rij[:eigen]
            thema, doelgroep, gebied = rij[eigen : eigen + 3]
            garanties.add((volgorde, garantie, titel))
            waarden = {
                "garantie": [garantie], "thema": thema, "doelgroep": doelgroep, "gebied": gebied, "termijn": [termijn],
                "stand": [stand], "bestuur": BEIDE if bestuur == "beide" else [bestuur], "trekker": [trekker] if trekker else [],
            }  # fmt: skip
            woorden = gewoon(" ".join([*map(plat, rij[eigen + 3 :]), trekker])) if teksten else ""
            rijen.append((pk, waarden, woorden))
        return rijen, [(code, titel) for _, code, titel in sorted(garanties)]

    @cached_property
    def geteld(self):
        """(keys of the actions that pass everything, {facet: Counter of its values}, Counter of what each choice holds back)."""
        zoek = [re.compile(rf"(?<!\w){re.escape(woord)}") for woord in WOORD.findall(gewoon(self.zoek))]
        sleutels, tellers, alleen = [], {naam: Counter() for naam in self.FACETTEN}, Counter()
        for pk, waarden, woorden in self.gelezen[0]:
            mist = [naam for naam, waarde in self.gekozen.items() if waarde not in waarden[naam]]
            zegt = all(woord.search(woorden) for woord in zoek)
            if len(mist) + (not zegt) > 1:
                continue
            alleen.update(mist if zegt else ["q"])
            for naam in (mist or self.FACETTEN) if zegt else ():
                tellers[naam].update(waarden[naam])
            if zegt and not mist:
                sleutels.append(pk)
        return sleutels, tellers, alleen

    @property
    def treffers(self):
        """Keys of the actions that were asked for, in the order of the booklet."""
        return self.geteld[0]

    def filter_queryset(self, queryset):
        return queryset.filter(pk__in=self.treffers)

    # --- what the page shows ------------------------------------------------------------------

    def facetten(self):
        """List of facets with `titel`, `open` and `keuzes` (naam, aantal, url, gekozen), as `_facet.html` shows them."""
        return [facet for naam in self.FACETTEN if (facet := self._facet(naam))]

    def _facet(self, naam):
        gekozen, teller = self.gekozen.get(naam), self.geteld[1][naam]
        keuzes = [
            {"naam": label, "aantal": teller[waarde], "url": self.adres(naam, waarde), "gekozen": waarde == gekozen}
            for waarde, label in self._keuzes(naam)
            if teller[waarde] or waarde == gekozen  # one without results stays, so that it can be undone
        ]
        return {"titel": self.filters[naam].label, "keuzes": keuzes, "open": bool(gekozen)} if keuzes else None

    def _keuzes(self, naam):
        """[(value, name)] of a facet in its order."""
        if naam == "garantie":
            keuzes = self.gelezen[1]
        elif naam == "trekker":
            keuzes = [(waarde, waarde) for waarde in sorted(self.geteld[1][naam])]
        else:
            return self.filters[naam].extra["choices"]
        gekozen = self.gekozen.get(naam)
        return keuzes if not gekozen or gekozen in dict(keuzes) else [*keuzes, (gekozen, gekozen)]

    def adres(self, naam, waarde=None):
        """The same page with this choice on, or off when it was on (or without a value)."""
        nu = {"q": self.zoek} if self.zoek and naam != "q" else {}
        nu |= {ander: gekozen for ander, gekozen in self.gekozen.items() if ander != naam}
        if waarde and self.gekozen.get(naam) != waarde:
            nu[naam] = waarde
        return "?" + urlencode(nu) if nu else "."

    def weg_te_halen(self):
        """What is on, each with the address without it and how many actions that would give: [{naam, url, aantal}]."""
        aan = [("q", f"Woord: {self.zoek}")] if self.zoek else []
        for naam, waarde in self.gekozen.items():
            aan.append((naam, f"{self.filters[naam].label}: {dict(self._keuzes(naam)).get(waarde, waarde)}"))
        return [
            {"naam": label, "url": self.adres(naam), "aantal": len(self.treffers) + self.geteld[2][naam]}
            for naam, label in aan
        ]

    def bedoel_je(self):
        """(words, address) that do occur and look like what was typed, or None; for when nothing was found."""
        if not self.zoek:
            return None
        bekend = Counter(
            woord for _, _, woorden in self.gelezen[0] for woord in WOORD.findall(woorden) if len(woord) > 3
        )
        beter = []
        for woord in WOORD.findall(gewoon(self.zoek)):
            kent = any(deel.startswith(woord) for deel in bekend)
            beter.append(woord if kent else next(iter(get_close_matches(woord, bekend, 1, 0.7)), woord))
        tekst = " ".join(beter)
        return (tekst, "?" + urlencode({"q": tekst})) if tekst != gewoon(self.zoek) else None
