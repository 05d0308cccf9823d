"""Looking through the inputs of a round."""

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property

from participatie.forms.inbreng import keuzes, onderdelen_van
from participatie.models import Inbreng
from sociaalhuis.versie import bij_versie

WIE = {
    "organisaties": Q(organisatie__isnull=False),
    "inwoners": Q(organisatie=None) & ~Q(kanaal=Inbreng.Kanaal.GROEP),
    "groepen": Q(kanaal=Inbreng.Kanaal.GROEP),
    "namens": Q(ingevoerd_door__isnull=False),
}


@bij_versie
def delen(nummer, plan):
    """The choices of the parts of a plan."""
    return [("", "Alles"), *keuzes(onderdelen_van(plan))[1:]]


class InbrengFilter(forms.Form):
    """What to show of the inputs of a round. Whatever is not in the lists counts as not chosen."""

    q = forms.CharField(label="Zoek in de woorden", required=False, max_length=100)
    onderdeel = forms.ChoiceField(label="Waarover", required=False)
    wie = forms.ChoiceField(
        label="Van wie",
        required=False,
        choices=[
            ("", "Iedereen"),
            ("organisaties", "Organisaties"),
            ("inwoners", "Inwoners"),
            ("groepen", "Groepsgesprekken"),
            ("namens", "Door ons ingevoerd"),
        ],
    )
    standpunt = forms.ChoiceField(
        label="Standpunt", required=False, choices=[("", "Alles"), *Inbreng.Standpunt.choices]
    )
    alinea = forms.SlugField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args, ronde, nummer, **kwargs):
        """`nummer` is the number of the public version (`versie.van(request)`): under it the parts of the plan are kept.
        They are only read when somebody chose one, or when the form is shown."""
        super().__init__(*args, **kwargs)
        self.fields["onderdeel"].choices = lambda: delen(nummer, ronde.plan_id)

    @cached_property
    def gekozen(self):
        """{field: value} of what was chosen and exists."""
        self.is_valid()
        return {naam: waarde for naam, waarde in getattr(self, "cleaned_data", {}).items() if waarde}

    def pas_toe(self, inbrengen):
        """The inputs that were asked for. With words or a standpoint, hidden ones do not come: those are not told."""
        gekozen = self.gekozen
        if q := gekozen.get("q"):
            zoek = Q(tekst__icontains=q) | Q(voorstel__icontains=q) | Q(naam_publiek__icontains=q)
            inbrengen = inbrengen.openbaar().filter(zoek | Q(organisatie__naam__icontains=q))
        if code := gekozen.get("onderdeel"):
            inbrengen = inbrengen.filter(Q(onderdeel__code=code) | Q(onderdeel__garantie__code=code))
        if sleutel := gekozen.get("alinea"):
            inbrengen = inbrengen.filter(alinea__sleutel=sleutel)
        if wie := gekozen.get("wie"):
            inbrengen = inbrengen.filter(WIE[wie])
        if standpunt := gekozen.get("standpunt"):
            inbrengen = inbrengen.openbaar().filter(standpunt=standpunt)
        return inbrengen
