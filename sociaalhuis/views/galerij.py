"""The gallery: every component on one page, with real forms in every state. Tests walk it."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sociaalhuis.models import Thema

TOESTANDEN = [
    ("nieuw", "Nieuw"),
    ("bezig", "In behandeling"),
    ("wacht", "Wacht op jou"),
    ("goed", "Beantwoord"),
    ("let-op", "Bijna te laat"),
    ("fout", "Te laat"),
    ("rustig", "Afgesloten"),
]
PICTOS = [
    "geld", "wonen", "energie", "gezondheid", "thuiszorg", "gezin", "werk", "mobiliteit", "meedoen", "recht", "zoek",
    "telefoon", "mail", "plaats", "klok", "euro", "persoon", "groep", "tas", "start", "document", "agenda", "bijlage",
    "slot", "bel", "gesprek", "boek", "gebouw", "kaart", "doel", "wilg", "open-deur", "merk",
]  # fmt: skip


class VoorbeeldForm(forms.Form):
    """One field of each kind."""

    naam = forms.CharField(label="Hoe heet je?", error_messages={"required": "Vul je naam in."})
    email = forms.EmailField(
        label="Je e-mailadres",
        help_text="We sturen alleen een bericht als er een antwoord is.",
        error_messages={"invalid": "Schrijf je e-mailadres zoals naam@voorbeeld.be."},
    )
    vraag = forms.CharField(
        label="Je vraag",
        help_text="Vertel het in je eigen woorden.",
        widget=forms.Textarea,
        error_messages={"required": "Schrijf je vraag."},
    )
    kanaal = forms.ChoiceField(
        label="Hoe mogen we antwoorden?",
        choices=[("mail", "Met een e-mail"), ("telefoon", "Bel me op"), ("hier", "Ik kom hier kijken met mijn code")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe we mogen antwoorden."},
    )
    themas = forms.MultipleChoiceField(
        label="Waarover gaat het?",
        choices=[("geld", "Geld en schulden"), ("wonen", "Wonen")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Je mag meer dan één thema kiezen.",
    )
    gebied = forms.ChoiceField(
        label="Waar woon je?",
        choices=[("", "Kies een buurt"), ("centrum", "Centrum"), ("berkenhove", "Berkenhove")],
        required=False,
    )
    bijlage = forms.FileField(label="Een foto of brief", required=False, help_text="Een foto of pdf, hoogstens 10 MB.")
    akkoord = forms.BooleanField(
        label="Jullie mogen mijn vraag lezen om mij te helpen.",
        error_messages={"required": "Zet een vinkje. Anders mogen we je vraag niet lezen."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("stuur", "Stuur mijn vraag", css_id=f"{self.prefix or 'leeg'}-stuur"))


class FilterVoorbeeld(forms.Form):
    zoek = forms.CharField(label="Zoek in de acties", required=False)
    termijn = forms.ChoiceField(
        label="Termijn", choices=[("", "Alle"), ("kort", "Kort"), ("lang", "Lang")], required=False
    )


def _formulieren():
    vol = {
        "naam": "Noor",
        "email": "noor@voorbeeld.example",
        "vraag": "Ik kan mijn factuur van de energie niet betalen.",
        "kanaal": "mail",
        "themas": ["geld"],
        "gebied": "centrum",
        "akkoord": "on",
    }
    klein = VoorbeeldForm({f"vol-{naam}": waarde for naam, waarde in vol.items()}, prefix="vol")
    uit = VoorbeeldForm(prefix="uit")
    for naam in list(uit.fields)[3:]:
        del uit.fields[naam]
    for veld in uit.fields.values():
        veld.disabled = True
    return {
        "leeg": VoorbeeldForm(prefix="leeg"),
        "ingevuld": klein,
        "met_fouten": VoorbeeldForm({"fout-email": "noor"}, prefix="fout"),
        "uitgezet": uit,
    }


def _tabellen():
    return {
        "geld_kop": ["Jaar", "Gemeente", "OCMW"],
        "geld": [["2026", 120000, 340000], ["2027", 180500, 310000], ["2028", 95000, 402250]],
        "bereik_kop": ["Buurt", "Bereikt"],
        "bereik": [["Centrum", 82], ["Berkenhove", 54], ["Sint-Amarant", 37]],
    }


def _lijsten(pagina):
    return {
        "filter": FilterVoorbeeld(),
        "themas": Thema.objects.all(),
        "pagina": Paginator(range(93), 10).get_page(pagina),
        "keuzes": [
            {"naam": "Geld en schulden", "aantal": 14, "url": "?thema=geld", "gekozen": True},
            {"naam": "Wonen", "aantal": 9, "url": "?thema=wonen", "gekozen": False},
            {"naam": "Energie en water", "aantal": 6, "url": "?thema=energie", "gekozen": False},
        ],
    }


def _stand(nu):
    """Where something is: states, steps, moments, a receipt."""
    return {
        "stappen": [("Loket", "/loket/"), ("Hulp vinden", "/loket/zoeken/")],
        "formulierstappen": ["Je vraag", "Hoe antwoorden we?", "Nakijken"],
        "toestanden": TOESTANDEN,
        "gisteren": nu - timedelta(days=1, hours=3),
        "nu": nu,
        "bon": [
            ("Geregistreerd op", "woensdag 3 maart 2027 om 14.05 uur"),
            ("Antwoord", "binnen 5 werkdagen, dus uiterlijk op woensdag 10 maart 2027"),
            ("Vragen?", "Bel ons of kom langs."),
        ],
    }


@require_safe
def galerij(request):
    context = {
        **_formulieren(),
        **_lijsten(request.GET.get("pagina", 3)),
        **_stand(timezone.now()),
        **_tabellen(),
        "pictos": PICTOS,
    }
    return render(request, "galerij.html", context)
