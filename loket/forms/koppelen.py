"""Linking the same question of different persons, and writing to all of them at once."""

from django import forms

from loket.acties import koppelen
from loket.forms.noodtoegang import ReferentieVeld
from loket.forms.stap import StapForm
from loket.models import Vraag
from loket.models.staat import Stap
from loket.models.vraagset import INHOUD
from loket.werkbank import invulvelden


class KoppelForm(StapForm):
    titel, knop = "Koppel aan dezelfde vraag", "Koppel"
    stap, verb = Stap.KOPPEL, staticmethod(koppelen.koppel)
    gelukt = "De vragen zijn gekoppeld. Als je antwoordt, kan je kiezen wie hetzelfde antwoord krijgt."
    andere = ReferentieVeld(
        r"^\d{4}-[0-9A-HJKMNP-TV-Z]{6}$",
        label="Welke vraag is dezelfde?",
        max_length=40,
        help_text="De referentie van een vraag van iemand anders. Elk houdt een eigen dossier.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Typ de referentie van de andere vraag.",
            "invalid": "Dit is geen volledige referentie. Ze ziet eruit als 2027-7K3F9Q.",
        },
    )

    def clean_andere(self):
        """Of teams that this person is not in nothing is told: not whether the reference exists either."""
        vragen = Vraag.objects.zichtbaar_voor(self.door).defer(*INHOUD)
        self.gevonden = vragen.filter(referentie=self.cleaned_data["andere"]).first()
        if self.gevonden is None:
            raise forms.ValidationError("Jouw teams hebben geen vraag met deze referentie.")
        return self.cleaned_data["andere"]

    def met(self):
        return {"met": self.gevonden}


class OntkoppelForm(StapForm):
    stap, verb = Stap.ONTKOPPEL, staticmethod(koppelen.ontkoppel)
    gelukt = "Deze vraag is niet meer gekoppeld."


class AanAllen(forms.Form):
    """What a message gets when its question is linked: the others to write to, and fields filled in for each of them.

    A choice is 'primary key:versie', so that somebody who changed one of them meanwhile is noticed.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gekoppeld = [vraag for vraag in self.keuzes.gekoppeld if vraag.kan(self.stap)]
        if self.gekoppeld:
            self.fields["ook"] = forms.MultipleChoiceField(
                label="Stuur dit ook naar",
                required=False,
                choices=[(f"{vraag.pk}:{vraag.versie}", keuze_in_woorden(vraag)) for vraag in self.gekoppeld],
                widget=forms.CheckboxSelectMultiple,
                help_text="Elk krijgt het in het eigen dossier. {naam} wordt de naam van elk. Niemand ziet de anderen.",
                error_messages={
                    "invalid_choice": "Een gekoppelde vraag veranderde ondertussen. Kijk na wie je bericht krijgt."
                },
            )

    def clean(self):
        """A message with a field that nobody filled in does not leave the house; nor does one name to somebody else."""
        schoon = super().clean()
        tekst = schoon.get("tekst", "")
        open_ = invulvelden.merken(tekst) if self.gekoppeld else invulvelden.nog_open(tekst)
        if open_:
            self.add_error("tekst", f"Vul nog in: {', '.join(open_)}.")
        elif schoon.get("ook") and (eigen := invulvelden.van_deze_vrager(tekst, self.vraag)):
            self.add_error(
                "tekst", f"Dit hoort bij één vrager: {', '.join(eigen)}. Schrijf {{naam}} voor de naam van elk."
            )
        return schoon

    def doe(self, *, tekst, bijlagen):
        verb, wat = type(self).verb, {"tekst": tekst, "bijlagen": bijlagen}
        if not self.gekoppeld:
            return super().doe(**wat)
        ook = dict(map(int, keuze.split(":")) for keuze in self.cleaned_data["ook"])
        return koppelen.schrijf_aan_allen(
            verb=verb, vraag=self.vraag, ook=ook, door=self.door, versie=self.cleaned_data["versie"], **wat
        )

    @property
    def gelukt_samen(self):
        """How many others got it too, in words; '' when nobody."""
        aantal = len(self.cleaned_data.get("ook", []))
        return (
            f" Ook {'1 andere vrager kreeg' if aantal == 1 else f'{aantal} andere vragers kregen'} het."
            if aantal
            else ""
        )


def keuze_in_woorden(vraag):
    wie = f", {vraag.behandelaar.naam}" if vraag.behandelaar else ""
    return f"{vraag.referentie} ({vraag.get_staat_display().lower()}{wie})"
