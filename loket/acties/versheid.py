"""The duty to keep the catalogue fresh: what comes back every day, and who is reminded of what."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from loket.models import Dienst
from loket.zoek.index import herweeg
from sociaalhuis.models import Gebruiker
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.rollen import BEHEERDER, LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE

WERKUREN = range(7, 18)
PAK = 500


def weeg_elke_dag(nu):
    """Lets go down in the search what nobody checked in time; a text that has no day yet gets one."""
    for dienst in Dienst.objects.filter(nakijken_voor__isnull=True, nagekeken_op__isnull=False):
        dienst.save(update_fields=["nakijken_voor"])
    oud = Dienst.objects.filter(nakijken_voor__lt=timezone.localdate(nu)).order_by("pk")
    pks = list(oud.values_list("pk", flat=True))
    for begin in range(0, len(pks), PAK):
        herweeg(
            Dienst.objects.filter(pk__in=pks[begin : begin + PAK]).only("populair", "lpdc_doelgroepen", "nakijken_voor")
        )


def herinner(nu):
    """Mails who must check texts that are overdue: one mail per person per week, a number and a link. Gives how many."""
    moment = timezone.localtime(nu)
    if moment.weekday() > 4 or moment.hour not in WERKUREN:
        return 0
    jaar, week, _ = moment.isocalendar()
    verstuurd = 0
    for gebruiker, aantal in aan_de_beurt(moment.date()).items():
        verstuurd += stuur_brief(
            sleutel=f"versheid-{gebruiker.pk}-{jaar}-{week}",
            aan=gebruiker.email,
            onderwerp="Diensten om na te kijken",
            tekst="Er wacht 1 tekst om na te kijken."
            if aantal == 1
            else f"Er wachten {aantal} teksten om na te kijken.",
            pad=reverse("loket:versheid"),
        )
    return verstuurd


def aan_de_beurt(vandaag):
    """{user: number} of who looks after texts that had to be checked before today, or never were.

    The owner; where there is none who still works here, the heads of the team, else its clerks; without a team, the
    heads of the Bestuur.
    """
    rijen = Dienst.objects.na_te_kijken(vandaag).values_list("eigenaar_id", "team_id", "bestuur_id")
    medewerkers = _medewerkers()
    telling = {}
    for eigenaar, team, bestuur in rijen:
        for gebruiker in _wie(medewerkers, eigenaar, team, bestuur):
            telling[gebruiker] = telling.get(gebruiker, 0) + 1
    return telling


def _medewerkers():
    """{pk: user} of everyone who works on the catalogue now, with their roles and teams."""
    rijen = Gebruiker.objects.filter(
        groups__name__in=[LOKETMEDEWERKER, TEAMVERANTWOORDELIJKE, BEHEERDER], is_active=True
    )
    gevonden = {}
    for gebruiker in rijen.distinct().prefetch_related("groups", "teams"):
        gebruiker.rolnamen = {groep.name for groep in gebruiker.groups.all()}
        gebruiker.team_pks = {team.pk for team in gebruiker.teams.all()}
        gevonden[gebruiker.pk] = gebruiker
    return gevonden


def _wie(medewerkers, eigenaar, team, bestuur):
    if eigenaar in medewerkers:
        return [medewerkers[eigenaar]]
    hoofden = [g for g in medewerkers.values() if TEAMVERANTWOORDELIJKE in g.rolnamen and g.bestuur_id == bestuur]
    in_team = [g for g in medewerkers.values() if team and team in g.team_pks]
    return [g for g in in_team if g in hoofden] or in_team or hoofden


def straks(dagen=30):
    """The day up to which the work list looks ahead."""
    return timezone.localdate() + timedelta(days=dagen)
