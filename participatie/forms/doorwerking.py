"""The forms with which staff name what an answer changes in the plan."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms

from participatie.doorwerken import gelijk, tekstvelden
from participatie.forms.inbreng import keuzes, onderdelen_van
from participatie.models import Doorwerking
from plan.models import Raming
from sociaalhuis.models import Bestuur
from sociaalhuis.tekst import plat, zonder_onzichtbare


class VersieFormulier(forms.Form):
    """Between which versions to look for changes (GET). What makes no sense counts as no choice."""

    van = forms.ChoiceField(label="Van", required=False)
    naar = forms.ChoiceField(label="Tot", required=False)

    def __init__(self, data, *, versies):
        super().__init__(data)
        self.versies = {str(versie.nummer): versie for versie in versies}
        namen = [(nummer, str(versie)) for nummer, versie in self.versies.items()]
        self.fields["van"].choices = [("", namen[0][1] if namen else "Nog geen versie"), *namen[1:]]
        self.fields["naar"].choices = [("", "Het plan van nu"), *namen[1:]]
        self.is_valid()

    def versie(self, naam):
        return self.versies.get(self.cleaned_data.get(naam))


class AankondigFormulier(forms.Form):
    """A change that the plan does not hold yet: words of a part, a new part, or money of one year."""

    TEKST, DEEL, GELD = Doorwerking.Soort.values

    soort = forms.ChoiceField(
        label="Wat komt er?",
        choices=[(TEKST, "Een andere tekst"), (DEEL, "Een nieuwe actie"), (GELD, "Geld")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er komt."},
    )
    onderdeel = forms.ChoiceField(label="Bij welk deel van het plan?", required=False)
    veld = forms.ChoiceField(label="Welke tekst?", required=False)
    nieuw = forms.CharField(
        label="Wat komt er te staan?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-tekenteller": ""}),
        help_text="Letterlijk zoals het in het plan komt. Bij een nieuwe actie: haar titel.",
        error_messages={
            "max_length": "Dit is te lang: %(show_value)s tekens. Maak er hoogstens %(limit_value)s tekens van."
        },
    )
    bestuur = forms.ChoiceField(label="Wie betaalt?", required=False)
    jaar = forms.TypedChoiceField(label="In welk jaar?", required=False, coerce=int, empty_value=None)
    bedrag = forms.DecimalField(
        label="Hoeveel wordt het, in euro?", required=False, min_value=0, max_digits=12, decimal_places=2, localize=True
    )

    def __init__(self, *args, plan, inbreng, **kwargs):
        """`inbreng` is what is answered: its part, its paragraph and the wording it proposed are filled in already."""
        super().__init__(*args, **kwargs)
        self.alinea = inbreng.alinea if inbreng.alinea_id and inbreng.onderdeel_id else None
        if inbreng.onderdeel_id:
            self.initial["onderdeel"] = inbreng.onderdeel.code
        if self.alinea and inbreng.voorstel:
            self.initial |= {"soort": self.TEKST, "veld": self.alinea.veld, "nieuw": inbreng.voorstel}
        self.onderdelen = onderdelen_van(plan.pk)
        self.fields["onderdeel"].choices = [("", "Kies"), *keuzes(self.onderdelen)[1:]]
        self.fields["veld"].choices = tekstvelden()
        self.fields["bestuur"].choices = [("", "Kies"), *Bestuur.Code.choices]
        self.fields["jaar"].choices = [("", "Kies"), *((jaar, jaar) for jaar in plan.jaren)]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "soort",
            "onderdeel",
            Div("veld", "nieuw"),
            HTML('<p class="stil">Gaat het om geld? Vul dan dit in.</p>'),
            Div("bestuur", "jaar", "bedrag"),
            Submit("kondig_aan", "Kondig deze wijziging aan"),
        )

    def clean(self):
        gegevens = super().clean()
        gegevens["nieuw"] = zonder_onzichtbare(gegevens.get("nieuw") or "").strip()
        soort, deel = gegevens.get("soort"), self.onderdelen.get(gegevens.get("onderdeel"))
        if soort in (self.TEKST, self.GELD) and deel is None:
            self.add_error("onderdeel", "Kies bij welk deel van het plan dit hoort.")
        if soort in (self.TEKST, self.DEEL) and not gegevens["nieuw"] and "nieuw" not in self.errors:
            self.add_error("nieuw", "Schrijf wat er komt te staan.")
        if soort == self.GELD:
            for naam, fout in (
                ("bestuur", "Kies wie betaalt."),
                ("jaar", "Kies een jaar."),
                ("bedrag", "Schrijf een bedrag."),
            ):
                if gegevens.get(naam) in (None, "") and naam not in self.errors:
                    self.add_error(naam, fout)
        nieuw = gegevens.get("nieuw")
        if soort == self.TEKST and deel and nieuw and gelijk(self._wat_er_stond(deel).get("oud"), nieuw):
            self.add_error("nieuw", "Zo staat het er nu al. Schrijf wat er verandert.")
        return gegevens

    def als_velden(self, bedrag_nu):
        """The columns of `Doorwerking`; `bedrag_nu(columns)` gives what the plan holds now, in euro."""
        gegevens, deel = self.cleaned_data, self.onderdelen.get(self.cleaned_data.get("onderdeel"))
        soort = gegevens["soort"]
        kop = (
            {"soort": soort, "onderdeel": deel.pk, "code": deel.code, "titel": deel.titel} if deel else {"soort": soort}
        )
        if soort == self.TEKST:
            label = dict(tekstvelden())[gegevens["veld"]]
            return {
                **kop,
                "veld": gegevens["veld"],
                "label": label,
                "nieuw": gegevens["nieuw"],
                **self._wat_er_stond(deel),
            }
        if soort == self.DEEL:
            return {"soort": soort, "titel": gegevens["nieuw"][:200], "label": "actie", "nieuw": gegevens["nieuw"]}
        velden = {
            **kop,
            "bestuur": gegevens["bestuur"],
            "jaar": gegevens["jaar"],
            "richting": Raming.Richting.UITGAVE.value,
        }
        return {**velden, "oud_bedrag": bedrag_nu(velden), "nieuw_bedrag": gegevens["bedrag"]}

    def _wat_er_stond(self, deel):
        """The words that stand there now, where they are known: the paragraph of the input, or a text of one line."""
        veld = self.cleaned_data.get("veld")
        if self.alinea and (self.alinea.onderdeel_id, self.alinea.veld) == (deel.pk, veld):
            return {"alinea": self.alinea.sleutel, "oud": "" if self.alinea.vervallen_op else plat(self.alinea.html)}
        return {"oud": getattr(deel, veld)} if veld and veld != "lange_omschrijving" else {}
