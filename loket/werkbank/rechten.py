"""Who heads a team, for what not everyone at the desk decides."""

from sociaalhuis.models import Gebruiker
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE, heeft_rol


def hoofden_van(team):
    """The people who head this team; everybody of the team when nobody does, so that nothing waits for no one."""
    leden = Gebruiker.objects.filter(is_active=True, teams=team, bestuur=team.bestuur_id)
    return list(leden.filter(groups__name=TEAMVERANTWOORDELIJKE)) or list(leden)


def mag_wissen(gebruiker, vraag) -> bool:
    """Whether this person decides about erasing this question, which they may see already."""
    return heeft_rol(gebruiker, TEAMVERANTWOORDELIJKE) or gebruiker in hoofden_van(vraag.team)
