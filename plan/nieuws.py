"""What moved in the plan, for the home page."""

from plan.models import Actie


def nieuws(hoogstens=2):
    """The guarantees that moved last, at most one item each: list of dicts with `titel`, `tekst` and `url`.

    Of the actions told about last, what is done comes before what is under way. Public plans only.
    """
    acties = (
        Actie.objects.filter(plan__staat="openbaar", stand__in=["uitgevoerd", "in-uitvoering"], stand_op__isnull=False)
        .exclude(stand_toelichting="")
        .select_related("plan", "garantie")
        .order_by("-stand_op", "-stand", "-voortgang", "volgorde")
    )
    per_garantie = {}
    for actie in acties[:50]:
        per_garantie.setdefault(actie.garantie, actie)
    return [
        {
            "titel": f"Dit beweegt: {garantie.titel.lower()}",
            "tekst": actie.stand_toelichting,
            "url": actie.get_absolute_url(),
        }
        for garantie, actie in list(per_garantie.items())[:hoogstens]
    ]
