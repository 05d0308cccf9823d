"""The inputs of a round as a work list for who answers: what state, which decision, about what, by whom."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from participatie.models import Besluit
from participatie.models.toewijzing import antwoorders
from plan.models import Onderdeel

GEEN_EIGEN = Q(antwoord=None) & Q(samengevoegd__leidend__antwoord=None)
MOET_ANTWOORD = Q(staat="zichtbaar") | Q(staat="verborgen", organisatie__reactierecht__isnull=False)
# choice -> (label, condition)
STATEN = {
    "zonder": ("Nog geen antwoord", GEEN_EIGEN & MOET_ANTWOORD),
    "concept": ("Concept, nog na te lezen", Q(antwoord__staat="concept", antwoord__nota="")),
    "terug": ("Teruggestuurd", Q(antwoord__staat="concept") & ~Q(antwoord__nota="")),
    "nagelezen": ("Nagelezen", Q(antwoord__staat="nagelezen")),
    "online": ("Gepubliceerd", Q(antwoord__staat="gepubliceerd")),
    "samen": ("Samengevoegd met een andere", Q(samengevoegd__isnull=False)),
    "ongelezen": ("Nog na te kijken", Q(staat="ingediend")),
    "te-laat": ("Kwam te laat", Q(staat="te_laat")),
    "niet-getoond": ("Niet getoond", Q(staat="verborgen")),
}  # fmt: skip
VOORBIJ = Q(staat__in=["vervangen", "ingetrokken"], antwoord=None)  # asks nothing of anybody any more
NIEMAND, IK = "niemand", "ik"
TE_SCHRIJVEN = (STATEN["zonder"][1] & Q(samengevoegd=None)) | STATEN["terug"][1]


def na_te_lezen(gebruiker):
    """The condition that this user can be the second reader."""
    return STATEN["concept"][1] & ~Q(antwoord__door=gebruiker.pk)


class AntwoordFilter(forms.Form):
    """A GET form; what is not one of the choices counts as no choice, so no address gives an error."""

    staat = forms.ChoiceField(label="Toestand", required=False)
    besluit = forms.ChoiceField(label="Besluit", required=False)
    deel = forms.ChoiceField(label="Over", required=False)
    wie = forms.ChoiceField(label="Wie antwoordt", required=False)
    recht = forms.BooleanField(label="Alleen met recht op een reactie", required=False)

    def __init__(self, data, *, ronde, gebruiker):
        super().__init__(data)
        self.ronde, self.gebruiker = ronde, gebruiker
        delen = Onderdeel.objects.filter(plan=ronde.plan_id, soort="garantie").in_volgorde()
        self.delen = {deel.code: deel for deel in delen}
        self.mensen = {str(mens.pk): mens for mens in antwoorders()}
        alles = [("", "Alles")]
        self.fields["staat"].choices = alles + [(code, label) for code, (label, _) in STATEN.items()]
        self.fields["besluit"].choices = alles + Besluit.choices
        self.fields["deel"].choices = [*alles, ("plan", "Het hele plan"), *((c, str(d)) for c, d in self.delen.items())]
        iedereen = [(pk, mens.naam) for pk, mens in self.mensen.items()]
        self.fields["wie"].choices = [("", "Iedereen"), (IK, "Ik"), (NIEMAND, "Nog niemand"), *iedereen]
        self.is_valid()

    @property
    def keuze(self):
        """{name: value} of what was chosen, as it goes in an address."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde}

    @property
    def adres(self):
        return urlencode({naam: "on" if waarde is True else waarde for naam, waarde in self.keuze.items()})

    def rijen(self):
        """The inputs that fit, in the order of the plan; without what was replaced or taken back before it had an answer."""
        rijen, keuze = self.ronde.inbrengen.exclude(VOORBIJ), self.keuze
        if "staat" in keuze:
            rijen = rijen.filter(STATEN[keuze["staat"]][1])
        if "besluit" in keuze:
            besluit = keuze["besluit"]
            rijen = rijen.filter(Q(antwoord__besluit=besluit) | Q(samengevoegd__leidend__antwoord__besluit=besluit))
        if keuze.get("deel") == "plan":
            rijen = rijen.filter(onderdeel=None)
        elif "deel" in keuze:
            rijen = rijen.filter(onderdeel__pad__contains=[self.delen[keuze["deel"]].pk])
        if "wie" in keuze:
            rijen = rijen.filter(self._van_wie(keuze["wie"]))
        if "recht" in keuze:
            rijen = rijen.filter(organisatie__reactierecht__isnull=False)
        return rijen.in_volgorde_van_het_plan()

    def _van_wie(self, wie):
        if wie == NIEMAND:
            return Q(toewijzing=None)
        return Q(toewijzing__gebruiker=self.gebruiker.pk if wie == IK else int(wie))

    def volgende(self, na, te_doen):
        """The key of the first input in this list after `na` (round again at the end) for which the condition `te_doen`
        holds, or None. Ask it before `na` changes: afterwards it may be gone from the list."""
        alle = list(self.rijen().values_list("pk", flat=True))
        doen = set(self.ronde.inbrengen.filter(te_doen).exclude(pk=na).values_list("pk", flat=True))
        begin = alle.index(na) + 1 if na in alle else 0
        return next((pk for pk in [*alle[begin:], *alle[:begin]] if pk in doen), None)
