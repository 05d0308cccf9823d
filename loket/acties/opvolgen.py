"""Nobody forgotten: what the portal does by itself, every few minutes.

- A parked question whose day has come is taken up again.
- On working days, from seven o'clock: who handles a question hears it some working days before its deadline; the head of
  the team hears what is late and what nobody opened. A team without a head: everyone in it.
- Each level is said once per deadline and kept as a `Gebeurtenis`. One mail a day at most per person, with numbers and
  a link and nothing else. Who had a mail today hears the rest tomorrow.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from loket.acties import behandeling
from loket.models import Gebeurtenis, MagNiet, Vraag
from loket.models.staat import BEZIG, NIEUW, PARK, Stap
from loket.termijnen.kalender import sluitingsdagen
from sociaalhuis import termijn
from sociaalhuis.models import Gebruiker, Huis, UitgaandeMail
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.rollen import LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE

VANAF_UUR = 7
MEEST = 2000  # questions in one go; the rest follows at the next turn
OPNIEUW = [Stap.GESTELD, Stap.HEROPEN, Stap.SCHRIJF_TERUG, Stap.DRAAG_OVER, Stap.LAAT_DOOR]
WAT = {
    Stap.HERINNER: ("{n} vraag die je behandelt, moet bijna een antwoord hebben.", "{n} vragen die je behandelt, moeten bijna een antwoord hebben."),
    Stap.HERVAT: ("{n} vraag is niet meer geparkeerd.", "{n} vragen zijn niet meer geparkeerd."),
    Stap.MELD_LAAT: ("{n} vraag van je team is te laat.", "{n} vragen van je team zijn te laat."),
    Stap.MELD_ONGEOPEND: ("{n} vraag van je team opende nog niemand.", "{n} vragen van je team opende nog niemand."),
}  # fmt: skip


@dataclass
class Post:
    """What one person has to hear today: {step: questions}."""

    wie: Gebruiker
    wat: dict = field(default_factory=lambda: defaultdict(list))


def volg_op(nu):
    """Does what is due at `nu`; for `sociaalhuis.periodiek`."""
    terug = hervat_geparkeerde(nu)
    vandaag, gesloten = timezone.localdate(nu), sluitingsdagen(0)
    if not termijn.is_werkdag(vandaag, gesloten) or timezone.localtime(nu).hour < VANAF_UUR:
        return
    huis = Huis.objects.first() or Huis()
    post = {}

    def meld(mensen, stap, vraag):
        for wie in mensen:
            post.setdefault(wie.pk, Post(wie)).wat[stap].append(vraag)

    hoofden = Hoofden()
    tot = termijn.uiterlijk(vandaag, huis.herinner_werkdagen, gesloten)
    for vraag in bijna(vandaag, tot):
        if vraag.behandelaar.is_active:
            meld([vraag.behandelaar], Stap.HERINNER, vraag)
    for vraag in te_laat(vandaag):
        meld(hoofden.van(vraag.team_id), Stap.MELD_LAAT, vraag)
    for vraag in ongeopend(termijn.uren_geleden(nu, huis.ongeopend_uren, gesloten)):
        meld(hoofden.van(vraag.team_id), Stap.MELD_ONGEOPEND, vraag)
    for vraag in terug:
        if vraag.behandelaar and vraag.behandelaar.is_active:
            meld([vraag.behandelaar], Stap.HERVAT, vraag)
    verstuur(post.values(), nu)


def hervat_geparkeerde(nu):
    """Takes up every parked question whose day has come; gives them."""
    terug = []
    for vraag in Vraag.objects.filter(staat=PARK, geparkeerd_tot__lte=timezone.localdate(nu))[:MEEST]:
        try:
            terug.append(behandeling.hervat(vraag=vraag, op=nu))
        except MagNiet:  # someone was just before us
            continue
    return terug


def nog_niet(vragen, stap):
    """Those for which this was not said yet since their present term began."""
    begin = Gebeurtenis.objects.filter(vraag=OuterRef("pk"), stap__in=OPNIEUW).order_by("-op", "-pk").values("op")[:1]
    gezegd = Gebeurtenis.objects.filter(vraag=OuterRef("pk"), stap=stap, op__gte=OuterRef("vanaf"))
    vragen = vragen.annotate(vanaf=Subquery(begin)).filter(~Exists(gezegd))
    return vragen.zonder_inhoud().order_by("uiterlijk_op", "pk")[:MEEST]


def bijna(vandaag, tot):
    lopend = Vraag.objects.lopend().filter(staat__in=[NIEUW, BEZIG, PARK], behandelaar__isnull=False)
    return nog_niet(lopend.filter(uiterlijk_op__gte=vandaag, uiterlijk_op__lte=tot), Stap.HERINNER)


def te_laat(vandaag):
    return nog_niet(Vraag.objects.te_laat(vandaag), Stap.MELD_LAAT)


def ongeopend(voor):
    vragen = Vraag.objects.lopend().filter(eerst_geopend_op=None, bij_team_sinds__lte=voor)
    return nog_niet(vragen, Stap.MELD_ONGEOPEND)


class Hoofden:
    """Who hears about the questions of a team: its heads, or everyone at its desk when it has none."""

    def __init__(self):
        self.per_team = {}

    def van(self, team):
        if team not in self.per_team:
            aan_de_balie = Gebruiker.objects.filter(is_active=True, teams=team, bestuur__teams=team).distinct()
            hoofden = aan_de_balie.filter(groups__name=TEAMVERANTWOORDELIJKE)
            self.per_team[team] = list(hoofden) or list(aan_de_balie.filter(groups__name=LOKETMEDEWERKER))
        return self.per_team[team]


def verstuur(posten, nu):
    """One mail per person who had none today; logs once what was said to at least one person."""
    posten = list(posten)
    sleutels = {post.wie.pk: f"loket-overzicht-{post.wie.pk}-{timezone.localdate(nu)}" for post in posten}
    al = set(UitgaandeMail.objects.filter(sleutel__in=sleutels.values()).values_list("sleutel", flat=True))
    gezegd = {}
    for post in posten:
        if sleutels[post.wie.pk] in al:
            continue
        voor_mij = Stap.HERINNER in post.wat or Stap.HERVAT in post.wat
        stuur_brief(
            sleutel=sleutels[post.wie.pk],
            aan=post.wie.email,
            onderwerp="Je werkbank vandaag",
            tekst="\n".join(zin(stap, len(post.wat[stap])) for stap in WAT if stap in post.wat),
            pad=f"{reverse('loket:werkbank')}?lijst={'mij' if voor_mij else 'team'}",
        )
        gezegd |= {(vraag.pk, stap): vraag for stap, vragen in post.wat.items() for vraag in vragen}
    Gebeurtenis.objects.bulk_create(
        Gebeurtenis(vraag=vraag, stap=stap, staat=vraag.staat, door=None, op=nu)
        for (_, stap), vraag in gezegd.items()
        if stap != Stap.HERVAT  # its own step wrote that
    )


def zin(stap, aantal):
    een, meer = WAT[stap]
    return (een if aantal == 1 else meer).format(n=aantal)
