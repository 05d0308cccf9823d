"""Forms with which the coordinator makes a round and its questions."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.utils import timezone

from participatie.mag import Handeling
from participatie.models import Formuliervraag, Ronde
from participatie.recepten import KIESBAAR, RECEPTEN, moment
from participatie.vraagsoorten import Soort
from plan.models import Plan, Versie
from sociaalhuis import opmaak
from sociaalhuis.velden import TekstVeld

STAPPEN = [
    ("inbrengen", "Mensen geven hun mening"),
    ("wegen", "Mensen kiezen wat eerst moet"),
    ("beide", "Eerst hun mening, daarna kiezen wat eerst moet"),
]
KAN = {
    Handeling.INBRENGEN: "Zelf iets schrijven",
    Handeling.INVULLEN: "Een lijst met vragen invullen",
    Handeling.AMENDEREN: "Een andere tekst voorstellen",
    Handeling.STANDPUNT: "Een standpunt geven (organisaties)",
    Handeling.STEUNEN: "Inbreng van een ander steunen (organisaties)",
    Handeling.ADVISEREN: "Advies geven (adviesraden)",
}


def _knop(tekst):
    return Submit("bewaar", tekst)


class NieuweRonde(forms.Form):
    """Which recipe, about which plan."""

    recept = forms.ChoiceField(
        label="Wat wil je doen?",
        widget=forms.RadioSelect,
        choices=[(recept.code, f"{recept.naam}. {recept.uitleg}") for recept in RECEPTEN.values()],
        error_messages={"required": "Kies wat je wil doen."},
    )
    plan = forms.ModelChoiceField(Plan.objects.none(), label="Over welk plan?", empty_label=None)
    titel = forms.CharField(
        label="Titel van de ronde", max_length=120, required=False, help_text="Laat leeg voor de titel van het recept."
    )

    def __init__(self, *args, plannen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plannen
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout("recept", "plan", "titel", _knop("Maak een concept"))

    def clean_recept(self):
        return RECEPTEN[self.cleaned_data["recept"]]


def _dag(label, help_text="", required=True):
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies een dag.", "invalid": "Deze datum bestaat niet."},
    )


def _uur(label):
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Kies een uur.", "invalid": "Dit uur bestaat niet."},
    )


class RondeFormulier(forms.ModelForm):
    """The words, the steps and what people can do. `velden`, `fasen` and `antwoord_tegen` go to `wijzig_ronde`."""

    stappen = forms.ChoiceField(label="Welke stappen?", choices=STAPPEN, widget=forms.RadioSelect)
    opent_dag = _dag("Opent op")
    opent_uur = _uur("om")
    weegt_dag = _dag("Kiezen wat eerst moet begint op", "Alleen als je beide stappen koos.", required=False)
    sluit_dag = _dag("Sluit op")
    sluit_uur = _uur("om")
    antwoord_dag = _dag("Antwoord ten laatste op", "Dat beloven we op de pagina.")
    kan = forms.MultipleChoiceField(
        label="Wat kan iemand doen?",
        required=False,
        choices=[(handeling.value, KAN[handeling]) for handeling in KIESBAAR],
        widget=forms.CheckboxSelectMultiple,
        help_text="In de stap waarin mensen kiezen wat eerst moet, vullen ze altijd vragen in.",
    )

    class Meta:
        model = Ronde
        fields = ["titel", "vraag", "wie", "inleiding", "versie"]
        widgets = {"inleiding": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ronde = self.instance
        self.fields["versie"].queryset = Versie.objects.filter(plan=ronde.plan_id)
        self.fields["versie"].empty_label = "De tekst van nu"
        fasen = {fase.soort: fase for fase in ronde.tijdlijn}
        soorten = [soort for soort in ("inbrengen", "wegen") if soort in fasen]
        opent, sluit = timezone.localtime(ronde.opent_op), timezone.localtime(ronde.sluit_op)
        tekst = opmaak.als_tekst(ronde.inleiding)
        self.met_tekens = tekst is not None
        self.fields["inleiding"].help_text = opmaak.UITLEG if self.met_tekens else "Deze tekst is HTML."
        self.initial |= {
            "inleiding": tekst if self.met_tekens else ronde.inleiding,
            "stappen": "beide" if len(soorten) == 2 else soorten[0],
            "opent_dag": opent.date(),
            "opent_uur": opent.time(),
            "weegt_dag": timezone.localdate(fasen["wegen"].van) if len(soorten) == 2 else None,
            "sluit_dag": sluit.date(),
            "sluit_uur": sluit.time(),
            "antwoord_dag": ronde.antwoord_tegen,
            "kan": [handeling.value for handeling in KIESBAAR if handeling not in ronde.zonder],
        }
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(
            HTML('<h2 class="kop-3">Wat staat er?</h2>'),
            *("titel", "vraag", "wie", "inleiding", "versie"),
            HTML('<h2 class="kop-3">Wanneer?</h2>'),
            "stappen",
            Div("opent_dag", "opent_uur", css_class="veldpaar dag-uur"),
            HTML('<p class="form-text">Op dat uur gaat de ronde vanzelf open, als ze online staat.</p>'),
            "weegt_dag",
            Div("sluit_dag", "sluit_uur", css_class="veldpaar dag-uur"),
            "antwoord_dag",
            HTML('<h2 class="kop-3">Wat kan?</h2>'),
            "kan",
            _knop("Bewaar de ronde"),
        )

    def clean_inleiding(self):
        tekst = self.cleaned_data["inleiding"]
        return opmaak.als_html(tekst) if self.met_tekens else tekst

    def _post_clean(self):
        """The hours and the steps are written together, by the verb; the instance stays as it was read."""

    def clean(self):
        gegevens = super().clean()
        if self.errors:
            return gegevens
        opent = moment(gegevens["opent_dag"], gegevens["opent_uur"])
        sluit = moment(gegevens["sluit_dag"], gegevens["sluit_uur"])
        if sluit <= opent:
            self.add_error("sluit_dag", "De ronde sluit nadat ze opent. Kies een latere dag.")
        if gegevens["antwoord_dag"] < timezone.localdate(sluit):
            self.add_error("antwoord_dag", "Antwoorden kan pas als de ronde gesloten is. Kies een latere dag.")
        stappen = gegevens["stappen"]
        self.fasen = [(stappen, opent, sluit)]
        if stappen == "beide":
            weegt = gegevens["weegt_dag"] and moment(gegevens["weegt_dag"], gegevens["opent_uur"])
            if not weegt or not opent < weegt < sluit:
                self.add_error("weegt_dag", "Kies een dag tussen het openen en het sluiten.")
            self.fasen = [("inbrengen", opent, weegt), ("wegen", weegt, sluit)]
        if not gegevens["kan"] and stappen != "wegen":
            self.add_error("kan", "Kies minstens één manier om mee te doen.")
        if self.errors:
            return gegevens
        self.velden = {naam: gegevens[naam] for naam in self.Meta.fields} | {
            "zonder": [handeling.value for handeling in KIESBAAR if handeling.value not in gegevens["kan"]]
        }
        return gegevens


class VraagFormulier(forms.ModelForm):
    """One question. `eerdere` are those before it, on whose answer it may depend."""

    keuzes = TekstVeld(
        rijen=5,
        max_length=4000,
        required=False,
        label="Antwoorden om uit te kiezen",
        help_text="Eén op elke regel. Alleen nodig bij kiezen, in volgorde zetten en punten verdelen.",
    )
    toon_als = forms.ModelChoiceField(
        Formuliervraag.objects.none(),
        required=False,
        label="Alleen vragen na een bepaald antwoord",
        empty_label="Altijd vragen",
    )

    class Meta:
        model = Formuliervraag
        fields = ["soort", "vraag", "uitleg", "verplicht", "keuzes", "minimum", "maximum", "laag", "hoog", "toon_als", "toon_waarde"]  # fmt: skip
        labels = {"toon_waarde": "Op welk antwoord?"}
        help_texts = {
            "minimum": "Bij een getal of een schaal. Een schaal begint anders bij 1.",
            "maximum": "Bij een getal of een schaal (anders 5), of het aantal punten om te verdelen (anders 10).",
            "toon_waarde": "Precies zoals het antwoord in de lijst staat.",
        }
        error_messages = {
            "vraag": {"required": "Schrijf je vraag."},
            "soort": {"required": "Kies een soort vraag."},
        }

    def __init__(self, *args, eerdere, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [("", "Kies er één"), *Soort.choices]
        self.fields["toon_als"].queryset = eerdere
        self.helper = FormHelper()
        self.helper.attrs = {"data-verzend-eens": "", "novalidate": True}
        self.helper.layout = Layout(
            *("soort", "vraag", "uitleg", "verplicht", "keuzes"),
            Div("minimum", "maximum", css_class="veldpaar"),
            Div("laag", "hoog", css_class="veldpaar"),
            *("toon_als", "toon_waarde"),
            _knop("Bewaar de vraag"),
        )

    def _post_clean(self):
        """The question is written by the verb, perhaps in a new version."""

    def clean(self):
        gegevens = super().clean()
        soort, lijst = (
            gegevens.get("soort"),
            [r.strip() for r in (gegevens.get("keuzes") or "").splitlines() if r.strip()],
        )
        if soort in Formuliervraag.MET_KEUZES:
            if len(lijst) < 2:
                self.add_error("keuzes", "Schrijf minstens twee antwoorden, één op elke regel.")
            if len(set(lijst)) < len(lijst):
                self.add_error("keuzes", "Twee antwoorden zijn hetzelfde.")
            if any(len(keuze) > 200 for keuze in lijst):
                self.add_error("keuzes", "Een antwoord is te lang: hoogstens 200 tekens.")
        gegevens["keuzes"] = "\n".join(lijst) if soort in Formuliervraag.MET_KEUZES else ""
        self._grenzen(gegevens, soort)
        self._toon_als(gegevens)
        return gegevens

    def _grenzen(self, gegevens, soort):
        laag, hoog = gegevens.get("minimum"), gegevens.get("maximum")
        if laag is not None and hoog is not None and hoog <= laag:
            self.add_error("maximum", "Het hoogste is meer dan het laagste.")
        if soort == Soort.SCHAAL and not 1 <= (5 if hoog is None else hoog) - (1 if laag is None else laag) <= 10:
            self.add_error("maximum", "Een schaal heeft twee tot elf cijfers.")
        if soort == Soort.PUNTEN and hoog is not None and not 1 <= hoog <= 1000:
            self.add_error("maximum", "Kies 1 tot 1000 punten.")

    def _toon_als(self, gegevens):
        eerst, waarde = gegevens.get("toon_als"), gegevens.get("toon_waarde", "").strip()
        gegevens["toon_waarde"] = waarde if eerst else ""
        if eerst:
            kan = [str(n) for n in eerst.schaal] if eerst.soort == Soort.SCHAAL else eerst.lijst
            if waarde not in kan:
                self.add_error("toon_waarde", f"Kies een van deze antwoorden: {', '.join(kan)}.")


class NeemOver(forms.Form):
    """Questions of another round."""

    van = forms.ModelChoiceField(
        None, label="Vragen overnemen van", empty_label="Kies een ronde", error_messages={"required": "Kies een ronde."}
    )

    def __init__(self, *args, formulieren, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["van"].queryset = formulieren
        self.fields["van"].label_from_instance = lambda formulier: (
            f"{formulier.ronde.titel} ({formulier.aantal} {'vraag' if formulier.aantal == 1 else 'vragen'})"
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("van")
