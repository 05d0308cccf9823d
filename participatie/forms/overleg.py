"""Forms with which staff makes a meeting: itself, its agenda, who is invited, its papers."""

from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from participatie.models import Inbreng, Overleg, Overlegdocument, Ronde
from plan.models import Onderdeel, Plan
from sociaalhuis.keuring import bijlagen
from sociaalhuis.models import Gebruiker, Locatie, Organisatie, Team
from sociaalhuis.velden import TekstVeld

LEEG, TE_LANG = "Vul dit in.", "Maak dit korter: hoogstens %(limit_value)s tekens."
MEEST_INBRENG = 300  # inputs to choose from for an agenda


def helper(*velden, knop, naam="bewaar"):
    """The layout of a form of this desk."""
    maker = FormHelper()
    maker.attrs = {"data-verzend-eens": "", "novalidate": True}
    maker.layout = Layout(*velden, Submit(naam, knop))
    return maker


def kort(label, lengte, **opties):
    """A text of one line."""
    fouten = {"required": LEEG, "max_length": TE_LANG}
    return forms.CharField(label=label, max_length=lengte, error_messages=fouten, **opties)


def uur(label):
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Vul een uur in.", "invalid": "Dit uur klopt niet. Schrijf het zoals 19:30."},
    )


class OverlegFormulier(forms.ModelForm):
    """A meeting; `overleg` is None for a new one. With the version the writer saw, and why its hour or place changes."""

    titel = kort("Titel", 120)
    inleiding = TekstVeld(
        label="Waarover gaat het?",
        required=False,
        max_length=3000,
        rijen=4,
        help_text="In gewone woorden. Wie uitgenodigd is, leest dit.",
    )
    dag = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies een dag.", "invalid": "Deze dag klopt niet. Schrijf hem zoals 2027-03-24."},
    )
    van, tot = uur("Van"), uur("Tot")
    adres = kort(
        "Of een andere plaats", 200, required=False, help_text="Straat, nummer en gemeente. Of de zaal van een school."
    )
    link = forms.URLField(
        label="Link om online mee te doen",
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="Enkel wie ingeschreven of uitgenodigd is, ziet deze link.",
        error_messages={"invalid": "Deze link klopt niet. Hij begint met https://."},
    )
    plaatsen = forms.IntegerField(
        label="Hoeveel plaatsen zijn er?",
        required=False,
        min_value=1,
        max_value=2000,
        help_text="Laat leeg als er altijd plaats is. Is het vol, dan komt er een wachtlijst.",
        error_messages={"min_value": "Vul minstens 1 in, of laat leeg.", "max_value": "Vul hoogstens 2000 in."},
    )
    reden = kort(
        "Waarom verandert het uur of de plaats?",
        300,
        required=False,
        help_text="Iedereen die komt of uitgenodigd is, krijgt een mail en leest dit.",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Overleg
        fields = ["soort", "titel", "inleiding", "locatie", "adres", "link", "plan", "ronde", "openbaar", "plaatsen"]
        labels = {"soort": "Wat voor overleg is het?", "locatie": "Waar?", "openbaar": "Iedereen mag komen"}
        help_texts = {
            "openbaar": "Dan staat het op de website en kan iedereen zich inschrijven. Anders zien enkel de genodigden het.",
            "plan": "Waarover gaat het? Dan kan je delen van dit plan op de agenda zetten.",
            "ronde": "Wat op het overleg gezegd wordt, kan inbreng worden in deze ronde.",
        }
        error_messages = {
            "soort": {"required": "Kies wat voor overleg het is.", "invalid_choice": "Kies wat voor overleg het is."}
        }

    def __init__(self, *args, overleg=None, **kwargs):
        begin = {}
        if overleg:
            van, tot = timezone.localtime(overleg.begin), timezone.localtime(overleg.einde)
            begin = {"dag": van.date(), "van": van.time(), "tot": tot.time(), "versie": overleg.versie}
        super().__init__(*args, instance=overleg, initial=begin, **kwargs)
        self.fields["soort"].choices = [("", "Kies"), *Overleg.Soort.choices]
        self.fields["locatie"].queryset, self.fields["locatie"].empty_label = Locatie.objects.all(), "Niet in de lijst"
        self.fields["plan"].queryset, self.fields["plan"].empty_label = Plan.objects.all(), "Niet over een plan"
        self.fields["ronde"].queryset, self.fields["ronde"].empty_label = Ronde.objects.all(), "Niet bij een ronde"
        bekend = overleg and overleg.staat == Overleg.Staat.AANGEKONDIGD
        if not bekend:
            del self.fields["reden"]
        self.helper = helper(
            "versie", "soort", "titel", "inleiding",
            Div(Div("dag", css_class="col-md-6"), Div("van", css_class="col-6 col-md-3"), Div("tot", css_class="col-6 col-md-3"), css_class="row gx-3"),
            "locatie", "adres", "link", *(["reden"] if bekend else []), "openbaar", "plaatsen", "plan", "ronde",
            knop="Bewaar het overleg",
        )  # fmt: skip

    def clean(self):
        gegevens = super().clean()
        dag, van, tot = (gegevens.get(naam) for naam in ("dag", "van", "tot"))
        if dag and van and tot:
            gegevens["begin"], gegevens["einde"] = (
                timezone.make_aware(datetime.combine(dag, moment)) for moment in (van, tot)
            )
            if tot <= van:
                self.add_error("tot", "Het overleg eindigt voor het begint. Kies een later uur.")
        if gegevens.get("locatie") and gegevens.get("adres"):
            self.add_error("adres", "Kies een plaats uit de lijst of schrijf een adres, niet allebei.")
        if not any(gegevens.get(naam) or naam in self.errors for naam in ("locatie", "adres", "link")):
            self.add_error("locatie", "Kies een plaats, schrijf een adres of geef een link om online mee te doen.")
        return gegevens

    def _post_clean(self):
        """The row itself is written by the verb, under lock: what was posted stays out of the instance."""

    @property
    def velden(self):
        """The fields of Overleg as the verb takes them."""
        return {naam: self.cleaned_data[naam] for naam in (*self.Meta.fields, "begin", "einde")}


class AgendapuntFormulier(forms.Form):
    """One point of the agenda: a part of the plan, an input, or something of its own."""

    onderwerp = forms.ChoiceField(
        label="Uit het plan of uit de inbreng",
        required=False,
        error_messages={"invalid_choice": "Dit onderwerp hoort niet bij het plan van dit overleg. Kies een ander."},
    )
    titel = kort("Of een eigen titel", 160, required=False)
    uitleg = TekstVeld(label="Uitleg", required=False, max_length=1000, rijen=3)
    minuten = forms.IntegerField(
        label="Hoeveel minuten?",
        required=False,
        min_value=1,
        max_value=480,
        error_messages={"min_value": "Vul minstens 1 minuut in.", "max_value": "Vul hoogstens 480 minuten in."},
    )
    wie = kort(
        "Wie brengt het aan?", 80, required=False, help_text="Een functie of een organisatie. Dit staat op de website."
    )

    def __init__(self, *args, overleg, punt=None, **kwargs):
        eigen = {}
        if punt:
            eigen = {naam: getattr(punt, naam) for naam in ("titel", "uitleg", "minuten", "wie")}
            eigen["onderwerp"] = (
                f"d{punt.onderdeel_id}" if punt.onderdeel_id else f"i{punt.inbreng_id}" if punt.inbreng_id else ""
            )
        super().__init__(*args, initial=eigen, **kwargs)
        self.onderwerpen, keuzes = onderwerpen(overleg)
        self.fields["onderwerp"].choices = keuzes
        if not overleg.plan_id:
            self.fields["onderwerp"].widget = forms.HiddenInput()
            self.fields["titel"].label = "Titel"
        self.helper = helper(
            "onderwerp", "titel", "minuten", "wie", "uitleg", knop="Bewaar" if punt else "Zet op de agenda"
        )

    def clean(self):
        gegevens = super().clean()
        if not gegevens.get("onderwerp") and not gegevens.get("titel") and not self.errors:
            self.add_error("titel", "Kies een onderwerp of schrijf een titel.")
        return gegevens

    @property
    def velden(self):
        """The fields of Agendapunt as the verb takes them."""
        gekozen = self.onderwerpen.get(self.cleaned_data["onderwerp"])
        eigen = {naam: self.cleaned_data[naam] for naam in ("titel", "uitleg", "minuten", "wie")}
        return {
            **eigen,
            "onderdeel": gekozen if isinstance(gekozen, Onderdeel) else None,
            "inbreng": gekozen if isinstance(gekozen, Inbreng) else None,
        }


def onderwerpen(overleg):
    """({value: part or input}, the choices of a select) of the plan of a meeting; two queries."""
    delen = Onderdeel.objects.filter(plan=overleg.plan_id, soort__in=["garantie", "actie"]).in_volgorde()
    inbreng = (
        Inbreng.objects.openbaar()
        .filter(ronde__plan=overleg.plan_id)
        .select_related("organisatie", "onderdeel")
        .defer("email")
        .order_by("-ingediend_op")[:MEEST_INBRENG]
    )
    alle = {f"d{deel.pk}": deel for deel in delen} | {f"i{rij.pk}": rij for rij in inbreng}
    groepen = [
        ("Uit het plan", [(sleutel, str(rij)) for sleutel, rij in alle.items() if sleutel[0] == "d"]),
        ("Inbreng", [(sleutel, f"{rij.van}: {rij.tekst[:70]}") for sleutel, rij in alle.items() if sleutel[0] == "i"]),
    ]
    return alle, [("", "Iets anders"), *((naam, rijen) for naam, rijen in groepen if rijen)]


class UitnodigFormulier(forms.Form):
    """Organisations, teams and staff that were not invited yet. With `keuze` (a `ZoekKeuze`) only those that fit it are
    offered, and at most `MEEST` of a kind; who is posted need not be among them."""

    MEEST = 40

    organisaties = forms.ModelMultipleChoiceField(
        None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Iedereen die nu voor de organisatie spreekt, krijgt een mail.",
    )
    teams = forms.ModelMultipleChoiceField(
        None, label="Diensten van gemeente en OCMW", required=False, widget=forms.CheckboxSelectMultiple
    )
    gebruikers = forms.ModelMultipleChoiceField(None, label="Medewerkers", required=False, widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(self, *args, overleg, keuze=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisaties"].queryset = Organisatie.objects.erkend().exclude(
            overleguitnodigingen__overleg=overleg
        )
        self.fields["teams"].queryset = Team.objects.select_related("bestuur").exclude(
            overleguitnodigingen__overleg=overleg
        )
        self.fields["gebruikers"].queryset = Gebruiker.objects.filter(is_active=True, is_staff=True).exclude(
            overleguitnodigingen__overleg=overleg
        )
        for naam in ("organisaties", "teams", "gebruikers"):
            self.fields[naam].error_messages["invalid_choice"] = "Deze keuze bestaat niet (meer). Kies opnieuw."
        self.passend = {naam: veld.queryset for naam, veld in self.fields.items()}
        if keuze:
            self.passend["organisaties"] = self.passend["organisaties"].filter(pk__in=keuze.organisaties().values("pk"))
            self.passend["teams"] = self.passend["teams"].filter(naam__icontains=keuze.stuk)
            self.passend["gebruikers"] = self.passend["gebruikers"].filter(naam__icontains=keuze.stuk)
        self.meer = {}
        for naam, rijen in self.passend.items():
            getoond = list(rijen[: self.MEEST + 1])
            if len(getoond) > self.MEEST:
                self.meer[self.fields[naam].label or "Organisaties"] = rijen.count()
            self.fields[naam].widget.choices = [(rij.pk, str(rij)) for rij in getoond[: self.MEEST]]
        self.helper = helper("organisaties", "teams", "gebruikers", knop="Nodig uit", naam="nodig")

    def clean(self):
        gegevens = super().clean()
        if not self.errors and not any(gegevens.values()):
            raise ValidationError("Kies wie je uitnodigt.")
        return gegevens


class PersoonFormulier(forms.Form):
    """One person, by mail."""

    naam = kort("Naam", 80)
    email = forms.EmailField(
        label="E-mailadres",
        max_length=254,
        error_messages={
            "required": LEEG,
            "invalid": "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("naam", "email", knop="Nodig deze persoon uit", naam="persoon")


class DocumentFormulier(forms.ModelForm):
    """One paper. What comes out of the gate is safe to keep."""

    titel = kort("Wat is het?", 120, help_text="Zoals: nota over de buurtwerking.")
    bestand = forms.FileField(
        help_text="Hoogstens 10 MB: een PDF, een Word-bestand (DOCX), een foto of gewone tekst.",
        widget=forms.ClearableFileInput(attrs={"accept": bijlagen.ACCEPT}),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg. Kies een ander."},
    )

    class Meta:
        model = Overlegdocument
        fields = ["titel"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("titel", "bestand", knop="Voeg toe")

    def clean_bestand(self):
        return bijlagen.keur(self.cleaned_data["bestand"])
