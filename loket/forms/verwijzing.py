"""The forms of a referral: proposing it, and one per step. Each step knows its verb and calls it with what was typed.

`VAN_LOKET`, `VAN_PARTNER` and `VAN_VRAGER` are the steps that each page offers: step -> form.
"""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from loket.acties import verwijzing as verbs
from loket.models import Dienst, Doorverwijzing, MagNiet
from loket.models.verwijzing import Reden, Veld, Verwijsstap
from sociaalhuis.models import Doelgroep, Gebied, Thema
from sociaalhuis.velden import TekstVeld

STANDAARD_DAGEN, MEESTE_DAGEN = 60, 365
WEIGERREDENEN = [Reden.VOL, Reden.WACHTTIJD, Reden.DOELGROEP, Reden.GEBIED, Reden.AANBOD, Reden.GEGEVENS, Reden.ANDERS]
MISLUKREDENEN = [Reden.NIET_BEREIKT, Reden.NIET_GEKOMEN, Reden.VOL, Reden.AANBOD, Reden.ANDERS]


def keuzelijst(redenen):
    return [("", "Kies een reden"), *((reden.value, reden.label) for reden in redenen)]


class Dag(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs):
        super().__init__(format="%Y-%m-%d", attrs=attrs)


def dagveld(**opties):
    fout = {"required": "Kies een datum.", "invalid": "Deze datum bestaat niet. Kies een datum."}
    return forms.DateField(widget=Dag(), error_messages=fout, **opties)


class KiesForm(forms.Form):
    """What the choice of a partner goes by; begins with what the case says."""

    thema = forms.ModelChoiceField(
        Thema.objects.all(), to_field_name="code", required=False, label="Thema", empty_label="Elk thema"
    )
    doelgroep = forms.ModelChoiceField(
        Doelgroep.objects.all(), to_field_name="code", required=False, label="Doelgroep", empty_label="Elke doelgroep"
    )
    gebied = forms.ModelChoiceField(
        Gebied.objects.all(), to_field_name="code", required=False, label="Gebied", empty_label="Elk gebied"
    )
    q = forms.CharField(
        required=False, max_length=80, label="Naam of woord", widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            veld.widget.attrs["class"] = "form-select" if isinstance(veld, forms.ModelChoiceField) else "form-control"

    def gekozen(self, naam):
        """The value when it is one of ours, else nothing."""
        self.is_valid()
        return self.cleaned_data.get(naam)


class VoorstelForm(forms.Form):
    """Which data, with which words of ours, until when. The client sees exactly this."""

    velden = forms.MultipleChoiceField(
        label="Wat wil je delen?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Niet meer dan de partner nodig heeft. De vrager zegt over elk gegeven ja of nee.",
    )
    toelichting = TekstVeld(
        label="Uitleg voor de partner",
        rijen=5,
        max_length=2000,
        required=False,
        help_text="De vrager leest dit ook. Schrijf wat nodig is om te helpen, en niets meer.",
    )
    geldig_tot = dagveld(label="Tot en met wanneer mag de partner het lezen?")
    dienst = forms.ModelChoiceField(
        Dienst.objects.none(),
        to_field_name="slug",
        required=False,
        label="Voor welke hulp?",
        empty_label="Niet bepaald",
    )
    doelgroep = forms.ModelChoiceField(
        Doelgroep.objects.all(), to_field_name="code", required=False, label="Doelgroep", empty_label="Niet bepaald",
        help_text="Alleen voor de cijfers. De partner krijgt dit niet.",
    )  # fmt: skip

    def __init__(self, *args, vraag, organisatie, wachttijd=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.vraag, self.organisatie, self.wachttijd = vraag, organisatie, wachttijd
        aanbod = verbs.te_delen(vraag)
        self.fields["velden"].choices = [
            (veld, f"{Veld(veld).label}: {_kort(tekst)}") for veld, tekst in aanbod.items()
        ]
        self.fields["velden"].initial = [veld for veld in (Veld.NAAM, Veld.TELEFOON) if veld in aanbod]
        vandaag = timezone.localdate()
        self.fields["geldig_tot"].initial = vandaag + timedelta(days=STANDAARD_DAGEN)
        self.fields["geldig_tot"].widget.attrs |= {
            "min": f"{vandaag + timedelta(days=1):%Y-%m-%d}",
            "max": f"{vandaag + timedelta(days=MEESTE_DAGEN):%Y-%m-%d}",
        }
        eigen = Dienst.objects.gepubliceerd().filter(aanbieder=organisatie)
        if eigen.exists():
            self.fields["dienst"].queryset = eigen.only("slug", "titel")
        else:
            del self.fields["dienst"]

    def clean_geldig_tot(self):
        dag, vandaag = self.cleaned_data["geldig_tot"], timezone.localdate()
        if not vandaag < dag <= vandaag + timedelta(days=MEESTE_DAGEN):
            raise forms.ValidationError("Kies een datum na vandaag, hoogstens een jaar verder.")
        return dag

    def clean(self):
        schoon = super().clean()
        if not self.errors and not schoon["velden"] and not schoon["toelichting"]:
            self.add_error("velden", "Kies minstens één gegeven, of schrijf een uitleg.")
        return schoon

    def voer_uit(self, door):
        """The proposal, or None with an error on the form."""
        velden = dict(self.cleaned_data)
        if velden["toelichting"]:
            velden["velden"] = [*velden["velden"], Veld.TOELICHTING.value]
        try:
            return verbs.stel_voor(
                vraag=self.vraag, organisatie=self.organisatie, door=door, wachttijd=self.wachttijd, **velden
            )
        except MagNiet as fout:
            self.add_error(None, str(fout))
            return None


def _kort(tekst):
    tekst = " ".join(tekst.split())
    return tekst if len(tekst) <= 90 else tekst[:90].rsplit(" ", 1)[0] + " …"


class VerwijsForm(forms.Form):
    """A step without anything to type. `versie` is what the page showed, `titel` its folded heading, `knop` its button."""

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    stap, titel, knop, gelukt, uitleg, soort = None, "", "", "", "", ""

    def __init__(self, *args, verwijzing, door, **kwargs):
        self.verwijzing, self.door = verwijzing, door
        super().__init__(*args, auto_id=f"{self.stap}_%s", **kwargs)
        self.fields["versie"].initial = verwijzing.versie

    @property
    def heeft_velden(self):
        return len(self.fields) > 1

    def met(self):
        return {naam: self.cleaned_data[naam] for naam in self.fields if naam != "versie"}

    def verb(self, **velden):
        return getattr(verbs, self.stap)(**velden)

    def voer_uit(self):
        """Does the step. False with an error on the form when it could not be done: nothing was written then."""
        try:
            self.verb(verwijzing=self.verwijzing, door=self.door, versie=self.cleaned_data["versie"], **self.met())
        except MagNiet as fout:
            self.data = self.data.copy()
            self.data["versie"] = Doorverwijzing.objects.values_list("versie", flat=True).get(pk=self.verwijzing.pk)
            self.add_error(None, str(fout))
            return False
        return True


class PapierForm(VerwijsForm):
    stap, titel, knop = Verwijsstap.GEEF_AKKOORD, "Het blad is getekend", "Leg het akkoord vast"
    gelukt = "Het akkoord is vastgelegd. Je kan nu verzenden."
    velden = forms.MultipleChoiceField(
        label="Waar staat een kruisje bij ja?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Duid aan wat de vrager goedkeurde. Niets? Kies dan ‘De vrager wil het niet’."},
    )
    getekend_op = dagveld(label="Getekend op")
    bewaard = forms.BooleanField(
        label="Ik heb het getekende blad gezien en het zit in het papieren dossier.",
        error_messages={"required": "Duid dit aan. Zonder getekend blad is er geen akkoord."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["velden"].choices = [(veld, Veld(veld).label) for veld in self.verwijzing.velden]
        self.fields["getekend_op"].initial = timezone.localdate()

    def clean_getekend_op(self):
        dag = self.cleaned_data["getekend_op"]
        begin = timezone.localdate(self.verwijzing.gemaakt_op)
        if not begin <= dag <= timezone.localdate():
            raise forms.ValidationError(
                "Kies de dag waarop het blad getekend is: niet voor het voorstel en niet na vandaag."
            )
        return dag

    def met(self):
        return {naam: self.cleaned_data[naam] for naam in ("velden", "getekend_op")}


class AkkoordForm(VerwijsForm):
    """The client, on their own page: yes or no for each field. Nothing is chosen beforehand."""

    stap, knop, soort = Verwijsstap.GEEF_AKKOORD, "Bewaar mijn keuze", "hoofd"
    gelukt = "Je keuze is bewaard."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for veld, naam, tekst in self.verwijzing.kopie.regels:
            self.fields[f"deel_{veld}"] = forms.ChoiceField(
                label=naam,
                choices=[("ja", "Ja, dit mag"), ("nee", "Nee, dit niet")],
                widget=forms.RadioSelect,
                help_text=format_html('<span class="gedeeld">{}</span>', tekst),
                error_messages={"required": f"Kies ja of nee bij: {naam.lower()}."},
            )

    def met(self):
        return {"velden": [v for v in self.verwijzing.velden if self.cleaned_data.get(f"deel_{v}") == "ja"]}

    def verb(self, **velden):
        if velden["velden"]:
            return verbs.geef_akkoord(**velden)
        velden.pop("velden")
        return verbs.trek_in(**velden)


class VerzendForm(VerwijsForm):
    stap, knop, soort = Verwijsstap.VERZEND, "Verzend naar de partner", "hoofd"
    gelukt = "De doorverwijzing is verzonden."


class AanvaardForm(VerwijsForm):
    stap, knop, soort = Verwijsstap.AANVAARD, "Aanvaard", "hoofd"
    gelukt = "De doorverwijzing is aanvaard."


class WeigerForm(VerwijsForm):
    stap, titel, knop = Verwijsstap.WEIGER, "Weiger", "Weiger de doorverwijzing"
    gelukt = "De doorverwijzing is geweigerd. Ze staat meteen terug bij het loket."
    redenen = WEIGERREDENEN
    reden = forms.ChoiceField(label="Waarom?", error_messages={"required": "Kies waarom."})
    tekst = TekstVeld(
        label="Uitleg", rijen=3, max_length=1000, required=False, help_text="Het loket en de vrager lezen dit."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reden"].choices = keuzelijst(self.redenen)

    def clean(self):
        schoon = super().clean()
        if schoon.get("reden") == Reden.ANDERS and not schoon.get("tekst") and "tekst" not in self.errors:
            self.add_error("tekst", "Schrijf kort waarom.")
        return schoon


class VraagTerugForm(VerwijsForm):
    stap, titel, knop = Verwijsstap.VRAAG_TERUG, "Vraag eerst iets", "Stel de vraag"
    gelukt = "Je vraag staat bij het loket."
    tekst = TekstVeld(
        label="Wat wil je weten?", rijen=3, max_length=2000, leeg="Schrijf hier je vraag.",
        help_text="Het loket en de vrager lezen dit en kunnen antwoorden.",
    )  # fmt: skip


class AntwoordForm(VerwijsForm):
    stap, titel, knop = Verwijsstap.ANTWOORD, "Antwoord aan de partner", "Stuur het antwoord"
    gelukt = "Het antwoord is bij de partner."
    tekst = TekstVeld(
        label="Antwoord", rijen=4, max_length=2000, leeg="Schrijf hier het antwoord.",
        help_text="De partner leest dit. Schrijf niets waar de vrager geen ja op zei.",
    )  # fmt: skip


class EigenAntwoordForm(AntwoordForm):
    titel, gelukt = "Antwoord zelf", "Je antwoord is verstuurd."
    tekst = TekstVeld(
        label="Jouw antwoord", rijen=4, max_length=2000, leeg="Schrijf hier je antwoord.",
        help_text="De organisatie en het Sociaal Huis lezen dit. Je hoeft niet te antwoorden.",
    )  # fmt: skip


class AfspraakForm(VerwijsForm):
    stap, titel, knop = Verwijsstap.MAAK_AFSPRAAK, "Afspraak", "Bewaar de afspraak"
    gelukt = "De afspraak is bewaard. De vrager ziet ze."
    dag = dagveld(label="Dag")
    uur = forms.TimeField(
        label="Uur",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Kies een uur.", "invalid": "Dit uur bestaat niet. Schrijf het als 14:30."},
    )
    plaats = TekstVeld(label="Waar?", rijen=2, max_length=300, leeg="Schrijf waar de afspraak is.")

    def clean(self):
        schoon = super().clean()
        if schoon.get("dag") and schoon.get("uur"):
            wanneer = timezone.make_aware(datetime.combine(schoon["dag"], schoon["uur"]))
            if not timezone.now() < wanneer < timezone.now() + timedelta(days=730):
                self.add_error("dag", "Kies een moment dat nog komt, hoogstens twee jaar verder.")
            schoon["wanneer"] = wanneer
        return schoon

    def met(self):
        return {naam: self.cleaned_data[naam] for naam in ("wanneer", "plaats")}


class AankomstForm(VerwijsForm):
    stap, knop, gelukt = Verwijsstap.MELD_AANKOMST, "De persoon was er", "Bewaard: de persoon was er."


class HelpForm(VerwijsForm):
    stap, titel, knop = Verwijsstap.HELP, "Geholpen", "Bewaar: geholpen"
    gelukt = "Bewaard. De vrager krijgt de vraag om dit te bevestigen."
    tekst = TekstVeld(
        label="Waarmee is er geholpen?", rijen=3, max_length=1000, leeg="Schrijf kort waarmee er geholpen is.",
        help_text="Het loket en de vrager lezen dit.",
    )  # fmt: skip


class HelpNietForm(WeigerForm):
    stap, titel, knop = Verwijsstap.HELP_NIET, "Niet geholpen", "Bewaar: niet geholpen"
    gelukt = "Bewaard. De vraag staat meteen terug bij het loket."
    redenen = MISLUKREDENEN


class BevestigForm(VerwijsForm):
    stap, knop, gelukt = Verwijsstap.BEVESTIG, "De vrager bevestigt: geholpen", "Bewaard: de vrager is geholpen."


class EigenBevestigForm(BevestigForm):
    knop, gelukt, soort = "Ja, ik ben geholpen", "Dank je. We sluiten dit af.", "hoofd"


class WeerspreekForm(VerwijsForm):
    stap, titel, knop = Verwijsstap.WEERSPREEK, "De vrager zegt: niet geholpen", "Bewaar: niet geholpen"
    gelukt = "Bewaard. De vraag blijft bij jouw team."
    tekst = TekstVeld(label="Wat klopt er niet?", rijen=3, max_length=1000, required=False)


class EigenWeerspreekForm(WeerspreekForm):
    titel, knop, gelukt = "Nee, dit klopt niet", "Ik ben niet geholpen", "Dank je. We kijken meteen wat we kunnen doen."


class TrekInForm(VerwijsForm):
    stap, titel, knop, soort = Verwijsstap.TREK_IN, "De vrager wil het niet (meer)", "Stop het delen", "fout"
    uitleg = "De partner kan vanaf dan niets meer lezen. Dit kan je niet terugdraaien."
    gelukt = "Het delen is gestopt. De partner leest niets meer."
    zeker = forms.BooleanField(
        label="De vrager vroeg dit, of zei nee.", error_messages={"required": "Duid aan dat de vrager dit wil."}
    )

    def met(self):
        return {}


class EigenTrekInForm(VerwijsForm):
    stap, titel, knop, soort = Verwijsstap.TREK_IN, "Stop met delen", "Ja, stop met delen", "fout"
    uitleg = "De organisatie kan dan meteen niets meer van je lezen. Je vraag blijft wel bij ons."
    gelukt = "We delen niets meer. De organisatie kan meteen niets meer lezen."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.verwijzing.staat == Doorverwijzing.Staat.VOORGESTELD:
            self.titel, self.knop = "Nee, ik wil dit niet", "Deel niets over mij"
            self.uitleg, self.gelukt = "Dan delen we niets. Je vraag blijft gewoon bij ons.", "We delen niets."

    @property
    def heeft_velden(self):
        return True  # folded, so that it takes two taps


class StopForm(VerwijsForm):
    stap, titel, knop, soort = Verwijsstap.STOP, "Stop deze doorverwijzing", "Stop de doorverwijzing", "fout"
    gelukt = "De doorverwijzing is gestopt."
    tekst = TekstVeld(
        label="Waarom?", rijen=3, max_length=1000, leeg="Schrijf waarom je stopt.", help_text="De vrager leest dit."
    )


def _per_stap(*formulieren):
    return {formulier.stap.value: formulier for formulier in formulieren}


VAN_PARTNER = _per_stap(AanvaardForm, AfspraakForm, AankomstForm, HelpForm, HelpNietForm, VraagTerugForm, WeigerForm)
VAN_LOKET = _per_stap(PapierForm, VerzendForm, AntwoordForm, BevestigForm, WeerspreekForm, TrekInForm, StopForm)
# what the partner said on the phone, written down at the desk
NAMENS_PARTNER = VAN_PARTNER
VAN_VRAGER = _per_stap(AkkoordForm, EigenAntwoordForm, EigenBevestigForm, EigenWeerspreekForm, EigenTrekInForm)
