"""What the form of every step on a case has, and what the forms of one page choose from."""

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from loket.acties.slot import Ondertussen
from loket.keuzelijsten import indeling
from loket.models import MagNiet, Vraag
from sociaalhuis.models import Gebruiker, Team
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE

AAN_DE_BALIE = (LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE)


class StapForm(forms.Form):
    """A step without anything to type. `versie` is what the page showed."""

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    verb = None
    gelukt = ""

    def __init__(self, *args, vraag, door, keuzes=None, **kwargs):
        self.vraag, self.door, self.keuzes = vraag, door, keuzes or Keuzes(vraag)
        super().__init__(*args, auto_id=f"{self.stap}_%s", **kwargs)
        self.fields["versie"].initial = vraag.versie

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

    def kies_uit(self, veld, rijen):
        """Lets a ModelChoiceField choose from rows that were read once for all forms of the page."""
        veld = self.fields[veld]
        veld.queryset = rijen.queryset
        leeg = [("", veld.empty_label)] if veld.empty_label is not None else []
        veld.choices = [*leeg, *((rij.pk, str(rij)) for rij in rijen)]


class Rijen(list):
    """Rows that were read, and the question that gave them."""

    def __init__(self, queryset):
        self.queryset = queryset
        super().__init__(queryset)


class Keuzes:
    """What the forms of one case choose from, read at most once."""

    def __init__(self, vraag, nummer=0):
        self.vraag, self.nummer = vraag, nummer

    @cached_property
    def indeling(self):
        """Themes, groups and areas, see `loket.keuzelijsten`."""
        return indeling(self.nummer)

    @cached_property
    def collegas(self):
        """Who may be given the question, or mentioned in a note on it."""
        return Rijen(
            Gebruiker.objects.filter(is_active=True, teams=self.vraag.team_id, bestuur=self.vraag.bestuur_id).filter(
                Exists(Gebruiker.groups.through.objects.filter(gebruiker=OuterRef("pk"), group__name__in=AAN_DE_BALIE))
            )
        )

    @cached_property
    def andere_teams(self):
        return Rijen(Team.objects.exclude(pk=self.vraag.team_id).select_related("bestuur"))
