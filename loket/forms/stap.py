"""What the form of every step on a case has, and what the forms of one page choose from."""

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from loket.acties.slot import Ondertussen
from loket.catalogus.keuzelijsten import indeling
from loket.models import Deling, MagNiet, Vraag
from loket.zaak.koppelingen import gekoppeld_met
from sociaalhuis.models import Gebruiker, Team
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE

AAN_DE_BALIE = (LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE)


class StapForm(forms.Form):
    """A step without anything to type. `versie` is what the page showed.

    `titel` and `knop` are the words for it on the page of a case, where a step with fields is folded.
    """

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    verb = None
    gelukt = titel = knop = ""

    def __init__(self, *args, vraag, door, keuzes=None, in_beeld=False, **kwargs):
        """`in_beeld`: the page was opened for this form, so one may type at once."""
        self.vraag, self.door, self.keuzes = vraag, door, keuzes or Keuzes(vraag, door=door)
        super().__init__(*args, auto_id=f"{self.stap}_%s", **kwargs)
        self.fields["versie"].initial = vraag.versie
        if in_beeld:
            eerste = next(veld for naam, veld in self.fields.items() if naam != "versie")
            eerste.widget.attrs["autofocus"] = True

    def met(self):
        """What the verb takes on top of the question, the person and the version."""
        return {naam: self.cleaned_data[naam] for naam in self.fields if naam != "versie"}

    def voer_uit(self):
        """Does the step. False with an error on the form when it could not be done: nothing was written then."""
        try:
            self.doe(**self.met())
        except (MagNiet, Ondertussen) as fout:
            self.data = self.data.copy()
            self.data["versie"] = Vraag.objects.values_list("versie", flat=True).get(pk=self.vraag.pk)
            self.add_error(None, str(fout))
            return False
        return True

    def doe(self, **velden):
        type(self).verb(vraag=self.vraag, door=self.door, versie=self.cleaned_data["versie"], **velden)

    def kies_uit(self, veld, rijen, behalve=None):
        """Lets a ModelChoiceField choose from rows that were read once for all forms of the page."""
        veld = self.fields[veld]
        veld.queryset = rijen.queryset
        leeg = [("", veld.empty_label)] if veld.empty_label is not None else []
        veld.choices = [*leeg, *((rij.pk, str(rij)) for rij in rijen if rij != behalve)]


class Rijen(list):
    """Rows that were read, and the question that gave them."""

    def __init__(self, queryset):
        self.queryset = queryset
        super().__init__(queryset)

    def alleen(self, keuze):
        """Only the rows for which `keuze` is true, without asking again."""
        gekozen = Rijen(self.queryset.none())
        gekozen[:] = [rij for rij in self if keuze(rij)]
        gekozen.queryset = self.queryset.filter(pk__in=[rij.pk for rij in gekozen])
        return gekozen


class Keuzes:
    """What the forms of one case choose from, read at most once."""

    def __init__(self, vraag, nummer=0, door=None):
        self.vraag, self.nummer, self.door = vraag, nummer, door

    @cached_property
    def indeling(self):
        """Themes, groups and areas, see `loket.catalogus.keuzelijsten`."""
        return indeling(self.nummer)

    @cached_property
    def gekoppeld(self):
        """The same question of other persons, as far as `door` sees them."""
        return gekoppeld_met(self.vraag, self.door) if self.door else []

    @cached_property
    def collegas(self):
        """Who may be given the question: the desk of its own team."""
        return self.lezers.alleen(lambda mens: mens.eigen_team)

    @cached_property
    def lezers(self):
        """Who may be named in a note: the own team, and the teams that the question is shared with now."""
        gedeeld = Deling.objects.lopend().filter(vraag=self.vraag.pk, met_team=OuterRef("team"))
        lid = Gebruiker.teams.through.objects.filter(gebruiker=OuterRef("pk"), team__bestuur=OuterRef("bestuur"))
        rol = Gebruiker.groups.through.objects.filter(gebruiker=OuterRef("pk"), group__name__in=AAN_DE_BALIE)
        mensen = Gebruiker.objects.filter(Exists(rol), is_active=True).annotate(
            eigen_team=Exists(lid.filter(team=self.vraag.team_id))
        )
        return Rijen(mensen.filter(Q(eigen_team=True) | Exists(lid.filter(Exists(gedeeld)))))

    @cached_property
    def andere_teams(self):
        return Rijen(Team.objects.exclude(pk=self.vraag.team_id).select_related("bestuur"))
