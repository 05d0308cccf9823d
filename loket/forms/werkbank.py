"""What one chooses and does above a list of the desk: filter it, keep that choice, act on several questions at once."""

from urllib.parse import urlencode

from django import forms
from django.db import transaction

from loket.catalogus.keuzelijsten import IndelingVeld, LichteKeuze, indeling
from loket.models import OpgeslagenFilter, Vraag
from loket.werkbank.werklijst import LIJSTEN, ORDES, STANDAARD
from sociaalhuis.models import Gebruiker

NIEMAND = "niemand"


class LijstForm(forms.Form):
    """The choices above a list. A choice that does not exist is no choice."""

    lijst = forms.ChoiceField(choices=[(code, rij.naam) for code, rij in LIJSTEN.items()], required=False)
    thema = IndelingVeld(label="Thema", leeg="Alle thema's")
    doelgroep = IndelingVeld(label="Voor wie", leeg="Iedereen")
    gebied = IndelingVeld(label="Gebied", leeg="Alle gebieden")
    kanaal = forms.ChoiceField(
        choices=[("", "Alle kanalen"), *Vraag.Kanaal.choices], required=False, label="Kanaal", widget=LichteKeuze
    )
    prioriteit = forms.ChoiceField(
        choices=[("", "Alle"), *Vraag.Prioriteit.choices], required=False, label="Prioriteit", widget=LichteKeuze
    )
    team = forms.ChoiceField(required=False, label="Team", widget=LichteKeuze)
    behandelaar = forms.ChoiceField(required=False, label="Behandelaar", widget=LichteKeuze)
    orde = forms.ChoiceField(
        choices=[("", "Zoals ze dringen"), *((code, naam) for code, (naam, _) in ORDES.items())],
        required=False,
        label="Volgorde",
        widget=LichteKeuze,
    )

    def __init__(self, data, *, gebruiker, nummer=0, kiezen=True):
        """`kiezen`: it is shown to choose from; otherwise only what the choices in `data` need is read."""
        super().__init__(data, auto_id="filter_%s")
        self.indeling = indeling(nummer)
        for veld, rijen in self.indeling.items():
            self.fields[veld].zet(rijen)
        self.fields["team"].choices = [("", "Al mijn teams"), *((t.code, t.naam) for t in gebruiker.eigen_teams)]
        if len(gebruiker.eigen_teams) < 2:
            del self.fields["team"]
        self.collegas = collegas_van(gebruiker.eigen_teams) if kiezen or "behandelaar" in data else []
        self.fields["behandelaar"].choices = [
            ("", "Iedereen"), (NIEMAND, "Nog niemand"), *((str(c.pk), c.naam) for c in self.collegas),
        ]  # fmt: skip
        for veld in self.fields.values():
            veld.widget.attrs["class"] = "form-select"
        self.fields["lijst"].widget = forms.HiddenInput()
        self.team_pk = {team.code: team.pk for team in gebruiker.eigen_teams}
        self.is_valid()

    @property
    def naam(self):
        return self.cleaned_data.get("lijst") or STANDAARD

    @property
    def gekozen(self):
        """{field: choice} of what was chosen besides the list."""
        return {veld: keuze for veld, keuze in self.cleaned_data.items() if keuze and veld != "lijst"}

    @property
    def keuzes(self):
        """The choices as they stand in an address, and nothing else that may stand there."""
        return urlencode([("lijst", self.naam), *((veld, self.data[veld]) for veld in self.gekozen)])

    def toegepast(self, vragen):
        velden = {veld: keuze for veld, keuze in self.gekozen.items() if veld not in ("behandelaar", "orde", "team")}
        if wie := self.gekozen.get("behandelaar"):
            velden["behandelaar"] = None if wie == NIEMAND else wie
        if team := self.gekozen.get("team"):
            velden["team"] = self.team_pk[team]
        return vragen.filter(**velden)


def collegas_van(teams):
    """Who may work on questions of these teams, by name."""
    return list(
        Gebruiker.objects.filter(is_active=True, teams__in=teams, bestuur__in={team.bestuur_id for team in teams})
        .distinct()
        .order_by("naam")
    )


class FilterForm(forms.Form):
    """Keeps the choices of a list under a name. The same name again replaces what it was."""

    naam = forms.CharField(
        max_length=40,
        label="Naam",
        error_messages={"required": "Geef je filter een naam.", "max_length": "Kies een korte naam: hoogstens 40 tekens."},
    )  # fmt: skip
    deel_met = forms.ChoiceField(
        required=False, label="Deel met", error_messages={"invalid_choice": "Kies een van jouw teams."}
    )

    def __init__(self, *args, gebruiker, **kwargs):
        super().__init__(*args, auto_id="bewaar_%s", **kwargs)
        self.gebruiker = gebruiker
        self.fields["deel_met"].choices = [("", "Alleen voor mij"), *((t.code, t.naam) for t in gebruiker.eigen_teams)]

    @transaction.atomic
    def bewaar(self, keuzes):
        team = {team.code: team for team in self.gebruiker.eigen_teams}.get(self.cleaned_data["deel_met"])
        filter_, _ = OpgeslagenFilter.objects.update_or_create(
            eigenaar=self.gebruiker,
            naam=" ".join(self.cleaned_data["naam"].split()),
            defaults={"keuzes": keuzes[:300], "team": team},
        )
        return filter_
