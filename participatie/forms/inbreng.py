"""The form with which people and organisations give input."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms

from participatie.models import Inbreng
from participatie.models.inbreng import MAX_TEKENS
from participatie.rondetekst import lees_zegel
from plan.models import Onderdeel
from sociaalhuis import persoonsgegevens
from sociaalhuis.inzending import Formulierslot
from sociaalhuis.tekst import zonder_onzichtbare

SLOT = (Field("bewijs"), Div("webadres", css_class="visually-hidden", aria_hidden="true"))


def onderdelen_van(plan):
    """Guarantees and actions of a plan by code, in the order of the booklet; one query."""
    return {
        deel.code: deel
        for deel in Onderdeel.objects.filter(plan=plan, soort__in=["garantie", "actie"])
        .select_related("garantie")
        .in_volgorde()
    }


def keuzes(onderdelen):
    """The choices of the select: the whole plan, then per guarantee itself and its actions."""
    groepen = {
        code: (str(deel), [(code, f"{code} Heel deze garantie")])
        for code, deel in onderdelen.items()
        if deel.soort == Onderdeel.Soort.GARANTIE
    }
    for code, deel in onderdelen.items():
        if deel.soort == Onderdeel.Soort.ACTIE:
            groepen[deel.garantie.code][1].append((code, str(deel)))
    return [("", "Het hele plan"), *groepen.values()]


TE_LANG = "Je tekst is te lang: %(show_value)s tekens. Maak er hoogstens %(limit_value)s tekens van."


class MagOnline(forms.Form):
    """Mixin: a text for everyone with an address or a number in it is sent once more, on purpose.

    A subclass names in `VOOR_IEDEREEN` the fields that everyone will read.
    """

    VOOR_IEDEREEN = ()
    NAMEN_OOK = False

    toch = forms.BooleanField(label="Ja, dit mag iedereen lezen", required=False, widget=forms.HiddenInput)

    def clean(self):
        gegevens = super().clean()
        tekst = "\n".join(gegevens.get(naam) or "" for naam in self.VOOR_IEDEREEN)
        gevonden = persoonsgegevens.in_tekst(tekst, namen=self.NAMEN_OOK)
        if gevonden:
            self.fields["toch"].widget = forms.CheckboxInput()
            if not gegevens.get("toch"):
                self.add_error(
                    "toch",
                    f"In je tekst staat {' en '.join(gevonden)}. Iedereen kan dat lezen. Haal het weg, of duid aan dat het mag.",
                )
        return gegevens


class InbrengFormulier(MagOnline, Formulierslot):
    """Input of a citizen. `ronde` gives the parts to choose from, `onderdeel` the code that is chosen already.

    With `gekozen` (a `participatie.rondetekst.Gekozen`) it is about that paragraph, and a new wording may be proposed.
    """

    VRIJE_TEKST = ("tekst", "naam_publiek")
    VOOR_IEDEREEN = ("tekst", "voorstel", "naam_publiek")
    LEEG = "Schrijf hier wat je wil zeggen. Eén zin is genoeg."
    LEEG_BIJ_ALINEA = "Zeg wat je van deze alinea vindt, of pas hieronder de tekst aan."

    onderdeel = forms.ChoiceField(
        label="Waarover gaat het?",
        required=False,
        help_text="Kies één actie of één garantie. Weet je het niet? Laat dan staan.",
    )
    tekst = forms.CharField(
        label="Wat wil je zeggen?",
        required=False,
        max_length=MAX_TEKENS,
        help_text="Eén zin is genoeg. Schrijf geen namen of adressen van andere mensen: wat je schrijft, komt op de website.",
        widget=forms.Textarea(attrs={"rows": 8, "data-tekenteller": ""}),
        error_messages={"max_length": TE_LANG},
    )
    alinea = forms.CharField(required=False, max_length=9000, widget=forms.HiddenInput)
    voorstel = forms.CharField(
        label="Hoe zou jij het schrijven?",
        required=False,
        max_length=MAX_TEKENS,
        help_text="Dit staat er nu. Pas aan wat jij anders wil. Laat je het staan, dan stel je geen nieuwe tekst voor.",
        widget=forms.Textarea(attrs={"rows": 6, "data-tekenteller": ""}),
        error_messages={"max_length": TE_LANG},
    )
    naam_publiek = forms.CharField(
        label="Welke naam mag erbij staan?",
        required=False,
        max_length=60,
        help_text="Iedereen kan dit lezen. Bijvoorbeeld: Bewoner van de Stationswijk. Vul je niets in, dan staat er: Een inwoner.",
        error_messages={"max_length": "Kies een kortere naam, hoogstens %(limit_value)s tekens."},
    )
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="We sturen je een bewijs, en een bericht als er een antwoord is. Je adres komt nooit op de website.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.be."},
    )

    def __init__(self, *args, ronde, onderdeel="", gekozen=None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            gekozen = lees_zegel(ronde, self.data.get("alinea", ""))
        self.gekozen = gekozen
        self.onderdelen = onderdelen_van(ronde.plan_id)
        if gekozen:
            del self.fields["onderdeel"]
            self.fields["alinea"].initial, self.fields["voorstel"].initial = gekozen.zegel, gekozen.woorden
            self.fields["tekst"].label = "Wat vind je hiervan?"
        else:
            del self.fields["voorstel"]
            self.fields["onderdeel"].choices = keuzes(self.onderdelen)
            if onderdeel in self.onderdelen:
                self.fields["onderdeel"].initial = onderdeel
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(
            *SLOT, "alinea", *self.velden(), "toch", Submit("verstuur", "Verstuur mijn inbreng")
        )

    def waarover(self):
        """The fields that tell what it is about and what is said."""
        return ("tekst", "voorstel") if self.gekozen else ("onderdeel", "tekst")

    def velden(self):
        return (*self.waarover(), "naam_publiek", "email")

    def clean_onderdeel(self):
        """The part itself, or None for the whole plan."""
        return self.onderdelen.get(self.cleaned_data["onderdeel"])

    def clean_tekst(self):
        return zonder_onzichtbare(self.cleaned_data["tekst"]).strip()

    def clean_voorstel(self):
        """The proposed wording on its own lines; '' when nothing was changed."""
        voorstel = zonder_onzichtbare(self.cleaned_data["voorstel"]).strip()
        return "" if voorstel.split() == self.gekozen.woorden.split() else voorstel

    def mag_leeg(self, gegevens):
        """Whether there is something else than words."""
        return bool(gegevens.get("voorstel"))

    def clean(self):
        gegevens = super().clean()
        if not {"tekst", "voorstel"} & set(self.errors) and not gegevens.get("tekst") and not self.mag_leeg(gegevens):
            self.add_error("tekst", self.wat_ontbreekt(gegevens))
        return gegevens

    def wat_ontbreekt(self, gegevens):
        return self.LEEG_BIJ_ALINEA if self.gekozen else self.LEEG

    @property
    def inhoud(self):
        """What `geef_inbreng` asks of the form."""
        namen = [naam for naam in self.fields if naam not in ("bewijs", "webadres", "alinea", "toch")]
        return {"gekozen": self.gekozen, **{naam: self.cleaned_data[naam] for naam in namen}}

    def clean_naam_publiek(self):
        naam = zonder_onzichtbare(self.cleaned_data["naam_publiek"]).strip()
        if "@" in naam:
            raise forms.ValidationError("Zet hier geen e-mailadres: iedereen kan dit lezen.")
        return naam


class OrganisatieInbrengFormulier(InbrengFormulier):
    """Input in the name of an organisation; `mandaten` are those the user has now."""

    organisatie = forms.ChoiceField(label="Namens welke organisatie spreek je?")
    naam_publiek = None
    email = None

    standpunt = forms.ChoiceField(
        label="Wat is jullie standpunt?",
        required=False,
        choices=[("", "Geen standpunt, alleen een opmerking"), *Inbreng.Standpunt.choices],
        widget=forms.RadioSelect,
        help_text="Over een deel heb je één standpunt. Geef je later een ander, dan komt het in de plaats.",
        error_messages={"invalid_choice": "Kies een standpunt uit de lijst."},
    )

    VRIJE_TEKST = ("tekst",)
    NAMEN_OOK = True
    MET_REDEN = {
        Inbreng.Standpunt.AKKOORD_MITS: "Schrijf onder welke voorwaarde jullie akkoord gaan.",
        Inbreng.Standpunt.BEZWAAR: "Schrijf waarom jullie bezwaar hebben.",
        Inbreng.Standpunt.ONTHOUDING: "Schrijf waarom jullie je onthouden.",
    }

    def __init__(self, *args, mandaten, **kwargs):
        self.mandaten = {str(mandaat.organisatie_id): mandaat.organisatie for mandaat in mandaten}
        super().__init__(*args, **kwargs)
        if self.gekozen:
            del self.fields["standpunt"]
        self.fields["organisatie"].choices = [(pk, organisatie.naam) for pk, organisatie in self.mandaten.items()]
        if len(self.mandaten) == 1:
            self.fields["organisatie"].widget = forms.HiddenInput()
            self.fields["organisatie"].initial = next(iter(self.mandaten))

    @property
    def namens(self):
        """The name of the one organisation this user speaks for, or '' when there is a choice."""
        return next(iter(self.mandaten.values())).naam if len(self.mandaten) == 1 else ""

    def velden(self):
        if self.gekozen:
            return ("organisatie", *self.waarover())
        return ("organisatie", "onderdeel", "standpunt", "tekst")

    def mag_leeg(self, gegevens):
        return gegevens.get("standpunt") == Inbreng.Standpunt.AKKOORD or super().mag_leeg(gegevens)

    def wat_ontbreekt(self, gegevens):
        return self.MET_REDEN.get(gegevens.get("standpunt")) or super().wat_ontbreekt(gegevens)

    def clean_organisatie(self):
        return self.mandaten[self.cleaned_data["organisatie"]]
