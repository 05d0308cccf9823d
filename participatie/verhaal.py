"""What happened with one input, from its words to what they changed, as the pages that show it tell it."""

from participatie.models import Inbreng, Steun
from plan.models import Onderdeel


def toestanden(inbrengen):
    """The inputs as a list, each with who supports it in `.gesteund`; one query for all."""
    inbrengen = list(inbrengen)
    gesteund = Steun.objects.per_inbreng(rij.pk for rij in inbrengen) if inbrengen else {}
    for rij in inbrengen:
        rij.gesteund = gesteund[rij.pk]
    return inbrengen


def verhaal_van(inbreng, eigen=False):
    """The context of `participatie/_verhaal.html` for one input (with `voor_lijst`): only what everyone may read of it
    and of others. With `eigen` also what is only for its giver: the answer on an input that is not shown."""
    toestanden([inbreng])
    aanvullingen = inbreng.aanvullingen.openbaar().voor_lijst().order_by("ingediend_op")
    return {
        "inbreng": inbreng,
        "ronde": inbreng.ronde,
        "vroeger": eerdere_standpunten(inbreng),
        "opmerkingen": inbreng.opmerkingen.openbaar().voor_lijst() if inbreng.organisatie_id else [],
        "aanvullingen": toestanden(aanvullingen if inbreng.is_zichtbaar else []),
        **(van_antwoord(inbreng) if eigen or inbreng.is_zichtbaar else {}),
    }


def eerdere_standpunten(inbreng):
    """The standpoints of this organisation on this part that went before, newest first."""
    if not inbreng.standpunt:
        return []
    return (
        Inbreng.objects.filter(
            ronde=inbreng.ronde_id,
            organisatie=inbreng.organisatie_id,
            onderdeel=inbreng.onderdeel_id,
            staat=Inbreng.Staat.VERVANGEN,
        )
        .defer("email")
        .order_by("-ingediend_op", "-pk")
    )


def opvolger(referentie):
    """The standpoint, or the answers of an organisation, that took the place of the ones with this reference, or None."""
    oud = Inbreng.objects.filter(referentie=referentie, staat=Inbreng.Staat.VERVANGEN).defer("email").first()
    if oud is None:
        return None
    rijen = Inbreng.objects.in_de_lijst().filter(ronde=oud.ronde_id, organisatie=oud.organisatie_id).defer("email")
    if not oud.standpunt:
        return rijen.filter(met_formulier=True).last()
    return rijen.filter(onderdeel=oud.onderdeel_id).exclude(standpunt="").first()


def van_antwoord(inbreng):
    """The published answer with its points, corrections, who shares it and what it changed; all empty before."""
    antwoord = inbreng.antwoord_openbaar
    if antwoord is None:
        return {}
    return {
        "antwoord": antwoord,
        "punten": inbreng.leidend.punten.select_related("onderdeel__plan"),
        "rechtzettingen": antwoord.rechtzettingen.exclude(akkoord_op=None),
        **({"samen_aantal": gelijke(inbreng).count()} if inbreng.is_aangekruist else {"samen": list(gelijke(inbreng))}),
        **van_doorwerking(antwoord),
    }


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
    samen = rijen.filter(pk=leidend) | rijen.filter(samengevoegd__leidend=leidend)
    return samen.voor_lijst().order_by("ingediend_op")
