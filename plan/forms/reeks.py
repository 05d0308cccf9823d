"""What a change of several actions at once needs to know."""

from django import forms

from plan.acties.reeks import geef_thema, verplaats_reeks, zet_standen, zet_trekker
from plan.models import Actie, Onderdeel
from plan.woorden import standnamen
from sociaalhuis.models import Thema
from sociaalhuis.tekst import zonder_onzichtbare

TE_LANG = "Hou het kort: hoogstens %(limit_value)s tekens. Nu zijn het er %(show_value)s."


class ReeksForm(forms.Form):
    """`verb` is called with the actions, who does it, and what was filled in."""

    titel = verb = None
    reden = forms.CharField(
        label="Waarom?",
        max_length=300,
        required=False,
        widget=forms.TextInput,
        help_text="Het komt in de geschiedenis van elke actie.",
        error_messages={
            "max_length": TE_LANG,
            "required": "Schrijf waarom. Het komt in de geschiedenis van elke actie.",
        },
    )
    field_order = ()

    def __init__(self, *args, acties, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([*(naam for naam in self.fields if naam != "reden"), "reden"])

    def clean(self):
        return {naam: zonder_onzichtbare(w) if isinstance(w, str) else w for naam, w in super().clean().items()}

    def voer_uit(self, acties, door):
        type(self).verb(acties=acties, door=door, **self.cleaned_data)


class StandReeks(ReeksForm):
    titel, verb = "Zet de stand", staticmethod(zet_standen)
    stand = forms.ChoiceField(
        label="Stand",
        choices=[("", "Kies"), *Actie.Stand.choices],
        help_text="Uitgevoerd wordt 100 %. Bij een andere stand blijft de voortgang wat ze was.",
        error_messages={"required": "Kies een stand.", "invalid_choice": "Kies een stand uit de lijst."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reden"].required = True
        plannen = {actie.plan_id: actie.plan for actie in kwargs["acties"]}
        if len(plannen) == 1:  # its own words; of several plans together the usual ones
            self.fields["stand"].choices = [("", "Kies"), *standnamen(*plannen.values()).items()]


class ThemaReeks(ReeksForm):
    titel, verb = "Geef of neem een thema", staticmethod(geef_thema)
    thema = forms.ModelChoiceField(
        Thema.objects.all(),
        label="Thema",
        empty_label="Kies",
        error_messages={"required": "Kies een thema.", "invalid_choice": "Kies een thema uit de lijst."},
    )
    erbij = forms.TypedChoiceField(
        label="Wat doe je ermee?",
        choices=[("ja", "Komt erbij"), ("nee", "Gaat weg")],
        coerce=lambda keuze: keuze == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of het thema erbij komt of weggaat."},
    )


class TrekkerReeks(ReeksForm):
    titel, verb = "Zet de trekker", staticmethod(zet_trekker)
    trekker = forms.CharField(
        label="Trekker",
        max_length=120,
        help_text="De dienst of het team, nooit een persoon.",
        error_messages={"required": "Vul in welke dienst de acties trekt.", "max_length": TE_LANG},
    )


class VerplaatsReeks(ReeksForm):
    titel, verb = "Verplaats naar een andere doelstelling", staticmethod(verplaats_reeks)
    ouder = forms.ModelChoiceField(
        Onderdeel.objects.none(),
        label="Naar welke doelstelling?",
        empty_label="Kies",
        error_messages={"required": "Kies een doelstelling.", "invalid_choice": "Kies een doelstelling uit de lijst."},
    )

    def __init__(self, *args, acties, **kwargs):
        super().__init__(*args, acties=acties, **kwargs)
        plannen = {actie.plan_id for actie in acties}
        doelen = Onderdeel.objects.filter(soort=Onderdeel.Soort.DOELSTELLING, plan__in=plannen).in_volgorde()
        self.fields["ouder"].queryset = doelen if len(plannen) == 1 else doelen.none()
        if len(plannen) > 1:
            self.fields["ouder"].help_text = "Deze acties horen bij verschillende plannen. Kies acties van één plan."


class VerplaatsForm(forms.Form):
    """One part below another parent, from the parts where it fits; in groups by guarantee."""

    ouder = forms.TypedChoiceField(
        label="Waaronder?",
        coerce=int,
        error_messages={"required": "Kies waar dit onder komt.", "invalid_choice": "Kies iets uit de lijst."},
    )

    def __init__(self, *args, ouders, nu, **kwargs):
        super().__init__(*args, initial={"ouder": nu}, **kwargs)
        groepen = {}
        for deel in ouders.select_related("garantie"):
            groepen.setdefault(str(deel.garantie or deel), []).append((deel.pk, str(deel)))
        self.fields["ouder"].choices = [("", "Kies"), *groepen.items()]
