"""The lists of the desk. They show a reference, a theme, a place, a state and a term; never what people tell.

Lists must cost the same with a million questions: they walk an index in the order they show, a page ends at the last
row it needs, nobody pages further than `MEESTE_PAGINAS`, and counts stop at `TEL_TOT`.
"""

from typing import NamedTuple

from django.db.models import IntegerField, Q, Subquery
from django.utils import timezone

from loket.models import Vraag
from loket.models.staat import DICHT, KLAAR, NIEUW, PARK, WACHT, WEG
from loket.werkbank.rijen import lees
from sociaalhuis.klaargezet import klaargezet
from sociaalhuis.models import Gebruiker
from sociaalhuis.ontvangst import LEESFOUTEN
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, heeft_rol

STANDAARD = "team"
PER_PAGINA = 25
MEESTE_PAGINAS = 40
TEL_TOT = 200


class Lijst(NamedTuple):
    naam: str
    groep: str
    vragen: object  # function of (the questions of own teams, the user)
    leeg: tuple = ("Deze lijst is leeg", "Hier is nu niets te doen.")


LIJSTEN = {
    "mij": Lijst(
        "Van mij", "Te doen", lambda bak, wie: bak.van(wie).op_tijd(),
        ("Je hebt geen open vragen", "Neem er een uit de lijst Nieuw, of help een collega die veel heeft."),
    ),
    "nieuw": Lijst(
        "Nieuw", "Te doen", lambda bak, wie: bak.gewoon().filter(staat=NIEUW).order_by("uiterlijk_op", "pk"),
        ("Geen nieuwe vragen", "Alles wat binnenkwam, heeft iemand die het opvolgt. Mooi werk."),
    ),
    "team": Lijst(
        "Van mijn team", "Te doen", lambda bak, wie: bak.lopend().op_tijd(),
        ("Je team is bij", "Er staat geen enkele vraag open."),
    ),
    "laat": Lijst(
        "Te laat", "Te doen", lambda bak, wie: bak.te_laat().op_tijd(),
        ("Niets is te laat", "Iedereen kreeg op tijd antwoord."),
    ),
    "ongeopend": Lijst(
        "Nog niet geopend", "Te doen", lambda bak, wie: bak.lopend().filter(eerst_geopend_op=None).order_by("bij_team_sinds", "pk"),
        ("Alles is geopend", "Iemand van je team keek naar elke vraag."),
    ),
    "verwijzing": Lijst(
        "Doorverwijzing terug", "Te doen", lambda bak, wie: bak.met_verwijzing_terug().op_tijd(),
        ("Geen doorverwijzing vraagt aandacht", "Wat een partner weigert of vraagt, komt hier meteen terug."),
    ),
    "wacht": Lijst(
        "Wacht op de vrager", "Wacht", lambda bak, wie: bak.gewoon().filter(staat=WACHT).order_by("uiterlijk_op", "pk"),
        ("We wachten op niemand", "Geen enkele vraag wacht op een antwoord van de vrager."),
    ),
    "geparkeerd": Lijst(
        "Geparkeerd", "Wacht", lambda bak, wie: bak.gewoon().filter(staat=PARK).order_by("geparkeerd_tot", "pk"),
        ("Niets is geparkeerd", "Een vraag die op iets wacht, kan je parkeren tot een dag. Dan komt ze vanzelf terug."),
    ),
    "gedeeld": Lijst(
        "Gedeeld met ons", "Wacht", lambda bak, wie: Vraag.objects.gedeeld_met(wie).gewoon().op_tijd(),
        ("Niets is gedeeld met jouw team", "Vraagt een ander team je hulp, dan zie je dat hier."),
    ),
    "beantwoord": Lijst("Beantwoord", "Klaar", lambda bak, wie: bak.gewoon().filter(staat=KLAAR).nieuwste()),
    "sluit": Lijst(
        "Sluit vanzelf", "Klaar", lambda bak, wie: bak.sluit_vanzelf().order_by("sluit_na", "pk"),
        ("Niets sluit binnenkort", "Horen we na een antwoord lang niets, dan staat de vraag hier voor ze vanzelf sluit."),
    ),
    "klaar": Lijst("Afgesloten", "Klaar", lambda bak, wie: bak.filter(staat__in=[DICHT, WEG]).nieuwste()),
    "quarantaine": Lijst(
        "Quarantaine", "Nakijken", lambda bak, wie: bak.in_quarantaine().nieuwste(),
        ("Niets na te kijken", "Wat op een machine lijkt, wacht hier tot iemand ernaar keek."),
    ),
}  # fmt: skip
ZONDER_TELLER = {"klaar"}
VOOR_HOOFD = {"ongeopend"}
ORDES = {
    "nieuwste": ("Nieuwste eerst", ["-geregistreerd_op", "-pk"]),
    "oudste": ("Oudste eerst", ["geregistreerd_op", "pk"]),
    "prioriteit": ("Hoge prioriteit eerst", ["prioriteit", "uiterlijk_op", "pk"]),
    "termijn": ("Kortste termijn eerst", ["uiterlijk_op", "pk"]),
}


def lijsten_voor(gebruiker):
    """The lists that this user has: {code: Lijst}."""
    hoofd = heeft_rol(gebruiker, TEAMVERANTWOORDELIJKE)
    return {code: rij for code, rij in LIJSTEN.items() if hoofd or code not in VOOR_HOOFD}


def lijst(gebruiker, naam, orde=""):
    """The questions of one list, without their content, in its own order or in `orde`."""
    vragen = LIJSTEN[naam].vragen(Vraag.objects.in_de_bak_van(gebruiker), gebruiker)
    return (vragen.order_by(*ORDES[orde][1]) if orde in ORDES else vragen).zonder_inhoud()


class _Begrensd(Subquery):
    """How many rows a query has, counted no further than its slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) begrensd)"
    output_field = IntegerField()


def tellingen(gebruiker):
    """{list: number} in one query; a number above TEL_TOT only means 'more'. Lists that only grow are not counted."""
    geteld = [code for code in lijsten_voor(gebruiker) if code not in ZONDER_TELLER]
    tellers = _tellers_van_hoofd if VOOR_HOOFD.intersection(geteld) else _tellers
    (rij,) = tellers(gebruiker.pk, [team.pk for team in gebruiker.eigen_teams])
    return dict(zip(geteld, rij, strict=True))


@klaargezet
def _tellers(wie, teams):
    return _tel([code for code in LIJSTEN if code not in VOOR_HOOFD], wie, teams)


@klaargezet
def _tellers_van_hoofd(wie, teams):
    return _tel(LIJSTEN, wie, teams)


def _tel(codes, wie, teams):
    """The query of the counts for someone of the desk."""
    gebruiker, bak = aan_de_balie(wie), Vraag.objects.filter(team__in=teams)
    tellers = [
        _Begrensd(LIJSTEN[code].vragen(bak, gebruiker).order_by().values("pk")[: TEL_TOT + 1])
        for code in codes
        if code not in ZONDER_TELLER
    ]
    return Gebruiker.objects.filter(pk=wie).values_list(*tellers).order_by()


def aan_de_balie(wie):
    """Someone of the desk of whom only the number counts."""
    gebruiker = Gebruiker(pk=wie)
    gebruiker._rollen = {LOKETMEDEWERKER}
    return gebruiker


class Bladzijde:
    """One page of a list: the rows, and whether there is another page before or after; never a total."""

    def __init__(self, vragen, nummer, gesloten):
        self.nummer = int(nummer) if str(nummer).isascii() and str(nummer).isdigit() else 1
        self.nummer = min(max(self.nummer, 1), MEESTE_PAGINAS)
        begin = (self.nummer - 1) * PER_PAGINA
        rijen = lees(vragen[begin : begin + PER_PAGINA + 1], gesloten)
        self.is_vol = len(rijen) > PER_PAGINA and self.nummer == MEESTE_PAGINAS
        self.volgende = self.nummer + 1 if len(rijen) > PER_PAGINA and not self.is_vol else None
        self.vorige = self.nummer - 1 if self.nummer > 1 else None
        self.rijen = rijen[:PER_PAGINA]

    def __iter__(self):
        return iter(self.rijen)

    def __len__(self):
        return len(self.rijen)


def zoek_referentie(vragen, getypt):
    """Questions, open or closed, whose reference is what was typed or begins with it; the year may be left out.

    Nothing with fewer than three characters after the year: the index of references answers beginnings.
    """
    jaar, streep, rest = "".join(getypt.split()).upper().rpartition("-")
    rest = rest.translate(LEESFOUTEN)[:6]
    if len(rest) < 3 or not (rest.isalnum() and rest.isascii()):
        return vragen.none()
    dit_jaar = timezone.localdate().year
    jaren = [jaar] if len(jaar) == 4 and jaar.isdigit() else [str(dit_jaar - n) for n in range(11)]
    if len(rest) == 6:
        return vragen.filter(referentie__in=[f"{j}-{rest}" for j in jaren]).nieuwste()
    begin = Q()
    for j in jaren:
        begin |= Q(referentie__startswith=f"{j}-{rest}")
    return vragen.filter(begin).nieuwste()
