"""What happened with one input: said, answered, changed. Read by everyone, without a cookie."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participatie.models import Inbreng, Ronde
from participatie.views.rondes import toestanden
from plan.models import Onderdeel


@require_safe
def inbreng(request, referentie):
    """One input that is shown, from its words to what they changed."""
    rijen = Inbreng.objects.openbaar().filter(ronde__in=Ronde.objects.openbaar()).voor_lijst()
    inbreng = get_object_or_404(rijen.select_related("ronde__plan"), referentie=referentie)
    antwoord = inbreng.antwoord_openbaar
    return render(
        request,
        "participatie/spoor.html",
        {
            "inbreng": toestanden([inbreng])[0],
            "ronde": inbreng.ronde,
            "antwoord": antwoord,
            "punten": inbreng.leidend.punten.select_related("onderdeel__plan") if antwoord else [],
            "rechtzettingen": antwoord.rechtzettingen.exclude(akkoord_op=None) if antwoord else [],
            "samen": gelijke(inbreng) if antwoord else [],
            **(van_doorwerking(antwoord) if antwoord else {}),
        },
    )


def van_doorwerking(antwoord):
    """The changes of an answer, each with its part as it is now (`deel`, None when it is gone), and when the first was
    carried out."""
    rijen = list(antwoord.doorwerkingen.select_related("versie__plan").defer("versie__tekst"))
    delen = Onderdeel.objects.select_related("plan", "garantie").in_bulk(
        {rij.onderdeel for rij in rijen if rij.onderdeel}
    )
    for rij in rijen:
        rij.deel = delen.get(rij.onderdeel)
    op = min((rij.versie.op for rij in rijen if rij.versie), default=None)
    return {"doorwerkingen": rijen, "veranderd_op": op}


def gelijke(inbreng):
    """The other inputs that are shown and have the same answer."""
    rijen = Inbreng.objects.openbaar().filter(ronde=inbreng.ronde_id).exclude(pk=inbreng.pk)
    leidend = inbreng.leidend.pk
    return (
        (rijen.filter(pk=leidend) | rijen.filter(samengevoegd__leidend=leidend)).voor_lijst().order_by("ingediend_op")
    )
