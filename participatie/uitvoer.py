"""Everything that came in in a round as one sheet for who works on it: the inputs, and who answered what on its questions.

Staff only. People are named as the page of the round names them; no address is in it.
"""

from django.urls import reverse
from django.utils import timezone

from participatie.models import Formulier, Formulierantwoord
from participatie.vraagsoorten import in_woorden, namen_bij
from sociaalhuis.verslag.model import DATUM, Deel, Kolom, Tabel, Verslag, Verwijzing

NIETS = "Nog niets."
KOLOMMEN = [
    Kolom("Van"),
    Kolom("Gegeven op", DATUM),
    Kolom("Langs"),
    Kolom("Over"),
    Kolom("Standpunt"),
    Kolom("Wat zei die?"),
    Kolom("Voorstel van tekst"),
    Kolom("Toestand"),
    Kolom("Besluit"),
    Kolom("Waarom"),
    Kolom("Referentie"),
]


def als_verslag(ronde):
    """`Verslag` of a round; a fixed number of queries."""
    inbrengen = list(ronde.inbrengen.voor_lijst().in_volgorde_van_het_plan())
    return Verslag(
        titel=f"Alles wat binnenkwam: {ronde.titel}",
        naam=f"inbreng-{ronde.slug}",
        ondertitel="Voor wie aan deze ronde werkt. Niet om te publiceren.",
        delen=[
            Deel("Inbreng", tabellen=[Tabel("Inbreng", KOLOMMEN, [_rij(rij) for rij in inbrengen], leeg=NIETS)]),
            *per_formulier(ronde, inbrengen),
        ],
    )


def _rij(inbreng):
    antwoord = inbreng.antwoord_of_niets
    return [
        inbreng.van,
        timezone.localdate(inbreng.ingediend_op),
        inbreng.get_kanaal_display(),
        inbreng.over,
        inbreng.get_standpunt_display(),
        inbreng.tekst,
        inbreng.voorstel,
        inbreng.get_staat_display(),
        antwoord.get_besluit_display() if antwoord else "",
        antwoord.reden if antwoord else "",
        _verwijzing(inbreng),
    ]


def _verwijzing(inbreng):
    return Verwijzing(inbreng.referentie, reverse("participatie:beheer_inbreng", args=[inbreng.pk]))


def per_formulier(ronde, inbrengen):
    """A part per version of the questions that somebody answered: a row per input, a column per question."""
    formulieren = Formulier.objects.in_gebruik().filter(ronde=ronde).prefetch_related("vragen")
    formulieren = list(formulieren.order_by("fase", "nummer"))
    namen = namen_bij(vraag for formulier in formulieren for vraag in formulier.vragen.all())
    gegeven = {}
    antwoorden = Formulierantwoord.objects.filter(inbreng__ronde=ronde).order_by()
    for inbreng, vraag, waarde in antwoorden.values_list("inbreng", "vraag", "waarde"):
        gegeven.setdefault(inbreng, {})[vraag] = waarde
    delen = []
    for formulier in formulieren:
        vragen = list(formulier.vragen.all())
        sleutels = {vraag.pk for vraag in vragen}
        rijen = [
            [
                inbreng.van,
                *(in_woorden(v, waarden[v.pk], namen) if v.pk in waarden else "" for v in vragen),
                _verwijzing(inbreng),
            ]
            for inbreng in inbrengen
            if sleutels & (waarden := gegeven.get(inbreng.pk, {})).keys()
        ]
        if rijen:
            titel = f"{formulier.get_fase_display()}, versie {formulier.nummer}"
            kolommen = [Kolom("Van"), *(Kolom(vraag.vraag) for vraag in vragen), Kolom("Referentie")]
            delen.append(Deel(titel, tabellen=[Tabel(titel, kolommen, rijen)]))
    return delen
