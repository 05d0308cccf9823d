"""Who answers what. A person chooses, for some inputs or for a part of the plan; the rest follows from who leads the part."""

from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.db import transaction

from participatie.models import Inbreng, Ronde, Toewijzing
from participatie.models.toewijzing import antwoorders
from participatie.staat import MagNiet
from plan.models import Onderdeel, Opvolgkeuze


@transaction.atomic
def wijs_toe(*, ronde, inbrengen, gebruiker, door):
    """Asks one person for the answers to these inputs (keys), or nobody (None). Gives how many inputs."""
    _mag(gebruiker, door)
    sleutels = list(ronde.inbrengen.filter(pk__in=inbrengen).values_list("pk", flat=True))
    ronde.toewijzingen.filter(inbreng__in=sleutels).delete()
    if gebruiker:
        Toewijzing.objects.bulk_create([Toewijzing(ronde=ronde, inbreng_id=pk, gebruiker=gebruiker) for pk in sleutels])
    return len(sleutels)


@transaction.atomic
def wijs_deel_toe(*, ronde, onderdeel, gebruiker, door):
    """Asks one person for the answers about a part and what stands below it, now and later; nobody chosen ends that.

    What a person chose for a single input stays. Gives how many inputs this person now has to answer.
    """
    _mag(gebruiker, door)
    ronde.toewijzingen.filter(onderdeel=onderdeel).delete()
    if gebruiker:
        Toewijzing.objects.create(ronde=ronde, onderdeel=onderdeel, gebruiker=gebruiker)
    ronde.toewijzingen.filter(vanzelf=True, inbreng__onderdeel__pad__contains=[onderdeel.pk]).delete()
    verdeel(ronde)
    return ronde.toewijzingen.filter(inbreng__isnull=False, gebruiker=gebruiker).count() if gebruiker else 0


@transaction.atomic
def verdeel(ronde):
    """Gives every input that has nobody yet to who answers for its part: the nearest part that somebody was chosen for,
    else who leads that part. Gives how many were given; what nobody leads stays for the coordinator."""
    Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    zonder = ronde.inbrengen.filter(toewijzing=None).exclude(staat=Inbreng.Staat.VERBORGEN)
    zonder = list(zonder.values_list("pk", "onderdeel_id", "onderdeel__pad"))
    per_deel = dict(ronde.toewijzingen.filter(onderdeel__isnull=False).values_list("onderdeel_id", "gebruiker_id"))
    trekkers = dict(Onderdeel.objects.filter(plan=ronde.plan_id).values_list("pk", "trekker"))
    van_trekker = wie_volgt()
    nieuw = []
    for pk, onderdeel, pad in zonder:
        wie = next((per_deel[deel] for deel in reversed(pad or []) if deel in per_deel), None)
        if wie := wie or van_trekker.get(trekkers.get(onderdeel)):
            nieuw.append(Toewijzing(ronde=ronde, inbreng_id=pk, gebruiker_id=wie, vanzelf=True))
    Toewijzing.objects.bulk_create(nieuw)
    return len(nieuw)


def wie_volgt():
    """{name of the service that leads: key of the one person who follows it up}: by their own choice in the plan
    (`Opvolgkeuze`), else by their team of that name. A service that several people follow is nobody's."""
    mogelijk = defaultdict(set)
    for gebruiker in antwoorders().prefetch_related("teams"):
        for team in gebruiker.teams.all():
            mogelijk[team.naam].add(gebruiker.pk)
    gekozen = defaultdict(set)
    for gebruiker, trekkers in Opvolgkeuze.objects.filter(gebruiker__in=antwoorders()).values_list(
        "gebruiker", "trekkers"
    ):
        for trekker in trekkers:
            gekozen[trekker].add(gebruiker)
    samen = {**mogelijk, **gekozen}
    return {trekker: next(iter(wie)) for trekker, wie in samen.items() if trekker and len(wie) == 1}


def _mag(gebruiker, door):
    if not door.has_perm("participatie.verdeel_toewijzing"):
        raise PermissionDenied
    if gebruiker and not antwoorders().filter(pk=gebruiker.pk).exists():
        raise MagNiet("Deze persoon kan geen antwoorden schrijven. Kies iemand anders.")
