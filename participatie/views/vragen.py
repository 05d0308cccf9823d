"""Filling in the questions of a round: a citizen without an account, or the voices of an organisation on one draft."""

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participatie import vraagsoorten
from participatie.acties.inbreng import RondeGesloten, met_code
from participatie.acties.vragen import (
    HANDELING,
    AlVerstuurd,
    VragenVeranderd,
    bewaar_concept,
    controleer_versie,
    geef_antwoorden,
    in_tekst,
    laatst_verstuurd,
)
from participatie.forms.vragen import GEWIJZIGD, InwonerVragen, OrganisatieVragen
from participatie.mag import mag
from participatie.models import Formulier, Formulierconcept, Inbreng, Mandaat, Ronde
from participatie.staat import Ondertussen
from participatie.views.inbreng import bewijs

VERGELIJK = "Vergelijk, en verstuur opnieuw als jouw antwoorden in de plaats komen."


def formulier_van(ronde):
    """The questions of this moment, or those that were asked last: for who still has the page open."""
    fasen = [Formulier.Fase.WEGEN, Formulier.Fase.INBRENGEN]
    if ronde.soort_fase() == Formulier.Fase.INBRENGEN:
        fasen.reverse()
    gevonden = (Formulier.objects.huidig(ronde, fase) for fase in fasen)
    return next((formulier for formulier in gevonden if formulier and formulier.vragen.all()), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vul_in(request, slug):
    """For a citizen, or for the one organisation somebody speaks for; with several, they choose first."""
    ronde = get_object_or_404(Ronde.objects.zichtbaar_voor(request.user).select_related("plan"), slug=slug)
    formulier = formulier_van(ronde)
    if formulier is None:
        raise Http404
    formulier.ronde = ronde
    organisaties = [mandaat.organisatie for mandaat in Mandaat.objects.van_gebruiker(request.user)]
    gekozen = request.GET.get("organisatie", "")
    if organisaties and (gekozen or len(organisaties) == 1):
        namens = (
            organisaties
            if len(organisaties) == 1 and not gekozen
            else [organisatie for organisatie in organisaties if organisatie.code == gekozen]
        )
        if not namens:
            raise Http404
        return voor_organisatie(request, ronde, formulier, namens[0])
    if organisaties:
        return render(request, "participatie/vragen_namens.html", {"ronde": ronde, "organisaties": organisaties})
    if request.method == "POST" and "versie" in request.POST:  # the mandate ended in an open tab: no words of a citizen
        form = InwonerVragen(request.POST, formulier=formulier)
        form.is_valid()
        return gesloten(request, ronde, form, mandaat_weg=True)
    return voor_inwoner(request, ronde, formulier)


def voor_inwoner(request, ronde, formulier):
    form = InwonerVragen(request.POST or None, request.FILES or None, formulier=formulier)
    if request.method == "POST":
        if eerder := Inbreng.objects.filter(inzending=form.inzending).first():
            return bewijs(request, met_code(eerder))
        goed = form.is_valid()
        if not mag(HANDELING[formulier.fase], ronde=ronde, gebruiker=request.user):
            return gesloten(request, ronde, form)
        if goed:
            wie = {naam: form.cleaned_data.get(naam, "") for naam in ("naam_publiek", "email")}
            return verstuur(request, ronde, formulier, form, **wie)
    elif not mag(HANDELING[formulier.fase], ronde=ronde, gebruiker=request.user):
        return gesloten(request, ronde)
    return pagina(request, ronde, form)


def voor_organisatie(request, ronde, formulier, organisatie):
    concept = (
        Formulierconcept.objects.filter(ronde=ronde, fase=formulier.fase, organisatie=organisatie)
        .select_related("door")
        .first()
    )
    eerder = laatst_verstuurd(ronde=ronde, fase=formulier.fase, organisatie=organisatie)
    extra = {
        "formulier": formulier,
        "organisatie": organisatie,
        "versie": concept.versie if concept else 0,
        "eerder": eerder.referentie if eerder else "",
    }
    if request.method != "POST":
        if not mag(HANDELING[formulier.fase], ronde=ronde, gebruiker=request.user):
            return gesloten(request, ronde)
        gegevens = concept.gegevens if concept else als_getypt(eerder)
        form = OrganisatieVragen(initial=beginwaarden(gegevens, formulier, organisatie), **extra)
        return pagina(request, ronde, form, concept=concept, namens=organisatie, eerder=eerder)
    form = OrganisatieVragen(request.POST, request.FILES or None, **extra)
    if al := Inbreng.objects.filter(inzending=form.inzending).first():
        return bewijs(request, met_code(al))
    goed, anders = form.is_valid(), {}
    if not mag(HANDELING[formulier.fase], ronde=ronde, gebruiker=request.user):
        return gesloten(request, ronde, form)
    try:
        versie = form.cleaned_data.get("versie") or 0
        if "bewaar" in request.POST:
            bewaar_concept(
                formulier=formulier, organisatie=organisatie, gegevens=form.gegevens, versie=versie, door=request.user
            )
            return redirect(f"{request.path}?organisatie={organisatie.code}&bewaard=1")
        controleer_versie(concept, versie)
        if goed:
            gezien = form.cleaned_data["eerder"]
            return verstuur(request, ronde, formulier, form, organisatie=organisatie, eerder=gezien)
    except AlVerstuurd as fout:
        eerder = laatst_verstuurd(ronde=ronde, fase=formulier.fase, organisatie=organisatie)
        anders = verschillen(als_getypt(eerder), form)
        form._zet("eerder", eerder.referentie if eerder else "")
        form.add_error(None, f"{fout} {VERGELIJK}")
    except Ondertussen as fout:
        concept = Formulierconcept.objects.select_related("door").get(pk=concept.pk)
        anders = verschillen(concept.gegevens, form)
        form._zet("versie", str(concept.versie))
        form.add_error(None, f"{fout} Vergelijk, en bewaar opnieuw als jouw antwoorden moeten blijven.")
    return pagina(request, ronde, form, concept=concept, namens=organisatie, anders=anders, eerder=eerder)


def verstuur(request, ronde, formulier, form, **wie):
    """Keeps a valid form, or says why not with everything still there."""
    try:
        inbreng = geef_antwoorden(
            formulier=formulier,
            antwoorden=form.antwoorden,
            bestanden=form.bestanden,
            inzending=form.inzending,
            teken=form.teken,
            door=request.user if request.user.is_authenticated else None,
            **wie,
        )
    except RondeGesloten:
        return gesloten(request, ronde, form)
    except VragenVeranderd:
        form.add_error(None, GEWIJZIGD)
        return pagina(request, ronde, form, namens=wie.get("organisatie"))
    return bewijs(request, met_code(inbreng))


def pagina(request, ronde, form, **meer):
    return render(request, "participatie/vragen.html", {"ronde": ronde, "form": form, **meer})


def gesloten(request, ronde, form=None, mandaat_weg=False):
    """The round does not take answers, or not from this person: say so, and give back what was typed."""
    inhoud = {"ronde": ronde, "tekst": in_tekst(getattr(form, "antwoorden", {})), "mandaat_weg": mandaat_weg}
    return render(request, "participatie/vragen_gesloten.html", inhoud, status=409 if form else 200)


def als_getypt(inbreng):
    """The answers that were sent, as a draft keeps them: dict of field to list of texts; {} for no input."""
    rijen = inbreng.formulierantwoorden.select_related("vraag") if inbreng else []
    return {rij.vraag.veldnaam: vraagsoorten.als_getypt(rij.vraag, rij.waarde) for rij in rijen}


def beginwaarden(gegevens, formulier, organisatie):
    """What was typed (dict of field to list of texts) as initial values of the form."""
    if not gegevens:
        return {}
    data = QueryDict(mutable=True)
    for naam, teksten in gegevens.items():
        data.setlist(naam, teksten)
    leeg = OrganisatieVragen(formulier=formulier, organisatie=organisatie)
    return {
        vraag.veldnaam: leeg.fields[vraag.veldnaam].widget.value_from_datadict(data, {}, vraag.veldnaam)
        for vraag in formulier.vragen.all()
        if vraag.veldnaam in data and vraag.soort != "bestand"
    }


def verschillen(gegevens, form):
    """What a colleague typed (dict of field to list of texts) otherwise than this form: dict of question to their words."""
    return {
        vraag.vraag: ", ".join(filter(None, hunne)) or "(leeg)"
        for vraag in form.vragen
        if (hunne := gegevens.get(vraag.veldnaam, [])) != form.gegevens.get(vraag.veldnaam, [])
        and (any(hunne) or any(form.gegevens.get(vraag.veldnaam, [])))
    }
