"""Who is reminded of what in the plan: one mail a week at most, a number and a link, and a line in the log per thing."""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from plan.models import Herinnering, Opvolgkeuze, Plan, Redacteur
from plan.werklijst import om_te_herinneren
from sociaalhuis.models import Gebruiker
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER

WERKUREN = range(7, 18)


@transaction.atomic
def herinner(nu):
    """Job: mails who works on the plan what waits, on working days. Gives how many mails it wrote.

    A mail and its lines of the log are written together, so a worker that dies leaves both or none, and the next one
    goes on. The mail of a person and a week is unique in the outbox.
    """
    moment = timezone.localtime(nu)
    if moment.weekday() > 4 or moment.hour not in WERKUREN:
        return 0
    vandaag = moment.date()
    jaar, week, _ = moment.isocalendar()
    punten = [
        paar for plan in Plan.objects.filter(staat=Plan.Staat.OPENBAAR) for paar in om_te_herinneren(plan, vandaag)
    ]
    verstuurd = 0
    for gebruiker, eigen in verdeel(punten).items():
        aantal = len(eigen)
        nieuw = stuur_brief(
            sleutel=f"plan-week-{gebruiker.pk}-{jaar}-{week}",
            aan=gebruiker.email,
            onderwerp="Werk in het plan",
            tekst="Er wacht 1 ding in het plan." if aantal == 1 else f"Er wachten {aantal} dingen in het plan.",
            pad=reverse("plan:werklijst"),
        )
        if nieuw:
            noteer(gebruiker, eigen, vandaag - timezone.timedelta(days=moment.weekday()), nu)
        verstuurd += nieuw
    return verstuurd


def noteer(gebruiker, punten, week, nu):
    """The lines of the log of one mail; the same thing twice in one mail is one line."""
    Herinnering.objects.bulk_create(
        [
            Herinnering(gebruiker=gebruiker, onderdeel=deel, soort=punt.soort, wat=punt.wat[:300], week=week, op=nu)
            for deel, punt in punten
        ],
        ignore_conflicts=True,
    )


def verdeel(punten):
    """{user: [(part, Punt)]} of who gets a mail.

    Everyone who works on the plan gets what they chose to follow (without a choice: all), an editor only of own parts.
    What nobody follows goes to the coordinators who want mail.
    """
    wie = medewerkers()
    per_gebruiker = {gebruiker: [] for gebruiker, _, _ in wie}
    for deel, punt in punten:
        volgers = [gebruiker for gebruiker, volgt, _ in wie if volgt(deel)]
        for gebruiker in volgers or [gebruiker for gebruiker, _, coordineert in wie if coordineert]:
            per_gebruiker[gebruiker].append((deel, punt))
    return {gebruiker: eigen for gebruiker, eigen in per_gebruiker.items() if eigen}


def medewerkers():
    """[(user, whether they follow a part: a function, whether they coordinate)] of who keeps the plan and wants mail."""
    gebruikers = (
        Gebruiker.objects.filter(
            Q(groups__name__in=[PLANMEDEWERKER, COORDINATOR])
            | Q(plandelen__isnull=False)
            | Q(teams__plandelen__isnull=False),
            is_active=True,
        )
        .exclude(opvolgkeuze__mail=False)
        .distinct()
        .order_by("pk")
        .select_related("opvolgkeuze")
        .prefetch_related("groups")
    )
    gevonden = []
    for gebruiker in gebruikers:
        rollen = {groep.name for groep in gebruiker.groups.all()}
        trekkers = set(gebruiker.opvolgkeuze.trekkers) if hasattr(gebruiker, "opvolgkeuze") else set()
        eigen = None
        if not rollen & {PLANMEDEWERKER, COORDINATOR}:
            eigen = set(Redacteur.objects.van(gebruiker).values_list("onderdeel_id", flat=True))
        gevonden.append((gebruiker, _volgt(trekkers, eigen), COORDINATOR in rollen))
    return gevonden


def _volgt(trekkers, eigen):
    """Whether somebody who chose these leads (none: all) and keeps these parts (None: the whole plan) follows a part."""
    return lambda deel: (not trekkers or deel.trekker in trekkers) and (eigen is None or bool(eigen & set(deel.pad)))


@transaction.atomic
def kies_opvolging(*, mail, trekkers, door):
    """What this member of staff follows (names of leads; none is all) and whether the weekly mail may come."""
    keuze, _ = Opvolgkeuze.objects.update_or_create(
        gebruiker=door, defaults={"mail": mail, "trekkers": sorted(trekkers)}
    )
    return keuze
