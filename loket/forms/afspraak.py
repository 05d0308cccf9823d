"""The forms around an appointment, for who comes and for staff."""

from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django import forms
from django.utils import timezone

from loket.forms.vraag import VALSTRIK, MeegebrachteDienst
from loket.models import Afspraak, Dienst
from loket.models.rooster import Wijze
from loket.rooster import agenda
from sociaalhuis.beheer.widgets import Datum
from sociaalhuis.inzending import Bewijs
from sociaalhuis.models import Gebruiker, Locatie
from sociaalhuis.tekst import zonder_onzichtbare

Contact, Nodig = Afspraak.Contactwijze, Afspraak.Nodig
GEEN_MOMENT = "Kies een dag en een uur."
NUL = "Hier staat een teken dat we niet kunnen bewaren. Typ het opnieuw."


class Regel(forms.CharField):
    """One line of text; what cannot be seen counts as nothing."""

    def __init__(self, **opties):
        opties.setdefault("error_messages", {})
        opties["error_messages"]["null_characters_not_allowed"] = NUL
        opties["error_messages"].setdefault("max_length", "Dit is te lang: hoogstens %(limit_value)d tekens.")
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), **opties)

    def to_python(self, waarde):
        tekst = super().to_python(waarde)
        if "\x00" not in tekst and not zonder_onzichtbare(tekst).strip():
            return ""
        return tekst.encode("utf-8", "replace").decode()


def in_woorden(moment):
    lokaal = timezone.localtime(moment.begin)
    return f"{agenda.uren.DAGNAMEN[lokaal.weekday()]} {lokaal.day} {agenda.uren.MAANDEN[lokaal.month - 1]} om {agenda.uren.uur(lokaal)}"


class NodigVeld(forms.MultipleChoiceField):
    def __init__(self):
        super().__init__(
            choices=Nodig.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label="Wat helpt je om te komen?",
            help_text="Alleen wie je ontvangt, ziet dit.",
            error_messages={"invalid_choice": "Kies uit de lijst.", "invalid_list": "Kies uit de lijst."},
        )


class TaalVeld(Regel):
    def __init__(self):
        super().__init__(
            required=False, max_length=40, label="In welke taal praat je het liefst?", help_text="Leeg = Nederlands."
        )


class MomentForm(forms.Form):
    """A moment out of those that are offered; `momenten` gives the choices when there is something to choose."""

    moment = forms.CharField(max_length=20, widget=forms.HiddenInput, error_messages={"required": GEEN_MOMENT})

    def __init__(self, *args, momenten=None, **kwargs):
        super().__init__(*args, **kwargs)
        if momenten:
            self.fields["moment"].label = "Kies een ander moment"
            self.fields["moment"].widget = forms.RadioSelect(choices=[(m.code, in_woorden(m)) for m in momenten])

    def clean_moment(self):
        """The moment itself (aware)."""
        moment = agenda.lees_code(self.cleaned_data["moment"])
        if moment is None:
            raise forms.ValidationError(GEEN_MOMENT)
        return moment

    def meld_bezet(self, fout, andere):
        """The moment is gone: says so beside the other moments, and holds on to everything else that was typed."""
        self.full_clean()
        self.errors.pop("moment", None)
        self.add_error("moment" if andere else None, fout)


def naar_wijze(form, wijze):
    """On the phone only an interpreter can be asked for."""
    if wijze == Wijze.TELEFOON:
        form.fields["nodig"].choices = [(Nodig.TOLK.value, Nodig.TOLK.label)]


def eis_taal(form, schoon):
    """Who asks for an interpreter says for which language."""
    if Nodig.TOLK in schoon.get("nodig", []) and not schoon.get("taal") and "taal" not in form.errors:
        form.add_error("taal", "Typ voor welke taal we een tolk zoeken.")


def voor_de_balie(form):
    """The same two questions, about the one who stands at the counter."""
    form.fields["nodig"].label, form.fields["nodig"].help_text = "Wat is er nodig?", ""
    form.fields["taal"].label = "Welke taal praat de vrager het liefst?"


class PersoonForm(MomentForm):
    """A name and one way to reach someone; a phone number or an address only where the talk needs it."""

    bewijs = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    naam = Regel(
        label="Je naam",
        max_length=80,
        help_text="Een voornaam is genoeg. Zo weten we dat jij het bent.",
        error_messages={"required": "Typ een naam. Een voornaam of een schuilnaam is ook goed."},
    )
    contactwijze = forms.ChoiceField(
        choices=Contact.choices,
        widget=forms.RadioSelect,
        label="Hoe laten we iets weten als er iets verandert?",
        error_messages={"required": "Kies hoe we je iets laten weten.", "invalid_choice": "Kies één van de manieren."},
    )
    email = forms.EmailField(
        required=False,
        label="E-mailadres",
        max_length=254,
        help_text="Je krijgt de dag ervoor een herinnering. In de mail staat niet waarvoor je komt.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": "Dit e-mailadres klopt niet. Het ziet eruit als naam@voorbeeld.be.",
            "max_length": "Dit is te lang: hoogstens %(limit_value)d tekens.",
            "null_characters_not_allowed": NUL,
        },
    )
    telefoon = forms.RegexField(
        r"^(?=(?:\D*[0-9]){8})\+?[0-9\s./()-]{8,25}$",
        required=False,
        label="Telefoonnummer",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={
            "invalid": "Dit telefoonnummer klopt niet. Gebruik alleen cijfers, zoals 0470 12 34 56.",
            "null_characters_not_allowed": NUL,
        },
    )
    adres = Regel(required=False, label="Je adres", max_length=200)
    nodig = NodigVeld()
    taal = TaalVeld()

    def __init__(self, *args, wijze, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bewijs"].initial = Bewijs.nieuw
        self.wijze = wijze
        if wijze == Wijze.TELEFOON:
            del self.fields["contactwijze"], self.fields["email"]
            self.fields["telefoon"].help_text = "Op dit nummer bellen we je op dat moment."
        if wijze != Wijze.THUIS:
            del self.fields["adres"]
        naar_wijze(self, wijze)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        self.helper.layout = self.opmaak()

    def eerst(self):
        return [veld for veld in ("bewijs", "moment", "dienst", "naam", "adres") if veld in self.fields]

    def bereik(self):
        return [veld for veld in ("contactwijze", "email", "telefoon") if veld in self.fields]

    def noden(self):
        return Fieldset("Heb je iets nodig?", "nodig", "taal")

    def clean(self):
        schoon = super().clean()
        eis_taal(self, schoon)
        nodig = {
            "email": (schoon.get("contactwijze") == Contact.MAIL, "Vul je e-mailadres in, of kies een andere manier."),
            "telefoon": (
                self.wijze == Wijze.TELEFOON or schoon.get("contactwijze") == Contact.TELEFOON,
                "Vul je telefoonnummer in, zodat we je kunnen bellen.",
            ),
            "adres": (self.wijze == Wijze.THUIS, "Vul je adres in, zodat we weten waar we moeten zijn."),
        }
        for veld, (verplicht, fout) in nodig.items():
            if verplicht and veld not in self.errors and not schoon.get(veld):
                self.add_error(veld, fout)
        return schoon

    def inhoud(self):
        """What `boek` takes, from a valid form. What was typed for a way that was not chosen is left behind."""
        schoon = self.cleaned_data
        wijze = schoon.get("contactwijze", Contact.TELEFOON)
        return {
            "bewijs": Bewijs.lees(schoon["bewijs"]),
            "begin": schoon["moment"],
            "naam": schoon["naam"],
            "contactwijze": wijze,
            "email": schoon["email"] if wijze == Contact.MAIL else "",
            "telefoon": schoon["telefoon"] if wijze == Contact.TELEFOON else "",
            "adres": schoon.get("adres", ""),
            "nodig": schoon["nodig"],
            "taal": schoon["taal"],
        }


class BoekForm(PersoonForm):
    """For who comes."""

    dienst = MeegebrachteDienst(
        Dienst.objects.gepubliceerd(), to_field_name="slug", required=False, widget=forms.HiddenInput
    )
    akkoord = forms.BooleanField(
        label="Het Sociaal Huis mag wat ik invulde gebruiken voor deze afspraak.",
        error_messages={"required": "Duid dit aan. Zonder je akkoord mogen we dit niet bewaren."},
    )
    homepage = forms.CharField(required=False)

    def opmaak(self):
        return Layout(
            *self.eerst(),
            Fieldset("Waar bereiken we je?", *self.bereik()),
            self.noden(),
            HTML(VALSTRIK),
            "akkoord",
            Submit("boek", "Maak de afspraak", css_class="knop-groot knop-vol-smal"),
        )

    def inhoud(self):
        schoon = self.cleaned_data
        return {**super().inhoud(), "dienst": schoon["dienst"], "valstrik": schoon["homepage"]}


class BalieBoekForm(PersoonForm):
    """For staff, with someone at the counter or on the phone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        voor_de_balie(self)
        self.fields["naam"].label = "Naam"
        self.fields["naam"].help_text = "Een voornaam is genoeg."
        if "contactwijze" in self.fields:
            self.fields["contactwijze"].initial = Contact.GEEN
            self.fields["contactwijze"].label = "Hoe laten we iets weten?"
            self.fields["contactwijze"].choices = [
                (Contact.MAIL, "Met een e-mail"), (Contact.TELEFOON, "Telefoon"), (Contact.GEEN, "Niet nodig"),
            ]  # fmt: skip

    @staticmethod
    def begin_bij(vraag):
        """What to start with for who asked this question."""
        wijze = {"mail": Contact.MAIL, "telefoon": Contact.TELEFOON}.get(vraag.antwoordwijze, Contact.GEEN)
        bereik = {veld: getattr(vraag, veld) for veld in ("naam", "email", "telefoon", "adres")}
        return {**bereik, "contactwijze": wijze}

    def opmaak(self):
        return Layout(*self.eerst(), *self.bereik(), self.noden(), Submit("boek", "Maak de afspraak"))

    def noden(self):
        return Div("nodig", "taal")


class AgendaFilter(forms.Form):
    """Which day or week, where and whose. What is not understood counts as not asked."""

    DAG, WEEK = "dag", "week"
    dag = forms.DateField(required=False, label="Dag", widget=Datum)
    weergave = forms.ChoiceField(choices=[(DAG, "Per dag"), (WEEK, "Per week")], required=False, label="Toon")
    locatie = forms.ModelChoiceField(
        Locatie.objects.all(), to_field_name="slug", required=False, label="Waar", empty_label="Overal"
    )
    medewerker = forms.ModelChoiceField(
        Gebruiker.objects.none(), required=False, label="Wie", empty_label="Het hele team"
    )

    def __init__(self, gekozen, *, door):
        super().__init__(gekozen.copy())
        collegas = Gebruiker.objects.filter(is_active=True, bestuur=door.bestuur_id, teams__in=door.teams.all())
        self.fields["medewerker"].queryset = collegas.distinct()
        self.data["dag"] = self.keuze()["dag"].isoformat()  # the field shows the day that the page shows

    def keuze(self):
        """Dict of the choices; today, one day, everywhere and everyone where nothing (good) was chosen."""
        self.is_valid()
        vandaag = timezone.localdate()
        dag = self.cleaned_data.get("dag") or vandaag
        return {
            "dag": dag if abs((dag - vandaag).days) < 3000 else vandaag,
            "weergave": self.cleaned_data.get("weergave") or self.DAG,
            "locatie": self.cleaned_data.get("locatie"),
            "medewerker": self.cleaned_data.get("medewerker"),
        }

    def adres(self, dag):
        """The query of this page on another day."""
        keuze = self.keuze()
        delen = {
            "dag": dag.isoformat(),
            "weergave": keuze["weergave"],
            "locatie": keuze["locatie"] and keuze["locatie"].slug,
            "medewerker": keuze["medewerker"] and keuze["medewerker"].pk,
        }
        return "?" + urlencode({naam: waarde for naam, waarde in delen.items() if waarde})


class VerzetForm(MomentForm):
    versie = forms.IntegerField(widget=forms.HiddenInput, error_messages={"invalid": "Laad deze pagina opnieuw."})


class DaadForm(forms.Form):
    """One button of the desk or of the person: only which state of the appointment it was pressed on."""

    versie = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "Laad deze pagina opnieuw.", "invalid": "Laad deze pagina opnieuw."},
    )


class NodenForm(DaadForm):
    """What the person needs, changed later on the own page."""

    nodig = NodigVeld()
    taal = TaalVeld()

    def __init__(self, *args, afspraak, **kwargs):
        nu = {"versie": afspraak.versie, "nodig": (afspraak.nodig or "").split(), "taal": afspraak.taal or ""}
        super().__init__(*args, initial=nu, **kwargs)
        naar_wijze(self, afspraak.wijze)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True, "data-verzend-eens": ""}
        self.helper.layout = Layout("versie", "nodig", "taal", Submit("bewaar", "Bewaar", css_class="knop-vol-smal"))

    def clean(self):
        schoon = super().clean()
        eis_taal(self, schoon)
        return schoon


class ZegAfForm(DaadForm):
    reden = Regel(
        required=False, max_length=200, label="Waarom?", help_text="Alleen medewerkers lezen dit. Mag leeg blijven."
    )


class WijsAfspraakToeForm(DaadForm):
    naar = forms.ModelChoiceField(
        Gebruiker.objects.none(), label="Aan wie?", empty_label="Kies een collega",
        error_messages={"required": "Kies een collega.", "invalid_choice": "Kies een collega uit de lijst."},
    )  # fmt: skip

    def __init__(self, *args, afspraak, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["naar"].queryset = Gebruiker.objects.filter(
            is_active=True, teams=afspraak.team_id, bestuur=afspraak.bestuur_id
        )
